//! What the agency's software remembers of its own doing, in the agency's folder and for its owner alone:
//! openings that may be used again, what it read and owes to delete, and attempts that were refused. No
//! personal data: the data themselves are not kept here.

use std::{collections::BTreeMap, path::PathBuf};

use consent_token::{
    id::{Jti, UnixSeconds},
    term::IsoDuration,
};
use serde::{Deserialize, Serialize};

use crate::{AgencyError, Identity, files};

const FILE: &str = "record.json";
const ATTEMPTS: &str = "attempts.jsonl";

/// How long an opening may be used again, in seconds (PROTOCOL section 4).
const OPENING_SECONDS: i64 = 2 * 60 * 60;

/// The agency's record.
#[derive(Debug)]
pub struct Record {
    dir: PathBuf,
    kept: Kept,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    /// The index of the last event that was dealt with.
    #[serde(default)]
    last_event: Option<u64>,
    #[serde(default)]
    grants: BTreeMap<Jti, Held>,
}

/// What is remembered of one grant.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Held {
    /// When something of it was read last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_at: Option<UnixSeconds>,
    /// Until when what was read may be kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_until: Option<UnixSeconds>,
    /// When the person took the consent back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<UnixSeconds>,
    /// When the agency stated that it deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased_at: Option<UnixSeconds>,
    /// Openings by incident.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    openings: BTreeMap<String, Opening>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Opening {
    at: UnixSeconds,
    statement: String,
}

/// A deletion that is owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Obligation {
    /// Under which grant.
    pub grant: Jti,
    /// By when.
    pub due: UnixSeconds,
    /// Whether that has passed.
    pub overdue: bool,
    /// `withdrawn` or `retention`.
    pub because: &'static str,
}

/// An attempt to read that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// When.
    pub at: UnixSeconds,
    /// Which grant.
    pub grant: String,
    /// `access` or `open`.
    pub act: String,
    /// The incident, where one was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<String>,
    /// Who.
    pub actor: String,
    /// The refusal's code.
    pub code: String,
}

impl Record {
    /// Reads the record in the agency's folder.
    ///
    /// # Errors
    /// [`AgencyError::File`] and [`AgencyError::Damaged`].
    pub fn open(agency: &Identity) -> Result<Self, AgencyError> {
        let dir = agency.dir().to_owned();
        let kept = files::read_json(&dir.join(FILE))?.unwrap_or_default();
        Ok(Record { dir, kept })
    }

    /// The index of the last event that was dealt with.
    #[must_use]
    pub fn last_event(&self) -> Option<u64> {
        self.kept.last_event
    }

    /// What is remembered of a grant.
    #[must_use]
    pub fn held(&self, grant: &Jti) -> Option<&Held> {
        self.kept.grants.get(grant)
    }

    /// What is to be deleted under one grant. `erase_within` is what the agency promised on admission.
    #[must_use]
    pub fn owed(
        &self,
        grant: &Jti,
        erase_within: &IsoDuration,
        now: UnixSeconds,
    ) -> Option<Obligation> {
        self.held(grant)?.owed(*grant, erase_within, now)
    }

    /// The statement of an opening for that incident that is good for some time yet.
    #[must_use]
    pub fn opening(&self, grant: &Jti, incident: &str, now: UnixSeconds) -> Option<&str> {
        let opening = self.kept.grants.get(grant)?.openings.get(incident)?;
        (now.since(opening.at) < OPENING_SECONDS).then_some(opening.statement.as_str())
    }

    /// Remembers that something was read, and for how long it may be kept.
    ///
    /// # Errors
    /// [`AgencyError::File`].
    pub fn read(
        &mut self,
        grant: Jti,
        retention: &IsoDuration,
        now: UnixSeconds,
    ) -> Result<(), AgencyError> {
        self.change(|kept| {
            let held = kept.grants.entry(grant).or_default();
            held.read_at = Some(now);
            held.erased_at = None;
            held.keep_until = retention.after(now);
        })
    }

