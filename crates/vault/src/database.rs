//! The SQLite connection: settings that every vault is opened with, and every statement there is.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Row, params};
use vault_crypto::{Nonce, RowId, SlotId, Stamp, Table, VaultId};

use crate::{VaultError, file, schema};

/// The oldest SQLite without the WAL-reset fault that can corrupt a file
/// (<https://www.sqlite.org/wal.html>, fixed in 3.51.3).
const OLDEST_SQLITE: i32 = 3_051_003;

/// An opened vault file whose content is still sealed.
#[derive(Debug)]
pub(crate) struct Database {
    pub(crate) connection: Connection,
    pub(crate) vault: VaultId,
}

/// The slots of a vault, as bytes, in order of their numbers.
pub(crate) type RawSlots = BTreeMap<SlotId, Vec<u8>>;

/// A sealed row as stored.
pub(crate) struct SealedRow {
    pub(crate) table: Table,
    pub(crate) row: RowId,
    pub(crate) stamp: Stamp,
    pub(crate) sealed: Vec<u8>,
}

impl Database {
    /// Opens an existing vault; nothing is written before [`Database::allow_checkpoint`] and the
    /// first change.
    pub(crate) fn open(path: &Path) -> Result<Self, VaultError> {
        refuse_old_sqlite(rusqlite::version_number())?;
        file::inspect(path)?;
        let connection = connect(path)?;
        let mode: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
        if mode != "wal" {
            return Err(VaultError::Damaged);
        }
        let id: [u8; 16] =
            connection.query_row("SELECT vault_id FROM vault WHERE id = 1", [], |row| {
                row.get(0)
            })?;
        Ok(Self {
            connection,
            vault: VaultId(id),
        })
    }

    /// Lays out an empty vault in an empty file.
    pub(crate) fn create(path: &Path, vault: VaultId) -> Result<Self, VaultError> {
        refuse_old_sqlite(rusqlite::version_number())?;
        let connection = connect(path)?;
        connection.pragma_update(None, "application_id", schema::APPLICATION_ID)?;
        connection.pragma_update(None, "user_version", schema::USER_VERSION)?;
        connection.execute_batch(schema::TABLES)?;
        connection.execute("INSERT INTO vault (id, vault_id) VALUES (1, ?1)", [vault.0])?;
        Ok(Self { connection, vault })
    }

    /// Lets SQLite move the journal into the file when it sees fit: from here on the vault is ours.
    pub(crate) fn allow_checkpoint(&self) -> Result<(), VaultError> {
        self.connection
            .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        Ok(())
    }

    /// Closes in such a way that everything is in the one file.
    pub(crate) fn close(self) -> Result<(), VaultError> {
        self.connection.close().map_err(|(_, error)| error.into())
    }

