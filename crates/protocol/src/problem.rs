//! The closed list of problem codes (PROTOCOL section 0) and their RFC 9457 form.
//!
//! Over a boundary goes a code, never a sentence: `detail` is for the log of the
//! caller's engineer and carries no personal data.

use consent_token::Refusal;
use serde::{Deserialize, Serialize};

use crate::{client_assertion::AssertionError, dpop::DpopError};

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $status:literal, $title:literal;)*) => {
        /// Why a request was refused, beyond the refusals of a consent token.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            /// A consent token was refused; see [`Refusal`].
            Token(Refusal),
            $($(#[$doc])* $variant,)*
        }

        impl Code {
            /// Every code that is not a token refusal.
            pub const OWN: &'static [Code] = &[$(Code::$variant),*];

            /// The code as it stands in `code` and at the end of `type`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    Code::Token(refusal) => refusal.code(),
                    $(Code::$variant => $code,)*
                }
            }

            /// The HTTP status that goes with the code (RFC 9110 section 15).
            #[must_use]
            pub fn http_status(self) -> u16 {
                match self {
                    Code::Token(refusal) => token_status(refusal),
                    $(Code::$variant => $status,)*
                }
            }

            /// A short, fixed summary in English (RFC 9457 section 3.1.3).
            #[must_use]
            pub fn title(self) -> &'static str {
                match self {
                    Code::Token(refusal) => token_title(refusal),
                    $(Code::$variant => $title,)*
                }
            }
        }
    };
}

codes! {
    /// The body or a parameter is not what the method takes; the caller mends it.
    InvalidRequest = "invalid_request", 400, "The request is not understood";
    /// A statement does not parse, or its members do not fit its act; its author mends it.
    InvalidStatement = "invalid_statement", 400, "The statement is not understood";
    /// The statement's key is not the one that may make it; its author signs with the right key.
    WrongSigner = "wrong_signer", 403, "The statement is signed by another key";
    /// `seq` is not above the last one: a restored backup, or a replay out of order.
    StaleStatement = "stale_statement", 409, "A later statement is already recorded";
    /// The grant has ended; what ends a grant is final.
    GrantEnded = "grant_ended", 409, "The grant has ended";
    /// No grant of that id is registered, or not for this caller.
    UnknownGrant = "unknown_grant", 404, "No such grant";
    /// The id is already that of another token, statement or offer.
    Conflict = "conflict", 409, "The id is already in use";
    /// The status slot is taken or does not exist; the wallet takes a fresh one.
    SlotTaken = "slot_taken", 409, "The status slot cannot be used";
    /// The ticket is not of this verifier or not for this slot.
    InvalidTicket = "invalid_ticket", 400, "The slot ticket is not valid";
    /// The ticket's time is over; the wallet takes a fresh slot.
    ExpiredTicket = "expired_ticket", 409, "The slot ticket has expired";
    /// The DPoP proof is missing or wrong (RFC 9449 section 4.3).
    InvalidDpop = "invalid_dpop_proof", 401, "The proof of possession is not valid";
    /// The DPoP proof, client assertion or other one-time object was seen before.
    Replayed = "replayed", 401, "This proof was used before";
    /// The client is unknown, suspended or did not prove who it is (RFC 6749 section 5.2).
    InvalidClient = "invalid_client", 401, "The client is not authenticated";
    /// The bearer token is unknown or its time is over (RFC 6750 section 3.1).
    InvalidToken = "invalid_token", 401, "The access token is not valid";
    /// The caller is known but may not do this.
    Forbidden = "forbidden", 403, "Not allowed for this caller";
    /// The list cannot be given as of that time (Token Status List, historical resolution).
    TimeNotAvailable = "time_not_available", 406, "Not available for that time";
    /// Nothing is shared under the grant yet, or no longer; the citizen's wallet sends it at its next contact.
    NoShare = "no_share", 404, "Nothing is shared under this grant";
    /// The ciphertext that the statement announces was not uploaded; its wallet uploads it first.
    ShareMissing = "share_missing", 409, "The announced ciphertext is not here";
    /// The statement is not the one that opens this share: `access` for what is read on grant, `open` for
    /// what waits for an incident; it was made for something else, or the consent does not allow it.
    WrongAct = "wrong_act", 403, "The act is not allowed here";
    /// An `access` statement is good for one minute, an `open` for two hours; its agency makes a new one.
    StatementOver = "statement_over", 403, "The statement's time is over";
    /// The offer does not hold; `detail` says why. Its agency mends it.
    InvalidOffer = "invalid_offer", 400, "The offer does not hold";
    /// The agency has as many offers standing as one may have; it waits until one ends.
    TooManyOffers = "too_many_offers", 409, "Too many offers of this agency stand";
    /// Nothing is at that address.
    NotFound = "not_found", 404, "Nothing is here";
    /// The address does not take that method.
    MethodNotAllowed = "method_not_allowed", 405, "The method is not allowed here";
    /// The body's media type is not the one that the method takes.
    UnsupportedMediaType = "unsupported_media_type", 415, "The media type is not supported";
    /// The body is over the limit in the metadata.
    BodyTooLarge = "body_too_large", 413, "The body is too large";
    /// The body did not arrive in time; the caller sends it again on a better line.
    RequestTimeout = "request_timeout", 408, "The request was not sent in time";
    /// Too many requests; `Retry-After` says when to come back.
    TooManyRequests = "too_many_requests", 429, "Too many requests";
    /// The verifier cannot answer now; nothing was recorded; try again.
    Unavailable = "unavailable", 503, "The verifier cannot answer now";
    /// A fault of the verifier; its operator sees why in the log.
    Internal = "internal", 500, "The verifier has a fault";
}

