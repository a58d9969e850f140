//! About the program, creating a vault, unlocking it, and what the first page shows.

use consent_token::id::UnixSeconds;
use serde::Serialize;
use vault::{Argon2Params, Passphrase, Vault};
use wallet::{State, Wallet};

use crate::{App, CommandError, SystemDevice};

/// What is known before anything is unlocked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct About {
    /// The program's version.
    pub version: &'static str,
    /// Where the vault is or will be.
    pub vault: String,
    /// Whether there is one.
    pub exists: bool,
    /// Whether it is unlocked.
    pub unlocked: bool,
}

/// A new vault.
#[derive(Serialize)]
pub struct Created {
    /// The 24 words, to be shown once.
    pub recovery_phrase: Vec<&'static str>,
}

/// What the first page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overview {
    /// How many items of data are written down.
    pub items: usize,
    /// How many consents are in force.
    pub in_force: usize,
    /// How many are paused.
    pub paused: usize,
    /// How many things wait to be sent.
    pub waiting: usize,
    /// How many findings against the verifier were not read yet.
    pub findings: usize,
    /// When the list of agencies was fetched last.
    pub registry_fetched_at: Option<UnixSeconds>,
}

impl App {
    /// What is known before anything is unlocked.
    ///
    /// # Errors
    /// `no_place`.
    pub fn about(&self) -> Result<About, CommandError> {
        let place = self.place()?;
        Ok(About {
            version: env!("CARGO_PKG_VERSION"),
            vault: place.display().to_string(),
            exists: place.exists(),
            unlocked: self.is_unlocked(),
        })
    }

    /// Creates the vault and unlocks it.
    ///
    /// # Errors
    /// `vault_exists` and what the vault says; nothing is overwritten.
    pub fn create(&mut self, passphrase: &str) -> Result<Created, CommandError> {
        self.create_with(passphrase, Argon2Params::DEFAULT)
    }

    pub(crate) fn create_with(
        &mut self,
        passphrase: &str,
        costs: Argon2Params,
    ) -> Result<Created, CommandError> {
        let place = self.place()?.to_owned();
        let passphrase = Passphrase::new(passphrase)?;
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|error| CommandError::from(vault::VaultError::Io(error.kind())))?;
        }
        let (unlocked, phrase) = Vault::create(&place, &passphrase, costs)?;
        self.take_in(Wallet::new(unlocked, Box::new(SystemDevice)));
        Ok(Created {
            recovery_phrase: phrase.expose_words().collect(),
        })
    }

    /// Unlocks the vault.
    ///
    /// # Errors
    /// `wrong_passphrase`, `vault_not_found`, `vault_in_use`, `vault_damaged` and what else the vault says.
    pub fn unlock(&mut self, passphrase: &str) -> Result<Overview, CommandError> {
        let passphrase = Passphrase::new(passphrase)?;
        let unlocked = Vault::open(self.place()?)?
            .unlock(&passphrase)
            .map_err(|still| still.error)?;
        self.take_in(Wallet::new(unlocked, Box::new(SystemDevice)));
        self.overview()
    }

    /// What the first page shows.
    ///
    /// # Errors
    /// `locked`, and what the vault says.
    pub fn overview(&mut self) -> Result<Overview, CommandError> {
        let wallet = self.wallet()?;
        let now = wallet.now();
        let grants = wallet.grants()?;
        let count = |state| {
            grants
                .iter()
                .filter(|grant| grant.state(now) == state)
                .count()
        };
        Ok(Overview {
            items: wallet.profile()?.len(),
            in_force: count(State::Valid),
            paused: count(State::Suspended),
            waiting: wallet.waiting()?.len(),
            findings: wallet.unseen_evidence()?.len(),
            registry_fetched_at: wallet.registry_fetched_at()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn app() -> (tempfile::TempDir, App) {
        let folder = tempfile::tempdir().unwrap();
        let app = App::new(Some(folder.path().join("new folder/wallet.vault")));
        (folder, app)
    }

    #[test]
    fn a_vault_is_created_locked_and_unlocked_again() {
        let (_folder, mut app) = app();
        assert!(!app.about().unwrap().exists);
        assert_eq!(app.overview().unwrap_err(), CommandError::LOCKED);
        let created = app
            .create_with("a quiet river", Argon2Params::MINIMUM)
            .unwrap();
        assert_eq!(created.recovery_phrase.len(), 24);
        assert_eq!(app.overview().unwrap().items, 0);
        app.lock();
        assert_eq!(app.overview().unwrap_err(), CommandError::LOCKED);
        let wrong = app.unlock("another river").unwrap_err();
        assert_eq!(
            (wrong.code, wrong.field),
            ("wrong_passphrase", Some("passphrase"))
        );
        assert_eq!(app.unlock("a quiet river").unwrap().in_force, 0);
        assert!(app.about().unwrap().unlocked);
    }

    #[test]
    fn nothing_is_overwritten_and_errors_are_codes() {
        let (_folder, mut app) = app();
        app.create_with("a quiet river", Argon2Params::MINIMUM)
            .unwrap();
        app.lock();
        let again = app
            .create_with("a quiet river", Argon2Params::MINIMUM)
            .err()
            .unwrap();
        assert_eq!(again.code, "vault_exists");
        let json = serde_json::to_value(app.unlock("").unwrap_err()).unwrap();
        assert_eq!(
            json,
            serde_json::json!({ "code": "passphrase_empty", "field": "passphrase", "retryable": false })
        );
    }
}
