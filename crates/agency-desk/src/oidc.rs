//! Signing in with the agency's own identity provider: OpenID Connect's code flow with PKCE, `state` and
//! `nonce`, bound to the browser that began it. Who somebody is and what they may do comes from a signed ID
//! token and from nothing else.

mod person;
mod provider;

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex},
};

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use consent_token::id::UnixSeconds;
use http::{HeaderMap, header};
use openidconnect::{
    AuthenticationFlow, AuthorizationCode, CsrfToken, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    Scope, core::CoreResponseType,
};
use serde::Deserialize;

use crate::{
    ApiError, Code, StartError,
    api::JournalLine,
    call,
    config::Oidc,
    desk::{Desk, lock},
    place::Place,
    secret,
};
use provider::Configured;

/// Sign-ins under way at most; a new one takes the place of the oldest.
const AT_MOST: usize = 1_000;
/// Seconds within which one has to be finished.
const GOOD_FOR: i64 = 10 * 60;

/// The sign-ins that are under way.
#[derive(Debug)]
pub(crate) struct SignIns {
    configured: Option<Configured>,
    under_way: Mutex<HashMap<String, UnderWay>>,
}

#[derive(Debug)]
struct UnderWay {
    state: CsrfToken,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
    until: UnixSeconds,
}

/// Why somebody could not sign in.
enum Refused {
    /// The provider cannot be reached, or says what no provider says.
    Unavailable,
    /// It is not signed, not for this console, not for this sign-in, or the person has no role here.
    No,
}

impl SignIns {
    pub(crate) fn new(
        oidc: Option<&Oidc>,
        place: &Place,
        folder: &Path,
    ) -> Result<Self, StartError> {
        let configured = oidc
            .map(|oidc| Configured::new(oidc, place, folder))
            .transpose()?;
        Ok(SignIns {
            configured,
            under_way: Mutex::default(),
        })
    }
}

/// `GET /sign-in/oidc`: sends the browser to the provider.
pub(crate) async fn begin(State(desk): State<Arc<Desk>>, headers: HeaderMap) -> Response {
    if let Err(error) = call::is_our_host(&desk, &headers) {
        return error.into_response();
    }
    let Some(configured) = &desk.oidc.configured else {
        return ApiError::from(Code::NotFound).into_response();
    };
    let Ok(provider) = configured.provider().await else {
        return Redirect::to("/?sign-in=unavailable").into_response();
    };
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
    let begun = provider.authorize_url(flow, CsrfToken::new_random, Nonce::new_random);
    let begun = begun
        .add_scope(Scope::new("profile".into()))
        .set_pkce_challenge(challenge);
    let (url, state, nonce) = begun.url();
    let under_way = UnderWay {
        state,
        nonce,
        verifier,
        until: desk.now().plus(GOOD_FOR),
    };
    match keep(&desk, under_way) {
        Ok(token) => {
            // The provider's answer comes from another site: a stricter cookie would not be sent with it.
            let cookie = call::cookie(&desk, &configured.cookie, &token, "Lax", Some(600));
            ([(header::SET_COOKIE, cookie)], Redirect::to(url.as_str())).into_response()
        }
        Err(error) => error.into_response(),
    }
}

fn keep(desk: &Desk, under_way: UnderWay) -> Result<String, ApiError> {
    let token = secret::generate_token()?;
    let mut all = lock(&desk.oidc.under_way)?;
    let now = desk.now();
    all.retain(|_, one| now < one.until);
    if all.len() >= AT_MOST {
        let oldest = all
            .iter()
            .min_by_key(|(_, one)| one.until)
            .map(|(key, _)| key.clone());
        oldest.map(|key| all.remove(&key));
    }
    all.insert(secret::digest(&token), under_way);
    Ok(token.to_string())
}

/// What the provider sends the browser back with.
#[derive(Deserialize)]
pub(crate) struct Back {
    code: Option<String>,
    state: Option<String>,
}

/// `GET /sign-in/oidc/callback`: the browser is back.
pub(crate) async fn callback(
    State(desk): State<Arc<Desk>>,
    Query(back): Query<Back>,
    headers: HeaderMap,
) -> Response {
    if let Err(error) = call::is_our_host(&desk, &headers) {
        return error.into_response();
    }
    let Some(configured) = &desk.oidc.configured else {
        return ApiError::from(Code::NotFound).into_response();
    };
    let gone = call::cookie(&desk, &configured.cookie, "", "Lax", Some(0));
    let signed_in = match finish(&desk, configured, back, &headers).await {
        Ok(user) => begin_session(&desk, &user).map_err(|_| Refused::Unavailable),
        Err(refused) => Err(refused),
    };
    match signed_in {
        Ok(session) => {
            let mut response = Redirect::to("/").into_response();
            response.headers_mut().append(header::SET_COOKIE, gone);
            response.headers_mut().append(header::SET_COOKIE, session);
            response
        }
        Err(Refused::No) => (
            [(header::SET_COOKIE, gone)],
            Redirect::to("/?sign-in=refused"),
        )
            .into_response(),
        Err(Refused::Unavailable) => (
            [(header::SET_COOKIE, gone)],
            Redirect::to("/?sign-in=unavailable"),
        )
            .into_response(),
    }
}

/// Who it is, by a token that the provider signed for this console and for this sign-in.
async fn finish(
    desk: &Desk,
    configured: &Configured,
    back: Back,
    headers: &HeaderMap,
) -> Result<String, Refused> {
    let token = call::cookie_of(headers, &configured.cookie).ok_or(Refused::No)?;
    let under_way = lock(&desk.oidc.under_way)
        .map_err(|_| Refused::Unavailable)?
        .remove(&secret::digest(token));
    let under_way = under_way
        .filter(|one| desk.now() < one.until)
        .ok_or(Refused::No)?;
    let state = back.state.unwrap_or_default();
    if !secret::same(&state, under_way.state.secret()) {
        return Err(Refused::No);
    }
    let code = AuthorizationCode::new(back.code.ok_or(Refused::No)?);
    let claims = configured
        .claims_of(code, under_way.verifier, &under_way.nonce, &desk.clock)
        .await?;
    person::take_over(desk, &configured.oidc, &claims).map_err(|_| Refused::No)
}

fn begin_session(desk: &Desk, user: &str) -> Result<http::HeaderValue, ApiError> {
    let now = desk.now();
    let (token, _) = desk.sessions()?.begin(user, now)?;
    let mut people = desk.people()?;
    people.change(&desk.agency, user, |person| person.signed_in_at = Some(now))?;
    let actor = people
        .find(user)
        .map(|person| person.actor.clone())
        .unwrap_or_default();
    drop(people);
    desk.journal.write(JournalLine {
        at: now.as_i64(),
        actor,
        act: "sign-in/oidc".into(),
        grant: None,
        about: None,
        reason: None,
        refused: None,
    })?;
    Ok(call::session_cookie(desk, &token))
}
