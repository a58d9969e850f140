//! What is fetched serves checks offline, in a later process too; what does not hold is never taken over.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of the tests fail like them"
)]

mod support;

use std::fs;

use agency::{AgencyError, Ask, Cache, Checker, Identity};
use consent_token::{Refusal, id::UnixSeconds, key::SigningKey};
use protocol::{VerifierClient, registry::RegistryKey};
use support::{BASE, Double, NOW, agency, now, token};
use tempfile::TempDir;

struct Scene {
    dir: TempDir,
    agency: Identity,
    double: Double,
    client: VerifierClient<Double>,
}

fn scene() -> Scene {
    let dir = tempfile::tempdir().unwrap();
    let agency = agency(dir.path());
    let double = Double::new(&agency);
    let client = VerifierClient::new(BASE, double.clone());
    Scene {
        dir,
        agency,
        double,
        client,
    }
}

impl Scene {
    async fn fetched(&self) -> Cache {
        let mut cache = Cache::open(&self.agency).unwrap();
        cache.connect(&self.client, None).await.unwrap();
        cache.refresh_registry(&self.client).await.unwrap();
        cache
            .refresh_lists(&self.client, None, now())
            .await
            .unwrap();
        self.double.asked();
        cache
    }

    /// A check in a process that starts at `at` and has the folder only.
    fn offline(&self, at: UnixSeconds) -> Result<(), Refusal> {
        let agency = Identity::open(self.dir.path()).unwrap();
        let cache = Cache::open(&agency).unwrap();
        let token = token(&agency, 9, 0);
        Checker::new(cache.view(&agency, at))
            .check(&token, at, &Ask::default())
            .map(|_| ())
    }

    fn at(&self, seconds: i64) -> UnixSeconds {
        self.double.set(|state| state.now = NOW + seconds);
        now().plus(seconds)
    }
}

#[tokio::test]
async fn a_later_process_checks_offline_until_the_lists_end() {
    let scene = scene();
    assert_eq!(
        scene.offline(now()),
        Err(Refusal::UnknownAgency),
        "nothing was fetched yet"
    );
    scene.fetched().await;
    assert_eq!(scene.offline(now()), Ok(()));
    assert_eq!(scene.offline(now().plus(86_399)), Ok(()));
    assert_eq!(
        scene.offline(now().plus(86_400)),
        Err(Refusal::StatusUnavailable)
    );
}

#[tokio::test]
async fn a_damaged_or_missing_copy_is_a_no() {
    let scene = scene();
    scene.fetched().await;
    let path = scene.dir.path().join("cache/status-0.json");
    let good = fs::read_to_string(&path).unwrap();
    let forged = good.replace("\"token\": \"ey", "\"token\": \"eY");
    for bad in ["", "{}", &good[..good.len() / 2], &forged] {
        fs::write(&path, bad).unwrap();
        assert_eq!(scene.offline(now()), Err(Refusal::StatusUnavailable));
    }
    fs::remove_file(&path).unwrap();
    assert_eq!(scene.offline(now()), Err(Refusal::StatusUnavailable));
}

#[tokio::test]
async fn a_fresh_list_is_not_asked_for_and_an_unchanged_one_not_sent_again() {
    let scene = scene();
    let mut cache = scene.fetched().await;
    let done = cache
        .refresh_lists(&scene.client, None, scene.at(59))
        .await
        .unwrap();
    assert_eq!(
        (done.fetched, done.unchanged, scene.double.asked().len()),
        (0, 0, 0)
    );
    let done = cache
        .refresh_lists(&scene.client, None, scene.at(60))
        .await
        .unwrap();
    assert_eq!((done.fetched, done.unchanged), (0, 1));
    let done = cache
        .refresh_lists(&scene.client, None, scene.at(100))
        .await
        .unwrap();
    assert_eq!(done, Default::default(), "a 304 makes it fresh again");
    scene.double.set(|state| state.signed = NOW + 120);
    let done = cache
        .refresh_lists(&scene.client, None, scene.at(120))
        .await
        .unwrap();
    assert_eq!((done.fetched, done.unchanged), (1, 0));
}

