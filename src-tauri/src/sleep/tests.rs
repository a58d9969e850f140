use std::sync::mpsc::channel;

use super::*;

#[path = "../../tests/window/logind.rs"]
mod logind;

use logind::Logind;

/// Without a bus of its own the test is passed over, except in CI.
fn started(gives: logind::Gives) -> Option<Logind> {
    let logind = Logind::start(gives);
    assert!(
        logind.is_some() || std::env::var_os("CI").is_none(),
        "dbus-daemon is needed"
    );
    logind
}

#[test]
fn the_machine_sleeps_only_once_the_wallet_is_locked() {
    let Some(logind) = started(logind::Gives::Delays) else {
        return;
    };
    let bus = logind.bus();
    let (begin, begun) = channel();
    let (end, ended) = channel::<()>();
    thread::spawn(move || {
        before_each(&bus, || {
            begin.send(()).unwrap();
            ended.recv().unwrap();
        })
    });
    let delay = logind.asked().unwrap();
    logind.tell(logind::Sleep::Begins);
    begun.recv().unwrap();
    assert!(
        delay.is_held(),
        "the machine may sleep before the wallet is locked"
    );
    end.send(()).unwrap();
    delay.until_released();
    logind.tell(logind::Sleep::IsOver);
    assert!(
        logind.asked().unwrap().is_held(),
        "the next sleep is not put off"
    );
}

#[test]
fn a_logind_that_puts_nothing_off_still_has_the_wallet_locked() {
    let Some(logind) = started(logind::Gives::Nothing) else {
        return;
    };
    let bus = logind.bus();
    let (begin, begun) = channel();
    thread::spawn(move || before_each(&bus, || begin.send(()).unwrap()));
    assert!(logind.asked().is_none());
    logind.tell(logind::Sleep::Begins);
    begun.recv().unwrap();
}
