//! The part of the check that needs to know who asks, when and for what: from `wrong_audience` to
//! `data_not_covered`. The status comes after it.

use super::VerifiedToken;
use crate::id::{AgencyId, UnixSeconds};
use crate::key::Thumbprint;
use crate::{CLOCK_SKEW_SECONDS, Refusal};

/// How an agency stands in the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It is not there.
    Unknown,
    /// It is there and suspended.
    Suspended,
    /// It is admitted.
    Active,
}

/// Who asks, when and for what.
#[derive(Clone, Copy, Debug)]
pub struct Expectation<'a> {
    /// The time now.
    pub now: UnixSeconds,
    /// The agency that asks.
    pub audience: &'a AgencyId,
    /// How that agency stands in the registry.
    pub standing: Standing,
    /// The key that the caller has proven, and those that it succeeds in the registry. None is as
    /// good as the wrong one.
    pub caller_keys: &'a [Thumbprint],
    /// The purpose asked for, where one is.
    pub purpose: Option<&'a str>,
    /// The data paths asked for, where some are.
    pub datatypes: &'a [&'a str],
}

impl VerifiedToken {
    /// Checks the token against who asks. A *yes* is complete only with the status.
    ///
    /// With 60 seconds of skew, a token is good from `nbf - 60` on, and no longer at `exp + 60`:
    /// RFC 7519 refuses at `exp` itself.
    ///
    /// # Errors
    /// The first of [`Refusal::WrongAudience`], [`Refusal::NotYetValid`], [`Refusal::Expired`],
    /// [`Refusal::UnknownAgency`], [`Refusal::AgencySuspended`], [`Refusal::WrongAgencyKey`],
    /// [`Refusal::PurposeNotCovered`] and [`Refusal::DataNotCovered`].
    pub fn check(&self, expected: &Expectation<'_>) -> Result<(), Refusal> {
        let claims = self.claims();
        require(claims.aud == *expected.audience, Refusal::WrongAudience)?;
        check_time(claims.nbf, claims.exp, expected.now)?;
        check_standing(expected.standing)?;
        require(
            expected.caller_keys.contains(&claims.jkt),
            Refusal::WrongAgencyKey,
        )?;
        let consent = &claims.consent;
        require(
            expected
                .purpose
                .is_none_or(|purpose| consent.covers_purpose(purpose)),
            Refusal::PurposeNotCovered,
        )?;
        require(
            expected
                .datatypes
                .iter()
                .all(|path| consent.covers_path(path)),
            Refusal::DataNotCovered,
        )
    }
}

/// Good from `start - 60` up to, and without, `end + 60`.
pub(crate) fn check_time(
    start: UnixSeconds,
    end: UnixSeconds,
    now: UnixSeconds,
) -> Result<(), Refusal> {
    require(
        now.since(start) >= -CLOCK_SKEW_SECONDS,
        Refusal::NotYetValid,
    )?;
    require(now.since(end) < CLOCK_SKEW_SECONDS, Refusal::Expired)
}

pub(crate) fn check_standing(standing: Standing) -> Result<(), Refusal> {
    match standing {
        Standing::Unknown => Err(Refusal::UnknownAgency),
        Standing::Suspended => Err(Refusal::AgencySuspended),
        Standing::Active => Ok(()),
    }
}

pub(crate) fn require(holds: bool, refusal: Refusal) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(refusal) }
}
