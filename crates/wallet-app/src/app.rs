//! The app between two commands: a place for the vault, and the wallet while it is unlocked.

use std::path::{Path, PathBuf};

use wallet::Wallet;

use crate::{CommandError, place};

/// The state behind the window.
#[derive(Debug)]
pub struct App {
    vault: Option<PathBuf>,
    wallet: Option<Wallet>,
}

impl App {
    /// An app whose vault is at `vault`, or in its usual place; nothing is opened yet.
    #[must_use]
    pub fn new(vault: Option<PathBuf>) -> Self {
        App {
            vault: vault.or_else(place::default_vault),
            wallet: None,
        }
    }

    /// Where the vault is or will be.
    pub(crate) fn place(&self) -> Result<&Path, CommandError> {
        self.vault.as_deref().ok_or(CommandError::NO_PLACE)
    }

    /// The wallet, if it is unlocked.
    pub(crate) fn wallet(&mut self) -> Result<&mut Wallet, CommandError> {
        self.wallet.as_mut().ok_or(CommandError::LOCKED)
    }

    /// Whether the wallet is unlocked.
    #[must_use]
    pub const fn is_unlocked(&self) -> bool {
        self.wallet.is_some()
    }

    pub(crate) fn take_in(&mut self, wallet: Wallet) {
        self.wallet = Some(wallet);
    }

    /// Forgets the keys. What waits to be sent stays in the vault.
    pub fn lock(&mut self) {
        self.wallet = None;
    }
}
