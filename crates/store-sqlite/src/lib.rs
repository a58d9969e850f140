//! The verifier's embedded database: SQLite in WAL mode with `synchronous=FULL`, one thread that writes
//! and one that reads, so that no caller's thread ever waits for a disk. It judges nothing.

mod attachments;
mod offers;
mod schema;
mod scrub;
mod shares;
mod thread;

use std::path::{Path, PathBuf};

use consent_token::id::{Digest, Jti, UnixSeconds};
use protocol::{UnixMillis, share::Part};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use transparency_log::TreeHead;
use verifier_store::{
    AppendError, Batch, Piece, PieceOutcome, Publication, ShareChange, Store, StoreError,
    StoredAttachment, StoredEntry, StoredOffer, Upload,
};

use scrub::Scrubber;
use thread::DatabaseThread;

/// One log in one SQLite file.
pub struct SqliteStore {
    path: PathBuf,
    writer: DatabaseThread,
    reader: DatabaseThread,
    scrubber: Scrubber,
}

/// Why the file cannot be opened as a verifier's database. The operator can mend it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The file cannot be made or written.
    #[error("the database cannot be written: {0}")]
    File(std::io::Error),
    /// SQLite refused the file.
    #[error("the database cannot be opened: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The file was written by a newer version; use that one.
    #[error("the database has version {found}, this program knows up to {known}")]
    Newer {
        /// The file's version.
        found: u32,
        /// This program's.
        known: u32,
    },
    /// There is no database, or an empty file in its place; restore a backup.
    #[error("{0} is missing, or empty")]
    Missing(String),
    /// A new database was asked for where one holds a log.
    #[error("{0} holds a log already; nothing was changed")]
    Exists(String),
    /// SQLite is older than 3.51.3, whose WAL can lose a commit.
    #[error("SQLite {0} is too old: 3.51.3 or newer is needed")]
    OldSqlite(&'static str),
}

impl SqliteStore {
    /// Makes an empty database at `path`. One that is there and holds nothing yet is taken as it is.
    ///
    /// # Errors
    /// [`OpenError`]; [`OpenError::Exists`] where it holds a log.
    pub fn create(path: &Path) -> Result<Self, OpenError> {
        schema::create(path)?;
        Self::open(path)
    }

    /// Opens the database at `path`. It never makes one: an empty log in the place of a lost one is a rewritten history.
    ///
    /// # Errors
    /// [`OpenError`]; [`OpenError::Missing`] where there is none.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let writer = schema::open(path)?;
        let reader = schema::open(path)?;
        reader.pragma_update(None, "query_only", true)?;
        let scrubber = schema::open(path)?;
        Ok(SqliteStore {
            path: path.to_owned(),
            writer: DatabaseThread::start("db-write", writer),
            reader: DatabaseThread::start("db-read", reader),
            scrubber: Scrubber::start(scrubber),
        })
    }

    /// Writes a consistent copy to `target`, which must not exist; other processes may go on meanwhile.
    ///
    /// # Errors
    /// [`StoreError`] where the copy cannot be written whole.
    pub async fn backup(&self, target: &Path) -> Result<(), StoreError> {
        let target = target
            .to_str()
            .ok_or_else(|| StoreError("the path is not UTF-8".into()))?
            .to_owned();
        // A connection of its own: neither commits nor answers wait for the copy.
        let db = schema::open(&self.path).map_err(|e| StoreError(e.to_string()))?;
        // Made here, so that only its owner reads it; SQLite writes into an empty file.
        schema::make_new(&target).map_err(|e| StoreError(format!("{target}: {e}")))?;
        let copy = DatabaseThread::start("db-backup", db);
        copy.call(move |db| db.execute("VACUUM INTO ?1", [target]).map(drop))
            .await?
            .map_err(failed)
    }

    /// Has what was destroyed leave the disk, where anything was.
    fn scrub(&self, destroyed: Destroyed) {
        if destroyed == Destroyed::Something {
            self.scrubber.destroyed();
        }
    }

    async fn read<A: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> rusqlite::Result<A> + Send + 'static,
    ) -> Result<A, StoreError> {
        self.reader.call(job).await?.map_err(failed)
    }
}