/// A malformed token is the caller's 400; one that no longer holds is a 403.
fn token_status(refusal: Refusal) -> u16 {
    match refusal {
        Refusal::TooLarge => 413,
        Refusal::Malformed
        | Refusal::UnsupportedAlg
        | Refusal::WrongType
        | Refusal::UnknownTerm
        | Refusal::KeyMismatch
        | Refusal::BadSignature => 400,
        Refusal::StatusUnavailable => 503,
        _ => 403,
    }
}

/// A summary that is true of tokens, statements and requests alike: all of them are refused with these codes.
fn token_title(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::TooLarge => "The signed document is too large",
        Refusal::Malformed => "The signed document cannot be read",
        Refusal::UnsupportedAlg => "The document is not signed with Ed25519",
        Refusal::WrongType => "The signed document is of another type",
        Refusal::UnknownTerm => "The signed document names something unknown",
        Refusal::KeyMismatch => "The names of the document's key disagree",
        Refusal::BadSignature => "The document's signature does not hold",
        Refusal::WrongAudience => "The document is meant for somebody else",
        Refusal::NotYetValid => "The document is not valid yet",
        Refusal::Expired => "The document's time is over",
        Refusal::UnknownAgency => "The agency is not registered",
        Refusal::AgencySuspended => "The agency is suspended",
        Refusal::WrongAgencyKey => "The agency's key is not the one that was named",
        Refusal::PurposeNotCovered => "The consent does not cover the purpose",
        Refusal::DataNotCovered => "The consent does not cover the data",
        Refusal::Unregistered => "The consent is not registered",
        Refusal::Suspended => "The consent is paused",
        Refusal::Revoked => "The consent was taken back",
        Refusal::Exhausted => "The consent was used as often as it allows",
        Refusal::StatusUnavailable => "No status that is still good is to be had",
    }
}

impl From<Refusal> for Code {
    fn from(refusal: Refusal) -> Self {
        Code::Token(refusal)
    }
}

