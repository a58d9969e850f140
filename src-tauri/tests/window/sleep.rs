//! The machine sleeps while the wallet is unlocked.

use serde_json::json;

use crate::driver::Window;
use crate::logind::{Gives, Logind, Sleep};
use crate::{FIRST_HEADING, open, stage::Theme};

#[test]
fn the_wallet_is_locked_before_the_machine_sleeps() {
    let Some(logind) = Logind::start(Gives::Delays) else {
        // What is missing is said where the display is opened.
        let _ = open("sleep", Theme::Light, &[], &[]);
        return;
    };
    let environment = [("DBUS_SYSTEM_BUS_ADDRESS", logind.address())];
    let Some((_stage, window)) = open("sleep", Theme::Light, &environment, &[]) else {
        return;
    };
    let delay = logind.asked().expect("a lock");
    window.at(FIRST_HEADING);
    ask(
        &window,
        "create",
        r#"{ passphrase: "a quiet river in spate" }"#,
    );
    assert_eq!(ask(&window, "about", "{}")["unlocked"], json!(true));
    logind.tell(Sleep::Begins);
    delay.until_released();
    assert_eq!(ask(&window, "about", "{}")["unlocked"], json!(false));
}

fn ask(window: &Window, command: &str, words: &str) -> serde_json::Value {
    window.run_async(&format!(
        "const done = arguments[arguments.length - 1];
         window.__TAURI_INTERNALS__.invoke('{command}', {{ ask: {words} }}).then(done, done);"
    ))
}
