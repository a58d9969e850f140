//! Ways to unlock, ways to be refused, one process at a time.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the finding")]

mod support;

use std::fs;

use support::{fixture, passphrase};
use vault::{
    Argon2Params, Credential, DeviceKey, Passphrase, SlotId, Vault, VaultError, WalletSeed,
};

#[test]
fn a_wrong_secret_of_each_kind_is_named_and_another_try_succeeds() {
    let fixture = fixture(1);
    let before = fs::read(&fixture.path).unwrap();
    let locked = Vault::open(&fixture.path).unwrap();
    let wrong = Passphrase::new("a quiet rivet").unwrap();
    let refused = locked.unlock(&wrong).unwrap_err();
    assert_eq!(refused.error, VaultError::WrongPassphrase);
    assert_eq!(
        refused.to_string(),
        "this passphrase does not open the vault"
    );
    let other = WalletSeed::from_bytes([1; 32]).to_phrase();
    let refused = refused.locked.unlock_with_phrase(&other).unwrap_err();
    assert_eq!(refused.error, VaultError::WrongRecoveryPhrase);
    let refused = refused
        .locked
        .unlock_with_device_key(&DeviceKey::from_bytes([1; 32]))
        .unwrap_err();
    assert_eq!(refused.error, VaultError::WrongDeviceKey);
    assert_eq!(fs::read(&fixture.path).unwrap(), before);
    assert_eq!(refused.locked.unlock(&passphrase()).unwrap().records(), 1);
}

#[test]
fn a_second_opening_is_told_so_until_the_first_ends() {
    let fixture = fixture(1);
    let locked = Vault::open(&fixture.path).unwrap();
    assert_eq!(Vault::open(&fixture.path).unwrap_err(), VaultError::InUse);
    let vault = locked.unlock(&passphrase()).unwrap();
    assert_eq!(Vault::open(&fixture.path).unwrap_err(), VaultError::InUse);
    let roundabout = fixture.folder.path().join(".").join("wallet.vault");
    assert_eq!(Vault::open(roundabout).unwrap_err(), VaultError::InUse);
    let locked = vault.lock().unwrap();
    assert_eq!(Vault::open(&fixture.path).unwrap_err(), VaultError::InUse);
    drop(locked);
    assert!(Vault::open(&fixture.path).is_ok());
}

#[cfg(unix)]
#[test]
fn a_link_to_the_vault_is_the_same_vault() {
    let fixture = fixture(0);
    let link = fixture.folder.path().join("link.vault");
    std::os::unix::fs::symlink(&fixture.path, &link).unwrap();
    let _first = Vault::open(&fixture.path).unwrap();
    assert_eq!(Vault::open(&link).unwrap_err(), VaultError::InUse);
}

#[test]
fn nothing_is_ever_overwritten_by_creating() {
    let fixture = fixture(1);
    let before = fs::read(&fixture.path).unwrap();
    let create = |path| Vault::create(path, &passphrase(), Argon2Params::MINIMUM).map(|_| ());
    assert_eq!(create(fixture.path.clone()), Err(VaultError::AlreadyExists));
    assert_eq!(fs::read(&fixture.path).unwrap(), before);
    let orphan = fixture.folder.path().join("gone.vault");
    fs::write(
        fixture.folder.path().join("gone.vault-wal"),
        b"committed changes",
    )
    .unwrap();
    assert_eq!(create(orphan), Err(VaultError::LeftoverJournal));
    let nowhere = fixture.folder.path().join("no/such/folder/wallet.vault");
    assert_eq!(create(nowhere), Err(VaultError::NotFound));
}

#[test]
fn an_unlocked_vault_can_ask_once_more_who_is_there() {
    let fixture = fixture(1);
    let vault = fixture.unlock().unwrap();
    let wrong = Passphrase::new("a quiet rivet").unwrap();
    let right = passphrase();
    assert_eq!(
        vault.check(&Credential::Passphrase(&wrong)),
        Err(VaultError::WrongPassphrase)
    );
    assert_eq!(vault.check(&Credential::Passphrase(&right)), Ok(()));
    assert_eq!(
        vault.check(&Credential::RecoveryPhrase(&fixture.phrase)),
        Ok(())
    );
    assert!(vault.read("grant", "0000").unwrap().is_some());
}