impl Store for SqliteStore {
    async fn head(&self) -> Result<TreeHead, StoreError> {
        self.read(|db| read_head(db)).await
    }

    async fn append(&self, batch: Batch) -> Result<(), AppendError> {
        let done = self.writer.call(move |db| append(db, &batch)).await;
        let destroyed = done.unwrap_or_else(|e| Err(AppendError::Uncertain(e.0)))?;
        self.scrub(destroyed);
        Ok(())
    }

    async fn entries(&self, from: u64, limit: usize) -> Result<Vec<StoredEntry>, StoreError> {
        self.read(move |db| {
            let mut rows = db.prepare_cached(
                "SELECT idx, entry, body FROM entries WHERE idx >= ?1 ORDER BY idx LIMIT ?2",
            )?;
            rows.query_map(params![signed(from), signed(limit as u64)], stored)?
                .collect()
        })
        .await
    }

    async fn entries_at(&self, indexes: Vec<u64>) -> Result<Vec<StoredEntry>, StoreError> {
        self.read(move |db| {
            let mut row =
                db.prepare_cached("SELECT idx, entry, body FROM entries WHERE idx = ?1")?;
            let found = indexes
                .iter()
                .map(|index| row.query_row([signed(*index)], stored).optional());
            found.filter_map(Result::transpose).collect()
        })
        .await
    }

    async fn list_entries(
        &self,
        list: u32,
        from: u64,
        until: UnixMillis,
        limit: usize,
    ) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        self.read(move |db| {
            let mut rows = db.prepare_cached(
                "SELECT idx, at, entry FROM entries WHERE list = ?1 AND idx >= ?2 ORDER BY idx LIMIT ?3",
            )?;
            let mut rows = rows.query(params![list, signed(from), signed(limit as u64)])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                // Times rise with the index: all that follows is later too.
                if row.get::<_, i64>(1)? > until.0 {
                    break;
                }
                found.push((unsigned(row.get(0)?), row.get(2)?));
            }
            Ok(found)
        })
        .await
    }

    async fn reserve_slots(&self, count: u32) -> Result<u64, StoreError> {
        let taken = self.writer.call(move |db| {
            db.query_row(
                "UPDATE head SET slots = slots + ?1 RETURNING slots - ?1",
                [count],
                |row| row.get::<_, i64>(0),
            )
        });
        taken.await?.map(unsigned).map_err(failed)
    }

    async fn reserved_slots(&self) -> Result<u64, StoreError> {
        self.read(|db| {
            db.query_row("SELECT slots FROM head", [], |row| row.get::<_, i64>(0))
                .map(unsigned)
        })
        .await
    }

    async fn upload(&self, upload: Upload) -> Result<(), StoreError> {
        let done = self.writer.call(move |db| shares::upload(db, &upload));
        self.scrub(done.await?.map_err(failed)?);
        Ok(())
    }

    async fn uploaded(&self, grant: Jti, digest: Digest) -> Result<Option<u64>, StoreError> {
        self.read(move |db| shares::uploaded(db, &grant, &digest))
            .await
    }

    async fn share(&self, grant: Jti, part: Part) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(move |db| shares::read(db, &grant, part)).await
    }

    async fn put_piece(&self, piece: Piece) -> Result<PieceOutcome, StoreError> {
        // The first piece takes the place of what was there.
        let starts = piece.nr == 0;
        let done = self.writer.call(move |db| attachments::put(db, &piece));
        let outcome = done.await?.map_err(failed)?;
        self.scrub(Destroyed::of(usize::from(starts)));
        Ok(outcome)
    }

    async fn uploaded_piece(
        &self,
        grant: Jti,
        path: String,
        nr: u32,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(move |db| attachments::uploaded_piece(db, &grant, &path, nr))
            .await
    }

    async fn complete(
        &self,
        grant: Jti,
        path: String,
        digest: Digest,
        size: u64,
    ) -> Result<(), StoreError> {
        let done = self
            .writer
            .call(move |db| attachments::complete(db, &grant, &path, &digest, size));
        done.await?.map_err(failed)
    }

    async fn attachment(
        &self,
        grant: Jti,
        path: String,
    ) -> Result<Option<StoredAttachment>, StoreError> {
        self.read(move |db| attachments::announced(db, &grant, &path))
            .await
    }

    async fn attachment_piece(
        &self,
        grant: Jti,
        digest: Digest,
        nr: u32,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(move |db| attachments::piece(db, &grant, &digest, nr))
            .await
    }

    async fn remove_attachment(&self, grant: Jti, path: String) -> Result<(), StoreError> {
        let done = self
            .writer
            .call(move |db| attachments::remove(db, &grant, &path));
        self.scrub(done.await?.map_err(failed)?);
        Ok(())
    }

    async fn publish(
        &self,
        offer: StoredOffer,
        now: UnixSeconds,
    ) -> Result<Publication, StoreError> {
        let done = self.writer.call(move |db| offers::publish(db, &offer, now));
        done.await?.map_err(failed)
    }

    async fn offers(&self, now: UnixSeconds) -> Result<Vec<String>, StoreError> {
        self.read(move |db| offers::standing(db, now)).await
    }

    async fn destroy(&self, grant: Jti) -> Result<(), StoreError> {
        let change = ShareChange::Destroy { grant };
        let done = self.writer.call(move |db| shares::change(db, &change));
        self.scrub(done.await?.map_err(failed)?);
        Ok(())
    }

    async fn destroy_expired(&self, now: UnixSeconds) -> Result<Option<UnixSeconds>, StoreError> {
        let done = self.writer.call(move |db| shares::destroy_expired(db, now));
        let (destroyed, next) = done.await?.map_err(failed)?;
        self.scrub(destroyed);
        Ok(next)
    }
}

