//! No to a request, all of a circle taken back as one, and what is asked beyond last time.

use consent_token::{
    id::Jti,
    request::RequestObject,
    statement::{Statement, UnverifiedStatement},
    term::{Action, Release},
    token,
};
use profile::Lang;
use protocol::Version1;
use wallet::{Choice, Delivery, Done, Outcome, State, Warning, Widening};

use crate::{
    Scene,
    double::{AMBULANCE, FIRE, HEALTH, Mischief},
    signed,
};

const ANSWERS: &str = "https://ambulance.county.example/answers";

impl Scene {
    fn numbered(&self, number: u8) -> RequestObject {
        RequestObject {
            jti: Jti::from_bytes([number; 16]),
            response_uri: Some(ANSWERS.parse().unwrap()),
            ..self.request()
        }
    }

    fn say_no(&mut self, asked: &RequestObject) -> wallet::Declined {
        let review = self.wallet.review(&signed(asked), Lang::En).unwrap();
        self.wallet.decline(&review).unwrap()
    }

    fn say_yes(&mut self, asked: &RequestObject) -> Vec<wallet::Grant> {
        let review = self.wallet.review(&signed(asked), Lang::En).unwrap();
        self.wallet.sign(&review, &Choice::default()).unwrap()
    }

    fn delivery(&self) -> Delivery {
        self.wallet.declined().unwrap()[0].delivery.clone()
    }

    fn warnings(&mut self, asked: &RequestObject) -> Vec<Warning> {
        let review = self.wallet.review(&signed(asked), Lang::En).unwrap();
        review.warnings
    }
}

/// The no and the key that a yes would have had.
fn read(statement: &str, yes: &str) -> Jti {
    let token = token::verify(yes, &Version1).unwrap();
    let unverified = UnverifiedStatement::parse(statement).unwrap();
    let verified = unverified.verify(token.holder_key()).unwrap();
    let Statement::Decline(no) = verified.statement() else {
        panic!("no decline")
    };
    no.req
}

#[tokio::test]
async fn a_no_is_signed_by_the_key_of_its_scope_and_delivered() {
    let mut scene = Scene::new().await;
    let asked = scene.numbered(1);
    let declined = scene.say_no(&asked);
    let yes = scene.sign(AMBULANCE).token;
    assert_eq!(read(&declined.statement, &yes), asked.jti);
    let summary = scene.send().await;
    assert!(matches!(
        summary.declined[0].delivery,
        Delivery::Delivered { .. }
    ));
    let posts = scene.double.with(|state| {
        let posts = state
            .requests
            .iter()
            .filter(|(_, path, _)| path == "/answers");
        posts.map(|(.., body)| body.clone()).collect::<Vec<_>>()
    });
    let body = format!(
        "error=access_denied&statement={}&state=s",
        declined.statement
    );
    assert_eq!(posts, [body]);
    // Said once, sent once.
    assert_eq!(scene.say_no(&asked).statement, declined.statement);
    assert_eq!(scene.sync().await.declined, []);
    assert!(
        scene
            .warnings(&asked)
            .contains(&Warning::Declined { at: declined.at })
    );
}

#[tokio::test]
async fn a_no_to_a_circle_is_of_the_circles_key() {
    let mut scene = Scene::new().await;
    let asked = RequestObject {
        jti: Jti::from_bytes([7; 16]),
        ..scene.circle_request()
    };
    let declined = scene.say_no(&asked);
    assert_eq!(declined.delivery, Delivery::ByHand);
    let yes = scene.say_yes(&scene.circle_request()).remove(0).token;
    assert_eq!(read(&declined.statement, &yes), asked.jti);
}

#[tokio::test]
async fn a_no_waits_for_a_connection_but_not_longer_than_the_agency_does() {
    let mut scene = Scene::new().await;
    let asked = scene.numbered(1);
    scene.say_no(&asked);
    scene.double.mischief(Mischief::Offline);
    scene.send().await;
    assert!(matches!(scene.delivery(), Delivery::Waits { .. }));
    scene.double.mischief(Mischief::None);
    scene.clock.pass(3600);
    scene.send().await;
    assert_eq!(scene.delivery(), Delivery::TooLate);
}

