//! The platform's own dialogs for files and folders.

use std::path::PathBuf;

use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt as _, FilePath};
use tokio::sync::oneshot;
use wallet_app::{Chooser, Choosing};

/// Dialogs over the window.
pub(crate) struct Dialogs(AppHandle);

impl Dialogs {
    pub(crate) fn of(window: &AppHandle) -> Self {
        Dialogs(window.clone())
    }
}

impl Chooser for Dialogs {
    fn file<'a>(&'a self, name: &'a str) -> Choosing<'a> {
        let dialog = self.0.dialog().file().set_file_name(name);
        Box::pin(answer(|told| dialog.save_file(told)))
    }

    #[cfg(desktop)]
    fn folder(&self) -> Choosing<'_> {
        let dialog = self.0.dialog().file();
        Box::pin(answer(|told| dialog.pick_folder(told)))
    }

    #[cfg(mobile)]
    fn folder(&self) -> Choosing<'_> {
        Box::pin(std::future::ready(None))
    }
}

type Told = Box<dyn FnOnce(Option<FilePath>) + Send>;

async fn answer(ask: impl FnOnce(Told)) -> Option<PathBuf> {
    let (tell, told) = oneshot::channel();
    ask(Box::new(move |chosen| {
        let _ = tell.send(chosen);
    }));
    told.await.ok().flatten()?.into_path().ok()
}
