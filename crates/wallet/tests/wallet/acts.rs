//! Taking back, pausing, resuming, and who looked.

use consent_token::{statement::AgencyAct, statement::Statement, statement::UnverifiedStatement};
use http::Method;
use wallet::{Act, By, Done, Grant, Outcome, Standing, State, Wish};

use crate::{
    Scene,
    double::{AMBULANCE, FIRE, Mischief, agency_key},
};

#[tokio::test]
async fn revocation_is_final_proven_published_and_asks_for_deletion() {
    let mut scene = Scene::new().await;
    let grant = scene.grant(AMBULANCE).await;
    assert_eq!(
        scene
            .wallet
            .revoke(&grant.id, Some("moved away".into()))
            .unwrap(),
        Done::Queued
    );
    assert_eq!(scene.get(grant.id).wish, Wish::Ended);
    let acts: Vec<_> = scene
        .send()
        .await
        .sent
        .into_iter()
        .map(|sent| sent.act)
        .collect();
    assert_eq!(acts, [Act::Revoke, Act::EraseRequest]);
    assert_eq!(scene.get(grant.id).state(scene.now()), State::Revoked);
    let summary = scene.sync().await;
    assert_eq!((summary.unpublished, summary.evidence), (vec![], vec![]));
    assert_eq!(scene.get(grant.id).published.unwrap().status, 1);
    assert_eq!(scene.wallet.revoke(&grant.id, None).unwrap(), Done::Already);
    assert_eq!(
        scene.wallet.suspend(&grant.id).unwrap_err().code(),
        "grant_ended"
    );
    assert_eq!(
        scene.wallet.resume(&grant.id).unwrap_err().code(),
        "grant_ended"
    );
    assert_eq!(scene.wallet.waiting().unwrap(), []);
}

#[tokio::test]
async fn a_consent_whose_time_is_over_asks_for_deletion_once() {
    let mut scene = Scene::new().await;
    let (over, stopped) = (scene.grant(AMBULANCE).await, scene.grant(FIRE).await);
    scene.wallet.revoke(&stopped.id, None).unwrap();
    let unsent = scene.sign(AMBULANCE);
    let days = 91 * 86_400;
    // Before the end, a clock that runs ahead asks for nothing.
    scene.double.mischief(Mischief::NoRegistrations);
    scene.clock.is_wrong_by(days);
    scene.sync().await;
    let asked = |scene: &Scene| {
        let of = |grant: &Grant| {
            let acts = scene
                .get(grant.id)
                .receipts
                .into_iter()
                .map(|kept| kept.act);
            acts.filter(|act| *act == Act::EraseRequest).count()
        };
        [of(&over), of(&stopped), of(&unsent)]
    };
    assert_eq!(asked(&scene), [0, 1, 0]);
    scene.double.mischief(Mischief::None);
    scene.clock.is_wrong_by(0);
    scene.clock.pass(days);
    let sent = scene.sync().await.sent;
    assert!(sent.iter().any(|sent| sent.grant == over.id
        && sent.act == Act::EraseRequest
        && matches!(sent.outcome, Outcome::Recorded { .. })));
    assert_eq!(asked(&scene), [1, 1, 0]);
    assert_eq!(scene.get(over.id).state(scene.now()), State::Expired);
    let summary = scene.sync().await;
    let told: Vec<_> = summary
        .news
        .into_iter()
        .map(|news| news.event.act)
        .collect();
    assert_eq!((summary.sent, told), (vec![], vec!["erase-request".into()]));
    assert_eq!(asked(&scene), [1, 1, 0]);
    assert_eq!(scene.wallet.waiting().unwrap(), []);
}

#[tokio::test]
async fn pressing_twice_sends_once() {
    let mut scene = Scene::new().await;
    let grant = scene.grant(AMBULANCE).await;
    scene.double.mischief(Mischief::Offline);
    assert_eq!(scene.wallet.revoke(&grant.id, None).unwrap(), Done::Queued);
    assert_eq!(scene.wallet.revoke(&grant.id, None).unwrap(), Done::Already);
    assert_eq!(scene.wallet.waiting().unwrap().len(), 2);
}

#[tokio::test]
async fn everything_is_stopped_at_once() {
    let mut scene = Scene::new().await;
    let (one, two) = (scene.grant(AMBULANCE).await, scene.sign(FIRE));
    let done = scene.wallet.revoke_all().unwrap();
    assert!(
        done.contains(&(one.id, Done::Queued)) && done.contains(&(two.id, Done::NeverSent)),
        "{done:?}"
    );
    scene.send().await;
    let now = scene.now();
    assert!(
        scene
            .wallet
            .grants()
            .unwrap()
            .iter()
            .all(|grant| grant.state(now) == State::Revoked)
    );
    assert_eq!(scene.wallet.revoke_all().unwrap(), []);
}

