//! The wallet as a desktop and mobile app: a window, its commands and nothing else.
//!
//! Each command is one line here and one permission in `capabilities/main.json`. What a command
//! does is decided in the crates below; this one must never hold a rule about consent.

mod app_info;
mod commands;

pub use app_info::{AppInfo, AppInfoError};

/// Opens the window and returns when it is closed.
///
/// # Panics
/// When the system has no web view or no display. Nothing has been written by then.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() {
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![commands::app_info])
        .run(tauri::generate_context!())
        .expect("a display and a web view are needed to open the window");
}
