//! `GET /api/events`: every change to every page that is signed in, as server-sent events. The stream ends when
//! the session does, and does not keep it alive.

use std::{convert::Infallible, net::SocketAddr, sync::Arc};

use axum::response::{
    IntoResponse, Response,
    sse::{Event, KeepAlive, Sse},
};
use futures_util::stream;
use http::{HeaderMap, HeaderValue};
use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::{
    api::{Live, Role, Route},
    call::Call,
    desk::Desk,
    server::LOOK_AGAIN,
};

struct Following {
    desk: Arc<Desk>,
    route: &'static Route,
    headers: HeaderMap,
    peer: SocketAddr,
    changes: Receiver<Live>,
    first: Option<Live>,
    over: bool,
}

/// Opens a page's stream.
pub(crate) fn stream(
    desk: Arc<Desk>,
    route: &'static Route,
    headers: &HeaderMap,
    peer: SocketAddr,
) -> Response {
    let mut headers = headers.clone();
    headers.insert("assent-background", HeaderValue::from_static("1"));
    if let Err(error) = Call::admit(&desk, route, &headers, peer) {
        return error.into_response();
    }
    // Subscribed before the state is read: a change between is told, not lost.
    let changes = desk.live.subscribe();
    let first = Live::Line {
        connected: *desk.connected.borrow(),
        index: desk.consents().ok().and_then(|consents| consents.last()),
    };
    let following = Following {
        desk,
        route,
        headers,
        peer,
        changes,
        first: Some(first),
        over: false,
    };
    let events = stream::unfold(following, |mut following| async move {
        let live = following.next().await?;
        let data = serde_json::to_string(&live).ok()?;
        Some((Ok::<_, Infallible>(Event::default().data(data)), following))
    });
    Sse::new(events)
        .keep_alive(KeepAlive::new().interval(LOOK_AGAIN))
        .into_response()
}

impl Following {
    /// The next change; none once the session is over, or the page is too far behind and has to begin anew.
    async fn next(&mut self) -> Option<Live> {
        if self.over {
            return None;
        }
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        loop {
            let change = tokio::time::timeout(LOOK_AGAIN, self.changes.recv()).await;
            let Ok(call) = Call::admit(&self.desk, self.route, &self.headers, self.peer) else {
                self.over = true;
                return Some(Live::SignedOut);
            };
            match change {
                Err(_) => {}
                Ok(Err(RecvError::Lagged(_) | RecvError::Closed)) => return None,
                Ok(Ok(live)) => {
                    let roles = call.who().map(|who| who.roles.clone()).unwrap_or_default();
                    if concerns(&live, &roles) {
                        return Some(live);
                    }
                }
            }
        }
    }
}

/// A page hears of what its reader may see.
fn concerns(live: &Live, roles: &[Role]) -> bool {
    let any = |needed: &[Role]| needed.iter().any(|role| roles.contains(role));
    match live {
        Live::Line { .. } | Live::SignedOut => true,
        Live::Consent { .. } => any(&[Role::Caseworker, Role::ControlRoom, Role::PrivacyOfficer]),
        Live::Request { .. } => any(&[Role::Caseworker]),
        Live::Incident { .. } => any(&[Role::ControlRoom, Role::PrivacyOfficer]),
    }
}
