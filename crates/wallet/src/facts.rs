//! What a consent's page says beyond the consent itself: who the agency is today, what its request could
//! not do without, the circle's name, and whether the agency has the data as they are written down now.

use std::collections::HashMap;

use consent_token::id::AgencyId;
use profile::{Lang, Profile};
use protocol::Registry;
use serde::Serialize;

use crate::{Grant, Party, ShareOutcome, Wallet, WalletError, review::kept_request};

/// What is known around consents, read once for all of them.
pub struct Facts {
    registry: Option<Registry>,
    parties: HashMap<AgencyId, Party>,
    profile: Profile,
    lang: Lang,
}

/// Whether an agency has the data behind a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Given {
    /// As they are written down now.
    Sent,
    /// They wait to be sent.
    Waits,
    /// The agency has no encryption key, and is given nothing.
    NoKey,
    /// They are more than one consent can carry.
    TooLarge,
}

impl Wallet {
    /// What is known around consents, in the words of `lang`.
    ///
    /// # Errors
    /// [`WalletError::Vault`] or [`WalletError::Record`].
    pub fn facts(&self, lang: Lang) -> Result<Facts, WalletError> {
        let registry = match self.registry() {
            Err(WalletError::NoRegistry) => None,
            other => Some(other?),
        };
        let agencies = registry.iter().flat_map(|known| &known.agencies);
        let parties = agencies.map(|agency| (agency.id.clone(), Party::new(agency, lang)));
        Ok(Facts {
            parties: parties.collect(),
            profile: self.profile()?,
            registry,
            lang,
        })
    }

    /// Whether the agency has the data behind a consent; none where it is owed none.
    ///
    /// # Errors
    /// As [`Wallet::facts`].
    pub fn given(&mut self, grant: &Grant, facts: &Facts) -> Result<Option<Given>, WalletError> {
        if !self.is_shared(grant) || facts.registry.is_none() {
            return Ok(None);
        }
        Ok(Some(match self.content(grant, &facts.profile)? {
            None => Given::Sent,
            Some(Err(ShareOutcome::NoKey)) => Given::NoKey,
            Some(Err(ShareOutcome::TooLarge)) => Given::TooLarge,
            Some(_) => Given::Waits,
        }))
    }
}

impl Facts {
    /// The agency as it is registered today.
    #[must_use]
    pub fn party(&self, id: &AgencyId) -> Option<&Party> {
        self.parties.get(id)
    }

    /// The agency's name, in the language of the wallet where there is one; `kept`, once it is not registered any more.
    #[must_use]
    pub fn name<'a>(&'a self, id: &AgencyId, kept: &'a str) -> &'a str {
        self.party(id).map_or(kept, |party| &party.name)
    }

    /// The circle's name.
    #[must_use]
    pub fn circle(&self, id: &str) -> Option<String> {
        let circle = self.registry.as_ref()?.circle(id)?;
        let name = circle.names.get(self.lang.tag()).unwrap_or(&circle.name);
        Some(name.clone())
    }

    /// What the request that a consent answers could not do without.
    #[must_use]
    pub fn required(&self, grant: &Grant) -> Vec<String> {
        let registry = self.registry.as_ref();
        let request = registry
            .zip(grant.request.as_ref())
            .and_then(|(known, request)| kept_request(known, request, grant.signed_at));
        request.map_or_else(Vec::new, |asked| asked.consent.required)
    }
}
