//! What every store must do, run by each store's tests against a fresh database. A store that passes can
//! stand behind a verifier; nothing here knows which database it is.

use protocol::{UnixMillis, registry::AgencyStatus};
use transparency_log::TreeHead;

use crate::{AppendError, Batch, Ledger, Staging, Store, Submission, fixture};

/// Makes a fresh store, and opens the same database again.
pub trait Bench {
    /// The store under test.
    type Store: Store;

    /// Opens the database; the first call makes it.
    fn open(&self) -> impl Future<Output = Self::Store> + Send;
}

const NOW: UnixMillis = UnixMillis(1_790_000_000_000);

/// Stages acts on a ledger, all of which must be accepted.
fn batch(ledger: &Ledger, acts: &[Submission]) -> (Ledger, Batch) {
    let mut staging = Staging::new(ledger, NOW);
    for act in acts {
        staging.submit(act).expect("an act that the ledger accepts");
    }
    staging.finish()
}

/// A ledger read back from a store must hash to the store's head.
async fn read_back<S: Store>(store: &S) -> Ledger {
    let head = store.head().await.expect("a head");
    let mut ledger = Ledger::default();
    while ledger.tree().size() < head.size {
        let page = store
            .entries(ledger.tree().size(), 3)
            .await
            .expect("entries");
        assert!(!page.is_empty(), "entries end before the head");
        ledger.replay(&page).expect("entries that fit");
    }
    ledger.expect_head(&head).expect("the head's root");
    ledger
}

/// Runs the whole suite.
///
/// # Panics
/// Where the store does not conform.
pub async fn run<B: Bench>(bench: &B) {
    let store = bench.open().await;
    starts_empty(&store).await;
    let ledger = appends_and_reads_back(&store).await;
    refuses_another_head(&store, &ledger).await;
    finds_by_grant_list_and_index(&store).await;
    hands_out_each_slot_once(bench, &store).await;
    drop(store);
    survives_reopening(bench, &ledger).await;
    lets_one_of_many_writers_win(bench).await;
}

async fn starts_empty<S: Store>(store: &S) {
    assert_eq!(store.head().await, Ok(TreeHead::EMPTY));
    assert_eq!(store.entries(0, 10).await, Ok(Vec::new()));
    assert_eq!(store.reserved_slots().await, Ok(0));
}

async fn appends_and_reads_back<S: Store>(store: &S) -> Ledger {
    let acts = [
        fixture::publish(1, AgencyStatus::Active),
        fixture::grant(1),
        fixture::grant(2),
    ];
    let (ledger, first) = batch(&Ledger::default(), &acts);
    store.append(first).await.expect("the first batch");
    let revoke = consent_token::statement::HolderAct::Revoke {
        reason: Some("enough".into()),
    };
    let (ledger, second) = batch(
        &ledger,
        &[fixture::holder_act(1, 100, 1, revoke), fixture::grant(3)],
    );
    store.append(second).await.expect("the second batch");
    assert_eq!(store.head().await, Ok(ledger.head()));
    assert_eq!(read_back(store).await.head(), ledger.head());
    ledger
}

/// Compare-and-set: a batch made on another head changes nothing.
async fn refuses_another_head<S: Store>(store: &S, ledger: &Ledger) {
    let (_, stale) = batch(
        &Ledger::default(),
        &[fixture::publish(1, AgencyStatus::Active)],
    );
    assert_eq!(store.append(stale).await, Err(AppendError::HeadMoved));
    let (_, mut forked) = batch(ledger, &[fixture::grant(9)]);
    forked.expected.root = [7; 32];
    assert_eq!(store.append(forked).await, Err(AppendError::HeadMoved));
    assert_eq!(store.head().await, Ok(ledger.head()));
    assert_eq!(store.entries(ledger.head().size, 10).await, Ok(Vec::new()));
}

async fn finds_by_grant_list_and_index<S: Store>(store: &S) {
    let of_grant = store.grant_entries(fixture::jti(1)).await.expect("entries");
    assert_eq!(
        of_grant.iter().map(|entry| entry.index).collect::<Vec<_>>(),
        [1, 3]
    );
    assert!(of_grant.iter().all(|entry| entry.body.is_some()));
    assert_eq!(store.grant_entries(fixture::jti(77)).await, Ok(Vec::new()));
    let at = store.entries_at(vec![3, 99, 0]).await.expect("entries");
    assert_eq!(
        at.iter().map(|entry| entry.index).collect::<Vec<_>>(),
        [3, 0]
    );
    assert_eq!(store.list_entries(0, NOW).await.expect("entries").len(), 4);
    assert_eq!(
        store.list_entries(0, UnixMillis(NOW.0 - 1)).await,
        Ok(Vec::new())
    );
    assert_eq!(store.list_entries(1, NOW).await, Ok(Vec::new()));
}

async fn hands_out_each_slot_once<B: Bench>(bench: &B, store: &B::Store) {
    let other = bench.open().await;
    let mut firsts = Vec::new();
    for _ in 0..4 {
        firsts.push(store.reserve_slots(10).await.expect("slots"));
        firsts.push(other.reserve_slots(10).await.expect("slots"));
    }
    assert_eq!(firsts, [0, 10, 20, 30, 40, 50, 60, 70]);
    assert_eq!(store.reserved_slots().await, Ok(80));
}

async fn survives_reopening<B: Bench>(bench: &B, ledger: &Ledger) {
    let store = bench.open().await;
    let again = read_back(&store).await;
    assert_eq!(again.head(), ledger.head());
    assert_eq!(again.grants(), 3);
    assert_eq!(store.reserve_slots(1).await, Ok(80));
}

/// Several connections append at once: each batch is whole or absent, and the log has no fork.
async fn lets_one_of_many_writers_win<B: Bench>(bench: &B) {
    let stores = [bench.open().await, bench.open().await, bench.open().await];
    let before = read_back(&stores[0]).await;
    let batches = [20, 21, 22].map(|number| batch(&before, &[fixture::grant(number)]));
    let mut won = 0;
    for (store, (after, batch)) in stores.iter().zip(batches) {
        match store.append(batch).await {
            Ok(()) => {
                won += 1;
                assert_eq!(read_back(store).await.head(), after.head());
            }
            Err(error) => assert_eq!(error, AppendError::HeadMoved),
        }
    }
    assert_eq!(won, 1, "exactly one writer wins");
}
