//! What agencies are given: exactly what the consent names, as it is written down now, and nothing once it ended.

use consent_token::term::Release;
use protocol::share::{KemKey, KemSecret, Part, Share};
use serde_json::{Value, json};
use wallet::{Choice, Direct, Given, Grant, ShareOutcome};
use zeroize::Zeroizing;

use crate::{
    Scene,
    double::{FIRE, HEALTH, Mischief, health_keys},
};
use profile::Lang;

impl Scene {
    async fn written_down() -> Self {
        let mut scene = Scene::new().await;
        for (path, value) in [
            ("identity.name", json!({"text": "Megan Powell"})),
            ("health.conditions", json!([{"text": "asthma"}])),
            (
                "home.address",
                json!({"lines": ["1 Harbour Street"], "locality": "Aberwylan"}),
            ),
        ] {
            scene
                .wallet
                .set_data(&path.parse().unwrap(), value)
                .unwrap();
        }
        scene
    }

    fn opened(&self, grant: &Grant, part: Part) -> Share {
        self.double
            .with(|state| state.opened(grant.id, part, &health_keys()))
    }

    async fn sealed_grant(&mut self) -> Grant {
        let direct = Direct {
            release: Release::OnIncident,
            datatypes: ["health.conditions", "home.address", "home.pets"]
                .map(|path| path.parse().unwrap())
                .to_vec(),
            ..self.direct(HEALTH)
        };
        let review = self.wallet.review_direct(&direct, Lang::En).unwrap();
        let grant = self
            .wallet
            .sign(&review, &Choice::default())
            .unwrap()
            .remove(0);
        self.send().await;
        grant
    }
}

fn paths(share: &Share) -> Vec<&str> {
    share.fields.keys().map(String::as_str).collect()
}

#[tokio::test]
async fn an_agency_is_given_exactly_what_the_consent_names() {
    let mut scene = Scene::written_down().await;
    let grant = scene.grant(HEALTH).await;
    let share = scene.opened(&grant, Part::Whole);
    let named: Vec<&str> = grant.consent.datatypes.iter().map(String::as_str).collect();
    share.expect_fields(named).unwrap();
    assert_eq!(share.revision, 1);
    assert_eq!(share.fields["identity.name"]["text"], "Megan Powell");
    assert_ne!(share.fields["health.conditions"], Value::Null);
    assert!(scene.wallet.shares_waiting().unwrap().is_empty());
    assert_eq!(scene.sync().await.shared, [], "nothing is sent twice");
}

#[tokio::test]
async fn what_waits_for_an_incident_has_a_locator_apart() {
    let mut scene = Scene::written_down().await;
    let grant = scene.sealed_grant().await;
    assert_eq!(
        paths(&scene.opened(&grant, Part::Locator)),
        ["home.address"]
    );
    let whole = scene.opened(&grant, Part::Whole);
    assert_eq!(
        paths(&whole),
        ["health.conditions", "home.address", "home.pets"]
    );
    assert_eq!(
        whole.fields["home.pets"],
        Value::Null,
        "what is not written down is said to be so"
    );
}

#[tokio::test]
async fn an_edit_reaches_the_agency_at_the_next_contact() {
    let mut scene = Scene::written_down().await;
    let grant = scene.grant(HEALTH).await;
    let path = "health.conditions".parse().unwrap();
    scene
        .wallet
        .set_data(&path, json!([{"text": "epilepsy"}]))
        .unwrap();
    assert_eq!(scene.wallet.shares_waiting().unwrap(), [grant.id]);
    let summary = scene.sync().await;
    assert_eq!(
        summary.shared[0].outcome,
        ShareOutcome::Sent { revision: 2 }
    );
    assert_eq!(
        scene.opened(&grant, Part::Whole).fields["health.conditions"][0]["text"],
        "epilepsy"
    );
    scene.wallet.remove_data(&path).unwrap();
    scene.sync().await;
    assert_eq!(
        scene.opened(&grant, Part::Whole).fields["health.conditions"],
        Value::Null
    );
}

#[tokio::test]
async fn a_lost_answer_or_connection_is_mended_at_the_next_contact() {
    let mut scene = Scene::written_down().await;
    let grant = scene.sign(HEALTH);
    scene.double.mischief(Mischief::Faulty);
    let summary = scene.send().await;
    let waits = ShareOutcome::Waits {
        reason: "internal".into(),
    };
    assert_eq!(summary.shared[0].outcome, waits);
    assert_eq!(scene.wallet.shares_waiting().unwrap(), [grant.id]);
    scene.double.mischief(Mischief::None);
    // The first number may have been used, so that the next one is above it.
    assert_eq!(
        scene.sync().await.shared[0].outcome,
        ShareOutcome::Sent { revision: 2 }
    );
    assert_eq!(scene.opened(&grant, Part::Whole).revision, 2);
}

