//! `PUT` and `GET /v1/grants/{id}/share` (PROTOCOL sections 6 and 7): ciphertext in and out. The verifier
//! holds no key to it. What is read is logged before its first byte leaves.

use axum::{
    Json,
    body::Bytes,
    extract::{Query, State, rejection::BytesRejection, rejection::QueryRejection},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use consent_token::{
    CLOCK_SKEW_SECONDS, Refusal,
    id::{Digest, Jti, UnixSeconds},
    key::PublicKey,
    statement::{AgencyAct, AgencyStatement, Statement},
    term::Release,
    token::VerifiedToken,
};
use http::{HeaderMap, Method, StatusCode, header};
use protocol::{
    Code, Entry,
    api::Uploaded,
    client::{RECEIPT_HEADER, STATEMENT_HEADER},
    share::{Envelope, Part, ShareError},
};
use serde::Deserialize;
use verifier_store::{SignedStatement, State as GrantState, Store, Submission, Upload};

use super::{receipt, statements};
use crate::{
    known_tokens::{self, Asked, Caller},
    reject::{Path, Rejection},
    sequencer::Recorded,
    state::{App, Shared, now, unavailable},
};

/// How long an opening is good for its incident, in seconds (PROTOCOL section 4).
const OPENING_SECONDS: i64 = 2 * 60 * 60;

/// Which part of a share is uploaded.
#[derive(Deserialize, utoipa::IntoParams)]
pub struct Which {
    /// `locator` for what is matched with a call; everything where it is absent.
    part: Option<Part>,
}

/// Takes a ciphertext in. Nobody reads it before a `share` statement announces its digest.
#[utoipa::path(put, path = "/v1/grants/{id}/share", tag = "wallet", params(("id" = String, Path, description = "the grant's id"), Which),
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
    let body = body.map_err(|_| Code::BodyTooLarge)?;
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
fn may_upload(app: &App, grant: &Jti, key: &PublicKey) -> Result<UnixSeconds, Code> {
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
    async fn grant_may_have_ended(&self, grant: Jti) -> Result<(), Rejection> {
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
/// what waits for an incident. The receipt of the statement is in the header `assent-receipt`.
#[utoipa::path(get, path = "/v1/grants/{id}/share", tag = "agency",
    params(("id" = String, Path, description = "the grant's id"), ("assent-statement" = String, Header, description = "an access or open statement")),
    responses((status = 200, body = Envelope), super::Problems), security(("consent_token" = [], "dpop" = [])))]
pub async fn read(
    State(app): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Rejection> {
    let reading = Reading::of(&app, &id, &headers)?;
    let grant = reading.token.claims().jti;
    // Nothing is on record as read where there is nothing to read.
    let found = app.store.share(grant, reading.part).await;
    found.map_err(unavailable)?.ok_or(Code::NoShare)?;
    let submission = Submission::Statement(Box::new(reading.statement.clone()));
    let recorded = app.sequencer.submit(submission).await?;
    let (is_new, receipt) = receipt(&app, grant, &recorded).await?;
    if !is_new {
        still_good(&app, &recorded, receipt.index, reading.lifetime).await?;
    }
    let bytes = app.store.share(grant, reading.part).await;
    let bytes = bytes.map_err(unavailable)?;
    // A revocation that came meanwhile wins: it is asked last.
    reading.in_force(&app)?;
    let receipt = serde_json::to_vec(&receipt).map_err(|_| Code::Internal)?;
    let head = [
        (header::CONTENT_TYPE.as_str(), "application/json".to_owned()),
        (header::CACHE_CONTROL.as_str(), "no-store".to_owned()),
        (RECEIPT_HEADER, BASE64_URL_SAFE_NO_PAD.encode(receipt)),
    ];
    Ok((head, bytes.ok_or(Code::NoShare)?).into_response())
}

/// A reading whose token, key and statement hold.
struct Reading {
    token: VerifiedToken,
    key: PublicKey,
    statement: SignedStatement,
    part: Part,
    lifetime: i64,
}

impl Reading {
    fn of(app: &App, id: &str, headers: &HeaderMap) -> Result<Self, Rejection> {
        let compact = shown_token(headers).ok_or(Rejection::new(
            Code::InvalidToken,
            "send Authorization: DPoP and the consent token",
        ))?;
        let token = app.known_tokens.find_or_verify(compact)?.token.clone();
        let key = app.dpop_for(
            headers,
            &Method::GET,
            &share_path(id),
            Some(compact),
            |key| Ok(registered(app, &token, key)?),
        )?;
        if token.claims().jti.to_string() != id {
            return Err(Code::UnknownGrant.into());
        }
        let statement = headers
            .get(STATEMENT_HEADER)
            .and_then(|value| value.to_str().ok())
            .ok_or(Rejection::new(
                Code::InvalidStatement,
                "send Assent-Statement with an access or open statement",
            ))?;
        let statement = statements::verify(&app.published.load().ledger, statement)?;
        let (part, lifetime) = part(&token, &statement)?;
        let reading = Reading {
            token,
            key,
            statement,
            part,
            lifetime,
        };
        reading.in_force(app)?;
        Ok(reading)
    }

    /// Whether the consent holds now, for this key and for what the statement says it looks at.
    fn in_force(&self, app: &App) -> Result<(), Refusal> {
        let claims = self.token.claims();
        let datatypes: Vec<&str> = match act(&self.statement) {
            Some(AgencyAct::Access { datatypes, .. }) => {
                datatypes.iter().map(String::as_str).collect()
            }
            _ => Vec::new(),
        };
        let caller = Caller {
            agency: &claims.aud,
            key: Some(&self.key),
        };
        let asked = Asked {
            purpose: None,
            datatypes: &datatypes,
        };
        let published = app.published();
        known_tokens::in_force(&published.ledger, &caller, &asked, &self.token, now()).map(drop)
    }
}

/// The key, where the registry knows it; whose it has to be comes later. With any other key the token is of no use,
/// and the answer is the first reason for that.
fn registered(app: &App, token: &VerifiedToken, key: &PublicKey) -> Result<PublicKey, Refusal> {
    let published = app.published();
    let registry = published.ledger.registry();
    if registry.is_some_and(|registry| registry.signer(&key.thumbprint()).is_some()) {
        return Ok(*key);
    }
    let caller = Caller {
        agency: &token.claims().aud,
        key: Some(key),
    };
    let asked = Asked {
        purpose: None,
        datatypes: &[],
    };
    known_tokens::in_force(&published.ledger, &caller, &asked, token, now())?;
    Err(Refusal::WrongAgencyKey)
}

fn shown_token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("dpop").then_some(token.trim())
}

fn act(statement: &SignedStatement) -> Option<&AgencyAct> {
    match statement.statement.statement() {
        Statement::Agency(AgencyStatement { act, .. }) => Some(act),
        _ => None,
    }
}

/// Which part the statement reads, and for how long it is good.
fn part(token: &VerifiedToken, statement: &SignedStatement) -> Result<(Part, i64), Rejection> {
    let claims = token.claims();
    let Statement::Agency(by_agency) = statement.statement.statement() else {
        return Err(Code::WrongAct.into());
    };
    if by_agency.grant != claims.jti {
        return Err(Rejection::new(
            Code::WrongAct,
            "the statement is on another grant",
        ));
    }
    if by_agency.iss != claims.aud {
        return Err(Code::WrongSigner.into());
    }
    let (part, lifetime) = match (&by_agency.act, claims.consent.release) {
        (AgencyAct::Access { .. }, Release::OnGrant) => (Part::Whole, CLOCK_SKEW_SECONDS),
        (AgencyAct::Access { .. }, Release::OnIncident) => (Part::Locator, CLOCK_SKEW_SECONDS),
        (AgencyAct::Open { .. }, Release::OnIncident) => (Part::Whole, OPENING_SECONDS),
        _ => return Err(Code::WrongAct.into()),
    };
    if by_agency.iat.since(now()).abs() > lifetime.max(CLOCK_SKEW_SECONDS) {
        return Err(Code::StatementOver.into());
    }
    Ok((part, lifetime))
}

/// A statement that was recorded before reads again only while its time lasts.
async fn still_good(
    app: &App,
    recorded: &Recorded,
    index: u64,
    lifetime: i64,
) -> Result<(), Rejection> {
    let bytes = app.entry(index).await?.entry;
    let entry = Entry::parse(&bytes).map_err(|_| Code::Internal)?;
    if index >= recorded.published.head.size || now().since(entry.at().as_seconds()) > lifetime {
        return Err(Code::StatementOver.into());
    }
    Ok(())
}

fn share_path(id: &str) -> String {
    format!("/v1/grants/{id}/share")
}
