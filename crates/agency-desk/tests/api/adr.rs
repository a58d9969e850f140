//! Call-handling software asks: 200 only for what is opened for an incident that is open, and only with the
//! console's own token.

use agency_desk::Config;
use bytes::Bytes;
use http::Method;
use serde_json::json;

use crate::{Browser, County, browser::Answer, control::Room};

async fn ask(browser: &Browser, caller: &str, token: &str, accept: &str) -> Answer {
    let path = format!("/Adr/v1/AdditionalData?callerUri={caller}");
    let request = browser
        .request(Method::GET, &path)
        .header("authorization", format!("Bearer {token}"))
        .header("accept", accept);
    browser.send(request, Bytes::new()).await
}

async fn token(room: &Room) -> String {
    let admin = room.desk.signed_in("admin").await;
    admin.done("adr-token", json!({})).await["token"]
        .as_str()
        .unwrap()
        .to_owned()
}

const CALLER: &str = "tel:%2B442920180199";

#[tokio::test]
async fn it_answers_with_what_an_open_incident_allows() {
    let mut room = Room::open().await;
    let token = token(&room).await;
    let software = room.desk.browser();
    assert_eq!(
        ask(&software, CALLER, &token, "*/*").await.status,
        404,
        "no incident"
    );
    let incident = room.declare("INC-1").await;
    assert_eq!(
        ask(&software, CALLER, &token, "*/*").await.status,
        404,
        "an incident, and nothing opened"
    );
    room.open_for(&incident).await;
    room.live.act(&room.given.id.to_string(), "open").await;
    let found = ask(&software, CALLER, &token, "*/*").await;
    assert_eq!(found.status, 200);
    assert!(String::from_utf8_lossy(&found.body).contains("Bowen"));
    let found = ask(&software, CALLER, &token, "application/json").await;
    assert!(found.json()["additionalData"].as_array().unwrap().len() >= 3);
    assert_eq!(
        ask(&software, "tel:%2B442920180198", &token, "*/*")
            .await
            .status,
        404,
        "another number"
    );
    assert_eq!(
        ask(&software, "sip:mair@example", &token, "*/*")
            .await
            .status,
        400
    );
    let officer = room.desk.signed_in("privacy-officer").await;
    let journal = officer.seen("journal?actor=adr").await;
    assert_eq!(journal["total"], 2, "each answer is in the journal");
    room.browser
        .done("incident/close", json!({ "id": incident }))
        .await;
    assert_eq!(
        ask(&software, CALLER, &token, "*/*").await.status,
        404,
        "closed"
    );
}

#[tokio::test]
async fn without_its_token_it_learns_nothing_and_has_to_wait() {
    let room = Room::open().await;
    let software = room.desk.browser();
    assert_eq!(
        ask(&software, CALLER, "", "*/*").await.status,
        401,
        "there is none yet"
    );
    let token = token(&room).await;
    let signed_in = room
        .browser
        .send(
            room.browser.request(
                Method::GET,
                &format!("/Adr/v1/AdditionalData?callerUri={CALLER}"),
            ),
            Bytes::new(),
        )
        .await;
    assert_eq!(signed_in.status, 401, "a session is no token");
    for _ in 0..30 {
        ask(&software, CALLER, "guessed", "*/*").await;
    }
    assert_eq!(ask(&software, CALLER, &token, "*/*").await.status, 429);
    room.desk.later(60);
    assert_eq!(ask(&software, CALLER, &token, "*/*").await.status, 404);
    let admin = room.desk.signed_in("admin").await;
    admin.done("adr-token/remove", json!({})).await;
    room.desk.later(60);
    assert_eq!(ask(&software, CALLER, &token, "*/*").await.status, 401);
}

#[tokio::test]
async fn who_is_not_known_here_may_be_known_elsewhere() {
    let county = County::open().await;
    let config = Config {
        adr_next: Some(
            "https://adr.ambulance.example/Adr/v1/AdditionalData"
                .parse()
                .unwrap(),
        ),
        ..Config::default()
    };
    let desk = county.console_with("fire", config).await;
    let admin = desk.signed_in("admin").await;
    let token = admin.done("adr-token", json!({})).await["token"]
        .as_str()
        .unwrap()
        .to_owned();
    let elsewhere = ask(&desk.browser(), CALLER, &token, "*/*").await;
    assert_eq!(elsewhere.status, 307);
    assert_eq!(
        elsewhere.header("location"),
        "https://adr.ambulance.example/Adr/v1/AdditionalData?callerUri=tel%3A%2B442920180199"
    );
}

#[tokio::test]
async fn where_it_cannot_tell_it_says_454() {
    let mut room = Room::open().await;
    let token = token(&room).await;
    let incident = room.declare("INC-1").await;
    room.open_for(&incident).await;
    room.live.act(&room.given.id.to_string(), "open").await;
    // The verifier refuses a proof from the future: it cannot be asked with this clock.
    room.desk.later(600);
    assert_eq!(
        ask(&room.desk.browser(), CALLER, &token, "*/*")
            .await
            .status,
        454
    );
}
