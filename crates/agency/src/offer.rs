//! What an agency offers, and to whom (PROTOCOL section 12).

use std::collections::BTreeMap;

use consent_token::{id::UnixSeconds, term::Language};
use profile::rule::Rule;
use protocol::offer::{MAX_SECONDS, Offer};

use crate::{AgencyError, Identity, SignedRequest, Terms, random};

/// Help that an agency offers.
#[derive(Clone, Debug)]
pub struct Help {
    /// A short name, by language.
    pub title: BTreeMap<Language, String>,
    /// What help it is, by language.
    pub text: BTreeMap<Language, String>,
    /// Whom it is for; evaluated on each person's own device.
    pub rule: Rule,
    /// Until when it stands; at most 90 days from now.
    pub until: UnixSeconds,
}

impl Help {
    /// Signs the offer with the request that who wants the help answers.
    ///
    /// # Errors
    /// As [`Terms::sign`], and [`AgencyError::Offer`] where no wallet would show it.
    pub fn sign(
        self,
        agency: &Identity,
        terms: Terms,
        now: UnixSeconds,
    ) -> Result<(Offer, String), AgencyError> {
        let exp = self.until.min(now.plus(MAX_SECONDS));
        let SignedRequest { compact, .. } = terms.sign_for_offer(agency, now, exp)?;
        let offer = Offer {
            iss: agency.id().clone(),
            jti: random::jti()?,
            iat: now,
            exp,
            title: self.title,
            text: self.text,
            request: compact,
            rule: self.rule,
        };
        let signed = offer.sign(agency.key())?;
        Ok((offer, signed))
    }
}
