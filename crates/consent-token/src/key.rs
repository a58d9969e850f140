//! Ed25519 keys (RFC 8032) and their names (RFC 7638, RFC 8037, RFC 9278). Verification gives the
//! verdict of `verify_strict`: no small-order and no non-canonical key or signature is ever good.

mod jwk;
mod strict;
mod thumbprint;

use std::fmt;

use ed25519_dalek::{Signer as _, Verifier as _};
use zeroize::{Zeroize as _, Zeroizing};

pub(crate) use jwk::ClosedJwk;
pub use jwk::Jwk;
pub use thumbprint::{HolderUri, Thumbprint};

/// Why a key or a signature is not good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// Not a point of the curve in its one canonical encoding, or one of small order; whoever gave
    /// the key must give another.
    #[error("not a usable Ed25519 public key")]
    UnusableKey,
    /// The signature is not that of this key over these bytes.
    #[error("the signature does not fit")]
    BadSignature,
}

/// A public key that is safe to verify with: canonical and not of small order.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicKey(ed25519_dalek::VerifyingKey);

impl PublicKey {
    /// The key in these 32 bytes (RFC 8032 section 5.1.2).
    ///
    /// # Errors
    /// [`KeyError::UnusableKey`].
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        if !strict::is_canonical(bytes) || strict::has_small_order(bytes) {
            return Err(KeyError::UnusableKey);
        }
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes);
        key.map(Self).map_err(|_| KeyError::UnusableKey)
    }

    /// The 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// The key as a JWK.
    #[must_use]
    pub fn jwk(&self) -> Jwk {
        Jwk::from_bytes(*self.as_bytes())
    }

    /// The key's RFC 7638 thumbprint, which is its `kid` everywhere.
    #[must_use]
    pub fn thumbprint(&self) -> Thumbprint {
        Thumbprint::of_ed25519(self.as_bytes())
    }

    /// Checks a signature over a message.
    ///
    /// The verdict is that of `verify_strict` at the price of `verify`: that one compares the
    /// encoding of `R` byte by byte, which leaves only small orders to look for.
    ///
    /// # Errors
    /// [`KeyError::BadSignature`].
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), KeyError> {
        let signature = ed25519_dalek::Signature::from_bytes(signature);
        if strict::has_small_order(signature.r_bytes()) {
            return Err(KeyError::BadSignature);
        }
        self.0
            .verify(message, &signature)
            .map_err(|_| KeyError::BadSignature)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.jwk().x())
    }
}

/// A private key. It is not copied, not printed and not serialised, and its memory is cleared.
pub struct SigningKey {
    key: ed25519_dalek::SigningKey,
    thumbprint: Thumbprint,
}

impl SigningKey {
    /// The key of this seed (RFC 8032 section 5.1.5), 32 bytes that were random or derived.
    #[must_use]
    pub fn from_seed(mut seed: [u8; 32]) -> Self {
        let key = ed25519_dalek::SigningKey::from_bytes(&seed);
        seed.zeroize();
        let thumbprint = Thumbprint::of_ed25519(key.verifying_key().as_bytes());
        Self { key, thumbprint }
    }

    /// The secret seed, to be written to a key file or a vault and nowhere else.
    #[must_use]
    pub fn expose_seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.key.to_bytes())
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.key.verifying_key())
    }

    /// The thumbprint of the public half.
    #[must_use]
    pub const fn thumbprint(&self) -> Thumbprint {
        self.thumbprint
    }

    /// The RFC 9278 name of the public half.
    #[must_use]
    pub const fn holder_uri(&self) -> HolderUri {
        HolderUri(self.thumbprint)
    }

    /// Signs a message (RFC 8032 section 5.1.6); the same message has the same signature always.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({}, secret)", self.thumbprint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_does_not_print_its_secret() {
        let key = SigningKey::from_seed([42; 32]);
        let printed = format!("{key:?}");
        assert!(printed.contains(&key.thumbprint().to_string()));
        assert!(!printed.contains("42"));
        assert_eq!(*key.expose_seed(), [42; 32]);
    }

    #[test]
    fn one_changed_bit_spoils_a_signature() {
        let key = SigningKey::from_seed([1; 32]);
        let (message, mut signature) = (b"message", key.sign(b"message"));
        assert_eq!(key.public().verify(message, &signature), Ok(()));
        signature[63] ^= 1;
        assert_eq!(
            key.public().verify(message, &signature),
            Err(KeyError::BadSignature)
        );
    }
}
