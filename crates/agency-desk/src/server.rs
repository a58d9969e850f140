//! The router: each route of the list goes through the guard, its handler and the journal. Beside them stand
//! the pages, the requests that wallets fetch, the identity provider's way back and the Additional Data
//! Repository.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{ConnectInfo, DefaultBodyLimit, State},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::{HeaderMap, HeaderValue, Request, StatusCode, Uri, header};
use serde::de::DeserializeOwned;

use crate::{
    ApiError, Code, adr,
    api::{JournalLine, Method, ROUTES, Route, routes::for_each_route, *},
    call::Call,
    desk::Desk,
    file::File,
    handlers, live, oidc, pages,
    subject::{About, Subject},
    wallets,
};

/// Bytes of a call's body at most: a notice in two languages with room to spare.
const BODY_AT_MOST: usize = 64 * 1024;

/// Acts that change nothing, are nobody's secret, and would only fill the journal.
const NOT_KEPT: [&str; 4] = [
    "readability",
    "request/preview",
    "sign-in/passkey",
    "account/passkey",
];

type Shared = State<Arc<Desk>>;

/// Every route.
pub(crate) fn router(desk: Arc<Desk>) -> Router {
    api()
        .route("/r/{id}", get(wallets::fetch).post(wallets::answer))
        .route("/Adr/v1/AdditionalData", get(adr::additional_data))
        .route("/sign-in/oidc", get(oidc::begin))
        .route("/sign-in/oidc/callback", get(oidc::callback))
        .route("/api/{*path}", get(nothing).post(nothing))
        .fallback(pages::page)
        .layer(DefaultBodyLimit::max(BODY_AT_MOST))
        .layer(middleware::from_fn(with_headers))
        .with_state(desk)
}

async fn nothing() -> Response {
    ApiError::from(Code::NotFound).into_response()
}

macro_rules! routes {
    ($($name:ident: $method:ident $path:literal ($ask:ident) -> $answer:ident [$($kind:tt)?] [$($access:tt)+] $meaning:literal;)*) => {
        fn api() -> Router<Arc<Desk>> {
            let router = Router::new();
            $(let router = router.route(concat!("/api/", $path), on!($method, |State(desk): Shared, ConnectInfo(peer): ConnectInfo<SocketAddr>, uri: Uri, headers: HeaderMap, body: Bytes| async move {
                let came = Came { route: route($path), peer, uri, headers, body };
                reply!([$($kind)?] desk, came, $ask, handlers::$name)
            }));)*
            router
        }
    };
}

macro_rules! on {
    (Get, $handler:expr) => {
        get($handler)
    };
    (Post, $handler:expr) => {
        post($handler)
    };
}

macro_rules! reply {
    ([stream] $desk:ident, $came:ident, $ask:ident, $handler:path) => {
        live::stream($desk, $came.route, &$came.headers, $came.peer)
    };
    ([] $desk:ident, $came:ident, $ask:ident, $handler:path) => {
        reply!(@ $desk, $came, $ask, $handler, Json)
    };
    ([$media:literal] $desk:ident, $came:ident, $ask:ident, $handler:path) => {
        reply!(@ $desk, $came, $ask, $handler, core::convert::identity::<File>)
    };
    (@ $desk:ident, $came:ident, $ask:ident, $handler:path, $body:expr) => {{
        let mut act = Act::new($came.route);
        let done = match enter::<$ask>(&$desk, &$came, &mut act) {
            Ok((call, ask)) => {
                let done = $handler(&$desk, &call, ask).await;
                act.cookie = call.cookie();
                act.actor = call.signed_in().cloned().unwrap_or(act.actor);
                done.map($body)
            }
            Err(error) => Err(error),
        };
        leave(&$desk, act, done)
    }};
}

for_each_route!(routes);

