//! A verifier in this process, as shipped but for its rate limits, on a database in the bench's folder.

use std::{net::SocketAddr, num::NonZeroU32, path::PathBuf, sync::Arc};

use consent_token::id::{Jti, UnixSeconds};
use protocol::{
    HttpTransport, VerifierClient,
    api::{GrantRequest, SlotTicket},
    client_assertion,
    registry::{Agency, AgencyStatus},
};
use store_sqlite::SqliteStore;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};
use transparency_log::VerifierKey;
use verifier::{
    Config, Keys, RateLimits, Server, ServerError,
    registrar::{self, Act, DATABASE},
};
use verifier_store::fixture;

use crate::{Failure, machine::Place};

/// Slots in one request at most (PROTOCOL section 6).
const SLOTS_AT_ONCE: usize = 64;

/// A verifier with one agency.
pub(crate) struct Service {
    pub(crate) address: SocketAddr,
    pub(crate) client: VerifierClient<Arc<HttpTransport>>,
    pub(crate) transport: Arc<HttpTransport>,
    pub(crate) url: String,
    folder: PathBuf,
    holders: u64,
    stop: oneshot::Sender<()>,
    running: JoinHandle<Result<(), ServerError>>,
}

/// Statements in one commit at most.
#[derive(Clone, Copy)]
pub(crate) enum Batch {
    /// As shipped.
    Grouped,
    /// Every statement has a commit of its own.
    Single,
}

impl Service {
    /// A verifier that knows the agency of the fixtures.
    pub(crate) async fn start(place: &Place, name: &str, batch: Batch) -> Result<Self, Failure> {
        Self::start_for(place, name, batch, [agency()?]).await
    }

    pub(crate) async fn start_for(
        place: &Place,
        name: &str,
        batch: Batch,
        agencies: impl IntoIterator<Item = Agency>,
    ) -> Result<Self, Failure> {
        let folder = place.subfolder(name)?;
        verifier::create(&folder, None)?;
        for agency in agencies {
            registrar::act(&folder, &Act::AddAgency(Box::new(agency))).await?;
        }
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let url = format!("http://{address}");
        let store = SqliteStore::open(&folder.join(DATABASE))?;
        let server = Server::new(store, Keys::read(&folder)?, config(batch), url.clone()).await?;
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(server.serve(listener, async move { drop(stopped.await) }));
        let transport = Arc::new(HttpTransport::new()?);
        let client = VerifierClient::new(&url, transport.clone());
        Ok(Self {
            address,
            client,
            transport,
            url,
            folder,
            holders: 0,
            stop,
            running,
        })
    }

    /// Stops in good order, once every connection is closed.
    pub(crate) async fn stop(self) -> Result<(), Failure> {
        drop((self.client, self.transport));
        // A verifier that has ended already says so below.
        let _ = self.stop.send(());
        Ok(self.running.await??)
    }

    pub(crate) fn log_key(&self) -> Result<VerifierKey, Failure> {
        Ok(Keys::read(&self.folder)?.log_vkey().parse()?)
    }

    /// Signed tokens of new holders in slots of their own.
    pub(crate) async fn grants(&mut self, count: usize) -> Result<Vec<GrantRequest>, Failure> {
        let mut grants = Vec::with_capacity(count);
        while grants.len() < count {
            let slots = self
                .client
                .slots(u32::try_from((count - grants.len()).min(SLOTS_AT_ONCE))?)
                .await?;
            grants.extend(
                slots
                    .into_iter()
                    .map(|slot| self.grant(slot))
                    .collect::<Result<Vec<_>, _>>()?,
            );
        }
        Ok(grants)
    }

    fn grant(&mut self, slot: SlotTicket) -> Result<GrantRequest, Failure> {
        self.holders += 1;
        let token = fixture::token_from(self.holders, slot.idx, &slot.uri, now()?.plus(-10));
        Ok(GrantRequest {
            token,
            ticket: slot.ticket,
            replaces: None,
        })
    }

    /// The agency's bearer token.
    pub(crate) async fn bearer(&self) -> Result<String, Failure> {
        let (id, key) = (fixture::agency_id(), fixture::agency_key());
        let assertion =
            client_assertion::assert(&id, &key, &self.url, now()?, Jti::from_bytes([1; 16]));
        Ok(self.client.token(&assertion).await?.access_token)
    }
}

/// The agency of the fixtures.
pub(crate) fn agency() -> Result<Agency, Failure> {
    let agencies = fixture::registry(1, AgencyStatus::Active).agencies;
    let first = agencies.into_iter().next();
    first.ok_or_else(|| "the registry is empty".into())
}

fn config(batch: Batch) -> Config {
    let unbounded = NonZeroU32::MAX;
    let mut config = Config {
        rate_limits: RateLimits {
            slots: unbounded,
            writes: unbounded,
            tokens: unbounded,
            past: unbounded,
        },
        ..Config::default()
    };
    if matches!(batch, Batch::Single) {
        config.sequencer.batch = 1;
    }
    config
}

/// A fresh id.
pub(crate) fn fresh_id() -> Result<Jti, Failure> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(Jti::from_bytes(bytes))
}

/// Now, in whole seconds UTC.
pub(crate) fn now() -> Result<UnixSeconds, Failure> {
    UnixSeconds::new(jiff::Timestamp::now().as_second())
        .ok_or_else(|| "the clock is out of range".into())
}
