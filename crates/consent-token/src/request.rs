//! Consent requests (protocol section 8, RFC 9101): what an agency asks, signed by its registered
//! key, and refused before anything of it is shown unless all of it is known and good.

mod answer;
mod link;
mod wire;

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

pub use answer::{AnswerError, Choices};
pub use link::{Link, LinkError};

use crate::id::{AgencyId, Digest, Jti, UnixSeconds, WebAddress};
use crate::json::{object_serde, present};
use crate::jws::{self, Compact, Header};
use crate::key::{PublicKey, SigningKey};
use crate::term::{Action, ConsentType, IsoDuration, Jurisdiction, Language, LegalBasis, Release};
use crate::token::{Standing, Terms, check_standing, check_terms, check_time, require};
use crate::{MAX_COMPACT_BYTES, Refusal};

/// The `typ` of a request object (RFC 9101 section 10.8).
pub const TYP: &str = "oauth-authz-req+jwt";

/// The longest time from `iat` to `exp`: 24 hours, in seconds.
pub const MAX_SECONDS: i64 = 24 * 60 * 60;

/// What an agency asks. `iss`, `aud`, `response_type` and `response_mode` have one value each and
/// no fields of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestObject {
    /// The agency; on the wire as `client_id` and as `iss`.
    pub client_id: AgencyId,
    /// Where the answer goes too.
    pub response_uri: Option<WebAddress>,
    /// Makes the answer fresh.
    pub nonce: String,
    /// The agency's own note of where it was.
    pub state: String,
    /// The request's id.
    pub jti: Jti,
    /// When it was signed.
    pub iat: UnixSeconds,
    /// Until when it may be answered; after `iat`, and by no more than 24 hours.
    pub exp: UnixSeconds,
    /// The only object of `authorization_details`.
    pub consent: RequestedConsent,
}

/// The consent that is asked for. Its members are a closed set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct RequestedConsent {
    /// The type, which is also its version.
    #[serde(rename = "type")]
    pub kind: ConsentType,
    /// Purpose codes of section 10; at least one, each once.
    pub purposes: Vec<String>,
    /// Data paths of section 9; at least one, each once.
    pub datatypes: Vec<String>,
    /// Those of `datatypes` without which the request is pointless; each once, may be none.
    pub required: Vec<String>,
    /// What the agency would do; at least one, each once.
    pub actions: Vec<Action>,
    /// When the sealed part may be read.
    pub release: Release,
    /// How long the agency would keep what it read.
    pub retention: IsoDuration,
    /// The longest time that the grant should run.
    pub max_duration: IsoDuration,
    /// Agencies that `forward` would reach; when given, at least one, each once.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub recipients: Option<Vec<AgencyId>>,
    /// How many times the share would be fetched.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub uses: Option<NonZeroU32>,
    /// The circle that is asked for.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub circle: Option<RequestedCircle>,
    /// The text to read, in each language.
    pub notice: RequestedNotice,
    /// The legal basis; explicit consent when absent.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub basis: Option<LegalBasis>,
    /// Whose law applies, where the agency says so.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub jurisdiction: Option<Jurisdiction>,
}

/// A circle that is asked for; the wallet makes up the `case` unless the request has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct RequestedCircle {
    /// The circle's id in the registry.
    pub id: String,
    /// The agency's tier in the circle.
    pub tier: u8,
    /// The same random id in every token of the grant.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub case: Option<Jti>,
}

/// The text for the citizen to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct RequestedNotice {
    /// The agency's own name for this version of the text.
    pub version: String,
    /// The text by language; at least one, none empty.
    pub texts: BTreeMap<Language, String>,
}

object_serde!(RequestedConsent, RequestedCircle, RequestedNotice);

impl RequestedNotice {
    /// The digest that a token has of the text in this language: SHA-256 of its UTF-8 bytes.
    #[must_use]
    pub fn digest(&self, lang: &Language) -> Option<Digest> {
        self.texts.get(lang).map(|text| notice_digest(text))
    }
}

/// How long a request may stand: a day (section 8), or inside an offer as long as the offer (section 12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// 24 hours.
    Day,
    /// 90 days.
    Offer,
}

impl Lifetime {
    const fn seconds(self) -> i64 {
        match self {
            Lifetime::Day => MAX_SECONDS,
            Lifetime::Offer => 90 * 24 * 60 * 60,
        }
    }
}

