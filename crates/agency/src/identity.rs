//! Who the agency is: its signing key, and the entry that the registrar takes into the registry
//! (PROTOCOL section 1). The key file is for its owner alone.

use std::{
    collections::BTreeMap,
    fmt, fs,
    path::{Path, PathBuf},
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use consent_token::{id::AgencyId, key::SigningKey};
use protocol::{
    registry::{Agency, AgencyKind, AgencyStatus, JwkSet, Obligations, RegistryKey},
    share::KemSecret,
};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{AgencyError, files, random};

const KEYS: &str = "keys.json";
const ENTRY: &str = "registry-entry.json";

/// An agency in its folder.
pub struct Identity {
    dir: PathBuf,
    entry: Entry,
    key: SigningKey,
    sealing: [KemSecret; 2],
}

/// What stands in `registry-entry.json`: the agency as the registry has it, and what else was written there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The agency.
    #[serde(flatten)]
    pub agency: Agency,
    /// Members that this version does not know; kept as they are.
    #[serde(flatten)]
    pub rest: BTreeMap<String, serde_json::Value>,
}

#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct KeyFile {
    version: u32,
    signing: String,
    x25519: String,
    xwing: String,
}

impl Entry {
    /// An agency's entry, without keys yet.
    #[must_use]
    pub fn new(id: AgencyId, name: &str, kind: AgencyKind) -> Self {
        let agency = Agency {
            id,
            name: name.to_owned(),
            names: BTreeMap::new(),
            kind,
            status: AgencyStatus::Active,
            jwks: JwkSet::default(),
            contact: None,
            privacy_url: None,
            obligations: Some(Obligations {
                erase_within: "P30D".into(),
            }),
        };
        Entry {
            agency,
            rest: BTreeMap::new(),
        }
    }
}

impl Identity {
    /// Makes a signing key in `dir` and writes the entry with it for the registrar.
    ///
    /// # Errors
    /// [`AgencyError::Exists`] where there is a key already; [`AgencyError::File`].
    pub fn create(dir: &Path, mut entry: Entry) -> Result<Self, AgencyError> {
        fs::create_dir_all(dir).map_err(AgencyError::file(dir))?;
        let file = KeyFile {
            version: 1,
            signing: fresh_seed()?,
            x25519: fresh_seed()?,
            xwing: fresh_seed()?,
        };
        let (key, sealing) = file.keys().ok_or(AgencyError::Randomness)?;
        let text = Zeroizing::new(serde_json::to_vec_pretty(&file).expect("texts are plain JSON"));
        files::write_secret(&dir.join(KEYS), &text).map_err(|error| match error {
            AgencyError::Exists(_) => AgencyError::Exists(dir.display().to_string()),
            other => other,
        })?;
        let keys = &mut entry.agency.jwks.keys;
        keys.push(RegistryKey::signing(&key.public()));
        keys.extend(sealing.iter().map(|key| key.public().to_jwk()));
        files::write_json(&dir.join(ENTRY), &entry)?;
        Ok(Identity {
            dir: dir.to_owned(),
            entry,
            key,
            sealing,
        })
    }

    /// Opens the agency in `dir`.
    ///
    /// # Errors
    /// [`AgencyError::NoAgency`], [`AgencyError::Damaged`] and [`AgencyError::File`].
    pub fn open(dir: &Path) -> Result<Self, AgencyError> {
        let missing = || AgencyError::NoAgency(dir.display().to_string());
        let keys: KeyFile = files::read_json(&dir.join(KEYS))?.ok_or_else(missing)?;
        let entry: Entry = files::read_json(&dir.join(ENTRY))?.ok_or_else(missing)?;
        let (key, sealing) = keys
            .keys()
            .ok_or_else(|| AgencyError::damaged(&dir.join(KEYS)))?;
        if entry.agency.jwks.signing_key(&key.thumbprint()).is_none() {
            return Err(AgencyError::damaged(&dir.join(ENTRY)));
        }
        Ok(Identity {
            dir: dir.to_owned(),
            entry,
            key,
            sealing,
        })
    }

