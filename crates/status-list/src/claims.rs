//! The claims of a status list token (draft-ietf-oauth-status-list, Status List Token in JWT Format) and
//! the checks that come after its signature. A list past its `exp` never answers: no clock skew is given there.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Encoded, StatusListError};

/// How far in the future `iat` may lie, in seconds.
pub const CLOCK_SKEW: i64 = 60;

/// Why the claims were refused. In every case nothing is known about the token's status, and the answer is no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ClaimsError {
    /// `sub` is not the URI that the consent token names: the server sent another list.
    #[error("the status list is another one")]
    WrongSubject,
    /// `iat` lies in the future by more than [`CLOCK_SKEW`], or after the time asked about.
    #[error("the status list is issued in the future")]
    NotYetIssued,
    /// `exp` is past: fetch a fresh list.
    #[error("the status list has expired")]
    Expired,
    /// `exp` is not after `iat`.
    #[error("the status list expires before it is issued")]
    EmptyLifetime,
    /// `ttl` is zero.
    #[error("the status list's time to live is not positive")]
    BadTimeToLive,
    /// The list inside was refused.
    #[error(transparent)]
    List(#[from] StatusListError),
}

/// The payload of a status list token. Times are Unix seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusListClaims {
    /// Who issued the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iss: Option<String>,
    /// The URI of the list, as tokens name it.
    pub sub: String,
    /// When the list was issued.
    pub iat: i64,
    /// When the list expires. The draft recommends it; here a list without it is refused.
    pub exp: i64,
    /// For how many seconds the list may be kept before a fresh one is fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ttl: Option<u64>,
    /// The list.
    pub status_list: Encoded,
}

/// How long a list that was fetched and checked may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Freshness {
    /// Until when it is fresh: the time it was fetched plus `ttl`, never after `expires`.
    pub fresh_until: i64,
    /// From this second on it must not be used at all.
    pub expires: i64,
}

impl Freshness {
    /// Whether the list needs no fetching at `now`.
    pub fn is_fresh(&self, now: i64) -> bool {
        now < self.fresh_until
    }

    /// Whether the list may answer at `now`, even if a fresh one could not be fetched.
    pub fn is_usable(&self, now: i64) -> bool {
        now < self.expires
    }
}

impl StatusListClaims {
    /// Checks the list just fetched at `now` for the URI `uri`, after its signature has been verified.
    ///
    /// # Errors
    /// Every [`ClaimsError`] but [`ClaimsError::List`].
    pub fn check(&self, uri: &str, now: i64) -> Result<Freshness, ClaimsError> {
        self.check_form(uri)?;
        if self.iat > now.saturating_add(CLOCK_SKEW) {
            return Err(ClaimsError::NotYetIssued);
        }
        if now >= self.exp {
            return Err(ClaimsError::Expired);
        }
        Ok(Freshness {
            fresh_until: self.refresh_at(now),
            expires: self.exp,
        })
    }

    /// Checks a list that was asked for with `?time=` (the draft's historical resolution): the time must
    /// lie in the list's lifetime, because a server may ignore the question and send its newest list.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn check_historical(&self, uri: &str, time: i64) -> Result<(), ClaimsError> {
        self.check_form(uri)?;
        if time < self.iat {
            return Err(ClaimsError::NotYetIssued);
        }
        if time >= self.exp {
            return Err(ClaimsError::Expired);
        }
        Ok(())
    }

    fn check_form(&self, uri: &str) -> Result<(), ClaimsError> {
        if self.sub != uri {
            return Err(ClaimsError::WrongSubject);
        }
        if self.exp <= self.iat {
            return Err(ClaimsError::EmptyLifetime);
        }
        match self.ttl {
            Some(0) => Err(ClaimsError::BadTimeToLive),
            _ => Ok(()),
        }
    }

    fn refresh_at(&self, now: i64) -> i64 {
        let ttl = self.ttl.map(|ttl| i64::try_from(ttl).unwrap_or(i64::MAX));
        ttl.map_or(self.exp, |ttl| now.saturating_add(ttl).min(self.exp))
    }
}
