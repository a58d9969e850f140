//! Files written for the person: where they point, or in a folder of their own, named by day and never over
//! another; readable by nobody else where the platform can say so.

use std::{
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use serde::Serialize;
use zeroize::Zeroizing;

use crate::{App, Code, CommandError, commands::Saved};

/// JSON for people; wiped when dropped.
pub(crate) fn json(value: &impl Serialize) -> Result<Zeroizing<Vec<u8>>, CommandError> {
    serde_json::to_vec_pretty(value)
        .map(Zeroizing::new)
        .map_err(|_| Code::Unknown.into())
}

/// Where a file goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Into the folder for such files.
    Usual,
    /// Where the person says.
    Chosen,
}

impl From<bool> for Place {
    fn from(choose: bool) -> Self {
        if choose { Self::Chosen } else { Self::Usual }
    }
}

impl App {
    /// Writes a file for the person.
    pub(crate) async fn save(
        &self,
        place: Place,
        (kind, ending): (&str, &str),
        bytes: &[u8],
    ) -> Result<Saved, CommandError> {
        match self.chosen(place, kind, ending).await? {
            None => save(self.papers()?, kind, ending, bytes),
            Some(path) => {
                replace(&path, |new| write_new(new, bytes))?;
                Ok(saved(&path))
            }
        }
    }

    /// Where the person wants a file to be; nothing where it goes to the usual place.
    ///
    /// # Errors
    /// `cancelled`.
    pub(crate) async fn chosen(
        &self,
        place: Place,
        kind: &str,
        ending: &str,
    ) -> Result<Option<PathBuf>, CommandError> {
        let Some(chooser) = self.chooser.as_ref().filter(|_| place == Place::Chosen) else {
            return Ok(None);
        };
        let name = names(kind).next().unwrap_or_default();
        let path = chooser.file(&format!("{name}.{ending}")).await;
        path.map(Some).ok_or(Code::Cancelled.into())
    }

    /// The folder that a new folder goes into.
    ///
    /// # Errors
    /// `cancelled`.
    pub(crate) async fn chosen_folder(&self, place: Place) -> Result<PathBuf, CommandError> {
        match self.chooser.as_ref().filter(|_| place == Place::Chosen) {
            None => Ok(self.papers()?.to_owned()),
            Some(chooser) => chooser.folder().await.ok_or(Code::Cancelled.into()),
        }
    }
}

/// Makes a file beside `path` and puts it in its place once it is whole.
pub(crate) fn replace(
    path: &Path,
    make: impl FnOnce(&Path) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    let folder = path.parent().ok_or(CommandError::from(Code::Storage))?;
    let beside = tempfile::Builder::new()
        .prefix(".assent-")
        .tempdir_in(folder)?;
    let new = beside.path().join("new");
    make(&new)?;
    Ok(fs::rename(new, path)?)
}

pub(crate) fn saved(path: &Path) -> Saved {
    Saved {
        path: path.display().to_string(),
    }
}

/// Writes a new file into the folder.
pub(crate) fn save(
    folder: &Path,
    kind: &str,
    ending: &str,
    bytes: &[u8],
) -> Result<Saved, CommandError> {
    let path = fresh(folder, kind, ending)?;
    write_new(&path, bytes)?;
    Ok(saved(&path))
}

/// A name in the folder that is not taken.
pub(crate) fn fresh(folder: &Path, kind: &str, ending: &str) -> Result<PathBuf, CommandError> {
    make_private(folder)?;
    let free = names(kind).map(|name| folder.join(format!("{name}.{ending}")));
    free.into_iter()
        .find(|path| !path.exists())
        .ok_or(Code::Storage.into())
}

/// A new folder in the folder.
pub(crate) fn fresh_folder(folder: &Path, kind: &str) -> Result<PathBuf, CommandError> {
    make_private(folder)?;
    for path in names(kind).map(|name| folder.join(name)) {
        match fs::create_dir(&path) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Code::Storage.into())
}

/// Writes a file that must not exist.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    let mut file = create_new(path)?;
    file.write_all(bytes)?;
    Ok(file.sync_all()?)
}

/// Opens a file that must not exist.
pub(crate) fn create_new(path: &Path) -> Result<File, CommandError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(options.open(path)?)
}

fn make_private(folder: &Path) -> Result<(), CommandError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(builder.create(folder)?)
}

/// `assent-backup-2026-11-24`, then `assent-backup-2026-11-24-2` and so on.
fn names(kind: &str) -> impl Iterator<Item = String> {
    let day = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let first = format!("assent-{kind}-{day}");
    let more = first.clone();
    std::iter::once(first).chain((2..1_000).map(move |number| format!("{more}-{number}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let first = save(folder.path(), "export", "json", b"1").unwrap();
        let second = save(folder.path(), "export", "json", b"2").unwrap();
        assert!(second.path.ends_with("-2.json"));
        assert_eq!(fs::read(first.path).unwrap(), b"1");
        let one = fresh_folder(folder.path(), "evidence").unwrap();
        assert_ne!(one, fresh_folder(folder.path(), "evidence").unwrap());
    }
}
