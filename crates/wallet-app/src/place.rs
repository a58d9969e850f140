//! Where the vault is unless the person says otherwise: the platform's folder for data.

use std::path::PathBuf;

use etcetera::base_strategy::{BaseStrategy, choose_native_strategy};

/// `assent/wallet.vault` in the platform's data folder; nothing where the person has no home folder.
#[must_use]
pub fn default_vault() -> Option<PathBuf> {
    let folders = choose_native_strategy().ok()?;
    Some(folders.data_dir().join("assent").join("wallet.vault"))
}
