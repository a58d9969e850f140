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
        match SqliteStore::open(&self.database()) {
            Err(OpenError::Missing(_)) => SqliteStore::create(&self.database()).unwrap(),
            other => other.unwrap(),
        }
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

impl Folder {
    /// Whether any file of the database holds these bytes.
    fn holds(&self, bytes: &[u8]) -> bool {
        std::fs::read_dir(self.0.path()).unwrap().any(|entry| {
            let file = std::fs::read(entry.unwrap().path()).unwrap();
            file.windows(bytes.len()).any(|part| part == bytes)
        })
    }
}

/// Bytes that stand nowhere else, over several pages.
fn ciphertext(seed: u8) -> Vec<u8> {
    let digests = (0..400_u32).flat_map(|at| {
        let text = [&[seed][..], &at.to_be_bytes()].concat();
        *Digest::of(&text).as_bytes()
    });
    digests.collect()
}

/// Applies a change as an act does, in a commit of the log.
async fn commit(store: &SqliteStore, change: ShareChange) {
    let head = store.head().await.unwrap();
    let batch = Batch {
        expected: head,
        entries: Vec::new(),
        head,
        shares: vec![change],
    };
    store.append(batch).await.unwrap();
}

#[tokio::test]
async fn what_is_destroyed_stands_in_no_file_any_more() {
    let folder = Folder::new();
    let store = folder.open().await;
    let grant = Jti::from_bytes([1; 16]);
    let (first, second) = (ciphertext(1), ciphertext(2));
    let piece = ciphertext(3);
    for bytes in [&first, &second] {
        let upload = Upload {
            grant,
            part: Part::Whole,
            digest: Digest::of(bytes),
            expires: UnixSeconds::MAX,
            bytes: bytes.clone(),
        };
        store.upload(upload).await.unwrap();
        let digest = Digest::of(bytes);
        commit(&store, ShareChange::Announce { grant, digest }).await;
        assert!(folder.holds(&bytes[6_000..6_064]), "it can be found");
    }
    assert!(store.scrubber.settle());
    assert!(!folder.holds(&first[6_000..6_064]), "replaced");
    assert!(folder.holds(&second[6_000..6_064]), "in its place");
    let attached = Piece {
        grant,
        path: "documents.plan".into(),
        nr: 0,
        expires: UnixSeconds::MAX,
        bytes: piece.clone(),
    };
    store.put_piece(attached).await.unwrap();
    commit(&store, ShareChange::Destroy { grant }).await;
    assert!(store.scrubber.settle());
    for gone in [&first, &second, &piece] {
        for part in gone.chunks_exact(64) {
            assert!(!folder.holds(part));
        }
    }
}

#[tokio::test]
async fn a_reader_that_takes_long_holds_up_the_scrubbing_and_no_commit() {
    let folder = Folder::new();
    let store = folder.open().await;
    assert!(store.scrubber.settle());
    let other = Connection::open(folder.database()).unwrap();
    other.execute_batch("BEGIN; SELECT * FROM head;").unwrap();
    let piece = Piece {
        grant: Jti::from_bytes([1; 16]),
        path: "documents.plan".into(),
        nr: 0,
        expires: UnixSeconds::MAX,
        bytes: vec![1],
    };
    store.put_piece(piece).await.unwrap();
    assert!(
        !store.scrubber.settle(),
        "the reader still needs the journal"
    );
    store.reserve_slots(7).await.unwrap();
    other.execute_batch("COMMIT").unwrap();
    assert!(store.scrubber.settle());
}

#[tokio::test]
async fn a_piece_waits_for_whoever_writes() {
    let folder = Folder::new();
    let store = folder.open().await;
    let piece = |nr| Piece {
        grant: Jti::from_bytes([1; 16]),
        path: "documents.plan".into(),
        nr,
        expires: UnixSeconds::MAX,
        bytes: vec![1],
    };
    store.put_piece(piece(0)).await.unwrap();
    assert!(store.scrubber.settle());
    let other = Connection::open(folder.database()).unwrap();
    for nr in 1..20 {
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let (put, ()) = tokio::join!(store.put_piece(piece(nr)), async {
            // The writer's thread is at it: it has no other job.
            let _ = store.reserved_slots().await;
            other.execute_batch("COMMIT").unwrap();
        });
        assert_eq!(put, Ok(PieceOutcome::Kept), "{nr}");
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
    assert!(matches!(
        SqliteStore::open(&other),
        Err(OpenError::Missing(_))
    ));
    assert!(!other.exists(), "and none is made");
    std::fs::write(&other, []).unwrap();
    assert!(matches!(
        SqliteStore::open(&other),
        Err(OpenError::Missing(_))
    ));
    assert!(std::fs::read(&other).unwrap().is_empty(), "left as it was");
    std::fs::write(&other, [b'x'; 4096]).unwrap();
    assert!(matches!(
        SqliteStore::open(&other),
        Err(OpenError::Sqlite(_))
    ));
}

#[tokio::test]
async fn a_database_of_every_earlier_version_keeps_its_entries() {
    let folder = Folder::new();
    for version in 1..=schema::MIGRATIONS.len() {
        let path = folder.0.path().join(format!("{version}.db"));
        let db = Connection::open(&path).unwrap();
        for migration in schema::MIGRATIONS.iter().take(version) {
            db.execute_batch(migration).unwrap();
        }
        db.execute_batch(
            "INSERT INTO head (only, size, root, slots) VALUES (0, 1, zeroblob(32), 7);
             INSERT INTO entries (idx, at, entry, body, list) VALUES (0, 5, x'7b7d', 'jws', 3);",
        )
        .unwrap();
        db.pragma_update(None, "user_version", version as u32)
            .unwrap();
        drop(db);
        let store = SqliteStore::open(&path).unwrap();
        let kept = StoredEntry {
            index: 0,
            entry: b"{}".to_vec(),
            body: Some("jws".into()),
        };
        assert_eq!(store.entries(0, 9).await, Ok(vec![kept]), "{version}");
        assert_eq!(store.reserved_slots().await, Ok(7));
        let listed = store.list_entries(3, 0, UnixMillis(5), 9).await;
        assert_eq!(listed, Ok(vec![(0, b"{}".to_vec())]));
    }
}

#[tokio::test]
async fn a_database_is_made_where_none_holds_anything() {
    let folder = Folder::new();
    drop(SqliteStore::create(&folder.database()).unwrap());
    let again = SqliteStore::create(&folder.database()).unwrap();
    again.reserve_slots(1).await.unwrap();
    assert!(matches!(
        SqliteStore::create(&folder.database()),
        Err(OpenError::Exists(_))
    ));
    assert_eq!(again.reserved_slots().await, Ok(1));
}
