//! Random bytes from the operating system.

use consent_token::id::Jti;

use crate::AgencyError;

/// `N` random bytes.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], AgencyError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| AgencyError::Randomness)?;
    Ok(bytes)
}

/// A fresh id.
pub(crate) fn jti() -> Result<Jti, AgencyError> {
    bytes().map(Jti::from_bytes)
}
