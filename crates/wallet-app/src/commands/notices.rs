//! What a person is told while they look elsewhere: that somebody looked, that a consent nears its end, that
//! an agency is late, that something is wrong with the verifier. Each is told once. A notice names nobody:
//! it may be read on a locked screen by whoever passes by.

use std::collections::BTreeSet;

use ::wallet::{LookKind, State, Wallet};
use serde::Serialize;
use ts_rs::TS;

use super::{InLanguage, Language, Nothing};
use crate::{App, Code, CommandError};

/// What has to be told now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Notices {
    /// The most urgent first; one of each kind at most.
    pub notices: Vec<Notice>,
}

/// One notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Notice {
    /// About what.
    pub kind: NoticeKind,
    /// What happened.
    pub title: &'static str,
    /// What to do.
    pub body: &'static str,
}

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// Something is wrong with the verifier.
    Finding,
    /// Emergency information was opened.
    Opened,
    /// An agency looked.
    Looked,
    /// An agency is late.
    Overdue,
    /// A consent ends within a week.
    Ending,
}

/// The record in the vault: what was told.
const KIND: &str = "setting";
const KEY: &str = "told";
const WEEK_SECONDS: i64 = 7 * 86_400;

impl App {
    /// What has to be told now and was not told before. It counts as told from then on.
    ///
    /// # Errors
    /// `locked`, and what the vault says.
    pub async fn notices(&self, ask: InLanguage) -> Result<Notices, CommandError> {
        let mut desk = self.desk().await;
        if !desk.kept_settings()?.notify {
            return Ok(Notices { notices: vec![] });
        }
        let wallet = desk.wallet()?;
        let due = due(wallet)?;
        let told = told(wallet)?;
        let new = due.iter().filter(|(_, name)| !told.contains(name));
        let kinds: BTreeSet<NoticeKind> = new.map(|(kind, _)| *kind).collect();
        if !kinds.is_empty() {
            keep(wallet, due.into_iter().map(|(_, name)| name).collect())?;
        }
        let notice = |kind: NoticeKind| {
            let (title, body) = words(kind, ask.lang);
            Notice { kind, title, body }
        };
        Ok(Notices {
            notices: kinds.into_iter().map(notice).collect(),
        })
    }
}

impl App {
    /// A round with the verifier, if it can be reached, and what has to be told after it, in the language of
    /// the settings. The program does this now and then by itself.
    ///
    /// # Errors
    /// `locked`, and what the vault says.
    pub async fn news(&self) -> Result<Vec<Notice>, CommandError> {
        let lang = self.desk().await.kept_settings()?.language;
        // Without a verifier, or without a connection, what is known already may still have to be told.
        let _ = self.sync(Nothing {}).await;
        Ok(self.notices(InLanguage { lang }).await?.notices)
    }
}

/// Everything that a person may have to be told, each under a name of its own.
fn due(wallet: &mut Wallet) -> Result<Vec<(NoticeKind, String)>, CommandError> {
    let mut due = Vec::new();
    for found in wallet.unseen_evidence()? {
        let name = format!("finding {} {}", found.at.as_i64(), found.finding);
        due.push((NoticeKind::Finding, name));
    }
    for look in wallet.new_looks()? {
        let kind = match look.kind {
            LookKind::Opening => NoticeKind::Opened,
            LookKind::Access => NoticeKind::Looked,
        };
        due.push((kind, format!("look {}", look.index)));
    }
    for late in wallet.overdue()? {
        let name = format!("late {} {:?}", late.grant, late.what);
        due.push((NoticeKind::Overdue, name));
    }
    let now = wallet.now();
    for grant in wallet.grants()? {
        if grant.state(now) == State::Valid && grant.ends_at.since(now) < WEEK_SECONDS {
            due.push((NoticeKind::Ending, format!("end {}", grant.id)));
        }
    }
    Ok(due)
}

fn told(wallet: &Wallet) -> Result<BTreeSet<String>, CommandError> {
    let kept = wallet.vault().read(KIND, KEY)?;
    let kept = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    Ok(kept.unwrap_or_default())
}

/// Keeps what is told now; what is over by itself need not be remembered.
fn keep(wallet: &mut Wallet, told: BTreeSet<String>) -> Result<(), CommandError> {
    let text = serde_json::to_vec(&told).map_err(|_| CommandError::from(Code::Unknown))?;
    Ok(wallet.vault_mut().put(KIND, KEY, &text)?)
}

const fn words(kind: NoticeKind, lang: Language) -> (&'static str, &'static str) {
    match (kind, lang) {
        (NoticeKind::Finding, Language::En) => (
            "Something is wrong with the verifier",
            "Open Assent to see what was found.",
        ),
        (NoticeKind::Finding, Language::Cy) => (
            "Mae rhywbeth o'i le ar y dilysydd",
            "Agorwch Assent i weld beth a gafwyd.",
        ),
        (NoticeKind::Opened, Language::En) => (
            "Your emergency information was opened",
            "Open Assent to see who opened it, and why.",
        ),
        (NoticeKind::Opened, Language::Cy) => (
            "Agorwyd eich gwybodaeth argyfwng",
            "Agorwch Assent i weld pwy a'i hagorodd, a pham.",
        ),
        (NoticeKind::Looked, Language::En) => (
            "Somebody looked at your information",
            "Open Assent to see who looked, and why.",
        ),
        (NoticeKind::Looked, Language::Cy) => (
            "Edrychodd rhywun ar eich gwybodaeth",
            "Agorwch Assent i weld pwy edrychodd, a pham.",
        ),
        (NoticeKind::Overdue, Language::En) => (
            "An agency is late",
            "Open Assent to see what it should have done by now.",
        ),
        (NoticeKind::Overdue, Language::Cy) => (
            "Mae asiantaeth yn hwyr",
            "Agorwch Assent i weld beth y dylai fod wedi'i wneud erbyn hyn.",
        ),
        (NoticeKind::Ending, Language::En) => (
            "Something you share ends within a week",
            "Open Assent to see what, and to go on with it if you want to.",
        ),
        (NoticeKind::Ending, Language::Cy) => (
            "Mae rhywbeth rydych yn ei rannu'n dod i ben o fewn wythnos",
            "Agorwch Assent i weld beth, ac i barhau ag ef os dymunwch.",
        ),
    }
}
