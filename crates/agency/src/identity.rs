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
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{AgencyError, files};
use keys::{KeyFile, Keys};

const ENTRY: &str = "registry-entry.json";

/// An agency in its folder.
pub struct Identity {
    dir: PathBuf,
    entry: Entry,
    keys: Keys,
}

/// The post of the one program that follows the agency's events.
#[derive(Debug)]
pub struct Alone(#[expect(dead_code, reason = "held for its lock")] fs::File);

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

    /// Reads a JSON file of the agency's folder; none where there is none.
    ///
    /// # Errors
    /// [`AgencyError::File`] and [`AgencyError::Damaged`].
    pub fn read_private<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, AgencyError> {
        files::read_json(&self.dir.join(name))
    }

    /// Replaces a JSON file of the agency's folder, whole or not at all, for its owner alone.
    ///
    /// # Errors
    /// [`AgencyError::File`].
    pub fn write_private(&self, name: &str, value: &impl Serialize) -> Result<(), AgencyError> {
        let path = self.make_room(name)?;
        files::write_private_json(&path, value)
    }

    /// Adds a line of JSON to a file of the agency's folder that only grows.
    ///
    /// # Errors
    /// [`AgencyError::File`].
    pub fn append_private(&self, name: &str, line: &impl Serialize) -> Result<(), AgencyError> {
        let path = self.make_room(name)?;
        files::append_line(&path, line)
    }

    /// The lines of a file that only grows, the oldest first. A last line that was cut short by a crash was
    /// never acted on, and is left out.
    ///
    /// # Errors
    /// [`AgencyError::File`] and [`AgencyError::Damaged`].
    pub fn lines_of<T: DeserializeOwned>(&self, name: &str) -> Result<Vec<T>, AgencyError> {
        files::read_lines(&self.dir.join(name))
    }

    /// Takes the post of the one program that follows the agency's events in this folder, until the answer is
    /// dropped or the program ends.
    ///
    /// # Errors
    /// [`AgencyError::InUse`] where another program has it, [`AgencyError::File`].
    pub fn follow_alone(&self) -> Result<Alone, AgencyError> {
        let held = files::try_lock(&self.dir.join("following.lock"))?;
        let held = held.ok_or_else(|| AgencyError::InUse(self.dir.display().to_string()))?;
        Ok(Alone(held))
    }

    fn make_room(&self, name: &str) -> Result<PathBuf, AgencyError> {
        let path = self.dir.join(name);
        let folder = path.parent().unwrap_or(&self.dir);
        fs::create_dir_all(folder).map_err(AgencyError::file(folder))?;
        Ok(path)
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
