//! The wallet as a desktop and mobile app: a window, its commands and nothing else.
//!
//! Each command is one line here and one permission in `capabilities/main.json`. What a command
//! does is decided in the crates below; this one must never hold a rule about consent.

mod chooser;
mod commands;
mod keychain;
mod links;
mod places;
#[cfg(target_os = "linux")]
mod sleep;
mod stay;
mod watch;

use std::sync::Arc;

use tauri::Manager as _;
use wallet_app::App;

/// Opens the window and returns when it is closed.
///
/// # Panics
/// When the system has no web view or no display. Nothing has been written by then.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() {
    let builder = tauri::Builder::default();
    // First of all: a second window hands its link to the first one and ends.
    #[cfg(desktop)]
    let builder = builder.plugin(tauri_plugin_single_instance::init(|app, _, _| {
        links::show(app)
    }));
    #[cfg(any(target_os = "linux", target_os = "windows"))]
    let builder = builder.on_page_load(|page, load| {
        if load.event() == tauri::webview::PageLoadEvent::Finished {
            links::register(page.app_handle());
        }
    });
    builder
        .plugin(stay::at_home())
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .invoke_handler(commands::answer())
        .setup(|window| {
            let places = places::told(window.handle());
            let app = App::new(places).with_chooser(chooser::Dialogs::of(window.handle()));
            let app = Arc::new(keychain::given_to(app));
            window.manage(app.clone());
            links::follow(window.handle(), &app);
            #[cfg(target_os = "linux")]
            sleep::follow(app.clone());
            watch::start(window.handle(), app);
            Ok(())
        })
        .run(tauri::generate_context!())
        .expect("a display and a web view are needed to open the window");
}
