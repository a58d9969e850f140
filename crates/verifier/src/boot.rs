//! Start-up: the ledger is read back from the log and the bodies beside it, and must hash to the head that
//! the database holds, or nothing is served.

use transparency_log::TreeHead;
use verifier_store::{Ledger, ReplayError, Store, StoreError};

/// Entries that are read at once.
const PAGE: usize = 4096;

/// Why the database cannot be served. Nothing was changed; the operator restores a backup.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BootError {
    /// The database does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database's content is not what was logged.
    #[error("the database does not hold what was logged: {0}")]
    Replay(#[from] ReplayError),
}

/// Brings `ledger` up to the database's head.
///
/// # Errors
/// [`BootError`].
pub(crate) async fn catch_up<S: Store>(
    store: &S,
    ledger: &mut Ledger,
) -> Result<TreeHead, BootError> {
    let head = store.head().await?;
    while ledger.tree().size() < head.size {
        let left = usize::try_from(head.size - ledger.tree().size()).unwrap_or(PAGE);
        let page = store.entries(ledger.tree().size(), left.min(PAGE)).await?;
        if page.is_empty() {
            return Err(ReplayError::Missing(ledger.tree().size()).into());
        }
        ledger.replay(&page)?;
    }
    ledger.expect_head(&head)?;
    Ok(head)
}
