//! The signed registry (PROTOCOL sections 1 and 6): which agencies there are, their keys,
//! circles and tiers. A wallet and an auditor learn from it, and from nowhere else, whose key is whose.

mod admission;
mod circle;
mod keys;

pub use circle::{Circle, Member, Tier};
pub use keys::{JwkSet, RegistryKey, SUCCESSION_TYP};

use std::collections::{BTreeMap, BTreeSet};

use consent_token::{
    id::{AgencyId, UnixSeconds},
    jws::{Compact, JwsError},
    key::{PublicKey, SigningKey},
    term::IsoDuration,
};
use serde::{Deserialize, Serialize};

use crate::signing;

/// `typ` of the registry JWT.
pub const REGISTRY_TYP: &str = "agency-registry+jwt";
/// A registry JWT is at most 4 MiB (PROTOCOL section 0).
pub const REGISTRY_MAX_BYTES: usize = 4 << 20;

/// The payload of the registry JWT.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Registry {
    /// The verifier's issuer URL.
    pub iss: String,
    /// When the registrar signed it.
    pub iat: UnixSeconds,
    /// Rises with every change; a wallet refuses a lower one than it has seen.
    pub serial: u64,
    /// The agencies admitted so far, suspended ones included.
    pub agencies: Vec<Agency>,
    /// Agencies that answer together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub circles: Vec<Circle>,
    /// Who may read the JWS bodies behind the log.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub auditors: Vec<Auditor>,
}

/// One agency's entry; also the content of `registry-entry.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agency {
    /// The agency's URL: its `aud`, `iss` and `client_id`.
    pub id: AgencyId,
    /// The name as a person reads it.
    pub name: String,
    /// The name in other languages (BCP 47).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    /// What kind of service it is.
    pub kind: AgencyKind,
    /// Whether it may act now.
    #[serde(default)]
    pub status: AgencyStatus,
    /// Its keys: Ed25519 with `use: sig`, HPKE keys with `use: enc`.
    pub jwks: JwkSet,
    /// Where a person reaches it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// Where its privacy notice stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy_url: Option<String>,
    /// What it promised on admission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obligations: Option<Obligations>,
}

/// What kind of service an agency is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum AgencyKind {
    /// Ambulance trust.
    Ambulance,
    /// Fire and rescue.
    Fire,
    /// Police.
    Police,
    /// Health board.
    Health,
    /// County or city council.
    Council,
    /// Any other public service.
    #[default]
    Other,
}

/// Whether an agency may act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AgencyStatus {
    /// It may.
    #[default]
    Active,
    /// It may not, until the registrar admits it again.
    Suspended,
}

/// An agency's promises, each an ISO 8601 duration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obligations {
    /// How soon after an erase request it deletes what it read.
    pub erase_within: String,
}

/// An admitted auditor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Auditor {
    /// The auditor's URL.
    pub id: AgencyId,
    /// The name as a person reads it.
    pub name: String,
    /// Its signing keys.
    pub jwks: JwkSet,
}

/// Why a registry or an entry of it is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RegistryError {
    /// The JWT does not parse, is not of the right `typ`, or its signature does not verify.
    #[error("the registry is not signed by the registrar: {0}")]
    Signature(#[from] JwsError),
    /// The payload is not a registry.
    #[error("the registry cannot be read: {0}")]
    Malformed(String),
    /// The same id stands twice, or an agency has no usable signing key.
    #[error("the registry entry of {0} cannot be used: {1}")]
    Entry(String, &'static str),
    /// An older registry than one already seen; the operator must explain it.
    #[error("the registry went back from serial {seen} to {got}")]
    RolledBack {
        /// The highest serial seen so far.
        seen: u64,
        /// The serial of this one.
        got: u64,
    },
    /// An agency is gone: one that has left stays, suspended, for else it could come back with another key.
    #[error("{0} was taken out of the registry instead of being suspended")]
    Removed(String),
    /// An agency's signing keys changed without the old key's signature.
    #[error("the signing key of {0} changed without the old key's consent")]
    KeySwapped(String),
}

impl Agency {
    /// Whether the agency may act now.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.status == AgencyStatus::Active
    }

    fn check(&self) -> Result<(), RegistryError> {
        let fault = |what| Err(RegistryError::Entry(self.id.to_string(), what));
        if self.name.trim().is_empty() {
            return fault("it has no name");
        }
        if self.current_key().is_none() {
            return fault("it has no Ed25519 signing key");
        }
        if !self.keys_follow_each_other() {
            return fault("a signing key is there that succeeds no other one with both signatures");
        }
        if self
            .obligations
            .as_ref()
            .is_some_and(|o| o.erase_within.parse::<IsoDuration>().is_err())
        {
            return fault("erase_within is not an ISO 8601 duration");
        }
        Ok(())
    }
}

