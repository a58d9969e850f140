//! The conformance suite, and what only a file can suffer.

use std::path::PathBuf;

use verifier_store::conformance::{self, Bench};

use super::*;

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    fn database(&self) -> PathBuf {
        self.0.path().join("verifier.db")
    }
}

impl Bench for Folder {
    type Store = SqliteStore;

    async fn open(&self) -> SqliteStore {
        SqliteStore::open(&self.database()).unwrap()
    }
}

#[tokio::test]
async fn sqlite_conforms() {
    conformance::run(&Folder::new()).await;
}

#[tokio::test]
async fn a_backup_is_whole_and_overwrites_nothing() {
    let folder = Folder::new();
    let store = folder.open().await;
    store.reserve_slots(7).await.unwrap();
    let target = folder.0.path().join("copy.db");
    store.backup(&target).await.unwrap();
    assert_eq!(
        SqliteStore::open(&target).unwrap().reserved_slots().await,
        Ok(7)
    );
    assert!(store.backup(&target).await.is_err());
    #[cfg(unix)]
    for file in [folder.database(), target] {
        let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().unwrap().permissions());
        assert_eq!(mode & 0o077, 0, "{}", file.display());
    }
}

#[tokio::test]
async fn a_newer_database_and_a_file_that_is_none_are_refused() {
    let folder = Folder::new();
    drop(folder.open().await);
    let db = Connection::open(folder.database()).unwrap();
    db.pragma_update(None, "user_version", 99).unwrap();
    drop(db);
    assert!(matches!(
        SqliteStore::open(&folder.database()),
        Err(OpenError::Newer { found: 99, .. })
    ));
    let other = folder.0.path().join("other.db");
    std::fs::write(&other, [b'x'; 4096]).unwrap();
    assert!(matches!(
        SqliteStore::open(&other),
        Err(OpenError::Sqlite(_))
    ));
}
