//! Data paths of PROTOCOL section 9: the closed list of names that a consent may carry, and their grouping.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::catalogue::{DOCUMENTS, PathEntry, position};
use crate::error::{PathError, excerpt};
use crate::{Lang, Words};

/// The name of one item of the profile, such as `home.address` or `documents.care-plan`.
///
/// A value of this type is always a path that exists; its order is that of the profile's pages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    index: usize,
    document: Option<String>,
}

impl Path {
    /// What is known of this path: label, help, tier and so on.
    #[must_use]
    pub fn entry(&self) -> &'static PathEntry {
        crate::catalogue::at(self.index)
    }

    /// The label in `lang`; for a document, the label of documents.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &'static str {
        self.entry().label(lang)
    }

    /// The name after `documents.`, where this path is a document.
    #[must_use]
    pub fn document(&self) -> Option<&str> {
        self.document.as_deref()
    }

    pub(crate) fn of(index: usize) -> Self {
        Self {
            index,
            document: None,
        }
    }
}

impl FromStr for Path {
    type Err = PathError;

    /// # Errors
    /// [`PathError::Unknown`] and, after `documents.`, [`PathError::DocumentName`].
    fn from_str(text: &str) -> Result<Self, PathError> {
        if let Some(name) = text.strip_prefix("documents.") {
            if !is_document_name(name) {
                return Err(PathError::DocumentName(excerpt(name)));
            }
            let index = position(DOCUMENTS).ok_or_else(|| PathError::Unknown(excerpt(text)))?;
            return Ok(Self {
                index,
                document: Some(name.to_owned()),
            });
        }
        match position(text) {
            Some(index) => Ok(Self::of(index)),
            None => Err(PathError::Unknown(excerpt(text))),
        }
    }
}

fn is_document_name(name: &str) -> bool {
    let alphanumeric = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    name.len() <= 64
        && name.bytes().next().is_some_and(alphanumeric)
        && name
            .bytes()
            .all(|byte| alphanumeric(byte) || byte == b'-' || byte == b'_')
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.document {
            Some(name) => write!(f, "documents.{name}"),
            None => f.write_str(self.entry().path),
        }
    }
}

impl Serialize for Path {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Path {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A page of the profile: the first part of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Section {
    /// Who the person is.
    Identity,
    /// How to reach them.
    Contact,
    /// Where they live and how to get in.
    Home,
    /// Their health.
    Health,
    /// What they need, coded as in the Priority Services Register.
    Needs,
    /// The people around them.
    People,
    /// Attachments.
    Documents,
}

impl Section {
    /// All sections in the order of the profile's pages.
    pub const ALL: [Self; 7] = [
        Self::Identity,
        Self::Contact,
        Self::Home,
        Self::Health,
        Self::Needs,
        Self::People,
        Self::Documents,
    ];

    /// The heading of the page.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        let words = match self {
            Self::Identity => Words {
                en: "About me",
                cy: "Amdanaf i",
            },
            Self::Contact => Words {
                en: "How to reach me",
                cy: "Sut i gysylltu â mi",
            },
            Self::Home => Words {
                en: "My home",
                cy: "Fy nghartref",
            },
            Self::Health => Words {
                en: "My health",
                cy: "Fy iechyd",
            },
            Self::Needs => Words {
                en: "What I need",
                cy: "Beth sydd ei angen arnaf",
            },
            Self::People => Words {
                en: "People around me",
                cy: "Y bobl o'm cwmpas",
            },
            Self::Documents => Words {
                en: "Documents",
                cy: "Dogfennau",
            },
        };
        words.in_lang(lang)
    }
}

/// How far into an emergency an item opens (the tiers of the sample county's circle).
///
/// `T0` names nobody; `T4` never opens on an incident, only by a grant that names the item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Tier {
    /// A place where somebody may need help, without a name.
    T0,
    /// Name, address, language, contact.
    T1,
    /// What responders at the door must know.
    T2,
    /// Health.
    T3,
    /// Only ever by a grant that names it.
    T4,
}
