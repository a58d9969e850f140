//! The auditor's folder: the pinned keys, the last checkpoint, the entries already fetched and a line for
//! every visit. What it holds was verified when it was written, and is verified again at every visit.

use std::{
    fs::{self, File, OpenOptions},
    io::{BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use protocol::{UnixMillis, registry::JwkSet};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use transparency_log::{VerifierKey, entries::MAX_ENTRY_LEN};

use crate::AuditError;

/// Entries in a full bundle; only full bundles are kept, since a partial one changes.
const BUNDLE: u64 = 256;

/// What the first visit pins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pin {
    /// The verifier's address.
    pub verifier: String,
    /// The log's key (C2SP vkey), as the operator gave it.
    pub log_vkey: String,
    /// The verifier's other keys, as its metadata named them at the first visit.
    #[serde(default)]
    pub jwks: Option<JwkSet>,
}

/// A status list as a visit found it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListSeen {
    /// The list's number.
    pub list: u32,
    /// The log size that it was made from.
    pub size: u64,
    /// When it was signed, in seconds.
    pub iat: i64,
    /// How far it was behind: the age in milliseconds, at `iat`, of the oldest logged change that it lacks.
    pub behind: i64,
}

/// One visit, as the folder remembers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitRecord {
    /// When it was, in milliseconds.
    pub at: UnixMillis,
    /// The size of the log.
    pub size: u64,
    /// Its root, base64.
    pub root: String,
    /// The status lists.
    pub lists: Vec<ListSeen>,
    /// How many findings there were.
    pub findings: usize,
}

/// An open state folder; no other process uses it meanwhile.
#[derive(Debug)]
pub(crate) struct State {
    dir: PathBuf,
    pub(crate) pin: Pin,
    pub(crate) log: VerifierKey,
    _lock: File,
}

impl State {
    /// Opens the folder, or makes it for `verifier` with the key that is given.
    pub(crate) fn open(
        dir: &Path,
        verifier: Option<&str>,
        log_vkey: Option<&str>,
    ) -> Result<Self, AuditError> {
        fs::create_dir_all(dir).map_err(AuditError::file(dir))?;
        let lock = lock(dir)?;
        let pinned: Option<Pin> = read_json(&dir.join("pin.json"))?;
        let is_first = pinned.is_none();
        let pin = match pinned {
            Some(pin) => known(pin, verifier, log_vkey)?,
            None => first(verifier, log_vkey)?,
        };
        let log = pin.log_vkey.parse().map_err(AuditError::BadKey)?;
        let state = State {
            dir: dir.to_owned(),
            pin,
            log,
            _lock: lock,
        };
        if is_first {
            state.write("pin.json", &to_json(&state.pin))?;
        }
        Ok(state)
    }

    /// Keeps the verifier's other keys, once.
    pub(crate) fn pin_keys(&mut self, jwks: &JwkSet) -> Result<(), AuditError> {
        self.pin.jwks = Some(jwks.clone());
        self.write("pin.json", &to_json(&self.pin))
    }

    /// The note of the last checkpoint.
    pub(crate) fn checkpoint(&self) -> Result<Option<String>, AuditError> {
        self.read("checkpoint")
    }

    /// The last registry that was believed.
    pub(crate) fn registry(&self) -> Result<Option<String>, AuditError> {
        self.read("registry.jwt")
    }

    pub(crate) fn keep_checkpoint(&self, note: &str) -> Result<(), AuditError> {
        self.write("checkpoint", note.as_bytes())
    }

    pub(crate) fn keep_registry(&self, compact: &str) -> Result<(), AuditError> {
        self.write("registry.jwt", compact.as_bytes())
    }

    /// Keeps what shows a fault, under a name that is not used again.
    pub(crate) fn keep_evidence(&self, name: &str, bytes: &[u8]) -> Result<(), AuditError> {
        let dir = self.dir.join("evidence");
        fs::create_dir_all(&dir).map_err(AuditError::file(&dir))?;
        self.write(&format!("evidence/{name}"), bytes)
    }

