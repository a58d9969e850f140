//! Attachments: in pieces, in order, read once they are announced, gone with what they belong to.

use consent_token::id::Digest;

use crate::{ATTACHMENTS_AT_MOST, Piece, PieceOutcome, Store, StoredAttachment, fixture};

const PATH: &str = "documents.plan";

/// Of a grant that no other part of the suite has.
fn piece(path: &str, nr: u32, content: &str) -> Piece {
    Piece {
        grant: fixture::jti(70),
        path: path.to_owned(),
        nr,
        expires: fixture::start().plus(100),
        bytes: content.as_bytes().to_vec(),
    }
}

pub(super) async fn run<S: Store>(store: &S) {
    takes_pieces_in_order(store).await;
    is_read_once_announced_and_replaced(store).await;
    goes_when_it_is_removed_or_its_time_is_over(store).await;
    takes_so_many_and_no_more(store).await;
}

async fn put<S: Store>(store: &S, piece: Piece) -> PieceOutcome {
    store.put_piece(piece).await.expect("an outcome")
}

async fn takes_pieces_in_order<S: Store>(store: &S) {
    assert_eq!(
        put(store, piece(PATH, 1, "b")).await,
        PieceOutcome::OutOfOrder
    );
    assert_eq!(put(store, piece(PATH, 0, "old")).await, PieceOutcome::Kept);
    assert_eq!(put(store, piece(PATH, 1, "b")).await, PieceOutcome::Kept);
    assert_eq!(
        put(store, piece(PATH, 1, "b")).await,
        PieceOutcome::Kept,
        "the same again"
    );
    assert_eq!(
        put(store, piece(PATH, 1, "c")).await,
        PieceOutcome::OutOfOrder
    );
    assert_eq!(
        put(store, piece(PATH, 3, "d")).await,
        PieceOutcome::OutOfOrder
    );
    assert_eq!(
        put(store, piece(PATH, 0, "a")).await,
        PieceOutcome::Kept,
        "starts again"
    );
    assert_eq!(put(store, piece(PATH, 1, "b")).await, PieceOutcome::Kept);
    let grant = fixture::jti(70);
    for (nr, bytes) in [(0, Some("a")), (1, Some("b")), (2, None)] {
        let read = store.uploaded_piece(grant, PATH.into(), nr).await;
        assert_eq!(read, Ok(bytes.map(|text| text.as_bytes().to_vec())));
    }
}

async fn is_read_once_announced_and_replaced<S: Store>(store: &S) {
    let grant = fixture::jti(70);
    let at = |path: &'static str| async move {
        store
            .attachment(grant, path.into())
            .await
            .expect("an answer")
    };
    let digest = Digest::of(b"ab");
    assert_eq!(store.uploaded(grant, digest).await, Ok(None));
    store
        .complete(grant, PATH.into(), digest, 2)
        .await
        .expect("complete");
    assert_eq!(store.uploaded(grant, digest).await, Ok(Some(2)));
    assert_eq!(at(PATH).await, None);
    assert_eq!(store.attachment_piece(grant, digest, 0).await, Ok(None));
    announce(store, digest).await;
    assert_eq!(
        at(PATH).await,
        Some(StoredAttachment {
            digest,
            size: 2,
            pieces: 2
        })
    );
    assert_eq!(
        store.attachment_piece(grant, digest, 1).await,
        Ok(Some(b"b".to_vec()))
    );
    let next = Digest::of(b"next");
    assert_eq!(put(store, piece(PATH, 0, "next")).await, PieceOutcome::Kept);
    store
        .complete(grant, PATH.into(), next, 4)
        .await
        .expect("complete");
    assert_eq!(
        at(PATH).await.map(|kept| kept.digest),
        Some(digest),
        "not announced yet"
    );
    announce(store, next).await;
    assert_eq!(at(PATH).await.map(|kept| kept.digest), Some(next));
    assert_eq!(
        store.attachment_piece(grant, digest, 0).await,
        Ok(None),
        "replaced"
    );
    // The same bytes again, announced again: one of them stays.
    assert_eq!(put(store, piece(PATH, 0, "next")).await, PieceOutcome::Kept);
    store
        .complete(grant, PATH.into(), next, 4)
        .await
        .expect("complete");
    announce(store, next).await;
    assert_eq!(at(PATH).await.map(|kept| kept.digest), Some(next));
}

/// Announces without an act: what the log says is the ledger's concern.
async fn announce<S: Store>(store: &S, digest: Digest) {
    let head = store.head().await.expect("a head");
    let batch = crate::Batch {
        expected: head,
        entries: Vec::new(),
        head,
        shares: vec![crate::ShareChange::Announce {
            grant: fixture::jti(70),
            digest,
        }],
    };
    store.append(batch).await.expect("an announcement");
}

async fn goes_when_it_is_removed_or_its_time_is_over<S: Store>(store: &S) {
    let grant = fixture::jti(70);
    store
        .remove_attachment(grant, PATH.into())
        .await
        .expect("removed");
    assert_eq!(store.attachment(grant, PATH.into()).await, Ok(None));
    let digest = Digest::of(b"x");
    for over in [false, true] {
        assert_eq!(put(store, piece(PATH, 0, "x")).await, PieceOutcome::Kept);
        store
            .complete(grant, PATH.into(), digest, 1)
            .await
            .expect("complete");
        announce(store, digest).await;
        let end = fixture::start().plus(100);
        if over {
            assert_eq!(store.destroy_expired(end.plus(-1)).await, Ok(Some(end)));
            assert_eq!(store.destroy_expired(end).await, Ok(None));
        } else {
            store.destroy(grant).await.expect("destroyed");
        }
        assert_eq!(store.attachment_piece(grant, digest, 0).await, Ok(None));
        assert_eq!(store.uploaded(grant, digest).await, Ok(None));
    }
}

async fn takes_so_many_and_no_more<S: Store>(store: &S) {
    for number in 0..ATTACHMENTS_AT_MOST {
        let path = format!("documents.n{number}");
        assert_eq!(put(store, piece(&path, 0, "x")).await, PieceOutcome::Kept);
    }
    assert_eq!(
        put(store, piece("documents.more", 0, "x")).await,
        PieceOutcome::TooMany
    );
    assert_eq!(
        put(store, piece("documents.n0", 0, "y")).await,
        PieceOutcome::Kept
    );
    store.destroy(fixture::jti(70)).await.expect("destroyed");
}