/// Whether ciphertext was destroyed, which then has to leave the journal too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Destroyed {
    Nothing,
    Something,
}

impl Destroyed {
    fn of(rows: usize) -> Self {
        match rows {
            0 => Destroyed::Nothing,
            _ => Destroyed::Something,
        }
    }
}

/// One transaction: the head is compared under the write lock, so that two writers cannot both win.
fn append(db: &mut Connection, batch: &Batch) -> Result<Destroyed, AppendError> {
    let uncertain = |e: rusqlite::Error| AppendError::Uncertain(e.to_string());
    let tx = db
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(uncertain)?;
    if read_head(&tx).map_err(uncertain)? != batch.expected {
        return Err(AppendError::HeadMoved);
    }
    let destroyed = insert(&tx, batch).map_err(uncertain)?;
    tx.commit().map_err(uncertain)?;
    Ok(destroyed)
}

fn insert(db: &Connection, batch: &Batch) -> rusqlite::Result<Destroyed> {
    let mut row = db.prepare_cached(
        "INSERT INTO entries (idx, at, entry, body, list) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (index, new) in (batch.expected.size..).zip(&batch.entries) {
        row.execute(params![
            signed(index),
            new.at.0,
            new.entry,
            new.body,
            new.list
        ])?;
    }
    let mut destroyed = Destroyed::Nothing;
    for change in &batch.shares {
        destroyed = destroyed.max(shares::change(db, change)?);
    }
    db.prepare_cached("UPDATE head SET size = ?1, root = ?2")?
        .execute(params![signed(batch.head.size), batch.head.root.as_slice()])?;
    Ok(destroyed)
}

fn read_head(db: &Connection) -> rusqlite::Result<TreeHead> {
    db.prepare_cached("SELECT size, root FROM head")?
        .query_row([], |row| {
            Ok(TreeHead {
                size: unsigned(row.get(0)?),
                root: row.get(1)?,
            })
        })
}

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredEntry> {
    Ok(StoredEntry {
        index: unsigned(row.get(0)?),
        entry: row.get(1)?,
        body: row.get(2)?,
    })
}

/// SQLite's integers are signed; no log comes near 2^63 entries.
fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn unsigned(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

fn failed(error: rusqlite::Error) -> StoreError {
    StoreError(error.to_string())
}

#[cfg(test)]
mod tests;
