//! Names and times (protocol sections 0 and 1): agencies, grants, digests and whole seconds UTC.
//! Parsing is the only way in, so a value of these types is always well formed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use crate::json::text_serde;
use crate::{base64url, web_url};

/// A text that is not of the form its type has; whoever wrote it must correct it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FormError {
    /// Not an `https://` URL in normal form without query or fragment.
    #[error("an agency id is an https URL in normal form, without query or fragment")]
    AgencyId,
    /// Not an `https://` URL in normal form, nor an `http://` one on loopback.
    #[error("an address is an https URL in normal form, or an http URL on loopback")]
    WebAddress,
    /// Not 16 bytes in base64url.
    #[error("an id is 16 bytes in base64url: 22 characters")]
    Jti,
    /// Not a whole number of seconds from 1970 to the year 9999.
    #[error("a time is in whole seconds, from 1970 to the year 9999")]
    UnixSeconds,
    /// Not the prefix of the digest and 32 bytes in base64url.
    #[error("a digest is its prefix and 32 bytes in base64url: 43 characters")]
    Digest,
    /// Not 32 bytes in base64url.
    #[error("a thumbprint is 32 bytes in base64url: 43 characters")]
    Thumbprint,
    /// Not an RFC 9278 URI with a SHA-256 thumbprint.
    #[error("a holder is an RFC 9278 JWK thumbprint URI with SHA-256")]
    HolderUri,
    /// Not an ISO 8601 duration above zero.
    #[error("a duration is ISO 8601, above zero, such as P30D")]
    Duration,
    /// Not of the form of a BCP 47 language tag.
    #[error("a language is a BCP 47 tag, such as en or cy")]
    Language,
    /// Not of the form of an ISO 3166 code.
    #[error("a jurisdiction is an ISO 3166-1 or 3166-2 code, such as GB or GB-WLS")]
    Jurisdiction,
    /// Not an IRI of the W3C Data Privacy Vocabulary.
    #[error("a legal basis is an IRI of the W3C Data Privacy Vocabulary")]
    LegalBasis,
    /// Not a term of the closed list.
    #[error("not a term of the closed list")]
    Term,
}

/// An agency's name: an `https://` URL without query or fragment, in normal form, compared byte by
/// byte (protocol section 1).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgencyId(String);

impl AgencyId {
    /// The URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AgencyId {
    type Err = FormError;

    fn from_str(text: &str) -> Result<Self, FormError> {
        let good = web_url::is_https_id(text);
        good.then(|| Self(text.into())).ok_or(FormError::AgencyId)
    }
}

impl fmt::Display for AgencyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for AgencyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where something is fetched or sent: an `https://` URL in normal form, or `http://` on loopback.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WebAddress(String);

impl WebAddress {
    /// The URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for WebAddress {
    type Err = FormError;

    fn from_str(text: &str) -> Result<Self, FormError> {
        let good = web_url::is_address(text);
        good.then(|| Self(text.into())).ok_or(FormError::WebAddress)
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The id of a grant, a statement or a request: 16 random bytes, 22 characters in base64url.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Jti([u8; 16]);

impl Jti {
    /// The id of these bytes, which come from the operating system's random numbers.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The 16 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl FromStr for Jti {
    type Err = FormError;

    fn from_str(text: &str) -> Result<Self, FormError> {
        base64url::decode_array(text)
            .map(Self)
            .ok_or(FormError::Jti)
    }
}

impl fmt::Display for Jti {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        base64url::write(&self.0, f)
    }
}

impl fmt::Debug for Jti {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Jti({self})")
    }
}

text_serde!(AgencyId, WebAddress, Jti);

/// A moment in whole seconds since 1970 UTC, up to the end of the year 9999 (a NumericDate of
/// RFC 7519 without a fraction).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct UnixSeconds(i64);

impl UnixSeconds {
    /// 1970-01-01T00:00:00Z.
    pub const MIN: Self = Self(0);
    /// 9999-12-31T23:59:59Z.
    pub const MAX: Self = Self(253_402_300_799);

    /// The moment, if it lies within the range.
    #[must_use]
    pub const fn new(seconds: i64) -> Option<Self> {
        if seconds < Self::MIN.0 || seconds > Self::MAX.0 {
            None
        } else {
            Some(Self(seconds))
        }
    }

    /// Seconds since 1970 UTC.
    #[must_use]
    pub const fn as_i64(self) -> i64 {
        self.0
    }

    /// The moment so many seconds later (earlier when negative), held within the range.
    #[must_use]
    pub fn plus(self, seconds: i64) -> Self {
        Self(
            self.0
                .saturating_add(seconds)
                .clamp(Self::MIN.0, Self::MAX.0),
        )
    }

