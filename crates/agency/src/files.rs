//! Files of the agency's folder: written whole or not at all, secrets readable by their owner only, and safe from
//! another program that works in the same folder.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
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

/// Waits until no other program changes what is kept in the folder, and keeps others out while the answer lives:
/// what is read meanwhile is the newest, and is not overwritten by anybody who read it earlier.
pub(crate) fn lock(dir: &Path) -> Result<File, AgencyError> {
    let path = dir.join(".lock");
    let locked = open_lock(&path).and_then(|file| file.lock().map(|()| file));
    locked.map_err(AgencyError::file(&path))
}

/// Holds a post in the folder that one program has at a time; none where another one has it. The system gives it
/// free when the program ends, however it ends.
pub(crate) fn try_lock(path: &Path) -> Result<Option<File>, AgencyError> {
    let file = open_lock(path).map_err(AgencyError::file(path))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(AgencyError::file(path)(error)),
    }
}

fn open_lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
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
    let fresh = beside(path);
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
    replace().map_err(|error| {
        let _ = fs::remove_file(&fresh);
        AgencyError::file(path)(error)
    })
}

/// A name that no other program, and no other thread, writes to.
fn beside(path: &Path) -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let mut fresh = path.as_os_str().to_owned();
    fresh.push(format!(".{}-{number}.new", std::process::id()));
    fresh.into()
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
        // Another program's line is not unfinished: it is being written.
        file.lock()?;
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

/// Writes a secret that nobody else reads, whole or not at all; never over another.
pub(crate) fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), AgencyError> {
    write_secret_with(path, |file| file.write_all(bytes))
}

fn write_secret_with(
    path: &Path,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> Result<(), AgencyError> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let create = || {
        // Readable by its owner only, and gone unless it gets its name.
        let mut fresh = tempfile::NamedTempFile::new_in(folder)?;
        write(fresh.as_file_mut())?;
        fresh.as_file().sync_all()?;
        fresh
            .persist_noclobber(path)
            .map_err(|refused| refused.error)?;
        Ok(())
    };
    create().map_err(|error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => AgencyError::Exists(path.display().to_string()),
        _ => AgencyError::file(path)(error),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_cannot_be_written_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys.json");
        let full = |file: &mut File| {
            file.write_all(b"{")?;
            Err(io::ErrorKind::StorageFull.into())
        };
        assert!(matches!(
            write_secret_with(&path, full),
            Err(AgencyError::File { .. })
        ));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        write_secret(&path, b"{}").unwrap();
        assert!(matches!(
            write_secret(&path, b"[]"),
            Err(AgencyError::Exists(_))
        ));
        assert_eq!(fs::read(&path).unwrap(), b"{}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
