//! Everything that happened to every consent: to be read, and to be taken along as a table or as JSON.

use ::wallet::{By, Event, Facts, Grant, Wallet};
use jiff::Timestamp;
use profile::Lang;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{InLanguage, Language, Overdue, Saved, grants, looks};
use crate::{App, Code, CommandError, paper};

/// Everything that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct History {
    /// The newest first.
    pub happened: Vec<Happened>,
    /// What agencies should have done by now.
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

/// The history to be written.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct SaveHistory {
    /// The language of its words.
    pub lang: Language,
    /// As what.
    #[serde(default)]
    pub format: HistoryFormat,
    /// Ask where it goes.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub choose: bool,
}

/// A form of the history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum HistoryFormat {
    /// A table that a spreadsheet opens (RFC 4180).
    #[default]
    Csv,
    /// JSON.
    Json,
}

impl App {
    /// Everything that happened to every consent, as far as it was fetched and proven.
    ///
    /// # Errors
    /// `locked`, and what the vault says.
    pub async fn history_list(&self, ask: InLanguage) -> Result<History, CommandError> {
        history(self.desk().await.wallet()?, ask.lang.into())
    }

    /// Writes it to a file.
    ///
    /// # Errors
    /// `storage`, `cancelled`, `locked`.
    pub async fn history_export(&self, ask: SaveHistory) -> Result<Saved, CommandError> {
        let history = history(self.desk().await.wallet()?, ask.lang.into())?;
        let (ending, bytes) = match ask.format {
            HistoryFormat::Csv => ("csv", table(&history.happened, ask.lang)?),
            HistoryFormat::Json => ("json", paper::json(&history)?.to_vec()),
        };
        self.save(ask.choose.into(), ("history", ending), &bytes)
            .await
    }
}

pub(super) fn history(wallet: &mut Wallet, lang: Lang) -> Result<History, CommandError> {
    let (mut happened, facts) = (Vec::new(), wallet.facts(lang)?);
    for grant in wallet.grants()? {
        let events = wallet.history(&grant.id)?;
        happened.extend(
            events
                .into_iter()
                .map(|event| line(&grant, event, &facts, lang)),
        );
    }
    happened.sort_by_key(|line| std::cmp::Reverse(line.index));
    let late = wallet.overdue()?;
    let overdue = late.iter().map(|owed| looks::overdue(owed, &facts));
    Ok(History {
        happened,
        overdue: overdue.collect(),
    })
}

fn line(grant: &Grant, event: Event, facts: &Facts, lang: Lang) -> Happened {
    Happened {
        index: event.index,
        at: event.at,
        grant: grant.id.to_string(),
        agency: facts.name(&grant.agency, &grant.agency_name).to_owned(),
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

fn table(happened: &[Happened], lang: Language) -> Result<Vec<u8>, CommandError> {
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
    let storage = |_| CommandError::from(Code::Storage);
    let mut rows = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    rows.write_record(heading).map_err(storage)?;
    for line in happened {
        let cells = row(line, lang).map(text_only);
        rows.write_record(cells).map_err(storage)?;
    }
    rows.into_inner().map_err(|_| Code::Storage.into())
}

fn row(line: &Happened, lang: Language) -> [String; 8] {
    let time = Timestamp::from_millisecond(line.at).map(|at| at.to_string());
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        time.unwrap_or_default(),
        line.agency.clone(),
        in_words(line.doing, lang).to_owned(),
        text(&line.reason),
        line.items.join("; "),
        text(&line.actor),
        text(&line.incident),
        line.index.to_string(),
    ]
}

const fn in_words(doing: Doing, lang: Language) -> &'static str {
    let (en, cy) = match doing {
        Doing::Granted => ("you said yes", "dywedoch ie"),
        Doing::Revoked => ("you took it back", "fe'i tynnwyd yn ôl gennych"),
        Doing::Suspended => ("you paused it", "fe'i oedwyd gennych"),
        Doing::Resumed => ("you resumed it", "fe'i hailddechreuwyd gennych"),
        Doing::EraseRequested => (
            "your wallet asked for deletion",
            "gofynnodd eich waled am ddileu",
        ),
        Doing::Shared => ("your data was brought up to date", "diweddarwyd eich data"),
        Doing::Looked => ("they looked", "edrychon nhw"),
        Doing::Opened => (
            "they opened it in an emergency",
            "fe'i hagorwyd ganddynt mewn argyfwng",
        ),
        Doing::Reviewed => ("a second person checked it", "gwiriwyd hyn gan ail berson"),
        Doing::Acknowledged => ("they took note", "nodwyd hyn ganddynt"),
        Doing::Erased => ("they deleted what they had", "dilëwyd yr hyn oedd ganddynt"),
        Doing::Other => ("something else", "rhywbeth arall"),
    };
    match lang {
        Language::En => en,
        Language::Cy => cy,
    }
}

/// A cell that a spreadsheet would take for a formula is made text.
fn text_only(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        let line = Happened {
            index: 7,
            at: 0,
            grant: "g".into(),
            agency: "=HYPERLINK(1)".into(),
            doing: Doing::Looked,
            own: false,
            reason: Some("a \"b\", c".into()),
            items: vec!["Name".into(), "Address".into()],
            actor: None,
            position: None,
            incident: None,
            finding: None,
            method: None,
        };
        let text = String::from_utf8(table(&[line], Language::En).unwrap()).unwrap();
        let row = text.lines().nth(1).unwrap();
        assert_eq!(
            row,
            "1970-01-01T00:00:00Z,'=HYPERLINK(1),they looked,\"a \"\"b\"\", c\",Name; Address,,,7"
        );
    }
}