/// What came.
struct Came {
    route: &'static Route,
    peer: SocketAddr,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

/// What is known of an act, for the journal and for the browser.
struct Act {
    route: &'static Route,
    actor: String,
    subject: Subject,
    cookie: Option<HeaderValue>,
}

impl Act {
    fn new(route: &'static Route) -> Self {
        Act {
            route,
            actor: String::new(),
            subject: Subject::default(),
            cookie: None,
        }
    }
}

fn route(path: &str) -> &'static Route {
    let found = ROUTES.iter().find(|route| route.path == path);
    found.expect("the router is made from the list")
}

/// Lets the call in and reads what is asked.
fn enter<A: DeserializeOwned + About>(
    desk: &Desk,
    came: &Came,
    act: &mut Act,
) -> Result<(Call, A), ApiError> {
    let call = Call::from_our_pages(desk, came.route, &came.headers, came.peer)?;
    act.actor = call.who().map(|who| who.actor.clone()).unwrap_or_default();
    call.may(came.route)?;
    let ask: A = read(came)?;
    act.subject = ask.subject();
    Ok((call, ask))
}

/// Writes it down and answers. What cannot be written down is not answered.
fn leave(desk: &Desk, act: Act, done: Result<impl IntoResponse, ApiError>) -> Response {
    let cookie = act.cookie.clone();
    let written = keep(desk, act, done.as_ref().err());
    let mut response = match written.and(done) {
        Ok(body) => body.into_response(),
        Err(error) => error.into_response(),
    };
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// Writes an act down, whether done or refused.
fn keep(desk: &Desk, act: Act, refused: Option<&ApiError>) -> Result<(), ApiError> {
    let route = act.route;
    // A stranger's calls must not fill the disk; the sign-in counts them.
    let stranger = act.actor.is_empty() && refused.is_some();
    let looked = route.method == Method::Get && refused.is_none();
    if looked || stranger || NOT_KEPT.contains(&route.path) {
        return Ok(());
    }
    let code = |error: &ApiError| {
        let code = serde_json::to_value(error.code).unwrap_or_default();
        code.as_str().unwrap_or_default().to_owned()
    };
    desk.journal.write(JournalLine {
        at: desk.now().as_i64(),
        actor: act.actor,
        act: route.path.to_owned(),
        grant: act.subject.grant,
        about: act.subject.about.filter(|about| !about.is_empty()),
        reason: act.subject.reason,
        refused: refused.map(code),
    })
}

/// What is asked: the query, or JSON that no form can send.
fn read<A: DeserializeOwned>(came: &Came) -> Result<A, ApiError> {
    let not_understood = || ApiError::from(Code::NotUnderstood);
    match came.route.method {
        Method::Get => axum::extract::Query::try_from_uri(&came.uri)
            .map(|axum::extract::Query(ask)| ask)
            .map_err(|_| not_understood()),
        Method::Post => {
            let media = came
                .headers
                .get(header::CONTENT_TYPE)
                .and_then(|media| media.to_str().ok());
            let is_json = media.is_some_and(|media| {
                media.split(';').next().unwrap_or_default().trim() == "application/json"
            });
            if !is_json {
                return Err(not_understood());
            }
            serde_json::from_slice(&came.body).map_err(|_| not_understood())
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let wait = self.wait;
        let mut response = (status, Json(self)).into_response();
        if let Some(wait) = wait {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, wait.into());
        }
        response
    }
}

/// What every answer has, whatever it is.
async fn with_headers(request: Request<axum::body::Body>, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut put = |name: header::HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    put(header::CACHE_CONTROL, "no-store");
    put(header::CONTENT_SECURITY_POLICY, pages::POLICY);
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::X_FRAME_OPTIONS, "DENY");
    put(header::REFERRER_POLICY, "no-referrer");
    put(
        header::HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    put(
        header::HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    put(
        header::HeaderName::from_static("permissions-policy"),
        "camera=(self), geolocation=(), microphone=()",
    );
    response
}

/// Somebody who is signed out elsewhere is noticed within this time.
pub(crate) const LOOK_AGAIN: Duration = Duration::from_secs(5);