    /// Reads the kept entries of a log of `size` entries, in order; answers how many there were.
    pub(crate) fn entries(
        &self,
        size: u64,
        mut take: impl FnMut(&[u8]),
    ) -> Result<u64, AuditError> {
        let path = self.dir.join("entries");
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
            Err(error) => return Err(AuditError::file(&path)(error)),
        };
        let mut reader = BufReader::with_capacity(1 << 20, file);
        let mut buffer = vec![0; MAX_ENTRY_LEN];
        let whole = size - size % BUNDLE;
        let mut read = 0;
        while read < whole {
            let Some(entry) = next_entry(&mut reader, &mut buffer) else {
                break;
            };
            take(entry);
            read += 1;
        }
        Ok(read)
    }

    /// Appends entries after the `had` kept ones, as bundles have them: each behind its length.
    pub(crate) fn append(&self, had: Kept, bundles: &[u8]) -> Result<(), AuditError> {
        let path = self.dir.join("entries");
        let write = || {
            let mut file = OpenOptions::new()
                .create(true)
                .write(true)
                .truncate(false)
                .open(&path)?;
            file.set_len(had.bytes)?;
            file.seek(SeekFrom::End(0))?;
            file.write_all(bundles)?;
            file.sync_all()
        };
        write().map_err(AuditError::file(&path))
    }

    /// The visits so far.
    pub(crate) fn visits(&self) -> Result<Vec<VisitRecord>, AuditError> {
        let text = self.read("visits.jsonl")?.unwrap_or_default();
        let damaged = |_| AuditError::Damaged(self.dir.join("visits.jsonl").display().to_string());
        text.lines()
            .map(|line| serde_json::from_str(line).map_err(damaged))
            .collect()
    }

    pub(crate) fn keep_visit(&self, visit: &VisitRecord) -> Result<(), AuditError> {
        let mut text = self.read("visits.jsonl")?.unwrap_or_default();
        text.push_str(&serde_json::to_string(visit).expect("a visit is plain JSON"));
        text.push('\n');
        self.write("visits.jsonl", text.as_bytes())
    }

    fn read(&self, name: &str) -> Result<Option<String>, AuditError> {
        let path = self.dir.join(name);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(AuditError::file(&path)(error)),
        }
    }

    /// Writes a file whole or not at all.
    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), AuditError> {
        let path = self.dir.join(name);
        let fresh = self.dir.join(format!("{name}.new"));
        let write = || {
            let mut file = File::create(&fresh)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&fresh, &path)
        };
        write().map_err(AuditError::file(&path))
    }
}

/// How much of the entries file is good.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Kept {
    pub(crate) entries: u64,
    pub(crate) bytes: u64,
}

impl Kept {
    /// Counts one entry.
    pub(crate) fn add(&mut self, entry: &[u8]) {
        self.entries += 1;
        self.bytes += 2 + entry.len() as u64;
    }
}

fn next_entry<'b>(reader: &mut impl Read, buffer: &'b mut [u8]) -> Option<&'b [u8]> {
    let mut length = [0; 2];
    reader.read_exact(&mut length).ok()?;
    let entry = buffer.get_mut(..u16::from_be_bytes(length).into())?;
    reader.read_exact(entry).ok()?;
    Some(entry)
}

fn lock(dir: &Path) -> Result<File, AuditError> {
    let path = dir.join("lock");
    let file = OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(false)
        .open(&path)
        .map_err(AuditError::file(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(AuditError::InUse(dir.display().to_string())),
        Err(fs::TryLockError::Error(error)) => Err(AuditError::file(&path)(error)),
    }
}

fn known(pin: Pin, verifier: Option<&str>, log_vkey: Option<&str>) -> Result<Pin, AuditError> {
    if verifier.is_some_and(|given| trimmed(given) != pin.verifier) {
        return Err(AuditError::OtherVerifier(pin.verifier));
    }
    if log_vkey.is_some_and(|given| given.trim() != pin.log_vkey) {
        return Err(AuditError::OtherKey(pin.log_vkey));
    }
    Ok(pin)
}

fn first(verifier: Option<&str>, log_vkey: Option<&str>) -> Result<Pin, AuditError> {
    let verifier = trimmed(verifier.ok_or(AuditError::NoVerifier)?).to_owned();
    let log_vkey = log_vkey.ok_or(AuditError::NoKey)?.trim().to_owned();
    Ok(Pin {
        verifier,
        log_vkey,
        jwks: None,
    })
}

fn trimmed(url: &str) -> &str {
    url.trim_end_matches('/')
}

fn to_json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec_pretty(value).expect("texts and keys are plain JSON")
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, AuditError> {
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|_| AuditError::Damaged(path.display().to_string())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(AuditError::file(path)(error)),
    }
}
