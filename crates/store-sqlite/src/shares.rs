//! The sealed shares behind grants: one row each, overwritten when it goes (`secure_delete`).

use consent_token::id::{Digest, Jti, UnixSeconds};
use protocol::share::Part;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use verifier_store::{ShareChange, UPLOADS_AT_MOST, Upload};

use crate::{Destroyed, attachments};

/// Keeps an upload; one that is there already is as new.
pub(crate) fn upload(db: &mut Connection, upload: &Upload) -> rusqlite::Result<Destroyed> {
    // Another process may write between a first read and a first write: the write lock is taken at once.
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let grant = upload.grant.as_bytes().as_slice();
    let digest = upload.digest.as_bytes().as_slice();
    let is_announced = tx
        .prepare_cached("SELECT 1 FROM shares WHERE grant_id = ?1 AND digest = ?2 AND announced")?
        .exists(params![grant, digest])?;
    let mut gone = 0;
    if !is_announced {
        tx.prepare_cached(
            "INSERT OR REPLACE INTO shares (grant_id, part, digest, announced, expires, envelope) VALUES (?1, ?2, ?3, 0, ?4, ?5)",
        )?
        .execute(params![grant, number(upload.part), digest, upload.expires.as_i64(), upload.bytes])?;
        gone = tx.prepare_cached(
            "DELETE FROM shares WHERE grant_id = ?1 AND NOT announced AND id NOT IN
             (SELECT id FROM shares WHERE grant_id = ?1 AND NOT announced ORDER BY id DESC LIMIT ?2)",
        )?
        .execute(params![grant, UPLOADS_AT_MOST])?;
    }
    tx.commit()?;
    Ok(Destroyed::of(gone))
}

/// The size of an upload.
pub(crate) fn uploaded(
    db: &Connection,
    grant: &Jti,
    digest: &Digest,
) -> rusqlite::Result<Option<u64>> {
    db.prepare_cached(
        "SELECT length(envelope) FROM shares WHERE grant_id = ?1 AND digest = ?2
         UNION ALL SELECT size FROM attachments WHERE grant_id = ?1 AND digest = ?2",
    )?
    .query_row(
        params![grant.as_bytes().as_slice(), digest.as_bytes().as_slice()],
        |row| row.get::<_, i64>(0),
    )
    .optional()
    .map(|size| size.map(super::unsigned))
}

/// The announced ciphertext of a part.
pub(crate) fn read(db: &Connection, grant: &Jti, part: Part) -> rusqlite::Result<Option<Vec<u8>>> {
    db.prepare_cached(
        "SELECT envelope FROM shares WHERE grant_id = ?1 AND part = ?2 AND announced",
    )?
    .query_row(params![grant.as_bytes().as_slice(), number(part)], |row| {
        row.get(0)
    })
    .optional()
}

/// Does what an act asks for, inside the transaction that records the act.
pub(crate) fn change(db: &Connection, change: &ShareChange) -> rusqlite::Result<Destroyed> {
    match change {
        ShareChange::Announce { grant, digest } => {
            let which = params![grant.as_bytes().as_slice(), digest.as_bytes().as_slice()];
            let gone = db
                .prepare_cached(
                    "DELETE FROM shares WHERE grant_id = ?1 AND announced AND digest != ?2
                     AND part = (SELECT part FROM shares WHERE grant_id = ?1 AND digest = ?2)",
                )?
                .execute(which)?;
            db.prepare_cached(
                "UPDATE shares SET announced = 1 WHERE grant_id = ?1 AND digest = ?2",
            )?
            .execute(which)?;
            Ok(Destroyed::of(gone).max(attachments::announce(db, grant, digest)?))
        }
        ShareChange::Destroy { grant } => {
            let mut gone = 0;
            for sql in [
                "DELETE FROM shares WHERE grant_id = ?1",
                "DELETE FROM attachments WHERE grant_id = ?1",
            ] {
                let mut statement = db.prepare_cached(sql)?;
                gone += statement.execute([grant.as_bytes().as_slice()])?;
            }
            Ok(Destroyed::of(gone))
        }
    }
}

/// Destroys what ended at or before `now`; the end of the next one.
pub(crate) fn destroy_expired(
    db: &Connection,
    now: UnixSeconds,
) -> rusqlite::Result<(Destroyed, Option<UnixSeconds>)> {
    let mut gone = 0;
    for sql in [
        "DELETE FROM shares WHERE expires <= ?1",
        "DELETE FROM attachments WHERE expires <= ?1",
    ] {
        gone += db.prepare_cached(sql)?.execute([now.as_i64()])?;
    }
    let next: Option<i64> = db
        .prepare_cached(
            "SELECT min(expires) FROM
             (SELECT expires FROM shares UNION ALL SELECT expires FROM attachments)",
        )?
        .query_row([], |row| row.get(0))?;
    Ok((Destroyed::of(gone), next.and_then(UnixSeconds::new)))
}

fn number(part: Part) -> u8 {
    match part {
        Part::Whole => 0,
        Part::Locator => 1,
    }
}
