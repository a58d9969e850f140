//! The verifier's secrets in one file beside the database: the log's key, the keys for status lists and
//! registry, and two MAC keys. Whoever holds the file is the verifier.

use std::{fs, io, path::Path};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use consent_token::key::SigningKey;
use serde::{Deserialize, Serialize};
use transparency_log::NoteSigner;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const FILE: &str = "keys.json";

/// All keys of one verifier.
pub struct Keys {
    /// Signs checkpoints.
    pub log: NoteSigner,
    /// Signs status lists.
    pub status: SigningKey,
    /// Signs the registry.
    pub registrar: SigningKey,
    /// Authenticates slot tickets.
    pub(crate) tickets: Zeroizing<[u8; 32]>,
    /// Authenticates bearer tokens.
    pub(crate) bearers: Zeroizing<[u8; 32]>,
    /// The issuer URL that was given at `init`.
    pub issuer: Option<String>,
}

/// Why the keys cannot be made or read. The operator can mend it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeysError {
    /// The folder holds a verifier already; its keys are never overwritten.
    #[error("{0} holds a verifier already; nothing was changed")]
    Exists(String),
    /// No verifier was made there.
    #[error("{0} holds no verifier; make one with `assent-verifier init`")]
    Missing(String),
    /// The file is damaged; restore it from a backup.
    #[error("{0} cannot be read as a verifier's keys: {1}")]
    Malformed(String, String),
    /// The file system refused.
    #[error("{0}: {1}")]
    Io(String, io::Error),
    /// No random numbers from the operating system.
    #[error("the operating system gives no random numbers")]
    Randomness,
}

#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct File {
    version: u32,
    origin: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
    log: String,
    status: String,
    registrar: String,
    tickets: String,
    bearers: String,
}

impl Keys {
    /// Makes fresh keys in `data`, for a log named after the issuer's URL.
    ///
    /// # Errors
    /// [`KeysError`]; existing keys are never overwritten.
    pub fn create(data: &Path, issuer: Option<&str>) -> Result<Self, KeysError> {
        let path = data.join(FILE);
        let shown = path.display().to_string();
        let io = |e| KeysError::Io(shown.clone(), e);
        make_private_folder(data).map_err(io)?;
        let file = File {
            version: 1,
            origin: origin(issuer)?,
            issuer: issuer.map(str::to_owned),
            log: random()?,
            status: random()?,
            registrar: random()?,
            tickets: random()?,
            bearers: random()?,
        };
        let text = Zeroizing::new(serde_json::to_vec_pretty(&file).expect("texts are plain JSON"));
        match write_new(&path, &text) {
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
                return Err(KeysError::Exists(data.display().to_string()));
            }
            other => other.map_err(io)?,
        }
        Self::from_file(&file, &shown)
    }

    /// Reads the keys in `data`.
    ///
    /// # Errors
    /// [`KeysError`].
    pub fn read(data: &Path) -> Result<Self, KeysError> {
        let path = data.join(FILE);
        let shown = path.display().to_string();
        let text = match fs::read(&path) {
            Ok(text) => Zeroizing::new(text),
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                return Err(KeysError::Missing(data.display().to_string()));
            }
            Err(e) => return Err(KeysError::Io(shown, e)),
        };
        let file: File = serde_json::from_slice(&text)
            .map_err(|e| KeysError::Malformed(shown.clone(), e.to_string()))?;
        Self::from_file(&file, &shown)
    }

    /// Copies the key file of `data` into `target`.
    ///
    /// # Errors
    /// [`KeysError::Io`]; an existing file is never overwritten.
    pub fn copy(data: &Path, target: &Path) -> Result<(), KeysError> {
        let from = data.join(FILE);
        let to = target.join(FILE);
        let text = Zeroizing::new(
            fs::read(&from).map_err(|e| KeysError::Io(from.display().to_string(), e))?,
        );
        write_new(&to, &text).map_err(|e| KeysError::Io(to.display().to_string(), e))
    }

    fn from_file(file: &File, shown: &str) -> Result<Self, KeysError> {
        let malformed = |what: &str| KeysError::Malformed(shown.to_owned(), what.to_owned());
        if file.version != 1 {
            return Err(malformed("its version is not 1"));
        }
        let seed = |text: &str| -> Result<Zeroizing<[u8; 32]>, KeysError> {
            let bytes = Zeroizing::new(
                BASE64_URL_SAFE_NO_PAD
                    .decode(text)
                    .map_err(|_| malformed("a key is not base64url"))?,
            );
            let array = <[u8; 32]>::try_from(bytes.as_slice())
                .map_err(|_| malformed("a key is not 32 bytes"))?;
            Ok(Zeroizing::new(array))
        };
        Ok(Keys {
            log: NoteSigner::from_seed(&file.origin, &*seed(&file.log)?)
                .map_err(|e| malformed(&e.to_string()))?,
            status: SigningKey::from_seed(*seed(&file.status)?),
            registrar: SigningKey::from_seed(*seed(&file.registrar)?),
            tickets: seed(&file.tickets)?,
            bearers: seed(&file.bearers)?,
            issuer: file.issuer.clone(),
        })
    }

    /// The log key as auditors pin it (C2SP vkey).
    #[must_use]
    pub fn log_vkey(&self) -> String {
        self.log.verifier_key().to_string()
    }
}

