//! The languages of every word a person reads here, and words that exist in both.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language in which labels and explanations are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English (`en`).
    #[default]
    En,
    /// Welsh, Cymraeg (`cy`).
    Cy,
}

impl Lang {
    /// Both languages, English first.
    pub const ALL: [Self; 2] = [Self::En, Self::Cy];

    /// The BCP 47 tag: `en` or `cy`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Cy => "cy",
        }
    }
}

impl FromStr for Lang {
    type Err = crate::PathError;

    /// Reads a BCP 47 tag; regional forms such as `cy-GB` count as their language.
    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|lang| primary.eq_ignore_ascii_case(lang.tag()))
            .ok_or_else(|| crate::PathError::UnknownLanguage(crate::error::excerpt(tag)))
    }
}

/// The same words in every language of [`Lang`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Words {
    /// English.
    pub en: &'static str,
    /// Welsh.
    pub cy: &'static str,
}

impl Words {
    /// The words in `lang`.
    #[must_use]
    pub const fn in_lang(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Cy => self.cy,
        }
    }
}
