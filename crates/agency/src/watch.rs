//! Following the event stream (PROTOCOL section 6): every change of the agency's grants, once and in order,
//! across cuts and restarts. What a change asks of the agency's software is done before the change counts
//! as dealt with; done twice, it is done once.

use std::time::Duration;

use bytes::Bytes;
use consent_token::{
    id::{Digest, Jti, UnixSeconds},
    statement::{self, AgencyAct, HolderAct, HolderStatement, Statement},
    term::Release,
};
use eventsource_stream::{EventStream, Eventsource};
use futures_util::{Stream, StreamExt, stream};
use protocol::{
    TransportError, UnixMillis,
    api::AgencyEvent,
    client::Until,
    share::{ShareError, locator_paths},
    transport::{Chunks, Streaming},
};

use crate::{AgencyError, Locators, Online, Opened, Record};

/// The first wait after a cut; it doubles with every further one.
const FIRST_WAIT: Duration = Duration::from_millis(500);
/// The longest wait after a cut.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// The `actor` of what the agency's software does by itself.
pub const SOFTWARE: &str = "software";

/// What a change asked for, and what was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    /// Nothing was to be done.
    Noted,
    /// Copies are gone, and the verifier has our word that the change is acted on.
    Acknowledged,
    /// Copies cannot be used before the pause ends.
    Withheld,
}

/// What a change asks for, beyond what was done at once in the agency's folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Todo {
    /// Nothing.
    Nothing(Reaction),
    /// Tell the verifier that the revocation is acted on.
    Acknowledge,
    /// Fetch what matches a call to a person.
    FetchLocator,
}

/// What the verifier answered, to be kept.
#[derive(Debug)]
pub enum Done {
    /// Nothing is to be kept.
    Nothing(Reaction),
    /// What matches a call to a person.
    Locator(Box<Opened>),
    /// It may not be read any more.
    NoLocator,
}

impl Todo {
    /// Does what has to be done at once, reachable verifier or not: copies go.
    ///
    /// # Errors
    /// [`AgencyError::File`].
    pub fn begin(
        event: &AgencyEvent,
        record: &mut Record,
        locators: &mut Locators,
    ) -> Result<Todo, AgencyError> {
        match event.act.as_str() {
            "revoke" => {
                locators.forget(&event.grant)?;
                record.revoked(event.grant, seconds(event.at))?;
                Ok(Todo::Acknowledge)
            }
            "suspend" => {
                locators.forget(&event.grant)?;
                Ok(Todo::Nothing(Reaction::Withheld))
            }
            "share" | "resume" => {
                let known = revision(event).is_some_and(|new| locators.has(&event.grant, new));
                Ok(if known {
                    Todo::Nothing(Reaction::Noted)
                } else {
                    Todo::FetchLocator
                })
            }
            _ => Ok(Todo::Nothing(Reaction::Noted)),
        }
    }
}

impl Done {
    /// Keeps what came, and that the change is dealt with.
    ///
    /// # Errors
    /// [`AgencyError::File`].
    pub fn finish(
        self,
        event: &AgencyEvent,
        record: &mut Record,
        locators: &mut Locators,
    ) -> Result<Reaction, AgencyError> {
        let reaction = match self {
            Done::Nothing(reaction) => reaction,
            Done::NoLocator => {
                locators.forget(&event.grant)?;
                Reaction::Noted
            }
            Done::Locator(opened) => match record.fetched(&opened) {
                Ok(()) => {
                    let claims = opened.token.claims();
                    let holder = claims.iss.thumbprint();
                    locators.keep(event.grant, holder, claims.exp, opened.share)?;
                    Reaction::Noted
                }
                // The newer one that is here stays.
                Err(AgencyError::Share(ShareError::Older)) => Reaction::Noted,
                Err(error) => return Err(error),
            },
        };
        record.dealt_with(event.index)?;
        Ok(reaction)
    }
}

type Boxed = std::pin::Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// The open stream.
pub struct Events(EventStream<Boxed>);

impl Events {
    /// The events of a body.
    pub(crate) fn of<C: Chunks + 'static>(chunks: C) -> Self {
        Events(pieces(chunks).eventsource())
    }

    /// The next change; none where the connection ended, or broke, and is to be made again after the last
    /// change that was dealt with.
    ///
    /// # Errors
    /// [`AgencyError::NotAVerifier`] for an event that is not one of this protocol.
    pub async fn next(&mut self) -> Result<Option<AgencyEvent>, AgencyError> {
        match self.0.next().await {
            None | Some(Err(_)) => Ok(None),
            Some(Ok(event)) => {
                let read: Option<AgencyEvent> = serde_json::from_str(&event.data).ok();
                let whole = read.filter(|read| read.index.to_string() == event.id);
                let strange = || AgencyError::NotAVerifier("the event stream".into());
                whole.map(Some).ok_or_else(strange)
            }
        }
    }
}

fn pieces<C: Chunks + 'static>(chunks: C) -> Boxed {
    Box::pin(stream::unfold(chunks, |mut chunks| async move {
        let next = chunks.next().await.transpose()?;
        Some((next, chunks))
    }))
}

