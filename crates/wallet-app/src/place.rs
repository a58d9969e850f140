//! Where things are unless the person says otherwise: the vault in the platform's folder for data, and
//! what is written for the person in a folder of its own in their home.

use std::path::PathBuf;

use etcetera::base_strategy::{BaseStrategy, choose_native_strategy};

/// `assent/wallet.vault` in the platform's data folder; nothing where the person has no home folder.
#[must_use]
pub fn default_vault() -> Option<PathBuf> {
    let folders = choose_native_strategy().ok()?;
    Some(folders.data_dir().join("assent").join("wallet.vault"))
}

/// `Assent` in the person's home folder.
pub(crate) fn default_papers() -> Option<PathBuf> {
    Some(etcetera::home_dir().ok()?.join("Assent"))
}
