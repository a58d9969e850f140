//! Checking a token that somebody shows.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ItemWords, Language, PurposeWords};

/// A token to be checked.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CheckToken {
    /// The compact JWS.
    pub token: String,
    /// The purpose that it is needed for.
    #[serde(default)]
    pub purpose: Option<String>,
    /// The data that are needed.
    #[serde(default)]
    pub items: Vec<String>,
    /// Judge by what was fetched before; nothing is sent.
    #[serde(default)]
    pub offline: bool,
    /// The language of the words.
    #[serde(default)]
    pub lang: Language,
}

/// Yes, no, or nobody can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The consent holds, for this agency and this use, now.
    Yes,
    /// It does not.
    No,
    /// The verifier cannot be asked. Do not act on it.
    Unknown,
}

/// What was found out about a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Verdict {
    /// Yes, no or unknown.
    pub verdict: Answer,
    /// Why not.
    pub why: Option<Why>,
    /// What it says; none where it cannot be read or is forged.
    pub consent: Option<CheckedConsent>,
    /// From when on the same answer cannot be given offline any more, in seconds.
    pub good_until: Option<i64>,
    /// Where its registration stands in the log; none offline, and for another agency's token.
    pub proof: Option<CheckedProof>,
}

/// What a genuine token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CheckedConsent {
    /// The grant's id.
    pub grant: String,
    /// To whom it was given.
    pub audience: String,
    /// What for.
    pub purposes: Vec<PurposeWords>,
    /// What.
    pub items: Vec<ItemWords>,
    /// From when on, in seconds.
    pub begins_at: i64,
    /// Until when, in seconds.
    pub ends_at: i64,
    /// Only for an incident.
    pub on_incident: bool,
}

/// Where a registration stands in the log, checked against the pinned key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CheckedProof {
    /// The entry's index.
    pub index: u64,
    /// When it was recorded, in seconds.
    pub at: i64,
    /// The text of the C2SP proof.
    pub text: String,
}

macro_rules! why {
    ($($(#[doc = $doc:literal])* $name:ident),* $(,)?) => {
        /// Why a token is refused: the refusals of the protocol's section 2.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum Why { $($(#[doc = $doc])* $name,)* }

        impl From<consent_token::Refusal> for Why {
            fn from(refusal: consent_token::Refusal) -> Self {
                match refusal { $(consent_token::Refusal::$name => Why::$name,)* }
            }
        }
    };
}

why! {
    /// Larger than any token.
    TooLarge,
    /// Not a token.
    Malformed,
    /// Signed in a way that is not allowed.
    UnsupportedAlg,
    /// Another kind of document.
    WrongType,
    /// A term that this version does not know.
    UnknownTerm,
    /// It names different keys for the same person.
    KeyMismatch,
    /// Changed, or forged.
    BadSignature,
    /// Given to another agency.
    WrongAudience,
    /// It begins later.
    NotYetValid,
    /// It has ended.
    Expired,
    /// This agency is not in the registry.
    UnknownAgency,
    /// This agency is suspended.
    AgencySuspended,
    /// Bound to a key that is not this agency's.
    WrongAgencyKey,
    /// Not given for this purpose.
    PurposeNotCovered,
    /// It does not cover these data.
    DataNotCovered,
    /// The verifier does not know it yet.
    Unregistered,
    /// The person paused it.
    Suspended,
    /// The person took it back.
    Revoked,
    /// Used as often as it allows.
    Exhausted,
    /// Its status is not known here.
    StatusUnavailable,
}
