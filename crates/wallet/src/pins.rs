//! Which verifier the wallet deals with: its keys are pinned when they are first seen, and a change of
//! them is refused loudly, because whoever holds other keys is somebody else.

use consent_token::{id::UnixSeconds, key::PublicKey};
use protocol::{
    Transport,
    api::Metadata,
    registry::{JwkSet, RegistryKey},
};
use serde::{Deserialize, Serialize};
use transparency_log::VerifierKey;

use crate::{EvidenceKind, Line, Wallet, WalletError, records};

const KEY: &str = "pinned";
/// The version of the protocol that this wallet speaks.
const VERSION: u32 = 1;

/// The verifier as it was on first use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verifier {
    /// Where it is reached, without a trailing slash.
    pub url: String,
    /// What it calls itself.
    pub issuer: String,
    /// The log's key, as a C2SP vkey.
    pub log_vkey: String,
    /// The keys of status lists and registry.
    pub jwks: JwkSet,
    /// When they were pinned.
    pub pinned_at: UnixSeconds,
}

impl Verifier {
    /// The log's key.
    pub(crate) fn log_key(&self) -> Result<VerifierKey, WalletError> {
        self.log_vkey
            .parse()
            .map_err(|_| WalletError::NotAVerifier(self.url.clone()))
    }

    /// The keys that may sign the registry.
    pub(crate) fn registry_keys(&self) -> Vec<PublicKey> {
        self.keys_for("registry")
    }

    /// The keys that may sign status lists.
    pub(crate) fn status_keys(&self) -> Vec<PublicKey> {
        self.keys_for("status")
    }

    /// Keys for a purpose; a key that names none is for all.
    fn keys_for(&self, purpose: &str) -> Vec<PublicKey> {
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

    /// What changed against `now`, in words for an auditor; nothing where it is the same verifier.
    fn difference(&self, now: &Metadata) -> Option<&'static str> {
        if self.log_vkey != now.log_vkey {
            return Some("the log's key");
        }
        if self.issuer != now.issuer {
            return Some("the verifier's name");
        }
        (!same_keys(&self.jwks, &now.jwks)).then_some("the keys of status lists and registry")
    }
}

/// As an exhibit.
fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("metadata is plain JSON")
}

/// The order of keys in a set means nothing.
fn same_keys(a: &JwkSet, b: &JwkSet) -> bool {
    a.keys.len() == b.keys.len() && a.keys.iter().all(|key| b.keys.contains(key))
}

impl Wallet {
    /// The pinned verifier, where one was ever used.
    ///
    /// # Errors
    /// [`WalletError::Vault`] or [`WalletError::Record`].
    pub fn verifier(&self) -> Result<Option<Verifier>, WalletError> {
        records::read(&self.vault, records::VERIFIER, KEY)
    }

    /// The pinned verifier, where nothing can be done without one.
    ///
    /// # Errors
    /// [`WalletError::NoVerifier`], and as [`Wallet::verifier`].
    pub fn pinned(&self) -> Result<Verifier, WalletError> {
        self.verifier()?.ok_or(WalletError::NoVerifier)
    }

    /// Makes sure that `line` reaches the pinned verifier, and pins it on first use.
    ///
    /// # Errors
    /// [`WalletError::VerifierChanged`] where its keys are others than those pinned: evidence is kept and
    /// nothing else is sent or believed. [`WalletError::OtherVerifier`] where another one was named. [`WalletError::Client`] where it cannot be reached.
    pub async fn connect<T: Transport>(&mut self, line: &Line<T>) -> Result<Verifier, WalletError> {
        let metadata = line.client.metadata().await?;
        if !metadata.versions.contains(&VERSION) {
            return Err(WalletError::OtherVersion(line.url().to_owned()));
        }
        match self.verifier()? {
            Some(pinned) => self.hold_to_pins(pinned, &metadata, line.url()),
            None => self.pin(&metadata, line.url()),
        }
    }

    fn pin(&mut self, metadata: &Metadata, url: &str) -> Result<Verifier, WalletError> {
        let verifier = Verifier {
            url: url.to_owned(),
            issuer: metadata.issuer.clone(),
            log_vkey: metadata.log_vkey.clone(),
            jwks: metadata.jwks.clone(),
            pinned_at: self.device.now(),
        };
        verifier.log_key()?;
        if verifier.registry_keys().is_empty() || verifier.status_keys().is_empty() {
            return Err(WalletError::NotAVerifier(url.to_owned()));
        }
        self.put_verifier(verifier)
    }

    fn hold_to_pins(
        &mut self,
        pinned: Verifier,
        metadata: &Metadata,
        url: &str,
    ) -> Result<Verifier, WalletError> {
        // Where the wallet was sent elsewhere, the pinned verifier did nothing.
        if pinned.issuer != metadata.issuer && pinned.url != url {
            return Err(WalletError::OtherVerifier {
                url: url.to_owned(),
                issuer: metadata.issuer.clone(),
                pinned: pinned.url,
            });
        }
        if let Some(what) = pinned.difference(metadata) {
            let exhibits = vec![text(&pinned), text(metadata)];
            self.keep_evidence(
                EvidenceKind::KeysChanged,
                format!("{what} at {url} changed"),
                exhibits,
            )?;
            return Err(WalletError::VerifierChanged(what));
        }
        if pinned.url == url {
            Ok(pinned)
        } else {
            self.put_verifier(Verifier {
                url: url.to_owned(),
                ..pinned
            })
        }
    }

    fn put_verifier(&mut self, verifier: Verifier) -> Result<Verifier, WalletError> {
        self.vault
            .transaction(|changes| records::put(changes, records::VERIFIER, KEY, &verifier))?;
        Ok(verifier)
    }
}
