//! Why a path or a value was refused, as codes with their numbers; the words for people are chosen where they are shown.

use thiserror::Error;

use crate::{Lang, Path};

/// Why a text is not a data path or a language of this crate.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PathError {
    /// No such path; the person who typed it can look at the list of `paths()`.
    #[error("there is no item called \"{0}\"")]
    Unknown(String),
    /// The name after `documents.` is empty, too long or has characters other than a-z, 0-9, `-` and `_`.
    #[error(
        "a document's name has 1 to 64 of a-z, 0-9, - and _, and begins with a letter or digit: \"{0}\""
    )]
    DocumentName(String),
    /// Not a language that the labels exist in.
    #[error("labels exist in English (en) and Welsh (cy), not in \"{0}\"")]
    UnknownLanguage(String),
}

/// A value that does not fit its path, with what is allowed there.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{path}: {problem}. Allowed: {}", .path.entry().allowed.en)]
pub struct ValueError {
    /// The item that was to be set.
    pub path: Path,
    /// What is wrong with the value.
    pub problem: Problem,
}

impl ValueError {
    /// What is allowed at this path, in plain words.
    #[must_use]
    pub fn allowed(&self, lang: Lang) -> &'static str {
        self.path.entry().allowed.in_lang(lang)
    }
}

/// What is wrong with a value; the person who wrote the value can correct it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Problem {
    /// Wrong JSON type, missing or unknown member; the text names it.
    #[error("this does not have the right parts ({0})")]
    WrongShape(String),
    /// No text, or only spaces.
    #[error("a text is empty")]
    EmptyText,
    /// A text over [`crate::MAX_TEXT`] characters.
    #[error("a text has {0} characters, more than 4,000")]
    TextTooLong(usize),
    /// A control character other than a new line or a tab.
    #[error("a text contains a character that cannot be shown")]
    ControlCharacter,
    /// An empty list; remove the item instead.
    #[error("the list is empty")]
    EmptyList,
    /// A list over [`crate::MAX_ITEMS`] entries.
    #[error("the list has {0} entries, more than 200")]
    TooManyItems(usize),
    /// Not a date of the calendar.
    #[error("\"{0}\" is not a date")]
    BadDate(String),
    /// Not a BCP 47 language tag.
    #[error("\"{0}\" is not a language code")]
    BadLanguage(String),
    /// Not an email address.
    #[error("\"{0}\" is not an email address")]
    BadEmail(String),
    /// A telephone number without a digit.
    #[error("\"{0}\" is not a telephone number")]
    BadPhone(String),
    /// Latitude or longitude off the globe.
    #[error("the place is not on the globe")]
    BadPlace,
    /// A Priority Services Register code that does not exist or belongs to another item.
    #[error("\"{0}\" is not a need that can be recorded here")]
    UnknownNeed(String),
    /// "None known" stands beside other entries.
    #[error("\"none known\" cannot stand beside other entries")]
    NoneKnownNotAlone,
    /// The digest is not `sha-256:` and 43 base64url characters.
    #[error("\"{0}\" is not a SHA-256 digest")]
    BadDigest(String),
    /// The media type is not `type/subtype`.
    #[error("\"{0}\" is not a media type")]
    BadMediaType(String),
}

/// The first 60 characters of a text, for a message.
pub(crate) fn excerpt(text: &str) -> String {
    shorten(text, 60)
}

/// The first `max` characters of a text, with an ellipsis where it was cut.
pub(crate) fn shorten(text: &str, max: usize) -> String {
    let mut out: String = text.chars().take(max).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}
