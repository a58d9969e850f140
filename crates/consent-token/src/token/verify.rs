//! The part of the check that needs the token alone: from `too_large` to `bad_signature`.

use std::fmt;

use super::claims::{Claims, Wire};
use super::{TYP, Terms, check_terms};
use crate::id::Digest;
use crate::jws::{self, Compact};
use crate::key::{HolderUri, PublicKey};
use crate::{MAX_COMPACT_BYTES, Refusal};

/// A token whose form, terms and signature are good. Whether it may be used, by whom and for what,
/// is the next question: [`VerifiedToken::check`].
#[derive(Clone, PartialEq, Eq)]
pub struct VerifiedToken {
    compact: String,
    claims: Claims,
    holder: PublicKey,
}

impl VerifiedToken {
    /// What the token says.
    #[must_use]
    pub const fn claims(&self) -> &Claims {
        &self.claims
    }

    /// The digest of the whole token, computed at each call.
    #[must_use]
    pub fn digest(&self) -> Digest {
        jws::digest(&self.compact)
    }

    /// The token as it came.
    #[must_use]
    pub fn compact(&self) -> &str {
        &self.compact
    }

    /// The key that signed it.
    #[must_use]
    pub const fn holder_key(&self) -> &PublicKey {
        &self.holder
    }
}

impl AsRef<str> for VerifiedToken {
    fn as_ref(&self) -> &str {
        &self.compact
    }
}

impl fmt::Debug for VerifiedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifiedToken({})", self.claims.jti)
    }
}

/// Verifies a token as far as it goes by itself.
///
/// # Errors
/// The first of [`Refusal::TooLarge`], [`Refusal::Malformed`], [`Refusal::UnsupportedAlg`],
/// [`Refusal::WrongType`], [`Refusal::UnknownTerm`], [`Refusal::KeyMismatch`] and
/// [`Refusal::BadSignature`]. Claims have a shape only once the type is known: a JWS of another
/// algorithm or type is called that, and `malformed` only where it is not strict JSON.
pub fn verify(compact: &str, terms: &dyn Terms) -> Result<VerifiedToken, Refusal> {
    let jws = Compact::parse(compact, MAX_COMPACT_BYTES)?;
    jws.expect_typ(TYP)?;
    let kid = jws.kid().ok_or(Refusal::Malformed)?;
    let (sub, claims) = Wire::read(jws.payload())?.into_claims();
    claims.check_rules()?;
    check_terms(&claims.consent.purposes, &claims.consent.datatypes, terms)?;
    check_names(kid, sub, &claims)?;
    let holder = claims
        .sub_jwk
        .public_key()
        .map_err(|_| Refusal::BadSignature)?;
    jws.verify(&holder)?;
    Ok(VerifiedToken {
        compact: compact.into(),
        claims,
        holder,
    })
}

/// One key has four names, and they must agree before anything is spent on its signature.
fn check_names(kid: &str, sub: HolderUri, claims: &Claims) -> Result<(), Refusal> {
    let thumbprint = claims.sub_jwk.thumbprint();
    let named = kid.parse() == Ok(thumbprint);
    let agreed = named && claims.iss.thumbprint() == thumbprint && sub == claims.iss;
    agreed.then_some(()).ok_or(Refusal::KeyMismatch)
}
