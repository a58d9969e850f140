//! The list of all data paths with what a person and a machine need to know of each (PROTOCOL section 9).

mod health;
mod home;
mod identity;
mod needs;
mod people;

use std::sync::LazyLock;

use serde::Serialize;

use crate::{Lang, Path, Section, Shape, Tier, Words};

/// The path under which the entry for every `documents.<name>` stands.
pub(crate) const DOCUMENTS: &str = "documents.*";

/// What is known of one data path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PathEntry {
    /// The path; `documents.*` stands for every attachment.
    pub path: &'static str,
    /// The page it belongs to.
    pub section: Section,
    /// Its name on screen.
    pub label: Words,
    /// One or two sentences on what to write there and why it helps.
    pub help: Words,
    /// What a value must look like, for error messages.
    pub allowed: Words,
    /// Shape of the value.
    pub shape: Shape,
    /// Its class in the W3C Data Privacy Vocabulary, personal data extension (DPV-PD 2.3).
    pub dpv_iri: &'static str,
    /// When it may open in an emergency.
    pub tier: Tier,
    /// Whether it is data of a special category (UK GDPR Article 9: here, data concerning health).
    pub special_category: bool,
}

impl PathEntry {
    /// The name on screen in `lang`.
    #[must_use]
    pub const fn label(&self, lang: Lang) -> &'static str {
        self.label.in_lang(lang)
    }

    /// The help text in `lang`.
    #[must_use]
    pub const fn help(&self, lang: Lang) -> &'static str {
        self.help.in_lang(lang)
    }

    /// The path as a value; `None` for `documents.*`, which is a pattern.
    #[must_use]
    pub fn to_path(&self) -> Option<Path> {
        if self.path == DOCUMENTS {
            None
        } else {
            position(self.path).map(Path::of)
        }
    }
}

static ENTRIES: LazyLock<Vec<PathEntry>> = LazyLock::new(|| {
    let mut entries = Vec::new();
    entries.extend(identity::ENTRIES);
    entries.extend(home::ENTRIES);
    entries.extend(health::ENTRIES);
    entries.extend(needs::ENTRIES);
    entries.extend(people::ENTRIES);
    entries
});

/// Every data path in the order of the profile's pages; `documents.*` is the last.
#[must_use]
pub fn paths() -> &'static [PathEntry] {
    &ENTRIES
}

pub(crate) fn position(path: &str) -> Option<usize> {
    ENTRIES.iter().position(|entry| entry.path == path)
}

/// The entry at an index that [`position`] gave.
pub(crate) fn at(index: usize) -> &'static PathEntry {
    ENTRIES
        .get(index)
        .expect("every index in a Path comes from position()")
}

/// Shortens the tables: English first, then Welsh.
const fn words(en: &'static str, cy: &'static str) -> Words {
    Words { en, cy }
}
