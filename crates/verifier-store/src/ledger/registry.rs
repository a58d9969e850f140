//! The registry in force, with its signing keys at hand.

use std::collections::HashMap;

use consent_token::{
    id::AgencyId,
    key::{PublicKey, Thumbprint},
};
use protocol::{Registry, registry::JwkSet};

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
        RegistryState {
            compact,
            registry,
            index,
            signers,
        }
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
