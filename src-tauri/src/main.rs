//! Starts the wallet's window.
// Without this a console opens behind the window on Windows.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

fn main() {
    assent_wallet::run();
}
