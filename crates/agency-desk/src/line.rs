//! The agency's line to its verifier: the pins, the copies for offline checks, and a fresh set of credentials
//! for every call.

use std::sync::Arc;

use agency::{AgencyError, Authentication, Cache, Checker, Identity, Online, Pins};
use consent_token::id::UnixSeconds;
use protocol::{HttpTransport, Registry, VerifierClient};
use tokio::sync::Mutex;

use crate::{ApiError, Code};

/// The line. Nothing of it needs the verifier to be there; what does says so.
#[derive(Debug)]
pub(crate) struct Line {
    agency: Arc<Identity>,
    client: VerifierClient<HttpTransport>,
    cache: Mutex<Cache>,
    /// What was fetched last, for readers that must not wait for a fetch.
    known: std::sync::RwLock<Known>,
    pub(crate) checker: Checker,
}

#[derive(Debug, Default)]
struct Known {
    pins: Option<Pins>,
    registry: Option<Arc<Registry>>,
}

impl Line {
    /// A line over what is in the agency's folder, to the verifier at `url`.
    pub(crate) fn new(
        agency: Arc<Identity>,
        cache: Cache,
        url: &str,
        now: UnixSeconds,
    ) -> Result<Self, AgencyError> {
        let transport = HttpTransport::new().map_err(protocol::ClientError::from)?;
        let line = Line {
            client: VerifierClient::new(url, transport),
            checker: Checker::new(cache.view(&agency, now)),
            known: std::sync::RwLock::default(),
            cache: Mutex::new(cache),
            agency,
        };
        if let Ok(cache) = line.cache.try_lock() {
            line.publish(&cache, now);
        }
        Ok(line)
    }

    /// The verifier's address.
    pub(crate) fn url(&self) -> &str {
        self.client.base()
    }

    /// Contacts the verifier, holds it to the pins and fetches what is not fresh any more: the registry, and the
    /// status lists at `uris`.
    pub(crate) async fn refresh(
        &self,
        uris: &[String],
        now: UnixSeconds,
    ) -> Result<(), AgencyError> {
        let mut cache = self.cache.lock().await;
        cache.connect(&self.client, None).await?;
        cache.refresh_registry(&self.client).await?;
        for uri in uris {
            cache.refresh_lists(&self.client, Some(uri), now).await?;
        }
        cache.refresh_lists(&self.client, None, now).await?;
        self.publish(&cache, now);
        Ok(())
    }

    /// Fetches the lists that may be older than a change, so that checks from copies know of it.
    pub(crate) async fn renew(
        &self,
        changed: UnixSeconds,
        now: UnixSeconds,
    ) -> Result<(), AgencyError> {
        let mut cache = self.cache.lock().await;
        cache.renew_lists(&self.client, changed, now).await?;
        self.publish(&cache, now);
        Ok(())
    }

    fn publish(&self, cache: &Cache, now: UnixSeconds) {
        self.checker.publish(cache.view(&self.agency, now));
        if let Ok(mut known) = self.known.write() {
            known.pins = cache.pins().cloned();
            known.registry = cache.registry().cloned().map(Arc::new);
        }
    }

    /// The registry that was fetched last.
    pub(crate) fn registry(&self) -> Option<Arc<Registry>> {
        self.known.read().ok()?.registry.clone()
    }

    /// For calls in the agency's name. Each shows a proof of its own, so that nothing is waited for.
    pub(crate) fn online(&self) -> Result<Online<'_, HttpTransport>, ApiError> {
        let known = self.known.read().map_err(|_| Code::Internal)?;
        let pins = known.pins.as_ref().ok_or(Code::Unreachable)?;
        Ok(Online::new(
            &self.agency,
            pins,
            self.client.clone(),
            Authentication::Dpop,
        ))
    }
}
