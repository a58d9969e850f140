//! Less data or less time: a new consent and the end of the old one, both or neither.

use consent_token::{statement::Statement, statement::UnverifiedStatement, token};
use http::Method;
use profile::Lang;
use protocol::{Version1, api::GrantRequest, registry::AgencyStatus, share::Part};
use wallet::{
    Act, Choice, Done, EvidenceKind, Grant, Outcome, ShareOutcome, Standing, State, Wish,
};

use crate::{
    Scene,
    double::{AMBULANCE, HEALTH, Mischief, health_keys},
    signed,
};

fn without(path: &str) -> Choice {
    Choice {
        without: vec![path.parse().unwrap()],
        ends_at: None,
    }
}

impl Scene {
    fn narrow(&mut self, grant: &Grant, choice: &Choice) -> Result<Grant, &'static str> {
        let narrowed = self.wallet.narrow(&grant.id, choice);
        narrowed.map_err(|error| error.code())
    }

    /// The last body that was sent to register a consent.
    fn last_registration(&self) -> GrantRequest {
        self.double.with(|state| {
            let sent = state.requests.iter();
            let mut sent =
                sent.filter(|(method, path, _)| method == Method::POST && path == "/v1/grants");
            serde_json::from_str(&sent.next_back().unwrap().2).unwrap()
        })
    }
}

#[tokio::test]
async fn the_narrower_consent_revokes_the_wider_one_in_the_same_request() {
    let mut scene = Scene::new().await;
    let old = scene.grant(HEALTH).await;
    let new = scene.narrow(&old, &without("health.conditions")).unwrap();
    assert_eq!(scene.get(old.id).wish, Wish::Ended);
    let summary = scene.sync().await;
    assert_eq!((summary.evidence, summary.waiting), (vec![], vec![]));
    let acts: Vec<_> = summary
        .sent
        .iter()
        .map(|sent| (sent.grant, sent.act))
        .collect();
    assert_eq!(acts[0], (new.id, Act::Register));
    let sent = scene.last_registration();
    let replaces = sent.replaces.unwrap();
    let revocation = UnverifiedStatement::parse(&replaces).unwrap();
    let Statement::Holder(said) = revocation.statement() else {
        panic!("not the holder's")
    };
    assert_eq!((said.grant, said.act.name()), (old.id, "revoke"));
    let (old, new) = (scene.get(old.id), scene.get(new.id));
    assert_eq!(old.state(scene.now()), State::Revoked);
    assert_eq!(new.state(scene.now()), State::Valid);
    let acts: Vec<_> = old.receipts.iter().map(|kept| kept.act).collect();
    assert_eq!(acts, [Act::Register, Act::Revoke, Act::EraseRequest]);
    assert_eq!(
        (
            scene.double.status(old.slot.idx),
            scene.double.status(new.slot.idx)
        ),
        (1, 0)
    );
    // Same terms, same key, less data.
    let claims = |grant: &Grant| {
        token::verify(&grant.token, &Version1)
            .unwrap()
            .claims()
            .clone()
    };
    let (before, after) = (claims(&old), claims(&new));
    assert_eq!(
        (before.iss, before.consent.notice),
        (after.iss, after.consent.notice)
    );
    assert_eq!(after.consent.datatypes, ["identity.name"]);
}

#[tokio::test]
async fn the_agency_is_given_only_what_is_left_and_asked_to_delete() {
    let mut scene = Scene::new().await;
    let old = scene.grant(HEALTH).await;
    let new = scene.narrow(&old, &without("health.conditions")).unwrap();
    let summary = scene.send().await;
    assert_eq!(summary.shared.len(), 1);
    assert_eq!(
        (summary.shared[0].grant, &summary.shared[0].outcome),
        (new.id, &ShareOutcome::Sent { revision: 1 })
    );
    let share = scene
        .double
        .with(|state| state.opened(new.id, Part::Whole, &health_keys()));
    share.expect_fields(["identity.name"]).unwrap();
    assert!(
        scene
            .double
            .with(|state| state.shares.iter().all(|(of, ..)| *of != old.id))
    );
    scene.sync().await;
    let acts: Vec<_> = scene
        .wallet
        .history(&old.id)
        .unwrap()
        .into_iter()
        .map(|event| event.act)
        .collect();
    assert!(acts.contains(&"erase-request".to_owned()), "{acts:?}");
}

#[tokio::test]
async fn an_earlier_end_is_narrower_and_a_later_one_is_not() {
    let mut scene = Scene::new().await;
    let old = scene.grant(HEALTH).await;
    let until = |scene: &Scene, days: i64| Choice {
        without: vec![],
        ends_at: Some(scene.now().plus(days * 86_400)),
    };
    for (days, code) in [
        (91, "ends_too_late"),
        (-1, "ends_in_past"),
        (90, "not_narrower"),
    ] {
        let choice = until(&scene, days);
        assert_eq!(scene.narrow(&old, &choice), Err(code), "{days} days");
    }
    let choice = until(&scene, 10);
    let new = scene.narrow(&old, &choice).unwrap();
    assert_eq!(new.ends_at, scene.now().plus(10 * 86_400));
    scene.send().await;
    assert_eq!(scene.get(old.id).state(scene.now()), State::Revoked);
}

