//! An unlocked vault: sealed records read, listed and changed. Keys live in memory until it is
//! locked or dropped.

use std::fmt;
use std::path::{Path, PathBuf};

use vault_crypto::{Plaintext, RecoveryPhrase, SlotId, Table, VaultKey, WalletSeed};

use crate::changes::{self, Changes, read_value};
use crate::contents::{Contents, OWN_KIND, SEED_KEY};
use crate::database::Database;
use crate::file::ProcessLock;
use crate::locked::open_slot;
use crate::{Credential, Locked, VaultError};

/// A vault whose records can be read and changed.
///
/// Field order is drop order: the file is closed before another process may open it.
pub struct Unlocked {
    pub(crate) database: Database,
    pub(crate) key: VaultKey,
    pub(crate) contents: Contents,
    pub(crate) path: PathBuf,
    lock: ProcessLock,
    must_reopen: bool,
}

impl Unlocked {
    pub(crate) fn new(locked: Locked, key: VaultKey, contents: Contents) -> Self {
        let Locked {
            database,
            path,
            lock,
        } = locked;
        Self {
            database,
            key,
            contents,
            path,
            lock,
            must_reopen: false,
        }
    }

    /// Reads a value, or nothing where there is no such record.
    ///
    /// # Errors
    /// [`VaultError::RowAltered`] or [`VaultError::RowRemoved`] when the file was altered since
    /// unlock, [`VaultError::MustReopen`], or an error of the disk.
    pub fn read(&self, kind: &str, key: &str) -> Result<Option<Plaintext>, VaultError> {
        if kind == OWN_KIND {
            return Ok(None);
        }
        self.read_any(kind, key)
    }

    fn read_any(&self, kind: &str, key: &str) -> Result<Option<Plaintext>, VaultError> {
        self.check_usable()?;
        let Some(row) = self.contents.index.row(kind, key) else {
            return Ok(None);
        };
        let stamp = self.contents.rows.stamp(Table::Record, row);
        let connection = &self.database.connection;
        read_value(connection, self.database.vault, &self.key, row, stamp).map(Some)
    }

    /// Whether there is such a record.
    #[must_use]
    pub fn contains(&self, kind: &str, key: &str) -> bool {
        kind != OWN_KIND && self.contents.index.row(kind, key).is_some()
    }

    /// The keys of a kind, in ascending order.
    pub fn list(&self, kind: &str) -> impl Iterator<Item = &str> {
        let own = kind == OWN_KIND;
        self.contents.index.keys(kind).filter(move |_| !own)
    }