    pub(crate) fn slots(&self) -> Result<RawSlots, VaultError> {
        let mut statement = self.connection.prepare("SELECT id, content FROM slot")?;
        let rows = statement.query_map([], |row| Ok((SlotId(count(row, 0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Commit number, nonce and sealed bytes of the manifest.
    pub(crate) fn manifest(&self) -> Result<Option<(u64, Nonce, Vec<u8>)>, VaultError> {
        let sql = "SELECT revision, nonce, sealed FROM manifest WHERE id = 1";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        Ok(Some((count(row, 0)?, row.get(1)?, row.get(2)?)))
    }

    /// Calls `each` with every sealed row of a table.
    pub(crate) fn for_each_row(
        &self,
        table: Table,
        mut each: impl FnMut(SealedRow) -> Result<(), VaultError>,
    ) -> Result<(), VaultError> {
        let sql = format!("SELECT id, revision, nonce, sealed FROM {}", name(table));
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let stamp = Stamp {
                revision: count(row, 1)?,
                nonce: row.get(2)?,
            };
            each(SealedRow {
                table,
                row: RowId(count(row, 0)?),
                stamp,
                sealed: row.get(3)?,
            })?;
        }
        Ok(())
    }
}

/// The sealed bytes of a record or chunk.
pub(crate) fn read_row(
    connection: &Connection,
    table: Table,
    row: RowId,
) -> Result<Option<Vec<u8>>, VaultError> {
    let sql = format!("SELECT sealed FROM {} WHERE id = ?1", name(table));
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([number(row.0)])?;
    match rows.next()? {
        Some(row) => Ok(Some(row.get(0)?)),
        None => Ok(None),
    }
}

pub(crate) fn write_row(
    connection: &Connection,
    table: Table,
    row: RowId,
    stamp: &Stamp,
    sealed: &[u8],
) -> Result<(), VaultError> {
    let sql = format!(
        "INSERT INTO {} (id, revision, nonce, sealed) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (id) DO UPDATE SET revision = ?2, nonce = ?3, sealed = ?4",
        name(table)
    );
    let mut statement = connection.prepare_cached(&sql)?;
    statement.execute(params![
        number(row.0),
        number(stamp.revision),
        stamp.nonce,
        sealed
    ])?;
    Ok(())
}

pub(crate) fn delete_row(
    connection: &Connection,
    table: Table,
    row: RowId,
) -> Result<(), VaultError> {
    connection
        .prepare_cached(&format!("DELETE FROM {} WHERE id = ?1", name(table)))?
        .execute([number(row.0)])?;
    Ok(())
}

pub(crate) fn write_manifest(
    connection: &Connection,
    stamp: &Stamp,
    sealed: &[u8],
) -> Result<(), VaultError> {
    let sql = "INSERT INTO manifest (id, revision, nonce, sealed) VALUES (1, ?1, ?2, ?3)
        ON CONFLICT (id) DO UPDATE SET revision = ?1, nonce = ?2, sealed = ?3";
    let mut statement = connection.prepare_cached(sql)?;
    statement.execute(params![number(stamp.revision), stamp.nonce, sealed])?;
    Ok(())
}

pub(crate) fn write_slot(
    connection: &Connection,
    id: SlotId,
    content: &[u8],
) -> Result<(), VaultError> {
    let sql = "INSERT INTO slot (id, content) VALUES (?1, ?2)
        ON CONFLICT (id) DO UPDATE SET content = ?2";
    connection.execute(sql, params![number(id.0), content])?;
    Ok(())
}

pub(crate) fn delete_slot(connection: &Connection, id: SlotId) -> Result<(), VaultError> {
    connection.execute("DELETE FROM slot WHERE id = ?1", [number(id.0)])?;
    Ok(())
}

/// SQLite counts to 2^63 only; the vault gives up long before.
const fn number(count: u64) -> i64 {
    count.cast_signed()
}

/// A number that is never negative in a vault of ours; one that is, is damage.
fn count(row: &Row<'_>, column: usize) -> Result<u64, rusqlite::Error> {
    let found: i64 = row.get(column)?;
    u64::try_from(found).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, found))
}

const fn name(table: Table) -> &'static str {
    match table {
        Table::Manifest => "manifest",
        Table::Record => "record",
        Table::Chunk => "chunk",
    }
}

fn refuse_old_sqlite(found: i32) -> Result<(), VaultError> {
    if found < OLDEST_SQLITE {
        Err(VaultError::SqliteTooOld { found })
    } else {
        Ok(())
    }
}

/// Opens the file and sets what is not stored in it. Views and triggers stay off: nothing in a forged
/// file may run. Nothing is moved from the journal at close until the vault is unlocked.
fn connect(path: &Path) -> Result<Connection, VaultError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    for (setting, value) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true),
    ] {
        connection.set_db_config(setting, value)?;
    }
    connection.execute_batch(
        "PRAGMA locking_mode = EXCLUSIVE;
         PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA secure_delete = ON;
         PRAGMA cell_size_check = ON;
         PRAGMA temp_store = MEMORY;",
    )?;
    connection.set_prepared_statement_cache_capacity(16);
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_linked_sqlite_is_new_enough_and_an_old_one_is_refused() {
        assert_eq!(refuse_old_sqlite(rusqlite::version_number()), Ok(()));
        assert_eq!(refuse_old_sqlite(3_051_003), Ok(()));
        let found = 3_051_002;
        assert_eq!(
            refuse_old_sqlite(found),
            Err(VaultError::SqliteTooOld { found })
        );
    }
}
