//! What every handler can reach.

use std::sync::Arc;

use arc_swap::ArcSwap;
use consent_token::id::UnixSeconds;
use protocol::Code;
use store_sqlite::SqliteStore;
use verifier_store::{Store, StoredEntry};

use crate::{
    auth::Bearers,
    config::Config,
    handlers::{offers::OffersDocument, status::StatusCache},
    keys::Keys,
    known_tokens::KnownTokens,
    metrics::Metrics,
    once::Once,
    published::Published,
    sequencer::{self, Recorded, Sequencer},
    slots::Slots,
    streams::Streams,
    witness::Cosigned,
};

/// The database behind the trait; handlers use nothing else of it.
pub type Database = SqliteStore;

/// The state behind the API.
pub struct App {
    pub config: Config,
    pub issuer: String,
    pub keys: Arc<Keys>,
    pub store: Arc<Database>,
    pub published: Arc<ArcSwap<Published>>,
    pub cosigned: Arc<Cosigned>,
    pub sequencer: Sequencer,
    pub slots: Slots,
    pub bearers: Bearers,
    pub once: Once,
    pub known_tokens: KnownTokens,
    pub status_cache: StatusCache,
    pub offers: OffersDocument,
    pub streams: Arc<Streams>,
    pub metrics: Arc<Metrics>,
    pub metadata: bytes::Bytes,
    /// Becomes true when the verifier stops: what would never end by itself ends then.
    pub stopping: tokio::sync::watch::Receiver<bool>,
}

/// The state as handlers take it.
pub type Shared = Arc<App>;

impl App {
    /// The newest published moment.
    pub fn published(&self) -> Arc<Published> {
        self.published.load_full()
    }

    /// The tlog-proof of the entry at `index`, whose bytes are read if they are not at hand.
    pub async fn proof(&self, recorded: &Recorded, index: u64) -> Result<String, Code> {
        let at_hand = recorded
            .entries
            .iter()
            .find(|(at, _)| *at == index)
            .map(|(_, bytes)| bytes.clone());
        let bytes = match at_hand {
            Some(bytes) => bytes,
            None => self.entry(index).await?.entry,
        };
        recorded.published.proof(index, bytes)
    }

    /// The entry at `index`, from the database.
    pub async fn entry(&self, index: u64) -> Result<StoredEntry, Code> {
        let mut found = self
            .store
            .entries_at(vec![index])
            .await
            .map_err(unavailable)?;
        found.pop().ok_or(Code::Internal)
    }
}

/// A database fault: told to the operator, not to the caller.
pub fn unavailable(error: verifier_store::StoreError) -> Code {
    tracing::error!(%error, "database");
    Code::Unavailable
}

/// Now, in whole seconds UTC.
pub fn now() -> UnixSeconds {
    sequencer::now().as_seconds()
}
