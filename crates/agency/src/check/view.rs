//! What a check looks at: the agency's standing and keys from the registry, and the status lists. Made
//! whole, published whole.

use std::collections::HashMap;

use consent_token::{
    Refusal,
    id::{AgencyId, UnixSeconds},
    key::Thumbprint,
    token::{Expectation, Standing},
};
use protocol::Registry;
use status_list::{Freshness, Status, StatusList};

use super::Ask;

/// A status list that was verified.
#[derive(Clone, Debug)]
pub struct List {
    /// The bits.
    pub bits: std::sync::Arc<StatusList>,
    /// How long it may be used.
    pub freshness: Freshness,
}

/// What one agency knows.
#[derive(Clone, Debug)]
pub struct View {
    audience: AgencyId,
    standing: Standing,
    caller_keys: Vec<Thumbprint>,
    lists: HashMap<String, List>,
}

impl View {
    /// The agency `audience` with the key `own` in a registry. Without a registry it is unknown to itself,
    /// and every check is a no.
    #[must_use]
    pub fn new(audience: AgencyId, own: &Thumbprint, registry: Option<&Registry>) -> Self {
        let entry = registry.and_then(|registry| registry.agency(&audience));
        let standing = match entry {
            None => Standing::Unknown,
            Some(entry) if entry.is_active() => Standing::Active,
            Some(_) => Standing::Suspended,
        };
        let registered = entry
            .into_iter()
            .flat_map(|entry| entry.jwks.signing_keys());
        let may_use =
            |jkt: &Thumbprint| entry.is_some_and(|entry| entry.keys_acting_for(jkt).contains(own));
        let caller_keys = registered
            .map(|key| key.thumbprint())
            .filter(may_use)
            .collect();
        View {
            audience,
            standing,
            caller_keys,
            lists: HashMap::new(),
        }
    }

    /// Adds a verified list, by its URI.
    #[must_use]
    pub fn with_list(mut self, uri: &str, list: List) -> Self {
        self.lists.insert(uri.to_owned(), list);
        self
    }

    /// The agency.
    #[must_use]
    pub fn audience(&self) -> &AgencyId {
        &self.audience
    }

    /// How it stands in the registry.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// The keys in whose place the agency's own key may act, itself included.
    #[must_use]
    pub fn caller_keys(&self) -> &[Thumbprint] {
        &self.caller_keys
    }

    /// The list with that URI.
    #[must_use]
    pub fn list(&self, uri: &str) -> Option<&List> {
        self.lists.get(uri)
    }

    /// The URIs of the lists.
    pub fn uris(&self) -> impl Iterator<Item = &str> + '_ {
        self.lists.keys().map(String::as_str)
    }

    pub(super) fn expectation<'a>(&'a self, now: UnixSeconds, ask: &Ask<'a>) -> Expectation<'a> {
        Expectation {
            now,
            audience: &self.audience,
            standing: self.standing,
            caller_keys: &self.caller_keys,
            purpose: ask.purpose,
            datatypes: ask.datatypes,
        }
    }

    pub(super) fn check_status(
        &self,
        uri: &str,
        idx: u64,
        now: UnixSeconds,
    ) -> Result<Freshness, Refusal> {
        let list = self.lists.get(uri).ok_or(Refusal::StatusUnavailable)?;
        if !list.freshness.is_usable(now.as_i64()) {
            return Err(Refusal::StatusUnavailable);
        }
        let status = list.bits.get(idx).map(Status::try_from);
        match status {
            Ok(Ok(Status::Valid)) => Ok(list.freshness),
            Ok(Ok(Status::Unregistered)) => Err(Refusal::Unregistered),
            Ok(Ok(Status::Suspended)) => Err(Refusal::Suspended),
            Ok(Ok(Status::Invalid)) => Err(Refusal::Revoked),
            Ok(Err(_)) | Err(_) => Err(Refusal::StatusUnavailable),
        }
    }
}
