//! A file that somebody or something changed: each kind of change has its own error, and the
//! refused file keeps every byte.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the finding")]

mod support;

use std::fs;

use support::{Fixture, fixture, passphrase, records};
use vault::{Argon2Params, Passphrase, Vault, VaultError};

#[test]
fn a_removed_row() {
    let fixture = fixture(5);
    fixture.tamper("DELETE FROM record WHERE id = 4");
    assert_eq!(fixture.refusal(), VaultError::RowRemoved { missing: 1 });
}

#[test]
fn two_swapped_rows() {
    let fixture = fixture(5);
    fixture.tamper(
        "UPDATE record SET id = -1 WHERE id = 3; UPDATE record SET id = 3 WHERE id = 4;
         UPDATE record SET id = 4 WHERE id = -1;",
    );
    assert_eq!(fixture.refusal(), VaultError::RowAltered { rows: 2 });
}

#[test]
fn a_row_with_another_revision_or_nonce() {
    for change in [
        "revision = revision + 1",
        "revision = revision - 1",
        "nonce = zeroblob(24)",
    ] {
        let fixture = fixture(5);
        fixture.tamper(&format!("UPDATE record SET {change} WHERE id = 3"));
        assert_eq!(
            fixture.refusal(),
            VaultError::RowAltered { rows: 1 },
            "{change}"
        );
    }
}

#[test]
fn a_copied_row() {
    let fixture = fixture(5);
    fixture
        .tamper("INSERT INTO record SELECT 99, revision, nonce, sealed FROM record WHERE id = 3");
    assert_eq!(fixture.refusal(), VaultError::RowAltered { rows: 1 });
}

#[test]
fn a_removed_row_that_was_put_back() {
    let fixture = fixture(5);
    copy_rows(&fixture, "record");
    fixture.unlock().unwrap().remove("grant", "0001").unwrap();
    fixture.tamper("INSERT OR IGNORE INTO record SELECT * FROM kept; DROP TABLE kept");
    assert_eq!(fixture.refusal(), VaultError::RowAdded { extra: 1 });
}

#[test]
fn a_row_that_was_put_back_to_an_earlier_value() {
    let fixture = fixture(5);
    copy_rows(&fixture, "record");
    fixture
        .unlock()
        .unwrap()
        .put("grant", "0001", b"narrower")
        .unwrap();
    fixture.tamper("INSERT OR REPLACE INTO record SELECT * FROM kept; DROP TABLE kept");
    assert_eq!(fixture.refusal(), VaultError::RowRolledBack);
}

#[test]
fn a_manifest_that_was_put_back() {
    let fixture = fixture(5);
    copy_rows(&fixture, "manifest");
    fixture
        .unlock()
        .unwrap()
        .put("grant", "0001", b"narrower")
        .unwrap();
    fixture.tamper("INSERT OR REPLACE INTO manifest SELECT * FROM kept; DROP TABLE kept");
    assert_eq!(fixture.refusal(), VaultError::ManifestRolledBack);
}

#[test]
fn a_manifest_that_is_missing_or_altered() {
    let gone = fixture(1);
    gone.tamper("DELETE FROM manifest");
    assert_eq!(gone.refusal(), VaultError::ManifestMissing);
    let recounted = fixture(1);
    recounted.tamper("UPDATE manifest SET revision = revision + 1");
    assert_eq!(recounted.refusal(), VaultError::ManifestAltered);
}

#[test]
fn an_old_passphrase_slot_that_was_put_back() {
    let fixture = fixture(1);
    copy_rows(&fixture, "slot");
    let new = Passphrase::new("another river").unwrap();
    fixture
        .unlock()
        .unwrap()
        .change_passphrase(&new, Argon2Params::MINIMUM)
        .unwrap();
    fixture.tamper("INSERT OR REPLACE INTO slot SELECT * FROM kept; DROP TABLE kept");
    assert_eq!(fixture.refusal(), VaultError::SlotsAltered);
}

#[test]
fn a_damaged_passphrase_slot_is_no_wrong_passphrase_and_the_words_repair_it() {
    let fixture = fixture(2);
    fixture.tamper(
        "UPDATE slot SET content =
            CAST(substr(content, 1, 60) || x'00' || substr(content, 62) AS BLOB) WHERE id = 1",
    );
    assert_eq!(fixture.refusal(), VaultError::SlotDamaged);
    let locked = Vault::open(&fixture.path).unwrap();
    let mut vault = locked.unlock_with_phrase(&fixture.phrase).unwrap();
    assert_eq!(vault.damaged_slots(), [vault::SlotId::PASSPHRASE]);
    vault
        .change_passphrase(&passphrase(), Argon2Params::MINIMUM)
        .unwrap();
    drop(vault);
    let vault = fixture.unlock().unwrap();
    assert_eq!((vault.damaged_slots().len(), vault.records()), (0, 2));
}

