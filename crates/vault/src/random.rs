//! Random bytes from the operating system, the only source that keys and nonces come from.

use vault_crypto::SlotRandom;

use crate::VaultError;

/// Draws `N` random bytes.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| VaultError::Randomness)?;
    Ok(bytes)
}

/// Draws what a new slot needs.
pub(crate) fn slot() -> Result<SlotRandom, VaultError> {
    Ok(SlotRandom {
        salt: bytes()?,
        nonce: bytes()?,
    })
}
