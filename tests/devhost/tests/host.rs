//! What the test host answers, and whom.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "in a test a panic is the finding"
)]

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use devhost::{Door, router};
use serde_json::{Value, json};
use tower::ServiceExt as _;
use wallet_app::{App, Places};

const AUTHORITY: &str = "127.0.0.1:7000";

struct Host {
    _folder: tempfile::TempDir,
    router: Router,
    token: String,
}

fn host() -> Host {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("index.html"), "<p>the window</p>").unwrap();
    let app = App::new(Places {
        vault: Some(folder.path().join("wallet.vault")),
        papers: Some(folder.path().join("papers")),
        verifier: None,
    });
    let door = Door::new(AUTHORITY.parse().unwrap()).unwrap();
    let token = door.address().split_once("token=").unwrap().1.to_owned();
    Host {
        router: router(Arc::new(app), door, folder.path()),
        token,
        _folder: folder,
    }
}

fn command(name: &str) -> axum::http::request::Builder {
    Request::post(format!("/command/{name}"))
        .header(header::HOST, AUTHORITY)
        .header(header::CONTENT_TYPE, "application/json")
}

impl Host {
    async fn send(&self, request: Request<Body>) -> (StatusCode, Value) {
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }

    async fn ask(&self, name: &str, ask: Value) -> (StatusCode, Value) {
        let request = command(name)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .body(Body::from(ask.to_string()));
        self.send(request.unwrap()).await
    }
}

#[tokio::test]
async fn commands_answer_and_refuse_as_in_the_window() {
    let host = host();
    let (status, about) = host.ask("about", json!({})).await;
    assert_eq!((status, &about["exists"]), (StatusCode::OK, &json!(false)));
    let (status, refusal) = host.ask("overview", json!({})).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refusal, json!({ "code": "locked", "retryable": false }));
    let (_, refusal) = host.ask("unlock", json!({ "word": 1 })).await;
    assert_eq!(refusal["code"], "not_understood");
    let (status, _) = host.ask("open_link", json!({})).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_link_that_is_handed_over_waits() {
    let host = host();
    let request = Request::post("/control/link")
        .header(header::HOST, AUTHORITY)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, format!("Bearer {}", host.token))
        .body(Body::from(
            json!({ "link": "assent://authorize" }).to_string(),
        ));
    assert_eq!(host.send(request.unwrap()).await.0, StatusCode::OK);
    assert_eq!(host.ask("about", json!({})).await.1["links"], 1);
}

#[tokio::test]
async fn nobody_gets_in_without_the_token_or_from_another_site() {
    let host = host();
    let bearer = format!("Bearer {}", host.token);
    let asked = |name: header::HeaderName, value: &str| {
        let request = command("about").header(name, value);
        request.body(Body::from("{}")).unwrap()
    };
    let (status, _) = host.send(asked(header::ACCEPT, "*/*")).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    let (status, _) = host.send(asked(header::AUTHORIZATION, "Bearer x")).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let request = command("about")
            .header(name, value)
            .header(header::AUTHORIZATION, &bearer)
            .body(Body::from("{}"));
        let (status, _) = host.send(request.unwrap()).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    let rebound = Request::post("/command/about")
        .header(header::HOST, "evil.example:7000")
        .header(header::AUTHORIZATION, &bearer)
        .body(Body::from("{}"));
    assert_eq!(host.send(rebound.unwrap()).await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_address_leads_to_the_page_and_the_page_is_as_strict_as_the_window() {
    let host = host();
    let open = |path: &str, cookie: &str| {
        let request = Request::get(path)
            .header(header::HOST, AUTHORITY)
            .header(header::COOKIE, cookie);
        request.body(Body::empty()).unwrap()
    };
    let address = format!("/?token={}", host.token);
    let answer = host
        .router
        .clone()
        .oneshot(open(&address, ""))
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let cookie = answer.headers()[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
    let cookie = cookie.split_once(';').unwrap().0.to_owned();
    let page = host
        .router
        .clone()
        .oneshot(open("/", &cookie))
        .await
        .unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    let policy = page.headers()[header::CONTENT_SECURITY_POLICY]
        .to_str()
        .unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("connect-src 'self'"));
    assert!(!policy.contains("unsafe"));
}
