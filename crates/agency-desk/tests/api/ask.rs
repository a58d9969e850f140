//! A request from its template to the wallets' answers.

use bytes::Bytes;
use consent_token::{
    id::Jti,
    request::{Lifetime, UnverifiedRequest},
};
use http::Method;
use serde_json::{Value, json};

use crate::{
    Browser, County, Resident,
    browser::Answer,
    county::{CIRCLE, Desk, visit},
};

async fn draft(browser: &Browser) -> Value {
    let all = browser.seen("templates?lang=en").await;
    let templates = all["templates"].as_array().unwrap();
    templates
        .iter()
        .find(|one| one["id"] == "fire-safety-visit")
        .unwrap()["draft"]
        .clone()
}

async fn post(desk: &Desk, address: &str, form: &[(&str, &str)]) -> Answer {
    let wallet = desk
        .browser()
        .with("content-type", "application/x-www-form-urlencoded");
    let path = address.strip_prefix(&desk.url).unwrap();
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish();
    let request = wallet.request(Method::POST, path);
    wallet.send(request, body.into()).await
}

async fn fetch(desk: &Desk, address: &str) -> Answer {
    let wallet = desk.browser();
    wallet
        .send(
            wallet.request(Method::GET, address.strip_prefix(&desk.url).unwrap()),
            Bytes::new(),
        )
        .await
}

