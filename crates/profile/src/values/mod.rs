//! The typed values behind the paths; their JSON forms are in `docs/spec/profile.md` and in the schema.

mod health;
mod home;
mod identity;
mod people;

use serde::{Deserialize, Serialize};

use crate::error::{Problem, excerpt};
use crate::value::Check;
use crate::{Path, needs};

pub use health::{
    Absent, Allergy, AllergyKind, BloodGroup, Coding, Condition, Criticality, Equipment, Medicine,
    Plan,
};
pub use home::{Address, Hazard, KeySafe, Occupant, Pet, Place};
pub use identity::{Gender, GenderCode, Identifier, LanguageTag, Name, PartialDate};
pub use people::{ContactMethod, Email, Person, Phone, PhoneUse, Preferred};

/// Free text of at most [`crate::MAX_TEXT`] characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub String);

impl Check for Text {
    fn check(&self, _: &Path) -> Result<(), Problem> {
        Ok(())
    }
}

/// One need, by code of the Priority Services Register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// Two-digit needs code that belongs to the path; `8` is read as `08`.
    #[serde(deserialize_with = "two_digits")]
    pub code: String,
    /// In the person's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The last day of a need that will pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<PartialDate>,
}

fn two_digits<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let code = String::deserialize(deserializer)?;
    Ok(if code.len() == 1 {
        format!("0{code}")
    } else {
        code
    })
}

impl Check for Need {
    fn check(&self, path: &Path) -> Result<(), Problem> {
        match needs::need(&self.code) {
            Some(need) if need.paths.contains(&path.entry().path) => {}
            _ => return Err(Problem::UnknownNeed(excerpt(&self.code))),
        }
        self.until.as_ref().map_or(Ok(()), |date| date.check(path))
    }
}

/// An attachment, kept beside the profile and known here by its digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// `sha-256:` and the base64url SHA-256 of the content, without padding.
    pub digest: String,
    /// Media type of the content (RFC 6838), such as `application/pdf`.
    pub media_type: String,
    /// Size of the content in bytes.
    pub size: u64,
    /// What the person calls it.
    pub title: String,
}

impl Check for Attachment {
    fn check(&self, _: &Path) -> Result<(), Problem> {
        if !is_digest(&self.digest) {
            return Err(Problem::BadDigest(excerpt(&self.digest)));
        }
        if !is_media_type(&self.media_type) {
            return Err(Problem::BadMediaType(excerpt(&self.media_type)));
        }
        Ok(())
    }
}

fn is_digest(text: &str) -> bool {
    text.strip_prefix("sha-256:").is_some_and(|hash| {
        hash.len() == 43
            && hash
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    })
}

fn is_media_type(text: &str) -> bool {
    let restricted = |part: &str| {
        (1..=127).contains(&part.len())
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
    };
    text.split_once('/')
        .is_some_and(|(kind, subtype)| restricted(kind) && restricted(subtype))
}
