//! `PUT` and `GET /v1/grants/{id}/share` (PROTOCOL sections 6 and 7): ciphertext in and out. The verifier
//! holds no key to it. What is read is logged before its first byte leaves.

use axum::{
    Json,
    body::Bytes,
    extract::{Query, State, rejection::BytesRejection, rejection::QueryRejection},
    response::{IntoResponse, Response},
};
use consent_token::{
    id::{Digest, Jti, UnixSeconds},
    key::PublicKey,
    statement::{HolderAct, HolderStatement, Statement, UnverifiedStatement},
};
use http::{HeaderMap, Method, StatusCode, header};
use protocol::{
    Code,
    api::{Receipt, Uploaded},
    client::{RECEIPT_HEADER, SHARE_HEADER},
    share::{Envelope, Part, ShareError},
};
use serde::Deserialize;
use verifier_store::{State as GrantState, Store, Upload};

use super::reading::{self, Reading};
use crate::{
    reject::{Path, Rejection, not_read},
    state::{App, Shared, now, unavailable},
};

/// Which part of a share is uploaded.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// `locator` for what is matched with a call; everything where it is absent.
    part: Option<Part>,
}

/// Takes a ciphertext in. Nobody reads it before a `share` statement announces its digest.
#[utoipa::path(put, operation_id = "upload_share", path = "/v1/grants/{id}/share", tag = "wallet", params(("id" = String, Path, description = "the grant's id"), Which),
    request_body = Envelope, responses((status = 201, body = Uploaded), super::Problems), security(("dpop" = [])))]
pub async fn upload(
    State(app): State<Shared>,
    Path(id): Path<String>,
    which: Result<Query<Which>, QueryRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<Uploaded>), Rejection> {
    let (grant, expires) = app.dpop(&headers, &Method::PUT, &share_path(&id), |key| {
        let grant: Jti = id.parse().map_err(|_| Code::UnknownGrant)?;
        Ok((grant, may_upload(&app, &grant, key)?))
    })?;
    let Query(which) =
        which.map_err(|_| Rejection::new(Code::InvalidRequest, "part is whole or locator"))?;
    let body = body.map_err(|rejection| not_read(&rejection))?;
    Envelope::parse(&body).map_err(not_an_envelope)?;
    let upload = Upload {
        grant,
        part: which.part.unwrap_or(Part::Whole),
        digest: Digest::of(&body),
        expires,
        bytes: body.to_vec(),
    };
    let uploaded = Uploaded {
        digest: upload.digest,
        size: upload.bytes.len() as u64,
    };
    app.store.upload(upload).await.map_err(unavailable)?;
    app.grant_may_have_ended(grant).await?;
    Ok((StatusCode::CREATED, Json(uploaded)))
}

/// The end of a grant whose holder calls.
pub(super) fn may_upload(app: &App, grant: &Jti, key: &PublicKey) -> Result<UnixSeconds, Code> {
    let published = app.published();
    let state = published
        .ledger
        .grant(grant)
        .filter(|state| state.holder == *key.as_bytes())
        .ok_or(Code::UnknownGrant)?;
    match published.ledger.state(state, now()).1 {
        GrantState::Valid | GrantState::Suspended => Ok(state.exp),
        GrantState::Revoked | GrantState::Expired => Err(Code::GrantEnded),
    }
}

fn not_an_envelope(error: ShareError) -> Rejection {
    match error {
        ShareError::TooLarge => Code::BodyTooLarge.into(),
        other => Rejection::new(Code::InvalidRequest, other.to_string()),
    }
}

impl App {
    /// An upload that crossed a revocation does not outlive it.
    pub(super) async fn grant_may_have_ended(&self, grant: Jti) -> Result<(), Rejection> {
        let published = self.published();
        let ended = published.ledger.grant(&grant).is_none_or(|state| {
            matches!(
                published.ledger.state(state, now()).1,
                GrantState::Revoked | GrantState::Expired
            )
        });
        if ended {
            self.store.destroy(grant).await.map_err(unavailable)?;
            return Err(Code::GrantEnded.into());
        }
        Ok(())
    }
}

/// Gives a ciphertext to the agency that the token names: with `access` what is read on grant, with `open`
/// what waits for an incident. The receipt of the statement is in the header `assent-receipt`, the holder's
/// `share` statement that announces the ciphertext in `assent-share`.
#[utoipa::path(get, operation_id = "read_share", path = "/v1/grants/{id}/share", tag = "agency",
    params(("id" = String, Path, description = "the grant's id"), ("assent-statement" = String, Header, description = "an access or open statement")),
    responses((status = 200, body = Envelope), super::Problems), security(("consent_token" = [], "dpop" = [])))]
pub async fn read(
    State(app): State<Shared>,
    Path(id): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Rejection> {
    let reading = Reading::of(&app, &id, (&method, &share_path(&id)), &headers)?;
    let grant = reading.token().claims().jti;
    // Nothing is on record as read where there is nothing to read.
    let found = app.store.share(grant, reading.part).await;
    found.map_err(unavailable)?.ok_or(Code::NoShare)?;
    let receipt = reading.record(&app).await?;
    give(&app, &reading, &receipt).await
}

/// The ciphertext with the holder's word on it and the receipt, where the consent still holds.
async fn give(app: &App, reading: &Reading, receipt: &Receipt) -> Result<Response, Rejection> {
    let grant = reading.token().claims().jti;
    let announced = announced(app, grant, reading.part).await;
    // A revocation that came meanwhile wins: it is asked last.
    reading.in_force(app)?;
    let (ciphertext, announcement) = announced?;
    let head = [
        (header::CONTENT_TYPE.as_str(), "application/json".to_owned()),
        (header::CACHE_CONTROL.as_str(), "no-store".to_owned()),
        (RECEIPT_HEADER, reading::header_of(receipt)?),
        (SHARE_HEADER, announcement),
    ];
    Ok((head, ciphertext).into_response())
}

/// The ciphertext of a part, and the holder's last statement that announces it.
///
/// # Errors
/// [`Code::NoShare`]; [`Code::Unavailable`] where the announcement is durable and not published yet.
async fn announced(app: &App, grant: Jti, part: Part) -> Result<(Vec<u8>, String), Code> {
    let found = app.store.share(grant, part).await;
    let ciphertext = found.map_err(unavailable)?.ok_or(Code::NoShare)?;
    let digest = Digest::of(&ciphertext);
    let published = app.published();
    let state = published.ledger.grant(&grant).ok_or(Code::UnknownGrant)?;
    for index in state.announcements.iter().rev() {
        let announcing = app.entry(*index).await?.body.filter(|body| {
            let read = UnverifiedStatement::parse(body);
            read.is_ok_and(|read| announces(read.statement(), &digest))
        });
        if let Some(body) = announcing {
            return Ok((ciphertext, body));
        }
    }
    Err(Code::Unavailable)
}

fn announces(statement: &Statement, ciphertext: &Digest) -> bool {
    matches!(statement, Statement::Holder(HolderStatement { act: HolderAct::Share { digest, .. }, .. })
        if digest == ciphertext)
}

fn share_path(id: &str) -> String {
    format!("/v1/grants/{id}/share")
}

#[cfg(test)]
#[path = "shares/tests.rs"]
mod tests;
