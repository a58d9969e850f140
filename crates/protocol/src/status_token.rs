//! Status list tokens (PROTOCOL section 3; draft-ietf-oauth-status-list section 5.1), signed and checked.

use consent_token::{
    id::UnixSeconds,
    jws::{Compact, JwsError},
    key::{PublicKey, SigningKey},
};
use status_list::{Bits, ClaimsError, Freshness, StatusList, StatusListClaims};

use crate::{entry::SLOTS_PER_LIST, signing};

/// `typ` of a status list token.
pub const STATUS_LIST_TYP: &str = "statuslist+jwt";
/// Media type of a status list token.
pub const STATUS_LIST_MEDIA_TYPE: &str = "application/statuslist+jwt";
/// A list of 2^20 slots of 2 bits, uncompressed.
pub const STATUS_LIST_BYTES: usize = SLOTS_PER_LIST as usize / 4;
/// A status list token's size at most: incompressible bits in base64, with room for the claims.
pub const STATUS_LIST_TOKEN_MAX_BYTES: usize = STATUS_LIST_BYTES * 2;

/// A status list whose signature and claims held.
#[derive(Clone, Debug)]
pub struct VerifiedList {
    /// The claims, times included.
    pub claims: StatusListClaims,
    /// The bits.
    pub list: StatusList,
    /// How long it may be used.
    pub freshness: Freshness,
}

/// Why a status list token is refused; the consent is then `status_unavailable`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StatusTokenError {
    /// Not a compact JWS, not of the right `typ`, or not signed by the verifier.
    #[error("the status list is not signed by the verifier: {0}")]
    Signature(#[from] JwsError),
    /// The payload is not a status list token's.
    #[error("the status list cannot be read: {0}")]
    Malformed(String),
    /// The claims or the compressed list do not hold.
    #[error("the status list does not hold: {0}")]
    List(#[from] ClaimsError),
    /// It has 1, 4 or 8 bits a slot, or not 2^20 slots.
    #[error("the status list is not one of 2^20 slots of 2 bits")]
    OtherShape,
}

/// Signs a status list token.
#[must_use]
pub fn sign(claims: &StatusListClaims, key: &SigningKey) -> String {
    signing::sign(STATUS_LIST_TYP, claims, key)
}

/// Verifies a status list token for `uri`, fresh at `now`.
///
/// # Errors
/// [`StatusTokenError`]; with any of them there is no status, and so no yes.
pub fn verify(
    compact: &str,
    uri: &str,
    keys: &[PublicKey],
    now: UnixSeconds,
) -> Result<VerifiedList, StatusTokenError> {
    let jws = Compact::parse(compact, STATUS_LIST_TOKEN_MAX_BYTES)?;
    jws.expect_typ(STATUS_LIST_TYP)?;
    signing::verify_with_one_of(&jws, keys)?;
    let claims: StatusListClaims =
        signing::claims(&jws).map_err(|e| StatusTokenError::Malformed(e.to_string()))?;
    let freshness = claims.check(uri, now.as_i64())?;
    let list = open(&claims)?;
    Ok(VerifiedList {
        claims,
        list,
        freshness,
    })
}

/// The bits of a list whose claims were checked.
fn open(claims: &StatusListClaims) -> Result<StatusList, StatusTokenError> {
    if claims.status_list.bits != Bits::Two {
        return Err(StatusTokenError::OtherShape);
    }
    Ok(claims
        .status_list
        .decode_exact(SLOTS_PER_LIST.into())
        .map_err(ClaimsError::from)?)
}
