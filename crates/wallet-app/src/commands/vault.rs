//! About the program; creating, unlocking, recovering and locking the vault; its passphrase and its words.

use std::{fs, path::Path};

use ::vault::{Passphrase, RecoveryPhrase, Unlocked, Vault, VaultError};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use wallet::State;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::Nothing;
use crate::{App, Code, CommandError, app};

/// What is known before anything is unlocked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct About {
    /// The program's version.
    pub version: &'static str,
    /// Where the vault is or will be.
    pub vault: String,
    /// Where files for the person are written.
    pub papers: String,
    /// Whether there is a vault.
    pub exists: bool,
    /// Whether it is unlocked.
    pub unlocked: bool,
    /// Seconds until the next passphrase may be tried.
    pub wait_seconds: u32,
    /// How many links wait to be looked at.
    pub links: usize,
    /// The verifier to suggest on first use.
    pub suggested_verifier: Option<String>,
}

/// A passphrase on its own. It is wiped when it was used.
#[derive(Deserialize, Zeroize, ZeroizeOnDrop, TS)]
pub struct Secret {
    /// What was typed.
    pub passphrase: String,
}

/// A change of passphrase.
#[derive(Deserialize, Zeroize, ZeroizeOnDrop, TS)]
pub struct ChangePassphrase {
    /// The one until now.
    pub current: String,
    /// The one from now on.
    pub passphrase: String,
}

/// The 24 words and the passphrase to set.
#[derive(Deserialize, Zeroize, ZeroizeOnDrop, TS)]
pub struct Recover {
    /// The words, in order.
    pub phrase: String,
    /// The passphrase from now on.
    pub passphrase: String,
}

/// How hard a passphrase is to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Strength {
    /// From 0, guessed at once, to 4; from 2 on it can be used.
    pub score: u8,
}

/// A new vault.
#[derive(Serialize, TS)]
pub struct Created {
    /// The 24 words.
    pub recovery_phrase: Vec<String>,
}

/// The 24 words once more.
#[derive(Serialize, TS)]
pub struct Phrase {
    /// The words, in order.
    pub words: Vec<String>,
}

/// Links that were opened outside the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Links {
    /// In the order in which they came.
    pub links: Vec<String>,
}

/// What the first page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Overview {
    /// How many items of data are written down.
    pub items: usize,
    /// How many consents are in force.
    pub in_force: usize,
    /// How many are paused.
    pub paused: usize,
    /// How many end within 30 days.
    pub ending: usize,
    /// How many things wait to be sent.
    pub waiting: usize,
    /// How many findings against the verifier were not read yet.
    pub findings: usize,
    /// The verifier in use.
    pub verifier: Option<String>,
    /// When the list of agencies was fetched last, in seconds.
    pub fetched_at: Option<i64>,
}

/// Passphrases below this score of zxcvbn can be guessed by one computer in hours.
const WEAKEST: u8 = 2;
const SOON_SECONDS: i64 = 30 * 86_400;

impl App {
    /// What is known before anything is unlocked. It does not count as use.
    ///
    /// # Errors
    /// `no_place`.
    pub async fn about(&mut self, _: Nothing) -> Result<About, CommandError> {
        let place = self.place()?;
        Ok(About {
            version: env!("CARGO_PKG_VERSION"),
            vault: place.display().to_string(),
            papers: self.papers()?.display().to_string(),
            exists: place.exists(),
            unlocked: self.is_unlocked(),
            wait_seconds: self.tries.wait(app::now()),
            suggested_verifier: self.suggested_verifier().map(str::to_owned),
            links: self.links().len(),
        })
    }

    /// How hard a passphrase is to guess.
    ///
    /// # Errors
    /// None.
    pub async fn passphrase_strength(&mut self, ask: Secret) -> Result<Strength, CommandError> {
        Ok(Strength {
            score: strength(&ask.passphrase),
        })
    }

