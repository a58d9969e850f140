//! The consent object: what, why, for how long and on which notice (protocol section 2, RFC 9396).

use std::collections::HashSet;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use super::Terms;
use crate::Refusal;
use crate::id::{AgencyId, Digest, Jti, digest_in_jwt};
use crate::json::{object_serde, present};
use crate::term::{Action, ConsentType, IsoDuration, Jurisdiction, Language, LegalBasis, Release};

/// One consent, the only object in a token's `authorization_details`. Its members are a closed set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Consent {
    /// The type, which is also its version.
    #[serde(rename = "type")]
    pub kind: ConsentType,
    /// Purpose codes of section 10; at least one, each once.
    pub purposes: Vec<String>,
    /// Data paths of section 9; at least one, each once.
    pub datatypes: Vec<String>,
    /// What the agency may do; at least one, each once.
    pub actions: Vec<Action>,
    /// When the sealed part may be read.
    pub release: Release,
    /// How long the agency may keep what it read.
    pub retention: IsoDuration,
    /// Agencies that `forward` may reach; when given, at least one, each once.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub recipients: Option<Vec<AgencyId>>,
    /// How many times the share may be fetched; unlimited when absent.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub uses: Option<NonZeroU32>,
    /// The circle that this token is part of.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub circle: Option<Circle>,
    /// The text that the citizen read.
    pub notice: Notice,
    /// The legal basis.
    pub basis: LegalBasis,
    /// Whose law applies.
    pub jurisdiction: Jurisdiction,
}

/// A circle of agencies that answer together, and this token's place in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Circle {
    /// The circle's id in the registry, which is also the scope of the holder's key.
    pub id: String,
    /// The agency's tier in the circle.
    pub tier: u8,
    /// The same random id in every token of one grant to the circle.
    pub case: Jti,
}

/// Names the exact text that the citizen read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Notice {
    /// SHA-256 of the text in UTF-8.
    #[serde(with = "digest_in_jwt")]
    pub digest: Digest,
    /// The language of the text.
    pub lang: Language,
    /// The agency's own name for this version of the text.
    pub version: String,
}

object_serde!(Consent, Circle, Notice);

pub(super) const NOTICE_MEMBERS: &[&str] = &["digest", "lang", "version"];

pub(super) const MEMBERS: &[&str] = &[
    "type",
    "purposes",
    "datatypes",
    "actions",
    "release",
    "retention",
    "recipients",
    "uses",
    "circle",
    "notice",
    "basis",
    "jurisdiction",
];

impl Consent {
    /// True when the purpose is one of the consent's.
    #[must_use]
    pub fn covers_purpose(&self, purpose: &str) -> bool {
        self.purposes.iter().any(|own| own == purpose)
    }

    /// True when the data path is one of the consent's.
    #[must_use]
    pub fn covers_path(&self, path: &str) -> bool {
        self.datatypes.iter().any(|own| own == path)
    }

    /// The rules that the types alone do not hold.
    pub(super) fn check_rules(&self) -> Result<(), Refusal> {
        let sets = is_proper_set(&self.purposes)
            && is_proper_set(&self.datatypes)
            && is_proper_set(&self.actions);
        let recipients = self.recipients.as_deref().is_none_or(is_proper_set);
        let named = !self.notice.version.is_empty()
            && self
                .circle
                .as_ref()
                .is_none_or(|circle| !circle.id.is_empty());
        (sets && recipients && named)
            .then_some(())
            .ok_or(Refusal::Malformed)
    }
}

/// Unknown purposes and paths are unknown terms.
pub(crate) fn check_terms(
    purposes: &[String],
    paths: &[String],
    terms: &dyn Terms,
) -> Result<(), Refusal> {
    let known = purposes.iter().all(|purpose| terms.knows_purpose(purpose))
        && paths.iter().all(|path| terms.knows_path(path));
    known.then_some(()).ok_or(Refusal::UnknownTerm)
}

/// True when there is something, and nothing twice.
pub(crate) fn is_proper_set<T: Eq + std::hash::Hash>(items: &[T]) -> bool {
    !items.is_empty() && are_distinct(items)
}

/// True when nothing is there twice; short lists, the usual ones, are compared pair by pair.
pub(crate) fn are_distinct<T: Eq + std::hash::Hash>(items: &[T]) -> bool {
    if items.len() > 16 {
        return items.iter().collect::<HashSet<_>>().len() == items.len();
    }
    let mut rest = items;
    while let [item, others @ ..] = rest {
        if others.contains(item) {
            return false;
        }
        rest = others;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_lists_are_sets_alike() {
        for length in [1, 2, 16, 17, 500] {
            let mut items: Vec<usize> = (0..length).collect();
            assert!(is_proper_set(&items), "{length}");
            items.push(length / 2);
            assert!(!is_proper_set(&items), "{length}");
        }
        assert!(!is_proper_set::<u8>(&[]));
    }
}
