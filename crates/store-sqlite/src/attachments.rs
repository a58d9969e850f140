//! Sealed attachments in pieces: a row each, so that none is ever whole in memory; overwritten when they go.

use consent_token::id::{Digest, Jti};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use verifier_store::{ATTACHMENTS_AT_MOST, Piece, PieceOutcome, StoredAttachment};

use crate::Destroyed;

/// Keeps the next piece of an upload; the first one starts again.
pub(crate) fn put(db: &mut Connection, piece: &Piece) -> rusqlite::Result<PieceOutcome> {
    // What is only read at first could not wait for another writer, or for the journal to be emptied.
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if piece.nr == 0 {
        match start(&tx, piece)? {
            PieceOutcome::Kept => {}
            refused => return Ok(refused),
        }
    }
    let Some(id) = unfinished(&tx, &piece.grant, &piece.path)? else {
        return Ok(PieceOutcome::OutOfOrder);
    };
    let kept: u32 = tx
        .prepare_cached("SELECT count(*) FROM pieces WHERE attachment = ?1")?
        .query_row([id], |row| row.get(0))?;
    if piece.nr.checked_add(1) == Some(kept) {
        let same = read(&tx, id, piece.nr)?.as_ref() == Some(&piece.bytes);
        return Ok(if same {
            PieceOutcome::Kept
        } else {
            PieceOutcome::OutOfOrder
        });
    }
    if piece.nr != kept {
        return Ok(PieceOutcome::OutOfOrder);
    }
    tx.prepare_cached("INSERT INTO pieces (attachment, nr, bytes) VALUES (?1, ?2, ?3)")?
        .execute(params![id, piece.nr, piece.bytes])?;
    tx.commit()?;
    Ok(PieceOutcome::Kept)
}

fn start(db: &Connection, piece: &Piece) -> rusqlite::Result<PieceOutcome> {
    let grant = piece.grant.as_bytes().as_slice();
    db.prepare_cached(
        "DELETE FROM attachments WHERE grant_id = ?1 AND path = ?2 AND NOT announced",
    )?
    .execute(params![grant, piece.path])?;
    let others: u32 = db
        .prepare_cached(
            "SELECT count(DISTINCT path) FROM attachments WHERE grant_id = ?1 AND path != ?2",
        )?
        .query_row(params![grant, piece.path], |row| row.get(0))?;
    if others >= ATTACHMENTS_AT_MOST {
        return Ok(PieceOutcome::TooMany);
    }
    db.prepare_cached(
        "INSERT INTO attachments (grant_id, path, announced, expires) VALUES (?1, ?2, 0, ?3)",
    )?
    .execute(params![grant, piece.path, piece.expires.as_i64()])?;
    Ok(PieceOutcome::Kept)
}

/// The upload at a path that is not whole yet.
fn unfinished(db: &Connection, grant: &Jti, path: &str) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached(
        "SELECT id FROM attachments WHERE grant_id = ?1 AND path = ?2 AND NOT announced AND digest IS NULL",
    )?
    .query_row(params![grant.as_bytes().as_slice(), path], |row| row.get(0))
    .optional()
}

fn read(db: &Connection, id: i64, nr: u32) -> rusqlite::Result<Option<Vec<u8>>> {
    db.prepare_cached("SELECT bytes FROM pieces WHERE attachment = ?1 AND nr = ?2")?
        .query_row(params![id, nr], |row| row.get(0))
        .optional()
}

/// A piece of what is being uploaded.
pub(crate) fn uploaded_piece(
    db: &Connection,
    grant: &Jti,
    path: &str,
    nr: u32,
) -> rusqlite::Result<Option<Vec<u8>>> {
    match unfinished(db, grant, path)? {
        Some(id) => read(db, id, nr),
        None => Ok(None),
    }
}

/// An upload is whole.
pub(crate) fn complete(
    db: &Connection,
    grant: &Jti,
    path: &str,
    digest: &Digest,
    size: u64,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE attachments SET digest = ?3, size = ?4
         WHERE grant_id = ?1 AND path = ?2 AND NOT announced AND digest IS NULL",
    )?
    .execute(params![
        grant.as_bytes().as_slice(),
        path,
        digest.as_bytes().as_slice(),
        super::signed(size)
    ])
    .map(drop)
}

/// What is announced at a path.
pub(crate) fn announced(
    db: &Connection,
    grant: &Jti,
    path: &str,
) -> rusqlite::Result<Option<StoredAttachment>> {
    db.prepare_cached(
        "SELECT digest, size, (SELECT count(*) FROM pieces WHERE attachment = id)
         FROM attachments WHERE grant_id = ?1 AND path = ?2 AND announced",
    )?
    .query_row(params![grant.as_bytes().as_slice(), path], |row| {
        Ok(StoredAttachment {
            digest: Digest::from_bytes(row.get(0)?),
            size: super::unsigned(row.get(1)?),
            pieces: row.get(2)?,
        })
    })
    .optional()
}

/// A piece of what is announced.
pub(crate) fn piece(
    db: &Connection,
    grant: &Jti,
    digest: &Digest,
    nr: u32,
) -> rusqlite::Result<Option<Vec<u8>>> {
    db.prepare_cached(
        "SELECT bytes FROM pieces JOIN attachments ON attachment = id
         WHERE grant_id = ?1 AND digest = ?2 AND announced AND nr = ?3",
    )?
    .query_row(
        params![
            grant.as_bytes().as_slice(),
            digest.as_bytes().as_slice(),
            nr
        ],
        |row| row.get(0),
    )
    .optional()
}

/// The upload with that digest, where there is one, takes the place of what was announced at its path.
pub(crate) fn announce(
    db: &Connection,
    grant: &Jti,
    digest: &Digest,
) -> rusqlite::Result<Destroyed> {
    let grant = grant.as_bytes().as_slice();
    let found: Option<(i64, String)> = db
        .prepare_cached(
            "SELECT id, path FROM attachments WHERE grant_id = ?1 AND digest = ?2 AND NOT announced
             ORDER BY id DESC LIMIT 1",
        )?
        .query_row(params![grant, digest.as_bytes().as_slice()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let Some((id, path)) = found else {
        return Ok(Destroyed::Nothing);
    };
    let gone = db
        .prepare_cached("DELETE FROM attachments WHERE grant_id = ?1 AND path = ?2 AND id != ?3")?
        .execute(params![grant, path, id])?;
    db.prepare_cached("UPDATE attachments SET announced = 1 WHERE id = ?1")?
        .execute([id])?;
    Ok(Destroyed::of(gone))
}

/// Destroys what is at a path.
pub(crate) fn remove(db: &Connection, grant: &Jti, path: &str) -> rusqlite::Result<Destroyed> {
    db.prepare_cached("DELETE FROM attachments WHERE grant_id = ?1 AND path = ?2")?
        .execute(params![grant.as_bytes().as_slice(), path])
        .map(Destroyed::of)
}
