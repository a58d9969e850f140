//! One transaction: changes to records and slots, sealed as they come, committed together with the
//! manifest that describes the outcome, or not at all.

mod chunks;

pub use chunks::ChunkId;

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use vault_crypto::{
    Manifest, Place, Plaintext, Record, RowId, SlotId, Stamp, Table, VaultId, VaultKey, open, seal,
};

use crate::contents::{Contents, OWN_KIND, decode, digest_of};
use crate::database::{
    Database, RawSlots, delete_row, delete_slot, read_row, write_manifest, write_row, write_slot,
};
use crate::{VaultError, random};

/// The changes of one transaction; it sees its own, nobody else does until it is committed.
pub struct Changes<'v> {
    sealer: Sealer<'v>,
    transaction: Transaction<'v>,
    before: &'v Contents,
    entries: BTreeMap<String, BTreeMap<String, Option<RowId>>>,
    stamps: BTreeMap<(Table, RowId), Option<Stamp>>,
    slots: Option<RawSlots>,
    next_row: u64,
    failed: bool,
}

/// The key, the vault, and the commit that rows are sealed for.
struct Sealer<'v> {
    key: &'v VaultKey,
    vault: VaultId,
    commit: u64,
}

/// What a finished transaction leaves to be taken over into [`Contents`].
struct Outcome {
    manifest: Manifest,
    patch: vault_crypto::Patch,
    entries: BTreeMap<String, BTreeMap<String, Option<RowId>>>,
    slots: Option<RawSlots>,
}

