//! `PUT`, `GET` and `DELETE /v1/grants/{id}/attachments/{path}`: sealed files beside a share, in pieces, so
//! that no more than one piece is ever in memory. Like a share: nobody reads one before a `share` statement
//! announces it, and what is read is on record before its first byte leaves.

use std::{io, sync::Arc};

use axum::{
    Json,
    body::{Body, Bytes},
    extract::{Query, State, rejection::BytesRejection, rejection::QueryRejection},
    response::{IntoResponse, Response},
};
use consent_token::id::{Digest, Jti, UnixSeconds};
use http::{HeaderMap, Method, StatusCode, header};
use protocol::{
    Code,
    api::{PieceTaken, Uploaded},
    client::RECEIPT_HEADER,
    share::{
        Part,
        attachment::{MAX_PIECES, PIECE_BYTES},
    },
};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use verifier_store::{Piece, PieceOutcome, Store, StoredAttachment};

use super::{
    reading::{self, Reading},
    shares::may_upload,
};
use crate::{
    known_tokens::Known,
    reject::{Path, Rejection, not_read},
    state::{App, Shared, unavailable},
};

/// Which piece is uploaded.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Place {
    /// Its number, from 0; 0 starts again.
    piece: u32,
    /// How many there are: all but the last have 1 MiB.
    of: u32,
}

/// Takes one piece of a sealed attachment in. The last one's answer says what the `share` statement announces.
#[utoipa::path(put, operation_id = "upload_attachment", path = "/v1/grants/{id}/attachments/{path}", tag = "wallet",
    params(("id" = String, Path, description = "the grant's id"), ("path" = String, Path, description = "the data path, documents.…"), Place),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = PieceTaken), (status = 201, body = Uploaded), super::Problems), security(("dpop" = [])))]
pub async fn upload(
    State(app): State<Shared>,
    Path((id, path)): Path<(String, String)>,
    place: Result<Query<Place>, QueryRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Rejection> {
    let (grant, expires) = of_holder(&app, &Method::PUT, (&id, &path), &headers).await?;
    let Query(place) = place.map_err(|_| {
        Rejection::new(
            Code::InvalidRequest,
            "say which piece of how many: piece and of",
        )
    })?;
    let body = body.map_err(|rejection| not_read(&rejection))?;
    place.fits(&body)?;
    let piece = Piece {
        grant,
        path: path.clone(),
        nr: place.piece,
        expires,
        bytes: body.to_vec(),
    };
    match app.store.put_piece(piece).await.map_err(unavailable)? {
        PieceOutcome::Kept => {}
        PieceOutcome::OutOfOrder => {
            return Err(Rejection::new(
                Code::Conflict,
                "another piece is due: start again with piece 0",
            ));
        }
        PieceOutcome::TooMany => {
            return Err(Rejection::new(
                Code::BodyTooLarge,
                "the consent has 16 attachments already",
            ));
        }
    }
    if place.piece + 1 < place.of {
        app.grant_may_have_ended(grant).await?;
        return Ok(Json(PieceTaken {
            pieces: place.piece + 1,
        })
        .into_response());
    }
    let uploaded = complete(&app, grant, &path, place.of).await?;
    app.grant_may_have_ended(grant).await?;
    Ok((StatusCode::CREATED, Json(uploaded)).into_response())
}

impl Place {
    fn fits(&self, body: &Bytes) -> Result<(), Rejection> {
        let is_last = self.piece.checked_add(1) == Some(self.of);
        let whole =
            body.len() == PIECE_BYTES || (is_last && !body.is_empty() && body.len() < PIECE_BYTES);
        if self.of > MAX_PIECES {
            return Err(Code::BodyTooLarge.into());
        }
        if self.piece < self.of && whole {
            return Ok(());
        }
        Err(Rejection::new(
            Code::InvalidRequest,
            "every piece but the last has 1 MiB",
        ))
    }
}

/// Hashes what is there, piece by piece: what is announced is what was uploaded.
async fn complete(app: &App, grant: Jti, path: &str, pieces: u32) -> Result<Uploaded, Rejection> {
    let (mut hash, mut size) = (Sha256::new(), 0);
    for nr in 0..pieces {
        let piece = app.store.uploaded_piece(grant, path.to_owned(), nr).await;
        let piece = piece.map_err(unavailable)?.ok_or(Code::Conflict)?;
        size += piece.len() as u64;
        hash.update(&piece);
    }
    let digest = Digest::from_bytes(hash.finalize().into());
    let done = app
        .store
        .complete(grant, path.to_owned(), digest, size)
        .await;
    done.map_err(unavailable)?;
    Ok(Uploaded { digest, size })
}

/// Destroys the attachment at once: the citizen took the file out.
#[utoipa::path(delete, operation_id = "remove_attachment", path = "/v1/grants/{id}/attachments/{path}", tag = "wallet",
    params(("id" = String, Path, description = "the grant's id"), ("path" = String, Path, description = "the data path, documents.…")),
    responses((status = 204), super::Problems), security(("dpop" = [])))]
