//! Which verifier the agency deals with: pinned at first contact, and refused when it changes.

use consent_token::key::PublicKey;
use protocol::{
    api::Metadata,
    registry::{JwkSet, RegistryKey},
};
use serde::{Deserialize, Serialize};
use transparency_log::VerifierKey;

use crate::AgencyError;

/// The version of the protocol that is spoken here.
const VERSION: u32 = 1;

/// The verifier as it was at first contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pins {
    /// Where it is reached, without a trailing slash.
    pub url: String,
    /// What it calls itself.
    pub issuer: String,
    /// The log's key, as a C2SP vkey.
    pub log_vkey: String,
    /// The keys of status lists and registry.
    pub jwks: JwkSet,
}

impl Pins {
    /// Takes the keys from a verifier's metadata.
    ///
    /// # Errors
    /// [`AgencyError::NotAVerifier`] where a key is missing or another version is spoken.
    pub fn of(url: &str, metadata: &Metadata) -> Result<Self, AgencyError> {
        let url = url.trim_end_matches('/').to_owned();
        let pins = Pins {
            issuer: metadata.issuer.trim_end_matches('/').to_owned(),
            log_vkey: metadata.log_vkey.clone(),
            jwks: metadata.jwks.clone(),
            url,
        };
        let complete = !pins.keys_for("status").is_empty() && !pins.keys_for("registry").is_empty();
        if !complete || pins.log_key().is_err() || !metadata.versions.contains(&VERSION) {
            return Err(AgencyError::NotAVerifier(pins.url));
        }
        Ok(pins)
    }

    /// Holds what a verifier at some address says of itself to the pins.
    ///
    /// # Errors
    /// [`AgencyError::VerifierChanged`] says what is different. [`AgencyError::OtherVerifier`] where another one is
    /// at another address: that is no change of this one.
    pub fn hold(&self, now: &Pins) -> Result<(), AgencyError> {
        if now.issuer != self.issuer && now.url != self.url {
            return Err(AgencyError::OtherVerifier {
                url: now.url.clone(),
                found: now.issuer.clone(),
                pinned: self.issuer.clone(),
            });
        }
        let changed = |what| Err(AgencyError::VerifierChanged(now.url.clone(), what));
        if now.log_vkey != self.log_vkey {
            return changed("the log's key");
        }
        if now.issuer != self.issuer {
            return changed("the verifier's name");
        }
        if now.keys_for("status") != self.keys_for("status")
            || now.keys_for("registry") != self.keys_for("registry")
        {
            return changed("a key of the status lists or of the registry");
        }
        Ok(())
    }

    /// The log's key.
    pub(crate) fn log_key(&self) -> Result<VerifierKey, AgencyError> {
        self.log_vkey
            .parse()
            .map_err(|_| AgencyError::NotAVerifier(self.url.clone()))
    }

    /// Keys for a purpose; a key that names none is for all.
    pub(crate) fn keys_for(&self, purpose: &str) -> Vec<PublicKey> {
        let fits = |key: &&RegistryKey| {
            key.parameters
                .get("purpose")
                .is_none_or(|named| named == purpose)
        };
        self.jwks
            .keys
            .iter()
            .filter(fits)
            .filter_map(RegistryKey::public_key)
            .collect()
    }
}
