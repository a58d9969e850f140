//! Chunks: kept and removed with the records of their transaction, opened when read, bound to their place.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the finding")]

mod support;

use support::{Fixture, fixture, passphrase};
use vault::{ChunkId, Credential, Vault, VaultError};

/// A vault with three chunks of 64 KiB.
fn with_chunks() -> (Fixture, Vec<ChunkId>) {
    let fixture = fixture(2);
    let mut vault = fixture.unlock().unwrap();
    let written = vault.transaction::<_, VaultError>(|changes| {
        changes.put("attachment", "a", b"three chunks")?;
        (0..3)
            .map(|number| changes.put_chunk(&[number; 65_536]))
            .collect()
    });
    drop(vault);
    (fixture, written.unwrap())
}

#[test]
fn they_are_read_after_reopening_and_gone_once_removed() {
    let (fixture, chunks) = with_chunks();
    let mut vault = fixture.unlock().unwrap();
    for (number, chunk) in (0_u8..).zip(&chunks) {
        let read = vault.read_chunk(*chunk).unwrap().unwrap();
        assert!(read.iter().all(|byte| *byte == number) && read.len() == 65_536);
    }
    assert!(
        vault.read_chunk(ChunkId(1)).unwrap().is_none(),
        "a record is no chunk"
    );
    vault
        .transaction::<_, VaultError>(|changes| {
            changes.remove_chunk(chunks[1])?;
            changes.remove_chunk(chunks[1])?;
            changes.remove_chunk(ChunkId(9_999))
        })
        .unwrap();
    assert!(vault.read_chunk(chunks[1]).unwrap().is_none());
    vault.verify().unwrap();
    drop(vault);
    let vault = fixture.unlock().unwrap();
    assert!(vault.read_chunk(chunks[1]).unwrap().is_none());
    assert!(vault.read_chunk(chunks[2]).unwrap().is_some());
}

#[test]
fn a_transaction_that_fails_leaves_none() {
    let (fixture, chunks) = with_chunks();
    let mut vault = fixture.unlock().unwrap();
    let failed = vault.transaction::<(), VaultError>(|changes| {
        changes.put_chunk(b"never")?;
        changes.remove_chunk(chunks[0])?;
        Err(VaultError::DiskFull)
    });
    assert_eq!(failed, Err(VaultError::DiskFull));
    assert!(vault.read_chunk(chunks[0]).unwrap().is_some());
    vault.verify().unwrap();
}

#[test]
fn one_that_is_missing_is_found_at_unlock_and_one_that_is_altered_when_it_is_read() {
    let (fixture, chunks) = with_chunks();
    fixture.tamper(&format!("DELETE FROM chunk WHERE id = {}", chunks[0].0));
    assert_eq!(fixture.refusal(), VaultError::RowRemoved { missing: 1 });
    let (fixture, chunks) = with_chunks();
    let (a, b) = (chunks[0].0, chunks[1].0);
    fixture.tamper(&format!(
        "UPDATE chunk SET sealed = (SELECT sealed FROM chunk WHERE id = {b}) WHERE id = {a}"
    ));
    let vault = fixture.unlock().unwrap();
    assert_eq!(
        vault.read_chunk(chunks[0]).err(),
        Some(VaultError::RowAltered { rows: 1 })
    );
    assert!(vault.read_chunk(chunks[1]).is_ok());
}

#[test]
fn one_that_is_altered_is_found_by_a_check_a_backup_and_a_restore() {
    let (fixture, chunks) = with_chunks();
    let sound = fixture.folder.path().join("sound.vault");
    fixture.unlock().unwrap().backup(&sound).unwrap();
    let zeroed = format!(
        "UPDATE chunk SET sealed = zeroblob(length(sealed)) WHERE id IN ({}, {})",
        chunks[0].0, chunks[2].0
    );
    fixture.tamper(&zeroed);
    let altered = Err(VaultError::RowAltered { rows: 2 });
    let vault = fixture.unlock().unwrap();
    assert_eq!(vault.verify(), altered);
    let backup = fixture.folder.path().join("backup.vault");
    assert_eq!(vault.backup(&backup), altered);
    assert!(!backup.exists());
    let connection = rusqlite::Connection::open(&sound).unwrap();
    connection.execute_batch(&zeroed).unwrap();
    connection.close().unwrap();
    let target = fixture.folder.path().join("restored.vault");
    let (secret, restored) = (passphrase(), &target);
    let restore = Vault::restore(&sound, restored, &Credential::Passphrase(&secret));
    assert_eq!(restore.map(drop), altered);
    assert!(!target.exists());
}
