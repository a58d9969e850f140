//! Prints how long a vault takes: opening one with 10,000 items and 2,000 history records, one
//! commit, and random reads out of 100,000 rows against plain SQLite, interleaved.
//! `cargo run --release -p vault --example measure`
#![expect(clippy::print_stdout, reason = "its output is its purpose")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use vault::{Argon2Params, DeviceKey, Passphrase, Unlocked, Vault, VaultError};

/// The answer of a measurement.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let mut vault = fill(
        &folder.path().join("opening.vault"),
        &[("item", 10_000), ("history", 2_000)],
    )?;
    let commit = commit(&mut vault)?;
    println!(
        "one commit among 12,000 rows      {:8.2} ms (median)",
        ms(commit)
    );
    println!(
        "fdatasync of 4 KiB                {:8.2} ms (median)",
        ms(sync(folder.path())?)
    );
    println!(
        "unlock after key derivation       {:8.1} ms (best)",
        ms(unlock(vault)?)
    );
    let passphrase = Passphrase::new("measured")?;
    let start = Instant::now();
    let created = Vault::create(
        folder.path().join("c.vault"),
        &passphrase,
        Argon2Params::DEFAULT,
    )?;
    println!(
        "create, default costs             {:8.1} ms",
        ms(start.elapsed())
    );
    drop(created);
    let vault = fill(&folder.path().join("reading.vault"), &[("item", 100_000)])?;
    let plain = fill_plain(&folder.path().join("plain.sqlite"))?;
    let (sealed, plain) = read(&vault, &plain)?;
    println!(
        "512 B out of 100,000 rows, sealed {:8.2} us (best of 15 rounds)",
        sealed * 1e6
    );
    println!("the same, plain SQLite            {:8.2} us", plain * 1e6);
    println!("sealed to plain                   {:8.2}", sealed / plain);
    Ok(())
}

fn fill(path: &std::path::Path, kinds: &[(&str, u32)]) -> Outcome<Unlocked> {
    let passphrase = Passphrase::new("measured")?;
    let (mut vault, _) = Vault::create(path, &passphrase, Argon2Params::MINIMUM)?;
    vault.transaction::<_, VaultError>(|changes| {
        for (kind, count) in kinds {
            for n in 0..*count {
                changes.put(kind, &format!("{n:08}"), &[7; 512])?;
            }
        }
        Ok(())
    })?;
    Ok(vault)
}

fn commit(vault: &mut Unlocked) -> Outcome<Duration> {
    median(200, |n| {
        Ok(vault.put("item", &format!("{:08}", n * 37), &[8; 512])?)
    })
}

fn sync(folder: &std::path::Path) -> Outcome<Duration> {
    use std::io::Write as _;
    let mut file = std::fs::File::create(folder.join("sync"))?;
    median(200, |_| {
        file.write_all(&[0; 4096])?;
        Ok(file.sync_data()?)
    })
}

fn median(rounds: usize, mut work: impl FnMut(usize) -> Outcome<()>) -> Outcome<Duration> {
    let mut times = Vec::with_capacity(rounds);
    for n in 0..rounds {
        let start = Instant::now();
        work(n)?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    Ok(times.get(rounds / 2).copied().unwrap_or_default())
}

fn unlock(mut vault: Unlocked) -> Outcome<Duration> {
    let device = DeviceKey::from_bytes([9; 32]);
    vault.add_device_key(&device)?;
    let path = vault.path().to_owned();
    drop(vault);
    let mut best = Duration::MAX;
    for _ in 0..9 {
        let start = Instant::now();
        let vault = Vault::open(&path)?.unlock_with_device_key(&device)?;
        best = best.min(start.elapsed());
        drop(vault);
    }
    Ok(best)
}

fn fill_plain(path: &std::path::Path) -> Outcome<Connection> {
    let mut plain = Connection::open(path)?;
    plain.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA locking_mode = EXCLUSIVE;
         CREATE TABLE item (id INTEGER PRIMARY KEY, key TEXT UNIQUE, value BLOB) STRICT;",
    )?;
    let transaction = plain.transaction()?;
    for n in 0..100_000 {
        transaction
            .prepare_cached("INSERT INTO item (key, value) VALUES (?1, ?2)")?
            .execute((format!("{n:08}"), [7; 512]))?;
    }
    transaction.commit()?;
    Ok(plain)
}

/// Seconds a read, sealed and plain by number, taken in turns.
fn read(vault: &Unlocked, plain: &Connection) -> Outcome<(f64, f64)> {
    let (mut best_sealed, mut best_plain) = (f64::MAX, f64::MAX);
    let mut state = 1_u64;
    for _ in 0..15 {
        let order: Vec<u64> = (0..10_000).map(|_| next(&mut state) % 100_000).collect();
        let keys: Vec<String> = order.iter().map(|n| format!("{n:08}")).collect();
        let start = Instant::now();
        for key in &keys {
            black_box(vault.read("item", key)?);
        }
        best_sealed = best_sealed.min(start.elapsed().as_secs_f64() / 10_000.0);
        let start = Instant::now();
        for n in &order {
            let mut statement = plain.prepare_cached("SELECT value FROM item WHERE id = ?1")?;
            let value: Vec<u8> = statement.query_row([n.cast_signed() + 1], |row| row.get(0))?;
            black_box(value);
        }
        best_plain = best_plain.min(start.elapsed().as_secs_f64() / 10_000.0);
    }
    Ok((best_sealed, best_plain))
}

/// Marsaglia's xorshift64: the same order in every run.
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
