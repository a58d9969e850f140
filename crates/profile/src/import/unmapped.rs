//! What an import could not place, told to the citizen.

use serde::Serialize;

use crate::error::shorten;
use crate::{Lang, Words};

/// The most characters of a text that is quoted in [`Unmapped::what`].
const MAX_QUOTE: usize = 2_000;

/// One part of a file that is not in the imported fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unmapped {
    /// Where it stands in the file, such as `property 7: item1.TEL` or `Composition.section[2].entry[0]`.
    pub location: String,
    /// What it says, at most 2,000 characters of it.
    pub what: String,
    /// Why it was not imported.
    pub reason: Reason,
    /// Whether it is a whole part of the file or a detail of one that was imported.
    pub extent: Extent,
}

impl Unmapped {
    pub(super) fn new(
        location: impl Into<String>,
        what: &str,
        reason: Reason,
        extent: Extent,
    ) -> Self {
        Self {
            location: location.into(),
            what: shorten(what.trim(), MAX_QUOTE),
            reason,
            extent,
        }
    }
}

/// Whether all of a part is missing, or a detail of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// The whole part.
    Whole,
    /// A detail of a part that was imported otherwise.
    Detail,
}

/// Why something was not imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// The profile has no item for it.
    NoPlace,
    /// The profile has room for one, and another one was taken.
    AnotherTaken,
    /// It could not be read.
    NotUnderstood,
    /// The file says that it has passed, was refuted, or was entered in error.
    NotActive,
    /// The file says that there is no information.
    NoInformation,
    /// Words only, which a person has to read and enter.
    WordsOnly,
    /// It is about somebody else.
    OtherPerson,
    /// It points to something that is not in the file.
    NotInFile,
    /// It serves the file, not the person (version, product, dates of change).
    Administrative,
}

impl Reason {
    /// The reason in plain words.
    #[must_use]
    pub const fn explain(self, lang: Lang) -> &'static str {
        let words = match self {
            Self::NoPlace => Words {
                en: "The wallet has no item for this.",
                cy: "Nid oes gan y waled eitem ar gyfer hyn.",
            },
            Self::AnotherTaken => Words {
                en: "There is room for one, and another was taken.",
                cy: "Mae lle i un, a chymerwyd un arall.",
            },
            Self::NotUnderstood => Words {
                en: "This could not be read.",
                cy: "Nid oedd modd darllen hyn.",
            },
            Self::NotActive => Words {
                en: "The file says this has passed, was ruled out or was a mistake.",
                cy: "Mae'r ffeil yn dweud bod hyn wedi mynd heibio, wedi'i ddiystyru neu'n gamgymeriad.",
            },
            Self::NoInformation => Words {
                en: "The file says there is no information on this.",
                cy: "Mae'r ffeil yn dweud nad oes gwybodaeth am hyn.",
            },
            Self::WordsOnly => Words {
                en: "This is written in words only. Read it and enter what matters.",
                cy: "Mewn geiriau'n unig y mae hyn. Darllenwch ef a nodwch yr hyn sy'n bwysig.",
            },
            Self::OtherPerson => Words {
                en: "This is about somebody else.",
                cy: "Mae hyn am rywun arall.",
            },
            Self::NotInFile => Words {
                en: "The file points to something that is not in it.",
                cy: "Mae'r ffeil yn cyfeirio at rywbeth nad yw ynddi.",
            },
            Self::Administrative => Words {
                en: "This serves the file, not you.",
                cy: "Mae hyn at ddefnydd y ffeil, nid chi.",
            },
        };
        words.in_lang(lang)
    }
}
