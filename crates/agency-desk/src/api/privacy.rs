//! The privacy officer: what is processed, who looked how often, what is owed, and what is held about one grant.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Because, InBoth, ItemWords, Language, Role};

/// The record of processing activities (GDPR Article 30(1)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ProcessingRecord {
    /// The controller: its id.
    pub controller: String,
    /// Its name.
    pub name: InBoth,
    /// How it is reached.
    pub contact: Option<String>,
    /// Its privacy notice.
    pub privacy_url: Option<String>,
    /// How soon it deletes after a withdrawal, ISO 8601.
    pub erase_within: String,
    /// When this record was made, in seconds.
    pub made_at: i64,
    /// One entry for each purpose and legal basis.
    pub entries: Vec<ProcessingEntry>,
}

/// One processing activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ProcessingEntry {
    /// The purpose's code.
    pub purpose: String,
    /// Its name.
    pub label: String,
    /// Its DPV IRI.
    pub purpose_iri: String,
    /// The legal basis, a DPV IRI.
    pub basis: String,
    /// Categories of data.
    pub items: Vec<ItemWords>,
    /// People whose consent holds.
    pub people: u32,
    /// Consents that were given altogether.
    pub consents: u32,
    /// Recipients: agency ids.
    pub recipients: Vec<String>,
    /// The longest that what was read is kept, ISO 8601.
    pub retention: String,
    /// Readings and openings so far.
    pub readings: u32,
}

/// Which days.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
pub struct Days {
    /// How many days back from today; 30 unless given, 366 at most.
    pub days: Option<u32>,
    /// The language of the words.
    pub lang: Language,
}

/// Who looked how often.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Actors {
    /// The first day, `YYYY-MM-DD` in UTC.
    pub from: String,
    /// The last day.
    pub to: String,
    /// One row for each pseudonym, the busiest first.
    pub rows: Vec<ActorRow>,
    /// Above so many looks a row is far from the others: the median and three times the median of how far the
    /// rows are from it (Iglewicz and Hoaglin). None with fewer than five rows.
    pub unusual_above: Option<f64>,
}

/// What one member of staff looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ActorRow {
    /// The pseudonym.
    pub actor: String,
    /// Readings.
    pub reads: u32,
    /// Openings.
    pub openings: u32,
    /// Attempts that were refused.
    pub refused: u32,
    /// Different people looked at.
    pub people: u32,
    /// Outside 07:00 to 19:00 UTC.
    pub at_night: u32,
    /// Far from the others.
    pub unusual: bool,
    /// Readings and openings, a number for each day from `from` to `to`.
    pub daily: Vec<u32>,
}

/// Deletions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Deletions {
    /// What is owed, the most urgent first.
    pub owed: Vec<DeletionOwed>,
    /// What was confirmed, the newest first.
    pub confirmed: Vec<DeletionConfirmed>,
    /// How many of `owed` are overdue.
    pub overdue: u32,
}

/// A deletion that is owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DeletionOwed {
    /// Under which grant.
    pub grant: String,
    /// By when, in seconds.
    pub due: i64,
    /// That has passed.
    pub overdue: bool,
    /// Why.
    pub because: Because,
    /// When something was read last, in seconds.
    pub read_at: i64,
}

/// A deletion that was stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DeletionConfirmed {
    /// Under which grant.
    pub grant: String,
    /// When, in seconds.
    pub at: i64,
    /// How.
    pub method: String,
    /// Its index in the log.
    pub index: u64,
    /// When the consent was withdrawn, in seconds.
    pub withdrawn_at: Option<i64>,
    /// It came later than was promised.
    pub late: bool,
}

/// Finds out who a pseudonym is. It is on record who asked, and why.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ResolveActor {
    /// The pseudonym.
    pub actor: String,
    /// Why.
    pub reason: String,
}

/// Who a pseudonym is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ResolvedActor {
    /// The name to sign in with.
    pub user: String,
    /// The name as colleagues read it.
    pub name: String,
    /// What they may do.
    pub roles: Vec<Role>,
}

/// Gives a person what is held about one of their grants (GDPR Article 15), as a file.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SubjectAccess {
    /// The grant.
    pub grant: String,
    /// The person's request, for the record.
    pub reason: String,
}

/// Which lines of the journal.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
pub struct FindJournal {
    /// Only of this pseudonym.
    pub actor: Option<String>,
    /// Only about this grant.
    pub grant: Option<String>,
    /// How many to leave out, counted from the newest.
    pub offset: u32,
    /// How many at most; 100 unless given, 500 at most.
    pub limit: Option<u32>,
}

/// What was done at this console, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Journal {
    /// How many lines were found.
    pub total: u32,
    /// The lines.
    pub lines: Vec<JournalLine>,
}

/// One act at this console. It stays in the agency's folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JournalLine {
    /// When, in seconds.
    pub at: i64,
    /// Who: a pseudonym, `adr` for call-handling software, or nothing before somebody was known.
    pub actor: String,
    /// What: the name of the route.
    pub act: String,
    /// About which grant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub grant: Option<String>,
    /// About what else: an incident, a request, a user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub about: Option<String>,
    /// Why, in the words of who did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reason: Option<String>,
    /// The code, where it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub refused: Option<String>,
}
