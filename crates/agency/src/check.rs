//! Whether a consent holds, judged with no I/O (PROTOCOL section 2): the token by itself once, and who
//! asks, when and what its status is at every call.

mod view;

use std::sync::Arc;

use arc_swap::ArcSwap;
use consent_token::{
    Refusal,
    id::UnixSeconds,
    token::{self, KnownTokens, Terms as _, VerifiedToken},
};
use protocol::Version1;

use crate::AgencyError;

pub use view::{List, View};

/// What the agency wants to do under the consent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ask<'a> {
    /// The purpose, where one is at hand.
    pub purpose: Option<&'a str>,
    /// The data paths.
    pub datatypes: &'a [&'a str],
}

impl Ask<'_> {
    /// Whether a consent can cover it at all.
    ///
    /// # Errors
    /// [`AgencyError::UnknownTerm`] names a purpose or path that is none.
    pub fn check_terms(&self) -> Result<(), AgencyError> {
        let purpose = self.purpose.filter(|code| !Version1.knows_purpose(code));
        let mut paths = self.datatypes.iter().copied();
        let unknown = purpose.or_else(|| paths.find(|path| !Version1.knows_path(path)));
        unknown.map_or(Ok(()), |term| Err(AgencyError::UnknownTerm(term.into())))
    }
}

/// The consent holds.
#[derive(Clone, Debug)]
pub struct Yes {
    /// The token.
    pub token: Arc<VerifiedToken>,
    /// Until when the status is fresh; a later check should be made on a newer list.
    pub fresh_until: UnixSeconds,
    /// From when on the same list answers no more.
    pub good_until: UnixSeconds,
}

/// Judges tokens for one agency. Shared by threads; no call waits for the network or for a disk.
///
/// A token that was seen before is known by all of its text, so that its signature is not
/// checked again. Nothing else is remembered: audience, times, the agency's standing and keys, and the
/// status are looked at in every call, in what was published last.
#[derive(Debug)]
pub struct Checker {
    view: ArcSwap<View>,
    known: KnownTokens<VerifiedToken>,
}

impl Checker {
    /// A checker that judges by `view`.
    #[must_use]
    pub fn new(view: View) -> Self {
        Checker {
            view: ArcSwap::from_pointee(view),
            known: KnownTokens::default(),
        }
    }

    /// Judges by `view` from now on; a check that starts after this call sees nothing older.
    pub fn publish(&self, view: View) {
        self.view.store(Arc::new(view));
    }

    /// What is judged by now.
    #[must_use]
    pub fn view(&self) -> Arc<View> {
        self.view.load_full()
    }

    /// Checks a token at `now`.
    ///
    /// # Errors
    /// The first [`Refusal`] in the order of PROTOCOL section 2. [`Refusal::StatusUnavailable`] where there
    /// is no status list for the token, or only one past its `exp`: that is a *no*.
    pub fn check(&self, compact: &str, now: UnixSeconds, ask: &Ask<'_>) -> Result<Yes, Refusal> {
        let token = self.verified(compact)?;
        let view = self.view.load();
        token.check(&view.expectation(now, ask))?;
        let status = &token.claims().status;
        let freshness = view.check_status(status.uri.as_str(), status.idx, now)?;
        let moment = |seconds| UnixSeconds::new(seconds).unwrap_or(UnixSeconds::MIN);
        Ok(Yes {
            fresh_until: moment(freshness.fresh_until),
            good_until: moment(freshness.expires),
            token,
        })
    }

    /// Checks all but the status, for a caller who asks the verifier for it.
    ///
    /// # Errors
    /// The first [`Refusal`] up to [`Refusal::DataNotCovered`].
    pub fn check_token(
        &self,
        compact: &str,
        now: UnixSeconds,
        ask: &Ask<'_>,
    ) -> Result<Arc<VerifiedToken>, Refusal> {
        let token = self.verified(compact)?;
        token.check(&self.view.load().expectation(now, ask))?;
        Ok(token)
    }

    /// The token, from what is known or verified now.
    fn verified(&self, compact: &str) -> Result<Arc<VerifiedToken>, Refusal> {
        self.known
            .find_or_verify(compact, || token::verify(compact, &Version1))
    }
}

#[cfg(test)]
#[path = "check/tests.rs"]
mod tests;