#[tokio::test]
async fn pause_and_resume_rise_in_seq() {
    let mut scene = Scene::new().await;
    let grant = scene.grant(AMBULANCE).await;
    for (wish, standing) in [
        (Wish::Paused, Standing::Suspended),
        (Wish::InForce, Standing::Valid),
        (Wish::Paused, Standing::Suspended),
    ] {
        let before = scene.get(grant.id).seq;
        let done = if wish == Wish::Paused {
            scene.wallet.suspend(&grant.id)
        } else {
            scene.wallet.resume(&grant.id)
        };
        assert_eq!(done.unwrap(), Done::Queued);
        assert!(scene.get(grant.id).seq > before);
        scene.send().await;
        assert_eq!(
            (scene.get(grant.id).standing, scene.get(grant.id).wish),
            (standing, wish)
        );
    }
    assert_eq!(scene.wallet.suspend(&grant.id).unwrap(), Done::Already);
}

#[tokio::test]
async fn revocation_overtakes_a_pause_that_waits() {
    let mut scene = Scene::new().await;
    let grant = scene.grant(AMBULANCE).await;
    scene.double.mischief(Mischief::Offline);
    scene.wallet.suspend(&grant.id).unwrap();
    scene.wallet.revoke(&grant.id, None).unwrap();
    let acts: Vec<_> = scene
        .wallet
        .waiting()
        .unwrap()
        .into_iter()
        .map(|item| item.act)
        .collect();
    assert_eq!(acts, [Act::Revoke, Act::EraseRequest]);
}

#[tokio::test]
async fn statements_are_of_the_consents_own_key() {
    let mut scene = Scene::new().await;
    let grant = scene.grant(AMBULANCE).await;
    scene.wallet.suspend(&grant.id).unwrap();
    scene.send().await;
    let body = scene.double.with(|state| {
        state
            .requests
            .iter()
            .find(|(method, path, _)| method == Method::POST && path == "/v1/statements")
            .unwrap()
            .2
            .clone()
    });
    let sent: protocol::api::StatementRequest = serde_json::from_str(&body).unwrap();
    let unverified = UnverifiedStatement::parse(&sent.statement).unwrap();
    let Statement::Holder(said) = unverified.statement() else {
        panic!("not the holder's")
    };
    let token = consent_token::token::verify(&grant.token, &protocol::Version1).unwrap();
    assert_eq!((said.grant, said.iss), (grant.id, token.claims().iss));
    assert!(said.seq >= u64::try_from(scene.now().as_i64()).unwrap());
}

#[tokio::test]
async fn who_looked_is_shown_once_as_news_and_kept() {
    let mut scene = Scene::new().await;
    let grant = scene.grant(AMBULANCE).await;
    scene.sync().await;
    let looked = AgencyAct::Access {
        actor: "p-17".into(),
        reason: "call".into(),
        datatypes: vec!["identity.name".into()],
    };
    scene.double.agency_acts(AMBULANCE, grant.id, looked);
    let news = scene.sync().await.news;
    assert_eq!(news.len(), 1);
    assert_eq!(
        (
            news[0].event.act.as_str(),
            news[0].event.by,
            news[0].event.actor.as_deref()
        ),
        ("access", By::Agency, Some("p-17"))
    );
    assert_eq!(scene.sync().await.news, []);
    let acts: Vec<_> = scene
        .wallet
        .history(&grant.id)
        .unwrap()
        .into_iter()
        .map(|event| event.act)
        .collect();
    assert_eq!(acts, ["grant", "access"]);
}

#[tokio::test]
async fn a_line_that_the_agency_did_not_sign_is_evidence_and_not_shown() {
    let mut scene = Scene::new().await;
    let grant = scene.grant(AMBULANCE).await;
    let forged = AgencyAct::Erased {
        method: "shredded".into(),
    };
    scene
        .double
        .signed_by(&agency_key(FIRE), AMBULANCE, grant.id, forged);
    let summary = scene.sync().await;
    assert_eq!(summary.evidence.len(), 1);
    assert_eq!(summary.evidence[0].kind, wallet::EvidenceKind::WrongProof);
    let acts: Vec<_> = scene
        .wallet
        .history(&grant.id)
        .unwrap()
        .into_iter()
        .map(|event| event.act)
        .collect();
    assert_eq!(acts, ["grant"]);
}

#[tokio::test]
async fn a_consent_whose_time_is_over_is_not_sent() {
    let mut scene = Scene::new().await;
    let grant = scene.sign(AMBULANCE);
    scene.clock.pass(91 * 86_400);
    let sent = scene.send().await.sent;
    assert_eq!(
        sent[0].outcome,
        Outcome::Refused {
            code: "expired".into()
        }
    );
    assert_eq!(scene.get(grant.id).state(scene.now()), State::Refused);
    assert_eq!(scene.double.count(&Method::POST, "/v1/grants"), 0);
}
