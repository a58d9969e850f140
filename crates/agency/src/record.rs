//! What the agency's software remembers of its own doing, in the agency's folder and for its owner alone:
//! openings that may be used again, what it read and owes to delete, how new what it read was, and attempts that
//! were refused. No personal data: the data themselves are not kept here.

use std::{collections::BTreeMap, path::PathBuf};

use consent_token::{
    id::{Jti, UnixSeconds},
    term::IsoDuration,
};
use protocol::share::{Part, ShareError};
use serde::{Deserialize, Serialize};

use crate::{AgencyError, Identity, Opened, files};

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
    /// The openings of the last two hours, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    opened: Vec<Opening>,
    /// The `seq` of the newest share that was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    newest_share: Option<u64>,
    /// The `seq` of the newest locator that was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    newest_locator: Option<u64>,
}

/// An opening that is on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// For which incident.
    pub incident: String,
    /// Who opened.
    pub actor: String,
    /// Why.
    pub reason: String,
    /// When it was recorded.
    pub at: UnixSeconds,
    /// Its statement.
    pub statement: String,
}

/// Which opening is looked for: by whom and why does not matter where it is not said.
#[derive(Clone, Copy, Debug)]
pub struct Sought<'a> {
    /// For which incident.
    pub incident: &'a str,
    /// Who opened.
    pub actor: Option<&'a str>,
    /// Why.
    pub reason: Option<&'a str>,
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

    /// The statement of such an opening, the last one, that is good for some time yet.
    #[must_use]
    pub fn opening(&self, grant: &Jti, sought: &Sought<'_>, now: UnixSeconds) -> Option<&str> {
        let opening = self.find(grant, sought, now)?;
        Some(opening.statement.as_str())
    }

    fn find(&self, grant: &Jti, sought: &Sought<'_>, now: UnixSeconds) -> Option<&Opening> {
        let opened = self.kept.grants.get(grant)?.opened.iter();
        let mut fits = opened.filter(|one| one.is_good(now) && sought.fits(one));
        fits.next_back()
    }

    /// Remembers that something was read, and for how long it may be kept.
    ///
    /// # Errors
    /// [`ShareError::Older`] where a newer one was read before: it must not be used, and nothing is remembered.
    /// [`AgencyError::File`].
    pub fn read(&mut self, opened: &Opened, now: UnixSeconds) -> Result<(), AgencyError> {
        let claims = opened.token.claims();
        self.change(|kept| {
            let held = kept.grants.entry(claims.jti).or_default();
            held.is_newest(opened)?;
            held.keep(&claims.consent.retention, now);
            Ok(())
        })
    }

    /// Remembers how new something is that the software fetched and nobody looked at.
    ///
    /// # Errors
    /// As [`Record::read`].
    pub fn fetched(&mut self, opened: &Opened) -> Result<(), AgencyError> {
        let grant = opened.token.claims().jti;
        self.change(|kept| kept.grants.entry(grant).or_default().is_newest(opened))
    }

    /// Remembers that another agency handed something on, and for how long it may be kept.
    ///
    /// # Errors
    /// [`AgencyError::File`].
    pub fn received(
        &mut self,
        grant: Jti,
        retention: &IsoDuration,
        now: UnixSeconds,
    ) -> Result<(), AgencyError> {
        self.change(|kept| {
            kept.grants.entry(grant).or_default().keep(retention, now);
            Ok(())
        })
    }

    /// Remembers an opening, and forgets those that are over.
    ///
    /// # Errors
    /// [`AgencyError::File`].
    pub fn opened(&mut self, grant: Jti, opening: Opening) -> Result<(), AgencyError> {
        self.change(|kept| {
            let opened = &mut kept.grants.entry(grant).or_default().opened;
            opened.retain(|one| one.is_good(opening.at) && one.statement != opening.statement);
            opened.push(opening);
            Ok(())
        })
    }

    /// Until when such an opening is good; none where there is none, or it is over.
    #[must_use]
    pub fn open_until(
        &self,
        grant: &Jti,
        sought: &Sought<'_>,
        now: UnixSeconds,
    ) -> Option<UnixSeconds> {
        self.find(grant, sought, now).map(Opening::until)
    }

    /// Remembers that the consent was taken back: from now on nothing of it may be used again.
    pub(crate) fn revoked(&mut self, grant: Jti, at: UnixSeconds) -> Result<(), AgencyError> {
        self.change(|kept| {
            let held = kept.grants.entry(grant).or_default();
            held.revoked_at = Some(at);
            held.opened.clear();
            Ok(())
        })
    }

    /// Remembers that the agency stated that it deleted.
    ///
    /// # Errors
    /// [`AgencyError::File`].
    pub fn erased(&mut self, grant: Jti, at: UnixSeconds) -> Result<(), AgencyError> {
        self.change(|kept| {
            kept.grants.entry(grant).or_default().erased_at = Some(at);
            Ok(())
        })
    }

    /// Remembers how far the events were dealt with.
    pub(crate) fn dealt_with(&mut self, index: u64) -> Result<(), AgencyError> {
        // Another program may have come further, and has dealt with all that is before.
        self.change(|kept| {
            kept.last_event = kept.last_event.max(Some(index));
            Ok(())
        })
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

    /// Changes what is kept as it is now, whoever else works in the folder. What is refused changes nothing.
    fn change(
        &mut self,
        change: impl FnOnce(&mut Kept) -> Result<(), AgencyError>,
    ) -> Result<(), AgencyError> {
        let _alone = files::lock(&self.dir)?;
        let path = self.dir.join(FILE);
        self.kept = files::read_json(&path)?.unwrap_or_default();
        change(&mut self.kept)?;
        files::write_private_json(&path, &self.kept)
    }
}

impl Opening {
    fn until(&self) -> UnixSeconds {
        self.at.plus(OPENING_SECONDS)
    }

    fn is_good(&self, now: UnixSeconds) -> bool {
        now < self.until()
    }
}

impl Sought<'_> {
    fn fits(&self, opening: &Opening) -> bool {
        opening.incident == self.incident
            && self.actor.is_none_or(|actor| opening.actor == actor)
            && self.reason.is_none_or(|reason| opening.reason == reason)
    }
}

impl Held {
    /// Refuses what is older than what was read before; the number stays when the data goes.
    fn is_newest(&mut self, opened: &Opened) -> Result<(), AgencyError> {
        let newest = match opened.part {
            Part::Whole => &mut self.newest_share,
            Part::Locator => &mut self.newest_locator,
        };
        if *newest > Some(opened.announced.seq) {
            return Err(ShareError::Older.into());
        }
        *newest = Some(opened.announced.seq);
        Ok(())
    }

    fn keep(&mut self, retention: &IsoDuration, now: UnixSeconds) {
        self.read_at = Some(now);
        self.erased_at = None;
        self.keep_until = retention.after(now);
    }

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
