//! Backups and the way back.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the finding")]

mod support;

use std::fs;

use support::{fixture, names, passphrase, records};
use vault::{Argon2Params, Credential, Passphrase, Vault, VaultError};

#[test]
fn a_backup_of_an_open_vault_comes_back_whole() {
    let fixture = fixture(30);
    let mut vault = fixture.unlock().unwrap();
    vault
        .put("grant", "in the journal", b"not yet in the file")
        .unwrap();
    let expected = records(&vault).unwrap();
    let backup = fixture.folder.path().join("backup.vault");
    vault.backup(&backup).unwrap();
    vault.put("grant", "later", b"not in the backup").unwrap();
    drop(vault);
    assert_eq!(
        fixture.names(),
        ["backup.vault", "wallet.vault", "wallet.vault.lock"]
    );

    let elsewhere = tempfile::tempdir().unwrap();
    let target = elsewhere.path().join("restored.vault");
    let bytes = fs::read(&backup).unwrap();
    let words = Credential::RecoveryPhrase(&fixture.phrase);
    let restored = Vault::restore(&backup, &target, &words).unwrap();
    assert_eq!(records(&restored).unwrap(), expected);
    restored.verify().unwrap();
    drop(restored);
    assert_eq!(
        fs::read(&backup).unwrap(),
        bytes,
        "the backup stays as it is"
    );
    assert_eq!(
        names(elsewhere.path()),
        ["restored.vault", "restored.vault.lock"]
    );
    let vault = Vault::open(&target).unwrap().unlock(&passphrase()).unwrap();
    assert_eq!(records(&vault).unwrap(), expected);
}

#[test]
fn a_backup_opens_with_the_passphrase_of_its_time() {
    let fixture = fixture(1);
    let backup = fixture.folder.path().join("backup.vault");
    let mut vault = fixture.unlock().unwrap();
    vault.backup(&backup).unwrap();
    let new = Passphrase::new("another river").unwrap();
    vault
        .change_passphrase(&new, Argon2Params::MINIMUM)
        .unwrap();
    let target = fixture.folder.path().join("restored.vault");
    let restore = |passphrase| {
        Vault::restore(&backup, &target, &Credential::Passphrase(passphrase)).map(|_| ())
    };
    assert_eq!(restore(&new), Err(VaultError::WrongPassphrase));
    assert!(!target.exists());
    assert_eq!(restore(&passphrase()), Ok(()));
}

#[test]
fn neither_backup_nor_restore_overwrites() {
    let fixture = fixture(1);
    let backup = fixture.folder.path().join("backup.vault");
    let vault = fixture.unlock().unwrap();
    vault.backup(&backup).unwrap();
    let before = fs::read(&backup).unwrap();
    assert_eq!(vault.backup(&backup), Err(VaultError::AlreadyExists));
    assert_eq!(vault.backup(&fixture.path), Err(VaultError::AlreadyExists));
    assert_eq!(fs::read(&backup).unwrap(), before);
    drop(vault);
    let bytes = fs::read(&fixture.path).unwrap();
    let credential = passphrase();
    let restored = Vault::restore(&backup, &fixture.path, &Credential::Passphrase(&credential));
    assert_eq!(restored.unwrap_err(), VaultError::AlreadyExists);
    assert_eq!(fs::read(&fixture.path).unwrap(), bytes);
}

#[test]
fn a_bad_backup_is_refused_and_leaves_nothing() {
    let fixture = fixture(5);
    let backup = fixture.folder.path().join("backup.vault");
    fixture.unlock().unwrap().backup(&backup).unwrap();
    let whole = fs::read(&backup).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let target = elsewhere.path().join("restored.vault");
    let credential = passphrase();
    let restore = || {
        let restored = Vault::restore(&backup, &target, &Credential::Passphrase(&credential));
        assert!(!target.exists());
        restored.unwrap_err()
    };
    fs::write(&backup, &whole[..whole.len() - 1]).unwrap();
    assert_eq!(restore(), VaultError::Truncated);
    fs::write(&backup, b"something else").unwrap();
    assert_eq!(restore(), VaultError::NotAVault);
    fs::write(&backup, &whole).unwrap();
    let connection = rusqlite::Connection::open(&backup).unwrap();
    connection
        .execute("DELETE FROM record WHERE id = 3", [])
        .unwrap();
    connection.close().unwrap();
    assert_eq!(restore(), VaultError::RowRemoved { missing: 1 });
    fs::write(&backup, &whole).unwrap();
    fs::write(
        fixture.folder.path().join("backup.vault-wal"),
        b"open journal",
    )
    .unwrap();
    assert_eq!(restore(), VaultError::BackupUnfinished);
    assert!(
        names(elsewhere.path())
            .iter()
            .all(|name| name == "restored.vault.lock")
    );
}

#[test]
fn a_backup_of_a_vault_that_was_altered_meanwhile_is_not_made() {
    let fixture = fixture(0);
    let mut vault = fixture.unlock().unwrap();
    vault
        .transaction::<_, VaultError>(|changes| {
            (0..2000).try_for_each(|n| changes.put("grant", &format!("{n}"), &[7; 4000]))
        })
        .unwrap();
    drop(vault);
    let vault = fixture.unlock().unwrap();
    let mut bytes = fs::read(&fixture.path).unwrap();
    // Every page but the first, as a failing disk would; far more than SQLite keeps in memory.
    for byte in bytes.iter_mut().skip(4096).step_by(64) {
        *byte ^= 1;
    }
    fs::write(&fixture.path, bytes).unwrap();
    assert!(
        vault
            .backup(fixture.folder.path().join("backup.vault"))
            .is_err()
    );
    assert!(!fixture.folder.path().join("backup.vault").exists());
}
