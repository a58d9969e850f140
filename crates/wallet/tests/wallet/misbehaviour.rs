//! A verifier that does not keep its word: found, kept word for word, and told until it is read.

use protocol::{
    registry::{JwkSet, RegistryKey},
    share::KemSecret,
};
use transparency_log::SignedNote;
use wallet::{EvidenceKind, Line, Outcome, Standing, State, Step};

use crate::{
    Scene,
    double::{AMBULANCE, FIRE, ISSUER, Mischief, agency_key},
};

impl Scene {
    fn kinds(&self) -> Vec<EvidenceKind> {
        self.wallet
            .unseen_evidence()
            .unwrap()
            .into_iter()
            .map(|evidence| evidence.kind)
            .collect()
    }
}

#[tokio::test]
async fn a_receipt_of_another_entry_is_no_receipt() {
    let mut scene = Scene::new().await;
    let grant = scene.sign(AMBULANCE);
    scene.double.mischief(Mischief::WrongEntry);
    let sent = scene.send().await.sent;
    assert_eq!(
        sent[0].outcome,
        Outcome::Waits {
            reason: "proof".into()
        }
    );
    assert_eq!(scene.get(grant.id).standing, Standing::Unregistered);
    assert_eq!(scene.kinds(), [EvidenceKind::WrongProof]);
    // The same lie twice is one finding; the truth settles the matter but does not undo the finding.
    scene.send().await;
    assert_eq!(scene.kinds().len(), 1);
    scene.double.mischief(Mischief::None);
    scene.send().await;
    assert_eq!(scene.get(grant.id).standing, Standing::Valid);
    assert_eq!(scene.kinds(), [EvidenceKind::WrongProof]);
}

#[tokio::test]
async fn a_receipt_with_another_effect_is_no_receipt() {
    let mut scene = Scene::new().await;
    let grant = scene.sign(AMBULANCE);
    scene.double.mischief(Mischief::OtherSlot);
    scene.send().await;
    assert_eq!(scene.get(grant.id).standing, Standing::Unregistered);
    assert_eq!(scene.kinds(), [EvidenceKind::WrongProof]);
}

#[tokio::test]
async fn a_receipt_by_another_log_is_no_receipt() {
    let mut scene = Scene::new().await;
    let grant = scene.sign(AMBULANCE);
    scene.double.mischief(Mischief::WrongLogKey);
    scene.send().await;
    assert_eq!(scene.get(grant.id).standing, Standing::Unregistered);
    assert_eq!(scene.kinds(), [EvidenceKind::WrongProof]);
}

#[tokio::test]
async fn two_histories_of_one_length_are_a_fork() {
    let mut scene = Scene::new().await;
    scene.grant(AMBULANCE).await;
    scene.sync().await;
    let newest = scene.wallet.newest_checkpoint().unwrap();
    scene.double.mischief(Mischief::Fork);
    scene.sync().await;
    assert!(
        scene.kinds().contains(&EvidenceKind::Fork),
        "{:?}",
        scene.kinds()
    );
    let found = scene.wallet.evidence().unwrap();
    let fork = found
        .iter()
        .find(|evidence| evidence.kind == EvidenceKind::Fork)
        .unwrap();
    let notes: Vec<SignedNote> = fork
        .exhibits
        .iter()
        .map(|note| note.parse().unwrap())
        .collect();
    assert_eq!(notes.len(), 2);
    assert_ne!(notes[0].text(), notes[1].text());
    assert_eq!(
        scene.wallet.newest_checkpoint().unwrap(),
        newest,
        "the wallet stays with what it knew"
    );
}

#[tokio::test]
async fn a_longer_history_that_does_not_continue_is_found() {
    let mut scene = Scene::new().await;
    scene.grant(AMBULANCE).await;
    scene.sync().await;
    let newest = scene.wallet.newest_checkpoint().unwrap();
    scene.double.mischief(Mischief::ForkAndGrow);
    scene.grant(FIRE).await;
    assert_eq!(scene.kinds(), [EvidenceKind::Inconsistent]);
    assert_eq!(scene.wallet.newest_checkpoint().unwrap(), newest);
}

