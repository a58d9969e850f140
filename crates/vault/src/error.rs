//! Everything that can go wrong with a vault, each with its cause and who can act. Nothing here
//! carries a secret, a name of a record, or a path.

use std::io;

use rusqlite::ErrorCode;
use vault_crypto::{CostError, RecordError, SlotError, SlotId};

/// A vault could not be opened, read or changed. Unless a variant says otherwise, the file is as it
/// was before the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// There is no file at this path: choose another, create a vault, or restore a backup.
    #[error("there is no vault at this place")]
    NotFound,
    /// There is a file at this path already, and it is never overwritten: choose another name.
    #[error("there is a file at this place already; it was left as it is")]
    AlreadyExists,
    /// A journal of a vault that is gone lies at this path: it may hold the last changes of that
    /// vault. Put the vault's file back beside it, or move the journal away.
    #[error("the journal of an earlier vault lies at this place; it was left as it is")]
    LeftoverJournal,
    /// Another program, or another window of this one, has the vault open: close it there.
    #[error("the vault is open in another window or program")]
    InUse,
    /// The file is something else.
    #[error("the file is not a vault")]
    NotAVault,
    /// A later version of this program wrote the vault: update this program.
    #[error("the vault has format {found}, this program knows formats up to {supported}")]
    NewerFormat {
        /// The file's format version.
        found: u32,
        /// The newest version that this program reads.
        supported: u32,
    },
    /// The end of the file is missing, as after an interrupted copy: restore a backup.
    #[error("the vault's file is cut short")]
    Truncated,
    /// The file's structure is broken, as by a failing disk: restore a backup.
    #[error("the vault's file is damaged")]
    Damaged,
    /// The passphrase is not the vault's: try again, or use the recovery phrase.
    #[error("this passphrase does not open the vault")]
    WrongPassphrase,
    /// The recovery phrase is a valid one, but of another wallet.
    #[error("this recovery phrase belongs to another wallet")]
    WrongRecoveryPhrase,
    /// The device's secret does not open any slot: it was removed from the vault, or belongs to
    /// another one. Unlock with the passphrase.
    #[error("this device's key does not open the vault")]
    WrongDeviceKey,
    /// The slot that this secret would open is damaged: unlock in another way, then set it anew.
    #[error("the part of the vault that this secret opens is damaged")]
    SlotDamaged,
    /// A later version of this program wrote the slot: update this program.
    #[error("a newer version of this program set this way to unlock")]
    SlotNewer,
    /// There is no slot with this number.
    #[error("the vault has no such key slot")]
    NoSuchSlot,
    /// The vault has as many device slots as it can: remove one.
    #[error("no more devices can be added to the vault")]
    TooManySlots,
    /// Slots were put back, added or removed by something other than this program: restore a backup.
    #[error("the ways to unlock the vault were altered outside this program")]
    SlotsAltered,
    /// The slot asks for a key derivation out of bounds, or memory is short.
    #[error(transparent)]
    KeyDerivation(#[from] CostError),
    /// The manifest is gone: restore a backup.
    #[error("the vault's manifest is missing")]
    ManifestMissing,
    /// The manifest was altered: restore a backup.
    #[error("the vault's manifest was altered")]
    ManifestAltered,
    /// The manifest is older than the rows: part of the file was put back. Restore a backup.
    #[error(
        "part of the vault was put back to an earlier state: its manifest is older than its rows"
    )]
    ManifestRolledBack,
    /// Rows were altered, or swapped with others: restore a backup.
    #[error("{rows} {} altered or swapped", rows_were(.rows))]
    RowAltered {
        /// How many rows do not open in their places.
        rows: u64,
    },
    /// Rows are missing: restore a backup.
    #[error("{missing} {} removed", rows_were(.missing))]
    RowRemoved {
        /// How many are missing.
        missing: u64,
    },
    /// Rows were put back that had been removed: restore a backup.
    #[error("{extra} {} put back that had been removed", rows_were(.extra))]
    RowAdded {
        /// How many are too many.
        extra: u64,
    },
    /// As many rows as there should be, all genuine, but some are of an earlier time: restore a backup.
    #[error("rows of the vault were put back to an earlier state")]
    RowRolledBack,
    /// A row opened but holds no record: a faulty program wrote it.
    #[error("a row of the vault holds something that is not a record")]
    RecordMalformed,
    /// A kind, key or value cannot be stored: a mistake of the calling program, or a value too long.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The kind `vault` is kept for the vault itself: a mistake of the calling program.
    #[error("records of this kind belong to the vault itself")]
    ReservedKind,
    /// A change failed earlier in this transaction, which can only be given up.
    #[error("an earlier change of this transaction failed, so none of it was made")]
    TransactionFailed,
    /// Whether the last commit reached the disk is not known: close the vault and open it again; it
    /// holds either all of that commit or none of it.
    #[error("the last change may not have reached the disk; the vault must be opened again")]
    MustReopen,
    /// The backup is a vault in use, or a copy without its journal: it may lack the last changes.
    /// Make the backup with this program.
    #[error("this copy has an open journal beside it, so it is not a finished backup")]
    BackupUnfinished,
    /// The disk is full: make room, then try again.
    #[error("the disk is full")]
    DiskFull,
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes")]
    Randomness,
    /// The SQLite that this program was built with has a known fault that can destroy data: a
    /// mistake of who built it.
    #[error("this program was built with SQLite {found}, older than 3.51.3")]
    SqliteTooOld {
        /// SQLite's version number, as 1,000,000 major + 1,000 minor + patch.
        found: i32,
    },
    /// The operating system refused a file operation: look at permissions and the disk.
    #[error("the operating system refused a file operation: {0}")]
    Io(io::ErrorKind),
    /// SQLite reported an error of the disk or the system; the number is SQLite's extended code.
    #[error("the vault's storage failed (SQLite code {code})")]
    Storage {
        /// SQLite's extended result code.
        code: i32,
    },
}

