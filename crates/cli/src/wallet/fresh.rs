//! A new file that a command writes: for the owner alone, under another name until it is whole, and never
//! over one that is there.

use std::{
    fs::File,
    io::{Error, ErrorKind},
    path::{Path, PathBuf},
};

use ::vault::VaultError;
use tempfile::NamedTempFile;

use super::failure;
use crate::outcome::{Exit, Failure};

/// A file that goes away unless it is published.
pub(crate) struct Fresh {
    draft: NamedTempFile,
    place: PathBuf,
}

impl Fresh {
    /// Begins a file for `place`, which must be free.
    pub(crate) fn begin(place: &Path) -> Result<Self, Failure> {
        if place.symlink_metadata().is_ok() {
            return Err(failure::occupied(place));
        }
        let draft = tempfile::Builder::new()
            .prefix(".assent-")
            .tempfile_in(folder(place))
            .map_err(|error| refused(place, error.kind()))?;
        let place = place.to_owned();
        Ok(Fresh { draft, place })
    }

    /// What to write to.
    pub(crate) fn file(&mut self) -> &mut File {
        self.draft.as_file_mut()
    }

    /// Makes it durable and gives it its name.
    pub(crate) fn publish(self) -> Result<(), Failure> {
        let Fresh { draft, place } = self;
        let synced = draft.as_file().sync_all();
        synced.map_err(|error| refused(&place, error.kind()))?;
        let named = draft.persist_noclobber(&place);
        named.map_err(|error| refused(&place, error.error.kind()))?;
        Ok(())
    }
}

/// A file at `place` could not be written.
pub(crate) fn refused(place: &Path, kind: ErrorKind) -> Failure {
    match kind {
        ErrorKind::NotFound => no_folder(place),
        ErrorKind::AlreadyExists => failure::occupied(place),
        ErrorKind::StorageFull => failure::vault(&VaultError::DiskFull),
        kind => Failure::file(place, &Error::from(kind)),
    }
}

/// The folder in which a new file was to be is missing.
pub(crate) fn no_folder(place: &Path) -> Failure {
    Failure::new(
        Exit::Usage,
        "no_folder",
        format!("There is no folder {}.", folder(place).display()),
        "Make it first, or choose another place.",
    )
}

fn folder(place: &Path) -> &Path {
    match place.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn what_is_not_published_leaves_nothing_and_nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("export.json");
        let names = || std::fs::read_dir(folder.path()).unwrap().count();
        let mut half = Fresh::begin(&place).unwrap();
        half.file().write_all(b"half of it").unwrap();
        assert!(!place.exists());
        drop(half);
        assert_eq!(names(), 0);
        let mut whole = Fresh::begin(&place).unwrap();
        whole.file().write_all(b"all of it").unwrap();
        let late = Fresh::begin(&place).unwrap();
        whole.publish().unwrap();
        assert_eq!(late.publish().unwrap_err().code, "vault_exists");
        assert_eq!(std::fs::read(&place).unwrap(), b"all of it");
        assert!(Fresh::begin(&place).is_err());
        assert_eq!(names(), 1);
    }

    #[test]
    fn a_missing_folder_and_a_full_disk_are_named() {
        let missing = Path::new("/nowhere/at/all/export.json");
        let failure = refused(missing, ErrorKind::NotFound);
        assert_eq!(failure.what, "There is no folder /nowhere/at/all.");
        assert_eq!(refused(missing, ErrorKind::StorageFull).code, "disk_full");
    }
}
