//! `assent://` links that a person opens anywhere: they wait in the app, and its window comes to the front.

use std::sync::Arc;

use tauri::{AppHandle, Manager as _};
use tauri_plugin_deep_link::DeepLinkExt as _;
use wallet_app::App;

/// Takes the links that this program was started with, and all that come later.
pub(crate) fn follow(window: &AppHandle, app: &Arc<App>) {
    let links = window.deep_link();
    let first = links.get_current().ok().flatten().unwrap_or_default();
    for link in first {
        app.open_link(link.into());
    }
    let (handle, app) = (window.clone(), app.clone());
    links.on_open_url(move |event| {
        for link in event.urls() {
            app.open_link(link.into());
        }
        show(&handle);
    });
}

/// Brings the window to the front, where the person expects it now.
pub(crate) fn show(window: &AppHandle) {
    if let Some(main) = window.get_webview_window("main") {
        #[cfg(desktop)]
        let _ = main.unminimize();
        let _ = main.show();
        let _ = main.set_focus();
    }
}

/// Lets the system know that `assent://` is for this program, once. A package does so when it is installed; where
/// the program was only unpacked, this does, once the page is there: on Linux it takes some dozens of
/// processes to ask and to say so. It is no hindrance where it fails.
#[cfg(any(target_os = "linux", target_os = "windows"))]
pub(crate) fn register(window: &AppHandle) {
    static ONCE: std::sync::Once = std::sync::Once::new();
    let window = window.clone();
    ONCE.call_once(|| {
        std::thread::spawn(move || {
            if !is_packaged() && !window.deep_link().is_registered("assent").unwrap_or(true) {
                let _ = window.deep_link().register("assent");
            }
        });
    });
}

/// What lies in `/usr` was put there by a package, with its menu entry.
#[cfg(any(target_os = "linux", target_os = "windows"))]
fn is_packaged() -> bool {
    cfg!(target_os = "linux") && std::env::current_exe().is_ok_and(|own| own.starts_with("/usr"))
}