    /// The folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Where the entry for the registrar stands.
    #[must_use]
    pub fn entry_path(&self) -> PathBuf {
        self.dir.join(ENTRY)
    }

    /// The agency's id.
    #[must_use]
    pub fn id(&self) -> &AgencyId {
        &self.entry.agency.id
    }

    /// The entry for the registrar.
    #[must_use]
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// The signing key.
    #[must_use]
    pub fn key(&self) -> &SigningKey {
        &self.key
    }

    /// The keys that open shares, X25519 and X-Wing.
    #[must_use]
    pub fn sealing_keys(&self) -> &[KemSecret] {
        &self.sealing
    }
}

fn fresh_seed() -> Result<String, AgencyError> {
    let seed = Zeroizing::new(random::bytes::<32>()?);
    Ok(BASE64_URL_SAFE_NO_PAD.encode(*seed))
}

impl KeyFile {
    /// The signing key, and the keys that open shares.
    fn keys(&self) -> Option<(SigningKey, [KemSecret; 2])> {
        let seed = |text: &str| {
            let bytes = Zeroizing::new(BASE64_URL_SAFE_NO_PAD.decode(text).ok()?);
            let seed: [u8; 32] = bytes.as_slice().try_into().ok()?;
            Some(Zeroizing::new(seed))
        };
        let sealing = [
            KemSecret::derive_x25519(&seed(&self.x25519)?),
            KemSecret::derive_xwing(&seed(&self.xwing)?),
        ];
        let key = SigningKey::from_seed(*seed(&self.signing)?);
        (self.version == 1).then_some((key, sealing))
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({} in {})", self.id(), self.dir.display())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        let mut entry = Entry::new(
            "https://fire.example".parse().unwrap(),
            "Fire",
            AgencyKind::Fire,
        );
        entry.rest.insert("ods_code".into(), "X1".into());
        entry
    }

    #[test]
    fn an_agency_reads_back_with_what_else_stood_in_its_entry() {
        let dir = tempfile::tempdir().unwrap();
        let made = Identity::create(dir.path(), entry()).unwrap();
        let read = Identity::open(dir.path()).unwrap();
        assert_eq!(read.key().thumbprint(), made.key().thumbprint());
        assert_eq!(read.entry(), made.entry());
        assert_eq!(read.entry().rest["ods_code"], "X1");
        let text = fs::read_to_string(read.entry_path()).unwrap();
        let plain: Agency = serde_json::from_str(&text).unwrap();
        assert_eq!(
            plain.current_key().unwrap().thumbprint(),
            made.key().thumbprint()
        );
        assert!(
            !text.contains(&BASE64_URL_SAFE_NO_PAD.encode(*made.key().expose_seed())),
            "no secret in the entry"
        );
    }

    #[cfg(unix)]
    #[test]
    fn the_key_is_for_its_owner_and_never_overwritten() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let made = Identity::create(dir.path(), entry()).unwrap();
        let mode = fs::metadata(dir.path().join(KEYS))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        assert!(matches!(
            Identity::create(dir.path(), entry()),
            Err(AgencyError::Exists(_))
        ));
        assert_eq!(
            Identity::open(dir.path()).unwrap().key().thumbprint(),
            made.key().thumbprint()
        );
    }

    #[test]
    fn a_missing_and_a_damaged_folder_are_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(
            Identity::open(dir.path()),
            Err(AgencyError::NoAgency(_))
        ));
        Identity::create(dir.path(), entry()).unwrap();
        let other = Entry::new(
            "https://fire.example".parse().unwrap(),
            "Fire",
            AgencyKind::Fire,
        );
        files::write_json(&dir.path().join(ENTRY), &other).unwrap();
        assert!(matches!(
            Identity::open(dir.path()),
            Err(AgencyError::Damaged(_))
        ));
        fs::write(dir.path().join(KEYS), b"{}").unwrap();
        assert!(matches!(
            Identity::open(dir.path()),
            Err(AgencyError::Damaged(_))
        ));
    }
}
