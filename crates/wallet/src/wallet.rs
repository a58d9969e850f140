//! The wallet itself: an unlocked vault and the machine's clock and randomness. What it knows is in the
//! vault and nowhere else, so that it can stop at any moment.

use consent_token::{
    id::{Jti, UnixSeconds},
    key::SigningKey,
};
use vault::{Unlocked, derive_holder_signing_seed};

use crate::{Device, WalletError};

/// A citizen's wallet over an unlocked vault.
///
/// Methods that talk to the verifier take its client; all others work offline.
pub struct Wallet {
    pub(crate) vault: Unlocked,
    pub(crate) device: Box<dyn Device>,
}

impl Wallet {
    /// A wallet over `vault`.
    #[must_use]
    pub fn new(vault: Unlocked, device: Box<dyn Device>) -> Self {
        Wallet { vault, device }
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
        Ok(Jti::from_bytes(bytes))
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