#[test]
fn a_new_passphrase_replaces_the_old_one() {
    let fixture = fixture(2);
    let old_slot = slot(&fixture, 1);
    let new = Passphrase::new("another river").unwrap();
    let costs = Argon2Params::new(20 * 1024, 2, 1).unwrap();
    fixture
        .unlock()
        .unwrap()
        .change_passphrase(&new, costs)
        .unwrap();
    assert_eq!(fixture.refusal(), VaultError::WrongPassphrase);
    let locked = Vault::open(&fixture.path).unwrap();
    assert_eq!(locked.passphrase_costs().unwrap(), Some(costs));
    assert_eq!(locked.unlock(&new).unwrap().records(), 2);
    let file = fs::read(&fixture.path).unwrap();
    let old_key = &old_slot[54..102];
    assert!(
        !file.windows(48).any(|window| window == old_key),
        "the old wrapping stayed behind"
    );
}

#[test]
fn an_old_slot_does_not_wait_in_the_journal() {
    let fixture = fixture(1);
    let journal_bytes = || {
        fs::metadata(fixture.folder.path().join("wallet.vault-wal"))
            .unwrap()
            .len()
    };
    let mut vault = fixture.unlock().unwrap();
    let device = vault
        .add_device_key(&DeviceKey::from_bytes([1; 32]))
        .unwrap();
    assert_ne!(journal_bytes(), 0, "the slot is in the journal");
    vault.remove_device_key(device).unwrap();
    assert_eq!(journal_bytes(), 0);
    vault.put("grant", "x", b"").unwrap();
    assert_ne!(journal_bytes(), 0);
    vault
        .change_passphrase(&passphrase(), Argon2Params::MINIMUM)
        .unwrap();
    assert_eq!(journal_bytes(), 0);
}

#[test]
fn a_forgotten_passphrase_and_the_words() {
    let fixture = fixture(2);
    let locked = Vault::open(&fixture.path).unwrap();
    let mut vault = locked.unlock_with_phrase(&fixture.phrase).unwrap();
    let new = Passphrase::new("remembered").unwrap();
    vault
        .change_passphrase(&new, Argon2Params::MINIMUM)
        .unwrap();
    drop(vault);
    let vault = Vault::open(&fixture.path).unwrap().unlock(&new).unwrap();
    assert_eq!(vault.records(), 2);
}

#[test]
fn devices_come_and_go() {
    let fixture = fixture(1);
    let (phone, laptop) = (
        DeviceKey::from_bytes([1; 32]),
        DeviceKey::from_bytes([2; 32]),
    );
    let mut vault = fixture.unlock().unwrap();
    let phone_slot = vault.add_device_key(&phone).unwrap();
    let laptop_slot = vault.add_device_key(&laptop).unwrap();
    assert_eq!(vault.device_slots(), [phone_slot, laptop_slot]);
    let mut vault = vault
        .lock()
        .unwrap()
        .unlock_with_device_key(&phone)
        .unwrap();
    vault.remove_device_key(phone_slot).unwrap();
    assert_eq!(
        vault.remove_device_key(phone_slot),
        Err(VaultError::NoSuchSlot)
    );
    assert_eq!(
        vault.remove_device_key(SlotId::PASSPHRASE),
        Err(VaultError::NoSuchSlot)
    );
    assert_eq!(
        vault.remove_device_key(SlotId::RECOVERY),
        Err(VaultError::NoSuchSlot)
    );
    let locked = vault.lock().unwrap();
    let refused = locked
        .unlock_with(&Credential::DeviceKey(&phone))
        .unwrap_err();
    assert_eq!(refused.error, VaultError::WrongDeviceKey);
    let mut vault = refused.locked.unlock_with_device_key(&laptop).unwrap();
    for n in 0..15 {
        vault
            .add_device_key(&DeviceKey::from_bytes([n + 10; 32]))
            .unwrap();
    }
    assert_eq!(vault.add_device_key(&phone), Err(VaultError::TooManySlots));
}

#[test]
fn every_commit_is_counted() {
    let fixture = fixture(3);
    let mut vault = fixture.unlock().unwrap();
    let commits = vault.commits();
    assert_eq!(commits, 4, "creation and three records");
    vault.put("grant", "x", b"").unwrap();
    vault
        .add_device_key(&DeviceKey::from_bytes([1; 32]))
        .unwrap();
    assert_eq!(vault.commits(), commits + 2);
    drop(vault);
    assert_eq!(fixture.unlock().unwrap().commits(), commits + 2);
}

fn slot(fixture: &support::Fixture, id: i64) -> Vec<u8> {
    let sql = "SELECT content FROM slot WHERE id = ?1";
    fixture
        .sqlite()
        .query_row(sql, [id], |row| row.get(0))
        .unwrap()
}
