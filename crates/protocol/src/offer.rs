//! Offers (PROTOCOL section 12): an agency says whom it can help, and how to ask. Every wallet fetches all
//! offers as one document and decides by itself; the network tells nobody whom an offer fits.

use std::collections::BTreeMap;

use consent_token::{
    CLOCK_SKEW_SECONDS, MAX_COMPACT_BYTES, Refusal,
    id::{AgencyId, Jti, UnixSeconds},
    jws::{Compact, JwsError},
    key::SigningKey,
    request::{Lifetime, UnverifiedRequest},
    term::Language,
};
use profile::rule::Rule;
use serde::{Deserialize, Serialize};

use crate::{Registry, Version1, signing};

/// `typ` of an offer.
pub const OFFER_TYP: &str = "offer+jwt";
/// An offer stands for at most 90 days.
pub const MAX_SECONDS: i64 = 90 * 24 * 60 * 60;

/// An offer of help.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// The agency.
    pub iss: AgencyId,
    /// Its id.
    pub jti: Jti,
    /// When it was made.
    pub iat: UnixSeconds,
    /// Until when it stands.
    pub exp: UnixSeconds,
    /// A short name, by language.
    pub title: BTreeMap<Language, String>,
    /// What help it is, by language.
    pub text: BTreeMap<Language, String>,
    /// The consent request to be answered by who wants the help, a compact JWS.
    pub request: String,
    /// Whom it is for.
    #[serde(rename = "for")]
    pub rule: Rule,
}

/// Why an offer is not shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OfferError {
    /// Larger than 8 KiB, not a signed JWT, of another `typ`, or changed.
    #[error("the offer is not signed by the agency: {0}")]
    Signature(#[from] JwsError),
    /// A member is missing, unknown or empty, or its rule is not usable.
    #[error("the offer cannot be read: {0}")]
    Malformed(String),
    /// The agency is not registered, or is suspended, or this is not its key.
    #[error("the offer's agency may not make it: {0}")]
    Agency(Refusal),
    /// Its time is over, has not begun, or is longer than 90 days.
    #[error("the offer does not stand now")]
    Time,
    /// Its request is not one of the same agency, or is not good as long as the offer.
    #[error("the offer's request cannot be answered: {0}")]
    Request(Refusal),
}

impl Offer {
    /// Signs the offer.
    ///
    /// # Errors
    /// [`OfferError`] where no wallet would show it.
    pub fn sign(&self, key: &SigningKey) -> Result<String, OfferError> {
        self.check()?;
        let compact = signing::sign(OFFER_TYP, self, key);
        Compact::parse(&compact, MAX_COMPACT_BYTES)?;
        Ok(compact)
    }

    /// Verifies an offer with the registry, at `now`.
    ///
    /// # Errors
    /// [`OfferError`].
    pub fn verify(
        compact: &str,
        registry: &Registry,
        now: UnixSeconds,
    ) -> Result<Self, OfferError> {
        let jws = Compact::parse(compact, MAX_COMPACT_BYTES)?;
        jws.expect_typ(OFFER_TYP)?;
        let offer: Offer =
            signing::claims(&jws).map_err(|e| OfferError::Malformed(e.to_string()))?;
        let agency = registry.agency(&offer.iss);
        let agency = agency.ok_or(OfferError::Agency(Refusal::UnknownAgency))?;
        if !agency.is_active() {
            return Err(OfferError::Agency(Refusal::AgencySuspended));
        }
        let key = agency.current_key().filter(|key| {
            jws.kid()
                .is_some_and(|kid| kid == key.thumbprint().to_string())
        });
        jws.verify(&key.ok_or(OfferError::Agency(Refusal::WrongAgencyKey))?)?;
        offer.check()?;
        let begun = offer.iat.since(now) <= CLOCK_SKEW_SECONDS;
        if !begun || offer.exp <= now {
            return Err(OfferError::Time);
        }
        Ok(offer)
    }

    fn check(&self) -> Result<(), OfferError> {
        let worded = |texts: &BTreeMap<Language, String>| {
            !texts.is_empty() && texts.values().all(|text| !text.trim().is_empty())
        };
        if !worded(&self.title) || !worded(&self.text) {
            return Err(OfferError::Malformed("title and text have words".into()));
        }
        if !(1..=MAX_SECONDS).contains(&self.exp.since(self.iat)) {
            return Err(OfferError::Time);
        }
        let request = UnverifiedRequest::parse_lasting(&self.request, &Version1, Lifetime::Offer)
            .map_err(OfferError::Request)?;
        if *request.client_id() == self.iss {
            Ok(())
        } else {
            Err(OfferError::Request(Refusal::WrongAudience))
        }
    }
}

#[cfg(test)]
mod tests;
