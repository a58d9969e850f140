//! Ciphertext does not outlive its grant: what has expired is destroyed when its time comes. Revocation
//! needs no clock and is the store's own, in the same commit.

use std::{sync::Arc, time::Duration};

use consent_token::CLOCK_SKEW_SECONDS;
use tokio::sync::watch;
use verifier_store::Store;

use crate::state::now;

/// A shorter grant than all others may have come meanwhile: looked after at least this often.
const AT_LEAST_EVERY: Duration = Duration::from_secs(60);

/// Destroys what has expired until the verifier stops. Reading it was refused before.
pub(crate) async fn run<S: Store>(store: Arc<S>, mut stopping: watch::Receiver<bool>) {
    loop {
        let over = now().plus(-CLOCK_SKEW_SECONDS);
        let wait = match store.destroy_expired(over).await {
            Ok(Some(next)) => until(next.since(over)),
            Ok(None) => AT_LEAST_EVERY,
            Err(error) => {
                tracing::error!(%error, "expired shares could not be destroyed");
                AT_LEAST_EVERY
            }
        };
        if tokio::time::timeout(wait, stopping.changed()).await.is_ok() {
            return;
        }
    }
}

fn until(seconds: i64) -> Duration {
    let seconds = u64::try_from(seconds).unwrap_or_default().max(1);
    Duration::from_secs(seconds).min(AT_LEAST_EVERY)
}
