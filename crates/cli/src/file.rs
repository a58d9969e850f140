//! Files that a command leaves: whole or not at all. Where something else than a file has the name, such as a pipe,
//! it is written to.

use std::{fs, io, io::Write as _, path::Path};

use crate::outcome::Failure;

/// Who may read a file.
#[derive(Clone, Copy)]
pub enum Readers {
    /// Its owner alone.
    Owner,
    /// Whoever may look into the folder.
    All,
}

/// Replaces a file.
pub fn replace(path: &Path, bytes: &[u8], readers: Readers) -> Result<(), Failure> {
    let written = match fs::metadata(path) {
        Ok(there) if !there.is_file() && !there.is_dir() => {
            let opened = fs::OpenOptions::new().write(true).open(path);
            opened.and_then(|mut file| file.write_all(bytes))
        }
        _ => replace_whole(path, bytes, readers),
    };
    written.map_err(|error| Failure::file(path, &error))
}

fn replace_whole(path: &Path, bytes: &[u8], readers: Readers) -> io::Result<()> {
    let mut fresh = path.as_os_str().to_owned();
    fresh.push(format!(".{}.part", std::process::id()));
    let written = create(Path::new(&fresh), readers).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&fresh, path)
    });
    if written.is_err() {
        let _ = fs::remove_file(&fresh);
    }
    written
}

/// An empty file.
pub fn create(path: &Path, readers: Readers) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    if let Readers::Owner = readers {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = readers;
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_written_leaves_the_one_before_and_nothing_beside_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("visit.jws");
        replace(&path, b"one", Readers::All).unwrap();
        replace(&path, b"two", Readers::Owner).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        fs::create_dir(dir.path().join("folder")).unwrap();
        assert!(replace(&dir.path().join("folder"), b"three", Readers::All).is_err());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told() {
        let full = replace(Path::new("/dev/full"), b"x", Readers::All).unwrap_err();
        assert_eq!(
            (full.code.as_str(), full.advice.starts_with("Make room")),
            ("file", true)
        );
    }
}