#[tokio::test]
async fn what_was_agreed_to_is_taken_back_and_not_declined() {
    let mut scene = Scene::new().await;
    let asked = scene.numbered(1);
    let grant = scene.say_yes(&asked).remove(0);
    let review = scene.wallet.review(&signed(&asked), Lang::En).unwrap();
    let refused = scene.wallet.decline(&review).unwrap_err();
    assert_eq!(refused, wallet::WalletError::AnsweredAlready(grant.id));
    let direct = scene.direct(AMBULANCE);
    let own = scene.wallet.review_direct(&direct, Lang::En).unwrap();
    assert_eq!(
        scene.wallet.decline(&own).unwrap_err().code(),
        "not_a_request"
    );
}

#[tokio::test]
async fn a_case_is_taken_back_as_one_and_says_which_wait() {
    let mut scene = Scene::new().await;
    let single = scene.grant(HEALTH).await;
    let members = scene.say_yes(&scene.circle_request());
    scene.send().await;
    let case = members[0].consent.circle.as_ref().unwrap().case.to_string();
    let called = scene.wallet.grants_called(&case[..6]).unwrap();
    assert_eq!(called.len(), 2);
    let other = scene.wallet.grants_called(&single.id.to_string()).unwrap();
    assert_eq!(other[0].id, single.id);
    assert_eq!(
        scene.wallet.grants_called("").unwrap_err().code(),
        "unknown_grant"
    );
    assert_eq!(
        scene.wallet.grants_called("AAno").unwrap_err().code(),
        "unknown_grant"
    );
    for grant in &called {
        assert_eq!(scene.wallet.revoke(&grant.id, None).unwrap(), Done::Queued);
    }
    scene.double.mischief(Mischief::Faulty);
    let sent = scene.send().await.sent;
    let waits = |sent: &wallet::Sent| matches!(sent.outcome, Outcome::Waits { .. });
    assert!(sent.len() == 2 && sent.iter().all(waits), "{sent:?}");
    scene.double.mischief(Mischief::None);
    scene.send().await;
    for id in [AMBULANCE, FIRE] {
        let member = called.iter().find(|grant| grant.agency.as_str() == id);
        let member = scene.get(member.unwrap().id);
        assert_eq!(member.state(scene.now()), State::Revoked);
    }
    assert_eq!(scene.get(single.id).state(scene.now()), State::Valid);
}

#[tokio::test]
async fn more_than_last_time_is_told() {
    let mut scene = Scene::new().await;
    let mut first = scene.numbered(1);
    first.consent.datatypes.truncate(2);
    first.consent.release = Release::OnIncident;
    scene.say_no(&first);
    let beyond = |warnings: Vec<Warning>| {
        let more = |warning: &Warning| {
            matches!(
                warning,
                Warning::MoreThanLastTime { .. } | Warning::WiderThanLastTime { .. }
            )
        };
        warnings.into_iter().filter(more).collect::<Vec<_>>()
    };
    // The same again is not more, and neither is less.
    let mut same = scene.numbered(2);
    same.consent = first.consent.clone();
    assert_eq!(beyond(scene.warnings(&same)), []);
    same.consent.datatypes.truncate(1);
    assert_eq!(beyond(scene.warnings(&same)), []);
    let mut more = scene.numbered(3);
    more.consent.actions = vec![Action::Read, Action::Store, Action::Forward];
    more.consent.retention = "P60D".parse().unwrap();
    more.consent.max_duration = "P18M".parse().unwrap();
    let path = "health.conditions".parse().unwrap();
    let wider = |what| Warning::WiderThanLastTime { what };
    assert_eq!(
        beyond(scene.warnings(&more)),
        [
            Warning::MoreThanLastTime { path },
            wider(Widening::AtAnyTime),
            wider(Widening::KeepACopy),
            wider(Widening::PassItOn),
            wider(Widening::KeptLonger),
            wider(Widening::RunsLonger),
        ]
    );
    // What counts is what was asked last, whether it was agreed to or not.
    scene.clock.pass(60);
    let more = RequestObject {
        iat: scene.now(),
        ..more
    };
    scene.say_yes(&more);
    let again = RequestObject {
        jti: Jti::from_bytes([4; 16]),
        ..more
    };
    assert_eq!(beyond(scene.warnings(&again)), []);
}