#[tokio::test]
async fn a_shorter_log_is_a_rollback() {
    let mut scene = Scene::new().await;
    scene.grant(AMBULANCE).await;
    scene.sync().await;
    scene.double.mischief(Mischief::Rollback);
    scene.sync().await;
    assert_eq!(scene.kinds(), [EvidenceKind::Rollback]);
    assert_eq!(scene.wallet.newest_checkpoint().unwrap().unwrap().size, 2);
}

#[tokio::test]
async fn other_keys_are_refused_and_nothing_is_sent() {
    let mut scene = Scene::new().await;
    scene.sign(AMBULANCE);
    scene.double.mischief(Mischief::OtherKeys);
    let arrived = scene.double.with(|state| state.requests.len());
    assert_eq!(
        scene.wallet.sync(&scene.line).await.unwrap_err().code(),
        "verifier_changed"
    );
    assert_eq!(
        scene.double.with(|state| state.requests.len()),
        arrived + 1,
        "only the metadata were asked for"
    );
    assert_eq!(scene.kinds(), [EvidenceKind::KeysChanged]);
    assert_eq!(scene.wallet.waiting().unwrap().len(), 1);
}

#[tokio::test]
async fn another_verifier_that_was_named_by_mistake_is_no_finding() {
    let mut scene = Scene::new().await;
    scene.sign(AMBULANCE);
    scene.double.mischief(Mischief::OtherIssuer);
    let elsewhere = Line::new(&format!("{ISSUER}:8443"), scene.double.clone());
    let refused = scene.wallet.sync(&elsewhere).await.unwrap_err();
    assert_eq!(refused.code(), "other_verifier");
    assert!(refused.to_string().contains("https://other.example"));
    assert_eq!(scene.kinds(), []);
    assert_eq!(scene.wallet.waiting().unwrap().len(), 1);
    // At the verifier's own address the same is a finding.
    let refused = scene.wallet.sync(&scene.line).await.unwrap_err();
    assert_eq!(refused.code(), "verifier_changed");
    assert_eq!(scene.kinds(), [EvidenceKind::KeysChanged]);
}

#[tokio::test]
async fn a_wrong_clock_is_no_finding_and_told_of_once() {
    for wrong in [-2 * 3600, 2 * 3600, -2 * 86_400, 2 * 86_400] {
        let mut scene = Scene::new().await;
        scene.grant(AMBULANCE).await;
        scene.grant(FIRE).await;
        scene.clock.is_wrong_by(wrong);
        let summary = scene.sync().await;
        assert_eq!(scene.kinds(), [], "{wrong}");
        let of = |step| summary.troubles.iter().filter(move |one| one.step == step);
        assert_eq!(of(Step::History).count(), 1, "{:?}", summary.troubles);
        let listed: Vec<_> = of(Step::Status).map(|one| one.code).collect();
        let fits = wrong == 2 * 3600; // the list is good for a day
        assert_eq!(listed, if fits { vec![] } else { vec!["out_of_time"] });
        scene.clock.is_wrong_by(0);
        assert_eq!(scene.sync().await.troubles, []);
    }
}

#[tokio::test]
async fn what_the_verifier_did_not_sign_is_no_finding() {
    let mut scene = Scene::new().await;
    scene.grant(AMBULANCE).await;
    scene.double.mischief(Mischief::Portal);
    let summary = scene.sync().await;
    assert_eq!(scene.kinds(), []);
    let told: Vec<_> = summary
        .troubles
        .iter()
        .map(|one| (one.step, one.code))
        .collect();
    let page = |step| (step, "not_a_verifier");
    assert_eq!(told, [Step::Registry, Step::Status, Step::Log].map(page));
    // What it signed is one, however odd.
    scene.double.mischief(Mischief::OtherShape);
    scene.sync().await;
    assert_eq!(scene.kinds(), [EvidenceKind::StatusNotPublished]);
}

