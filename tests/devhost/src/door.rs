//! Who may come in: a browser of this machine that was given the address with its token. Another web site
//! in the same browser cannot get in: it is of another origin and has no token, and a name that it points at
//! this machine is not this server's name.

use std::{io, net::SocketAddr, sync::Arc};

use axum::{
    extract::{Query, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::Deserialize;
use subtle::ConstantTimeEq;

const COOKIE: &str = "assent-test-host";

/// The way in.
#[derive(Clone, Debug)]
pub struct Door {
    authority: String,
    token: String,
}

/// The token in the address.
#[derive(Deserialize)]
pub(crate) struct Shown {
    token: Option<String>,
}

impl Door {
    /// A door with a fresh token, for a server that listens there.
    ///
    /// # Errors
    /// Where the machine gives no random numbers.
    pub fn new(listens: SocketAddr) -> io::Result<Self> {
        let mut random = [0; 32];
        getrandom::fill(&mut random).map_err(|_| io::Error::other("no random numbers"))?;
        Ok(Door {
            authority: listens.to_string(),
            token: BASE64_URL_SAFE_NO_PAD.encode(random),
        })
    }

    /// What to open in a browser.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://{}/?token={}", self.authority, self.token)
    }

    fn origin(&self) -> String {
        format!("http://{}", self.authority)
    }

    fn is_ours(&self, token: &str) -> bool {
        token.as_bytes().ct_eq(self.token.as_bytes()).into()
    }

    /// The name by which the browser called, and the page that asked.
    fn lets_in(&self, headers: &HeaderMap) -> bool {
        let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        let host = text(header::HOST) == Some(&self.authority);
        let origin = text(header::ORIGIN).is_none_or(|origin| origin == self.origin());
        let site = headers
            .get("sec-fetch-site")
            .and_then(|site| site.to_str().ok());
        host && origin && site.is_none_or(|site| matches!(site, "same-origin" | "none"))
    }

    fn knows(&self, headers: &HeaderMap) -> bool {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let bearer = text(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
        let cookies = text(header::COOKIE).unwrap_or_default().split("; ");
        let ours = cookies.filter_map(|cookie| cookie.strip_prefix(COOKIE)?.strip_prefix('='));
        ours.chain(bearer).any(|token| self.is_ours(token))
    }
}

/// Turns away whoever has not come through the door.
pub(crate) async fn guard(
    State(door): State<Arc<Door>>,
    Query(shown): Query<Shown>,
    request: Request,
    next: Next,
) -> Response {
    if !door.lets_in(request.headers()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    match shown.token {
        // The token leaves the address bar: it stays in a cookie that no script reads and no other site sends.
        Some(token) if door.is_ours(&token) => {
            let cookie = format!("{COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/");
            let headers = [
                (header::SET_COOKIE, cookie),
                (header::LOCATION, "/".to_owned()),
            ];
            (StatusCode::SEE_OTHER, headers).into_response()
        }
        None if door.knows(request.headers()) => next.run(request).await,
        _ => StatusCode::UNAUTHORIZED.into_response(),
    }
}