    /// Creates the vault and unlocks it.
    ///
    /// # Errors
    /// `passphrase_…`, `vault_exists` and what the vault says; nothing is overwritten.
    pub async fn create(&mut self, ask: Secret) -> Result<Created, CommandError> {
        let place = self.place()?.to_owned();
        let passphrase = fresh(&ask.passphrase)?;
        make_folder(&place)?;
        let (unlocked, phrase) = Vault::create(&place, &passphrase, self.costs)?;
        self.take_in(unlocked);
        Ok(Created {
            recovery_phrase: phrase.expose_words().map(str::to_owned).collect(),
        })
    }

    /// Unlocks the vault.
    ///
    /// # Errors
    /// `wrong_passphrase`, `too_soon`, `vault_not_found`, `vault_in_use` and what else the vault says.
    pub async fn unlock(&mut self, ask: Secret) -> Result<Overview, CommandError> {
        let passphrase = Passphrase::new(&ask.passphrase)?;
        self.check_wait()?;
        // A second window's vault must not be shut by this one.
        self.close();
        let opened = Vault::open(self.place()?)?.unlock(&passphrase);
        let unlocked = self.tried(opened.map_err(|still| still.error))?;
        self.open(unlocked)
    }

    /// Opens the vault with the 24 words and sets a new passphrase. Where the vault is lost, makes a new one
    /// with the same keys.
    ///
    /// # Errors
    /// `phrase_…`, `wrong_phrase`, `passphrase_…` and what the vault says.
    pub async fn recover(&mut self, ask: Recover) -> Result<Overview, CommandError> {
        let phrase = RecoveryPhrase::parse(&ask.phrase)?;
        let passphrase = fresh(&ask.passphrase)?;
        self.check_wait()?;
        self.close();
        let place = self.place()?.to_owned();
        if !place.exists() {
            make_folder(&place)?;
            let made = Vault::create_from_phrase(&place, &passphrase, self.costs, &phrase)?;
            return self.open(made);
        }
        let opened = Vault::open(&place)?.unlock_with_phrase(&phrase);
        let mut unlocked = self.tried(opened.map_err(|still| still.error))?;
        unlocked.change_passphrase(&passphrase, self.costs)?;
        self.open(unlocked)
    }

    /// Forgets the keys.
    ///
    /// # Errors
    /// None.
    pub async fn lock(&mut self, _: Nothing) -> Result<Nothing, CommandError> {
        self.close();
        Ok(Nothing {})
    }

    /// Somebody is at the window.
    ///
    /// # Errors
    /// `locked`.
    pub async fn touch(&mut self, _: Nothing) -> Result<Nothing, CommandError> {
        self.wallet()?;
        self.used();
        Ok(Nothing {})
    }

    /// Takes the links that wait.
    ///
    /// # Errors
    /// `locked`; then they go on waiting.
    pub async fn links_take(&mut self, _: Nothing) -> Result<Links, CommandError> {
        self.wallet()?;
        Ok(Links {
            links: std::mem::take(self.links()),
        })
    }

    /// What the first page shows.
    ///
    /// # Errors
    /// `locked`, and what the vault says.
    pub async fn overview(&mut self, _: Nothing) -> Result<Overview, CommandError> {
        self.glance()
    }

    /// Sets another passphrase.
    ///
    /// # Errors
    /// `wrong_passphrase`, after which the wallet is locked; `passphrase_…`.
    pub async fn passphrase_change(
        &mut self,
        ask: ChangePassphrase,
    ) -> Result<Nothing, CommandError> {
        let next = fresh(&ask.passphrase)?;
        let mut unlocked = self.prove(&ask.current).map_err(|error| CommandError {
            field: error.field.map(|_| "current"),
            ..error
        })?;
        let changed = unlocked.change_passphrase(&next, self.costs);
        self.take_in(unlocked);
        Ok(changed.map(|()| Nothing {})?)
    }

