//! The device's keychain: Keychain Services, the Windows Credential Manager, or the Secret Service of a Unix
//! desktop. None of them asks the person; they are open while the person's session is.

use wallet_app::App;

/// The app with this device's keychain, where there is one.
#[cfg(mobile)]
pub(crate) fn given_to(app: App) -> App {
    app
}

/// The app with this device's keychain, where there is one.
#[cfg(desktop)]
pub(crate) fn given_to(app: App) -> App {
    app.with_keychain(desktop::Session::found())
}

#[cfg(desktop)]
mod desktop {
    use std::sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    };

    use keyring::{Entry, Error};
    use wallet_app::{Keychain, KeychainError};
    use zeroize::Zeroizing;

    /// The name of this program in the keychain.
    const SERVICE: &str = "org.assent.wallet";

    /// The keychain of the person's session.
    pub(super) struct Session(Arc<AtomicBool>);

    impl Session {
        /// Looks for it on a thread of its own: the window does not wait for it.
        pub(super) fn found() -> Self {
            let there = Arc::new(AtomicBool::new(false));
            let found = there.clone();
            std::thread::spawn(move || {
                found.store(Entry::store_status().is_ok(), Ordering::Relaxed);
            });
            Session(there)
        }
    }

    impl Keychain for Session {
        fn is_there(&self) -> bool {
            self.0.load(Ordering::Relaxed)
        }

        fn asks_the_person(&self) -> bool {
            false
        }

        fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
            match entry(name)?.get_secret() {
                Ok(secret) => Ok(Some(Zeroizing::new(secret))),
                Err(Error::NoEntry) => Ok(None),
                Err(error) => Err(told(&error)),
            }
        }

        fn write(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
            entry(name)?
                .set_secret(secret)
                .map_err(|error| told(&error))
        }

        fn remove(&self, name: &str) -> Result<(), KeychainError> {
            match entry(name)?.delete_credential() {
                Ok(()) | Err(Error::NoEntry) => Ok(()),
                Err(error) => Err(told(&error)),
            }
        }
    }

    fn entry(name: &str) -> Result<Entry, KeychainError> {
        Entry::new(SERVICE, name).map_err(|error| told(&error))
    }

    const fn told(error: &Error) -> KeychainError {
        match error {
            Error::NoDefaultStore | Error::PlatformFailure(_) => KeychainError::Absent,
            Error::NoStorageAccess(_) => KeychainError::Refused,
            _ => KeychainError::Failed,
        }
    }
}
