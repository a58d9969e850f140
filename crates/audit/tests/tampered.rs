//! A verifier that breaks its word is found out, and each fault has its own code.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of the tests fail like them"
)]

mod support;

use std::fs;

use audit::Visit;
use bytes::Bytes;
use consent_token::{
    id::Digest,
    jws::{self, Header},
    key::SigningKey,
};
use http::Response;
use protocol::{Entry, Slot, UnixMillis, status_token};
use serde_json::json;
use support::{Honest, Line, codes, missing, ok, registrar, registry, status_key, tagged, visit};
use tempfile::TempDir;

fn grown() -> Honest {
    let mut verifier = Honest::new();
    verifier.grow_to(600);
    verifier
}

/// The codes of a first visit where `path` is answered with `answer`.
async fn changed(
    verifier: &Honest,
    path: &'static str,
    answer: Response<Bytes>,
) -> Vec<&'static str> {
    let dir = tempfile::tempdir().unwrap();
    let line = Line::changed(verifier, move |asked| {
        (asked == path).then(|| Ok(answer.clone()))
    });
    codes(&visit(dir.path(), verifier, line).await.unwrap())
}

/// A folder that has seen `verifier`.
async fn seen(verifier: &Honest) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    assert!(
        visit(dir.path(), verifier, Line::to(verifier))
            .await
            .unwrap()
            .is_ok()
    );
    dir
}

async fn again(dir: &TempDir, verifier: &Honest) -> Visit {
    visit(dir.path(), verifier, Line::to(verifier))
        .await
        .unwrap()
}

/// A bundle of 256 entries with one of them changed.
fn with_changed_entry(verifier: &Honest, at: usize) -> Response<Bytes> {
    let mut other = verifier.clone();
    let entry = Entry::parse(&other.entries[at]).unwrap();
    let changed = match entry {
        Entry::Status {
            at,
            exp,
            slot,
            status,
            v,
            ..
        } => Entry::Status {
            at,
            digest: Digest::of(b"other"),
            exp,
            slot,
            status,
            v,
        },
        Entry::Act { at, v, .. } => Entry::Act {
            at,
            digest: Digest::of(b"other"),
            v,
        },
    };
    other.entries[at] = changed.to_canonical();
    other.answer(&format!("/log/tile/entries/{:03}", at / 256), None)
}

#[tokio::test]
async fn a_forked_log_is_shown_with_both_checkpoints() {
    let verifier = grown();
    let dir = seen(&verifier).await;
    let mut forked = verifier.clone();
    forked.entries[300] = Entry::Act {
        at: UnixMillis(support::START),
        digest: Digest::of(b"other"),
        v: 1,
    }
    .to_canonical();
    forked.entries[301] = forked.entries[300].clone();
    forked.grow_to(700);
    let visit = again(&dir, &forked).await;
    assert!(
        codes(&visit).contains(&"log_forked") && !codes(&visit).contains(&"root_mismatch"),
        "{:?}",
        codes(&visit)
    );
    for (name, log) in [
        ("checkpoint-600-seen", &verifier),
        ("checkpoint-700-now", &forked),
    ] {
        let kept = fs::read_to_string(dir.path().join("evidence").join(name)).unwrap();
        assert_eq!(kept, log.checkpoint().to_string());
    }
    assert!(
        again(&dir, &verifier).await.is_ok(),
        "what was seen first stays what counts"
    );
}

#[tokio::test]
async fn a_fork_of_the_same_size_is_a_fork() {
    let verifier = grown();
    let dir = seen(&verifier).await;
    let mut forked = verifier.clone();
    forked.entries.pop();
    forked.act("other");
    assert!(codes(&again(&dir, &forked).await).contains(&"log_forked"));
}

#[tokio::test]
async fn a_rolled_back_log_is_found() {
    let mut verifier = grown();
    let before = verifier.clone();
    verifier.grow_to(700);
    let dir = seen(&verifier).await;
    assert_eq!(codes(&again(&dir, &before).await), ["log_rolled_back"]);
    assert!(dir.path().join("evidence/checkpoint-700-seen").exists());
    assert!(again(&dir, &verifier).await.is_ok());
}