/// The digest of a notice: SHA-256 of its text in UTF-8.
#[must_use]
pub fn notice_digest(text: &str) -> Digest {
    Digest::of(text.as_bytes())
}

/// Signs a request with the agency's key.
///
/// # Errors
/// [`Refusal::Malformed`] when it is against a rule of section 8, [`Refusal::TooLarge`].
pub fn sign(request: &RequestObject, key: &SigningKey) -> Result<String, Refusal> {
    sign_lasting(request, key, Lifetime::Day)
}

/// Signs a request that may stand longer than a day.
///
/// # Errors
/// As [`sign`].
pub fn sign_lasting(
    request: &RequestObject,
    key: &SigningKey,
    lifetime: Lifetime,
) -> Result<String, Refusal> {
    wire::check_rules(request, lifetime)?;
    let header = Header::with_kid(TYP, key.thumbprint());
    let compact = jws::sign(&header, &wire::Wire::from(request.clone()), key)?;
    require(compact.len() <= MAX_COMPACT_BYTES, Refusal::TooLarge)?;
    Ok(compact)
}

/// A request whose form was read, to find out which agency's key should have signed it.
#[derive(Debug)]
pub struct UnverifiedRequest<'a> {
    jws: Compact<'a>,
    request: RequestObject,
}

impl<'a> UnverifiedRequest<'a> {
    /// Reads a request.
    ///
    /// # Errors
    /// The first of [`Refusal::TooLarge`], [`Refusal::Malformed`], [`Refusal::UnsupportedAlg`],
    /// [`Refusal::WrongType`], [`Refusal::UnknownTerm`] and [`Refusal::WrongAudience`]: the last
    /// when `aud` is not `https://self-issued.me/v2`.
    pub fn parse(compact: &'a str, terms: &dyn Terms) -> Result<Self, Refusal> {
        Self::parse_lasting(compact, terms, Lifetime::Day)
    }

    /// As [`Self::parse`], for a request that may stand longer than a day.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_lasting(
        compact: &'a str,
        terms: &dyn Terms,
        lifetime: Lifetime,
    ) -> Result<Self, Refusal> {
        let jws = Compact::parse(compact, MAX_COMPACT_BYTES)?;
        jws.expect_typ(TYP)?;
        require(jws.kid().is_some(), Refusal::Malformed)?;
        let request = wire::Wire::read(jws.payload(), lifetime)?;
        check_terms(&request.consent.purposes, &request.consent.datatypes, terms)?;
        Ok(Self { jws, request })
    }

    /// The agency that it says it is from.
    #[must_use]
    pub const fn client_id(&self) -> &AgencyId {
        &self.request.client_id
    }

    /// The name of the key that should have signed it.
    #[must_use]
    pub fn kid(&self) -> &str {
        self.jws.kid().unwrap_or_default()
    }

    /// Verifies it with what the registry says about `client_id`: its standing and its signing keys.
    ///
    /// # Errors
    /// The first of [`Refusal::UnknownAgency`], [`Refusal::AgencySuspended`],
    /// [`Refusal::WrongAgencyKey`], [`Refusal::BadSignature`], [`Refusal::NotYetValid`] and
    /// [`Refusal::Expired`].
    pub fn verify(
        self,
        standing: Standing,
        keys: &[PublicKey],
        now: UnixSeconds,
    ) -> Result<VerifiedRequest, Refusal> {
        check_standing(standing)?;
        let signer = self.kid().parse().ok();
        let key = keys.iter().find(|key| Some(key.thumbprint()) == signer);
        self.jws.verify(key.ok_or(Refusal::WrongAgencyKey)?)?;
        check_time(self.request.iat, self.request.exp, now)?;
        Ok(VerifiedRequest {
            compact: self.jws.as_str().into(),
            request: self.request,
        })
    }
}

/// A request by an admitted agency, in time and in known terms: it may be shown.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifiedRequest {
    compact: String,
    request: RequestObject,
}

impl VerifiedRequest {
    /// What is asked.
    #[must_use]
    pub const fn request(&self) -> &RequestObject {
        &self.request
    }

    /// The request as it came.
    #[must_use]
    pub fn compact(&self) -> &str {
        &self.compact
    }
}

impl fmt::Debug for VerifiedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifiedRequest({})", self.request.jti)
    }
}
