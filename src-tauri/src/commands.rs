//! The commands the window may ask for: one line each, made from the one list of them.

use std::sync::Arc;

use tauri::{Runtime, State, ipc::Invoke};
use wallet_app::*;

macro_rules! one_line_each {
    ($($name:ident($ask:ty) -> $answer:ty;)*) => {
        $(
            #[tauri::command]
            async fn $name(app: State<'_, Arc<App>>, ask: $ask) -> Result<$answer, CommandError> {
                app.$name(ask).await
            }
        )*

        /// Answers every command of the list.
        pub(crate) fn answer<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name),*]
        }
    };
}

wallet_app::for_each_command!(one_line_each);