#[tokio::test]
async fn a_checkpoint_of_another_key_is_none() {
    let verifier = grown();
    let other = Honest {
        log_seed: 9,
        ..verifier.clone()
    };
    assert_eq!(
        changed(
            &verifier,
            "/log/checkpoint",
            ok(other.checkpoint().to_string())
        )
        .await,
        ["checkpoint_unsigned"]
    );
    assert_eq!(
        changed(&verifier, "/log/checkpoint", ok("nothing")).await,
        ["checkpoint_unsigned"]
    );
    assert_eq!(
        changed(&verifier, "/log/checkpoint", missing()).await,
        ["checkpoint_unsigned"]
    );
}

#[tokio::test]
async fn a_changed_entry_leads_to_another_root() {
    let verifier = grown();
    let found = changed(
        &verifier,
        "/log/tile/entries/001",
        with_changed_entry(&verifier, 300),
    )
    .await;
    assert_eq!(found, ["root_mismatch", "tile_mismatch"]);
}

#[tokio::test]
async fn a_changed_entry_is_not_called_a_fork() {
    let mut verifier = grown();
    let dir = seen(&verifier).await;
    verifier.grow_to(800);
    let answer = with_changed_entry(&verifier, 600);
    let line = Line::changed(&verifier, move |path| {
        (path == "/log/tile/entries/002").then(|| Ok(answer.clone()))
    });
    let found = codes(&visit(dir.path(), &verifier, line).await.unwrap());
    assert!(
        found.contains(&"root_mismatch") && !found.contains(&"log_forked"),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_missing_or_cut_bundle_is_missing_entries() {
    let verifier = grown();
    let found = changed(&verifier, "/log/tile/entries/001", missing()).await;
    assert!(
        found.contains(&"entry_missing") && !found.contains(&"root_mismatch"),
        "{found:?}"
    );
    let whole = verifier.answer("/log/tile/entries/001", None).into_body();
    for cut in [
        whole.slice(..whole.len() - 1),
        whole.slice(..1),
        [&whole[..], b"x"].concat().into(),
    ] {
        let found = changed(&verifier, "/log/tile/entries/001", ok(cut)).await;
        assert!(found.contains(&"entry_missing"), "{found:?}");
    }
}

#[tokio::test]
async fn a_swapped_or_missing_tile_is_found() {
    let verifier = grown();
    let other = verifier.answer("/log/tile/0/000", None);
    assert_eq!(
        changed(&verifier, "/log/tile/0/001", other).await,
        ["tile_mismatch"]
    );
    assert_eq!(
        changed(&verifier, "/log/tile/0/001", missing()).await,
        ["tile_mismatch"]
    );
    assert_eq!(
        changed(&verifier, "/log/tile/1/000.p/2", missing()).await,
        ["tile_mismatch"]
    );
}

#[tokio::test]
async fn entries_of_other_shapes_are_found_in_a_log_that_is_otherwise_sound() {
    let mut verifier = grown();
    let good = String::from_utf8(verifier.entries[600 - 1].clone()).unwrap();
    verifier
        .entries
        .push(br#"{"at":1,"name":"somebody"}"#.to_vec());
    verifier
        .entries
        .push(good.replace("{\"at\"", "{ \"at\"").into_bytes());
    verifier.push(&Entry::Act {
        at: UnixMillis(support::START),
        digest: Digest::of(b"x"),
        v: 1,
    });
    let visit = again(&tempfile::tempdir().unwrap(), &verifier).await;
    assert_eq!(
        codes(&visit),
        ["entry_malformed", "entry_not_canonical", "time_went_back"]
    );
    assert_eq!(
        visit
            .findings
            .told()
            .iter()
            .map(|f| f.index)
            .collect::<Vec<_>>(),
        [Some(600), Some(601), Some(602)]
    );
}

#[tokio::test]
async fn a_revocation_that_is_taken_back_is_unlawful() {
    let mut verifier = Honest::new();
    verifier.grant(Slot(0, 9), "a");
    verifier.set(Slot(0, 9), 1);
    let index = verifier.set(Slot(0, 9), 0);
    let visit = again(&tempfile::tempdir().unwrap(), &verifier).await;
    assert_eq!(codes(&visit), ["status_unlawful"]);
    assert_eq!(visit.findings.told()[0].index, Some(index));
}

#[tokio::test]
async fn one_flipped_bit_of_a_list_is_found() {
    let verifier = grown();
    let mut list = verifier.list(0, |_, _| true);
    list.set(7, 1 ^ list.get(7).unwrap()).unwrap();
    let answer = verifier.listed(0, &list, verifier.now / 1000, 600);
    assert_eq!(
        changed(&verifier, "/v1/status/0", answer).await,
        ["list_mismatch"]
    );
    let mut list = verifier.list(0, |_, _| true);
    list.set(1_048_575, 0).unwrap();
    let answer = verifier.listed(0, &list, verifier.now / 1000, 600);
    assert_eq!(
        changed(&verifier, "/v1/status/0", answer).await,
        ["list_mismatch"]
    );
}

#[tokio::test]
async fn a_list_is_compared_at_the_size_that_it_names() {
    let verifier = grown();
    let list = verifier.list(0, |_, index| index < 595);
    let answer = |size| verifier.listed(0, &list, verifier.now / 1000, size);
    assert_eq!(
        changed(&verifier, "/v1/status/0", answer(595)).await,
        [""; 0]
    );
    assert_eq!(
        changed(&verifier, "/v1/status/0", answer(600)).await,
        ["list_mismatch"]
    );
    assert_eq!(
        changed(&verifier, "/v1/status/0", answer(601)).await,
        ["list_ahead"]
    );
}

#[tokio::test]
async fn a_list_that_withholds_a_change_is_found() {
    let verifier = grown();
    let list = verifier.list(0, |_, index| index < 500);
    let answer = verifier.listed(0, &list, verifier.now / 1000, 500);
    assert_eq!(
        changed(&verifier, "/v1/status/0", answer).await,
        ["list_withheld"]
    );
}

#[tokio::test]
async fn a_list_without_exp_is_found() {
    let verifier = grown();
    let list = verifier.list(0, |_, _| true);
    let mut claims = serde_json::to_value(verifier.claims(0, &list, verifier.now / 1000)).unwrap();
    claims.as_object_mut().unwrap().remove("exp");
    let header = Header::with_kid(status_token::STATUS_LIST_TYP, status_key().thumbprint());
    let token = jws::sign(&header, &claims, &status_key()).unwrap();
    assert_eq!(
        changed(&verifier, "/v1/status/0", tagged(token, 0, 600)).await,
        ["list_without_exp"]
    );
}

#[tokio::test]
async fn a_list_that_is_expired_unsigned_untagged_or_immutable_is_found() {
    let verifier = grown();
    let list = verifier.list(0, |_, _| true);
    for seconds in [-90_000, 90_000] {
        let other = verifier.listed(0, &list, verifier.now / 1000 + seconds, 600);
        let dir = tempfile::tempdir().unwrap();
        let line = Line::changed(&verifier, move |asked| {
            (asked == "/v1/status/0").then(|| Ok(other.clone()))
        });
        let visit = visit(dir.path(), &verifier, line).await.unwrap();
        assert_eq!(codes(&visit), ["list_expired"]);
        // The auditor's own clock may be what is wrong.
        assert!(!visit.is_ok() && visit.is_unclear());
    }
    let mut never = verifier.claims(0, &list, verifier.now / 1000);
    never.exp = never.iat;
    let never = status_token::sign(&never, &status_key());
    assert_eq!(
        changed(&verifier, "/v1/status/0", tagged(never, 0, 600)).await,
        ["list_unsigned"]
    );
    let other = SigningKey::from_seed([9; 32]);
    let forged = status_token::sign(&verifier.claims(0, &list, verifier.now / 1000), &other);
    assert_eq!(
        changed(&verifier, "/v1/status/0", tagged(forged, 0, 600)).await,
        ["list_unsigned"]
    );
    let another = status_token::sign(
        &verifier.claims(1, &list, verifier.now / 1000),
        &status_key(),
    );
    assert_eq!(
        changed(&verifier, "/v1/status/0", tagged(another, 0, 600)).await,
        ["list_unsigned"]
    );
    let mut untagged = verifier.answer("/v1/status/0", None);
    untagged.headers_mut().remove("etag");
    assert_eq!(
        changed(&verifier, "/v1/status/0", untagged).await,
        ["list_untagged"]
    );
    let mut immutable = verifier.answer("/v1/status/0", None);
    immutable.headers_mut().insert(
        "cache-control",
        "public, max-age=60, Immutable".parse().unwrap(),
    );
    assert_eq!(
        changed(&verifier, "/v1/status/0", immutable).await,
        ["list_immutable"]
    );
    assert_eq!(
        changed(&verifier, "/v1/status/0", missing()).await,
        ["list_missing"]
    );
}

#[tokio::test]
async fn a_false_past_is_found() {
    let verifier = grown();
    let dir = tempfile::tempdir().unwrap();
    let liar = verifier.clone();
    let line = Line::changed(&verifier, move |path| {
        let time = path.strip_prefix("/v1/status/0?time=")?.parse().unwrap();
        let mut list = liar.list(0, |entry, _| entry.at().0 < (time + 1) * 1000);
        list.set(7, 1 ^ list.get(7).unwrap()).unwrap();
        Some(Ok(liar.listed(0, &list, time, 600)))
    });
    assert_eq!(
        codes(&visit(dir.path(), &verifier, line).await.unwrap()),
        ["history_mismatch"]
    );
}

#[tokio::test]
async fn a_swapped_registry_is_found() {
    let verifier = grown();
    let proof = verifier.answer("/v1/registry", None).headers()["assent-proof"].clone();
    let served = |text: String| {
        let mut answer = ok(text);
        answer.headers_mut().insert("assent-proof", proof.clone());
        answer
    };
    let forged = registry(2, &[8]).sign(&SigningKey::from_seed([9; 32]));
    assert_eq!(
        changed(&verifier, "/v1/registry", served(forged)).await,
        ["registry_unsigned"]
    );
    let unlogged = registry(2, &[8]).sign(&registrar());
    assert_eq!(
        changed(&verifier, "/v1/registry", served(unlogged)).await,
        ["registry_unlogged"]
    );
    assert_eq!(
        changed(
            &verifier,
            "/v1/registry",
            ok(verifier.registry_text.clone())
        )
        .await,
        ["registry_unlogged"]
    );
}

#[tokio::test]
async fn a_registry_never_goes_back_and_never_swaps_a_key() {
    let mut verifier = grown();
    verifier.replace_registry(registry(2, &[7]));
    let dir = seen(&verifier).await;
    for (next, code) in [
        (registry(1, &[7]), "registry_rolled_back"),
        (registry(3, &[8]), "agency_key_swapped"),
        (registry(2, &[]), "registry_rolled_back"),
    ] {
        let mut liar = verifier.clone();
        liar.replace_registry(next);
        let copy = tempfile::tempdir().unwrap();
        for file in fs::read_dir(dir.path())
            .unwrap()
            .map(Result::unwrap)
            .filter(|file| file.file_type().unwrap().is_file())
        {
            fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
        }
        assert_eq!(codes(&again(&copy, &liar).await), [code]);
    }
    assert_eq!(
        codes(&{
            let line = Line::changed(&verifier, |path| {
                (path == "/v1/registry").then(|| Ok(missing()))
            });
            visit(dir.path(), &verifier, line).await.unwrap()
        }),
        ["registry_rolled_back"]
    );
}

#[tokio::test]
async fn other_keys_than_at_the_first_visit_are_found() {
    let verifier = grown();
    let dir = seen(&verifier).await;
    let other = Honest {
        log_seed: 9,
        ..verifier.clone()
    };
    let line = Line::changed(&verifier, move |path| {
        path.contains("well-known")
            .then(|| Ok(other.answer(path, None)))
    });
    assert_eq!(
        codes(&visit(dir.path(), &verifier, line).await.unwrap()),
        ["verifier_key_changed"]
    );
    let mut metadata = serde_json::to_value(verifier.metadata()).unwrap();
    metadata["jwks"]["keys"][0]["x"] = json!(SigningKey::from_seed([9; 32]).public().jwk().x());
    let line = Line::changed(&verifier, move |path| {
        path.contains("well-known")
            .then(|| Ok(ok(metadata.to_string())))
    });
    assert_eq!(
        codes(&visit(dir.path(), &verifier, line).await.unwrap()),
        ["verifier_key_changed"]
    );
}
