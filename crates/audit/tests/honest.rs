//! A verifier that keeps its word passes, at every size, visit after visit.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of the tests fail like them"
)]

mod support;

use std::fs;

use audit::{AuditError, Auditor};
use protocol::UnixMillis;
use support::{BASE, Honest, Line, codes, visit};

#[tokio::test]
async fn every_size_holds_and_the_next_visit_proves_growth() {
    let dir = tempfile::tempdir().unwrap();
    let mut verifier = Honest::new();
    for size in [1, 2, 5, 255, 256, 257, 511, 512, 700] {
        verifier.grow_to(size);
        let visit = visit(dir.path(), &verifier, Line::to(&verifier))
            .await
            .unwrap();
        assert!(visit.is_ok(), "{size}: {:?}", visit.findings.told());
        assert_eq!(visit.head, Some(verifier.tree().head()));
        assert_eq!(visit.replay.size(), size as u64);
    }
    let visit = visit(dir.path(), &verifier, Line::to(&verifier))
        .await
        .unwrap();
    assert_eq!((visit.last, visit.visits.len()), (visit.head, 10));
}

#[tokio::test]
async fn full_bundles_are_fetched_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut verifier = Honest::new();
    verifier.grow_to(600);
    visit(dir.path(), &verifier, Line::to(&verifier))
        .await
        .unwrap();
    verifier.grow_to(800);
    let line = Line::to(&verifier);
    assert!(
        visit(dir.path(), &verifier, line.clone())
            .await
            .unwrap()
            .is_ok()
    );
    let asked = line.asked();
    let bundles: Vec<_> = asked
        .iter()
        .filter(|path| path.contains("entries"))
        .collect();
    assert_eq!(
        bundles,
        ["/log/tile/entries/002", "/log/tile/entries/003.p/32"]
    );
    assert!(!asked.contains(&"/log/tile/0/000".to_owned()), "{asked:?}");
}

#[tokio::test]
async fn a_partial_bundle_or_tile_may_have_become_a_full_one() {
    let dir = tempfile::tempdir().unwrap();
    let mut verifier = Honest::new();
    verifier.grow_to(300);
    let mut later = verifier.clone();
    later.grow_to(512);
    let line = Line::changed(&verifier, move |path| {
        if path.contains(".p/") && !path.contains("tile/1/") {
            return Some(Ok(support::missing()));
        }
        (path == "/log/tile/entries/001" || path == "/log/tile/0/001")
            .then(|| Ok(later.answer(path, None)))
    });
    let visit = visit(dir.path(), &verifier, line).await.unwrap();
    assert!(visit.is_ok(), "{:?}", visit.findings.told());
}

#[tokio::test]
async fn a_damaged_folder_is_fetched_anew_and_nobody_is_accused() {
    let dir = tempfile::tempdir().unwrap();
    let mut verifier = Honest::new();
    verifier.grow_to(600);
    visit(dir.path(), &verifier, Line::to(&verifier))
        .await
        .unwrap();
    let path = dir.path().join("entries");
    let good = fs::read(&path).unwrap();
    for damage in [
        |bytes: &mut Vec<u8>| bytes[40] ^= 1,
        |bytes: &mut Vec<u8>| bytes.truncate(3000),
        |bytes: &mut Vec<u8>| bytes.clear(),
    ] {
        let mut bytes = good.clone();
        damage(&mut bytes);
        fs::write(&path, &bytes).unwrap();
        let visit = visit(dir.path(), &verifier, Line::to(&verifier))
            .await
            .unwrap();
        assert!(visit.is_ok(), "{:?}", visit.findings.told());
        assert_eq!(fs::read(&path).unwrap(), good);
    }
}

#[tokio::test]
async fn the_key_is_never_taken_from_the_verifier() {
    let dir = tempfile::tempdir().unwrap();
    let verifier = Honest::new();
    let line = || Line::to(&verifier);
    let open = |url: Option<&str>, key: Option<&str>| {
        Auditor::open(dir.path(), url, key, line()).map(|_| ())
    };
    assert_eq!(open(Some(BASE), None), Err(AuditError::NoKey));
    assert_eq!(open(None, Some("x")), Err(AuditError::NoVerifier));
    assert!(matches!(
        open(Some(BASE), Some("nonsense")),
        Err(AuditError::BadKey(_))
    ));
    assert!(
        fs::metadata(dir.path().join("pin.json")).is_err(),
        "nothing is pinned by a mistake"
    );
    open(Some(BASE), Some(&verifier.vkey())).unwrap();
    open(None, None).unwrap();
    open(Some("https://verifier.example/"), None).unwrap();
    assert!(matches!(
        open(Some("https://other.example"), None),
        Err(AuditError::OtherVerifier(_))
    ));
    let other = Honest {
        log_seed: 9,
        ..Honest::new()
    };
    assert!(matches!(
        open(None, Some(&other.vkey())),
        Err(AuditError::OtherKey(_))
    ));
}

#[tokio::test]
async fn one_audit_at_a_time_in_a_folder() {
    let dir = tempfile::tempdir().unwrap();
    let verifier = Honest::new();
    let first = Auditor::open(
        dir.path(),
        Some(BASE),
        Some(&verifier.vkey()),
        Line::to(&verifier),
    )
    .unwrap();
    let second = Auditor::open(dir.path(), None, None, Line::to(&verifier)).map(|_| ());
    assert!(matches!(second, Err(AuditError::InUse(_))));
    drop(first);
    assert!(Auditor::open(dir.path(), None, None, Line::to(&verifier)).is_ok());
}

#[tokio::test]
async fn what_cannot_be_asked_is_no_finding() {
    let dir = tempfile::tempdir().unwrap();
    let mut verifier = Honest::new();
    verifier.grow_to(300);
    for broken in [
        "/.well-known/assent-verifier",
        "/v1/registry",
        "/v1/status/0",
        "/log/checkpoint",
        "/log/tile/entries/000",
        "/log/tile/0/000",
    ] {
        let line = Line::changed(&verifier, move |path| {
            (path == broken).then(|| {
                Err(protocol::TransportError::Unreachable(
                    "verifier.example".into(),
                ))
            })
        });
        assert!(
            matches!(
                visit(dir.path(), &verifier, line).await,
                Err(AuditError::Transport(_))
            ),
            "{broken}"
        );
        let line = Line::changed(&verifier, move |path| {
            let mut answer = support::missing();
            *answer.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
            (path == broken).then_some(Ok(answer))
        });
        assert!(
            matches!(
                visit(dir.path(), &verifier, line).await,
                Err(AuditError::Unanswered { status: 503, .. })
            ),
            "{broken}"
        );
    }
    let visit = visit(dir.path(), &verifier, Line::to(&verifier))
        .await
        .unwrap();
    assert_eq!(codes(&visit), [""; 0]);
    assert_eq!(visit.at, UnixMillis(verifier.now + 2_000));
}
