//! Secrets as types: never cloned, never printed, wiped from memory when dropped, compared in
//! constant time.

use core::fmt;
use core::ops::{Deref, Range};

use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Defines a secret of 32 bytes with the habits every secret here has.
macro_rules! secret_32 {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Zeroize, ZeroizeOnDrop)]
        pub struct $name([u8; 32]);

        impl $name {
            /// Takes the secret's 32 bytes. The caller wipes its own copy.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 32]) -> Self {
                Self(bytes)
            }

            /// Shows the secret itself: for a cipher or a key derivation, never for a log.
            #[must_use]
            pub const fn expose_secret(&self) -> &[u8; 32] {
                &self.0
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.ct_eq(&other.0).into()
            }
        }

        impl Eq for $name {}

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(secret)"))
            }
        }
    };
}

pub(crate) use secret_32;

secret_32! {
    /// The random key that seals every row and the manifest of one vault.
    ///
    /// ```compile_fail
    /// let key = vault_crypto::VaultKey::from_bytes([0; 32]);
    /// let copy = key.clone(); // a secret has no copies
    /// ```
    VaultKey
}

secret_32! {
    /// A random secret that the device's keychain holds, so that the person need not type.
    DeviceKey
}

secret_32! {
    /// A secret derived from the wallet seed for one scope.
    DerivedSecret
}

/// Opened bytes: readable as a slice, wiped when dropped, never printed.
pub struct Plaintext {
    bytes: Zeroizing<Vec<u8>>,
    shown: Range<usize>,
}

impl Plaintext {
    /// Takes all of `bytes`.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        let shown = 0..bytes.len();
        Self {
            bytes: Zeroizing::new(bytes),
            shown,
        }
    }

    /// Shows only `range` of what is shown now; bytes outside stay owned and are wiped with the rest.
    /// A range that does not fit shows nothing.
    pub(crate) fn narrow(mut self, range: Range<usize>) -> Self {
        let fits = range.start <= range.end && range.end <= self.shown.len();
        self.shown = if fits {
            self.shown.start + range.start..self.shown.start + range.end
        } else {
            0..0
        };
        self
    }
}

impl Deref for Plaintext {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.bytes.get(self.shown.clone()).unwrap_or_default()
    }
}

impl AsRef<[u8]> for Plaintext {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl PartialEq for Plaintext {
    fn eq(&self, other: &Self) -> bool {
        self.ct_eq(other).into()
    }
}

impl Eq for Plaintext {}

impl fmt::Debug for Plaintext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Plaintext({} bytes)", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_never_shows_a_secret() {
        assert_eq!(
            format!("{:?}", VaultKey::from_bytes([7; 32])),
            "VaultKey(secret)"
        );
        assert_eq!(
            format!("{:?}", Plaintext::new(b"asthma".to_vec())),
            "Plaintext(6 bytes)"
        );
    }

    #[test]
    fn a_range_that_does_not_fit_shows_nothing() {
        let text = || Plaintext::new(b"abcdef".to_vec());
        assert_eq!(&*text().narrow(1..3), b"bc");
        assert_eq!(&*text().narrow(1..4).narrow(1..3), b"cd");
        assert_eq!(&*text().narrow(4..7), b"");
    }

    #[test]
    fn secrets_compare_by_value() {
        assert_eq!(
            DeviceKey::from_bytes([1; 32]),
            DeviceKey::from_bytes([1; 32])
        );
        assert_ne!(
            DeviceKey::from_bytes([1; 32]),
            DeviceKey::from_bytes([2; 32])
        );
    }
}