    /// Shows the 24 words once more.
    ///
    /// # Errors
    /// `wrong_passphrase`, after which the wallet is locked.
    pub async fn phrase_show(&mut self, ask: Secret) -> Result<Phrase, CommandError> {
        let unlocked = self.prove(&ask.passphrase)?;
        let phrase = unlocked.recovery_phrase();
        self.take_in(unlocked);
        Ok(Phrase {
            words: phrase?.expose_words().map(str::to_owned).collect(),
        })
    }

    /// Removes the vault from this machine. Consents that are in force stay so until they end; the window
    /// says this and offers to stop them first.
    ///
    /// # Errors
    /// `wrong_passphrase`, after which the wallet is locked; `storage`.
    pub async fn destroy(&mut self, ask: Secret) -> Result<Nothing, CommandError> {
        drop(self.prove(&ask.passphrase)?);
        let place = self.place()?.to_owned();
        fs::remove_file(&place)?;
        for beside in ["-wal", "-shm", ".lock"] {
            let mut name = place.clone().into_os_string();
            name.push(beside);
            // Some of them exist only while the vault is open.
            let _ = fs::remove_file(name);
        }
        Ok(Nothing {})
    }

    /// Takes an unlocked vault in and reads the person's settings from it.
    pub(crate) fn open(&mut self, unlocked: Unlocked) -> Result<Overview, CommandError> {
        self.take_in(unlocked);
        self.apply_settings()?;
        self.glance()
    }

    /// Locks and unlocks again: whoever sits there now must know the passphrase too.
    fn prove(&mut self, passphrase: &str) -> Result<Unlocked, CommandError> {
        let passphrase = Passphrase::new(passphrase)?;
        self.check_wait()?;
        let locked = self.take_out()?.into_vault().lock()?;
        self.tried(locked.unlock(&passphrase).map_err(|still| still.error))
    }

    fn check_wait(&self) -> Result<(), CommandError> {
        match self.tries.wait(app::now()) {
            0 => Ok(()),
            _ => Err(Code::TooSoon.at("passphrase")),
        }
    }

    fn tried<T>(&mut self, outcome: Result<T, VaultError>) -> Result<T, CommandError> {
        match &outcome {
            Ok(_) => self.tries.was_right(),
            Err(VaultError::WrongPassphrase | VaultError::WrongRecoveryPhrase) => {
                self.tries.was_wrong(app::now());
            }
            Err(_) => {}
        }
        Ok(outcome?)
    }

    fn glance(&mut self) -> Result<Overview, CommandError> {
        let wallet = self.wallet()?;
        let now = wallet.now();
        let grants = wallet.grants()?;
        let count = |state| {
            grants
                .iter()
                .filter(|grant| grant.state(now) == state)
                .count()
        };
        let ends_soon = |grant: &&wallet::Grant| {
            grant.state(now) == State::Valid && grant.ends_at.since(now) < SOON_SECONDS
        };
        Ok(Overview {
            items: wallet.profile()?.len(),
            in_force: count(State::Valid),
            paused: count(State::Suspended),
            ending: grants.iter().filter(ends_soon).count(),
            waiting: wallet.waiting()?.len(),
            findings: wallet.unseen_evidence()?.len(),
            verifier: wallet.verifier()?.map(|verifier| verifier.url),
            fetched_at: wallet.registry_fetched_at()?.map(|at| at.as_i64()),
        })
    }
}

fn strength(passphrase: &str) -> u8 {
    zxcvbn::zxcvbn(passphrase, &["assent"]).score().into()
}

/// A passphrase that is good enough to be set.
fn fresh(typed: &str) -> Result<Passphrase, CommandError> {
    let passphrase = Passphrase::new(typed)?;
    if strength(typed) < WEAKEST {
        return Err(Code::PassphraseWeak.at("passphrase"));
    }
    Ok(passphrase)
}

pub(crate) fn make_folder(place: &Path) -> Result<(), CommandError> {
    Ok(place.parent().map_or(Ok(()), fs::create_dir_all)?)
}

#[cfg(test)]
mod tests;
