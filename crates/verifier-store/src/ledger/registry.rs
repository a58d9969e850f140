//! The registry in force, with its signing keys at hand.

use std::collections::HashMap;

use consent_token::{
    id::AgencyId,
    key::{PublicKey, Thumbprint},
};
use protocol::{
    Registry,
    registry::{Agency, JwkSet},
};

/// The registry that is in force, and where it stands in the log.
#[derive(Clone, Debug)]
pub struct RegistryState {
    /// The registry JWT as it is published.
    pub compact: String,
    /// Its content.
    pub registry: Registry,
    /// The index of its entry.
    pub index: u64,
    signers: HashMap<Thumbprint, Signer>,
    agencies: HashMap<AgencyId, KnownAgency>,
}

/// An agency, with what its keys may do worked out once: to decode them and to check who succeeds whom
/// takes as long as many checks.
#[derive(Clone, Debug)]
pub struct KnownAgency {
    /// Its entry.
    pub agency: Agency,
    current: Option<Thumbprint>,
    /// For every key, the keys that may act where it is named: itself and its successors.
    acting: HashMap<Thumbprint, Vec<Thumbprint>>,
}

impl KnownAgency {
    fn new(agency: &Agency) -> Self {
        let keys = agency.jwks.signing_keys().map(|key| key.thumbprint());
        KnownAgency {
            current: agency.current_key().map(|key| key.thumbprint()),
            acting: keys
                .map(|key| (key, agency.keys_acting_for(&key)))
                .collect(),
            agency: agency.clone(),
        }
    }

    /// Whether this is one of its signing keys, a succeeded one included.
    #[must_use]
    pub fn has_key(&self, key: &Thumbprint) -> bool {
        self.acting.contains_key(key)
    }

    /// Whether this is its current signing key.
    #[must_use]
    pub fn is_current(&self, key: &PublicKey) -> bool {
        self.current == Some(key.thumbprint())
    }

    /// Whether `key` may act where `named` is named.
    #[must_use]
    pub fn may_act_for(&self, named: &Thumbprint, key: &Thumbprint) -> bool {
        self.acting
            .get(named)
            .is_some_and(|acting| acting.contains(key))
    }

    /// Whether the proven key may use what is bound to `named`. Where the agency proved itself by any key,
    /// its current one has to be among those that may.
    #[must_use]
    pub fn may_use(&self, named: &Thumbprint, proven: Option<&PublicKey>) -> bool {
        let key = proven.map_or(self.current, |key| Some(key.thumbprint()));
        key.is_some_and(|key| self.may_act_for(named, &key))
    }
}

/// Whose key it is.
#[derive(Clone, Debug)]
pub struct Signer {
    /// The agency or auditor.
    pub id: AgencyId,
    /// The key.
    pub key: PublicKey,
    /// What kind of client it is.
    pub kind: SignerKind,
}

/// What kind of client holds a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignerKind {
    /// A registered agency.
    Agency,
    /// An admitted auditor.
    Auditor,
}

impl RegistryState {
    /// Decodes every signing key once.
    pub(crate) fn new(compact: String, registry: Registry, index: u64) -> Self {
        let agencies = registry
            .agencies
            .iter()
            .map(|one| (&one.id, &one.jwks, SignerKind::Agency));
        let auditors = registry
            .auditors
            .iter()
            .map(|one| (&one.id, &one.jwks, SignerKind::Auditor));
        let signers = agencies.chain(auditors).flat_map(signers).collect();
        let agencies = registry.agencies.iter();
        RegistryState {
            agencies: agencies
                .map(|one| (one.id.clone(), KnownAgency::new(one)))
                .collect(),
            compact,
            registry,
            index,
            signers,
        }
    }

    /// The agency with that id.
    #[must_use]
    pub fn agency(&self, id: &AgencyId) -> Option<&KnownAgency> {
        self.agencies.get(id)
    }

    /// Whose key has that thumbprint.
    #[must_use]
    pub fn signer(&self, kid: &Thumbprint) -> Option<&Signer> {
        self.signers.get(kid)
    }

    /// The signing keys of one client.
    pub fn keys_of<'a>(&'a self, id: &'a AgencyId) -> impl Iterator<Item = &'a Signer> {
        self.signers.values().filter(move |signer| signer.id == *id)
    }
}

fn signers<'a>(
    (id, jwks, kind): (&'a AgencyId, &'a JwkSet, SignerKind),
) -> impl Iterator<Item = (Thumbprint, Signer)> + 'a {
    jwks.signing_keys().map(move |key| {
        (
            key.thumbprint(),
            Signer {
                id: id.clone(),
                key,
                kind,
            },
        )
    })
}
