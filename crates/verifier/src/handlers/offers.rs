//! `GET` and `POST /v1/offers` (PROTOCOL sections 6 and 12): one document, the same for everybody, so that
//! fetching it says nothing about who fetches.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use consent_token::id::{Digest, UnixSeconds};
use http::{HeaderMap, StatusCode, header};
use protocol::{
    Code,
    api::{OfferRequest, Offered, Offers},
    offer::Offer,
};
use verifier_store::{Publication, Store, StoredOffer};

use crate::{
    reject::{Body, Rejection},
    state::{App, Shared, now, unavailable},
};

/// For how many seconds the document in memory is given out; another node's offer shows within that time.
const FRESH_SECONDS: i64 = 10;

/// The document in memory.
#[derive(Default)]
pub struct OffersDocument(ArcSwapOption<Made>);

struct Made {
    at: UnixSeconds,
    etag: String,
    body: Bytes,
}

/// Publishes an offer of a registered agency.
#[utoipa::path(post, path = "/v1/offers", tag = "agency", request_body = OfferRequest,
    responses((status = 201, body = Offered), (status = 200, body = Offered), super::Problems))]
pub async fn publish(
    State(app): State<Shared>,
    Body(request): Body<OfferRequest>,
) -> Result<(StatusCode, Json<Offered>), Rejection> {
    let at = now();
    let offer = {
        let published = app.published.load();
        let registry = published.ledger.registry().ok_or(Code::InvalidOffer)?;
        let held = Offer::verify(&request.offer, &registry.registry, at);
        held.map_err(|error| Rejection::new(Code::InvalidOffer, error.to_string()))?
    };
    let stored = StoredOffer {
        id: offer.jti,
        agency: offer.iss.to_string(),
        expires: offer.exp,
        jws: request.offer,
    };
    let publication = app.store.publish(stored, at).await.map_err(unavailable)?;
    let status = match publication {
        Publication::New => StatusCode::CREATED,
        Publication::Known => StatusCode::OK,
        Publication::Conflict => return Err(Code::Conflict.into()),
        Publication::TooMany => return Err(Code::TooManyOffers.into()),
    };
    app.offers.0.store(None);
    let answer = Offered {
        offer: offer.jti,
        exp: offer.exp,
    };
    Ok((status, Json(answer)))
}

/// Every offer that stands.
#[utoipa::path(get, path = "/v1/offers", tag = "wallet",
    responses((status = 200, body = Offers), (status = 304), super::Problems))]
pub async fn list(State(app): State<Shared>, headers: HeaderMap) -> Result<Response, Rejection> {
    let made = document(&app).await?;
    let head = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CACHE_CONTROL, "public, max-age=300".to_owned()),
        (header::ETAG, made.etag.clone()),
    ];
    Ok(if super::is_seen(&headers, &made.etag) {
        (StatusCode::NOT_MODIFIED, head).into_response()
    } else {
        (head, made.body.clone()).into_response()
    })
}

async fn document(app: &App) -> Result<Arc<Made>, Rejection> {
    let at = now();
    let at_hand = app.offers.0.load_full();
    if let Some(made) = at_hand.filter(|made| at.since(made.at) < FRESH_SECONDS) {
        return Ok(made);
    }
    let offers = app.store.offers(at).await.map_err(unavailable)?;
    let body = serde_json::to_vec(&Offers { offers }).map_err(|_| Code::Internal)?;
    let digest = Digest::of(&body);
    let made = Arc::new(Made {
        at,
        etag: format!("\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(digest.as_bytes())),
        body: body.into(),
    });
    app.offers.0.store(Some(made.clone()));
    Ok(made)
}
