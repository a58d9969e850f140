//! What the first page says about this program: its version, and where the vault file will be.

use std::path::Path;

use etcetera::BaseStrategy;
use serde::{Serialize, Serializer};

/// The vault's folder inside the platform's data folder.
const FOLDER: &str = "assent";
/// The vault's one file.
const FILE: &str = "wallet.vault";

/// The program's version and the place of the vault file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AppInfo {
    /// The program's version, as in `0.1.0`.
    pub version: &'static str,
    /// Where the vault file is, or will be once it is made, as text to show. Asking writes nothing.
    pub vault_file: String,
    /// Whether a vault file is there already.
    pub vault_exists: bool,
}

impl AppInfo {
    /// Describes the program as the present user of this computer sees it.
    ///
    /// # Errors
    /// [`AppInfoError::NoHomeFolder`] when the system does not say where the user's files are.
    pub fn of_this_user() -> Result<Self, AppInfoError> {
        let strategy = etcetera::base_strategy::choose_native_strategy()
            .map_err(|_| AppInfoError::NoHomeFolder)?;
        Ok(Self::in_data_folder(&strategy.data_dir()))
    }

    fn in_data_folder(data: &Path) -> Self {
        let vault_file = data.join(FOLDER).join(FILE);
        Self {
            version: env!("CARGO_PKG_VERSION"),
            vault_exists: vault_file.exists(),
            vault_file: vault_file.display().to_string(),
        }
    }
}

/// Why the program cannot describe itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AppInfoError {
    /// The system names no home folder for this user. Whoever set the account up can mend it.
    #[error("no home folder is set for this user")]
    NoHomeFolder,
}

impl AppInfoError {
    /// The code that crosses to the window, which has the words for it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoHomeFolder => "no_home_folder",
        }
    }
}

impl Serialize for AppInfoError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Wire {
            code: &'static str,
            retryable: bool,
        }
        let retryable = false;
        Wire {
            code: self.code(),
            retryable,
        }
        .serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The interface's tests read the same file, so the two sides cannot drift apart.
    const SAMPLE: &str = include_str!("../../ui/wallet/src/host/app_info.sample.json");

    #[test]
    fn the_window_gets_the_members_it_was_written_against() {
        let folder = tempfile::tempdir().unwrap();
        let info = serde_json::to_value(AppInfo::in_data_folder(folder.path())).unwrap();
        let sample: serde_json::Value = serde_json::from_str(SAMPLE).unwrap();
        let names = |value: &serde_json::Value| -> Vec<String> {
            value.as_object().unwrap().keys().cloned().collect()
        };
        assert_eq!(names(&info), names(&sample));
    }

    #[test]
    fn the_vault_file_is_inside_the_data_folder() {
        let folder = tempfile::tempdir().unwrap();
        let info = AppInfo::in_data_folder(folder.path());
        let expected = folder.path().join("assent").join("wallet.vault");
        assert_eq!(info.vault_file, expected.display().to_string());
        assert!(!info.vault_exists);
    }

    #[test]
    fn a_vault_that_is_there_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("assent")).unwrap();
        std::fs::write(folder.path().join("assent").join("wallet.vault"), b"").unwrap();
        assert!(AppInfo::in_data_folder(folder.path()).vault_exists);
    }

    #[test]
    fn an_error_crosses_as_a_code() {
        let wire = serde_json::to_value(AppInfoError::NoHomeFolder).unwrap();
        assert_eq!(
            wire,
            serde_json::json!({"code": "no_home_folder", "retryable": false})
        );
    }
}
