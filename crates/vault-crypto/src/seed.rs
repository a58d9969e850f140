//! The wallet seed and what is derived from it (PROTOCOL.md section 1): HKDF-SHA256 (RFC 5869),
//! one key per scope, so that two agencies cannot link a citizen by a key.

use core::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::secret::secret_32;
use crate::{DerivedSecret, RecoveryPhrase};

secret_32! {
    /// The 32 random bytes that every holder key of a wallet comes from.
    WalletSeed
}

impl WalletSeed {
    /// Writes the seed as 24 words.
    #[must_use]
    pub fn to_phrase(&self) -> RecoveryPhrase {
        RecoveryPhrase::from_seed(self)
    }
}

/// HKDF salt of every derivation from the wallet seed.
const SALT: &[u8] = b"assent/1";

/// Derives the Ed25519 seed of the holder key for `scope`: an agency id, or a circle id.
#[must_use]
pub fn derive_holder_signing_seed(seed: &WalletSeed, scope: &str) -> DerivedSecret {
    derive(seed, &[b"holder-signing:", scope.as_bytes()])
}

/// Derives the input of HPKE `DeriveKeyPair` (RFC 9180 section 7.1.3) for `scope`.
#[must_use]
pub fn derive_holder_kem_ikm(seed: &WalletSeed, scope: &str) -> DerivedSecret {
    derive(seed, &[b"holder-kem:", scope.as_bytes()])
}

fn derive(seed: &WalletSeed, info: &[&[u8]]) -> DerivedSecret {
    DerivedSecret::from_bytes(hkdf_sha256(seed.expose_secret(), SALT, info))
}

/// HKDF-SHA256 with 32 bytes of output; `info` is the concatenation of its parts.
pub(crate) fn hkdf_sha256(ikm: &[u8], salt: &[u8], info: &[&[u8]]) -> [u8; 32] {
    let mut okm = [0; 32];
    Hkdf::<Sha256>::new(Some(salt), ikm)
        .expand_multi_info(info, &mut okm)
        .expect("32 bytes is one block, far below the limit of 255");
    okm
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_and_uses_never_share_a_key() {
        let seed = WalletSeed::from_bytes([9; 32]);
        let a = derive_holder_signing_seed(&seed, "https://fire.county.example");
        let b = derive_holder_signing_seed(&seed, "https://police.county.example");
        let c = derive_holder_kem_ikm(&seed, "https://fire.county.example");
        assert_ne!(a, b);
        assert_ne!(a, c);
        assert_eq!(
            a,
            derive_holder_signing_seed(&seed, "https://fire.county.example")
        );
    }
}
