//! Backups: one consistent, checked file, made while the vault is in use, and the way back. Neither
//! ever overwrites a file.

use std::fs;
use std::path::Path;

use vault_crypto::VaultKey;

use crate::contents::Contents;
use crate::create::{adopt, settle, use_journal};
use crate::database::Database;
use crate::file::{self, Draft, ProcessLock};
use crate::locked::{Credential, open_slot};
use crate::unlocked::check_structure;
use crate::{Unlocked, Vault, VaultError};

impl Unlocked {
    /// Writes a copy of the vault to `target`, which must not exist: a vault in itself, opened by the
    /// same secrets. It is written under another name, read back and checked in full, made durable,
    /// and then gets its name.
    ///
    /// # Errors
    /// [`VaultError::AlreadyExists`], [`VaultError::DiskFull`], what is wrong with the rows, or an
    /// error of the system. Then there is no file at `target`, or the one that was there.
    pub fn backup(&self, target: impl AsRef<Path>) -> Result<(), VaultError> {
        self.check_usable()?;
        let target = settle(target.as_ref())?;
        file::refuse_occupied(&target)?;
        let draft = Draft::beside(&target)?;
        let name = draft
            .path()
            .to_str()
            .ok_or(VaultError::Io(std::io::ErrorKind::InvalidFilename))?;
        self.database.connection.execute("VACUUM INTO ?1", [name])?;
        mark_as_vault(draft.path())?;
        let found = check(draft.path(), |_| {
            Ok(VaultKey::from_bytes(*self.key.expose_secret()))
        })?
        .1;
        if found.manifest != self.contents.manifest {
            return Err(VaultError::Damaged);
        }
        draft.publish(&target)
    }
}

impl Vault {
    /// Brings a backup back as the vault at `target`, which must not exist. The copy is unlocked and
    /// checked in full before it gets its name; the backup stays as it is.
    ///
    /// # Errors
    /// [`VaultError::AlreadyExists`], [`VaultError::BackupUnfinished`], the errors of
    /// [`Vault::open`] and [`Locked::unlock_with`](crate::Locked::unlock_with) for the backup, or an
    /// error of the system. Then there is no file at `target`, or the one that was there.
    pub fn restore(
        backup: impl AsRef<Path>,
        target: impl AsRef<Path>,
        credential: &Credential<'_>,
    ) -> Result<Unlocked, VaultError> {
        let (backup, target) = (backup.as_ref().canonicalize()?, settle(target.as_ref())?);
        file::inspect(&backup)?;
        if !file::journal_is_empty(&backup) {
            return Err(VaultError::BackupUnfinished);
        }
        file::refuse_occupied(&target)?;
        let lock = ProcessLock::take(&target)?;
        let draft = Draft::beside(&target)?;
        std::io::copy(
            &mut fs::File::open(&backup)?,
            &mut fs::File::create(draft.path())?,
        )?;
        let (key, _) = check(draft.path(), |database| open_slot(database, credential))?;
        draft.publish(&target)?;
        adopt(target, lock, key)
    }
}

/// Gives a compacted copy the journal mode of a vault.
fn mark_as_vault(draft: &Path) -> Result<(), VaultError> {
    let connection = rusqlite::Connection::open(draft)?;
    use_journal(&connection)?;
    connection.close().map_err(|(_, error)| error.into())
}

/// Reads a copy in full: its structure, and every row, chunks among them, against its manifest.
fn check(
    draft: &Path,
    key: impl FnOnce(&Database) -> Result<VaultKey, VaultError>,
) -> Result<(VaultKey, Contents), VaultError> {
    let database = Database::open(draft)?;
    let key = key(&database)?;
    check_structure(&database)?;
    let contents = Contents::load(&database, &key)?;
    Contents::check_chunks(&database, &key)?;
    database.allow_checkpoint()?;
    database.close()?;
    Ok((key, contents))
}