impl Registry {
    /// Signs the registry with the registrar's key.
    #[must_use]
    pub fn sign(&self, registrar: &SigningKey) -> String {
        signing::sign(REGISTRY_TYP, self, registrar)
    }

    /// Verifies a registry JWT against the registrar's key and checks every entry.
    ///
    /// # Errors
    /// [`RegistryError`] where the signature, the payload or an entry does not hold.
    pub fn verify(compact: &str, registrar: &PublicKey) -> Result<Self, RegistryError> {
        let jws = Compact::parse(compact, REGISTRY_MAX_BYTES)?;
        jws.expect_typ(REGISTRY_TYP)?;
        jws.verify(registrar)?;
        let registry: Registry =
            signing::claims(&jws).map_err(|e| RegistryError::Malformed(e.to_string()))?;
        registry.check()?;
        Ok(registry)
    }

    /// Checks what a registrar may publish: ids once, a name and a signing key each, members that exist.
    ///
    /// # Errors
    /// [`RegistryError::Entry`] names the entry at fault.
    pub fn check(&self) -> Result<(), RegistryError> {
        let mut ids = BTreeSet::new();
        for agency in &self.agencies {
            agency.check()?;
            if !ids.insert(&agency.id) {
                return Err(RegistryError::Entry(
                    agency.id.to_string(),
                    "the id stands twice",
                ));
            }
        }
        self.check_keys()?;
        let mut circles = BTreeSet::new();
        for circle in &self.circles {
            circle.check(&ids)?;
            if !circles.insert(&circle.id) {
                return Err(RegistryError::Entry(
                    circle.id.clone(),
                    "the id stands twice",
                ));
            }
        }
        Ok(())
    }

    /// A key says who acts: it stands once.
    fn check_keys(&self) -> Result<(), RegistryError> {
        let agencies = self.agencies.iter().map(|one| (&one.id, &one.jwks));
        let auditors = self.auditors.iter().map(|one| (&one.id, &one.jwks));
        let mut seen = BTreeSet::new();
        for (id, jwks) in agencies.chain(auditors) {
            for key in jwks.signing_keys() {
                if !seen.insert(key.thumbprint()) {
                    return Err(RegistryError::Entry(
                        id.to_string(),
                        "its signing key stands twice",
                    ));
                }
            }
        }
        Ok(())
    }

    /// Checks that this registry may follow `seen`: no lower serial, no agency gone, and no signing key swapped in
    /// silence.
    ///
    /// # Errors
    /// [`RegistryError::RolledBack`], [`RegistryError::Removed`] or [`RegistryError::KeySwapped`].
    pub fn follows(&self, seen: &Registry) -> Result<(), RegistryError> {
        let changed = self.serial == seen.serial && self != seen;
        if self.serial < seen.serial || changed {
            return Err(RegistryError::RolledBack {
                seen: seen.serial,
                got: self.serial,
            });
        }
        for old in &seen.agencies {
            let new = self
                .agency(&old.id)
                .ok_or_else(|| RegistryError::Removed(old.id.to_string()))?;
            let (Some(was), Some(is)) = (old.current_key(), new.current_key()) else {
                continue;
            };
            if !new
                .keys_acting_for(&was.thumbprint())
                .contains(&is.thumbprint())
            {
                return Err(RegistryError::KeySwapped(old.id.to_string()));
            }
        }
        Ok(())
    }

    /// The agency with that id.
    #[must_use]
    pub fn agency(&self, id: &AgencyId) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.id == *id)
    }

    /// The circle with that id.
    #[must_use]
    pub fn circle(&self, id: &str) -> Option<&Circle> {
        self.circles.iter().find(|circle| circle.id == id)
    }

    /// The auditor with that id.
    #[must_use]
    pub fn auditor(&self, id: &AgencyId) -> Option<&Auditor> {
        self.auditors.iter().find(|auditor| auditor.id == *id)
    }
}

#[cfg(test)]
mod tests;