#[tokio::test]
async fn a_finding_that_was_read_is_told_of_again_when_it_is_found_again() {
    let mut scene = Scene::new().await;
    let grant = scene.grant(AMBULANCE).await;
    scene.sync().await;
    scene.double.mischief(Mischief::Rollback);
    assert_eq!(scene.sync().await.found_again, [], "it was not read yet");
    scene.wallet.mark_evidence_seen().unwrap();
    let summary = scene.sync().await;
    let again: Vec<_> = summary.found_again.iter().map(|one| one.kind).collect();
    assert_eq!(
        (summary.evidence, again),
        (vec![], vec![EvidenceKind::Rollback])
    );
    scene.double.mischief(Mischief::None);
    assert_eq!(scene.sync().await.found_again, []);
    // A consent that is lost is not one of which agencies are told a little later.
    scene.double.mischief(Mischief::Forget);
    scene
        .double
        .with(|state| state.statuses.set(101, 3).unwrap());
    let summary = scene.sync().await;
    assert_eq!(summary.forgotten, [grant.id]);
    assert_eq!((summary.unpublished, summary.troubles), (vec![], vec![]));
    assert_eq!(scene.kinds(), [EvidenceKind::Forgotten]);
}

#[tokio::test]
async fn a_swapped_agency_key_keeps_the_registry_from_before() {
    let mut scene = Scene::new().await;
    scene.double.with(|state| {
        state.registry.serial += 1;
        state.registry.agencies[0].jwks = JwkSet {
            keys: vec![RegistryKey::signing(&agency_key(FIRE).public())],
        };
        state.publish_registry();
    });
    let summary = scene.sync().await;
    assert_eq!(
        summary
            .troubles
            .iter()
            .map(|trouble| trouble.code)
            .collect::<Vec<_>>(),
        ["registry_refused"]
    );
    assert_eq!(scene.kinds(), [EvidenceKind::RegistryRefused]);
    let grant = scene.sign(AMBULANCE);
    assert_eq!(
        grant.agency_key,
        agency_key(AMBULANCE).thumbprint(),
        "nothing is bound to the swapped key"
    );
}

#[tokio::test]
async fn another_encryption_key_is_told_to_who_shares_with_the_agency() {
    let mut scene = Scene::new().await;
    let swap = |scene: &Scene, id: &str, seed: u8| {
        let key = KemSecret::derive_x25519(&[seed; 32].into());
        scene.double.with(|state| {
            let mut agencies = state.registry.agencies.iter_mut();
            let agency = agencies.find(|one| one.id.as_str() == id).unwrap();
            agency.jwks.keys.retain(|key| key.public_key().is_some());
            agency.jwks.keys.push(key.public().to_jwk());
            state.registry.serial += 1;
            state.publish_registry();
        });
    };
    swap(&scene, AMBULANCE, 71);
    assert_eq!(scene.sync().await.key_changes, [], "nothing is shared yet");
    let grant = scene.grant(AMBULANCE).await;
    swap(&scene, FIRE, 72);
    swap(&scene, AMBULANCE, 73);
    let told = scene.sync().await.key_changes;
    let [change] = &told[..] else {
        panic!("{told:?}")
    };
    assert_eq!(change.agency.as_str(), AMBULANCE);
    assert_ne!(change.from, change.to);
    assert_eq!(scene.sync().await.key_changes, told, "until it was shown");
    scene.wallet.mark_key_changes_told().unwrap();
    let summary = scene.sync().await;
    assert_eq!((summary.key_changes, summary.evidence), (vec![], vec![]));
    scene.wallet.revoke(&grant.id, None).unwrap();
    scene.send().await;
    swap(&scene, AMBULANCE, 74);
    assert_eq!(
        scene.sync().await.key_changes,
        [],
        "nothing is shared any more"
    );
    assert_eq!(scene.wallet.export().unwrap().key_changes.len(), 1);
}

