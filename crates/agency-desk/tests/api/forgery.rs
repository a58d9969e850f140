//! Calls that do not come from the console's own pages.

use bytes::Bytes;
use http::Method;
use serde_json::json;

use crate::{Browser, County};

async fn sign_out(browser: &Browser) -> (u16, String) {
    let answer = browser.post("sign-out", json!({})).await;
    (answer.status, answer.code())
}

#[tokio::test]
async fn without_the_sessions_token_nothing_is_changed() {
    let desk = County::open().await.console("fire").await;
    let browser = desk.signed_in("caseworker").await;
    for forged in ["", "guessed", &format!("{}x", browser.csrf)] {
        let forged = browser.with("assent-csrf", forged);
        assert_eq!(sign_out(&forged).await, (403, "forged".into()));
    }
    let other = desk.signed_in("caseworker").await;
    assert_eq!(
        sign_out(&browser.with("assent-csrf", &other.csrf)).await.1,
        "forged",
        "another session's"
    );
    assert_eq!(browser.get("account").await.status, 200, "still signed in");
}

#[tokio::test]
async fn another_sites_page_cannot_act_or_look() {
    let desk = County::open().await.console("fire").await;
    let browser = desk.signed_in("caseworker").await;
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        assert_eq!(
            sign_out(&browser.with(name, value)).await.1,
            "forged",
            "{name}: {value}"
        );
    }
    let silent = browser.with("origin", "").with("sec-fetch-site", "");
    assert_eq!(
        sign_out(&silent).await.1,
        "forged",
        "who says nothing may not change anything"
    );
    for site in ["cross-site", "same-site"] {
        assert_eq!(
            browser
                .with("sec-fetch-site", site)
                .get("account")
                .await
                .code(),
            "forged"
        );
    }
    assert_eq!(
        browser
            .with("origin", "https://evil.example")
            .get("account")
            .await
            .code(),
        "forged"
    );
    let signing_in = desk.browser().with("origin", "https://evil.example");
    let answer = signing_in
        .post("sign-in", json!({ "user": "caseworker", "password": "x" }))
        .await;
    assert_eq!(
        answer.code(),
        "forged",
        "nobody is signed in from elsewhere"
    );
}

#[tokio::test]
async fn a_name_that_was_made_to_point_here_is_not_answered() {
    let desk = County::open().await.console("fire").await;
    let rebound = desk.browser().with("host", "evil.example");
    assert_eq!(rebound.get("session").await.code(), "forged");
    let page = rebound
        .send(rebound.request(Method::GET, "/"), Bytes::new())
        .await;
    assert_eq!(page.status, 403);
}

#[tokio::test]
async fn a_form_cannot_say_what_json_says() {
    let desk = County::open().await.console("fire").await;
    let browser = desk.signed_in("caseworker").await;
    for media in ["text/plain", "application/x-www-form-urlencoded", ""] {
        assert_eq!(
            sign_out(&browser.with("content-type", media)).await.1,
            "not_understood",
            "{media}"
        );
    }
}

#[tokio::test]
async fn every_answer_forbids_framing_sniffing_and_keeping() {
    let desk = County::open().await.console("fire").await;
    let browser = desk.browser();
    for path in [
        "/",
        "/api/session",
        "/api/consents",
        "/api/nothing",
        "/r/none",
        "/no.js",
        "/Adr/v1/AdditionalData",
    ] {
        let answer = browser
            .send(browser.request(Method::GET, path), Bytes::new())
            .await;
        assert!(
            answer
                .header("content-security-policy")
                .contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert!(
            answer.header("access-control-allow-origin").is_empty(),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_body_beyond_every_need_is_refused() {
    let desk = County::open().await.console("fire").await;
    let browser = desk.signed_in("caseworker").await;
    let answer = browser
        .post(
            "readability",
            json!({ "text": "x".repeat(70_000), "lang": "en" }),
        )
        .await;
    assert_eq!(answer.status, 413);
}
