//! What was done at this console, in a file that only grows. It is in the agency's folder and holds pseudonyms.

use std::sync::{Arc, Mutex};

use agency::{AgencyError, Identity};

use crate::{
    ApiError, Code,
    api::{FindJournal, Journal as Page, JournalLine},
};

const FILE: &str = "desk/journal.jsonl";
const PAGE: u32 = 100;
const PAGE_AT_MOST: u32 = 500;

/// The journal, as it is on the disk.
#[derive(Debug)]
pub(crate) struct Journal {
    agency: Arc<Identity>,
    lines: Mutex<Vec<JournalLine>>,
}

impl Journal {
    pub(crate) fn open(agency: Arc<Identity>) -> Result<Self, AgencyError> {
        let lines = Mutex::new(agency.lines_of(FILE)?);
        Ok(Journal { agency, lines })
    }

    /// Writes a line down. It is on the disk when this returns.
    pub(crate) fn write(&self, line: JournalLine) -> Result<(), ApiError> {
        let mut lines = self.lines.lock().map_err(|_| Code::Internal)?;
        self.agency.append_private(FILE, &line)?;
        lines.push(line);
        Ok(())
    }

    /// Lines, the newest first.
    pub(crate) fn find(&self, ask: &FindJournal) -> Page {
        let all = self.all();
        let fits = |line: &&JournalLine| {
            let is = |wanted: &Option<String>, own: &str| {
                wanted.as_ref().is_none_or(|wanted| wanted == own)
            };
            is(&ask.actor, &line.actor) && is(&ask.grant, line.grant.as_deref().unwrap_or_default())
        };
        let found: Vec<&JournalLine> = all.iter().rev().filter(fits).collect();
        let limit = ask.limit.unwrap_or(PAGE).min(PAGE_AT_MOST) as usize;
        Page {
            total: u32::try_from(found.len()).unwrap_or(u32::MAX),
            lines: found
                .into_iter()
                .skip(ask.offset as usize)
                .take(limit)
                .cloned()
                .collect(),
        }
    }

    /// Every line, the oldest first.
    pub(crate) fn all(&self) -> Vec<JournalLine> {
        self.lines
            .lock()
            .map(|lines| lines.clone())
            .unwrap_or_default()
    }
}
