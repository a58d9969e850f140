//! Creating, unlocking, recovering and locking the vault; its passphrase and its words. Keys are derived on
//! a thread of their own.

use std::{fs, path::Path};

use ::vault::{Credential, Passphrase, RecoveryPhrase, StillLocked, Unlocked, Vault, VaultError};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::{Nothing, Overview};
use crate::{App, Code, CommandError, app, desk::Desk};

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
#[derive(Serialize, Zeroize, ZeroizeOnDrop, TS)]
pub struct Created {
    /// The 24 words.
    pub recovery_phrase: Vec<String>,
}

/// The 24 words once more.
#[derive(Serialize, Zeroize, ZeroizeOnDrop, TS)]
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

/// Passphrases below this score of zxcvbn can be guessed by one computer in hours.
const WEAKEST: u8 = 2;

impl App {
    /// How hard a passphrase is to guess.
    ///
    /// # Errors
    /// None.
    pub async fn passphrase_strength(&self, ask: Secret) -> Result<Strength, CommandError> {
        let score = strength(&ask.passphrase);
        Ok(Strength { score })
    }

    /// Creates the vault and unlocks it.
    ///
    /// # Errors
    /// `passphrase_…`, `vault_exists` and what the vault says; nothing is overwritten.
    pub async fn create(&self, ask: Secret) -> Result<Created, CommandError> {
        let (place, costs) = (self.place()?.to_owned(), self.costs);
        let passphrase = fresh(&ask.passphrase)?;
        make_folder(&place)?;
        let mut desk = self.desk().await;
        let (unlocked, phrase) = aside(move || Vault::create(&place, &passphrase, costs)).await??;
        self.used();
        desk.take_in(unlocked);
        Ok(Created {
            recovery_phrase: words(&phrase),
        })
    }

    /// Unlocks the vault.
    ///
    /// # Errors
    /// `wrong_passphrase`, `too_soon`, `vault_not_found`, `vault_in_use` and what else the vault says.
    pub async fn unlock(&self, ask: Secret) -> Result<Overview, CommandError> {
        let passphrase = Passphrase::new(&ask.passphrase)?;
        let mut desk = self.desk_at_once().await;
        // A second window's vault must not be shut by this one.
        desk.close();
        let locked = Vault::open(self.place()?)?;
        self.try_now()?;
        let tried = aside(move || locked.unlock(&passphrase)).await?;
        let unlocked = self.tried(tried.map_err(still_locked))?;
        self.open(&mut desk, unlocked)
    }

    /// Opens the vault with the 24 words and sets a new passphrase. Where the vault is lost, makes a new one
    /// with the same keys.
    ///
    /// # Errors
    /// `phrase_…`, `wrong_phrase`, `passphrase_…` and what the vault says.
    pub async fn recover(&self, ask: Recover) -> Result<Overview, CommandError> {
        let phrase = RecoveryPhrase::parse(&ask.phrase)?;
        let (passphrase, costs) = (fresh(&ask.passphrase)?, self.costs);
        let mut desk = self.desk_at_once().await;
        desk.close();
        let place = self.place()?.to_owned();
        if !place.exists() {
            make_folder(&place)?;
            let made = move || Vault::create_from_phrase(&place, &passphrase, costs, &phrase);
            let made = aside(made).await??;
            return self.open(&mut desk, made);
        }
        let locked = Vault::open(&place)?;
        self.try_now()?;
        let opened = locked.unlock_with_phrase(&phrase).map_err(still_locked);
        let mut unlocked = self.tried(opened)?;
        let unlocked = aside(move || {
            unlocked
                .change_passphrase(&passphrase, costs)
                .map(|()| unlocked)
        })
        .await??;
        self.open(&mut desk, unlocked)
    }

    /// Forgets the keys.
    ///
    /// # Errors
    /// None.
    pub async fn lock(&self, _: Nothing) -> Result<Nothing, CommandError> {
        self.close().await;
        Ok(Nothing {})
    }

    /// Somebody is at the window. It never waits.
    ///
    /// # Errors
    /// `locked`.
    pub async fn touch(&self, _: Nothing) -> Result<Nothing, CommandError> {
        if !self.is_unlocked() {
            return Err(Code::Locked.into());
        }
        self.used();
        Ok(Nothing {})
    }

    /// Takes the links that wait.
    ///
    /// # Errors
    /// `locked`; then they go on waiting.
    pub async fn links_take(&self, _: Nothing) -> Result<Links, CommandError> {
        if !self.is_unlocked() {
            return Err(Code::Locked.into());
        }
        let links = std::mem::take(&mut *self.links());
        Ok(Links { links })
    }

