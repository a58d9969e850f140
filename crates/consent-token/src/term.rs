//! Small terms of a consent (protocol section 2): actions, release, durations, languages, places
//! and legal bases. What has a closed list is an enum; the rest is a text whose form was checked.

use std::fmt;
use std::str::FromStr;

use jiff::fmt::temporal::SpanParser;
use jiff::{Span, Timestamp, tz::TimeZone};

use crate::id::{FormError, UnixSeconds};
use crate::json::text_serde;

macro_rules! closed_term {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// The text on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl FromStr for $name {
            type Err = FormError;

            fn from_str(text: &str) -> Result<Self, FormError> {
                match text { $($text => Ok(Self::$variant),)+ _ => Err(FormError::Term) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        text_serde!($name);
    };
}

closed_term! {
    /// What the agency may do with the data.
    Action {
        /// Look at it.
        Read = "read",
        /// Keep a copy, for the retention time.
        Store = "store",
        /// Pass it on to the named recipients.
        Forward = "forward",
    }
}

closed_term! {
    /// When the sealed part of a share leaves the verifier.
    Release {
        /// As soon as it is granted.
        OnGrant = "on_grant",
        /// Only once an incident is declared.
        OnIncident = "on_incident",
    }
}

closed_term! {
    /// What a second person found about an opening.
    Finding {
        /// The opening was right.
        Justified = "justified",
        /// The opening was wrong.
        Unjustified = "unjustified",
        /// It cannot be said.
        Inconclusive = "inconclusive",
    }
}

closed_term! {
    /// The type of the `authorization_details` object (RFC 9396).
    ConsentType {
        /// A consent, version 1.
        V1 = "urn:assent:consent:1",
    }
}

macro_rules! checked_text {
    ($(#[$doc:meta])* $name:ident, $error:ident, $check:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = FormError;

            fn from_str(text: &str) -> Result<Self, FormError> {
                let check: fn(&str) -> bool = $check;
                check(text).then(|| Self(text.into())).ok_or(FormError::$error)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        text_serde!($name);
    };
}

checked_text! {
    /// An ISO 8601 duration above zero, such as `P30D`, in the words of its author.
    IsoDuration, Duration, |text| parse_span(text).is_some()
}

checked_text! {
    /// A BCP 47 language tag, checked for its form only.
    Language, Language, is_language
}

checked_text! {
    /// An ISO 3166-1 alpha-2 or ISO 3166-2 code, checked for its form only.
    Jurisdiction, Jurisdiction, is_jurisdiction
}

checked_text! {
    /// A legal basis: an IRI of the W3C Data Privacy Vocabulary.
    LegalBasis, LegalBasis, is_legal_basis
}

impl LegalBasis {
    /// Explicit consent under Article 9(2)(a) of the GDPR: the basis unless a request says otherwise.
    pub const EXPLICIT_CONSENT: &str = "https://w3id.org/dpv/legal/eu/gdpr#A9-2-a";
}

impl Default for LegalBasis {
    fn default() -> Self {
        Self(Self::EXPLICIT_CONSENT.into())
    }
}

impl IsoDuration {
    /// The moment when the duration that starts at `start` is over, by the calendar, in UTC.
    ///
    /// `None` when it lies after the year 9999.
    #[must_use]
    pub fn after(&self, start: UnixSeconds) -> Option<UnixSeconds> {
        later(start, parse_span(&self.0)?)
    }
}

/// `start` and a span of the calendar, in UTC.
pub(crate) fn later(start: UnixSeconds, span: Span) -> Option<UnixSeconds> {
    let start = Timestamp::from_second(start.as_i64())
        .ok()?
        .to_zoned_datetime(TimeZone::UTC);
    UnixSeconds::new(start.checked_add(span).ok()?.timestamp().as_second())
}

fn parse_span(text: &str) -> Option<Span> {
    static PARSER: SpanParser = SpanParser::new();
    let span = text
        .starts_with('P')
        .then(|| PARSER.parse_span(text).ok())??;
    (span.is_positive() && !text.bytes().any(|byte| byte.is_ascii_lowercase())).then_some(span)
}

fn is_language(text: &str) -> bool {
    let subtag = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let first = text.split('-').next().unwrap_or_default();
    text.len() <= 35
        && first.len() >= 2
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && text.split('-').all(subtag)
}

fn is_jurisdiction(text: &str) -> bool {
    let (country, part) = text
        .split_once('-')
        .map_or((text, None), |(a, b)| (a, Some(b)));
    let subdivision = |part: &str| {
        (1..=3).contains(&part.len())
            && part
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    country.len() == 2
        && country.bytes().all(|byte| byte.is_ascii_uppercase())
        && part.is_none_or(subdivision)
}

fn is_legal_basis(text: &str) -> bool {
    let parts = text
        .strip_prefix("https://w3id.org/dpv")
        .and_then(|rest| rest.split_once('#'));
    let word = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/' | b'.'))
    };
    parts.is_some_and(|(path, name)| {
        (path.is_empty() || path.starts_with('/')) && word(path) && !name.is_empty() && word(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_iso_8601_above_zero() {
        for good in ["P30D", "P1Y2M3W4DT5H6M7S", "PT48H", "P5Y"] {
            assert!(good.parse::<IsoDuration>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "P",
            "PT",
            "P0D",
            "-P1D",
            "+P1D",
            "p1d",
            "1 day",
            "P1d",
            "P1H",
            "30",
            "P1D ",
            "P99999999Y",
            "P-1D",
        ] {
            assert_eq!(
                bad.parse::<IsoDuration>(),
                Err(FormError::Duration),
                "{bad}"
            );
        }
    }

    #[test]
    fn durations_end_by_the_calendar() {
        let start = UnixSeconds::new(1_709_164_800).unwrap(); // 2024-02-29T00:00:00Z
        let after = |text: &str| {
            text.parse::<IsoDuration>()
                .unwrap()
                .after(start)
                .unwrap()
                .since(start)
        };
        assert_eq!(after("P1D"), 86_400);
        assert_eq!(after("P1Y"), 365 * 86_400);
        assert_eq!(after("P1M"), 29 * 86_400);
        assert_eq!("P9000Y".parse::<IsoDuration>().unwrap().after(start), None);
    }

    #[test]
    fn forms_of_codes() {
        for good in ["en", "cy", "zh-Hant-TW", "de-CH-1996"] {
            assert!(is_language(good), "{good}");
        }
        for bad in ["", "e", "en_GB", "en-", "-en", "12", "en-abcdefghi"] {
            assert!(!is_language(bad), "{bad}");
        }
        for good in ["GB", "GB-WLS", "US-CA", "FR-2A", "AT-9"] {
            assert!(is_jurisdiction(good), "{good}");
        }
        for bad in ["", "gb", "GBR", "GB-", "GB-WLSX", "GB-wls", "G"] {
            assert!(!is_jurisdiction(bad), "{bad}");
        }
        for good in [LegalBasis::EXPLICIT_CONSENT, "https://w3id.org/dpv#Consent"] {
            assert!(is_legal_basis(good), "{good}");
        }
        for bad in [
            "",
            "https://w3id.org/dpv",
            "https://w3id.org/dpvx#A",
            "https://w3id.org/dpv#",
            "http://w3id.org/dpv#A",
            "https://w3id.org/dpv#a b",
        ] {
            assert!(!is_legal_basis(bad), "{bad}");
        }
    }
}
