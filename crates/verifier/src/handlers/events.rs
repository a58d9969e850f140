//! `GET /v1/agency/events` (PROTOCOL section 6): every change of an agency's grants as server-sent events.
//! The id of an event is its index in the log, and the stream is read from the log: after a cut, a restart
//! or a missed minute it goes on where it was.

use std::{collections::VecDeque, convert::Infallible, time::Duration};

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::{
        IntoResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use consent_token::jws::Compact;
use http::{HeaderMap, Method, header};
use protocol::{Code, Entry, api::AgencyEvent};
use serde::Deserialize;
use tokio::sync::watch;
use verifier_store::{Ledger, SignerKind, Store, StoredEntry};

use crate::{
    auth::Client,
    reject::Rejection,
    state::{App, Shared, now, unavailable},
    streams::Stream,
};

/// Something is sent at least this often, so that a dead connection is noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Milliseconds after which a client comes back.
const RETRY: Duration = Duration::from_secs(1);
/// Seconds after which a client comes back whose agency has too many streams open.
const RETRY_WHERE_FULL: u64 = 15;
/// Changes that are read at once.
const PAGE: usize = 256;

/// Where the stream starts, for clients that cannot send a header.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct After {
    /// The id of the last event seen; `Last-Event-ID` goes before it.
    after: Option<u64>,
    /// `false` ends the stream once all is told; otherwise it goes on with what comes.
    follow: Option<bool>,
}

/// Every change of the caller's grants, from the first or after `Last-Event-ID`.
#[utoipa::path(get, path = "/v1/agency/events", tag = "agency", params(After),
    responses((status = 200, body = AgencyEvent, content_type = "text/event-stream"), super::Problems), security(("bearer" = []), ("dpop" = [])))]
pub async fn events(
    State(app): State<Shared>,
    query: Result<Query<After>, QueryRejection>,
    method: Method,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Rejection> {
    let client = app.client(&headers, &method, "/v1/agency/events")?;
    if client.kind != SignerKind::Agency {
        return Err(Code::Forbidden.into());
    }
    let Query(query) = query.map_err(|_| {
        Rejection::new(
            Code::InvalidRequest,
            "after is a number, follow true or false",
        )
    })?;
    let last = match headers.get("last-event-id") {
        Some(id) => Some(
            id.to_str()
                .ok()
                .and_then(|id| id.parse().ok())
                .ok_or_else(|| {
                    Rejection::new(Code::InvalidRequest, "Last-Event-ID is a log index")
                })?,
        ),
        None => query.after,
    };
    if last.is_some_and(|last| last >= app.published().head.size) {
        return Err(Rejection::new(
            Code::InvalidRequest,
            "the log has not come so far: start from the beginning",
        ));
    }
    let Some(counted) = app.streams.open(&client.id) else {
        let why = "the agency has as many event streams open as it may have";
        return Err(Rejection::too_many(RETRY_WHERE_FULL).saying(why));
    };
    let following = Following {
        _counted: counted,
        grown: app.sequencer.grown(),
        stopping: app.stopping.clone(),
        app,
        client,
        last,
        follow: query.follow.unwrap_or(true),
        ready: VecDeque::new(),
    };
    let stream = futures_util::stream::unfold(following, |mut following| async move {
        let event = following.next().await?;
        Some((Ok::<_, Infallible>(event), following))
    });
    let stream = Sse::new(stream).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    Ok(([(header::CACHE_CONTROL, "no-store")], stream))
}

/// One client's place in the log.
struct Following {
    _counted: Stream,
    app: Shared,
    client: Client,
    last: Option<u64>,
    follow: bool,
    ready: VecDeque<AgencyEvent>,
    grown: watch::Receiver<u64>,
    stopping: watch::Receiver<bool>,
}

impl Following {
    /// The next change; none when the verifier stops, its database fails or the agency may not act any more.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                let data = serde_json::to_string(&event).ok()?;
                let id = event.index.to_string();
                return Some(Event::default().id(id).retry(RETRY).data(data));
            }
            // Marked as seen before reading: what grows meanwhile wakes again.
            self.grown.mark_unchanged();
            if *self.stopping.borrow() || !self.app.is_in_standing(&self.client) {
                return None;
            }
            if self.read().await.ok()? == 0 {
                if !self.follow {
                    return None;
                }
                tokio::select! {
                    grown = self.grown.changed() => grown.ok()?,
                    stopped = self.stopping.changed() => stopped.ok()?,
                }
            }
        }
    }

    /// Reads the changes that are published and not sent yet, and says how many.
    async fn read(&mut self) -> Result<usize, Code> {
        let published = self.app.published();
        let indexes = published
            .ledger
            .agency_changes(&self.client.id, self.last, PAGE);
        let Some(last) = indexes.last().copied() else {
            return Ok(0);
        };
        let count = indexes.len();
        let entries = self.app.store.entries_at(indexes).await;
        let entries = entries.map_err(unavailable)?;
        let events = entries
            .into_iter()
            .filter_map(|entry| event(&published.ledger, entry));
        self.ready.extend(events);
        self.last = Some(last);
        Ok(count)
    }
}

/// What an entry tells its agency; none where its JWS is not kept any more.
pub(crate) fn event(ledger: &Ledger, stored: StoredEntry) -> Option<AgencyEvent> {
    #[derive(Deserialize)]
    struct Subject {
        grant: Option<consent_token::id::Jti>,
        jti: consent_token::id::Jti,
        act: Option<String>,
    }
    let jws = stored.body?;
    let subject: Subject = {
        let compact = Compact::parse(&jws, consent_token::MAX_COMPACT_BYTES).ok()?;
        serde_json::from_slice(compact.payload()).ok()?
    };
    let grant = subject.grant.unwrap_or(subject.jti);
    let state = ledger.grant(&grant)?;
    Some(AgencyEvent {
        index: stored.index,
        at: Entry::parse(&stored.entry).ok()?.at(),
        grant,
        act: subject.act.unwrap_or_else(|| "grant".to_owned()),
        status: ledger.state(state, now()).0,
        jws,
    })
}

impl App {
    fn is_in_standing(&self, client: &Client) -> bool {
        crate::auth::in_standing(&self.published.load().ledger, client)
    }
}