    /// Seconds from `earlier` to here.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }
}

impl TryFrom<i64> for UnixSeconds {
    type Error = FormError;

    fn try_from(seconds: i64) -> Result<Self, FormError> {
        Self::new(seconds).ok_or(FormError::UnixSeconds)
    }
}

impl fmt::Display for UnixSeconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for UnixSeconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        i64::deserialize(deserializer)?
            .try_into()
            .map_err(serde::de::Error::custom)
    }
}

/// A SHA-256 digest. It has two text forms: `sha-256:…` inside a JWT, `sha256:…` in a log entry.
///
/// Choose with `#[serde(with = "consent_token::id::digest_in_jwt")]` or `digest_in_log`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    const JWT: &'static str = "sha-256:";
    const LOG: &'static str = "sha256:";

    /// The digest of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// A digest that was made elsewhere.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads `sha-256:…`.
    ///
    /// # Errors
    /// [`FormError::Digest`].
    pub fn from_jwt(text: &str) -> Result<Self, FormError> {
        Self::read(Self::JWT, text)
    }

    /// Reads `sha256:…`.
    ///
    /// # Errors
    /// [`FormError::Digest`].
    pub fn from_log(text: &str) -> Result<Self, FormError> {
        Self::read(Self::LOG, text)
    }

    /// Writes `sha-256:…`, as notices and statements have it.
    #[must_use]
    pub fn in_jwt(&self) -> impl fmt::Display + '_ {
        Prefixed(Self::JWT, &self.0)
    }

    /// Writes `sha256:…`, as log entries have it.
    #[must_use]
    pub fn in_log(&self) -> impl fmt::Display + '_ {
        Prefixed(Self::LOG, &self.0)
    }

    fn read(prefix: &str, text: &str) -> Result<Self, FormError> {
        let bytes = text.strip_prefix(prefix).and_then(base64url::decode_array);
        bytes.map(Self).ok_or(FormError::Digest)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({})", self.in_jwt())
    }
}

struct Prefixed<'a>(&'static str, &'a [u8; 32]);

impl fmt::Display for Prefixed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)?;
        base64url::write(self.1, f)
    }
}

macro_rules! digest_serde {
    ($name:ident, $read:ident, $write:ident, $form:literal) => {
        #[doc = concat!("Serde for a digest as `", $form, "…`, for `#[serde(with)]`.")]
        pub mod $name {
            use super::*;

            struct Form(Digest);

            impl FromStr for Form {
                type Err = FormError;

                fn from_str(text: &str) -> Result<Self, FormError> {
                    Digest::$read(text).map(Form)
                }
            }

            /// Writes the digest.
            ///
            /// # Errors
            /// The serializer's own.
            pub fn serialize<S: Serializer>(
                digest: &Digest,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&digest.$write())
            }

            /// Reads the digest.
            ///
            /// # Errors
            /// The deserializer's own, and when the text is not of this form.
            pub fn deserialize<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Digest, D::Error> {
                crate::json::text(deserializer).map(|Form(digest)| digest)
            }
        }
    };
}

digest_serde!(digest_in_jwt, from_jwt, in_jwt, "sha-256:");
digest_serde!(digest_in_log, from_log, in_log, "sha256:");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_22_characters() {
        let jti = Jti::from_bytes([7; 16]);
        assert_eq!(jti.to_string().len(), 22);
        assert_eq!(jti.to_string().parse(), Ok(jti));
        assert_eq!("BwcHBwcHBwcHBwcHBwcHBx".parse::<Jti>(), Err(FormError::Jti));
    }

    #[test]
    fn a_digest_has_two_forms_and_they_do_not_mix() {
        let digest = Digest::of(b"notice");
        let (jwt, log) = (digest.in_jwt().to_string(), digest.in_log().to_string());
        assert_eq!(Digest::from_jwt(&jwt), Ok(digest));
        assert_eq!(Digest::from_log(&log), Ok(digest));
        assert_eq!(Digest::from_jwt(&log), Err(FormError::Digest));
        assert_eq!(Digest::from_log(&jwt), Err(FormError::Digest));
    }

    #[test]
    fn times_stay_within_the_range() {
        assert_eq!(UnixSeconds::new(-1), None);
        assert_eq!(UnixSeconds::new(253_402_300_800), None);
        assert_eq!(UnixSeconds::MAX.plus(i64::MAX), UnixSeconds::MAX);
        assert_eq!(UnixSeconds::MIN.plus(i64::MIN), UnixSeconds::MIN);
        assert!(serde_json::from_str::<UnixSeconds>("1.0").is_err());
        assert!(serde_json::from_str::<UnixSeconds>("18446744073709551615").is_err());
    }
}
