//! `GET /v1/status/{n}`: status lists (PROTOCOL section 3). Made from the published bits when they have
//! changed, tagged with the log size they were made from, and never `immutable`.

mod past;

use std::{collections::HashMap, sync::Arc};

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use consent_token::id::UnixSeconds;
use http::{HeaderMap, StatusCode, header};
use protocol::{
    Code, SLOTS_PER_LIST,
    status_token::{self, STATUS_LIST_MEDIA_TYPE},
};
use serde::Deserialize;
use status_list::{Bits, Encoded, StatusList, StatusListClaims};
use tokio::sync::Mutex;
use verifier_store::Store;

pub(crate) use past::Past;

use crate::{
    handlers::is_seen,
    reject::{Path, Rejection},
    slots::status_uri,
    state::{App, Shared, now, unavailable},
};

/// The newest token of each list.
#[derive(Default)]
pub struct StatusCache {
    lists: std::sync::Mutex<HashMap<u32, Arc<Made>>>,
    making: Mutex<()>,
    past: Past,
}

/// A signed list and what it was made from.
struct Made {
    size: u64,
    at: UnixSeconds,
    etag: String,
    token: Bytes,
}

/// Query of a status list.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Moment {
    /// NumericDate: the list as it was then (historical resolution).
    time: Option<i64>,
}

/// A status list token.
#[utoipa::path(get, operation_id = "status_list", path = "/v1/status/{n}", tag = "status", params(("n" = u32, Path, description = "the list's number"), Moment),
    responses((status = 200, body = String, content_type = "application/statuslist+jwt"), (status = 304), super::Problems))]
pub async fn list(
    State(app): State<Shared>,
    Path(n): Path<String>,
    query: Result<Query<Moment>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Rejection> {
    let n = number(&n).ok_or(Code::NotFound)?;
    let Query(query) =
        query.map_err(|_| Rejection::new(Code::InvalidRequest, "time is a number of seconds"))?;
    if !exists(&app, n).await? {
        return Err(Code::NotFound.into());
    }
    let time = query
        .time
        .map(|time| UnixSeconds::new(time).ok_or(Code::TimeNotAvailable))
        .transpose()?;
    let made = match time {
        Some(time) => past::list(&app, n, time).await?,
        None => current(&app, n).await?,
    };
    let head = [
        (header::ETAG, made.etag.clone()),
        (
            header::CACHE_CONTROL,
            format!("public, max-age={}", app.config.status_ttl),
        ),
        (header::CONTENT_TYPE, STATUS_LIST_MEDIA_TYPE.to_owned()),
    ];
    Ok(if is_seen(&headers, &made.etag) {
        (StatusCode::NOT_MODIFIED, head).into_response()
    } else {
        (head, made.token.clone()).into_response()
    })
}

/// One spelling for each list.
fn number(text: &str) -> Option<u32> {
    text.parse().ok().filter(|n: &u32| n.to_string() == text)
}

/// A list exists from the first slot that is handed out in it. Lists with a registered slot are known
/// without asking the database.
async fn exists(app: &App, n: u32) -> Result<bool, Rejection> {
    if n == 0 || n < app.published.load().ledger.lists().count() {
        return Ok(true);
    }
    let reserved = app.store.reserved_slots().await.map_err(unavailable)?;
    Ok(u64::from(n) * u64::from(SLOTS_PER_LIST) < reserved)
}

/// The newest list; made afresh when it changed or when half of its `ttl` has gone.
async fn current(app: &Shared, n: u32) -> Result<Arc<Made>, Rejection> {
    if let Some(made) = fresh(app, n) {
        return Ok(made);
    }
    // One caller makes the list, the others wait for it.
    let _making = app.status_cache.making.lock().await;
    if let Some(made) = fresh(app, n) {
        return Ok(made);
    }
    let published = app.published();
    let bytes = published.ledger.lists().bytes(n);
    let made = Arc::new(make(app.clone(), n, bytes, published.head.size, now()).await?);
    app.status_cache
        .lists
        .lock()
        .map_err(|_| Code::Internal)?
        .insert(n, made.clone());
    Ok(made)
}

fn fresh(app: &App, n: u32) -> Option<Arc<Made>> {
    let made = app.status_cache.lists.lock().ok()?.get(&n)?.clone();
    let unchanged = app.published.load().ledger.lists().changed(n) <= made.size;
    let young = now().since(made.at) <= i64::from(app.config.status_ttl / 2);
    (unchanged && young).then_some(made)
}

/// Compresses and signs a list, away from the threads that answer.
async fn make(
    app: Shared,
    n: u32,
    bits: Vec<u8>,
    size: u64,
    at: UnixSeconds,
) -> Result<Made, Rejection> {
    let made = tokio::task::spawn_blocking(move || {
        let claims = StatusListClaims {
            iss: Some(app.issuer.clone()),
            sub: status_uri(&app.issuer, n),
            iat: at.as_i64(),
            exp: at.as_i64() + i64::from(app.config.status_lifetime),
            ttl: Some(app.config.status_ttl.into()),
            status_list: Encoded::new(&StatusList::from_bytes(Bits::Two, bits)),
        };
        let token = status_token::sign(&claims, &app.keys.status);
        Made {
            size,
            at,
            etag: format!("\"{n}-{size}-{at}\""),
            token: token.into(),
        }
    });
    made.await.map_err(|_| Code::Internal.into())
}