#[tokio::test]
async fn a_registry_that_went_back_is_refused() {
    let mut scene = Scene::new().await;
    scene.double.with(|state| {
        state.registry.serial = 0;
        state.publish_registry();
    });
    assert_eq!(scene.sync().await.troubles[0].code, "registry_refused");
    assert_eq!(scene.kinds(), [EvidenceKind::RegistryRefused]);
}

#[tokio::test]
async fn a_registry_without_proof_is_refused() {
    let mut scene = Scene::fresh();
    scene.double.mischief(Mischief::NoRegistryProof);
    assert_eq!(scene.sync().await.troubles[0].code, "registry_unproven");
    assert_eq!(
        scene.wallet.agencies(profile::Lang::En).unwrap_err().code(),
        "no_registry"
    );
}

#[tokio::test]
async fn an_acknowledged_revocation_that_agencies_are_not_told_is_found() {
    let mut scene = Scene::new().await;
    let grant = scene.grant(AMBULANCE).await;
    scene.wallet.revoke(&grant.id, None).unwrap();
    scene.double.mischief(Mischief::WrongStatus);
    let summary = scene.sync().await;
    assert_eq!(summary.unpublished, [grant.id]);
    assert_eq!(
        summary.evidence,
        [],
        "for a minute an older list may still be served"
    );
    scene.clock.pass(120);
    scene.sync().await;
    assert_eq!(scene.kinds(), [EvidenceKind::StatusNotPublished]);
}

#[tokio::test]
async fn a_consent_that_is_denied_is_a_finding_and_the_act_waits_on() {
    let mut scene = Scene::new().await;
    let grant = scene.grant(AMBULANCE).await;
    scene.wallet.revoke(&grant.id, None).unwrap();
    scene.double.mischief(Mischief::Forget);
    scene.send().await;
    assert_eq!(scene.kinds(), [EvidenceKind::Forgotten]);
    assert_eq!(scene.wallet.waiting().unwrap().len(), 2);
}

#[tokio::test]
async fn a_revocation_that_is_refused_waits_on() {
    let mut scene = Scene::new().await;
    let grant = scene.grant(AMBULANCE).await;
    scene.wallet.revoke(&grant.id, None).unwrap();
    scene.double.mischief(Mischief::Refuse);
    scene.send().await;
    assert_eq!(scene.wallet.waiting().unwrap().len(), 2);
    assert_eq!(scene.kinds(), [EvidenceKind::RevocationRefused]);
    let found = scene.wallet.evidence().unwrap();
    let [signed, answer, receipts @ ..] = &found[0].exhibits[..] else {
        panic!("{found:?}")
    };
    assert_eq!(signed.split('.').count(), 3);
    assert!(answer.contains("\"code\""), "{answer}");
    assert_eq!(receipts.len(), 1, "it had recorded the consent");
    scene.send().await;
    assert_eq!(scene.kinds().len(), 1, "the same refusal is one finding");
    scene.double.mischief(Mischief::None);
    scene.send().await;
    assert_eq!(scene.get(grant.id).state(scene.now()), State::Revoked);
}

#[tokio::test]
async fn findings_are_told_until_they_are_read_and_exported_for_ever() {
    let mut scene = Scene::new().await;
    scene.sign(AMBULANCE);
    scene.double.mischief(Mischief::WrongEntry);
    assert_eq!(scene.send().await.evidence.len(), 1);
    assert_eq!(scene.send().await.evidence.len(), 1);
    scene.wallet.mark_evidence_seen().unwrap();
    assert_eq!(scene.send().await.evidence, []);
    let export = serde_json::to_value(scene.wallet.export().unwrap()).unwrap();
    assert_eq!(export["evidence"][0]["kind"], "wrong_proof");
    assert_eq!(
        export["evidence"][0]["exhibits"].as_array().unwrap().len(),
        2
    );
}