    /// The kinds that have a record, in ascending order.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.contents.index.kinds().filter(|kind| *kind != OWN_KIND)
    }

    /// Reads all records of a kind, in ascending order of their keys.
    ///
    /// # Errors
    /// As [`Unlocked::read`].
    pub fn read_all(&self, kind: &str) -> Result<Vec<(String, Plaintext)>, VaultError> {
        let mut records = Vec::new();
        for key in self.list(kind) {
            let value = self.read(kind, key)?;
            records.extend(value.map(|value| (key.to_owned(), value)));
        }
        Ok(records)
    }

    /// Makes all changes of `work` in one transaction: when this returns `Ok` they are on the disk,
    /// when it returns an error none of them was made.
    ///
    /// # Errors
    /// What `work` returns; [`VaultError::TransactionFailed`] when `work` went on after a change
    /// failed; [`VaultError::MustReopen`] or [`VaultError::DiskFull`] when the commit itself failed, after
    /// which every call answers [`VaultError::MustReopen`]; an error of the disk.
    pub fn transaction<T, E: From<VaultError>>(
        &mut self,
        work: impl FnOnce(&mut Changes<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.check_usable()?;
        let mut commit_failed = false;
        let outcome = changes::run(
            &mut self.database,
            &self.key,
            &mut self.contents,
            &mut commit_failed,
            work,
        );
        self.must_reopen = commit_failed;
        outcome
    }

    /// Stores one value, in a transaction of its own.
    ///
    /// # Errors
    /// As [`Changes::put`] and [`Unlocked::transaction`].
    pub fn put(&mut self, kind: &str, key: &str, value: &[u8]) -> Result<(), VaultError> {
        self.transaction(|changes| changes.put(kind, key, value))
    }

    /// Removes one record, in a transaction of its own; answers whether there was one.
    ///
    /// # Errors
    /// As [`Changes::remove`] and [`Unlocked::transaction`].
    pub fn remove(&mut self, kind: &str, key: &str) -> Result<bool, VaultError> {
        self.transaction(|changes| changes.remove(kind, key))
    }

    /// The wallet seed, from which every holder key is derived.
    ///
    /// # Errors
    /// As [`Unlocked::read`]; [`VaultError::RecordMalformed`] when it is not 32 bytes.
    pub fn wallet_seed(&self) -> Result<WalletSeed, VaultError> {
        let stored = self
            .read_any(OWN_KIND, SEED_KEY)?
            .ok_or(VaultError::RecordMalformed)?;
        let bytes: &[u8; 32] = stored
            .as_ref()
            .try_into()
            .map_err(|_| VaultError::RecordMalformed)?;
        Ok(WalletSeed::from_bytes(*bytes))
    }

    /// The 24 words, to be shown again to the citizen.
    ///
    /// # Errors
    /// As [`Unlocked::wallet_seed`].
    pub fn recovery_phrase(&self) -> Result<RecoveryPhrase, VaultError> {
        Ok(self.wallet_seed()?.to_phrase())
    }

    /// Holds a secret to this vault while it stays unlocked: to ask once more who is there.
    ///
    /// # Errors
    /// The error for a wrong secret of this kind, or what is wrong with its slot.
    pub fn check(&self, credential: &Credential<'_>) -> Result<(), VaultError> {
        self.check_usable()?;
        open_slot(&self.database, credential).map(drop)
    }

    /// How many commits the vault has seen. A caller who remembers the number elsewhere (the device's
    /// keychain) finds that the whole file was replaced by an older copy when it goes down.
    #[must_use]
    pub const fn commits(&self) -> u64 {
        self.contents.manifest.commit
    }

    /// How many records there are, without the vault's own.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.contents.rows.len().saturating_sub(1)
    }

    /// Slots that cannot be read; setting the passphrase anew repairs its slot.
    #[must_use]
    pub fn damaged_slots(&self) -> Vec<SlotId> {
        self.contents.damaged_slots().collect()
    }

    /// Where the vault is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the whole file again: SQLite's structure, and every row against the manifest, the
    /// content of kept files among them.
    ///
    /// # Errors
    /// [`VaultError::Damaged`], or what is wrong with the rows.
    pub fn verify(&self) -> Result<(), VaultError> {
        self.check_usable()?;
        check_structure(&self.database)?;
        let found = Contents::load(&self.database, &self.key)?;
        Contents::check_chunks(&self.database, &self.key)?;
        if found.manifest == self.contents.manifest {
            Ok(())
        } else {
            Err(VaultError::ManifestRolledBack)
        }
    }

    /// Forgets the keys and keeps the file, ready for the next unlock.
    ///
    /// # Errors
    /// [`VaultError::MustReopen`] when the vault has to be opened again anyway.
    pub fn lock(self) -> Result<Locked, VaultError> {
        self.check_usable()?;
        let Self {
            database,
            path,
            lock,
            ..
        } = self;
        Ok(Locked {
            database,
            path,
            lock,
        })
    }

    pub(crate) const fn check_usable(&self) -> Result<(), VaultError> {
        if self.must_reopen {
            Err(VaultError::MustReopen)
        } else {
            Ok(())
        }
    }
}

/// SQLite's own check of pages, cells and free pages.
pub(crate) fn check_structure(database: &Database) -> Result<(), VaultError> {
    let verdict: String =
        database
            .connection
            .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(VaultError::Damaged)
    }
}

impl fmt::Debug for Unlocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unlocked")
            .field("commits", &self.commits())
            .finish_non_exhaustive()
    }
}
