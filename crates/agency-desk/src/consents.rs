//! Every consent that was given to the agency, and every act on it, in memory: made from the verifier's events
//! alone, in the order of the log. Searching and paging thousands asks nobody.

mod consent;
mod find;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use consent_token::id::{Jti, UnixSeconds};
use protocol::api::AgencyEvent;

pub(crate) use consent::{Act, Consent};
pub(crate) use find::{Owing, shown as owed};

/// The index.
#[derive(Debug, Default)]
pub(crate) struct Consents {
    kept: HashMap<Jti, Consent>,
    last: Option<u64>,
}

impl Consents {
    /// The log index of the last event that was taken in.
    pub(crate) fn last(&self) -> Option<u64> {
        self.last
    }

    /// Takes an event in; whether it was news. One without a token that holds is left out.
    pub(crate) fn apply(&mut self, event: &AgencyEvent) -> bool {
        if self.last.is_some_and(|last| event.index <= last) {
            return false;
        }
        self.last = Some(event.index);
        match self.kept.get_mut(&event.grant) {
            Some(consent) => consent.apply(event),
            None => {
                if let Some(consent) = Consent::begin(event) {
                    self.kept.insert(event.grant, consent);
                }
            }
        }
        true
    }

    pub(crate) fn get(&self, grant: &Jti) -> Option<&Consent> {
        self.kept.get(grant)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Jti, &Consent)> {
        self.kept.iter()
    }

    /// Every act of the agency's staff, with the grant that it is on.
    pub(crate) fn staff_acts(&self) -> impl Iterator<Item = (&Jti, &Consent, &Act)> {
        self.kept.iter().flat_map(|(grant, consent)| {
            let own = consent.acts.iter().filter(|act| act.actor().is_some());
            own.map(move |act| (grant, consent, act))
        })
    }
}

/// Seconds of a log time.
pub(crate) fn seconds(at: protocol::UnixMillis) -> i64 {
    at.as_seconds().as_i64()
}

/// A moment as it is told.
pub(crate) fn moment(at: UnixSeconds) -> i64 {
    at.as_i64()
}
