//! Without a connection, and with one that breaks at the wrong moment.

use http::Method;
use profile::Lang;
use wallet::{Act, Choice, Done, Outcome, Standing, State, Step};

use crate::{
    Scene,
    double::{AMBULANCE, FIRE, Mischief},
};

#[tokio::test]
async fn consents_are_signed_offline_and_sent_in_order() {
    let mut scene = Scene::new().await;
    scene.double.mischief(Mischief::Offline);
    let (one, two) = (scene.sign(AMBULANCE), scene.sign(FIRE));
    assert_eq!(scene.wallet.suspend(&one.id).unwrap(), Done::Queued);
    let summary = scene.sync().await;
    assert_eq!(
        summary
            .troubles
            .iter()
            .map(|trouble| trouble.step)
            .collect::<Vec<_>>(),
        [Step::Connect]
    );
    let waiting: Vec<_> = summary
        .waiting
        .iter()
        .map(|item| (item.grant, item.act))
        .collect();
    let order = [
        (one.id, Act::Register),
        (two.id, Act::Register),
        (one.id, Act::Suspend),
    ];
    assert_eq!(waiting, order);
    assert_eq!(scene.get(one.id).state(scene.now()), State::Waiting);
    scene.double.mischief(Mischief::None);
    let sent: Vec<_> = scene
        .sync()
        .await
        .sent
        .into_iter()
        .map(|sent| (sent.grant, sent.act))
        .collect();
    assert_eq!(sent, order);
    assert_eq!(scene.get(one.id).state(scene.now()), State::Suspended);
    assert_eq!(scene.get(two.id).state(scene.now()), State::Valid);
    assert_eq!(scene.double.status(one.slot.idx), 2);
}

