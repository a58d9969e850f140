//! What goes on by itself: locking when nobody is there, a round with the verifier now and then, and a
//! notice where something has to be told. The window asks every few seconds whether it is locked.

use std::{sync::Arc, time::Duration};

use tauri::{AppHandle, Manager as _};
use tauri_plugin_notification::NotificationExt as _;
use tokio::time::{MissedTickBehavior, interval};
use wallet_app::App;

const LOOK_EVERY: Duration = Duration::from_secs(2);
const ROUND_EVERY: Duration = Duration::from_secs(5 * 60);

/// Starts both for as long as the program runs.
pub(crate) fn start(window: &AppHandle, app: Arc<App>) {
    tauri::async_runtime::spawn(lock(app.clone()));
    tauri::async_runtime::spawn(look_for_news(window.clone(), app));
}

async fn lock(app: Arc<App>) {
    let mut ticks = interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        app.lock_if_idle().await;
    }
}

async fn look_for_news(window: AppHandle, app: Arc<App>) {
    let mut ticks = interval(ROUND_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        // A wallet that is locked knows nothing, and nobody can be told.
        let Ok(notices) = app.news().await else {
            continue;
        };
        if is_looked_at(&window) {
            continue;
        }
        for notice in notices {
            let shown = window.notification().builder();
            let _ = shown.title(notice.title).body(notice.body).show();
        }
    }
}

/// Whoever looks at the window sees it there.
fn is_looked_at(window: &AppHandle) -> bool {
    let main = window.get_webview_window("main");
    main.is_some_and(|main| main.is_focused().unwrap_or(false))
}