    /// Remembers an opening.
    ///
    /// # Errors
    /// [`AgencyError::File`].
    pub fn opened(
        &mut self,
        grant: Jti,
        incident: &str,
        statement: &str,
        now: UnixSeconds,
    ) -> Result<(), AgencyError> {
        let opening = Opening {
            at: now,
            statement: statement.to_owned(),
        };
        self.change(|kept| {
            let held = kept.grants.entry(grant).or_default();
            held.openings.insert(incident.to_owned(), opening);
        })
    }

    /// Until when an opening for that incident is good; none where there is none, or it is over.
    #[must_use]
    pub fn open_until(&self, grant: &Jti, incident: &str, now: UnixSeconds) -> Option<UnixSeconds> {
        let opening = self.kept.grants.get(grant)?.openings.get(incident)?;
        let until = opening.at.plus(OPENING_SECONDS);
        (now < until).then_some(until)
    }

    /// Remembers that the consent was taken back: from now on nothing of it may be used again.
    pub(crate) fn revoked(&mut self, grant: Jti, at: UnixSeconds) -> Result<(), AgencyError> {
        self.change(|kept| {
            let held = kept.grants.entry(grant).or_default();
            held.revoked_at = Some(at);
            held.openings.clear();
        })
    }

    /// Remembers that the agency stated that it deleted.
    ///
    /// # Errors
    /// [`AgencyError::File`].
    pub fn erased(&mut self, grant: Jti, at: UnixSeconds) -> Result<(), AgencyError> {
        self.change(|kept| kept.grants.entry(grant).or_default().erased_at = Some(at))
    }

    /// Remembers how far the events were dealt with.
    pub(crate) fn dealt_with(&mut self, index: u64) -> Result<(), AgencyError> {
        // Another program may have come further, and has dealt with all that is before.
        self.change(|kept| kept.last_event = kept.last_event.max(Some(index)))
    }

    /// What is to be deleted, the most urgent first. `erase_within` is what the agency promised on admission.
    #[must_use]
    pub fn obligations(&self, erase_within: &IsoDuration, now: UnixSeconds) -> Vec<Obligation> {
        let mut owed: Vec<Obligation> = self
            .kept
            .grants
            .iter()
            .filter_map(|(grant, held)| held.owed(*grant, erase_within, now))
            .collect();
        owed.sort_by_key(|one| one.due);
        owed
    }

    /// Writes a refused attempt down; the file only grows.
    ///
    /// # Errors
    /// [`AgencyError::File`].
    pub fn refused(&self, attempt: &Attempt) -> Result<(), AgencyError> {
        files::append_line(&self.dir.join(ATTEMPTS), attempt)
    }

    /// Every refused attempt, the oldest first.
    ///
    /// # Errors
    /// [`AgencyError::File`] and [`AgencyError::Damaged`].
    pub fn attempts(&self) -> Result<Vec<Attempt>, AgencyError> {
        files::read_lines(&self.dir.join(ATTEMPTS))
    }

    /// Changes what is kept as it is now, whoever else works in the folder.
    fn change(&mut self, change: impl FnOnce(&mut Kept)) -> Result<(), AgencyError> {
        let _alone = files::lock(&self.dir)?;
        let path = self.dir.join(FILE);
        self.kept = files::read_json(&path)?.unwrap_or_default();
        change(&mut self.kept);
        files::write_private_json(&path, &self.kept)
    }
}

impl Held {
    fn owed(&self, grant: Jti, within: &IsoDuration, now: UnixSeconds) -> Option<Obligation> {
        self.read_at?;
        if self.erased_at.is_some() {
            return None;
        }
        let withdrawn = self.revoked_at.and_then(|at| within.after(at));
        let (due, because) = match (withdrawn, self.keep_until) {
            // Both were promised: the sooner one binds.
            (Some(due), keep) => (keep.map_or(due, |keep| due.min(keep)), "withdrawn"),
            (None, Some(keep)) => (keep, "retention"),
            (None, None) => return None,
        };
        Some(Obligation {
            grant,
            due,
            overdue: due <= now,
            because,
        })
    }
}
