//! Keys in the registry, and how one hands over to the next.

use std::collections::BTreeMap;

use consent_token::{
    MAX_COMPACT_BYTES,
    id::AgencyId,
    jws::Compact,
    key::{Jwk, PublicKey, SigningKey, Thumbprint},
};
use serde::{Deserialize, Serialize};

use super::Agency;
use crate::signing;

/// `typ` of the two signatures that hand a signing key over to its successor.
pub const SUCCESSION_TYP: &str = "key-succession+jwt";

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
    pub(super) fn keys_follow_each_other(&self) -> bool {
        let is_first =
            |key: &&RegistryKey| key.public_key().is_some() && key.successions().is_none();
        let first = self.jwks.keys.iter().find(is_first);
        let chain = first
            .and_then(RegistryKey::public_key)
            .map(|key| self.keys_acting_for(&key.thumbprint()).len());
        chain == Some(self.jwks.signing_keys().count())
    }
}
