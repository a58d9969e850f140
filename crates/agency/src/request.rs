//! Consent requests (PROTOCOL section 8): put together, held to what every wallet will check, and signed.

use std::collections::BTreeMap;

use consent_token::{
    Refusal,
    id::{AgencyId, UnixSeconds, WebAddress},
    request::{
        self, Lifetime, Link, RequestObject, RequestedCircle, RequestedConsent, RequestedNotice,
    },
    term::{Action, ConsentType, IsoDuration, Jurisdiction, Language, LegalBasis, Release},
    token::Terms as _,
};
use protocol::{Registry, Version1};

use crate::{AgencyError, Identity, random};

/// What an agency asks.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Purpose codes.
    pub purposes: Vec<String>,
    /// Data paths.
    pub datatypes: Vec<String>,
    /// Those without which the request is pointless.
    pub required: Vec<String>,
    /// What the agency would do.
    pub actions: Vec<Action>,
    /// When the sealed part may be read.
    pub release: Release,
    /// How long the agency would keep what it read.
    pub retention: IsoDuration,
    /// The longest time that the grant should run.
    pub max_duration: IsoDuration,
    /// Agencies that `forward` would reach.
    pub recipients: Vec<AgencyId>,
    /// The circle, and the agency's tier in it.
    pub circle: Option<(String, u8)>,
    /// The text to read, by language.
    pub notice: BTreeMap<Language, String>,
    /// The agency's own name for this version of the text.
    pub notice_version: String,
    /// The legal basis, where it is not explicit consent.
    pub basis: Option<LegalBasis>,
    /// Whose law applies.
    pub jurisdiction: Option<Jurisdiction>,
    /// Where the answer goes too.
    pub response_uri: Option<WebAddress>,
}

/// A signed request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedRequest {
    /// What was signed.
    pub object: RequestObject,
    /// The compact JWS.
    pub compact: String,
}

impl Terms {
    /// Signs the request at `now`; it may be answered for `seconds` (at most 24 hours).
    ///
    /// # Errors
    /// [`AgencyError::UnknownTerm`] names a purpose or path that no wallet knows; [`AgencyError::Unsignable`]
    /// with [`Refusal::TooLarge`] where the notice is too long, or [`Refusal::Malformed`].
    pub fn sign(
        self,
        agency: &Identity,
        now: UnixSeconds,
        seconds: i64,
    ) -> Result<SignedRequest, AgencyError> {
        self.sign_lasting(
            agency,
            now,
            now.plus(seconds.min(request::MAX_SECONDS)),
            Lifetime::Day,
        )
    }

    /// Signs a request that stands inside an offer, until `exp`.
    ///
    /// # Errors
    /// As [`Terms::sign`].
    pub fn sign_for_offer(
        self,
        agency: &Identity,
        now: UnixSeconds,
        exp: UnixSeconds,
    ) -> Result<SignedRequest, AgencyError> {
        self.sign_lasting(agency, now, exp, Lifetime::Offer)
    }

    fn sign_lasting(
        self,
        agency: &Identity,
        now: UnixSeconds,
        exp: UnixSeconds,
        lifetime: Lifetime,
    ) -> Result<SignedRequest, AgencyError> {
        self.check_terms()?;
        let case = random::jti()?;
        let object = RequestObject {
            client_id: agency.id().clone(),
            response_uri: self.response_uri.clone(),
            nonce: random::jti()?.to_string(),
            state: random::jti()?.to_string(),
            jti: random::jti()?,
            iat: now,
            exp,
            consent: RequestedConsent {
                kind: ConsentType::V1,
                purposes: self.purposes,
                datatypes: self.datatypes,
                required: self.required,
                actions: self.actions,
                release: self.release,
                retention: self.retention,
                max_duration: self.max_duration,
                recipients: Some(self.recipients).filter(|all| !all.is_empty()),
                uses: None,
                circle: self.circle.map(|(id, tier)| RequestedCircle {
                    id,
                    tier,
                    case: Some(case),
                }),
                notice: RequestedNotice {
                    version: self.notice_version,
                    texts: self.notice,
                },
                basis: self.basis,
                jurisdiction: self.jurisdiction,
            },
        };
        let compact = request::sign_lasting(&object, agency.key(), lifetime)
            .map_err(AgencyError::Unsignable)?;
        Ok(SignedRequest { object, compact })
    }

    fn check_terms(&self) -> Result<(), AgencyError> {
        let unknown = |term: &String| Err(AgencyError::UnknownTerm(term.clone()));
        if let Some(purpose) = self
            .purposes
            .iter()
            .find(|purpose| !Version1.knows_purpose(purpose))
        {
            return unknown(purpose);
        }
        let paths = || self.datatypes.iter().chain(&self.required);
        if let Some(path) = paths().find(|path| !Version1.knows_path(path)) {
            return unknown(path);
        }
        match self
            .required
            .iter()
            .find(|path| !self.datatypes.contains(path))
        {
            Some(_) => Err(AgencyError::Unsignable(Refusal::Malformed)),
            None => Ok(()),
        }
    }
}

impl SignedRequest {
    /// The link with the request in it.
    #[must_use]
    pub fn link(&self) -> String {
        Link::Inline {
            client_id: self.object.client_id.clone(),
            request: self.compact.clone(),
        }
        .to_string()
    }

    /// The link to the request at an address, short enough for a QR code.
    #[must_use]
    pub fn link_to(&self, request_uri: WebAddress) -> String {
        Link::ByReference {
            client_id: self.object.client_id.clone(),
            request_uri,
        }
        .to_string()
    }
}

/// The highest tier of a circle that is open to an agency; none where it is not a member.
#[must_use]
pub fn circle_tier(registry: &Registry, circle: &str, agency: &AgencyId) -> Option<u8> {
    let circle = registry.circles.iter().find(|known| known.id == circle)?;
    let member = circle
        .members
        .iter()
        .find(|member| member.agency == *agency)?;
    member.tiers.iter().copied().max()
}
