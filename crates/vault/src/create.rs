//! Making a new vault: complete in a file of another name first, then under its own.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use vault_crypto::{
    Argon2Params, Passphrase, RecoveryPhrase, Slot, SlotId, VaultId, VaultKey, WalletSeed,
};

use crate::changes;
use crate::contents::{Contents, OWN_KIND, SEED_KEY};
use crate::database::Database;
use crate::file::{self, Draft, ProcessLock};
use crate::{Locked, Unlocked, Vault, VaultError, random};

impl Vault {
    /// Creates a vault with a new wallet seed. The phrase is for paper; show it once.
    ///
    /// # Errors
    /// [`VaultError::AlreadyExists`] or [`VaultError::LeftoverJournal`] when the place is taken,
    /// [`VaultError::NotFound`] when its folder is missing, or an error of the system.
    pub fn create(
        path: impl AsRef<Path>,
        passphrase: &Passphrase,
        costs: Argon2Params,
    ) -> Result<(Unlocked, RecoveryPhrase), VaultError> {
        let seed = WalletSeed::from_bytes(random::bytes()?);
        let unlocked = create(path.as_ref(), passphrase, costs, &seed)?;
        Ok((unlocked, seed.to_phrase()))
    }

    /// Creates a vault for the wallet whose 24 words are known, as when the old vault is lost: its
    /// keys come back, its records do not.
    ///
    /// # Errors
    /// As [`Vault::create`].
    pub fn create_from_phrase(
        path: impl AsRef<Path>,
        passphrase: &Passphrase,
        costs: Argon2Params,
        phrase: &RecoveryPhrase,
    ) -> Result<Unlocked, VaultError> {
        create(path.as_ref(), passphrase, costs, &phrase.wallet_seed())
    }
}

fn create(
    path: &Path,
    passphrase: &Passphrase,
    costs: Argon2Params,
    seed: &WalletSeed,
) -> Result<Unlocked, VaultError> {
    let path = settle(path)?;
    let lock = ProcessLock::take(&path)?;
    file::refuse_occupied(&path)?;
    let key = VaultKey::from_bytes(random::bytes()?);
    let draft = Draft::beside(&path)?;
    write(draft.path(), &key, passphrase, costs, seed)?;
    draft.publish(&path)?;
    adopt(path, lock, key)
}

/// The path with its folder resolved, so that two ways to the same file meet at one lock.
pub(crate) fn settle(path: &Path) -> Result<PathBuf, VaultError> {
    let name = path.file_name().ok_or(VaultError::NotFound)?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    Ok(folder.canonicalize()?.join(name))
}

/// Opens a vault whose key is at hand.
pub(crate) fn adopt(
    path: PathBuf,
    lock: ProcessLock,
    key: VaultKey,
) -> Result<Unlocked, VaultError> {
    let database = Database::open(&path)?;
    let contents = Contents::load(&database, &key)?;
    database.allow_checkpoint()?;
    Ok(Unlocked::new(
        Locked {
            database,
            path,
            lock,
        },
        key,
        contents,
    ))
}

/// Fills an empty file with a whole vault: two slots and the wallet seed.
fn write(
    draft: &Path,
    key: &VaultKey,
    passphrase: &Passphrase,
    costs: Argon2Params,
    seed: &WalletSeed,
) -> Result<(), VaultError> {
    let vault = VaultId(random::bytes()?);
    let mut database = Database::create(draft, vault)?;
    let passphrase_slot = Slot::for_passphrase(
        vault,
        SlotId::PASSPHRASE,
        key,
        passphrase,
        costs,
        &random::slot()?,
    )?;
    let recovery_slot = Slot::for_seed(vault, SlotId::RECOVERY, key, seed, &random::slot()?);
    let mut contents = Contents::empty();
    changes::run(&mut database, key, &mut contents, &mut false, |changes| {
        changes.put_slot(SlotId::PASSPHRASE, passphrase_slot.to_bytes())?;
        changes.put_slot(SlotId::RECOVERY, recovery_slot.to_bytes())?;
        changes.put_any(OWN_KIND, SEED_KEY, seed.expose_secret())
    })?;
    use_journal(&database.connection)?;
    database.allow_checkpoint()?;
    database.close()
}

/// Marks the file as one with a write-ahead log, which SQLite remembers in the header.
pub(crate) fn use_journal(connection: &Connection) -> Result<(), VaultError> {
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode == "wal" {
        Ok(())
    } else {
        Err(VaultError::Damaged)
    }
}
