//! Random reads from SQLCipher, timed: `bench-sqlcipher FILE ROWS` writes the rows and prints the version;
//! then each line of input is a number of reads, and each line of output the nanoseconds that they took.

use std::{
    error::Error,
    hint::black_box,
    io::{Write as _, stdin, stdout},
    time::Instant,
};

use rusqlite::Connection;

/// Bytes of a value.
const VALUE: usize = 512;

/// A raw key, so that no time goes into deriving one.
const KEY: &str =
    "PRAGMA key = \"x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'\"";

fn main() -> Result<(), Box<dyn Error>> {
    let [_, path, rows] = std::env::args()
        .collect::<Vec<_>>()
        .try_into()
        .map_err(|_| "FILE ROWS")?;
    let rows = rows.parse()?;
    let connection = create(&path, rows)?;
    let version: String = connection.query_row("PRAGMA cipher_version", [], |row| row.get(0))?;
    writeln!(stdout(), "{version}, SQLite {}", rusqlite::version())?;
    let mut seed = 0x9e37_79b9_7f4a_7c15;
    for line in stdin().lines() {
        writeln!(
            stdout(),
            "{}",
            read(&connection, rows, line?.parse()?, &mut seed)?
        )?;
    }
    Ok(())
}

fn create(path: &str, rows: u64) -> Result<Connection, Box<dyn Error>> {
    let mut connection = Connection::open(path)?;
    connection.execute_batch(KEY)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA locking_mode = EXCLUSIVE;
         CREATE TABLE record (id INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT;",
    )?;
    let transaction = connection.transaction()?;
    for row in 0..rows {
        let mut insert =
            transaction.prepare_cached("INSERT INTO record (id, value) VALUES (?1, ?2)")?;
        insert.execute((i64::try_from(row)?, value(row)))?;
    }
    transaction.commit()?;
    Ok(connection)
}

fn value(row: u64) -> [u8; VALUE] {
    let mut value = [0x5a; VALUE];
    if let Some(first) = value.first_chunk_mut() {
        *first = row.to_be_bytes();
    }
    value
}

fn read(
    connection: &Connection,
    rows: u64,
    reads: u64,
    seed: &mut u64,
) -> Result<u128, Box<dyn Error>> {
    let start = Instant::now();
    for _ in 0..reads {
        let id = i64::try_from(next(seed) % rows.max(1))?;
        let mut select = connection.prepare_cached("SELECT value FROM record WHERE id = ?1")?;
        let value: Vec<u8> = select.query_row([id], |row| row.get(0))?;
        assert_eq!(black_box(&value).len(), VALUE);
    }
    Ok(start.elapsed().as_nanos())
}

/// xorshift64, as in the bench that calls.
fn next(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed >> 16
}