impl std::str::FromStr for Code {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let own = Code::OWN.iter().find(|code| code.as_str() == text).copied();
        own.or_else(|| text.parse().ok().map(Code::Token))
            .ok_or(UnknownCode)
    }
}

/// The text is not one of the problem codes of this version of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a problem code of this version of the protocol")]
pub struct UnknownCode;

/// The body of every refusal: `application/problem+json` (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `urn:assent:problem:<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// A fixed summary of the code, in English.
    pub title: String,
    /// The HTTP status, repeated.
    pub status: u16,
    /// What was wrong in this case; no personal data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The code, repeated from `type`.
    pub code: String,
    /// RFC 6749 section 5.2 name, at the token endpoint only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// The media type of a [`Problem`].
pub const PROBLEM_MEDIA_TYPE: &str = "application/problem+json";

impl Problem {
    /// A problem is a few members: an answer beyond this is none.
    pub const MAX_BYTES: usize = 64 << 10;

    /// The problem of `code`, with an optional detail.
    #[must_use]
    pub fn new(code: Code, detail: Option<String>) -> Self {
        Problem {
            kind: format!("urn:assent:problem:{}", code.as_str()),
            title: code.title().to_owned(),
            status: code.http_status(),
            detail,
            code: code.as_str().to_owned(),
            error: None,
        }
    }

    /// The code, where this version of the protocol knows it.
    #[must_use]
    pub fn known_code(&self) -> Option<Code> {
        self.code.parse().ok()
    }

    /// Whether the proof of who asks was refused for its time: the caller's clock and the verifier's are apart.
    /// RFC 6749 and RFC 9449 have no code for it, so that only the detail tells.
    #[must_use]
    pub fn is_about_the_clock(&self) -> bool {
        let time = match self.known_code() {
            Some(Code::InvalidClient) => AssertionError::Time.to_string(),
            Some(Code::InvalidDpop) => DpopError::Time.to_string(),
            _ => return false,
        };
        self.detail.as_ref() == Some(&time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_its_own_and_reads_back() {
        let mut seen = std::collections::BTreeSet::new();
        for code in Code::OWN {
            assert!(seen.insert(code.as_str()), "{} twice", code.as_str());
            assert!(
                code.as_str().parse::<Refusal>().is_err(),
                "{} is a refusal too",
                code.as_str()
            );
            assert_eq!(code.as_str().parse::<Code>().unwrap(), *code);
            assert!((400..600).contains(&code.http_status()));
        }
        assert!("surely_not".parse::<Code>().is_err());
    }

    #[test]
    fn a_title_is_true_of_every_document_that_its_code_is_for() {
        let codes = Refusal::ALL.map(Code::from);
        let mut titles = std::collections::BTreeSet::new();
        for code in codes.iter().chain(Code::OWN) {
            assert!(titles.insert(code.title()), "{} twice", code.title());
        }
        assert!(!Code::from(Refusal::Malformed).title().contains("token"));
    }

    #[test]
    fn a_proof_outside_its_time_is_about_the_clock() {
        for (code, detail, is) in [
            (Code::InvalidClient, AssertionError::Time.to_string(), true),
            (Code::InvalidDpop, DpopError::Time.to_string(), true),
            (
                Code::InvalidDpop,
                DpopError::OtherRequest.to_string(),
                false,
            ),
            (
                Code::InvalidClient,
                "the client is not registered".into(),
                false,
            ),
        ] {
            assert_eq!(Problem::new(code, Some(detail)).is_about_the_clock(), is);
        }
    }

    #[test]
    fn a_problem_repeats_its_code() {
        let problem = Problem::new(Code::StaleStatement, None);
        let json = serde_json::to_value(&problem).unwrap();
        assert_eq!(json["type"], "urn:assent:problem:stale_statement");
        assert_eq!(json["code"], "stale_statement");
        assert_eq!(json["status"], 409);
        assert_eq!(problem.known_code(), Some(Code::StaleStatement));
    }
}
