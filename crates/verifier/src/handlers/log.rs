//! `GET /log/…`: the log as C2SP tlog-tiles lays it out, nothing of our own in it.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::header;
use protocol::Code;
use transparency_log::{BundleId, TileId, entries::encode_bundle, tile::Resource};
use verifier_store::Store;

use crate::{
    reject::{Path, Rejection},
    state::{Shared, unavailable},
};

/// What never changes may be kept for ever: a tile is a prefix of every later one.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The newest checkpoint, with the cosignatures that have arrived for it.
#[utoipa::path(get, path = "/log/checkpoint", tag = "log", responses((status = 200, body = String)))]
pub async fn checkpoint(State(app): State<Shared>) -> Response {
    let published = app.published();
    let note = app.cosigned.of(&published);
    (
        [
            (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
            (header::CACHE_CONTROL, "no-cache"),
        ],
        note.to_string(),
    )
        .into_response()
}

/// A hash tile or an entry bundle.
#[utoipa::path(get, path = "/log/tile/{path}", tag = "log",
    params(("path" = String, Path, description = "`<L>/<N>[.p/<W>]` or `entries/<N>[.p/<W>]`")),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), super::Problems))]
pub async fn tile(
    State(app): State<Shared>,
    Path(path): Path<String>,
) -> Result<Response, Rejection> {
    let resource: Resource = format!("tile/{path}").parse().map_err(|_| Code::NotFound)?;
    let bytes = match resource {
        Resource::Tile(tile) => hash_tile(&app, &tile)?,
        Resource::Entries(bundle) => entry_bundle(&app, &bundle).await?,
    };
    Ok((
        [
            (header::CONTENT_TYPE, "application/octet-stream"),
            (header::CACHE_CONTROL, FOR_EVER),
        ],
        bytes,
    )
        .into_response())
}

fn hash_tile(app: &Shared, tile: &TileId) -> Result<Vec<u8>, Rejection> {
    let published = app.published();
    let there =
        TileId::in_tree(tile.level(), tile.index(), published.head.size).ok_or(Code::NotFound)?;
    if tile.width() > there.width() {
        return Err(Code::NotFound.into());
    }
    tile.data(published.ledger.tree())
        .ok_or_else(|| Code::NotFound.into())
}

async fn entry_bundle(app: &Shared, bundle: &BundleId) -> Result<Vec<u8>, Rejection> {
    let size = app.published().head.size;
    let there = BundleId::in_tree(bundle.index(), size).ok_or(Code::NotFound)?;
    if bundle.width() > there.width() {
        return Err(Code::NotFound.into());
    }
    let entries = app
        .store
        .entries(bundle.first_entry(), bundle.width().into())
        .await
        .map_err(unavailable)?;
    encode_bundle(entries.iter().map(|stored| &stored.entry)).map_err(|_| Code::Internal.into())
}
