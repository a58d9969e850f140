//! Who the agency is: its keys, and the entry that the registrar takes into the registry (PROTOCOL
//! section 1).

mod keys;

use std::{
    collections::BTreeMap,
    fmt, fs,
    path::{Path, PathBuf},
};

use consent_token::{id::AgencyId, key::SigningKey};
use protocol::{
    registry::{Agency, AgencyKind, AgencyStatus, JwkSet, Obligations, RegistryKey},
    share::KemSecret,
};
use serde::{Deserialize, Serialize};

use crate::{AgencyError, files};
use keys::{KeyFile, Keys};

const ENTRY: &str = "registry-entry.json";

/// An agency in its folder.
pub struct Identity {
    dir: PathBuf,
    entry: Entry,
    keys: Keys,
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
    /// Makes keys in `dir` and writes the entry with them for the registrar.
    ///
    /// # Errors
    /// [`AgencyError::Exists`] where there is a key already; [`AgencyError::File`].
    pub fn create(dir: &Path, mut entry: Entry) -> Result<Self, AgencyError> {
        fs::create_dir_all(dir).map_err(AgencyError::file(dir))?;
        let file = KeyFile::generate()?;
        let keys = file.keys().ok_or(AgencyError::Randomness)?;
        file.create(dir)?;
        let listed = &mut entry.agency.jwks.keys;
        listed.push(RegistryKey::signing(&keys.signing.public()));
        listed.extend(keys.sealing.iter().map(|key| key.public().to_jwk()));
        let dir = dir.to_owned();
        let identity = Identity { dir, entry, keys };
        identity.write_entry()?;
        Ok(identity)
    }

    /// Opens the agency in `dir`. One that was made before there were encryption keys opens too, and reads
    /// no shares until [`Identity::add_encryption_keys`].
    ///
    /// # Errors
    /// [`AgencyError::NoAgency`], [`AgencyError::Damaged`], [`AgencyError::NewerFolder`] and [`AgencyError::File`].
    pub fn open(dir: &Path) -> Result<Self, AgencyError> {
        let missing = || AgencyError::NoAgency(dir.display().to_string());
        let file = KeyFile::read(dir)?.ok_or_else(missing)?;
        let entry: Entry = files::read_json(&dir.join(ENTRY))?.ok_or_else(missing)?;
        let keys = file.keys_in(dir)?;
        let listed = &entry.agency.jwks;
        if listed.signing_key(&keys.signing.thumbprint()).is_none() {
            return Err(AgencyError::damaged(&dir.join(ENTRY)));
        }
        Ok(Identity {
            dir: dir.to_owned(),
            entry,
            keys,
        })
    }

    /// Makes the encryption keys that a folder of an earlier version lacks, and lists them in the entry, which
    /// is then to be handed to the registrar again. Interrupted, it can be done again.
    ///
    /// # Errors
    /// [`AgencyError::Exists`] where they are there and listed; [`AgencyError::File`].
    pub fn add_encryption_keys(&mut self) -> Result<(), AgencyError> {
        let missing = || AgencyError::NoAgency(self.dir.display().to_string());
        let file = KeyFile::read(&self.dir)?.ok_or_else(missing)?;
        let keys = match file.with_encryption_keys()? {
            Some(completed) => {
                completed.replace(&self.dir)?;
                completed.keys_in(&self.dir)?
            }
            None => file.keys_in(&self.dir)?,
        };
        let jwks = keys.sealing.iter().map(|key| key.public().to_jwk());
        let listed = &mut self.entry.agency.jwks.keys;
        let unlisted: Vec<RegistryKey> = jwks.filter(|jwk| !listed.contains(jwk)).collect();
        if unlisted.is_empty() {
            return Err(AgencyError::Exists(self.dir.display().to_string()));
        }
        listed.extend(unlisted);
        self.keys = keys;
        self.write_entry()
    }

    fn write_entry(&self) -> Result<(), AgencyError> {
        files::write_json(&self.entry_path(), &self.entry)
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
        &self.keys.signing
    }

    /// The keys that open shares, X25519 and X-Wing; none in a folder of an earlier version.
    #[must_use]
    pub fn sealing_keys(&self) -> &[KemSecret] {
        &self.keys.sealing
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({} in {})", self.id(), self.dir.display())
    }
}

#[cfg(test)]
mod tests;
