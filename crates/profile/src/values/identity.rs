//! Who a person is: name, dates that may be incomplete, gender, languages, official numbers.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Path;
use crate::error::{Problem, excerpt};
use crate::value::Check;

/// A person's name; `text` is what is shown, the parts help systems that need them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// The whole name as the person writes it.
    pub text: String,
    /// Given names in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given: Vec<String>,
    /// Family name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// Titles before the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// What follows the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suffix: Option<String>,
    /// What the person likes to be called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_as: Option<String>,
}

impl Check for Name {
    fn check(&self, _: &Path) -> Result<(), Problem> {
        Ok(())
    }
}

/// A calendar date that may lack parts: `1956-09-30`, `1956-09`, `1956` or `--09-30`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PartialDate(String);

impl PartialDate {
    /// A date from the parts that are known; `None` where they make no date of the calendar.
    #[must_use]
    pub fn from_parts(year: Option<u16>, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let text = match (year, month, day) {
            (Some(year), Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
            (Some(year), Some(month), None) => format!("{year:04}-{month:02}"),
            (Some(year), None, None) => format!("{year:04}"),
            (None, Some(month), Some(day)) => format!("--{month:02}-{day:02}"),
            _ => return None,
        };
        is_partial_date(&text).then_some(Self(text))
    }

    /// Reads the text form; `None` where it is no date.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        is_partial_date(text).then(|| Self(text.to_owned()))
    }

    /// The text form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Check for PartialDate {
    fn check(&self, _: &Path) -> Result<(), Problem> {
        if is_partial_date(&self.0) {
            Ok(())
        } else {
            Err(Problem::BadDate(excerpt(&self.0)))
        }
    }
}

/// Fills in what is missing (2000 was a leap year, so `--02-29` passes) and asks the calendar.
fn is_partial_date(text: &str) -> bool {
    let full = match text.len() {
        4 => format!("{text}-01-01"),
        7 if text.starts_with("--") => format!("2000-{}", text.get(2..).unwrap_or_default()),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    let digits = full.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    full.len() == 10 && digits && full.parse::<Date>().is_ok()
}

/// Gender, with the codes of FHIR's administrative gender and `none`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gender {
    /// The code.
    pub code: GenderCode,
    /// In the person's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Codes of [`Gender`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GenderCode {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Another gender.
    Other,
    /// None, or it does not apply.
    None,
    /// The person would rather not say, or it is not known.
    Unknown,
}

impl Check for Gender {
    fn check(&self, _: &Path) -> Result<(), Problem> {
        Ok(())
    }
}

/// A BCP 47 language tag, such as `cy` or `en-GB`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LanguageTag(pub String);

impl Check for LanguageTag {
    fn check(&self, _: &Path) -> Result<(), Problem> {
        let mut subtags = self.0.split('-');
        let primary = subtags.next().unwrap_or_default();
        let good = (2..=8).contains(&primary.len())
            && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
            && subtags.all(|tag| {
                (1..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric())
            });
        if good {
            Ok(())
        } else {
            Err(Problem::BadLanguage(excerpt(&self.0)))
        }
    }
}

/// A number that an authority gave, such as an NHS number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identifier {
    /// The number.
    pub value: String,
    /// Whose number it is, as a URI where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// What it is called, such as `NHS number`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

impl Check for Identifier {
    fn check(&self, _: &Path) -> Result<(), Problem> {
        Ok(())
    }
}