#[tokio::test]
async fn what_cannot_be_narrowed_stays_as_it_is() {
    let mut scene = Scene::new().await;
    let review = scene
        .wallet
        .review(&signed(&scene.request()), Lang::En)
        .unwrap();
    let old = scene
        .wallet
        .sign(&review, &Choice::default())
        .unwrap()
        .remove(0);
    let address = without("home.address");
    assert_eq!(scene.narrow(&old, &address), Err("not_registered"));
    scene.send().await;
    assert_eq!(
        scene.narrow(&old, &without("identity.name")),
        Err("answer"),
        "required"
    );
    assert_eq!(
        scene.narrow(&old, &without("needs.sight")),
        Err("answer"),
        "never given"
    );
    assert_eq!(scene.narrow(&old, &Choice::default()), Err("not_narrower"));
    scene.wallet.suspend(&old.id).unwrap();
    assert_eq!(scene.narrow(&old, &address), Err("grant_paused"));
    scene.send().await;
    assert_eq!(scene.narrow(&old, &address), Err("grant_paused"));
    scene.wallet.revoke(&old.id, None).unwrap();
    assert_eq!(scene.narrow(&old, &address), Err("grant_ended"));
}

#[tokio::test]
async fn a_refused_narrowing_leaves_the_wider_consent_in_force() {
    let mut scene = Scene::new().await;
    let old = scene.grant(AMBULANCE).await;
    let new = scene.narrow(&old, &without("health.conditions")).unwrap();
    scene
        .double
        .with(|state| state.registry.agencies[0].status = AgencyStatus::Suspended);
    let sent = scene.send().await.sent;
    assert!(
        matches!(sent[0].outcome, Outcome::Refused { .. }),
        "{sent:?}"
    );
    let (old, new) = (scene.get(old.id), scene.get(new.id));
    assert_eq!((old.standing, old.wish), (Standing::Valid, Wish::InForce));
    assert_eq!(new.standing, Standing::Refused);
}

#[tokio::test]
async fn nothing_more_is_given_under_the_wider_one_while_the_narrower_waits() {
    let mut scene = Scene::new().await;
    let old = scene.grant(HEALTH).await;
    scene.narrow(&old, &without("health.conditions")).unwrap();
    scene.double.mischief(Mischief::NoRegistrations);
    let path = "health.conditions".parse().unwrap();
    scene.wallet.set_data(&path, "epilepsy".into()).unwrap();
    for _ in 0..2 {
        assert_eq!(scene.sync().await.shared, []);
        assert_eq!(scene.get(old.id).wish, Wish::Ended);
    }
    assert_eq!(scene.get(old.id).standing, Standing::Valid);
    scene.double.mischief(Mischief::None);
    scene.sync().await;
    assert_eq!(scene.get(old.id).standing, Standing::Revoked);
}

#[tokio::test]
async fn a_lost_answer_ends_the_wider_consent_all_the_same() {
    let mut scene = Scene::new().await;
    let old = scene.grant(AMBULANCE).await;
    let new = scene.narrow(&old, &without("health.conditions")).unwrap();
    scene.double.mischief(Mischief::LoseAnswer);
    let summary = scene.send().await;
    assert!(matches!(summary.sent[0].outcome, Outcome::Waits { .. }));
    let summary = scene.send().await;
    assert_eq!(
        (summary.evidence, scene.wallet.waiting().unwrap()),
        (vec![], vec![])
    );
    assert_eq!(scene.get(old.id).standing, Standing::Revoked);
    assert_eq!(scene.get(new.id).standing, Standing::Valid);
}

#[tokio::test]
async fn a_verifier_that_keeps_the_wider_one_is_found_out_and_told_again() {
    let mut scene = Scene::new().await;
    let old = scene.grant(AMBULANCE).await;
    scene.narrow(&old, &without("health.conditions")).unwrap();
    scene.double.mischief(Mischief::KeepOld);
    let summary = scene.send().await;
    assert_eq!(summary.evidence[0].kind, EvidenceKind::WrongProof);
    // The revocation went on its own, right after.
    let acts: Vec<_> = summary.sent.iter().map(|sent| sent.act).collect();
    assert_eq!(acts, [Act::Register, Act::Revoke, Act::EraseRequest]);
    assert_eq!(scene.double.status(old.slot.idx), 1);
    assert_eq!(scene.get(old.id).standing, Standing::Revoked);
}

#[tokio::test]
async fn who_takes_a_waiting_narrowing_back_takes_everything_back() {
    for take_back_the_old in [true, false] {
        let mut scene = Scene::new().await;
        let old = scene.grant(AMBULANCE).await;
        scene.double.mischief(Mischief::Offline);
        let new = scene.narrow(&old, &without("health.conditions")).unwrap();
        scene.sync().await;
        assert_eq!(scene.get(old.id).wish, Wish::Ended);
        let id = if take_back_the_old { old.id } else { new.id };
        assert_eq!(scene.wallet.revoke(&id, None).unwrap(), Done::Queued);
        scene.double.mischief(Mischief::None);
        scene.sync().await;
        assert_eq!(scene.get(old.id).standing, Standing::Revoked);
        assert_eq!(scene.get(new.id).standing, Standing::Withdrawn);
        assert_eq!(scene.double.status(new.slot.idx), 3);
    }
}
