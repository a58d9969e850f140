//! The tables, their versions, and the settings without which nothing here is durable.

use std::{io, path::Path};

use rusqlite::{Connection, OpenFlags};

use crate::OpenError;

/// Migrations in order; the file's `user_version` says how many were done.
pub(crate) const MIGRATIONS: &[&str] = &[
    "
    CREATE TABLE head (
        only INTEGER PRIMARY KEY CHECK (only = 0),
        size INTEGER NOT NULL,
        root BLOB NOT NULL,
        slots INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE entries (
        idx INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        entry BLOB NOT NULL,
        body TEXT,
        grant_id BLOB,
        list INTEGER
    ) STRICT;
    CREATE INDEX entries_grant ON entries (grant_id, idx) WHERE grant_id IS NOT NULL;
    CREATE INDEX entries_list ON entries (list, idx) WHERE list IS NOT NULL;
",
    "
    CREATE TABLE shares (
        id INTEGER PRIMARY KEY,
        grant_id BLOB NOT NULL,
        part INTEGER NOT NULL,
        digest BLOB NOT NULL,
        announced INTEGER NOT NULL,
        expires INTEGER NOT NULL,
        envelope BLOB NOT NULL,
        UNIQUE (grant_id, digest)
    ) STRICT;
    CREATE INDEX shares_expires ON shares (expires);
    CREATE TABLE offers (
        nr INTEGER PRIMARY KEY,
        id BLOB NOT NULL UNIQUE,
        agency TEXT NOT NULL,
        expires INTEGER NOT NULL,
        jws TEXT NOT NULL
    ) STRICT;
",
    "
    CREATE TABLE attachments (
        id INTEGER PRIMARY KEY,
        grant_id BLOB NOT NULL,
        path TEXT NOT NULL,
        digest BLOB,
        size INTEGER,
        announced INTEGER NOT NULL,
        expires INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX attachments_grant ON attachments (grant_id, path, announced);
    CREATE INDEX attachments_expires ON attachments (expires);
    CREATE TABLE pieces (
        attachment INTEGER NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
        nr INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (attachment, nr)
    ) STRICT;
",
    // The ledger knows a grant's entries. An index by random ids costs a page for each entry that is written.
    "
    DROP INDEX entries_grant;
    ALTER TABLE entries DROP COLUMN grant_id;
",
];

/// 3.51.3: the first version without the WAL-reset corruption.
const SQLITE_AT_LEAST: i32 = 3_051_003;

/// Opens the file with every setting, and brings its tables up to date.
pub(crate) fn open(path: &Path) -> Result<Connection, OpenError> {
    let missing = || OpenError::Missing(path.display().to_string());
    if !path.try_exists().map_err(OpenError::File)? {
        return Err(missing());
    }
    let mut db = connect(path)?;
    // Before anything is written: a file without tables is no database, whoever left it there.
    if version(&db)? == 0 {
        return Err(missing());
    }
    set_up(&mut db)?;
    Ok(db)
}

/// Makes the tables in a new file, or finds them in one that holds nothing yet.
pub(crate) fn create(path: &Path) -> Result<(), OpenError> {
    make_private(path)?;
    let mut db = connect(path)?;
    set_up(&mut db)?;
    let used = "SELECT size > 0 OR slots > 0 FROM head";
    match db.query_row(used, [], |row| row.get(0))? {
        true => Err(OpenError::Exists(path.display().to_string())),
        false => Ok(()),
    }
}

/// A connection to a file that is there.
fn connect(path: &Path) -> Result<Connection, OpenError> {
    if rusqlite::version_number() < SQLITE_AT_LEAST {
        return Err(OpenError::OldSqlite(rusqlite::version()));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(std::time::Duration::from_secs(10))?;
    Ok(db)
}

fn set_up(db: &mut Connection) -> Result<(), OpenError> {
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    // What is destroyed is overwritten, not only unlinked.
    db.pragma_update(None, "secure_delete", true)?;
    // Pages of the log are appended and rarely read again: a modest cache, a checkpoint every 16 MiB.
    db.pragma_update(None, "cache_size", -16_384)?;
    db.pragma_update(None, "wal_autocheckpoint", 4096)?;
    migrate(db)
}

/// Makes the file where it is missing, for its owner alone: SQLite gives its journals the same rights.
fn make_private(path: &Path) -> Result<(), OpenError> {
    match make_new(path) {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => Err(OpenError::File(e)),
        _ => Ok(()),
    }
}

/// Makes an empty file for its owner alone, where there is none.
pub(crate) fn make_new(path: impl AsRef<Path>) -> io::Result<()> {
    let mut file = std::fs::OpenOptions::new();
    file.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    file.open(path).map(drop)
}

/// How many migrations were done.
fn version(db: &Connection) -> rusqlite::Result<u32> {
    db.pragma_query_value(None, "user_version", |row| row.get(0))
}

fn migrate(db: &mut Connection) -> Result<(), OpenError> {
    let known = MIGRATIONS.len() as u32;
    let tx = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let found = version(&tx)?;
    if found > known {
        return Err(OpenError::Newer { found, known });
    }
    for migration in MIGRATIONS.iter().skip(found as usize) {
        tx.execute_batch(migration)?;
    }
    if found == 0 {
        let empty = transparency_log::TreeHead::EMPTY;
        tx.execute(
            "INSERT INTO head (only, size, root, slots) VALUES (0, 0, ?1, 0)",
            [empty.root.as_slice()],
        )?;
    }
    tx.pragma_update(None, "user_version", known)?;
    tx.commit()?;
    Ok(())
}