#[tokio::test]
async fn parts_that_were_cut_apart_are_sent_again_together() {
    let mut scene = Scene::written_down().await;
    let grant = scene.sealed_grant().await;
    let path = "home.address".parse().unwrap();
    let moved = json!({"lines": ["9 Hill Road"], "locality": "Aberwylan"});
    scene.wallet.set_data(&path, moved).unwrap();
    // The locator is announced, but its answer is lost, and the rest never leaves.
    scene.double.mischief(Mischief::LoseAnswer);
    assert!(matches!(
        scene.send().await.shared[0].outcome,
        ShareOutcome::Waits { .. }
    ));
    let parts = |scene: &Scene| {
        [Part::Locator, Part::Whole].map(|part| scene.opened(&grant, part).revision)
    };
    assert_eq!(parts(&scene), [2, 1]);
    assert_eq!(scene.sync().await.shares_waiting, []);
    assert_eq!(parts(&scene), [3, 3]);
    for part in [Part::Locator, Part::Whole] {
        let address = &scene.opened(&grant, part).fields["home.address"];
        assert_eq!(address["lines"][0], "9 Hill Road");
    }
}

#[tokio::test]
async fn who_gets_a_change_is_known_before_it_is_sent() {
    let mut scene = Scene::written_down().await;
    let (one, two) = (scene.grant(HEALTH).await, scene.grant(FIRE).await);
    scene.wallet.revoke(&two.id, None).unwrap();
    let given = |scene: &mut Scene, path: &str| {
        let grants = scene.wallet.given_to(&path.parse().unwrap()).unwrap();
        grants.iter().map(|grant| grant.id).collect::<Vec<_>>()
    };
    assert_eq!(given(&mut scene, "health.conditions"), [one.id]);
    assert_eq!(given(&mut scene, "home.pets"), []);
}

#[tokio::test]
async fn what_is_announced_is_kept_in_the_history() {
    let mut scene = Scene::written_down().await;
    let grant = scene.grant(HEALTH).await;
    scene.sync().await;
    let history = scene.wallet.history(&grant.id).unwrap();
    let shared = history.iter().find_map(|event| event.share.clone());
    let (digest, size) = scene.double.with(|state| {
        let bytes = state.shares[0].2.to_bytes();
        (consent_token::id::Digest::of(&bytes), bytes.len() as u64)
    });
    let shared = shared.unwrap();
    assert_eq!(
        (shared.digest, shared.size, shared.revision),
        (digest, size, 1)
    );
}

#[tokio::test]
async fn an_agency_without_a_key_is_given_nothing_and_it_is_said() {
    let mut scene = Scene::written_down().await;
    scene.sign(FIRE);
    let summary = scene.send().await;
    assert_eq!(summary.shared[0].outcome, ShareOutcome::NoKey);
    assert!(scene.double.with(|state| state.shares.is_empty()));
}

#[tokio::test]
async fn what_is_too_large_is_told_before_and_after_it_is_tried() {
    let mut scene = Scene::written_down().await;
    let grant = scene.grant(HEALTH).await;
    let page = "x".repeat(profile::MAX_TEXT);
    let conditions = vec![json!({"text": page, "note": page}); 100];
    let path = "health.conditions".parse().unwrap();
    scene.wallet.set_data(&path, conditions.into()).unwrap();
    let facts = scene.wallet.facts(Lang::En).unwrap();
    let given = scene.wallet.given(&grant, &facts).unwrap();
    assert_eq!(given, Some(Given::TooLarge));
    let summary = scene.sync().await;
    assert_eq!(summary.shared[0].outcome, ShareOutcome::TooLarge);
    assert!(summary.shares_waiting.is_empty(), "nothing is promised");
    assert_eq!(scene.opened(&grant, Part::Whole).revision, 1);
}

#[tokio::test]
async fn a_new_key_of_the_agency_is_sealed_for() {
    let mut scene = Scene::written_down().await;
    let grant = scene.grant(HEALTH).await;
    let new = KemSecret::derive_xwing(&Zeroizing::new([99; 32]));
    scene.double.with(|state| {
        state.registry.serial += 1;
        state.registry.agencies[2]
            .jwks
            .keys
            .push(new.public().to_jwk());
        state.publish_registry();
    });
    assert_eq!(
        scene.sync().await.shared[0].outcome,
        ShareOutcome::Sent { revision: 2 }
    );
    let share = scene.double.with(|state| {
        let preferred = KemKey::preferred(&state.registry.agencies[2].jwks).unwrap();
        assert_eq!(preferred.as_ref(), Some(new.public()));
        state.opened(grant.id, Part::Whole, &[new])
    });
    assert_eq!(share.revision, 2);
}

#[tokio::test]
async fn nothing_is_sent_under_a_consent_that_ended() {
    let mut scene = Scene::written_down().await;
    let grant = scene.grant(HEALTH).await;
    scene
        .wallet
        .set_data(
            &"identity.name".parse().unwrap(),
            json!({"text": "Another"}),
        )
        .unwrap();
    scene.wallet.revoke(&grant.id, None).unwrap();
    assert!(scene.sync().await.shared.is_empty());
    assert!(scene.double.with(|state| state.shares.is_empty()));
}
