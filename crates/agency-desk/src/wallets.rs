//! What wallets ask this console for: the signed request at its address, and where their answer goes
//! (PROTOCOL section 8; OAuth `direct_post`). Nobody is signed in here; the request's `state` is what an answer
//! has to know.

use std::sync::Arc;

use axum::{
    Form, Json,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use consent_token::{
    id::Jti,
    statement::{Statement, UnverifiedStatement},
    token,
};
use http::header;
use protocol::Version1;
use serde::Deserialize;
use serde_json::json;

use crate::{ApiError, Code, api::Live, desk::Desk};

/// What a wallet posts: a token, or a signed no.
#[derive(Deserialize)]
pub(crate) struct Posted {
    state: String,
    consent_token: Option<String>,
    error: Option<String>,
    statement: Option<String>,
}

/// `GET /r/{place}`: the signed request.
pub(crate) async fn fetch(State(desk): State<Arc<Desk>>, Path(place): Path<String>) -> Response {
    let now = desk.now();
    let found = desk.asks().and_then(|asks| {
        let (_, asked) = asks.at(&place).ok_or(Code::UnknownRequest)?;
        let compact = asked.for_wallets(now).ok_or(Code::RequestOver)?;
        Ok(compact.to_owned())
    });
    match found {
        Ok(compact) => (
            [(header::CONTENT_TYPE, "application/oauth-authz-req+jwt")],
            compact,
        )
            .into_response(),
        Err(error) => error.into_response(),
    }
}

/// `POST /r/{place}`: the answer.
pub(crate) async fn answer(
    State(desk): State<Arc<Desk>>,
    Path(place): Path<String>,
    posted: Result<Form<Posted>, axum::extract::rejection::FormRejection>,
) -> Response {
    let noted = posted
        .map_err(|_| Code::NotUnderstood.into())
        .and_then(|Form(posted)| note(&desk, &place, &posted));
    match noted {
        Ok(()) => Json(json!({})).into_response(),
        Err(error) => error.into_response(),
    }
}

fn note(desk: &Desk, place: &str, posted: &Posted) -> Result<(), ApiError> {
    let now = desk.now();
    let mut asks = desk.asks()?;
    let (id, asked) = asks.at(place).ok_or(Code::UnknownRequest)?;
    if !asked.knows(&posted.state) {
        return Err(Code::NotUnderstood.at("state"));
    }
    asked.for_wallets(now).ok_or(Code::RequestOver)?;
    let news = match (&posted.consent_token, &posted.statement) {
        (Some(compact), None) => {
            let (grant, items) = granted(desk, &id, compact)?;
            let registered = desk.consents()?.get(&grant).is_some();
            asks.granted(&desk.agency, &id, (grant, &items), now.as_i64(), registered)?
        }
        (None, Some(compact)) if posted.error.as_deref() == Some("access_denied") => {
            asks.declined(&desk.agency, &id, declined(&id, compact)?)?
        }
        _ => return Err(Code::NotUnderstood.into()),
    };
    let state = asks.get(&id)?.became(now);
    drop(asks);
    if news {
        desk.tell(Live::Request {
            id: id.to_string(),
            state,
        });
    }
    Ok(())
}

/// A genuine token for this agency that answers this request.
fn granted(desk: &Desk, id: &Jti, compact: &str) -> Result<(Jti, Vec<String>), ApiError> {
    let token =
        token::verify(compact, &Version1).map_err(|_| Code::NotUnderstood.at("consent_token"))?;
    let claims = token.claims();
    if claims.aud != desk.own().id || claims.req != Some(*id) {
        return Err(Code::NotUnderstood.at("consent_token"));
    }
    Ok((claims.jti, claims.consent.datatypes.clone()))
}

/// A no to this request. Its signer has no consent here whose key could be compared: that the request's `state`
/// is known is what counts.
fn declined(id: &Jti, compact: &str) -> Result<Jti, ApiError> {
    let fault = || Code::NotUnderstood.at("statement");
    let statement = UnverifiedStatement::parse(compact).map_err(|_| fault())?;
    match statement.statement() {
        Statement::Decline(decline) if decline.req == *id => Ok(decline.jti),
        _ => Err(fault()),
    }
}
