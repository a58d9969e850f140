//! `POST /v1/grants` and `GET /v1/grants/{id}`: registration, and what became of a grant.

use std::sync::Arc;

use axum::{Json, extract::State};
use consent_token::{id::Jti, key::PublicKey, token};
use http::{HeaderMap, Method, StatusCode};
use protocol::{
    Code, Entry, Version1,
    api::{GrantHistory, GrantRequest, HistoryItem, Receipt},
};
use verifier_store::{GrantState, Store, StoredEntry, Submission};

use super::{Moment, grant_path, receipt, revocation_receipt, statements};
use crate::{
    reject::{Body, Path, Rejection},
    slots::status_uri,
    state::{Shared, now, unavailable},
};

/// Registers a grant. The same token again gets the same place in the log.
#[utoipa::path(post, path = "/v1/grants", tag = "wallet", request_body = GrantRequest,
    responses((status = 201, body = Receipt), (status = 200, body = Receipt), super::Problems))]
pub async fn register(
    State(app): State<Shared>,
    Body(request): Body<GrantRequest>,
) -> Result<(StatusCode, Json<Receipt>), Rejection> {
    let token = token::verify(&request.token, &Version1)?;
    let status = &token.claims().status;
    let grant = token.claims().jti;
    let published = app.published();
    let slot = match published.ledger.grant(&grant) {
        // Known already: the ticket may be over by now, the answer is the first one's.
        Some(known) => known.slot,
        None => {
            let slot = app
                .slots
                .redeem(&request.ticket, status.uri.as_str(), status.idx, now())?;
            if status.uri.as_str() != status_uri(&app.issuer, slot.0) {
                return Err(Code::InvalidTicket.into());
            }
            slot
        }
    };
    let replaces = match &request.replaces {
        Some(statement) => Some(Box::new(statements::verify(&published.ledger, statement)?)),
        None => None,
    };
    let narrowed = replaces
        .as_ref()
        .and_then(|revocation| revocation.statement.statement().grant());
    drop(published);
    let recorded = app
        .sequencer
        .submit(Submission::Grant {
            token: Box::new(token),
            slot,
            replaces,
        })
        .await?;
    let (is_new, mut receipt) = receipt(&app, grant, &recorded).await?;
    if let Some(old) = narrowed {
        receipt.replaced = revocation_receipt(&app, old, &recorded).await?;
    }
    Ok((
        if is_new {
            StatusCode::CREATED
        } else {
            StatusCode::OK
        },
        Json(receipt),
    ))
}

/// State and history of a grant, for its holder and its agency only. Anyone else learns nothing, not even that it exists.
#[utoipa::path(get, path = "/v1/grants/{id}", tag = "wallet", params(("id" = String, Path, description = "the grant's id")),
    responses((status = 200, body = GrantHistory), super::Problems), security(("dpop" = [])))]
pub async fn show(
    State(app): State<Shared>,
    Path(id): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Result<Json<GrantHistory>, Rejection> {
    let published = app.published();
    let (grant, state) = app.dpop(&headers, &method, &grant_path(&id), |key| {
        Ok(visible(&published, &id, key).ok_or(Code::UnknownGrant)?)
    })?;
    let entries = app.store.entries_at(state.history()).await;
    let entries = entries.map_err(unavailable)?;
    let (status, now_state) = published.ledger.state(&state, now());
    let history = history(&published, entries)?;
    Ok(Json(GrantHistory {
        grant,
        status,
        state: now_state.as_str().to_owned(),
        history,
    }))
}

/// The grant of that id, where the key is its holder's or its agency's.
fn visible(published: &Moment, id: &str, key: &PublicKey) -> Option<(Jti, Arc<GrantState>)> {
    let grant: Jti = id.parse().ok()?;
    let state = published.ledger.grant(&grant)?;
    let may_see = *key.as_bytes() == state.holder || is_agency_of(published, state, key);
    may_see.then(|| (grant, state.clone()))
}

fn is_agency_of(published: &Moment, grant: &GrantState, key: &PublicKey) -> bool {
    let thumbprint = key.thumbprint();
    let registry = published.ledger.registry();
    registry
        .and_then(|registry| registry.signer(&thumbprint))
        .is_some_and(|signer| {
            let active = registry
                .and_then(|registry| registry.agency(&signer.id))
                .is_some_and(|known| known.agency.is_active());
            active && *grant.audience == *signer.id.as_str()
        })
}

fn history(published: &Moment, entries: Vec<StoredEntry>) -> Result<Vec<HistoryItem>, Code> {
    entries
        .into_iter()
        .filter_map(|stored| {
            let jws = stored.body?;
            let at = Entry::parse(&stored.entry).ok()?.at();
            let proof = published.proof(stored.index, stored.entry);
            Some(proof.map(|proof| HistoryItem {
                jws,
                at,
                index: stored.index,
                proof,
            }))
        })
        .collect()
}
