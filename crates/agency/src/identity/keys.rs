//! The agency's key file: the seeds of its signing key and of its encryption keys, for its owner alone.
//! Version 1 had no encryption keys; version 2 has both.

use std::path::Path;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use consent_token::key::SigningKey;
use protocol::share::KemSecret;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{AgencyError, files, random};

pub(super) const KEYS: &str = "keys.json";

/// The version that is written.
const VERSION: u32 = 2;

/// The keys of a key file.
pub(super) struct Keys {
    pub(super) signing: SigningKey,
    /// X25519 and X-Wing, or none.
    pub(super) sealing: Vec<KemSecret>,
}

#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(super) struct KeyFile {
    version: u32,
    signing: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    x25519: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    xwing: Option<String>,
}

impl KeyFile {
    pub(super) fn generate() -> Result<Self, AgencyError> {
        Ok(KeyFile {
            version: VERSION,
            signing: fresh_seed()?,
            x25519: Some(fresh_seed()?),
            xwing: Some(fresh_seed()?),
        })
    }

    pub(super) fn read(dir: &Path) -> Result<Option<Self>, AgencyError> {
        files::read_json(&dir.join(KEYS))
    }

    /// The same with the encryption keys that are missing; none where none is.
    pub(super) fn with_encryption_keys(&self) -> Result<Option<Self>, AgencyError> {
        if self.x25519.is_some() && self.xwing.is_some() {
            return Ok(None);
        }
        let kept_or_fresh = |kept: &Option<String>| kept.clone().map_or_else(fresh_seed, Ok);
        Ok(Some(KeyFile {
            version: VERSION,
            signing: self.signing.clone(),
            x25519: Some(kept_or_fresh(&self.x25519)?),
            xwing: Some(kept_or_fresh(&self.xwing)?),
        }))
    }

    /// Writes a new file; never over another.
    pub(super) fn create(&self, dir: &Path) -> Result<(), AgencyError> {
        files::write_secret(&dir.join(KEYS), &self.text()).map_err(|error| match error {
            AgencyError::Exists(_) => AgencyError::Exists(dir.display().to_string()),
            other => other,
        })
    }

    /// Puts itself in the place of the file that it was made from.
    pub(super) fn replace(&self, dir: &Path) -> Result<(), AgencyError> {
        files::replace_secret(&dir.join(KEYS), &self.text())
    }

    fn text(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(serde_json::to_vec_pretty(self).expect("texts are plain JSON"))
    }

    /// The keys, or what is wrong with the file in `dir`.
    pub(super) fn keys_in(&self, dir: &Path) -> Result<Keys, AgencyError> {
        if self.version > VERSION {
            return Err(AgencyError::NewerFolder(dir.display().to_string()));
        }
        self.keys()
            .ok_or_else(|| AgencyError::damaged(&dir.join(KEYS)))
    }

    pub(super) fn keys(&self) -> Option<Keys> {
        let x25519 = self.x25519.as_deref().map(seed);
        let xwing = self.xwing.as_deref().map(seed);
        let sealing = match (x25519, xwing) {
            (None, None) if self.version == 1 => Vec::new(),
            (Some(x25519), Some(xwing)) => vec![
                KemSecret::derive_x25519(&x25519?),
                KemSecret::derive_xwing(&xwing?),
            ],
            _ => return None,
        };
        let signing = SigningKey::from_seed(*seed(&self.signing)?);
        Some(Keys { signing, sealing })
    }
}

fn fresh_seed() -> Result<String, AgencyError> {
    let seed = Zeroizing::new(random::bytes::<32>()?);
    Ok(BASE64_URL_SAFE_NO_PAD.encode(*seed))
}

fn seed(text: &str) -> Option<Zeroizing<[u8; 32]>> {
    let bytes = Zeroizing::new(BASE64_URL_SAFE_NO_PAD.decode(text).ok()?);
    let seed: [u8; 32] = bytes.as_slice().try_into().ok()?;
    Some(Zeroizing::new(seed))
}
