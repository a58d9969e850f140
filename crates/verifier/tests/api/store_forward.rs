//! What was acknowledged stays: the same act again, at once, and after a restart.

use consent_token::{
    jws::{self, Compact, Header},
    statement::HolderAct,
};
use protocol::ClientError;
use verifier_store::fixture;

use super::Service;

#[tokio::test]
async fn the_same_act_again_is_the_same_place_in_the_log() {
    let service = Service::start().await;
    let (request, first) = service.register(1).await;
    let again = service.client.register(&request).await.unwrap();
    assert_eq!((again.index, again.status), (first.index, 0));
    service.proven(&again, &request.token);
    let act = fixture::holder_jws(1, 50, 1, HolderAct::Revoke { reason: None });
    let first = service.client.state(&act).await.unwrap();
    assert_eq!(first.status, 1);
    let again = service.client.state(&act).await.unwrap();
    assert_eq!(again.index, first.index);
    service.proven(&again, &act);
}

#[tokio::test]
async fn of_many_at_once_one_registration_wins_and_all_get_its_receipt() {
    let service = Service::start().await;
    let request = service.request(1).await;
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let (client, request) = (service.client.clone(), request.clone());
        calls.spawn(async move { client.register(&request).await.unwrap().index });
    }
    let indexes: Vec<u64> = calls.join_all().await;
    assert!(indexes.iter().all(|index| *index == 1), "{indexes:?}");
}

#[tokio::test]
async fn of_two_grants_for_one_slot_one_wins() {
    let service = Service::start().await;
    let first = service.request(1).await;
    let slot: serde_json::Value = {
        let jws = consent_token::jws::Compact::parse(&first.token, 9000).unwrap();
        serde_json::from_slice(jws.payload()).unwrap()
    };
    let status = &slot["status"]["status_list"];
    let token = fixture::token_from(
        2,
        status["idx"].as_u64().unwrap(),
        status["uri"].as_str().unwrap(),
        super::service::now().plus(-10),
    );
    let second = protocol::api::GrantRequest {
        token,
        ..first.clone()
    };
    let (a, b) = tokio::join!(
        service.client.register(&first),
        service.client.register(&second)
    );
    let refused: Vec<&ClientError> = [&a, &b]
        .into_iter()
        .filter_map(|result| result.as_ref().err())
        .collect();
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].code().unwrap().as_str(), "slot_taken");
}

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let service = Service::start().await;
    let (request, before) = service.register(1).await;
    let act = fixture::holder_jws(1, 50, 3, HolderAct::Suspend);
    service.client.state(&act).await.unwrap();
    let checkpoint = service.client.checkpoint().await.unwrap();
    let service = service.restart().await;
    assert_eq!(service.client.checkpoint().await.unwrap(), checkpoint);
    let after = service.client.register(&request).await.unwrap();
    assert_eq!((after.index, after.status), (before.index, 2));
    let stale = fixture::holder_jws(1, 51, 3, HolderAct::Resume);
    let refused = service.client.state(&stale).await.unwrap_err();
    assert_eq!(refused.code().unwrap().as_str(), "stale_statement");
}

/// The same JWS by holder `number`, its media type spelled in another way (RFC 7515 section 4.1.9).
fn respelled(compact: &str, typ: &str, number: u64) -> String {
    let jws = Compact::parse(compact, compact.len()).unwrap();
    let payload: serde_json::Value = serde_json::from_slice(jws.payload()).unwrap();
    let key = fixture::key(number);
    jws::sign(&Header::with_kid(typ, key.thumbprint()), &payload, &key).unwrap()
}

#[tokio::test]
async fn whatever_spelling_is_taken_is_read_back_after_a_restart() {
    let service = Service::start().await;
    let spellings = [
        ("application/consent+jwt", "CONSENT-STATEMENT+JWT"),
        (
            "Application/Consent+JWT",
            "application/consent-statement+jwt",
        ),
    ];
    for (number, (token, statement)) in (1..).zip(spellings) {
        let mut request = service.request(number).await;
        request.token = respelled(&request.token, token, number);
        service.client.register(&request).await.unwrap();
        let act = fixture::holder_jws(number, 50 + number, 1, HolderAct::Suspend);
        let act = respelled(&act, statement, number);
        service.client.state(&act).await.unwrap();
    }
    let checkpoint = service.client.checkpoint().await.unwrap();
    let service = service.restart().await;
    assert_eq!(service.client.checkpoint().await.unwrap(), checkpoint);
}