/// Runs `work` in one transaction. An error of `work` undoes everything; a failed commit is told in
/// `commit_failed` too, because then nobody knows what is on the disk.
pub(crate) fn run<T, E: From<VaultError>>(
    database: &mut Database,
    key: &VaultKey,
    contents: &mut Contents,
    commit_failed: &mut bool,
    work: impl FnOnce(&mut Changes<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let mut changes = Changes::begin(database, key, contents)?;
    let answer = work(&mut changes)?;
    if let Some(outcome) = changes.commit(commit_failed)? {
        outcome.take_over(contents);
    }
    Ok(answer)
}

impl<'v> Changes<'v> {
    fn begin(
        database: &'v mut Database,
        key: &'v VaultKey,
        before: &'v Contents,
    ) -> Result<Self, VaultError> {
        let vault = database.vault;
        let commit = before.manifest.commit + 1;
        let transaction = database
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(Self {
            sealer: Sealer { key, vault, commit },
            transaction,
            before,
            entries: BTreeMap::new(),
            stamps: BTreeMap::new(),
            slots: None,
            next_row: before.manifest.next_row,
            failed: false,
        })
    }

    /// Stores `value` under a kind and a key, in place of what was there.
    ///
    /// # Errors
    /// [`VaultError::Record`] or [`VaultError::ReservedKind`] and nothing changed; any other means
    /// that the transaction can only be given up.
    pub fn put(&mut self, kind: &str, key: &str, value: &[u8]) -> Result<(), VaultError> {
        refuse_own(kind)?;
        self.put_any(kind, key, value)
    }

    /// [`Changes::put`] that may also write the vault's own records.
    pub(crate) fn put_any(
        &mut self,
        kind: &str,
        key: &str,
        value: &[u8],
    ) -> Result<(), VaultError> {
        let content = Record::encode(kind, key, value)?;
        self.guarded(|this| {
            let row = this.row(kind, key).unwrap_or_else(|| this.new_row());
            let (stamp, sealed) = this.sealer.seal(Table::Record, row, content)?;
            write_row(&this.transaction, Table::Record, row, &stamp, &sealed)?;
            this.stamps.insert((Table::Record, row), Some(stamp));
            this.note(kind, key, Some(row));
            Ok(())
        })
    }

    /// Removes a record; answers whether there was one.
    ///
    /// # Errors
    /// [`VaultError::ReservedKind`] and nothing changed; any other means that the transaction can
    /// only be given up.
    pub fn remove(&mut self, kind: &str, key: &str) -> Result<bool, VaultError> {
        refuse_own(kind)?;
        self.guarded(|this| {
            let Some(row) = this.row(kind, key) else {
                return Ok(false);
            };
            delete_row(&this.transaction, Table::Record, row)?;
            this.stamps.insert((Table::Record, row), None);
            this.note(kind, key, None);
            Ok(true)
        })
    }

    /// Reads a value as this transaction left it.
    ///
    /// # Errors
    /// [`VaultError::RowAltered`] when the file was altered since unlock, or an error of the disk.
    pub fn read(&self, kind: &str, key: &str) -> Result<Option<Plaintext>, VaultError> {
        self.check_alive()?;
        if kind == OWN_KIND {
            return Ok(None);
        }
        let Some(row) = self.row(kind, key) else {
            return Ok(None);
        };
        let stamp = match self.stamps.get(&(Table::Record, row)) {
            Some(changed) => changed.as_ref(),
            None => self.before.rows.stamp(Table::Record, row),
        };
        read_value(
            &self.transaction,
            self.sealer.vault,
            self.sealer.key,
            row,
            stamp,
        )
        .map(Some)
    }

    /// Whether there is such a record, as this transaction left it.
    #[must_use]
    pub fn contains(&self, kind: &str, key: &str) -> bool {
        kind != OWN_KIND && self.row(kind, key).is_some()
    }

    /// The keys of a kind, in ascending order, as this transaction left them.
    #[must_use]
    pub fn list(&self, kind: &str) -> Vec<String> {
        if kind == OWN_KIND {
            return Vec::new();
        }
        let mut keys: BTreeSet<&str> = self.before.index.keys(kind).collect();
        for (key, row) in self.entries.get(kind).into_iter().flatten() {
            match row {
                Some(_) => keys.insert(key),
                None => keys.remove(key.as_str()),
            };
        }
        keys.into_iter().map(str::to_owned).collect()
    }

    /// Writes a slot in place of what was there.
    pub(crate) fn put_slot(&mut self, id: SlotId, content: Vec<u8>) -> Result<(), VaultError> {
        self.guarded(|this| {
            write_slot(&this.transaction, id, &content)?;
            this.slots_mut().insert(id, content);
            Ok(())
        })
    }

    /// Removes a slot.
    pub(crate) fn remove_slot(&mut self, id: SlotId) -> Result<(), VaultError> {
        self.guarded(|this| {
            delete_slot(&this.transaction, id)?;
            this.slots_mut().remove(&id);
            Ok(())
        })
    }

    fn slots_mut(&mut self) -> &mut RawSlots {
        let before = self.before;
        self.slots.get_or_insert_with(|| before.slots.clone())
    }

    /// Runs one change; after one that failed there is no other, because SQLite may have undone the
    /// transaction and would commit what follows by itself.
    fn guarded<T>(
        &mut self,
        change: impl FnOnce(&mut Self) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        self.check_alive()?;
        let outcome = change(self);
        self.failed = outcome.is_err();
        outcome
    }

    const fn check_alive(&self) -> Result<(), VaultError> {
        if self.failed {
            Err(VaultError::TransactionFailed)
        } else {
            Ok(())
        }
    }

    fn row(&self, kind: &str, key: &str) -> Option<RowId> {
        match self.entries.get(kind).and_then(|keys| keys.get(key)) {
            Some(changed) => *changed,
            None => self.before.index.row(kind, key),
        }
    }

    fn new_row(&mut self) -> RowId {
        let row = RowId(self.next_row);
        self.next_row += 1;
        row
    }

    fn note(&mut self, kind: &str, key: &str, row: Option<RowId>) {
        self.entries
            .entry(kind.to_owned())
            .or_default()
            .insert(key.to_owned(), row);
    }

    /// Writes the manifest and commits; nothing to commit is nothing done.
    fn commit(self, failed: &mut bool) -> Result<Option<Outcome>, VaultError> {
        self.check_alive()?;
        if self.stamps.is_empty() && self.slots.is_none() {
            return Ok(None);
        }
        let patch = self.before.rows.with(&self.stamps);
        let manifest = Manifest {
            commit: self.sealer.commit,
            rows: patch.rows(),
            next_row: self.next_row,
            row_digest: patch.digest(),
            slots_digest: self
                .slots
                .as_ref()
                .map_or(self.before.manifest.slots_digest, digest_of),
        };
        let nonce = random::bytes()?;
        let sealed = manifest.seal(self.sealer.key, self.sealer.vault, &nonce);
        let stamp = Stamp {
            revision: manifest.commit,
            nonce,
        };
        write_manifest(&self.transaction, &stamp, &sealed)?;
        self.transaction.commit().map_err(|error| {
            *failed = true;
            of_commit(error)
        })?;
        Ok(Some(Outcome {
            manifest,
            patch,
            entries: self.entries,
            slots: self.slots,
        }))
    }
}

impl Sealer<'_> {
    fn seal(
        &self,
        table: Table,
        row: RowId,
        content: Vec<u8>,
    ) -> Result<(Stamp, Vec<u8>), VaultError> {
        let (vault, revision) = (self.vault, self.commit);
        let nonce = random::bytes()?;
        let sealed = seal(
            self.key,
            &Place {
                vault,
                table,
                row,
                revision,
            },
            &nonce,
            content,
        );
        Ok((Stamp { revision, nonce }, sealed))
    }
}

