//! Unlocking with a device, over a keychain that lives as long as the test.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use super::*;
use crate::testing::{PASSPHRASE, app, secret};

/// A keychain as a platform's is, in memory.
#[derive(Default)]
struct InMemory(Mutex<BTreeMap<String, Vec<u8>>>);

impl InMemory {
    fn kept(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keychain for InMemory {
    fn is_there(&self) -> bool {
        true
    }

    fn asks_the_person(&self) -> bool {
        false
    }

    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        Ok(self.kept().get(name).cloned().map(Zeroizing::new))
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        self.kept().insert(name.to_owned(), secret.to_vec());
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), KeychainError> {
        self.kept().remove(name);
        Ok(())
    }
}

fn set(on: bool, passphrase: &str) -> SetDeviceUnlock {
    SetDeviceUnlock {
        on,
        passphrase: passphrase.to_owned(),
    }
}

#[tokio::test]
async fn a_device_unlocks_after_it_was_let_in_and_not_after_it_was_shut_out() {
    let (_folder, app) = app();
    let app = app.with_keychain(InMemory::default());
    app.create(secret(PASSPHRASE)).await.unwrap();
    assert!(!app.about(Nothing {}).await.unwrap().device_unlock);
    let refused = app.device_unlock_set(set(true, "wrong")).await;
    assert_eq!(refused.unwrap_err().code, Code::WrongPassphrase);

    let settings = app.device_unlock_set(set(true, PASSPHRASE)).await.unwrap();
    assert!(settings.device_unlock.on && !settings.device_unlock.can_sign);
    app.close().await;
    assert!(app.about(Nothing {}).await.unwrap().device_unlock);
    app.unlock_with_device(Nothing {}).await.unwrap();
    assert!(app.is_unlocked());

    app.device_unlock_set(set(false, PASSPHRASE)).await.unwrap();
    app.close().await;
    let refused = app.unlock_with_device(Nothing {}).await;
    assert_eq!(refused.unwrap_err(), Code::WrongDevice.into());
}

#[tokio::test]
async fn what_a_keychain_kept_before_opens_nothing_afterwards() {
    let (_folder, mut app) = app();
    let keychain = Arc::new(InMemory::default());
    app.keychain = Some(keychain.clone());
    app.create(secret(PASSPHRASE)).await.unwrap();
    app.device_unlock_set(set(true, PASSPHRASE)).await.unwrap();
    let stolen = keychain.kept().clone();
    app.device_unlock_set(set(true, PASSPHRASE)).await.unwrap();
    app.close().await;
    *keychain.kept() = stolen;
    let refused = app.unlock_with_device(Nothing {}).await;
    assert_eq!(refused.unwrap_err(), Code::WrongDevice.into());
}

#[tokio::test]
async fn without_a_keychain_there_is_no_such_way() {
    let (_folder, app) = app();
    app.create(secret(PASSPHRASE)).await.unwrap();
    let refused = app.device_unlock_set(set(true, PASSPHRASE)).await;
    assert_eq!(refused.unwrap_err(), Code::Keychain.into());
}