/// The `state` that only who has the request knows.
fn state_of(compact: &str) -> String {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    let payload = BASE64_URL_SAFE_NO_PAD
        .decode(compact.split('.').nth(1).unwrap())
        .unwrap();
    let claims: Value = serde_json::from_slice(&payload).unwrap();
    claims["state"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_request_is_signed_fetched_answered_and_seen_live() {
    let county = County::open().await;
    let desk = county.console("fire").await;
    let browser = desk.signed_in("caseworker").await;
    let mut live = browser.connected().await;
    let made = browser.done("request/make", draft(&browser).await).await;
    let (id, address) = (
        made["id"].as_str().unwrap(),
        made["request_uri"].as_str().unwrap(),
    );
    assert!(
        made["link"]
            .as_str()
            .unwrap()
            .starts_with("assent://authorize?client_id=")
    );
    let fetched = fetch(&desk, address).await;
    assert_eq!(
        fetched.header("content-type"),
        "application/oauth-authz-req+jwt"
    );
    let compact = String::from_utf8(fetched.body.to_vec()).unwrap();
    UnverifiedRequest::parse_lasting(&compact, &protocol::Version1, Lifetime::Day).unwrap();
    let png = browser.get(&format!("request-qr?id={id}")).await;
    assert!(png.body.starts_with(b"\x89PNG") && png.header("content-type") == "image/png");
    let req: Jti = id.parse().unwrap();
    let given = Resident::new(1)
        .gives(&county, "fire", visit(), Some(req))
        .await;
    let state = state_of(&compact);
    let answered = post(
        &desk,
        address,
        &[("consent_token", &given.token), ("state", &state)],
    )
    .await;
    assert_eq!(answered.status, 200, "{}", answered.json());
    live.until(|event| {
        event["kind"] == "request" && event["id"] == id && event["state"] == "granted"
    })
    .await;
    live.act(&given.id.to_string(), "share").await;
    let seen = browser.seen(&format!("request?id={id}")).await;
    let answer = &seen["granted"][0];
    assert_eq!(
        (answer["grant"].clone(), answer["registered"].clone()),
        (json!(given.id.to_string()), json!(true))
    );
    assert!(
        answer["without"]
            .as_array()
            .unwrap()
            .contains(&json!("home.pets"))
    );
}

#[tokio::test]
async fn an_answer_that_does_not_know_the_request_is_none() {
    let county = County::open().await;
    let desk = county.console("fire").await;
    let browser = desk.signed_in("caseworker").await;
    let made = browser.done("request/make", draft(&browser).await).await;
    let (id, address) = (
        made["id"].as_str().unwrap(),
        made["request_uri"].as_str().unwrap(),
    );
    let req: Jti = id.parse().unwrap();
    let state = state_of(std::str::from_utf8(&fetch(&desk, address).await.body).unwrap());
    let unasked = Resident::new(1).gives(&county, "fire", visit(), None).await;
    let theirs = Resident::new(2)
        .gives(&county, "ambulance", visit(), Some(req))
        .await;
    let no = Resident::new(3).declines(req);
    for form in [
        vec![("consent_token", unasked.token.as_str()), ("state", &state)],
        vec![("consent_token", &theirs.token), ("state", &state)],
        vec![
            ("error", "access_denied"),
            ("statement", &no),
            ("state", "guessed"),
        ],
        vec![("statement", &no), ("state", &state)],
        vec![
            ("error", "access_denied"),
            ("statement", "a.b.c"),
            ("state", &state),
        ],
        vec![("state", &state)],
    ] {
        assert_eq!(
            post(&desk, address, &form).await.code(),
            "not_understood",
            "{form:?}"
        );
    }
    assert_eq!(
        browser.seen(&format!("request?id={id}")).await["state"],
        "open"
    );
    let said = post(
        &desk,
        address,
        &[
            ("error", "access_denied"),
            ("statement", &no),
            ("state", &state),
        ],
    )
    .await;
    assert_eq!(said.status, 200);
    post(
        &desk,
        address,
        &[
            ("error", "access_denied"),
            ("statement", &no),
            ("state", &state),
        ],
    )
    .await;
    let seen = browser.seen(&format!("request?id={id}")).await;
    assert_eq!(
        (seen["state"].clone(), seen["declined"].clone()),
        (json!("declined"), json!(1)),
        "said twice, it is one no"
    );
}

#[tokio::test]
async fn closed_or_late_it_is_not_given_out_any_more() {
    let county = County::open().await;
    let desk = county.console("fire").await;
    let browser = desk.signed_in("caseworker").await;
    let made = browser.done("request/make", draft(&browser).await).await;
    let address = made["request_uri"].as_str().unwrap();
    browser
        .done("request/close", json!({ "id": made["id"] }))
        .await;
    assert_eq!(fetch(&desk, address).await.code(), "request_over");
    assert_eq!(
        browser
            .post("request/close", json!({ "id": made["id"] }))
            .await
            .code(),
        "request_over"
    );
    let mut short = draft(&browser).await;
    short["answer_within"] = json!(5);
    let made = browser.done("request/make", short).await;
    desk.later(300);
    let late = browser
        .seen(&format!("request?id={}", made["id"].as_str().unwrap()))
        .await;
    assert_eq!(late["state"], "expired");
    assert_eq!(
        fetch(&desk, made["request_uri"].as_str().unwrap())
            .await
            .code(),
        "request_over"
    );
    assert_eq!(
        fetch(&desk, &format!("{}/r/nothing", desk.url))
            .await
            .code(),
        "unknown_request"
    );
}

#[tokio::test]
async fn what_cannot_be_asked_is_told_with_the_field_at_fault() {
    let county = County::open().await;
    let desk = county.console("fire").await;
    let browser = desk.signed_in("caseworker").await;
    browser.connected().await;
    let good = draft(&browser).await;
    for (member, value, code) in [
        ("purposes", json!([]), "purpose"),
        ("purposes", json!(["marketing"]), "purpose"),
        ("items", json!(["home.addres"]), "item"),
        ("items", json!(["home.address", "home.address"]), "item"),
        (
            "required",
            json!(["health.conditions"]),
            "required_not_asked",
        ),
        (
            "notice",
            json!({ "en": "Words", "cy": " " }),
            "notice_missing",
        ),
        (
            "notice",
            json!({ "en": "w ".repeat(5_000), "cy": "g" }),
            "notice_too_long",
        ),
        ("retention", json!("30 days"), "duration"),
        ("retention", json!("PT0S"), "duration"),
        ("answer_within", json!(1441), "duration"),
        (
            "circle",
            json!("https://nobody.example/circle"),
            "not_in_circle",
        ),
        (
            "recipients",
            json!(["https://nobody.example"]),
            "unknown_agency",
        ),
        (
            "basis",
            json!("https://w3id.org/dpv/legal/eu/gdpr#A6-1-f"),
            "basis",
        ),
        ("jurisdiction", json!("Wales"), "jurisdiction"),
    ] {
        let mut bad = good.clone();
        bad[member] = value;
        let refused = browser.post("request/make", bad).await;
        assert_eq!(refused.code(), code, "{member}: {}", refused.json());
        assert_eq!(refused.json()["field"], member, "{code}");
    }
    assert_eq!(browser.seen("requests").await["requests"], json!([]));
}

#[tokio::test]
async fn the_preview_shows_what_the_citizen_sees_and_is_warned_of() {
    let county = County::open().await;
    let desk = county.console("fire").await;
    let browser = desk.signed_in("caseworker").await;
    browser.connected().await;
    let mut asked = draft(&browser).await;
    asked["items"]
        .as_array_mut()
        .unwrap()
        .push(json!("home.key_safe"));
    asked["on_incident"] = json!(true);
    asked["circle"] = json!(CIRCLE);
    asked["max_duration"] = json!("P3Y");
    let preview = browser
        .done("request/preview", json!({ "draft": asked, "lang": "cy" }))
        .await;
    assert_eq!(preview["notice_lang"], "cy");
    assert!(
        preview["notice"]
            .as_str()
            .unwrap()
            .contains("Gwasanaeth fire")
    );
    assert_eq!(preview["retention"], "90 diwrnod");
    let codes: Vec<&str> = preview["concerns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    assert!(
        codes.contains(&"never_on_incident") && codes.contains(&"runs_long"),
        "{codes:?}"
    );
    let members = preview["circle"]["members"].as_array().unwrap();
    assert!(
        members
            .iter()
            .any(|member| member["agency"]["id"] == "https://ambulance.example")
    );
    assert_eq!(
        browser.seen("requests").await["requests"],
        json!([]),
        "nothing was signed"
    );
}

#[tokio::test]
async fn ones_own_templates_are_kept_and_those_of_the_program_are_not_changed() {
    let county = County::open().await;
    let desk = county.console("fire").await;
    let browser = desk.signed_in("caseworker").await;
    let own = json!({ "id": "", "name": { "en": "Ours", "cy": "Ein un ni" }, "built_in": false, "draft": draft(&browser).await });
    let saved = browser.done("template/save", own.clone()).await;
    let all = browser.seen("templates").await;
    assert_eq!(all["templates"][0]["id"], saved["id"]);
    let mut theirs = own;
    theirs["id"] = json!("fire-safety-visit");
    assert_eq!(
        browser.post("template/save", theirs).await.code(),
        "built_in_template"
    );
    browser
        .done("template/remove", json!({ "id": saved["id"] }))
        .await;
    assert_eq!(
        browser
            .post("template/remove", json!({ "id": saved["id"] }))
            .await
            .code(),
        "unknown_template"
    );
}
