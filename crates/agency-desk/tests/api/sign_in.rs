//! Who gets in, how soon they may try again, and when they are out again.

use agency_desk::Config;
use serde_json::json;

use crate::{County, county::PASSWORD};

#[tokio::test]
async fn a_password_opens_a_session_that_no_script_reads() {
    let desk = County::open().await.console("fire").await;
    let mut browser = desk.browser();
    assert_eq!(browser.seen("session").await["signed_in"], json!(null));
    let answer = browser
        .post(
            "sign-in",
            json!({ "user": "caseworker", "password": PASSWORD }),
        )
        .await;
    let cookie = answer.header("set-cookie").to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "this computer has no TLS");
    browser.takes(&answer);
    let session = browser.seen("session").await;
    assert_eq!(session["signed_in"]["roles"], json!(["caseworker"]));
    assert_ne!(
        session["signed_in"]["actor"], "caseworker",
        "a pseudonym does not tell the name"
    );
    browser.done("sign-out", json!({})).await;
    assert_eq!(
        browser.get("account").await.code(),
        "signed_out",
        "the server forgot it too"
    );
}

#[tokio::test]
async fn wrong_passwords_have_to_wait_longer_and_longer() {
    let desk = County::open().await.console("fire").await;
    let browser = desk.browser();
    let wrong = json!({ "user": "caseworker", "password": "a kettle on the hilt" });
    // Nine before, so that the wait is long beside what a slow machine takes.
    for _ in 0..10 {
        desk.later(31);
        assert_eq!(
            browser.post("sign-in", wrong.clone()).await.code(),
            "wrong_sign_in"
        );
    }
    let refused = browser
        .post(
            "sign-in",
            json!({ "user": "caseworker", "password": PASSWORD }),
        )
        .await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (429, "too_soon"),
        "the right one too"
    );
    assert_eq!(
        refused.header("retry-after"),
        refused.json()["wait"].to_string()
    );
    desk.later(31);
    assert_eq!(browser.post("sign-in", wrong).await.code(), "wrong_sign_in");
    desk.later(60);
    let right = browser
        .post(
            "sign-in",
            json!({ "user": "caseworker", "password": PASSWORD }),
        )
        .await;
    assert_eq!(right.status, 200);
}

#[tokio::test]
async fn an_unknown_name_is_told_like_a_wrong_password() {
    let desk = County::open().await.console("fire").await;
    let answer = desk
        .browser()
        .post("sign-in", json!({ "user": "nobody", "password": PASSWORD }))
        .await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (401, "wrong_sign_in")
    );
}

#[tokio::test]
async fn a_session_ends_when_nothing_is_done_and_a_page_alone_does_nothing() {
    let desk = County::open().await.console("fire").await;
    let browser = desk.signed_in("caseworker").await;
    let page = browser.with("assent-background", "1");
    desk.later(14 * 60);
    assert_eq!(page.get("account").await.status, 200);
    desk.later(2 * 60);
    assert_eq!(page.get("account").await.code(), "signed_out");
    let browser = desk.signed_in("caseworker").await;
    for _ in 0..50 {
        desk.later(12 * 60);
        if browser.get("account").await.status != 200 {
            break;
        }
    }
    assert_eq!(
        browser.get("account").await.code(),
        "signed_out",
        "after ten hours in any case"
    );
}

#[tokio::test]
async fn the_event_stream_ends_with_the_session_and_does_not_keep_it_alive() {
    let desk = County::open().await.console("fire").await;
    let browser = desk.signed_in("caseworker").await;
    let mut live = browser.connected().await;
    desk.later(16 * 60);
    live.until(|event| event["kind"] == "signed_out").await;
    assert!(live.next().await.is_none());
}

