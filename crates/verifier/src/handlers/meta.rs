//! Metadata and registry: what a caller needs to know before anything else.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use http::{HeaderMap, StatusCode, header};
use protocol::{
    Code,
    api::{Endpoints, Limits, Metadata},
    client::REGISTRY_PROOF_HEADER,
    registry::{JwkSet, RegistryKey},
    share::{self, attachment},
};
use verifier_store::{ATTACHMENTS_AT_MOST, OFFERS_AT_MOST};

use super::slots::SLOTS_AT_MOST;
use crate::{config::Config, keys::Keys, reject::Rejection, server::BODY_AT_MOST, state::Shared};

/// The metadata of a verifier at `issuer`.
pub fn metadata(issuer: &str, keys: &Keys, config: &Config) -> Metadata {
    let url = |path: &str| format!("{issuer}{path}");
    let key = |key: &consent_token::key::SigningKey, purpose: &str| {
        let mut entry = RegistryKey::signing(&key.public());
        entry.parameters.insert("purpose".into(), purpose.into());
        entry
    };
    Metadata {
        issuer: issuer.to_owned(),
        jwks: JwkSet {
            keys: vec![
                key(&keys.status, "status"),
                key(&keys.registrar, "registry"),
            ],
        },
        log_vkey: keys.log_vkey(),
        endpoints: Endpoints {
            registry: url("/v1/registry"),
            slots: url("/v1/slots"),
            grants: url("/v1/grants"),
            statements: url("/v1/statements"),
            token: url("/token"),
            introspection: url("/introspect"),
            status: url("/v1/status"),
            log: url("/log"),
            openapi: url("/openapi.json"),
        },
        limits: limits(config),
        versions: vec![1],
        software: concat!("assent-verifier/", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}

fn limits(config: &Config) -> Limits {
    let rates = &config.rate_limits;
    Limits {
        jwt_bytes: consent_token::MAX_COMPACT_BYTES as u64,
        body_bytes: BODY_AT_MOST as u64,
        share_bytes: share::MAX_BYTES as u64,
        attachment_bytes: attachment::MAX_BYTES,
        attachment_piece_bytes: attachment::PIECE_BYTES as u64,
        attachment_pieces: attachment::MAX_PIECES,
        attachments_per_grant: ATTACHMENTS_AT_MOST,
        offers_per_agency: OFFERS_AT_MOST,
        slots_per_request: SLOTS_AT_MOST,
        page: config.page.get(),
        writes_per_minute: rates.writes.get(),
        slots_per_minute: rates.slots.get(),
        tokens_per_minute: rates.tokens.get(),
        past_per_minute: rates.past.get(),
        clock_skew: u32::try_from(consent_token::CLOCK_SKEW_SECONDS).unwrap_or(0),
        event_streams: config.event_streams.get(),
    }
}

/// Keys, addresses, limits and versions.
#[utoipa::path(get, path = "/.well-known/assent-verifier", tag = "metadata", responses((status = 200, body = Object)))]
pub async fn well_known(State(app): State<Shared>) -> Response {
    (
        [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "public, max-age=300"),
        ],
        app.metadata.clone(),
    )
        .into_response()
}

/// The signed registry, with the tlog-proof that it is in the log in the header `assent-proof` (base64url).
#[utoipa::path(get, path = "/v1/registry", tag = "metadata",
    responses((status = 200, body = String, content_type = "application/agency-registry+jwt"), (status = 304), super::Problems))]
pub async fn registry(
    State(app): State<Shared>,
    headers: HeaderMap,
) -> Result<Response, Rejection> {
    let published = app.published();
    let registry = published.ledger.registry().ok_or(Code::NotFound)?;
    let etag = format!("\"{}\"", registry.registry.serial);
    let proof = published.proof(registry.index, app.entry(registry.index).await?.entry)?;
    let head = [
        (
            header::CONTENT_TYPE,
            "application/agency-registry+jwt".to_owned(),
        ),
        (header::CACHE_CONTROL, "public, max-age=60".to_owned()),
        (header::ETAG, etag.clone()),
        (
            REGISTRY_PROOF_HEADER.parse().map_err(|_| Code::Internal)?,
            BASE64_URL_SAFE_NO_PAD.encode(proof),
        ),
    ];
    Ok(if super::is_seen(&headers, &etag) {
        (StatusCode::NOT_MODIFIED, head).into_response()
    } else {
        (head, registry.compact.clone()).into_response()
    })
}

/// The description of this API.
#[utoipa::path(get, path = "/openapi.json", tag = "metadata", responses((status = 200, body = Object)))]
pub async fn openapi() -> Response {
    (
        [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "public, max-age=300"),
        ],
        crate::openapi::json(),
    )
        .into_response()
}
