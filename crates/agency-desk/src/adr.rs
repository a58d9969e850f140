//! The NENA i3 Additional Data Repository interface: `GET /Adr/v1/AdditionalData?callerUri=`. It answers only
//! with what was opened for an incident of this agency that is open, to software that shows its own token:
//! 200, 307 where another repository may know, 404, and 454 where it cannot tell.

use std::{net::SocketAddr, sync::Arc};

use agency::{Sought, additional_data::AdditionalData};
use axum::{
    Json,
    extract::{ConnectInfo, Query, State},
    response::{IntoResponse, Response},
};
use consent_token::id::{Jti, UnixSeconds};
use http::{HeaderMap, StatusCode, header};
use serde::Deserialize;

use crate::{
    ApiError, Code, additional,
    api::JournalLine,
    call,
    desk::Desk,
    handlers::{KeptToken, reopened},
    secret,
    tries::Whose,
};

/// Where the token's digest is kept.
pub(crate) const TOKEN: &str = "desk/adr.json";
/// Under which name this software's acts stand in the journal.
const ACTOR: &str = "adr";
/// NENA-STA-010.3's own status: it cannot be told.
const UNSPECIFIED: u16 = 454;

/// Whose data are asked for.
#[derive(Deserialize)]
pub(crate) struct Caller {
    /// A `tel:` or `sip:` URI.
    #[serde(rename = "callerUri")]
    caller_uri: Option<String>,
}

/// What is answered.
enum Found {
    Blocks(Box<Response>),
    Elsewhere(String),
    Nothing,
}

/// `GET /Adr/v1/AdditionalData`.
pub(crate) async fn additional_data(
    State(desk): State<Arc<Desk>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Query(caller): Query<Caller>,
    headers: HeaderMap,
) -> Response {
    if let Err(error) = authenticated(&desk, &headers, peer) {
        let mut response = error.into_response();
        response.headers_mut().insert(
            header::WWW_AUTHENTICATE,
            http::HeaderValue::from_static("Bearer"),
        );
        return response;
    }
    let Some(number) = caller.caller_uri.as_deref().and_then(number) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    match find(&desk, &headers, &number).await {
        Ok(Found::Blocks(response)) => *response,
        Ok(Found::Elsewhere(url)) => {
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, url)]).into_response()
        }
        Ok(Found::Nothing) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            let status =
                StatusCode::from_u16(UNSPECIFIED).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, Json(error)).into_response()
        }
    }
}

/// The software shows the token that the administrator made for it.
fn authenticated(desk: &Desk, headers: &HeaderMap, peer: SocketAddr) -> Result<(), ApiError> {
    let whose = [Whose::Address(call::address(desk, headers, peer))];
    let now = desk.now();
    if let Some(wait) = desk.tries()?.wait(&whose, now) {
        return Err(Code::TooSoon.after(wait));
    }
    let kept: Option<KeptToken> = desk.agency.read_private(TOKEN)?;
    let kept = kept.and_then(|kept| kept.digest).unwrap_or_default();
    let shown = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let shown = shown
        .and_then(|value| value.strip_prefix("Bearer "))
        .unwrap_or_default();
    if !kept.is_empty() && secret::same(&secret::digest(shown), &kept) {
        return Ok(());
    }
    desk.tries()?.count(&whose, now);
    Err(Code::SignedOut.into())
}

async fn find(desk: &Desk, headers: &HeaderMap, number: &str) -> Result<Found, ApiError> {
    let now = desk.now();
    let Some((grant, incident)) = opened_for(desk, number, now)? else {
        let next = desk.config.adr_next.clone().map(|mut next| {
            next.query_pairs_mut()
                .append_pair("callerUri", &format!("tel:{number}"));
            next.to_string()
        });
        return Ok(next.map_or(Found::Nothing, Found::Elsewhere));
    };
    let read = reopened(desk, now, &grant, &of_anybody(&incident)).await;
    let refused = read
        .as_ref()
        .err()
        .map(|error| format!("{:?}", error.code).to_lowercase());
    desk.journal.write(JournalLine {
        at: now.as_i64(),
        actor: ACTOR.into(),
        act: "Adr/v1/AdditionalData".into(),
        grant: Some(grant.to_string()),
        about: Some(incident),
        reason: None,
        refused,
    })?;
    let opened = match read {
        Ok(opened) => opened,
        // The consent ended meanwhile: there is nothing.
        Err(error) if error.code.status() == 403 => return Ok(Found::Nothing),
        Err(error) => return Err(error),
    };
    desk.books()?.record.read(&opened, now)?;
    let data = AdditionalData::of(&opened, desk.own(), &[profile::Lang::En, profile::Lang::Cy]);
    Ok(Found::Blocks(Box::new(blocks(&data, headers, &grant)?)))
}

/// The software shows what anybody opened for the incident; each call is in the journal.
fn of_anybody(incident: &str) -> Sought<'_> {
    Sought {
        incident,
        actor: None,
        reason: None,
    }
}

/// A consent of whoever has that number, opened for an incident that is open now.
fn opened_for(
    desk: &Desk,
    number: &str,
    now: UnixSeconds,
) -> Result<Option<(Jti, String)>, ApiError> {
    let open: Vec<String> = desk.incidents()?.open().map(|(id, _)| id.clone()).collect();
    let books = desk.books()?;
    let matches = books.locators.find(agency::Call::Phone(number), now);
    let opened = |grant: &Jti| {
        open.iter()
            .find(|id| {
                let opened = books.record.open_until(grant, &of_anybody(id), now);
                opened.is_some()
            })
            .cloned()
    };
    Ok(matches
        .iter()
        .find_map(|one| Some((one.grant, opened(&one.grant)?))))
}

/// XML blocks in one multipart body, or JSON that holds them, as the software asks.
fn blocks(data: &AdditionalData, headers: &HeaderMap, grant: &Jti) -> Result<Response, ApiError> {
    let wanted = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if wanted.contains("application/json") {
        let all: Vec<serde_json::Value> = data
            .blocks
            .iter()
            .map(|block| serde_json::json!({ "mediaType": block.media_type, "value": block.xml }))
            .collect();
        return Ok(Json(serde_json::json!({ "additionalData": all })).into_response());
    }
    Ok(additional::file(&data.blocks, grant)?.into_response())
}

/// The number of a `tel:` URI (RFC 3966), or of a `sip:` URI whose user is a number.
fn number(uri: &str) -> Option<String> {
    let rest = uri
        .strip_prefix("tel:")
        .or_else(|| uri.strip_prefix("sips:"))
        .or_else(|| uri.strip_prefix("sip:"))?;
    let user = rest.split(['@', ';', '?']).next()?;
    let plain = |c: char| c.is_ascii_digit() || "+-.() ".contains(c);
    let digits = user.chars().filter(char::is_ascii_digit).count();
    (user.chars().all(plain) && digits >= 9).then(|| user.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_from_the_uris_that_calls_have() {
        for (uri, expected) in [
            ("tel:+44-29-2018-0199", Some("+44-29-2018-0199")),
            ("tel:02920180199;phone-context=+44", Some("02920180199")),
            (
                "sip:+442920180199@psap.example;user=phone",
                Some("+442920180199"),
            ),
            ("sip:mair@psap.example", None),
            ("tel:999", None),
            ("02920180199", None),
        ] {
            assert_eq!(number(uri).as_deref(), expected, "{uri}");
        }
    }
}