pub async fn remove(
    State(app): State<Shared>,
    Path((id, path)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<StatusCode, Rejection> {
    let (grant, _) = of_holder(&app, &Method::DELETE, (&id, &path), &headers).await?;
    app.store
        .remove_attachment(grant, path)
        .await
        .map_err(unavailable)?;
    Ok(StatusCode::NO_CONTENT)
}

/// The grant of the holder who calls, which names `path` among its attachments; and when it ends.
async fn of_holder(
    app: &App,
    method: &Method,
    (id, path): (&str, &str),
    headers: &HeaderMap,
) -> Result<(Jti, UnixSeconds), Rejection> {
    let (grant, expires) = app.dpop(headers, method, &attachment_path(id, path), |key| {
        let grant: Jti = id.parse().map_err(|_| Code::UnknownGrant)?;
        Ok((grant, may_upload(app, &grant, key)?))
    })?;
    let known = token_of(app, &grant).await?;
    let named = &known.token.claims().consent.datatypes;
    if path.starts_with("documents.") && named.iter().any(|named| named == path) {
        return Ok((grant, expires));
    }
    Err(Rejection::new(
        Code::InvalidRequest,
        "the consent names no such document",
    ))
}

/// The token of a registered consent.
pub(super) async fn token_of(app: &App, grant: &Jti) -> Result<Arc<Known>, Rejection> {
    let published = app.published();
    let index = published
        .ledger
        .grant(grant)
        .ok_or(Code::UnknownGrant)?
        .index;
    let token = app.entry(index).await?.body.ok_or(Code::UnknownGrant)?;
    Ok(app.known_tokens.find_or_verify(&token)?)
}

/// Gives a sealed attachment to the agency that the token names, under the statement that reads its share.
#[utoipa::path(get, operation_id = "read_attachment", path = "/v1/grants/{id}/attachments/{path}", tag = "agency",
    params(("id" = String, Path, description = "the grant's id"), ("path" = String, Path, description = "the data path, documents.…"),
        ("assent-statement" = String, Header, description = "an access or open statement")),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), super::Problems), security(("consent_token" = [], "dpop" = [])))]
pub async fn read(
    State(app): State<Shared>,
    Path((id, path)): Path<(String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Rejection> {
    let reading = Reading::of(&app, &id, (&method, &attachment_path(&id, &path)), &headers)?;
    if reading.part != Part::Whole {
        return Err(Code::WrongAct.into());
    }
    if !reading.looks_at(&path) {
        return Err(consent_token::Refusal::DataNotCovered.into());
    }
    let grant = reading.token().claims().jti;
    let found = app.store.attachment(grant, path).await;
    let found = found.map_err(unavailable)?.ok_or(Code::NoShare)?;
    let receipt = reading.record(&app).await?;
    let mut sending = Sending {
        app,
        reading,
        found,
        next: 0,
    };
    let first = sending.piece().await?.ok_or(Code::NoShare)?;
    let head = [
        (
            header::CONTENT_TYPE.as_str(),
            "application/octet-stream".to_owned(),
        ),
        (header::CONTENT_LENGTH.as_str(), found.size.to_string()),
        (header::CACHE_CONTROL.as_str(), "no-store".to_owned()),
        (RECEIPT_HEADER, reading::header_of(&receipt)?),
    ];
    Ok((head, sending.body(first)).into_response())
}

/// An attachment on its way out.
struct Sending {
    app: Shared,
    reading: Reading,
    found: StoredAttachment,
    next: u32,
}

impl Sending {
    /// The next piece, as long as the consent holds; none after the last.
    async fn piece(&mut self) -> Result<Option<Bytes>, Rejection> {
        if self.next == self.found.pieces {
            return Ok(None);
        }
        let grant = self.reading.token().claims().jti;
        let piece = self
            .app
            .store
            .attachment_piece(grant, self.found.digest, self.next)
            .await;
        let piece = piece.map_err(unavailable)?.ok_or(Code::NoShare)?;
        // A revocation that came meanwhile wins: it is asked last.
        self.reading.in_force(&self.app)?;
        self.next += 1;
        Ok(Some(piece.into()))
    }

    /// The body, which breaks off where the consent ends meanwhile.
    fn body(self, first: Bytes) -> Body {
        let pieces =
            futures_util::stream::unfold((self, Some(first)), |(mut sending, ready)| async move {
                let piece = match ready {
                    Some(piece) => Ok(Some(piece)),
                    None => sending.piece().await,
                };
                match piece {
                    Ok(Some(piece)) => Some((Ok(piece), (sending, None))),
                    Ok(None) => None,
                    Err(_) => Some((Err(io::Error::other("the consent ended")), (sending, None))),
                }
            });
        Body::from_stream(futures_util::StreamExt::boxed(pieces))
    }
}

fn attachment_path(id: &str, path: &str) -> String {
    format!("/v1/grants/{id}/attachments/{path}")
}
