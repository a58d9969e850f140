//! Who looked: every access and every opening, whether a second person reviewed it, and what agencies
//! should have done by now.

use ::wallet::{Facts, LookKind, Looked, Owed, SecondPerson, words};
use profile::Lang;
use serde::Serialize;
use ts_rs::TS;

use super::{InLanguage, Nothing, grants};
use crate::{App, CommandError};

/// Everything that is known of who looked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Looks {
    /// The newest first.
    pub looks: Vec<Look>,
    /// The longest overdue first.
    pub overdue: Vec<Overdue>,
}

/// One look at the citizen's data, proven to be in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Look {
    /// The consent.
    pub grant: String,
    /// The agency's address.
    pub agency_id: String,
    /// Its name.
    pub agency: String,
    /// Of which kind.
    pub kind: LookedAs,
    /// When, in milliseconds.
    pub at: i64,
    /// Its place in the log.
    pub index: u64,
    /// Who at the agency, by its own name for them.
    pub actor: String,
    /// Why, in the agency's words.
    pub reason: String,
    /// What was looked at, by name.
    pub items: Vec<String>,
    /// The emergency.
    pub incident: Option<String>,
    /// The position at the agency.
    pub position: Option<String>,
    /// By which right, in words.
    pub basis: Option<String>,
    /// What a second person said.
    pub review: Option<LookReview>,
    /// The citizen was not shown it yet.
    pub new: bool,
}

/// A kind of look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LookedAs {
    /// Data that wait for an emergency were opened.
    Opening,
    /// Data that may be read at any time were read.
    Access,
}

/// The review by a second person that every opening owes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum LookReview {
    /// There was one.
    Reviewed {
        /// When, in milliseconds.
        at: i64,
        /// By whom, by the agency's own name for them.
        actor: String,
        /// `justified`, `unjustified` or `inconclusive`.
        finding: String,
    },
    /// There is time left.
    Due {
        /// Until when, in seconds.
        by: i64,
    },
    /// There was none, and the time is over.
    Overdue {
        /// Since when, in seconds.
        since: i64,
    },
}

/// Something that an agency should have done by now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Overdue {
    /// The consent.
    pub grant: String,
    /// The agency's name.
    pub agency: String,
    /// What.
    pub what: OwedWhat,
    /// Since when, in seconds.
    pub since: i64,
}

/// What an agency owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OwedWhat {
    /// To delete, because the consent was taken back.
    ErasureAfterRevocation,
    /// To delete, because the consent's time is over.
    ErasureAfterExpiry,
    /// To delete, because it may not be kept for longer.
    ErasureAfterRetention,
    /// To have an opening reviewed by a second person.
    Review,
}

impl App {
    /// Every look that is known and proven, and what agencies should have done by now.
    ///
    /// # Errors
    /// `locked`, and what the vault says.
    pub async fn looks_list(&self, ask: InLanguage) -> Result<Looks, CommandError> {
        let mut desk = self.desk().await;
        let wallet = desk.wallet()?;
        let mut looks = wallet.looked(None)?;
        looks.sort_by_key(|look| std::cmp::Reverse(look.index));
        let (lang, facts) = (ask.lang.into(), wallet.facts(ask.lang.into())?);
        let late = wallet.overdue()?;
        Ok(Looks {
            looks: looks
                .into_iter()
                .map(|look| told(look, &facts, lang))
                .collect(),
            overdue: late.iter().map(|owed| overdue(owed, &facts)).collect(),
        })
    }

    /// The citizen was shown all of it: nothing of it is new any more.
    ///
    /// # Errors
    /// `locked`, and what the vault says.
    pub async fn looks_seen(&self, _: Nothing) -> Result<Nothing, CommandError> {
        let mut desk = self.desk().await;
        let wallet = desk.wallet()?;
        let new = wallet.new_looks()?;
        wallet.mark_shown(&new)?;
        Ok(Nothing {})
    }
}

fn told(look: Looked, facts: &Facts, lang: Lang) -> Look {
    Look {
        grant: look.grant.to_string(),
        agency_id: look.agency.to_string(),
        agency: facts.name(&look.agency, &look.agency_name).to_owned(),
        kind: match look.kind {
            LookKind::Opening => LookedAs::Opening,
            LookKind::Access => LookedAs::Access,
        },
        at: look.at,
        index: look.index,
        actor: look.actor,
        reason: look.reason,
        items: look
            .datatypes
            .iter()
            .map(|path| grants::label(path, lang))
            .collect(),
        incident: look.incident,
        position: look.position,
        basis: look.basis.map(|iri| words::basis(&iri, lang).to_owned()),
        review: look.review.map(review),
        new: look.new,
    }
}

fn review(review: SecondPerson) -> LookReview {
    match review {
        SecondPerson::Reviewed { at, actor, finding } => {
            LookReview::Reviewed { at, actor, finding }
        }
        SecondPerson::Due { by } => LookReview::Due { by: by.as_i64() },
        SecondPerson::Overdue { since } => LookReview::Overdue {
            since: since.as_i64(),
        },
    }
}

pub(super) fn overdue(owed: &::wallet::Overdue, facts: &Facts) -> Overdue {
    Overdue {
        grant: owed.grant.to_string(),
        agency: facts.name(&owed.agency, &owed.agency_name).to_owned(),
        what: match owed.what {
            Owed::ErasureAfterRevocation => OwedWhat::ErasureAfterRevocation,
            Owed::ErasureAfterExpiry => OwedWhat::ErasureAfterExpiry,
            Owed::ErasureAfterRetention => OwedWhat::ErasureAfterRetention,
            Owed::Review { .. } => OwedWhat::Review,
        },
        since: owed.since.as_i64(),
    }
}