    /// Sets another passphrase.
    ///
    /// # Errors
    /// `wrong_passphrase` with field `current`, `too_soon`; `passphrase_…`.
    pub async fn passphrase_change(&self, ask: ChangePassphrase) -> Result<Nothing, CommandError> {
        let next = fresh(&ask.passphrase)?;
        let mut desk = self.desk().await;
        self.prove(&mut desk, &ask.current, "current")?;
        let vault = desk.wallet()?.vault_mut();
        vault.change_passphrase(&next, self.costs)?;
        Ok(Nothing {})
    }

    /// Shows the 24 words once more.
    ///
    /// # Errors
    /// `wrong_passphrase`, `too_soon`.
    pub async fn phrase_show(&self, ask: Secret) -> Result<Phrase, CommandError> {
        let mut desk = self.desk().await;
        self.prove(&mut desk, &ask.passphrase, "passphrase")?;
        let phrase = desk.wallet()?.vault().recovery_phrase()?;
        Ok(Phrase {
            words: words(&phrase),
        })
    }

    /// Removes the vault from this machine. Consents that are in force stay so until they end; the window
    /// says this and offers to stop them first.
    ///
    /// # Errors
    /// `wrong_passphrase`, `too_soon`; `storage`.
    pub async fn destroy(&self, ask: Secret) -> Result<Nothing, CommandError> {
        let mut desk = self.desk().await;
        self.prove(&mut desk, &ask.passphrase, "passphrase")?;
        desk.close();
        let place = self.place()?;
        fs::remove_file(place)?;
        for beside in ["-wal", "-shm", ".lock"] {
            let mut name = place.as_os_str().to_owned();
            name.push(beside);
            // Some of them exist only while the vault is open.
            let _ = fs::remove_file(name);
        }
        self.forget_device().await;
        self.door().is_gone();
        Ok(Nothing {})
    }

    /// Takes an unlocked vault in and reads the person's settings from it.
    pub(crate) fn open(
        &self,
        desk: &mut Desk,
        unlocked: Unlocked,
    ) -> Result<Overview, CommandError> {
        self.used();
        desk.take_in(unlocked);
        self.lock_after(desk.kept_settings()?.lock_after_minutes);
        desk.glance()
    }

    /// Asks once more who sits there.
    pub(crate) fn prove(
        &self,
        desk: &mut Desk,
        passphrase: &str,
        field: &'static str,
    ) -> Result<(), CommandError> {
        let named = |error: CommandError| CommandError {
            field: error.field.map(|_| field),
            ..error
        };
        let passphrase = Passphrase::new(passphrase).map_err(|error| named(error.into()))?;
        let vault = desk.wallet()?.vault();
        self.try_now().map_err(named)?;
        self.tried(vault.check(&Credential::Passphrase(&passphrase)))
            .map_err(named)
    }

    /// A try begins, if it may. It counts as wrong until [`App::tried`] says otherwise.
    pub(crate) fn try_now(&self) -> Result<(), CommandError> {
        let (mut door, now) = (self.door(), app::now());
        if door.wait(now) > 0 {
            return Err(Code::TooSoon.at("passphrase"));
        }
        door.tries(now);
        Ok(())
    }

    /// What the try came to.
    pub(crate) fn tried<T>(&self, outcome: Result<T, VaultError>) -> Result<T, CommandError> {
        match &outcome {
            Ok(_) => self.door().was_right(),
            Err(
                VaultError::WrongPassphrase
                | VaultError::WrongRecoveryPhrase
                | VaultError::WrongDeviceKey,
            ) => {}
            Err(_) => self.door().was_not_tried(),
        }
        Ok(outcome?)
    }
}

/// Runs what takes long on a thread of its own.
pub(crate) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, CommandError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| Code::Memory.into())
}

pub(crate) fn still_locked(still: StillLocked) -> VaultError {
    still.error
}

fn words(phrase: &RecoveryPhrase) -> Vec<String> {
    phrase.expose_words().map(str::to_owned).collect()
}

fn strength(passphrase: &str) -> u8 {
    zxcvbn::zxcvbn(passphrase, &["assent"]).score().into()
}

/// Whether a passphrase is too easy to guess to protect a vault.
#[must_use]
pub fn is_weak(passphrase: &str) -> bool {
    strength(passphrase) < WEAKEST
}

/// A passphrase that is good enough to be set.
pub(crate) fn fresh(typed: &str) -> Result<Passphrase, CommandError> {
    let passphrase = Passphrase::new(typed)?;
    if is_weak(typed) {
        return Err(Code::PassphraseWeak.at("passphrase"));
    }
    Ok(passphrase)
}

pub(crate) fn make_folder(place: &Path) -> Result<(), CommandError> {
    Ok(place.parent().map_or(Ok(()), fs::create_dir_all)?)
}

#[cfg(test)]
mod tests;
