//! Group commit: acts that are waiting together become one batch, one transaction, one fsync and one
//! checkpoint signature, without any artificial wait. Nobody is answered before the batch is durable and
//! published; after a failed write nobody is answered at all, and the process stops.

use std::sync::Arc;

use arc_swap::ArcSwap;
use protocol::{Code, UnixMillis};
use tokio::sync::{mpsc, oneshot, watch};
use verifier_store::{AppendError, Ledger, Outcome, Staging, Store, Submission};

use crate::{boot, config::SequencerConfig, keys::Keys, metrics::Metrics, published::Published};

/// An act, and where its caller waits.
struct Waiting {
    submission: Submission,
    answer: oneshot::Sender<Result<Recorded, Code>>,
}

/// What became of an act, with the ledger that holds it.
pub struct Recorded {
    /// Where the entry stands.
    pub outcome: Outcome,
    /// A published moment at which it stands there.
    pub published: Arc<Published>,
    /// The entry's canonical bytes and those of a replaced grant's revocation, where they are new.
    pub entries: Vec<(u64, Vec<u8>)>,
}

/// The way in for handlers.
#[derive(Clone)]
pub struct Sequencer {
    queue: mpsc::Sender<Waiting>,
    grown: watch::Receiver<u64>,
}

/// Why the sequencer ended.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SequencerError {
    /// A write failed and may or may not be durable. The process must stop and read the database again.
    #[error("a commit failed: {0}")]
    Append(String),
    /// What another node wrote cannot be read.
    #[error("the database cannot be followed: {0}")]
    Follow(#[from] boot::BootError),
}

impl Sequencer {
    /// The way in, and the task that must be run for it. The task ends when every way in is gone.
    pub fn new<S: Store>(
        store: Arc<S>,
        keys: Arc<Keys>,
        published: Arc<ArcSwap<Published>>,
        metrics: Arc<Metrics>,
        config: &SequencerConfig,
    ) -> (
        Self,
        impl Future<Output = Result<(), SequencerError>> + Send + use<S>,
    ) {
        let (queue, waiting) = mpsc::channel(config.queue.max(1));
        let (grow, grown) = watch::channel(published.load().head.size);
        let task = Task {
            grown: grow,
            store,
            keys,
            published,
            metrics,
            batch: config.batch.max(1),
        };
        (Sequencer { queue, grown }, task.run(waiting))
    }

    /// The log's published size: what waits for a change waits here.
    #[must_use]
    pub fn grown(&self) -> watch::Receiver<u64> {
        self.grown.clone()
    }

    /// Hands an act in and waits until it is durable, known or refused.
    ///
    /// # Errors
    /// The refusal's code; [`Code::Unavailable`] where too many wait or the verifier is stopping.
    pub async fn submit(&self, submission: Submission) -> Result<Recorded, Code> {
        let (answer, answered) = oneshot::channel();
        self.queue
            .try_send(Waiting { submission, answer })
            .map_err(|_| Code::Unavailable)?;
        answered.await.map_err(|_| Code::Unavailable)?
    }
}

struct Task<S> {
    store: Arc<S>,
    keys: Arc<Keys>,
    published: Arc<ArcSwap<Published>>,
    grown: watch::Sender<u64>,
    metrics: Arc<Metrics>,
    batch: usize,
}

impl<S: Store> Task<S> {
    async fn run(self, mut waiting: mpsc::Receiver<Waiting>) -> Result<(), SequencerError> {
        let mut batch = Vec::with_capacity(self.batch);
        while waiting.recv_many(&mut batch, self.batch).await > 0 {
            self.commit(std::mem::take(&mut batch)).await?;
        }
        Ok(())
    }

    /// Stages and appends until the head is ours: another node's batch is read first, then ours is judged again.
    async fn commit(&self, waiting: Vec<Waiting>) -> Result<(), SequencerError> {
        loop {
            let before = self.published.load_full();
            let mut staging = Staging::new(&before.ledger, now());
            let outcomes: Vec<_> = waiting
                .iter()
                .map(|one| staging.submit(&one.submission))
                .collect();
            if staging.is_empty() {
                answer(waiting, outcomes, &before, &[]);
                return Ok(());
            }
            let (ledger, batch) = staging.finish();
            let entries: Vec<Vec<u8>> = batch.entries.iter().map(|new| new.entry.clone()).collect();
            let timer = std::time::Instant::now();
            match self.store.append(batch).await {
                Ok(()) => {
                    self.metrics.committed(entries.len(), timer.elapsed());
                    let after = self.publish(ledger);
                    answer(waiting, outcomes, &after, &entries);
                    return Ok(());
                }
                Err(AppendError::HeadMoved) => self.follow(&before).await?,
                Err(error) => return Err(SequencerError::Append(error.to_string())),
            }
        }
    }

    fn publish(&self, ledger: Ledger) -> Arc<Published> {
        let after = Published::new(ledger, &self.keys.log);
        self.published.store(after.clone());
        self.grown.send_replace(after.head.size);
        after
    }

    async fn follow(&self, before: &Published) -> Result<(), SequencerError> {
        let mut ledger = before.ledger.clone();
        boot::catch_up(&*self.store, &mut ledger).await?;
        self.publish(ledger);
        Ok(())
    }
}

/// Answers every caller; one that has gone away finds its act by sending it again.
fn answer(
    waiting: Vec<Waiting>,
    outcomes: Vec<Result<Outcome, Code>>,
    published: &Arc<Published>,
    fresh: &[Vec<u8>],
) {
    let first = published.head.size - fresh.len() as u64;
    let bytes = |index: u64| {
        let at = usize::try_from(index.checked_sub(first)?).ok()?;
        Some((index, fresh.get(at)?.clone()))
    };
    for (one, outcome) in waiting.into_iter().zip(outcomes) {
        let recorded = outcome.map(|outcome| {
            let indexes = match outcome {
                Outcome::Recorded { index, replaced } => [Some(index), replaced],
                Outcome::Known(index) => [Some(index), None],
            };
            let entries = indexes.into_iter().flatten().filter_map(bytes).collect();
            Recorded {
                outcome,
                published: published.clone(),
                entries,
            }
        });
        drop(one.answer.send(recorded));
    }
}

/// The machine's clock in milliseconds.
pub fn now() -> UnixMillis {
    UnixMillis(jiff::Timestamp::now().as_millisecond())
}