impl Outcome {
    fn take_over(self, contents: &mut Contents) {
        contents.manifest = self.manifest;
        contents.rows.apply(self.patch);
        if let Some(slots) = self.slots {
            contents.slots = slots;
        }
        for (kind, keys) in self.entries {
            for (key, row) in keys {
                match row {
                    Some(row) => _ = contents.index.insert(&kind, &key, row),
                    None => contents.index.remove(&kind, &key),
                }
            }
        }
    }
}

/// Reads and opens the value of a record whose stamp is known.
pub(crate) fn read_value(
    connection: &Connection,
    vault: VaultId,
    key: &VaultKey,
    row: RowId,
    stamp: Option<&Stamp>,
) -> Result<Plaintext, VaultError> {
    let altered = VaultError::RowAltered { rows: 1 };
    let Stamp { revision, nonce } = stamp.ok_or(altered)?;
    let sealed =
        read_row(connection, Table::Record, row)?.ok_or(VaultError::RowRemoved { missing: 1 })?;
    let place = Place {
        vault,
        table: Table::Record,
        row,
        revision: *revision,
    };
    Ok(decode(open(key, &place, nonce, sealed))?.into_value())
}

/// What is not known after a failed commit is whether it was made; a full disk is the one cause that a
/// person can remove.
fn of_commit(error: rusqlite::Error) -> VaultError {
    match error.into() {
        VaultError::DiskFull => VaultError::DiskFull,
        _ => VaultError::MustReopen,
    }
}

fn refuse_own(kind: &str) -> Result<(), VaultError> {
    if kind == OWN_KIND {
        Err(VaultError::ReservedKind)
    } else {
        Ok(())
    }
}

impl std::fmt::Debug for Changes<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Changes")
            .field("rows", &self.stamps.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Argon2Params, Passphrase, Vault};

    #[test]
    fn after_a_change_that_failed_nothing_of_the_transaction_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let passphrase = Passphrase::new("a quiet river").unwrap();
        let path = folder.path().join("wallet.vault");
        let (mut vault, _) = Vault::create(path, &passphrase, Argon2Params::MINIMUM).unwrap();
        vault.put("grant", "a", b"before").unwrap();
        let connection = &vault.database.connection;
        let pages: i64 = connection
            .query_row("PRAGMA page_count", [], |row| row.get(0))
            .unwrap();
        let limit = format!("PRAGMA max_page_count = {}", pages + 2); // a disk with little room
        connection.query_row(&limit, [], |_| Ok(())).unwrap();
        let outcome = vault.transaction::<_, VaultError>(|changes| {
            changes.put("grant", "a", b"after")?;
            assert_eq!(
                changes.put("grant", "b", &[7; 100_000]),
                Err(VaultError::DiskFull)
            );
            assert_eq!(
                changes.put("grant", "c", b""),
                Err(VaultError::TransactionFailed)
            );
            Ok(())
        });
        assert_eq!(outcome, Err(VaultError::TransactionFailed));
        assert_eq!(&*vault.read("grant", "a").unwrap().unwrap(), b"before");
        assert!(!vault.contains("grant", "b") && !vault.contains("grant", "c"));
        vault.verify().unwrap();
        vault.put("grant", "a", b"later").unwrap();
    }

    #[test]
    fn a_commit_that_failed_is_told_with_its_cause_and_the_vault_is_opened_again() {
        let of_code = |code| of_commit(rusqlite::Error::SqliteFailure(code, None));
        let full = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL);
        let broken = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR_FSYNC);
        assert_eq!(of_code(full), VaultError::DiskFull);
        assert_eq!(of_code(broken), VaultError::MustReopen);

        let folder = tempfile::tempdir().unwrap();
        let passphrase = Passphrase::new("a quiet river").unwrap();
        let path = folder.path().join("wallet.vault");
        let (mut vault, _) = Vault::create(path, &passphrase, Argon2Params::MINIMUM).unwrap();
        // A rule that is held against the rows at the commit alone.
        let rule = "PRAGMA foreign_keys = ON; CREATE TABLE a (id INTEGER PRIMARY KEY);
            CREATE TABLE b (a REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED);";
        vault.database.connection.execute_batch(rule).unwrap();
        let outcome = vault.transaction::<_, VaultError>(|changes| {
            changes
                .transaction
                .execute_batch("INSERT INTO b VALUES (1)")
                .unwrap();
            changes.put("grant", "a", b"never")
        });
        assert_eq!(outcome, Err(VaultError::MustReopen));
        assert!(!vault.contains("grant", "a"));
        assert_eq!(vault.put("grant", "a", b""), Err(VaultError::MustReopen));
    }
}
