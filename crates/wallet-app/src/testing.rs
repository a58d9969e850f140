//! An app over a folder that is gone after the test, with the cheapest key derivation.

use crate::{App, Places, commands::Secret};

pub(crate) const PASSPHRASE: &str = "a quiet river in spate";

pub(crate) fn app() -> (tempfile::TempDir, App) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut app = App::new(Places {
        vault: Some(folder.path().join("new folder/wallet.vault")),
        papers: Some(folder.path().join("papers")),
        verifier: None,
    });
    app.costs = vault::Argon2Params::MINIMUM;
    (folder, app)
}

pub(crate) fn secret(passphrase: &str) -> Secret {
    Secret {
        passphrase: passphrase.to_owned(),
    }
}

pub(crate) async fn unlocked() -> (tempfile::TempDir, App) {
    let (folder, app) = app();
    app.create(secret(PASSPHRASE)).await.expect("a new vault");
    (folder, app)
}
