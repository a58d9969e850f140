//! Small shapes that many routes share.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Nothing is asked, or nothing is answered but that it is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// A language of the console.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Welsh.
    Cy,
}

impl From<Language> for profile::Lang {
    fn from(lang: Language) -> Self {
        match lang {
            Language::En => profile::Lang::En,
            Language::Cy => profile::Lang::Cy,
        }
    }
}

/// An answer has words in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, TS)]
pub struct InLanguage {
    /// The language of these words.
    #[serde(default)]
    pub lang: Language,
}

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InBoth {
    /// In English.
    pub en: String,
    /// In Welsh.
    pub cy: String,
}

/// One grant.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ByGrant {
    /// The grant's id.
    pub grant: String,
    /// The language of the answer's words.
    #[serde(default)]
    pub lang: Language,
}

/// An agency as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AgencyWords {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `ambulance`, `fire`, `police`, `health`, `council` or `other`.
    pub kind: String,
}

/// An item as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ItemWords {
    /// Its path.
    pub path: String,
    /// Its name.
    pub label: String,
    /// The code of its section.
    pub section: String,
    /// Its section's name.
    pub section_label: String,
    /// The law protects it especially.
    pub special: bool,
    /// It may open in an emergency.
    pub opens_on_incident: bool,
}

/// Something was put on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Recorded {
    /// The statement's id.
    pub statement: String,
    /// Its index in the log.
    pub index: u64,
    /// When, in seconds.
    pub at: i64,
}
