//! Signing in with the agency's own identity provider: what is not signed by it, for this console and for this
//! sign-in, opens nothing.

use std::collections::BTreeMap;

use agency_desk::{Config, Oidc, api::Role};
use bytes::Bytes;
use http::Method;
use serde_json::json;
use url::Url;

use crate::{
    Browser, County,
    browser::Answer,
    county::Desk,
    provider::{CLIENT, Provider, Says},
};

struct Scene {
    provider: Provider,
    desk: Desk,
}

impl Scene {
    async fn open() -> Self {
        let provider = Provider::open().await;
        let roles = BTreeMap::from([
            ("desk-casework".to_owned(), vec![Role::Caseworker]),
            ("desk-control".to_owned(), vec![Role::ControlRoom]),
        ]);
        let oidc = Oidc {
            name: "Fire account".into(),
            issuer: provider.url(),
            client_id: CLIENT.into(),
            client_secret_file: None,
            roles_claim: "groups".into(),
            roles,
        };
        let config = Config {
            oidc: Some(oidc),
            ..Config::default()
        };
        let desk = County::open()
            .await
            .console_of("fire", config, Vec::new())
            .await;
        Scene { provider, desk }
    }

    /// The browser goes to the provider; gives what it was sent there with.
    async fn leaves(&self, browser: &mut Browser) -> BTreeMap<String, String> {
        let answer = go(browser, "/sign-in/oidc").await;
        assert_eq!(answer.status, 303);
        let cookie = answer.header("set-cookie").to_owned();
        assert!(
            cookie.contains("SameSite=Lax")
                && cookie.contains("HttpOnly")
                && cookie.contains("Max-Age=600")
        );
        browser.takes(&answer);
        let url: Url = answer.header("location").parse().unwrap();
        url.query_pairs().into_owned().collect()
    }

    async fn comes_back(&self, browser: &mut Browser, state: &str) -> String {
        let answer = go(
            browser,
            &format!("/sign-in/oidc/callback?code=a-code&state={state}"),
        )
        .await;
        browser.takes(&answer);
        answer.header("location").to_owned()
    }

    /// All of it; gives where the browser ends up.
    async fn signs_in(&self, browser: &mut Browser, says: Says) -> String {
        self.provider.says(says);
        let sent = self.leaves(browser).await;
        self.provider
            .agreed(&sent["code_challenge"], &sent["nonce"]);
        self.comes_back(browser, &sent["state"]).await
    }
}

async fn go(browser: &Browser, path: &str) -> Answer {
    // The way back is a navigation from another site.
    let browser = browser.with("sec-fetch-site", "cross-site");
    browser
        .send(browser.request(Method::GET, path), Bytes::new())
        .await
}

#[tokio::test]
async fn a_signed_token_opens_a_session_with_the_roles_of_its_groups() {
    let scene = Scene::open().await;
    let mut browser = scene.desk.browser();
    assert_eq!(
        browser.seen("session").await["ways"]["oidc"],
        "Fire account"
    );
    let sent = scene.leaves(&mut browser).await;
    assert_eq!(
        (
            sent["code_challenge_method"].as_str(),
            sent["response_type"].as_str()
        ),
        ("S256", "code")
    );
    assert_eq!(sent["client_id"], CLIENT);
    assert_eq!(scene.signs_in(&mut browser, Says::default()).await, "/");
    let session = browser.seen("session").await;
    let who = &session["signed_in"];
    assert_eq!(
        (
            who["user"].clone(),
            who["name"].clone(),
            who["roles"].clone()
        ),
        (
            json!("mair.bowen"),
            json!("Mair Bowen"),
            json!(["caseworker"])
        )
    );
    assert_eq!(browser.get("consents").await.status, 200);
    let says = Says {
        groups: vec!["desk-control".into()],
        ..Says::default()
    };
    let mut later = scene.desk.browser();
    assert_eq!(scene.signs_in(&mut later, says).await, "/");
    let again = later.seen("session").await;
    assert_eq!(
        again["signed_in"]["roles"],
        json!(["control-room"]),
        "the provider's word counts anew"
    );
    assert_eq!(
        again["signed_in"]["actor"], who["actor"],
        "the pseudonym stays"
    );
}

#[tokio::test]
async fn what_does_not_hold_opens_nothing() {
    let scene = Scene::open().await;
    for (what, says) in [
        (
            "another sign-in's nonce",
            Says {
                nonce: Some("another".into()),
                ..Says::default()
            },
        ),
        (
            "another key",
            Says {
                forged: true,
                ..Says::default()
            },
        ),
        (
            "no signature",
            Says {
                unsigned: true,
                ..Says::default()
            },
        ),
        (
            "another console",
            Says {
                audience: "another".into(),
                ..Says::default()
            },
        ),
        (
            "another provider",
            Says {
                issuer: Some("https://evil.example".into()),
                ..Says::default()
            },
        ),
        (
            "too late",
            Says {
                ends_in: -1,
                ..Says::default()
            },
        ),
        (
            "no group with a role",
            Says {
                groups: vec!["choir".into()],
                ..Says::default()
            },
        ),
    ] {
        let mut browser = scene.desk.browser();
        assert_eq!(
            scene.signs_in(&mut browser, says).await,
            "/?sign-in=refused",
            "{what}"
        );
        assert_eq!(
            browser.seen("session").await["signed_in"],
            json!(null),
            "{what}"
        );
    }
}

#[tokio::test]
async fn the_way_back_belongs_to_the_browser_that_left() {
    let scene = Scene::open().await;
    let mut browser = scene.desk.browser();
    let sent = scene.leaves(&mut browser).await;
    scene
        .provider
        .agreed(&sent["code_challenge"], &sent["nonce"]);
    let mut other = scene.desk.browser();
    assert_eq!(
        scene.comes_back(&mut other, &sent["state"]).await,
        "/?sign-in=refused",
        "somebody else's link"
    );
    let mut same = browser.clone();
    assert_eq!(
        scene.comes_back(&mut same, "guessed").await,
        "/?sign-in=refused",
        "another state"
    );
    assert_eq!(
        scene.comes_back(&mut browser, &sent["state"]).await,
        "/?sign-in=refused",
        "each is good once"
    );
    let sent = scene.leaves(&mut browser).await;
    scene
        .provider
        .agreed(&sent["code_challenge"], &sent["nonce"]);
    scene.desk.later(601);
    assert_eq!(
        scene.comes_back(&mut browser, &sent["state"]).await,
        "/?sign-in=refused",
        "ten minutes"
    );
}

#[tokio::test]
async fn a_provider_that_is_away_is_told_as_such() {
    let gone = Config {
        oidc: Some(Oidc {
            name: "Fire account".into(),
            issuer: "http://127.0.0.1:9/".into(),
            client_id: CLIENT.into(),
            client_secret_file: None,
            roles_claim: "groups".into(),
            roles: BTreeMap::from([("g".to_owned(), vec![Role::Admin])]),
        }),
        ..Config::default()
    };
    let desk = County::open()
        .await
        .console_of("fire", gone, Vec::new())
        .await;
    assert_eq!(
        go(&desk.browser(), "/sign-in/oidc")
            .await
            .header("location"),
        "/?sign-in=unavailable"
    );
    assert_eq!(desk.browser().seen("session").await["set_up"], false);
}
