//! Locks the wallet before the machine sleeps. logind puts a sleep off, for some seconds, while somebody holds
//! an inhibitor lock of its kind `delay` (org.freedesktop.login1, "Inhibitor locks"): it is held until the keys
//! are forgotten. Where there is no logind, `watch.rs` notices the sleep when it is over.

use std::{sync::Arc, thread};

use wallet_app::App;
use zbus::{blocking::Connection, proxy, zvariant::OwnedFd};

/// Starts listening, for as long as the program runs.
pub(crate) fn follow(app: Arc<App>) {
    thread::spawn(move || {
        let lock = || tauri::async_runtime::block_on(app.close());
        Connection::system().and_then(|bus| before_each(&bus, lock))
    });
}

/// Calls `lock` before each sleep; the machine waits until it returns. Ends with the bus.
fn before_each(bus: &Connection, lock: impl Fn()) -> zbus::Result<()> {
    let logind = LogindProxy::new(bus)?;
    let sleeps = logind.receive_prepare_for_sleep()?;
    let mut delay = Delay::taken(&logind);
    for sleep in sleeps {
        if sleep.args()?.begins {
            lock();
            delay = None;
        } else {
            delay = Delay::taken(&logind);
        }
    }
    drop(delay);
    Ok(())
}

/// While this lives, a sleep is put off. The system closes its other end when the time is up.
struct Delay(#[expect(dead_code, reason = "it only has to be held")] OwnedFd);

impl Delay {
    /// A logind that gives none tells of a sleep all the same.
    fn taken(logind: &LogindProxy<'_>) -> Option<Self> {
        let why = "The wallet is locked first";
        logind
            .inhibit("sleep", "Assent", why, "delay")
            .ok()
            .map(Delay)
    }
}

#[proxy(
    interface = "org.freedesktop.login1.Manager",
    default_service = "org.freedesktop.login1",
    default_path = "/org/freedesktop/login1",
    gen_async = false
)]
trait Logind {
    /// A lock on what the machine does by itself; it ends when it is closed.
    fn inhibit(&self, what: &str, who: &str, why: &str, mode: &str) -> zbus::Result<OwnedFd>;

    /// A sleep begins, or it is over.
    #[zbus(signal)]
    fn prepare_for_sleep(&self, begins: bool) -> zbus::Result<()>;
}

#[cfg(test)]
mod tests;
