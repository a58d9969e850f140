//! The device's keychain, as far as the vault needs one: a place for 32 random bytes that only this person
//! on this device can read (PROTOCOL section 11, the third kind of slot).

use zeroize::Zeroizing;

/// Keeps one secret for each vault. Calls may block; they are never made on the window's thread.
pub trait Keychain: Send + Sync {
    /// Whether there is one that can be reached, as far as is known now. It answers at once.
    fn is_there(&self) -> bool;

    /// Whether reading asks the person to show that they are there, by finger, face or code. Only then it
    /// can stand in for the passphrase when something is signed.
    fn asks_the_person(&self) -> bool;

    /// The secret of that name; nothing where there is none.
    ///
    /// # Errors
    /// [`KeychainError`].
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError>;

    /// Keeps a secret under that name, in place of the one before.
    ///
    /// # Errors
    /// [`KeychainError`]; then nothing was kept.
    fn write(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError>;

    /// Forgets it. None of that name is no error.
    ///
    /// # Errors
    /// [`KeychainError`]; then it may still be there.
    fn remove(&self, name: &str) -> Result<(), KeychainError>;
}

/// Why the keychain did not do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeychainError {
    /// There is none on this device, or it is not running.
    #[error("this device has no keychain")]
    Absent,
    /// The person did not show that they are there.
    #[error("the device did not recognise the person")]
    Refused,
    /// It failed in another way.
    #[error("the device's keychain failed")]
    Failed,
}
