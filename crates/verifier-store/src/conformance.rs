//! What every store must do, run by each store's tests against a fresh database. A store that passes can
//! stand behind a verifier; nothing here knows which database it is.

mod attachments;

use consent_token::{id::Digest, statement::HolderAct};
use protocol::{UnixMillis, registry::AgencyStatus, share::Part};
use transparency_log::TreeHead;

use crate::{
    AppendError, Batch, Ledger, OFFERS_AT_MOST, Publication, Staging, Store, StoredOffer,
    Submission, UPLOADS_AT_MOST, Upload, fixture,
};

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
    finds_by_list_and_index(&store).await;
    hands_out_each_slot_once(bench, &store).await;
    let ledger = keeps_a_share_until_it_is_replaced_or_ends(&store, &ledger).await;
    publishes_offers_until_they_end(&store).await;
    attachments::run(&store).await;
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

fn upload(number: u64, part: Part, content: &str) -> Upload {
    let bytes = content.as_bytes().to_vec();
    Upload {
        grant: fixture::jti(number),
        part,
        digest: Digest::of(&bytes),
        expires: fixture::start().plus(365 * 24 * 60 * 60),
        bytes,
    }
}

fn announcement(upload: &Upload, id: u64, seq: u64) -> Submission {
    let act = HolderAct::Share {
        digest: upload.digest,
        size: upload.bytes.len() as u64,
        revision: seq,
    };
    fixture::holder_act(2, id, seq, act)
}

/// A ciphertext is read once it is announced; it goes when another takes its place, when the grant is
/// revoked and when its time is over.
async fn keeps_a_share_until_it_is_replaced_or_ends<S: Store>(
    store: &S,
    ledger: &Ledger,
) -> Ledger {
    let grant = fixture::jti(2);
    let read = |part| async move { store.share(grant, part).await.expect("a reading") };
    let first = upload(2, Part::Whole, "first");
    let second = upload(2, Part::Whole, "second");
    let locator = upload(2, Part::Locator, "where");
    for upload in [&first, &second, &locator] {
        store.upload(upload.clone()).await.expect("an upload");
        store.upload(upload.clone()).await.expect("the same again");
    }
    assert_eq!(store.uploaded(grant, second.digest).await, Ok(Some(6)));
    assert_eq!(
        store.uploaded(fixture::jti(1), second.digest).await,
        Ok(None)
    );
    assert_eq!(read(Part::Whole).await, None);
    let mut ledger = ledger.clone();
    for (upload, id) in [(&first, 201), (&locator, 202), (&second, 203)] {
        let (next, appended) = batch(&ledger, &[announcement(upload, id, id)]);
        store.append(appended).await.expect("an announcement");
        ledger = next;
        assert_eq!(read(upload.part).await.as_ref(), Some(&upload.bytes));
    }
    assert_eq!(store.uploaded(grant, first.digest).await, Ok(None));
    for number in 0..UPLOADS_AT_MOST {
        let next = upload(2, Part::Whole, &number.to_string());
        store.upload(next).await.expect("an upload");
    }
    assert_eq!(read(Part::Whole).await, Some(second.bytes));
    let pushed_out = upload(2, Part::Whole, "0");
    let last = upload(2, Part::Whole, "last");
    store.upload(last).await.expect("an upload");
    assert_eq!(store.uploaded(grant, pushed_out.digest).await, Ok(None));

    let other = Upload {
        grant: fixture::jti(3),
        expires: fixture::start().plus(10),
        ..upload(3, Part::Whole, "short")
    };
    store.upload(other.clone()).await.expect("an upload");
    let at = |seconds| fixture::start().plus(seconds);
    assert_eq!(store.destroy_expired(at(9)).await, Ok(Some(at(10))));
    assert_eq!(
        store.destroy_expired(at(10)).await,
        Ok(Some(locator.expires))
    );
    assert_eq!(store.uploaded(other.grant, other.digest).await, Ok(None));
    store.upload(other.clone()).await.expect("an upload");
    store.destroy(other.grant).await.expect("a destruction");
    assert_eq!(store.uploaded(other.grant, other.digest).await, Ok(None));

    let revoke = HolderAct::Revoke { reason: None };
    let (ledger, last) = batch(&ledger, &[fixture::holder_act(2, 204, 204, revoke)]);
    store.append(last).await.expect("a revocation");
    assert_eq!(read(Part::Whole).await, None);
    assert_eq!(read(Part::Locator).await, None);
    assert_eq!(store.destroy_expired(at(11)).await, Ok(None));
    ledger
}

async fn publishes_offers_until_they_end<S: Store>(store: &S) {
    let now = fixture::start();
    let offer = |number: u64, ends: i64| StoredOffer {
        id: fixture::jti(number),
        agency: fixture::agency_id().to_string(),
        expires: now.plus(ends),
        jws: format!("offer {number}"),
    };
    let publish = |offer, at| async move { store.publish(offer, at).await.expect("an answer") };
    assert_eq!(publish(offer(1, 100), now).await, Publication::New);
    assert_eq!(publish(offer(1, 100), now).await, Publication::Known);
    let other = StoredOffer {
        jws: "another".into(),
        ..offer(1, 100)
    };
    assert_eq!(publish(other, now).await, Publication::Conflict);
    for number in 2..=u64::from(OFFERS_AT_MOST) {
        assert_eq!(publish(offer(number, 200), now).await, Publication::New);
    }
    assert_eq!(publish(offer(99, 200), now).await, Publication::TooMany);
    let standing = |at| async move { store.offers(at).await.expect("the offers") };
    assert_eq!(standing(now).await.len(), OFFERS_AT_MOST as usize);
    assert_eq!(
        standing(now).await.first().map(String::as_str),
        Some("offer 1")
    );
    assert_eq!(
        standing(now.plus(100)).await.len(),
        OFFERS_AT_MOST as usize - 1
    );
    assert_eq!(
        publish(offer(99, 200), now.plus(100)).await,
        Publication::New
    );
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

async fn finds_by_list_and_index<S: Store>(store: &S) {
    let at = store.entries_at(vec![3, 99, 0]).await.expect("entries");
    assert_eq!(
        at.iter().map(|entry| entry.index).collect::<Vec<_>>(),
        [3, 0]
    );
    assert!(at.iter().all(|entry| entry.body.is_some()));
    let indexes = async |from, until, limit| {
        let found = store
            .list_entries(0, from, until, limit)
            .await
            .expect("entries");
        found
            .into_iter()
            .map(|(index, _)| index)
            .collect::<Vec<u64>>()
    };
    let all = indexes(0, NOW, 100).await;
    assert_eq!(all.len(), 4);
    let (first, last) = all.split_at(3);
    assert_eq!(indexes(0, NOW, 3).await, first);
    let behind = first.last().map_or(0, |index| index + 1);
    assert_eq!(indexes(behind, NOW, 100).await, last);
    assert!(indexes(0, UnixMillis(NOW.0 - 1), 100).await.is_empty());
    assert_eq!(store.list_entries(1, 0, NOW, 100).await, Ok(Vec::new()));
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