#[tokio::test]
async fn the_first_administrator_is_made_once_with_the_code_of_the_terminal() {
    let county = County::open().await;
    let desk = county
        .console_of("fire", Config::default(), Vec::new())
        .await;
    let code = desk.code.clone().unwrap();
    let mut browser = desk.browser();
    assert_eq!(browser.seen("session").await["set_up"], true);
    let ask = |code: &str| json!({ "code": code, "user": "gwyn", "name": "Gwyn Morgan", "password": PASSWORD });
    assert_eq!(
        browser.post("set-up", ask("aaaaaaaaaaaaaaaa")).await.code(),
        "wrong_code"
    );
    let made = browser.post("set-up", ask(&code)).await;
    assert_eq!(made.status, 200, "{}", made.json());
    browser.takes(&made);
    assert_eq!(
        browser.seen("users").await["users"][0]["roles"],
        json!(["admin"])
    );
    assert_eq!(
        desk.browser().post("set-up", ask(&code)).await.code(),
        "already_set_up"
    );
}

#[tokio::test]
async fn who_loses_a_role_or_is_shut_out_feels_it_at_the_next_call() {
    let desk = County::open().await.console("fire").await;
    let admin = desk.signed_in("admin").await;
    let worker = desk.signed_in("caseworker").await;
    assert_eq!(worker.get("consents").await.status, 200);
    admin
        .done(
            "user/change",
            json!({ "user": "caseworker", "roles": ["admin"] }),
        )
        .await;
    assert_eq!(worker.get("consents").await.code(), "signed_out");
    let worker = desk.signed_in("caseworker").await;
    assert_eq!(worker.get("consents").await.code(), "not_allowed");
    admin
        .done(
            "user/change",
            json!({ "user": "caseworker", "disabled": true }),
        )
        .await;
    let mut out = desk.browser();
    assert_eq!(out.sign_in("caseworker", PASSWORD).await.0, 401);
}

#[tokio::test]
async fn somebody_has_to_be_able_to_manage_users() {
    let desk = County::open().await.console("fire").await;
    let admin = desk.signed_in("admin").await;
    admin
        .done("user/change", json!({ "user": "everything", "roles": [] }))
        .await;
    let refused = admin
        .post(
            "user/change",
            json!({ "user": "admin", "roles": ["caseworker"] }),
        )
        .await;
    assert_eq!(refused.code(), "last_admin");
    assert_eq!(admin.get("users").await.status, 200);
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let desk = County::open().await.console("fire").await;
    let (here, there) = (
        desk.signed_in("caseworker").await,
        desk.signed_in("caseworker").await,
    );
    let wrong = here
        .post(
            "account/password",
            json!({ "old": "not this one", "new": "the cat sat on it" }),
        )
        .await;
    assert_eq!(wrong.code(), "wrong_password");
    let weak = here
        .post(
            "account/password",
            json!({ "old": PASSWORD, "new": "short" }),
        )
        .await;
    assert_eq!(weak.code(), "password_weak");
    here.done(
        "account/password",
        json!({ "old": PASSWORD, "new": "the cat sat on it" }),
    )
    .await;
    assert_eq!(here.get("account").await.status, 200);
    assert_eq!(there.get("account").await.code(), "signed_out");
}

#[tokio::test]
async fn a_passkey_ceremony_that_was_not_begun_here_is_over() {
    let desk = County::open().await.console("fire").await;
    let browser = desk.signed_in("caseworker").await;
    let begun = browser.done("account/passkey", json!({})).await;
    assert_eq!(begun["options"]["rp"]["id"], "localhost");
    assert!(begun["options"]["challenge"].as_str().unwrap().len() >= 22);
    let made_up = json!({ "ceremony": "made up", "name": "key", "credential": {} });
    assert_eq!(
        browser.post("account/passkey/done", made_up).await.code(),
        "ceremony_over"
    );
    let forged =
        json!({ "ceremony": begun["ceremony"], "name": "key", "credential": { "id": "AAAA" } });
    assert_eq!(
        browser
            .post("account/passkey/done", forged.clone())
            .await
            .code(),
        "passkey_refused"
    );
    assert_eq!(
        browser.post("account/passkey/done", forged).await.code(),
        "ceremony_over",
        "each is good once"
    );
    let asked = desk.browser().done("sign-in/passkey", json!({})).await;
    assert_eq!(asked["options"]["rpId"], "localhost");
    assert_eq!(asked["options"]["userVerification"], "required");
}
