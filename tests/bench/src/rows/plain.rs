//! The same rows in SQLite as it is, with the vault's settings.

use std::{hint::black_box, path::Path, time::Instant};

use rusqlite::Connection;

use super::{VALUE, value};
use crate::{
    Failure,
    numbers::{Sample, Scatter},
};

/// An open database, and where the next read falls.
pub(super) struct Plain {
    connection: Connection,
    rows: usize,
    scatter: Scatter,
}

impl Plain {
    pub(super) fn create(path: &Path, rows: usize) -> Result<Self, Failure> {
        let mut connection = Connection::open(path)?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA locking_mode = EXCLUSIVE;
             CREATE TABLE record (id INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT;",
        )?;
        let transaction = connection.transaction()?;
        for row in 0..u64::try_from(rows)? {
            let mut insert =
                transaction.prepare_cached("INSERT INTO record (id, value) VALUES (?1, ?2)")?;
            insert.execute((i64::try_from(row)?, value(row)))?;
        }
        transaction.commit()?;
        Ok(Self {
            connection,
            rows,
            scatter: Scatter::new(),
        })
    }

    pub(super) fn read(&mut self, reads: usize) -> Result<Sample, Failure> {
        let start = Instant::now();
        for _ in 0..reads {
            let id = i64::try_from(self.scatter.below(self.rows))?;
            let mut select = self
                .connection
                .prepare_cached("SELECT value FROM record WHERE id = ?1")?;
            let value: Vec<u8> = select.query_row([id], |row| row.get(0))?;
            assert_eq!(black_box(&value).len(), VALUE);
        }
        Ok(Sample {
            operations: reads,
            elapsed: start.elapsed(),
        })
    }
}
