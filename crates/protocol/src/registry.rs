//! The signed registry (PROTOCOL sections 1 and 6): which agencies there are, their keys,
//! circles and tiers. A wallet and an auditor learn from it, and from nowhere else, whose key is whose.

use std::collections::{BTreeMap, BTreeSet};

use consent_token::{
    MAX_COMPACT_BYTES,
    id::{AgencyId, UnixSeconds},
    jws::{Compact, JwsError},
    key::{Jwk, PublicKey, SigningKey, Thumbprint},
    term::IsoDuration,
};
use serde::{Deserialize, Serialize};

use crate::signing;

/// `typ` of the registry JWT.
pub const REGISTRY_TYP: &str = "agency-registry+jwt";
/// `typ` of the two signatures that hand a signing key over to its successor.
pub const SUCCESSION_TYP: &str = "key-succession+jwt";
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

/// A JWK Set (RFC 7517 section 5).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct JwkSet {
    /// The keys, in no particular order.
    pub keys: Vec<RegistryKey>,
}

/// A public key of an agency, an auditor or the verifier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegistryKey {
    /// `kty`, `crv`, `x` and what else the key's kind needs.
    #[serde(flatten)]
    pub parameters: BTreeMap<String, serde_json::Value>,
}

/// Agencies that answer together, in tiers (PROTOCOL section 2 `circle`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Circle {
    /// The circle's id: the scope of the holder's key for all its members.
    pub id: String,
    /// The name as a person reads it.
    pub name: String,
    /// The name in other languages (BCP 47).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    /// Which data each tier opens.
    pub tiers: Vec<Tier>,
    /// Who belongs to it, and which tiers are theirs.
    pub members: Vec<Member>,
}

/// One tier of a circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// The tier's number; 0 tells least.
    pub tier: u8,
    /// What the tier tells, by language (BCP 47).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    /// The data paths it opens.
    pub datatypes: Vec<String>,
}

/// One agency of a circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The agency's id.
    pub agency: AgencyId,
    /// The tiers that are open to it.
    pub tiers: Vec<u8>,
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

impl RegistryKey {
    /// An Ed25519 signing key's entry, with its `kid`.
    #[must_use]
    pub fn signing(key: &PublicKey) -> Self {
        let jwk = serde_json::to_value(key.jwk()).expect("a JWK is plain JSON");
        let mut parameters: BTreeMap<_, _> = jwk
            .as_object()
            .into_iter()
            .flatten()
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect();
        parameters.insert("kid".into(), key.thumbprint().to_string().into());
        parameters.insert("use".into(), "sig".into());
        parameters.insert("alg".into(), "EdDSA".into());
        RegistryKey { parameters }
    }

    /// The Ed25519 key, where this is a signing key (RFC 8037).
    #[must_use]
    pub fn public_key(&self) -> Option<PublicKey> {
        let is = |name: &str, value: &str| {
            self.parameters.get(name).and_then(|v| v.as_str()) == Some(value)
        };
        if self.parameters.contains_key("use") && !is("use", "sig") {
            return None;
        }
        let parameters = self
            .parameters
            .iter()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let jwk: Jwk = serde_json::from_value(serde_json::Value::Object(parameters)).ok()?;
        jwk.public_key().ok()
    }

    fn successions(&self) -> Option<(Thumbprint, Vec<String>)> {
        let of = self
            .parameters
            .get("successor_of")?
            .as_str()?
            .parse()
            .ok()?;
        let proofs = serde_json::from_value(self.parameters.get("succession")?.clone()).ok()?;
        Some((of, proofs))
    }
}

/// What old and new key both sign when a key is succeeded.
#[derive(Serialize, Deserialize, PartialEq, Eq)]
struct Succession {
    iss: AgencyId,
    successor: Thumbprint,
    successor_of: Thumbprint,
}

impl JwkSet {
    /// The Ed25519 signing keys of the set.
    pub fn signing_keys(&self) -> impl Iterator<Item = PublicKey> + '_ {
        self.keys.iter().filter_map(RegistryKey::public_key)
    }

    /// The signing key with that thumbprint.
    #[must_use]
    pub fn signing_key(&self, kid: &Thumbprint) -> Option<PublicKey> {
        self.signing_keys().find(|key| key.thumbprint() == *kid)
    }
}

