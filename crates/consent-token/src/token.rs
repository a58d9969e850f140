//! Consent tokens (protocol section 2): sign, verify, and check against who asks. Each refusal is
//! the first failure in the order of that section.

mod check;
mod claims;
mod consent;
mod known;
mod verify;

pub use check::{Expectation, Standing};
pub use claims::{Claims, StatusRef, latest_exp};
pub use consent::{Circle, Consent, Notice};
pub use known::KnownTokens;
pub use verify::{VerifiedToken, verify};

pub(crate) use check::{check_standing, check_time, require};
pub(crate) use consent::{are_distinct, check_terms, is_proper_set};

use crate::jws::{self, Header};
use crate::key::SigningKey;
use crate::{MAX_COMPACT_BYTES, Refusal};

/// The `typ` of a consent token.
pub const TYP: &str = "consent+jwt";

/// The longest time from `nbf` to `exp`, in years of the calendar.
pub const MAX_YEARS: i64 = 5;

/// What the reader of a consent knows; a consent that names anything else is refused.
pub trait Terms {
    /// True for a purpose code of section 10.
    fn knows_purpose(&self, purpose: &str) -> bool;

    /// True for a data path of section 9.
    fn knows_path(&self, path: &str) -> bool;
}

/// Signs a token with the holder's key.
///
/// # Errors
/// What every reader would refuse is not signed: [`Refusal::Malformed`] for claims against a rule of
/// section 2, [`Refusal::KeyMismatch`] when they name another key, [`Refusal::TooLarge`].
pub fn sign(claims: &Claims, key: &SigningKey) -> Result<String, Refusal> {
    claims.check_rules()?;
    let own = claims.iss == key.holder_uri() && claims.sub_jwk == key.public().jwk();
    own.then_some(()).ok_or(Refusal::KeyMismatch)?;
    let compact = jws::sign(&Header::with_kid(TYP, key.thumbprint()), claims, key)?;
    (compact.len() <= MAX_COMPACT_BYTES)
        .then_some(compact)
        .ok_or(Refusal::TooLarge)
}