#[test]
fn costs_that_would_exhaust_the_machine_are_refused_before_any_work() {
    let fixture = fixture(0);
    // A real slot of another vault, with its costs raised and its check made right again.
    let mut slot: Vec<u8> = fixture
        .sqlite()
        .query_row("SELECT content FROM slot WHERE id = 1", [], |row| {
            row.get(0)
        })
        .unwrap();
    slot[2..6].copy_from_slice(&u32::MAX.to_be_bytes());
    let content = slot.len() - 16;
    let check = sha256(&slot[..content]);
    slot[content..].copy_from_slice(&check[..16]);
    fixture
        .sqlite()
        .execute("UPDATE slot SET content = ?1 WHERE id = 1", [slot])
        .unwrap();
    assert!(matches!(fixture.refusal(), VaultError::KeyDerivation(_)));
}

#[test]
fn a_file_that_is_no_vault() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.txt");
    let open = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        let error = Vault::open(&path).unwrap_err();
        assert_eq!(fs::read(&path).unwrap(), bytes);
        error
    };
    assert_eq!(open(b"Dear county,"), VaultError::NotAVault);
    assert_eq!(open(&[b'x'; 5000]), VaultError::NotAVault);
    assert_eq!(
        Vault::open(folder.path().join("none")).unwrap_err(),
        VaultError::NotFound
    );
    let other = folder.path().join("other.sqlite");
    rusqlite::Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE t (x)")
        .unwrap();
    assert_eq!(Vault::open(&other).unwrap_err(), VaultError::NotAVault);
    assert_eq!(
        support::names(folder.path()),
        ["letter.txt", "other.sqlite"]
    );
}

#[test]
fn a_newer_format() {
    let fixture = fixture(0);
    fixture.tamper("PRAGMA user_version = 2");
    assert_eq!(
        fixture.refusal(),
        VaultError::NewerFormat {
            found: 2,
            supported: 1
        }
    );
}

#[test]
fn a_file_cut_short_anywhere() {
    let fixture = fixture(40);
    let whole = fs::read(&fixture.path).unwrap();
    for len in (0..whole.len())
        .step_by(997)
        .chain([15, 16, 99, 100, whole.len() - 1])
    {
        fs::write(&fixture.path, &whole[..len]).unwrap();
        assert_eq!(fixture.refusal(), VaultError::Truncated, "{len} bytes");
    }
    fs::write(&fixture.path, whole).unwrap();
    assert_eq!(fixture.unlock().unwrap().records(), 40);
}

#[test]
fn one_flipped_bit_anywhere_is_found_or_harmless_and_never_a_wrong_passphrase() {
    let fixture = fixture(12);
    let whole = fs::read(&fixture.path).unwrap();
    let original = records(&fixture.unlock().unwrap()).unwrap();
    let key = vault::DeviceKey::from_bytes([9; 32]);
    fixture.unlock().unwrap().add_device_key(&key).unwrap();
    let whole_with_device = fs::read(&fixture.path).unwrap();
    assert_ne!(whole, whole_with_device);
    let (mut found, mut harmless) = (0, 0);
    for at in (0..whole_with_device.len()).filter(|at| *at < 200 || at % 41 == 0) {
        let mut bad = whole_with_device.clone();
        bad[at] ^= 1 << (at % 8);
        fs::write(&fixture.path, &bad).unwrap();
        match open_with_device(&fixture, &key) {
            Ok(read) => {
                assert_eq!(read, original, "byte {at}");
                harmless += 1;
            }
            Err(VaultError::WrongPassphrase | VaultError::MustReopen) => panic!("byte {at}"),
            Err(_) => {
                assert_eq!(fs::read(&fixture.path).unwrap(), bad, "byte {at}");
                found += 1;
            }
        }
    }
    assert!(
        found > 50 && harmless > 50,
        "{found} found, {harmless} in unused space"
    );
}

#[test]
fn a_row_altered_while_the_vault_is_open_is_found_when_read() {
    let fixture = fixture(3);
    let vault = fixture.unlock().unwrap();
    // Another process cannot get in by SQLite; a broken disk can.
    let altered = fixture
        .sqlite()
        .execute("UPDATE record SET revision = 1", []);
    assert!(altered.is_err(), "the vault holds its file");
    assert_eq!(vault.verify(), Ok(()));
}

fn open_with_device(
    fixture: &Fixture,
    key: &vault::DeviceKey,
) -> Result<support::Records, VaultError> {
    records(&Vault::open(&fixture.path)?.unlock_with_device_key(key)?)
}

/// Keeps the rows of a table as they are now, for putting them back later.
fn copy_rows(fixture: &Fixture, table: &str) {
    fixture.tamper(&format!("CREATE TABLE kept AS SELECT * FROM {table}"));
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).into()
}