#[tokio::test]
async fn who_has_heard_of_a_change_does_not_wait_until_the_list_is_stale() {
    let scene = scene();
    let mut cache = scene.fetched().await;
    scene
        .double
        .set(|state| (state.status, state.signed) = (1, NOW + 1));
    let long_ago = now().plus(-3600);
    let done = cache
        .renew_lists(&scene.client, long_ago, scene.at(1))
        .await;
    assert_eq!(done.unwrap(), Default::default(), "the list knows of it");
    assert_eq!(scene.offline(now().plus(1)), Ok(()));
    let done = cache.renew_lists(&scene.client, now(), scene.at(1)).await;
    assert_eq!(done.unwrap().fetched, 1);
    assert_eq!(scene.offline(now().plus(1)), Err(Refusal::Revoked));
}

#[tokio::test]
async fn a_revocation_counts_after_the_next_refresh_and_cannot_be_undone_by_an_older_list() {
    let scene = scene();
    let mut cache = scene.fetched().await;
    scene
        .double
        .set(|state| (state.status, state.signed) = (1, NOW + 100));
    cache
        .refresh_lists(&scene.client, None, scene.at(100))
        .await
        .unwrap();
    assert_eq!(scene.offline(now().plus(100)), Err(Refusal::Revoked));
    scene
        .double
        .set(|state| (state.status, state.signed) = (0, NOW));
    cache
        .refresh_lists(&scene.client, None, scene.at(200))
        .await
        .unwrap();
    assert_eq!(scene.offline(now().plus(200)), Err(Refusal::Revoked));
}

#[tokio::test]
async fn a_list_that_does_not_hold_is_not_taken_over() {
    let scene = scene();
    let mut cache = scene.fetched().await;
    scene
        .double
        .set(|state| (state.status_seed, state.signed) = (8, NOW + 100));
    let refused = cache
        .refresh_lists(&scene.client, None, scene.at(100))
        .await;
    assert!(
        matches!(refused, Err(AgencyError::StatusList(_))),
        "{refused:?}"
    );
    scene
        .double
        .set(|state| (state.status_seed, state.no_exp) = (2, true));
    let refused = cache
        .refresh_lists(&scene.client, None, scene.at(100))
        .await;
    assert!(
        matches!(refused, Err(AgencyError::StatusList(_))),
        "{refused:?}"
    );
    scene
        .double
        .set(|state| (state.no_exp, state.signed) = (false, NOW - 90_000));
    let refused = cache
        .refresh_lists(&scene.client, None, scene.at(100))
        .await;
    assert!(
        matches!(refused, Err(AgencyError::StatusList(_))),
        "{refused:?}"
    );
    assert_eq!(
        scene.offline(now().plus(100)),
        Ok(()),
        "the one from before is still good"
    );
}

#[tokio::test]
async fn only_lists_of_the_pinned_verifier_are_fetched() {
    let scene = scene();
    let mut cache = scene.fetched().await;
    let at = scene.at(100);
    for uri in [
        "https://evil.example/v1/status/0",
        "https://verifier.example/v1/status/x",
        "https://verifier.example/other",
    ] {
        cache
            .refresh_lists(&scene.client, Some(uri), at)
            .await
            .unwrap();
    }
    cache
        .refresh_lists(
            &scene.client,
            Some("https://verifier.example/v1/status/3"),
            at,
        )
        .await
        .unwrap();
    assert_eq!(
        scene.double.asked(),
        ["GET /v1/status/0", "GET /v1/status/3"]
    );
}

#[tokio::test]
async fn when_the_network_is_down_what_is_kept_stays_in_use() {
    let scene = scene();
    let mut cache = scene.fetched().await;
    scene.double.set(|state| state.down = true);
    assert!(matches!(
        cache
            .refresh_lists(&scene.client, None, scene.at(100))
            .await,
        Err(AgencyError::Client(_))
    ));
    assert!(matches!(
        cache.refresh_registry(&scene.client).await,
        Err(AgencyError::Client(_))
    ));
    assert_eq!(scene.offline(now().plus(100)), Ok(()));
}