impl<T: Streaming> Online<'_, T>
where
    T::Chunks: 'static,
{
    /// Opens the stream after the last change that was dealt with.
    ///
    /// # Errors
    /// [`AgencyError::Client`].
    pub async fn events(
        &self,
        record: &Record,
        until: Until,
        now: UnixSeconds,
    ) -> Result<Events, AgencyError> {
        self.events_after(record.last_event(), until, now).await
    }

    /// Opens the stream after the change with that index; from the first change on where there is none.
    ///
    /// # Errors
    /// [`AgencyError::Client`].
    pub async fn events_after(
        &self,
        last: Option<u64>,
        until: Until,
        now: UnixSeconds,
    ) -> Result<Events, AgencyError> {
        let credential = self.credential("GET", "/v1/agency/events", now).await?;
        let chunks = self.client.events(last, until, &credential).await?;
        Ok(Events::of(chunks))
    }

    /// Does what a change asks for and remembers that it is dealt with.
    ///
    /// # Errors
    /// [`AgencyError::Client`] and [`AgencyError::File`]: the change is not dealt with, and comes again.
    pub async fn react(
        &self,
        event: &AgencyEvent,
        (record, locators): (&mut Record, &mut Locators),
        now: UnixSeconds,
    ) -> Result<Reaction, AgencyError> {
        let todo = Todo::begin(event, record, locators)?;
        let done = self.carry_out(event, todo, now).await?;
        done.finish(event, record, locators)
    }

    /// The part of a change's work that needs the verifier, and nothing of the agency's folder.
    ///
    /// # Errors
    /// [`AgencyError::Client`]: the change is not dealt with, and comes again.
    pub async fn carry_out(
        &self,
        event: &AgencyEvent,
        todo: Todo,
        now: UnixSeconds,
    ) -> Result<Done, AgencyError> {
        match todo {
            Todo::Nothing(reaction) => Ok(Done::Nothing(reaction)),
            Todo::Acknowledge => {
                self.acknowledge(event, now).await?;
                Ok(Done::Nothing(Reaction::Acknowledged))
            }
            Todo::FetchLocator => self.fetch_locator(&event.grant, now).await,
        }
    }

    /// The locator of a share that waits for an incident, so that a call can be matched. Reading it is on
    /// record like every reading. One that cannot be read any more is not kept.
    async fn fetch_locator(&self, grant: &Jti, now: UnixSeconds) -> Result<Done, AgencyError> {
        let token = self.token_of(grant, now).await?;
        let consent = &token.claims().consent;
        let named = consent.datatypes.iter().map(String::as_str);
        let datatypes: Vec<String> = locator_paths(named).map(str::to_owned).collect();
        if consent.release == Release::OnGrant || datatypes.is_empty() {
            return Ok(Done::Nothing(Reaction::Noted));
        }
        let act = AgencyAct::Access {
            actor: SOFTWARE.into(),
            reason: "to know who is calling".into(),
            datatypes,
        };
        match self.read(token, act, now).await {
            Ok(opened) => Ok(Done::Locator(Box::new(opened))),
            Err(error) if error.is_refusal() => Ok(Done::NoLocator),
            Err(error) => Err(error),
        }
    }

    /// States that a revocation is acted on. The statement's id follows from the revocation's place in the
    /// log, so that one that is repeated after a crash is the same act.
    async fn acknowledge(&self, event: &AgencyEvent, now: UnixSeconds) -> Result<(), AgencyError> {
        let unverified = statement::UnverifiedStatement::parse(&event.jws);
        let of = unverified
            .map_err(AgencyError::Unsignable)?
            .statement()
            .jti();
        let act = AgencyAct::Acknowledged { of };
        let jti = self.repeatable_id(&of);
        self.state_as(jti, event.grant, act, now).await.map(drop)
    }

    fn repeatable_id(&self, of: &Jti) -> Jti {
        let seed = format!("acknowledged:{}:{of}", self.agency.id());
        let digest = Digest::of(seed.as_bytes());
        let (id, _) = digest
            .as_bytes()
            .split_first_chunk::<16>()
            .expect("a digest has 32 bytes");
        Jti::from_bytes(*id)
    }
}

/// The revision that a `share` statement announces.
fn revision(event: &AgencyEvent) -> Option<u64> {
    let unverified = statement::UnverifiedStatement::parse(&event.jws).ok()?;
    match unverified.statement() {
        Statement::Holder(HolderStatement {
            act: HolderAct::Share { revision, .. },
            ..
        }) => Some(*revision),
        _ => None,
    }
}

fn seconds(at: UnixMillis) -> UnixSeconds {
    at.as_seconds()
}

/// How long to wait before connecting again, after that many connections in a row that brought nothing.
#[must_use]
pub fn wait_before(attempt: u32) -> Duration {
    FIRST_WAIT
        .saturating_mul(2_u32.saturating_pow(attempt.min(16)))
        .min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests;
