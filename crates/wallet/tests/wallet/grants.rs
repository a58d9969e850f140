//! A consent from the first word to the published status.

use consent_token::{id::Jti, request::notice_digest, token};
use http::Method;
use profile::Lang;
use protocol::Version1;
use wallet::{Act, Choice, Outcome, Standing, State, Wish};

use crate::{
    Scene,
    double::{AMBULANCE, CIRCLE, FIRE, Mischief},
    signed,
};

#[tokio::test]
async fn a_consent_is_registered_proven_and_published() {
    let mut scene = Scene::new().await;
    let grant = scene.grant(AMBULANCE).await;
    assert_eq!(
        (grant.standing, grant.state(scene.now())),
        (Standing::Valid, State::Valid)
    );
    assert_eq!(scene.wallet.waiting().unwrap(), []);
    let token = token::verify(&grant.token, &Version1).unwrap();
    assert_eq!(
        token.claims().consent.notice.digest,
        notice_digest(&grant.notice)
    );
    assert_eq!(scene.double.status(grant.slot.idx), 0);
    let summary = scene.sync().await;
    assert_eq!(
        (summary.troubles, summary.evidence, summary.unpublished),
        (vec![], vec![], vec![])
    );
    assert_eq!(scene.get(grant.id).published.unwrap().status, 0);
    // The log grew since the first checkpoint, so that a consistency proof was needed.
    assert_eq!(scene.wallet.newest_checkpoint().unwrap().unwrap().size, 2);
    assert_eq!(scene.get(grant.id).receipts.len(), 1);
}

#[tokio::test]
async fn two_agencies_never_see_the_same_key() {
    let mut scene = Scene::new().await;
    let (one, other) = (scene.sign(AMBULANCE), scene.sign(FIRE));
    let holder = |token: &str| token::verify(token, &Version1).unwrap().claims().iss;
    assert_ne!(holder(&one.token), holder(&other.token));
    assert_ne!(one.slot, other.slot);
}

#[tokio::test]
async fn an_answer_names_its_request_and_goes_to_the_agency_too() {
    let mut scene = Scene::new().await;
    let mut asked = scene.request();
    asked.response_uri = Some("https://ambulance.county.example/answers".parse().unwrap());
    let review = scene.wallet.review(&signed(&asked), Lang::Cy).unwrap();
    assert_eq!(review.notice, "Rhannu emergency data");
    let choice = Choice {
        without: vec!["home.address".parse().unwrap()],
        ends_at: None,
    };
    let grant = scene.wallet.sign(&review, &choice).unwrap().remove(0);
    let token = token::verify(&grant.token, &Version1).unwrap();
    let consent = &token.claims().consent;
    assert_eq!(consent.datatypes, ["identity.name", "health.conditions"]);
    assert_eq!(
        (token.claims().req, consent.jurisdiction.as_str()),
        (Some(asked.jti), "GB-WLS")
    );
    assert_eq!(
        (consent.notice.lang.as_str(), consent.notice.digest),
        ("cy", notice_digest("Rhannu emergency data"))
    );
    let sent = scene.send().await.sent;
    assert_eq!(
        sent.iter().map(|sent| sent.act).collect::<Vec<_>>(),
        [Act::Register, Act::Deliver]
    );
    assert_eq!(sent.last().unwrap().outcome, Outcome::Delivered);
    let body = scene.double.with(|state| {
        state
            .requests
            .iter()
            .find(|(_, path, _)| path == "/answers")
            .unwrap()
            .2
            .clone()
    });
    assert_eq!(body, format!("consent_token={}&state=s", grant.token));
}

