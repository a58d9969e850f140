//! What a command answers with instead of what was asked: a code, never a sentence.

use serde::Serialize;
use vault::{PassphraseError, VaultError};
use wallet::WalletError;

/// Why a command did nothing. The window has words for each code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{code}")]
pub struct CommandError {
    /// The stable code.
    pub code: &'static str,
    /// The field of the form that is at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// Whether the same may succeed later, unchanged.
    pub retryable: bool,
}

impl CommandError {
    /// An error of the person's input in `field`.
    pub(crate) const fn field(code: &'static str, field: &'static str) -> Self {
        CommandError {
            code,
            field: Some(field),
            retryable: false,
        }
    }

    /// The wallet is locked.
    pub(crate) const LOCKED: Self = CommandError {
        code: "locked",
        field: None,
        retryable: false,
    };
    /// The person has no home folder and named no place.
    pub(crate) const NO_PLACE: Self = CommandError {
        code: "no_place",
        field: None,
        retryable: false,
    };
}

impl From<PassphraseError> for CommandError {
    fn from(error: PassphraseError) -> Self {
        let code = match error {
            PassphraseError::Empty => "passphrase_empty",
            PassphraseError::ControlCharacter => "passphrase_control_character",
            _ => "passphrase_too_long",
        };
        Self::field(code, "passphrase")
    }
}

impl From<VaultError> for CommandError {
    fn from(error: VaultError) -> Self {
        let (code, retryable) = match error {
            VaultError::NotFound => ("vault_not_found", false),
            VaultError::AlreadyExists => ("vault_exists", false),
            VaultError::InUse => ("vault_in_use", true),
            VaultError::WrongPassphrase => return Self::field("wrong_passphrase", "passphrase"),
            VaultError::NotAVault => ("not_a_vault", false),
            VaultError::NewerFormat { .. } | VaultError::SlotNewer => ("vault_newer", false),
            VaultError::DiskFull => ("disk_full", true),
            VaultError::KeyDerivation(_) => ("memory", true),
            VaultError::Io(_) | VaultError::Storage { .. } | VaultError::MustReopen => {
                ("storage", true)
            }
            _ => ("vault_damaged", false),
        };
        CommandError {
            code,
            field: None,
            retryable,
        }
    }
}

impl From<WalletError> for CommandError {
    fn from(error: WalletError) -> Self {
        match error {
            WalletError::Vault(error) => error.into(),
            other => CommandError {
                code: other.code(),
                field: None,
                retryable: matches!(other, WalletError::Client(_)),
            },
        }
    }
}
