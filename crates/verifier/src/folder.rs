//! The verifier's folder: who may make one, and the lock by which one process alone writes there. Two verifiers
//! on one folder would answer from two different pasts.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::Path,
};

use store_sqlite::{OpenError, SqliteStore};

use crate::{
    keys::{Keys, KeysError, make_private_folder},
    registrar::DATABASE,
};

const LOCK: &str = "verifier.lock";

/// The folder is this process's to write until this is dropped; the operating system ends it with the process.
#[derive(Debug)]
pub struct Held {
    _lock: File,
}

/// Why a folder cannot be made or held. The operator can mend it; nothing was changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FolderError {
    /// Another process holds it: a verifier that serves, or an act that is being done.
    #[error("another assent-verifier is at work in {0}")]
    Held(String),
    /// The file system refused.
    #[error("{0}: {1}")]
    Io(String, io::Error),
    /// The keys cannot be made.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The database cannot be made.
    #[error(transparent)]
    Database(#[from] OpenError),
}

impl Held {
    /// Holds `data`, where no other process does.
    ///
    /// # Errors
    /// [`FolderError::Held`] or [`FolderError::Io`].
    pub fn hold(data: &Path) -> Result<Self, FolderError> {
        let path = data.join(LOCK);
        let io = |e| FolderError::Io(path.display().to_string(), e);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let lock = options.open(&path).map_err(io)?;
        match lock.try_lock() {
            Ok(()) => Ok(Held { _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(FolderError::Held(data.display().to_string())),
            Err(TryLockError::Error(e)) => Err(io(e)),
        }
    }
}

/// Makes a verifier in `data`: an empty log, then its keys. With the keys it is made: what a crash leaves before
/// that is taken up by the next try, and keys without a database are a verifier that has lost its log.
///
/// # Errors
/// [`FolderError`]; neither keys nor a log are ever overwritten.
pub fn create(data: &Path, issuer: Option<&str>) -> Result<Keys, FolderError> {
    match Keys::read(data) {
        Err(KeysError::Missing(_)) => {}
        Ok(_) | Err(KeysError::Malformed(..)) => {
            return Err(KeysError::Exists(data.display().to_string()).into());
        }
        Err(other) => return Err(other.into()),
    }
    make_private_folder(data).map_err(|e| FolderError::Io(data.display().to_string(), e))?;
    let _held = Held::hold(data)?;
    SqliteStore::create(&data.join(DATABASE))?;
    Ok(Keys::create(data, issuer)?)
}

#[cfg(test)]
mod tests {
    use verifier_store::Store;

    use super::*;

    #[test]
    fn a_folder_is_held_by_one_until_it_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let held = Held::hold(folder.path()).unwrap();
        assert!(matches!(
            Held::hold(folder.path()),
            Err(FolderError::Held(_))
        ));
        drop(held);
        assert!(Held::hold(folder.path()).is_ok());
    }

    #[test]
    fn what_a_crash_left_before_the_keys_is_taken_up() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(DATABASE), []).unwrap();
        create(folder.path(), None).unwrap();
        assert!(SqliteStore::open(&folder.path().join(DATABASE)).is_ok());
    }

    #[tokio::test]
    async fn neither_keys_nor_a_log_are_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let (database, keys) = (
            folder.path().join(DATABASE),
            folder.path().join("keys.json"),
        );
        let made = create(folder.path(), None).unwrap();
        std::fs::remove_file(&database).unwrap();
        let again = create(folder.path(), None);
        assert!(matches!(
            again,
            Err(FolderError::Keys(KeysError::Exists(_)))
        ));
        assert!(!database.exists(), "keys do not get a new log");
        assert_eq!(
            Keys::read(folder.path()).unwrap().log_vkey(),
            made.log_vkey()
        );
        let store = SqliteStore::create(&database).unwrap();
        store.reserve_slots(1).await.unwrap();
        std::fs::remove_file(&keys).unwrap();
        assert!(matches!(
            create(folder.path(), None),
            Err(FolderError::Database(OpenError::Exists(_)))
        ));
        assert!(!keys.exists(), "a log does not get new keys");
    }
}
