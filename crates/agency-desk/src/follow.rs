//! Follows the verifier: every change is told to the pages first, then acted on, then written down. A change
//! that could not be acted on comes again.

use std::{sync::Arc, time::Duration};

use agency::{AgencyError, Done, Events, Todo, wait_before};
use protocol::{api::AgencyEvent, client::Until};

use crate::{
    ApiError,
    api::{ActKind, Live},
    desk::{Desk, EVENTS, lock},
};

/// How often registry and status lists are looked at again; they say themselves how long they are fresh.
const REFRESH: Duration = Duration::from_secs(30);

/// Follows until the program ends.
pub(crate) async fn follow(desk: Arc<Desk>) {
    let mut attempt = 0;
    while desk.line.is_some() {
        let before = dealt_with(&desk);
        if let Err(error) = once(&desk).await {
            tracing::warn!(code = error.code(), "the line to the verifier is cut");
        }
        connected(&desk, false);
        attempt = if dealt_with(&desk) > before {
            0
        } else {
            attempt + 1
        };
        let mut wait = tokio::time::interval(wait_before(attempt));
        // The first tick is at once.
        wait.tick().await;
        wait.tick().await;
    }
}

/// Keeps the copies for offline checks fresh until the program ends.
pub(crate) async fn refresh(desk: Arc<Desk>) {
    let mut ticks = tokio::time::interval(REFRESH);
    while let Some(line) = &desk.line {
        ticks.tick().await;
        if let Err(error) = line.refresh(&lists(&desk), desk.now()).await {
            tracing::warn!(
                code = error.code(),
                "registry and status lists could not be fetched"
            );
        }
    }
}

/// The status lists that the agency's consents stand in.
fn lists(desk: &Desk) -> Vec<String> {
    let Ok(consents) = desk.consents() else {
        return Vec::new();
    };
    let uris = consents
        .iter()
        .map(|(_, consent)| consent.token.claims().status.uri.to_string());
    let distinct: std::collections::BTreeSet<String> = uris.collect();
    distinct.into_iter().collect()
}

/// One connection, from its beginning to its end.
async fn once(desk: &Desk) -> Result<(), AgencyError> {
    let Some(line) = &desk.line else {
        return Ok(());
    };
    if line.registry().is_none() {
        line.refresh(&[], desk.now()).await?;
    }
    let Ok(online) = line.online() else {
        return Err(AgencyError::NoVerifier);
    };
    let events = online
        .events_after(dealt_with(desk), Until::Stopped, desk.now())
        .await?;
    connected(desk, true);
    each(desk, events).await
}

async fn each(desk: &Desk, mut events: Events) -> Result<(), AgencyError> {
    while let Some(event) = events.next().await? {
        take_in(desk, &event).map_err(|_| AgencyError::Damaged("the index".into()))?;
        act_on(desk, &event).await?;
        renew(desk, &event).await;
        desk.agency.append_private(EVENTS, &event)?;
        if let Ok(mut dealt_with) = lock(&desk.dealt_with) {
            *dealt_with = Some(event.index);
        }
    }
    Ok(())
}

/// The copies for offline checks, after a change; where they cannot be had now, the next refresh brings them.
async fn renew(desk: &Desk, event: &AgencyEvent) {
    let Some(line) = &desk.line else { return };
    if let Err(error) = line.renew(event.at.as_seconds(), desk.now()).await {
        tracing::warn!(
            code = error.code(),
            "status lists could not be fetched after a change"
        );
    }
}

/// The last event that was acted on and written down; where the stream goes on after a cut.
fn dealt_with(desk: &Desk) -> Option<u64> {
    *lock(&desk.dealt_with).ok()?
}

fn connected(desk: &Desk, is_connected: bool) {
    let index = desk.consents().ok().and_then(|consents| consents.last());
    if desk.connected.send_replace(is_connected) != is_connected {
        desk.tell(Live::Line {
            connected: is_connected,
            index,
        });
    }
}

/// Into the index, and to every page, before anything else is waited for.
fn take_in(desk: &Desk, event: &AgencyEvent) -> Result<(), ApiError> {
    if !desk.consents_mut()?.apply(event) {
        return Ok(());
    }
    let (state, answers, act) = {
        let consents = desk.consents()?;
        let Some(consent) = consents.get(&event.grant) else {
            return Ok(());
        };
        let claims = consent.token.claims();
        let answers = claims
            .req
            .map(|req| (req, claims.consent.datatypes.clone()));
        let act = consent
            .acts
            .last()
            .map_or(ActKind::Other, crate::consents::Act::kind);
        (consent.state(desk.now()), answers, act)
    };
    desk.tell(Live::Consent {
        grant: event.grant.to_string(),
        act,
        state,
        index: event.index,
    });
    if let Some((req, items)) = answers.filter(|_| act == ActKind::Grant) {
        let at = crate::consents::seconds(event.at);
        let mut asks = desk.asks()?;
        // A consent may answer a request that was made elsewhere.
        if asks
            .granted(&desk.agency, &req, (event.grant, &items), at, true)
            .is_ok()
        {
            let state = asks.get(&req)?.became(desk.now());
            desk.tell(Live::Request {
                id: req.to_string(),
                state,
            });
        }
    }
    Ok(())
}

/// What the change asks of the agency's software. The books are not held while the verifier is asked.
async fn act_on(desk: &Desk, event: &AgencyEvent) -> Result<(), AgencyError> {
    let damaged = |_| AgencyError::Damaged("the agency's books".into());
    let todo = {
        let mut books = desk.books().map_err(damaged)?;
        let books = &mut *books;
        Todo::begin(event, &mut books.record, &mut books.locators)?
    };
    let done = match (&todo, &desk.line) {
        (Todo::Nothing(reaction), _) => Done::Nothing(*reaction),
        (_, Some(line)) => {
            let online = line.online().map_err(|_| AgencyError::NoVerifier)?;
            online.carry_out(event, todo, desk.now()).await?
        }
        (_, None) => return Err(AgencyError::NoVerifier),
    };
    let mut books = desk.books().map_err(damaged)?;
    let books = &mut *books;
    done.finish(event, &mut books.record, &mut books.locators)?;
    Ok(())
}