impl Agency {
    /// Whether the agency may act now.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.status == AgencyStatus::Active
    }

    /// The key that a new request is signed with and new tokens are bound to: the one nobody succeeds.
    #[must_use]
    pub fn current_key(&self) -> Option<PublicKey> {
        let succeeded: Vec<Thumbprint> = self
            .jwks
            .keys
            .iter()
            .filter_map(|key| Some(key.successions()?.0))
            .collect();
        self.jwks
            .signing_keys()
            .find(|key| !succeeded.contains(&key.thumbprint()))
    }

    /// The thumbprints that may act where `cnf.jkt` names `jkt`: that key and its registered successors.
    #[must_use]
    pub fn keys_acting_for(&self, jkt: &Thumbprint) -> Vec<Thumbprint> {
        let mut acting = vec![*jkt];
        while let Some(next) = self.successor_of(acting.last().expect("starts with one")) {
            if acting.contains(&next) {
                break;
            }
            acting.push(next);
        }
        acting
    }

    fn successor_of(&self, jkt: &Thumbprint) -> Option<Thumbprint> {
        self.jwks.keys.iter().find_map(|key| {
            let (of, proofs) = key.successions()?;
            let new = key.public_key()?;
            (of == *jkt && self.succession_holds(&of, &new, &proofs)).then(|| new.thumbprint())
        })
    }

    /// Both keys must have signed the same hand-over.
    fn succession_holds(&self, of: &Thumbprint, new: &PublicKey, proofs: &[String]) -> bool {
        let Some(old) = self.jwks.signing_key(of) else {
            return false;
        };
        let expected = Succession {
            iss: self.id.clone(),
            successor: new.thumbprint(),
            successor_of: *of,
        };
        let signed_by = |key: &PublicKey| {
            proofs.iter().any(|proof| {
                Compact::parse(proof, MAX_COMPACT_BYTES).is_ok_and(|compact| {
                    compact.expect_typ(SUCCESSION_TYP).is_ok()
                        && compact.verify(key).is_ok()
                        && signing::claims::<Succession>(&compact).is_ok_and(|s| s == expected)
                })
            })
        };
        signed_by(&old) && signed_by(new)
    }

    /// The agency's entry with `new` as the successor of `old`, signed by both.
    #[must_use]
    pub fn with_successor(mut self, old: &SigningKey, new: &SigningKey) -> Self {
        let claims = Succession {
            iss: self.id.clone(),
            successor: new.thumbprint(),
            successor_of: old.thumbprint(),
        };
        let proofs = [old, new].map(|key| signing::sign(SUCCESSION_TYP, &claims, key));
        let mut key = RegistryKey::signing(&new.public());
        key.parameters
            .insert("successor_of".into(), old.thumbprint().to_string().into());
        key.parameters
            .insert("succession".into(), proofs.to_vec().into());
        self.jwks.keys.push(key);
        self
    }

    /// From the first key on, each was handed over by the one before.
    fn keys_follow_each_other(&self) -> bool {
        let is_first =
            |key: &&RegistryKey| key.public_key().is_some() && key.successions().is_none();
        let first = self.jwks.keys.iter().find(is_first);
        let chain = first
            .and_then(RegistryKey::public_key)
            .map(|key| self.keys_acting_for(&key.thumbprint()).len());
        chain == Some(self.jwks.signing_keys().count())
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

impl Circle {
    fn check(&self, agencies: &BTreeSet<&AgencyId>) -> Result<(), RegistryError> {
        let fault = |who: &str, what| Err(RegistryError::Entry(who.to_owned(), what));
        // Circle and agency ids name the holder's keys alike: one that is both would link what must stay apart.
        if self.id.trim().is_empty() || agencies.iter().any(|agency| agency.as_str() == self.id) {
            return fault(
                &self.id,
                "a circle's id is a name of its own, and no agency's",
            );
        }
        let tiers: BTreeSet<u8> = self.tiers.iter().map(|tier| tier.tier).collect();
        if tiers.len() != self.tiers.len() {
            return fault(&self.id, "a tier stands twice");
        }
        let mut members = BTreeSet::new();
        for member in &self.members {
            let who = member.agency.as_str();
            if !agencies.contains(&member.agency) {
                return fault(who, "a circle names it, but it is not registered");
            }
            if !members.insert(who) {
                return fault(who, "a circle names it twice");
            }
            if !member.tiers.iter().all(|tier| tiers.contains(tier)) {
                return fault(who, "a circle gives it a tier that there is not");
            }
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
