//! Offers: they stand until they end, and are the same for everybody.

use consent_token::id::UnixSeconds;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use verifier_store::{OFFERS_AT_MOST, Publication, StoredOffer};

/// Publishes an offer, and forgets those that have ended.
pub(crate) fn publish(
    db: &mut Connection,
    offer: &StoredOffer,
    now: UnixSeconds,
) -> rusqlite::Result<Publication> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tx.execute("DELETE FROM offers WHERE expires <= ?1", [now.as_i64()])?;
    let id = offer.id.as_bytes().as_slice();
    let known: Option<String> = tx
        .query_row("SELECT jws FROM offers WHERE id = ?1", [id], |row| {
            row.get(0)
        })
        .optional()?;
    if let Some(known) = known {
        return Ok(if known == offer.jws {
            Publication::Known
        } else {
            Publication::Conflict
        });
    }
    let standing: u32 = tx.query_row(
        "SELECT count(*) FROM offers WHERE agency = ?1",
        [&offer.agency],
        |row| row.get(0),
    )?;
    if standing >= OFFERS_AT_MOST {
        return Ok(Publication::TooMany);
    }
    tx.execute(
        "INSERT INTO offers (id, agency, expires, jws) VALUES (?1, ?2, ?3, ?4)",
        params![id, offer.agency, offer.expires.as_i64(), offer.jws],
    )?;
    tx.commit()?;
    Ok(Publication::New)
}

/// The offers that stand.
pub(crate) fn standing(db: &Connection, now: UnixSeconds) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached("SELECT jws FROM offers WHERE expires > ?1 ORDER BY nr")?
        .query_map([now.as_i64()], |row| row.get(0))?
        .collect()
}