#[tokio::test]
async fn another_verifier_than_the_pinned_one_is_refused() {
    let scene = scene();
    scene.fetched().await;
    let mut cache = Cache::open(&scene.agency).unwrap();
    for change in [
        |state: &mut support::State| state.log_seed = 9,
        |state: &mut support::State| (state.log_seed, state.status_seed) = (1, 9),
    ] {
        scene.double.set(change);
        assert!(matches!(
            cache.connect(&scene.client, None).await,
            Err(AgencyError::VerifierChanged(..))
        ));
    }
    scene.double.set(|state| state.status_seed = 2);
    assert!(matches!(
        cache.connect(&scene.client, Some("another+key")).await,
        Err(AgencyError::OtherLogKey(_))
    ));
    assert!(cache.connect(&scene.client, None).await.is_ok());
}

#[tokio::test]
async fn another_verifier_at_another_address_is_no_change() {
    let scene = scene();
    let pinned = scene.fetched().await.pins().unwrap().clone();
    let elsewhere = "https://other.example".to_owned();
    let mut other = pinned.clone();
    (other.url, other.issuer) = (elsewhere.clone(), elsewhere.clone());
    other.jwks.keys.clear();
    assert_eq!(
        pinned.hold(&other),
        Err(AgencyError::OtherVerifier {
            url: elsewhere.clone(),
            found: elsewhere.clone(),
            pinned: pinned.issuer.clone(),
        })
    );
    // Who says to be the same one under other keys is accused, by the address that was asked.
    other.issuer = pinned.issuer.clone();
    assert!(matches!(
        pinned.hold(&other),
        Err(AgencyError::VerifierChanged(url, _)) if url == elsewhere
    ));
    // And so is who is at the same address under another name.
    let mut renamed = pinned.clone();
    renamed.issuer = elsewhere;
    assert!(matches!(
        pinned.hold(&renamed),
        Err(AgencyError::VerifierChanged(..))
    ));
}

#[tokio::test]
async fn a_damaged_copy_of_the_registry_is_fetched_again() {
    let scene = scene();
    scene.fetched().await;
    let copy = scene.dir.path().join("cache/registry.jwt");
    for damage in [&b"half of it"[..], b"", b"\xff\xfe"] {
        fs::write(&copy, damage).unwrap();
        let mut cache = Cache::open(&scene.agency).unwrap();
        assert!(matches!(cache.sound(), Err(AgencyError::DamagedCopy(_))));
        assert!(scene.offline(now()).is_err());
        cache.connect(&scene.client, None).await.unwrap();
        cache.refresh_registry(&scene.client).await.unwrap();
        assert_eq!((cache.sound(), scene.offline(now())), (Ok(()), Ok(())));
    }
}

#[tokio::test]
async fn a_registry_that_is_unproven_or_swaps_a_key_is_not_taken_over() {
    let scene = scene();
    let mut cache = scene.fetched().await;
    scene
        .double
        .set(|state| (state.registry.serial, state.proof_of) = (2, Some("another".into())));
    assert_eq!(
        cache.refresh_registry(&scene.client).await.map(|_| ()),
        Err(AgencyError::RegistryUnproven)
    );
    scene.double.set(|state| {
        let key = RegistryKey::signing(&SigningKey::from_seed([8; 32]).public());
        (state.proof_of, state.registry.agencies[0].jwks.keys) = (None, vec![key]);
    });
    assert!(matches!(
        cache.refresh_registry(&scene.client).await,
        Err(AgencyError::Registry(_))
    ));
    scene
        .double
        .set(|state| (state.registry.serial, state.registry.agencies) = (0, vec![]));
    assert!(matches!(
        cache.refresh_registry(&scene.client).await,
        Err(AgencyError::Registry(_))
    ));
    assert_eq!(scene.offline(now()), Ok(()));
}
