//! The wallet itself: an unlocked vault and the machine's clock and randomness. What it knows is in the
//! vault and nowhere else, so that it can stop at any moment.

use consent_token::{
    id::{Jti, UnixSeconds},
    key::SigningKey,
};
use vault::{Unlocked, derive_holder_signing_seed};

use crate::{Device, Evidence, WalletError};

/// A citizen's wallet over an unlocked vault.
///
/// Methods that talk to the verifier take its client; all others work offline.
pub struct Wallet {
    pub(crate) vault: Unlocked,
    pub(crate) device: Box<dyn Device>,
    /// Findings of this round that the citizen had read before.
    pub(crate) found_again: Vec<Evidence>,
}

impl Wallet {
    /// A wallet over `vault`.
    #[must_use]
    pub fn new(vault: Unlocked, device: Box<dyn Device>) -> Self {
        Wallet {
            vault,
            device,
            found_again: Vec::new(),
        }
    }

    /// The vault, for backups, passphrases and checks.
    #[must_use]
    pub const fn vault(&self) -> &Unlocked {
        &self.vault
    }

    /// The vault, to change its passphrase or its devices.
    pub const fn vault_mut(&mut self) -> &mut Unlocked {
        &mut self.vault
    }

    /// Gives the vault back, to lock it.
    #[must_use]
    pub fn into_vault(self) -> Unlocked {
        self.vault
    }

    /// The machine's clock.
    pub fn now(&mut self) -> UnixSeconds {
        self.device.now()
    }

    /// A fresh id.
    pub(crate) fn fresh_id(&mut self) -> Result<Jti, WalletError> {
        let mut bytes = [0; 16];
        self.device.fill_random(&mut bytes)?;
        Ok(Jti::from_bytes(not_an_option(bytes)))
    }

    /// The holder's key for a scope: an agency's id or a circle's (PROTOCOL section 1).
    pub(crate) fn holder_key(&self, scope: &str) -> Result<SigningKey, WalletError> {
        let seed = self.vault.wallet_seed()?;
        Ok(SigningKey::from_seed(
            *derive_holder_signing_seed(&seed, scope).expose_secret(),
        ))
    }
}

impl std::fmt::Debug for Wallet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wallet")
            .field("vault", &self.vault)
            .finish_non_exhaustive()
    }
}

/// An id that began with a hyphen would be taken for an option on a command line.
const fn not_an_option(mut bytes: [u8; 16]) -> [u8; 16] {
    // In base64url a hyphen stands for the six bits 62.
    if bytes[0] >> 2 == 62 {
        bytes[0] ^= 0x80;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_id_begins_with_a_hyphen_and_others_stay() {
        for first in 0..=u8::MAX {
            let mut bytes = [7; 16];
            bytes[0] = first;
            let id = Jti::from_bytes(not_an_option(bytes));
            assert!(!id.to_string().starts_with('-'));
            let was_one = Jti::from_bytes(bytes).to_string().starts_with('-');
            assert_eq!(*id.as_bytes() == bytes, !was_one);
        }
    }
}
