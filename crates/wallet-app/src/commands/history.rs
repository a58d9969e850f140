//! Who looked, what else happened, and which deletions are overdue.

use ::wallet::{By, Event, Grant, Wallet};
use consent_token::term::IsoDuration;
use jiff::{Span, SpanRelativeTo, Timestamp, Unit};
use profile::Lang;
use serde::Serialize;
use ts_rs::TS;

use super::{InLanguage, Language, Saved, grants};
use crate::{App, CommandError, paper};

/// Everything that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct History {
    /// The newest first.
    pub happened: Vec<Happened>,
    /// Deletions that are overdue.
    pub overdue: Vec<Overdue>,
}

/// One thing that happened to a consent, proven.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Happened {
    /// Its place in the public record, which is a name for it.
    pub index: u64,
    /// When, in milliseconds.
    pub at: i64,
    /// The consent.
    pub grant: String,
    /// The agency's name.
    pub agency: String,
    /// What.
    pub doing: Doing,
    /// Whether the citizen did it.
    pub own: bool,
    /// Why, in the agency's words.
    pub reason: Option<String>,
    /// What was looked at, by name.
    pub items: Vec<String>,
    /// Who at the agency, by its own name for them.
    pub actor: Option<String>,
    /// In which position.
    pub position: Option<String>,
    /// The emergency.
    pub incident: Option<String>,
    /// What a second person found.
    pub finding: Option<String>,
    /// How it was deleted.
    pub method: Option<String>,
}

/// What somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    /// The citizen gave the consent.
    Granted,
    /// The citizen took it back.
    Revoked,
    /// The citizen paused it.
    Suspended,
    /// The citizen resumed it.
    Resumed,
    /// The citizen asked for deletion.
    EraseRequested,
    /// The citizen's data was brought up to date.
    Shared,
    /// The agency looked.
    Looked,
    /// The agency opened it in an emergency.
    Opened,
    /// A second person checked an opening.
    Reviewed,
    /// The agency took note of the end.
    Acknowledged,
    /// The agency deleted what it had.
    Erased,
    /// Something that this program has no word for.
    Other,
}

/// A deletion that the agency owes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Overdue {
    /// The consent.
    pub grant: String,
    /// The agency's name.
    pub agency: String,
    /// Since when it is overdue, in milliseconds.
    pub since: i64,
}

impl App {
    /// Everything that happened to every consent, as far as it was fetched and proven.
    ///
    /// # Errors
    /// `locked`, and what the vault says.
    pub async fn history_list(&mut self, ask: InLanguage) -> Result<History, CommandError> {
        history(self.wallet()?, ask.lang.into())
    }

    /// Writes it as a table that a spreadsheet opens (RFC 4180).
    ///
    /// # Errors
    /// `storage`, `locked`.
    pub async fn history_export(&mut self, ask: InLanguage) -> Result<Saved, CommandError> {
        let history = history(self.wallet()?, ask.lang.into())?;
        let table = table(&history.happened, ask.lang);
        paper::save(self.papers()?, "history", "csv", table.as_bytes())
    }
}

pub(super) fn history(wallet: &mut Wallet, lang: Lang) -> Result<History, CommandError> {
    let (mut happened, mut overdue) = (Vec::new(), Vec::new());
    let now = wallet.now().as_i64() * 1000;
    for grant in wallet.grants()? {
        let events = wallet.history(&grant.id)?;
        overdue.extend(owed(&grant, &events, now));
        happened.extend(events.into_iter().map(|event| line(&grant, event, lang)));
    }
    happened.sort_by_key(|line| std::cmp::Reverse(line.index));
    Ok(History { happened, overdue })
}

fn line(grant: &Grant, event: Event, lang: Lang) -> Happened {
    Happened {
        index: event.index,
        at: event.at,
        grant: grant.id.to_string(),
        agency: grant.agency_name.clone(),
        doing: doing(&event.act),
        own: event.by == By::Holder,
        reason: event.reason,
        items: event
            .datatypes
            .iter()
            .map(|path| grants::label(path, lang))
            .collect(),
        actor: event.actor,
        position: event.position,
        incident: event.incident,
        finding: event.finding,
        method: event.method,
    }
}

fn doing(act: &str) -> Doing {
    match act {
        "grant" => Doing::Granted,
        "revoke" => Doing::Revoked,
        "suspend" => Doing::Suspended,
        "resume" => Doing::Resumed,
        "erase-request" => Doing::EraseRequested,
        "share" => Doing::Shared,
        "access" => Doing::Looked,
        "open" => Doing::Opened,
        "review" => Doing::Reviewed,
        "acknowledged" => Doing::Acknowledged,
        "erased" => Doing::Erased,
        _ => Doing::Other,
    }
}

/// A deletion is owed from the request on, within the time that the consent names; only where something was read.
fn owed(grant: &Grant, events: &[Event], now: i64) -> Option<Overdue> {
    let at = |act: &str| {
        events
            .iter()
            .find(|event| event.act == act)
            .map(|event| event.at)
    };
    let read = at("access").or(at("open")).is_some();
    let due = after(at("erase-request")?, &grant.consent.retention)?;
    (read && at("erased").is_none() && due < now).then(|| Overdue {
        grant: grant.id.to_string(),
        agency: grant.agency_name.clone(),
        since: due,
    })
}

/// Milliseconds plus a calendar duration in UTC.
fn after(start: i64, duration: &IsoDuration) -> Option<i64> {
    let span: Span = duration.as_str().parse().ok()?;
    let begin = jiff::tz::TimeZone::UTC.to_datetime(Timestamp::from_millisecond(start).ok()?);
    let length = span
        .total((Unit::Millisecond, SpanRelativeTo::from(begin)))
        .ok()?;
    // Whole milliseconds of a retention time are far below 2^53.
    #[expect(clippy::cast_possible_truncation, reason = "as the line above says")]
    Some(start + length as i64)
}

fn table(happened: &[Happened], lang: Language) -> String {
    let heading = match lang {
        Language::En => [
            "time (UTC)",
            "agency",
            "what",
            "why",
            "items",
            "who",
            "emergency",
            "entry",
        ],
        Language::Cy => [
            "amser (UTC)",
            "asiantaeth",
            "beth",
            "pam",
            "eitemau",
            "pwy",
            "argyfwng",
            "cofnod",
        ],
    };
    let mut rows = vec![heading.map(str::to_owned)];
    rows.extend(happened.iter().map(|line| {
        let time = Timestamp::from_millisecond(line.at).map(|at| at.to_string());
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        [
            time.unwrap_or_default(),
            line.agency.clone(),
            format!("{:?}", line.doing).to_lowercase(),
            text(&line.reason),
            line.items.join("; "),
            text(&line.actor),
            text(&line.incident),
            line.index.to_string(),
        ]
    }));
    rows.iter()
        .map(|row| row.each_ref().map(|cell| quoted(cell)).join(",") + "\r\n")
        .collect()
}

/// Quoted always; a cell that a spreadsheet would take for a formula is made text.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!(
        "\"{}{}\"",
        if formula { "'" } else { "" },
        cell.replace('"', "\"\"")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        assert_eq!(quoted("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(quoted("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
    }

    #[test]
    fn a_month_has_the_days_of_its_calendar() {
        let february: i64 = 1_769_904_000_000; // 2026-02-01
        let due = after(february, &"P1M".parse().unwrap()).unwrap();
        assert_eq!((due - february) / 86_400_000, 28);
    }
}
