//! Who looked (PROTOCOL sections 4 and 7): every opening and every access that an agency put on record,
//! openings first; whether a second person reviewed an opening; and which of them the citizen has not seen yet.

use std::collections::{BTreeMap, BTreeSet};

use consent_token::id::{AgencyId, Jti, UnixSeconds};
use serde::Serialize;

use crate::{Event, Grant, Wallet, WalletError, event::seconds_of, records};

/// Every opening owes a review by a second person within this many seconds: seven days.
const REVIEW_SECONDS: i64 = 7 * 86_400;

/// One look at the citizen's data, proven to be in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Looked {
    /// Under which consent.
    pub grant: Jti,
    /// Who: the agency.
    pub agency: AgencyId,
    /// Its name.
    pub agency_name: String,
    /// What kind of look.
    pub kind: LookKind,
    /// When, in milliseconds.
    pub at: i64,
    /// The entry's index in the log.
    pub index: u64,
    /// The id of the agency's statement.
    pub id: Jti,
    /// Who at the agency: a pseudonym that it can resolve.
    pub actor: String,
    /// Why.
    pub reason: String,
    /// What was looked at: what the agency named, or all that the consent covers for an opening.
    pub datatypes: Vec<String>,
    /// The emergency, for an opening.
    pub incident: Option<String>,
    /// The position at the agency, for an opening.
    pub position: Option<String>,
    /// The legal basis, for an opening: a DPV IRI.
    pub basis: Option<String>,
    /// What a second person said about an opening.
    pub review: Option<SecondPerson>,
    /// Whether the citizen has not been shown it yet.
    pub new: bool,
}

/// What kind of look it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LookKind {
    /// Data that wait for an emergency were opened.
    Opening,
    /// Data that may be read at any time were read.
    Access,
}

/// The review that every opening owes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SecondPerson {
    /// A second person has looked at it.
    Reviewed {
        /// When, in milliseconds.
        at: i64,
        /// Who: a pseudonym.
        actor: String,
        /// `justified`, `unjustified` or `inconclusive`.
        finding: String,
    },
    /// There is time left.
    Due {
        /// Until when.
        by: UnixSeconds,
    },
    /// Nobody has, and the time is over.
    Overdue {
        /// Since when.
        since: UnixSeconds,
    },
}

impl Wallet {
    /// Every look, of one consent or of all: openings before accesses, and the newest first.
    ///
    /// # Errors
    /// [`WalletError::Vault`] or [`WalletError::Record`].
    pub fn looked(&mut self, grant: Option<&Jti>) -> Result<Vec<Looked>, WalletError> {
        let now = self.device.now();
        let mut all = Vec::new();
        for one in self.grants()? {
            if grant.is_none_or(|wanted| *wanted == one.id) {
                let (events, shown) = (self.history(&one.id)?, self.shown(&one.id)?);
                all.extend(looks(&one, &events, &shown, now));
            }
        }
        all.sort_by_key(|look| (look.kind, std::cmp::Reverse(look.index)));
        Ok(all)
    }

    /// The looks that the citizen has not been shown yet; [`Wallet::mark_shown`] ends that.
    ///
    /// # Errors
    /// As [`Wallet::looked`].
    pub fn new_looks(&mut self) -> Result<Vec<Looked>, WalletError> {
        let mut looks = self.looked(None)?;
        looks.retain(|look| look.new);
        Ok(looks)
    }

    /// The citizen has been shown these: they are not new any more.
    ///
    /// # Errors
    /// [`WalletError::Vault`] or [`WalletError::Record`].
    pub fn mark_shown(&mut self, looks: &[Looked]) -> Result<(), WalletError> {
        let mut changed = BTreeMap::<Jti, BTreeSet<u64>>::new();
        for look in looks.iter().filter(|look| look.new) {
            changed.entry(look.grant).or_default().insert(look.index);
        }
        for (grant, shown) in &mut changed {
            shown.extend(self.shown(grant)?);
        }
        self.vault.transaction(|changes| {
            changed.iter().try_for_each(|(grant, shown)| {
                records::put(changes, records::SHOWN, &grant.to_string(), shown)
            })
        })
    }

    fn shown(&self, grant: &Jti) -> Result<BTreeSet<u64>, WalletError> {
        Ok(records::read(&self.vault, records::SHOWN, &grant.to_string())?.unwrap_or_default())
    }
}

/// The looks in one consent's history.
fn looks(grant: &Grant, events: &[Event], shown: &BTreeSet<u64>, now: UnixSeconds) -> Vec<Looked> {
    let look = |event: &Event| {
        let kind = kind_of(event)?;
        let opening = kind == LookKind::Opening;
        Some(Looked {
            grant: grant.id,
            agency: grant.agency.clone(),
            agency_name: grant.agency_name.clone(),
            kind,
            at: event.at,
            index: event.index,
            id: event.id,
            actor: event.actor.clone().unwrap_or_default(),
            reason: event.reason.clone().unwrap_or_default(),
            datatypes: if opening {
                grant.consent.datatypes.clone()
            } else {
                event.datatypes.clone()
            },
            incident: event.incident.clone(),
            position: event.position.clone(),
            basis: event.basis.clone(),
            review: opening.then(|| second_person(event, events, now)),
            new: !shown.contains(&event.index),
        })
    };
    events.iter().filter_map(look).collect()
}

/// Whether an event is a look, and of which kind.
pub(crate) fn kind_of(event: &Event) -> Option<LookKind> {
    match event.act.as_str() {
        "open" => Some(LookKind::Opening),
        "access" => Some(LookKind::Access),
        _ => None,
    }
}

/// The last review of an opening by somebody else counts; whoever opened cannot review it.
fn second_person(opening: &Event, events: &[Event], now: UnixSeconds) -> SecondPerson {
    let reviews = events.iter().filter(|event| {
        event.act == "review" && event.of == Some(opening.id) && event.actor != opening.actor
    });
    match reviews.max_by_key(|event| event.index) {
        Some(review) => SecondPerson::Reviewed {
            at: review.at,
            actor: review.actor.clone().unwrap_or_default(),
            finding: review.finding.clone().unwrap_or_default(),
        },
        None => {
            let by = seconds_of(opening.at).plus(REVIEW_SECONDS);
            if by <= now {
                SecondPerson::Overdue { since: by }
            } else {
                SecondPerson::Due { by }
            }
        }
    }
}
