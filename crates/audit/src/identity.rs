//! Who the auditor is, once admitted: a key in the state folder, and the entry that the registrar takes into
//! the registry (PROTOCOL sections 1 and 6). An audit needs none of it; the bodies behind the log do.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use consent_token::{
    id::{AgencyId, Jti, UnixSeconds},
    key::SigningKey,
};
use protocol::{
    dpop,
    registry::{Auditor, JwkSet, RegistryKey},
};
use zeroize::Zeroizing;

use crate::AuditError;

const KEY: &str = "auditor-key";
const ENTRY: &str = "auditor-entry.json";

/// An auditor's key.
pub struct Identity {
    key: SigningKey,
}

impl Identity {
    /// Makes a key in `dir` and writes the entry for the registrar, whose path is the answer.
    ///
    /// # Errors
    /// [`AuditError::File`], of kind `AlreadyExists` where there is a key already.
    pub fn create(dir: &Path, id: AgencyId, name: &str) -> Result<PathBuf, AuditError> {
        fs::create_dir_all(dir).map_err(AuditError::file(dir))?;
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *seed).map_err(|_| AuditError::Randomness)?;
        let text = Zeroizing::new(BASE64_URL_SAFE_NO_PAD.encode(*seed));
        let path = dir.join(KEY);
        write_secret(&path, text.as_bytes()).map_err(AuditError::file(&path))?;
        let key = SigningKey::from_seed(*seed);
        let entry = Auditor {
            id,
            name: name.to_owned(),
            jwks: JwkSet {
                keys: vec![RegistryKey::signing(&key.public())],
            },
        };
        let path = dir.join(ENTRY);
        let json = serde_json::to_vec_pretty(&entry).expect("texts are plain JSON");
        fs::write(&path, json).map_err(AuditError::file(&path))?;
        Ok(path)
    }

    /// The key in `dir`, where there is one.
    ///
    /// # Errors
    /// [`AuditError::File`] and [`AuditError::Damaged`].
    pub fn open(dir: &Path) -> Result<Option<Self>, AuditError> {
        let path = dir.join(KEY);
        let text = match fs::read_to_string(&path) {
            Ok(text) => Zeroizing::new(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(AuditError::file(&path)(error)),
        };
        let bytes = Zeroizing::new(
            BASE64_URL_SAFE_NO_PAD
                .decode(text.trim())
                .unwrap_or_default(),
        );
        let seed: [u8; 32] = bytes
            .as_slice()
            .try_into()
            .map_err(|_| AuditError::Damaged(path.display().to_string()))?;
        Ok(Some(Identity {
            key: SigningKey::from_seed(seed),
        }))
    }

    /// A DPoP proof for `GET url` (RFC 9449), `url` without its query.
    pub(crate) fn proof(&self, url: &str, now: UnixSeconds) -> Result<String, AuditError> {
        let mut id = [0; 16];
        getrandom::fill(&mut id).map_err(|_| AuditError::Randomness)?;
        let expected = dpop::Expected {
            method: "GET",
            url,
            token: None,
            now,
        };
        Ok(dpop::prove(&self.key, &expected, Jti::from_bytes(id)))
    }
}

fn write_secret(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Identity({})", self.key.thumbprint())
    }
}
