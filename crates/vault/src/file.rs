//! The vault as a file: what its first bytes say before SQLite touches it, the lock beside it, and
//! durable creation without overwriting.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Read;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use crate::VaultError;
use crate::schema::{APPLICATION_ID, USER_VERSION};

/// Length of SQLite's header (<https://www.sqlite.org/fileformat.html>, section 1.3).
const HEADER_BYTES: usize = 100;

/// First bytes of every SQLite file.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// The right to be the one process that has a vault open; ends when dropped, or with the process.
#[derive(Debug)]
pub(crate) struct ProcessLock(#[expect(dead_code, reason = "held for its lock")] File);

impl ProcessLock {
    /// Locks `<vault>.lock`, which is made where it is missing and stays.
    pub(crate) fn take(vault: &Path) -> Result<Self, VaultError> {
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        owner_only(&mut options);
        let file = options.open(beside(vault, ".lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(VaultError::InUse),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

/// Readable and writable for the owner alone.
#[cfg(unix)]
fn owner_only(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn owner_only(_: &mut OpenOptions) {}

/// The path with `suffix` appended to its name.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// Looks at a file's first bytes without changing anything.
///
/// # Errors
/// [`VaultError::NotFound`], [`VaultError::NotAVault`], [`VaultError::NewerFormat`],
/// [`VaultError::Truncated`] or [`VaultError::Damaged`].
pub(crate) fn inspect(path: &Path) -> Result<(), VaultError> {
    let mut file = File::open(path)?;
    let len = file.metadata()?.len();
    let mut header = Vec::with_capacity(HEADER_BYTES);
    file.by_ref().take(100).read_to_end(&mut header)?;
    if !header
        .iter()
        .zip(MAGIC)
        .all(|(found, expected)| found == expected)
    {
        return Err(VaultError::NotAVault);
    }
    let header = Header::read(&header).ok_or(VaultError::Truncated)?;
    header.check(len, journal_is_empty(path))
}

/// Whether no committed change waits in the journal beside the file.
pub(crate) fn journal_is_empty(path: &Path) -> bool {
    fs::metadata(beside(path, "-wal")).map_or(true, |wal| wal.len() == 0)
}

/// The numbers of SQLite's header that matter here.
struct Header {
    page_bytes: u16,
    pages: u32,
    user_version: u32,
    application_id: u32,
}

impl Header {
    fn read(bytes: &[u8]) -> Option<Self> {
        let word = |at| {
            bytes
                .get(at..)?
                .first_chunk()
                .map(|chunk| u32::from_be_bytes(*chunk))
        };
        let page_bytes = u16::from_be_bytes(*bytes.get(16..)?.first_chunk()?);
        bytes.get(HEADER_BYTES - 1)?;
        Some(Self {
            page_bytes,
            pages: word(28)?,
            user_version: word(60)?,
            application_id: word(68)?,
        })
    }

    fn check(&self, file_len: u64, journal_is_empty: bool) -> Result<(), VaultError> {
        if self.application_id != APPLICATION_ID {
            return Err(VaultError::NotAVault);
        }
        if self.user_version > USER_VERSION {
            let (found, supported) = (self.user_version, USER_VERSION);
            return Err(VaultError::NewerFormat { found, supported });
        }
        if self.user_version < USER_VERSION {
            return Err(VaultError::Damaged); // no older format exists
        }
        // Pages that the journal holds need not be in the file yet.
        if journal_is_empty && file_len < u64::from(self.page_bytes) * u64::from(self.pages) {
            return Err(VaultError::Truncated);
        }
        Ok(())
    }
}

/// The folder that a file is, or will be, in.
fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Refuses a place where a file or the journal of one is.
pub(crate) fn refuse_occupied(path: &Path) -> Result<(), VaultError> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(VaultError::AlreadyExists);
    }
    let left = |suffix| fs::metadata(beside(path, suffix)).is_ok_and(|journal| journal.len() > 0);
    if left("-wal") || left("-journal") {
        Err(VaultError::LeftoverJournal)
    } else {
        Ok(())
    }
}

/// A file with a chance name beside its later place, for the owner alone; it goes away, and its
/// journals with it, unless it is published.
#[derive(Debug)]
pub(crate) struct Draft(Option<TempPath>);

impl Draft {
    /// Makes an empty file in the folder of `path`.
    pub(crate) fn beside(path: &Path) -> Result<Self, VaultError> {
        let file = tempfile::Builder::new()
            .prefix(".vault-")
            .tempfile_in(folder(path))?;
        Ok(Self(Some(file.into_temp_path())))
    }

    /// Where the draft is.
    pub(crate) fn path(&self) -> &Path {
        self.0.as_deref().unwrap_or(Path::new(""))
    }

    /// Makes the file durable under its final name, which must still be free.
    pub(crate) fn publish(mut self, path: &Path) -> Result<(), VaultError> {
        File::options()
            .read(true)
            .write(true)
            .open(self.path())?
            .sync_all()?;
        self.remove_journals();
        if let Some(file) = self.0.take() {
            file.persist_noclobber(path)
                .map_err(|refused| VaultError::from(refused.error))?;
        }
        sync_folder(path)
    }

    /// Removes what SQLite left beside the closed draft; mostly there is nothing.
    fn remove_journals(&self) {
        for suffix in ["-wal", "-journal"] {
            drop(fs::remove_file(beside(self.path(), suffix)));
        }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if self.0.is_some() {
            self.remove_journals();
        }
    }
}

/// Makes the folder's entry of a new file durable.
#[cfg(unix)]
fn sync_folder(path: &Path) -> Result<(), VaultError> {
    Ok(File::open(folder(path))?.sync_all()?)
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> Result<(), VaultError> {
    Ok(()) // elsewhere a folder cannot be opened as a file; the file system journals its entries
}
