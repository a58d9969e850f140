//! Files of the agency's folder: written whole or not at all, secrets readable by their owner only.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::Path,
};

use serde::{Serialize, de::DeserializeOwned};

use crate::AgencyError;

/// Reads a JSON file; none where there is none.
pub(crate) fn read_json<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, AgencyError> {
    match read(path)? {
        Some(text) => serde_json::from_str(&text)
            .map(Some)
            .map_err(|_| AgencyError::damaged(path)),
        None => Ok(None),
    }
}

/// Reads a text file; none where there is none.
pub(crate) fn read(path: &Path) -> Result<Option<String>, AgencyError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(AgencyError::damaged(path)),
        Err(error) => Err(AgencyError::file(path)(error)),
    }
}

/// Replaces a JSON file.
pub(crate) fn write_json(path: &Path, value: &impl Serialize) -> Result<(), AgencyError> {
    write(
        path,
        &serde_json::to_vec_pretty(value).expect("texts and keys are plain JSON"),
    )
}

/// Replaces a JSON file that nobody else reads.
pub(crate) fn write_private_json(path: &Path, value: &impl Serialize) -> Result<(), AgencyError> {
    let bytes = serde_json::to_vec_pretty(value).expect("texts and values are plain JSON");
    replace(path, &bytes, 0o600)
}

/// Replaces a secret that nobody else reads.
pub(crate) fn replace_secret(path: &Path, bytes: &[u8]) -> Result<(), AgencyError> {
    replace(path, bytes, 0o600)
}

/// Replaces a file.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), AgencyError> {
    replace(path, bytes, 0o644)
}

fn replace(path: &Path, bytes: &[u8], mode: u32) -> Result<(), AgencyError> {
    let mut fresh = path.as_os_str().to_owned();
    fresh.push(".new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    let replace = || {
        let mut file = options.open(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&fresh, path)
    };
    replace().map_err(AgencyError::file(path))
}

/// Writes a secret that nobody else reads; never over another.
pub(crate) fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), AgencyError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let create = || {
        let mut file = options.open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    create().map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => AgencyError::Exists(path.display().to_string()),
        _ => AgencyError::file(path)(error),
    })
}
