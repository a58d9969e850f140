//! A vault that is open as a file and closed as a secret. It holds the process lock, so that there
//! is one vault program at a time from here on.

use std::fmt;
use std::path::{Path, PathBuf};

use vault_crypto::{
    Argon2Params, DeviceKey, Passphrase, RecoveryPhrase, Slot, SlotId, SlotKind, VaultKey,
};

use crate::contents::Contents;
use crate::database::{Database, RawSlots};
use crate::file::ProcessLock;
use crate::{Unlocked, Vault, VaultError};

/// A vault waiting for a secret.
#[derive(Debug)]
pub struct Locked {
    pub(crate) database: Database,
    pub(crate) path: PathBuf,
    pub(crate) lock: ProcessLock,
}

/// A secret that may unlock a vault.
#[derive(Debug)]
#[non_exhaustive]
pub enum Credential<'a> {
    /// What the person types every day.
    Passphrase(&'a Passphrase),
    /// The 24 words on paper.
    RecoveryPhrase(&'a RecoveryPhrase),
    /// The secret in the device's keychain.
    DeviceKey(&'a DeviceKey),
}

/// The vault did not unlock; it is given back for another try.
#[derive(Debug)]
pub struct StillLocked {
    /// Why.
    pub error: VaultError,
    /// The vault, as before, still held by this process.
    pub locked: Box<Locked>,
}

impl fmt::Display for StillLocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for StillLocked {}

impl From<StillLocked> for VaultError {
    fn from(refusal: StillLocked) -> Self {
        refusal.error
    }
}

impl Vault {
    /// Opens a vault file without unlocking it. Nothing in the file changes.
    ///
    /// # Errors
    /// [`VaultError::NotFound`], [`VaultError::InUse`], [`VaultError::NotAVault`],
    /// [`VaultError::NewerFormat`], [`VaultError::Truncated`], [`VaultError::Damaged`], or an error
    /// of the operating system.
    pub fn open(path: impl AsRef<Path>) -> Result<Locked, VaultError> {
        let path = path.as_ref().canonicalize()?;
        crate::file::inspect(&path)?;
        let lock = ProcessLock::take(&path)?;
        let database = Database::open(&path)?;
        Ok(Locked {
            database,
            path,
            lock,
        })
    }
}

impl Locked {
    /// Unlocks with the passphrase. Takes as long as its Argon2id costs say, 0.1 to 1 s.
    ///
    /// # Errors
    /// [`StillLocked`] with [`VaultError::WrongPassphrase`], or with what is wrong with the file.
    pub fn unlock(self, passphrase: &Passphrase) -> Result<Unlocked, StillLocked> {
        self.unlock_with(&Credential::Passphrase(passphrase))
    }

    /// Unlocks with the recovery phrase; then a new passphrase can be set.
    ///
    /// # Errors
    /// [`StillLocked`] with [`VaultError::WrongRecoveryPhrase`], or with what is wrong with the file.
    pub fn unlock_with_phrase(self, phrase: &RecoveryPhrase) -> Result<Unlocked, StillLocked> {
        self.unlock_with(&Credential::RecoveryPhrase(phrase))
    }

    /// Unlocks with the secret that the device's keychain holds.
    ///
    /// # Errors
    /// [`StillLocked`] with [`VaultError::WrongDeviceKey`], or with what is wrong with the file.
    pub fn unlock_with_device_key(self, key: &DeviceKey) -> Result<Unlocked, StillLocked> {
        self.unlock_with(&Credential::DeviceKey(key))
    }

    /// Unlocks with any secret.
    ///
    /// # Errors
    /// [`StillLocked`] with the error for a wrong secret of this kind, or with what is wrong with
    /// the file.
    pub fn unlock_with(self, credential: &Credential<'_>) -> Result<Unlocked, StillLocked> {
        match self.try_unlock(credential) {
            Ok((key, contents)) => Ok(Unlocked::new(self, key, contents)),
            Err(error) => Err(StillLocked {
                error,
                locked: Box::new(self),
            }),
        }
    }

    /// Where the vault is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The costs of one guess of the passphrase, where that slot can be read.
    ///
    /// # Errors
    /// [`VaultError::Damaged`], or an error of the disk.
    pub fn passphrase_costs(&self) -> Result<Option<Argon2Params>, VaultError> {
        let slots = self.database.slots()?;
        let slot = parse_slot(&slots, SlotId::PASSPHRASE);
        Ok(slot.ok().and_then(|slot| slot.costs()))
    }

    fn try_unlock(&self, credential: &Credential<'_>) -> Result<(VaultKey, Contents), VaultError> {
        let key = open_slot(&self.database, credential)?;
        let contents = Contents::load(&self.database, &key)?;
        self.database.allow_checkpoint()?;
        Ok((key, contents))
    }
}

/// Unwraps the vault key from the slot that `credential` belongs to.
pub(crate) fn open_slot(
    database: &Database,
    credential: &Credential<'_>,
) -> Result<VaultKey, VaultError> {
    let (vault, slots) = (database.vault, database.slots()?);
    let (id, opened) = match credential {
        Credential::Passphrase(passphrase) => {
            let slot = parse_slot(&slots, SlotId::PASSPHRASE)?;
            (slot.id(), slot.open_with_passphrase(vault, passphrase))
        }
        Credential::RecoveryPhrase(phrase) => {
            let slot = parse_slot(&slots, SlotId::RECOVERY)?;
            (slot.id(), slot.open_with_seed(vault, &phrase.wallet_seed()))
        }
        Credential::DeviceKey(key) => return open_device_slot(database, &slots, key),
    };
    opened.map_err(|error| VaultError::of_slot(error, VaultError::wrong_secret_for(id)))
}

/// Tries every device slot; which of them is this device's is not written anywhere.
fn open_device_slot(
    database: &Database,
    slots: &RawSlots,
    key: &DeviceKey,
) -> Result<VaultKey, VaultError> {
    device_slots(slots)
        .find_map(|slot| slot.open_with_device(database.vault, key).ok())
        .ok_or(VaultError::WrongDeviceKey)
}

/// The readable slots that a device's secret opens.
pub(crate) fn device_slots(slots: &RawSlots) -> impl Iterator<Item = Slot> {
    slots
        .iter()
        .filter_map(|(id, bytes)| Slot::from_bytes(*id, bytes).ok())
        .filter(|slot| slot.kind() == SlotKind::Device)
}

fn parse_slot(slots: &RawSlots, id: SlotId) -> Result<Slot, VaultError> {
    let bytes = slots.get(&id).ok_or(VaultError::NoSuchSlot)?;
    let wrong = VaultError::wrong_secret_for(id);
    Slot::from_bytes(id, bytes).map_err(|error| VaultError::of_slot(error, wrong))
}
