//! Files of the agency's folder: written whole or not at all, secrets readable by their owner only.

use std::{
    fs::{self, OpenOptions},
    io::{self, Read, Seek, Write},
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

/// Adds a line of JSON to a file that nobody else reads. What a crash left unfinished is cut off first.
pub(crate) fn append_line(path: &Path, line: &impl Serialize) -> Result<(), AgencyError> {
    let mut bytes = serde_json::to_vec(line).expect("texts and values are plain JSON");
    bytes.push(b'\n');
    let mut options = OpenOptions::new();
    options.create(true).append(true).read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let append = || {
        let mut file = options.open(path)?;
        let whole = whole_lines(&mut file)?;
        file.set_len(whole)?;
        file.write_all(&bytes)?;
        file.sync_data()
    };
    append().map_err(AgencyError::file(path))
}

/// The length up to the last line's end.
fn whole_lines(file: &mut fs::File) -> io::Result<u64> {
    let size = file.metadata()?.len();
    let mut end = size;
    let mut last = [0; 1];
    while end > 0 {
        file.seek(io::SeekFrom::Start(end - 1))?;
        file.read_exact(&mut last)?;
        if last == *b"\n" {
            break;
        }
        end -= 1;
    }
    Ok(end)
}

/// Reads a file of JSON lines; none where there is no file. An unfinished last line does not count.
pub(crate) fn read_lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, AgencyError> {
    let text = read(path)?.unwrap_or_default();
    let whole = text
        .rfind('\n')
        .map_or("", |end| text.get(..end).unwrap_or_default());
    let parsed: Result<Vec<T>, _> = whole.lines().map(serde_json::from_str).collect();
    parsed.map_err(|_| AgencyError::damaged(path))
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