#[tokio::test]
async fn one_yes_to_a_circle_is_one_token_for_each_member_with_its_tiers() {
    let mut scene = Scene::new().await;
    let review = scene
        .wallet
        .review(&signed(&scene.circle_request()), Lang::En)
        .unwrap();
    let shown: Vec<_> = review
        .circle
        .as_ref()
        .unwrap()
        .members
        .iter()
        .map(|member| member.datatypes.len())
        .collect();
    assert_eq!(shown, [3, 2]);
    let grants = scene.wallet.sign(&review, &Choice::default()).unwrap();
    let consent = |id: &str| {
        grants
            .iter()
            .find(|grant| grant.agency.as_str() == id)
            .unwrap()
            .consent
            .clone()
    };
    let (ambulance, fire) = (consent(AMBULANCE), consent(FIRE));
    assert_eq!(
        ambulance.datatypes,
        ["identity.name", "home.address", "health.conditions"]
    );
    assert_eq!(fire.datatypes, ["identity.name", "home.address"]);
    let (ambulance, fire) = (ambulance.circle.unwrap(), fire.circle.unwrap());
    assert_eq!(
        (ambulance.tier, fire.tier, ambulance.case),
        (3, 1, fire.case)
    );
    assert!(grants.iter().all(|grant| grant.scope == CIRCLE));
    scene.send().await;
    assert!(
        grants
            .iter()
            .all(|grant| scene.get(grant.id).standing == Standing::Valid)
    );
}

#[tokio::test]
async fn an_ended_ticket_is_exchanged_before_it_is_sent() {
    let mut scene = Scene::new().await;
    let before = scene.sign(AMBULANCE);
    scene.clock.pass(crate::double::TICKET);
    let after = {
        scene.send().await;
        scene.get(before.id)
    };
    assert_eq!((after.standing, after.id), (Standing::Valid, before.id));
    assert_ne!(after.slot, before.slot);
    assert_eq!(
        scene.double.status(before.slot.idx),
        3,
        "the first slot was never used"
    );
    assert_eq!(scene.double.status(after.slot.idx), 0);
    assert_eq!(scene.double.count(&Method::POST, "/v1/grants"), 1);
}

#[tokio::test]
async fn a_slot_that_was_taken_is_exchanged() {
    let mut scene = Scene::new().await;
    let mut first = scene.sign(AMBULANCE);
    // Another wallet was given the same slot: a fault of the verifier that must not lose the consent.
    let taken = first.slot.clone();
    scene.double.with(|state| state.take_slot(taken.idx));
    scene.send().await;
    first = scene.get(first.id);
    assert_eq!(first.standing, Standing::Valid);
    assert_ne!(first.slot, taken);
}

#[tokio::test]
async fn a_suspended_agency_gets_nothing() {
    let mut scene = Scene::new().await;
    let grant = scene.sign(AMBULANCE);
    scene.wallet.suspend(&grant.id).unwrap();
    scene.double.with(|state| {
        state.registry.agencies[0].status = protocol::registry::AgencyStatus::Suspended;
        state.registry.serial += 1;
        state.publish_registry();
    });
    let sent = scene.sync().await.sent;
    let refused = Outcome::Refused {
        code: "agency_suspended".into(),
    };
    let outcomes: Vec<_> = sent.into_iter().map(|sent| sent.outcome).collect();
    assert_eq!(outcomes, [refused], "what hangs on it is not sent");
    let grant = scene.get(grant.id);
    assert_eq!(
        (grant.state(scene.now()), grant.wish),
        (State::Refused, Wish::Ended)
    );
    assert_eq!(
        scene.wallet.waiting().unwrap(),
        [],
        "what hangs on a refused consent is not sent either"
    );
    let direct = scene.direct(AMBULANCE);
    assert_eq!(
        scene
            .wallet
            .review_direct(&direct, Lang::En)
            .unwrap_err()
            .code(),
        "agency_suspended"
    );
    assert_eq!(
        scene
            .wallet
            .review(&signed(&scene.request()), Lang::En)
            .unwrap_err()
            .code(),
        "agency_suspended"
    );
}

#[tokio::test]
async fn ids_can_be_shortened_but_not_guessed() {
    let mut scene = Scene::new().await;
    let id = scene.sign(AMBULANCE).id;
    let name = id.to_string();
    assert_eq!(scene.wallet.grant_called(&name).unwrap().id, id);
    assert_eq!(
        scene.wallet.grant_called("").unwrap_err().code(),
        "unknown_grant"
    );
    assert!(
        scene
            .wallet
            .grant_called(&Jti::from_bytes([0; 16]).to_string())
            .is_err()
    );
    scene.double.mischief(Mischief::None);
}