/// tlog-checkpoint: a schema-less URL. Without an issuer, a name that no other verifier has.
fn origin(issuer: Option<&str>) -> Result<String, KeysError> {
    Ok(match issuer {
        Some(issuer) => {
            let bare = issuer.split_once("://").map_or(issuer, |(_, rest)| rest);
            format!("{}/log", bare.trim_end_matches('/'))
        }
        None => format!(
            "verifier-{}.invalid/log",
            random()?
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .take(12)
                .collect::<String>()
                .to_lowercase()
        ),
    })
}

fn random() -> Result<String, KeysError> {
    let mut bytes = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *bytes).map_err(|_| KeysError::Randomness)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(*bytes))
}

/// Makes a folder that only its owner enters: the JWS bodies in it are between citizens and agencies. One that is
/// there stays as its owner made it.
pub(crate) fn make_private_folder(path: &Path) -> io::Result<()> {
    let mut folder = fs::DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.create(path)
}

/// Writes a file that only its owner reads, durably, whole or not at all, and only if there is none.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use io::Write;
    write_new_with(path, |file| file.write_all(bytes))
}

fn write_new_with(
    path: &Path,
    write: impl FnOnce(&mut fs::File) -> io::Result<()>,
) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    // Readable by its owner only, and gone unless it gets its name.
    let mut fresh = tempfile::NamedTempFile::new_in(folder)?;
    write(fresh.as_file_mut())?;
    fresh.as_file().sync_all()?;
    fresh
        .persist_noclobber(path)
        .map_err(|refused| refused.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back_and_are_never_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let made = Keys::create(dir.path(), Some("https://v.example/")).unwrap();
        assert!(made.log_vkey().starts_with("v.example/log+"));
        let read = Keys::read(dir.path()).unwrap();
        assert_eq!(
            (read.log_vkey(), read.issuer.as_deref()),
            (made.log_vkey(), Some("https://v.example/"))
        );
        assert!(matches!(
            Keys::create(dir.path(), None),
            Err(KeysError::Exists(_))
        ));
        assert_eq!(Keys::read(dir.path()).unwrap().log_vkey(), made.log_vkey());
    }

    #[test]
    fn a_file_that_cannot_be_written_leaves_nothing() {
        use io::Write as _;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys.json");
        let full = |file: &mut fs::File| {
            file.write_all(b"{")?;
            Err(io::ErrorKind::StorageFull.into())
        };
        assert!(write_new_with(&path, full).is_err());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        write_new(&path, b"{}").unwrap();
        let again = write_new(&path, b"[]").unwrap_err();
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"{}");
    }

    #[test]
    fn a_damaged_or_missing_file_is_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(Keys::read(dir.path()), Err(KeysError::Missing(_))));
        fs::write(dir.path().join(FILE), b"{}").unwrap();
        assert!(matches!(
            Keys::read(dir.path()),
            Err(KeysError::Malformed(..))
        ));
    }
}
