//! What an unlocked vault knows about its file: the manifest, the set of rows, the index and the
//! slots; read and checked as a whole at unlock.

use vault_crypto::{
    Manifest, ManifestError, NotAuthentic, Place, Plaintext, Record, RowSet, Slot, SlotId, Stamp,
    Table, VaultKey, open, slots_digest,
};

use crate::VaultError;
use crate::check::Findings;
use crate::database::{Database, RawSlots, SealedRow};
use crate::index::Index;

/// The kind of record that belongs to the vault itself.
pub(crate) const OWN_KIND: &str = "vault";

/// The key of the wallet seed's record.
pub(crate) const SEED_KEY: &str = "wallet-seed";

#[derive(Debug)]
pub(crate) struct Contents {
    pub(crate) manifest: Manifest,
    pub(crate) rows: RowSet,
    pub(crate) index: Index,
    pub(crate) slots: RawSlots,
}

impl Contents {
    /// The contents of a vault that nothing was committed to yet.
    pub(crate) fn empty() -> Self {
        let (rows, slots) = (RowSet::default(), RawSlots::new());
        let manifest = Manifest {
            commit: 0,
            rows: 0,
            next_row: 1,
            row_digest: rows.digest(),
            slots_digest: digest_of(&slots),
        };
        Self {
            manifest,
            rows,
            index: Index::default(),
            slots,
        }
    }

    /// Reads and opens every record, and checks all rows against the manifest.
    pub(crate) fn load(database: &Database, key: &VaultKey) -> Result<Self, VaultError> {
        let manifest = open_manifest(database, key)?;
        let slots = database.slots()?;
        judge_slots(&slots, &manifest)?;
        let (rows, index) = load_rows(database, key, &manifest)?;
        Ok(Self {
            manifest,
            rows,
            index,
            slots,
        })
    }

    /// Opens every chunk, one at a time: unlock leaves them sealed, a check must not.
    ///
    /// # Errors
    /// [`VaultError::RowAltered`] with the number of those that do not open in their places.
    pub(crate) fn check_chunks(database: &Database, key: &VaultKey) -> Result<(), VaultError> {
        let mut altered = 0;
        database.for_each_row(Table::Chunk, |found| {
            altered += u64::from(open_row(database, key, found).is_err());
            Ok(())
        })?;
        match altered {
            0 => Ok(()),
            rows => Err(VaultError::RowAltered { rows }),
        }
    }

    /// The slots that cannot be read; the vault can be unlocked by the others.
    pub(crate) fn damaged_slots(&self) -> impl Iterator<Item = SlotId> {
        self.slots
            .iter()
            .filter(|(id, bytes)| Slot::from_bytes(**id, bytes).is_err())
            .map(|s| *s.0)
    }
}

/// The digest that the manifest keeps of the slots.
pub(crate) fn digest_of(slots: &RawSlots) -> [u8; 32] {
    slots_digest(slots.iter().map(|(id, bytes)| (*id, bytes.as_slice())))
}

fn open_manifest(database: &Database, key: &VaultKey) -> Result<Manifest, VaultError> {
    let (commit, nonce, sealed) = database.manifest()?.ok_or(VaultError::ManifestMissing)?;
    Manifest::open(key, database.vault, commit, &nonce, sealed).map_err(|error| match error {
        ManifestError::NotAuthentic => VaultError::ManifestAltered,
        _ => VaultError::Damaged,
    })
}

/// Slots must be those of the manifest, unless one is plainly damaged: then the others still open
/// the vault, and the damage is told.
fn judge_slots(slots: &RawSlots, manifest: &Manifest) -> Result<(), VaultError> {
    let damaged = slots
        .iter()
        .any(|(id, bytes)| Slot::from_bytes(*id, bytes).is_err());
    if damaged || manifest.describes_slots(&digest_of(slots)) {
        Ok(())
    } else {
        Err(VaultError::SlotsAltered)
    }
}

fn load_rows(
    database: &Database,
    key: &VaultKey,
    manifest: &Manifest,
) -> Result<(RowSet, Index), VaultError> {
    let (mut seen, mut index, mut findings) = (Vec::new(), Index::default(), Findings::default());
    let mut duplicate = false;
    let mut malformed = false;
    database.for_each_row(Table::Record, |found| {
        seen.push((found.table, found.row, found.stamp));
        let (row, stamp) = (found.row, found.stamp);
        match open_record(database, key, found) {
            Ok(record) => {
                findings.opened(&stamp);
                duplicate |= !index.insert(record.kind(), record.key(), row);
            }
            Err(VaultError::RecordMalformed) => malformed = true,
            Err(_) => findings.altered += 1,
        }
        Ok(())
    })?;
    database.for_each_row(Table::Chunk, |found| {
        seen.push((found.table, found.row, found.stamp));
        Ok(())
    })?;
    let rows = RowSet::from_rows(seen);
    findings.judge(&rows, manifest)?;
    if duplicate || malformed {
        return Err(VaultError::RecordMalformed);
    }
    Ok((rows, index))
}

/// Opens one record in its place.
pub(crate) fn open_record(
    database: &Database,
    key: &VaultKey,
    found: SealedRow,
) -> Result<Record, VaultError> {
    decode(open_row(database, key, found))
}

fn open_row(
    database: &Database,
    key: &VaultKey,
    found: SealedRow,
) -> Result<Plaintext, NotAuthentic> {
    let SealedRow {
        table,
        row,
        stamp: Stamp { revision, nonce },
        sealed,
    } = found;
    let place = Place {
        vault: database.vault,
        table,
        row,
        revision,
    };
    open(key, &place, &nonce, sealed)
}

/// Reads what opened, or says that the row was altered.
pub(crate) fn decode(opened: Result<Plaintext, NotAuthentic>) -> Result<Record, VaultError> {
    let content = opened.map_err(|_| VaultError::RowAltered { rows: 1 })?;
    Record::decode(content).map_err(|_| VaultError::RecordMalformed)
}