#[tokio::test]
async fn the_stock_is_for_eight_consents_and_says_when_it_is_empty() {
    let mut scene = Scene::new().await;
    scene.double.mischief(Mischief::Offline);
    assert_eq!(scene.wallet.slots_in_stock().unwrap(), 8);
    for _ in 0..8 {
        scene.sign(AMBULANCE);
    }
    let direct = scene.direct(FIRE);
    let review = scene.wallet.review_direct(&direct, Lang::En).unwrap();
    let line = scene.line.clone();
    assert_eq!(
        scene
            .wallet
            .sign(&review, &Choice::default())
            .unwrap_err()
            .code(),
        "no_slots"
    );
    assert_eq!(
        scene
            .wallet
            .sign_online(&line, &review, &Choice::default())
            .await
            .unwrap_err()
            .code(),
        "no_slots"
    );
    assert_eq!(scene.wallet.grants().unwrap().len(), 8);
    scene.double.mischief(Mischief::None);
    assert_eq!(
        scene
            .wallet
            .sign_online(&line, &review, &Choice::default())
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn old_tickets_leave_the_stock() {
    let mut scene = Scene::new().await;
    scene.clock.pass(crate::double::TICKET);
    assert_eq!(scene.wallet.slots_in_stock().unwrap(), 0);
    assert_eq!(scene.sync().await.slots, 8);
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_with_the_same_bytes() {
    let mut scene = Scene::new().await;
    let grant = scene.sign(AMBULANCE);
    scene.double.mischief(Mischief::LoseAnswer);
    let sent = scene.send().await.sent;
    assert_eq!(
        sent[0].outcome,
        Outcome::Waits {
            reason: "unreachable".into()
        }
    );
    assert_eq!(
        scene.double.status(grant.slot.idx),
        0,
        "the verifier has it"
    );
    assert_eq!(
        scene.get(grant.id).standing,
        Standing::Unregistered,
        "the wallet has no proof of it"
    );
    // The ticket may be over by then: the verifier has the consent, so that it does not matter.
    scene.clock.pass(crate::double::TICKET);
    let sent = scene.send().await.sent;
    assert!(
        matches!(sent[0].outcome, Outcome::Recorded { .. }),
        "{sent:?}"
    );
    let after = scene.get(grant.id);
    assert_eq!(
        (after.standing, after.token),
        (Standing::Valid, grant.token)
    );
    let bodies = scene.double.with(|state| {
        let own = state
            .requests
            .iter()
            .filter(|(method, path, _)| method == Method::POST && path == "/v1/grants");
        own.map(|(.., body)| body.clone()).collect::<Vec<_>>()
    });
    assert_eq!(bodies.len(), 2);
    assert_eq!(bodies[0], bodies[1]);
}

#[tokio::test]
async fn a_lost_answer_to_a_statement_gives_the_same_receipt() {
    let mut scene = Scene::new().await;
    let grant = scene.grant(AMBULANCE).await;
    scene.wallet.suspend(&grant.id).unwrap();
    scene.double.mischief(Mischief::LoseAnswer);
    scene.send().await;
    assert_eq!(scene.get(grant.id).standing, Standing::Valid);
    let sent = scene.send().await.sent;
    assert_eq!(sent[0].outcome, Outcome::Recorded { index: 2 });
    assert_eq!(scene.get(grant.id).standing, Standing::Suspended);
}

#[tokio::test]
async fn a_fault_with_one_consent_does_not_hold_up_the_others() {
    let mut scene = Scene::new().await;
    let first = scene.grant(AMBULANCE).await;
    scene.wallet.revoke(&first.id, None).unwrap();
    let second = scene.sign(FIRE);
    scene.double.mischief(Mischief::Faulty);
    let sent = scene.send().await.sent;
    assert_eq!(
        sent[0].outcome,
        Outcome::Waits {
            reason: "internal".into()
        }
    );
    assert_eq!(scene.get(second.id).standing, Standing::Valid);
    assert_eq!(
        scene.wallet.waiting().unwrap().len(),
        2,
        "the revocation and the request to delete"
    );
}

#[tokio::test]
async fn what_is_taken_back_before_it_is_sent_never_leaves() {
    let mut scene = Scene::new().await;
    scene.double.mischief(Mischief::Offline);
    let grant = scene.sign(AMBULANCE);
    scene.send().await;
    assert_eq!(
        scene.wallet.revoke(&grant.id, None).unwrap(),
        Done::NeverSent
    );
    scene.double.mischief(Mischief::None);
    assert_eq!(scene.sync().await.sent, []);
    assert_eq!(scene.double.status(grant.slot.idx), 3);
    assert_eq!(scene.get(grant.id).state(scene.now()), State::Revoked);
}

#[tokio::test]
async fn what_may_have_arrived_is_registered_and_revoked() {
    let mut scene = Scene::new().await;
    let grant = scene.sign(AMBULANCE);
    scene.double.mischief(Mischief::LoseAnswer);
    scene.send().await;
    assert_eq!(scene.wallet.revoke(&grant.id, None).unwrap(), Done::Queued);
    let acts: Vec<_> = scene
        .send()
        .await
        .sent
        .into_iter()
        .map(|sent| sent.act)
        .collect();
    assert_eq!(acts, [Act::Register, Act::Revoke, Act::EraseRequest]);
    assert_eq!(scene.double.status(grant.slot.idx), 1);
    assert_eq!(scene.get(grant.id).standing, Standing::Revoked);
}

#[tokio::test]
async fn everything_is_in_the_vault_before_it_is_sent() {
    let mut scene = Scene::new().await;
    let grant = scene.sign(AMBULANCE);
    // The program stops here; another one opens the vault.
    let locked = scene.wallet.into_vault().lock().unwrap();
    let unlocked = locked.unlock(&crate::passphrase()).unwrap();
    let mut wallet = wallet::Wallet::new(
        unlocked,
        Box::new(crate::double::TestDevice(scene.clock.clone())),
    );
    let summary = wallet.send(&scene.line).await.unwrap();
    assert_eq!(summary.waiting, []);
    assert_eq!(
        wallet.grant_called(&grant.id.to_string()).unwrap().standing,
        Standing::Valid
    );
}