const fn rows_were(count: &u64) -> &'static str {
    if *count == 1 {
        "row of the vault was"
    } else {
        "rows of the vault were"
    }
}

impl VaultError {
    /// Reads a slot's error; `wrong` is what a wrong secret is called here.
    pub(crate) fn of_slot(error: SlotError, wrong: Self) -> Self {
        match error {
            SlotError::WrongSecret => wrong,
            SlotError::Cost(cost) => Self::KeyDerivation(cost),
            SlotError::NewerVersion { .. } | SlotError::UnknownKind { .. } => Self::SlotNewer,
            _ => Self::SlotDamaged,
        }
    }

    /// What a wrong secret for this slot is called.
    pub(crate) fn wrong_secret_for(slot: SlotId) -> Self {
        match slot {
            SlotId::PASSPHRASE => Self::WrongPassphrase,
            SlotId::RECOVERY => Self::WrongRecoveryPhrase,
            _ => Self::WrongDeviceKey,
        }
    }
}

impl From<io::Error> for VaultError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::AlreadyExists => Self::AlreadyExists,
            io::ErrorKind::StorageFull => Self::DiskFull,
            kind => Self::Io(kind),
        }
    }
}

impl From<rusqlite::Error> for VaultError {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, _) = error else {
            return Self::Damaged; // a column or table is not what this format says
        };
        match failure.code {
            ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt | ErrorCode::Unknown => {
                Self::Damaged
            }
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::InUse,
            ErrorCode::DiskFull => Self::DiskFull,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => {
                Self::Io(io::ErrorKind::PermissionDenied)
            }
            _ => Self::Storage {
                code: failure.extended_code,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_row_is_told_of_as_one() {
        let said = |rows| VaultError::RowAltered { rows }.to_string();
        assert_eq!(said(1), "1 row of the vault was altered or swapped");
        assert_eq!(said(2), "2 rows of the vault were altered or swapped");
    }
}
