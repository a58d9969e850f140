//! The verifier's word, the list of grants and the agency's statements, over both ways of showing who asks.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of the tests fail like them"
)]

mod support;

use agency::{AgencyError, Authentication, Cache, Online, OnlineAnswer};
use consent_token::{Refusal, id::Jti, statement::AgencyAct};
use protocol::VerifierClient;
use serde_json::json;
use support::{BASE, Double, agency, now, token};

struct Scene {
    _dir: tempfile::TempDir,
    agency: agency::Identity,
    double: Double,
    pins: agency::Pins,
}

async fn scene() -> Scene {
    let dir = tempfile::tempdir().unwrap();
    let agency = agency(dir.path());
    let double = Double::new(&agency);
    let mut cache = Cache::open(&agency).unwrap();
    let pins = cache
        .connect(&VerifierClient::new(BASE, double.clone()), None)
        .await
        .unwrap()
        .clone();
    double.asked();
    Scene {
        _dir: dir,
        agency,
        double,
        pins,
    }
}

impl Scene {
    fn line(&self, authentication: Authentication) -> Online<'_, Double> {
        Online::new(
            &self.agency,
            &self.pins,
            VerifierClient::new(BASE, self.double.clone()),
            authentication,
        )
    }
}

#[tokio::test]
async fn a_bearer_token_serves_until_shortly_before_its_end() {
    let scene = scene().await;
    let line = scene.line(Authentication::Bearer);
    for (seconds, tokens) in [(0, 1), (300, 0), (569, 0), (571, 1), (900, 0)] {
        let at = now().plus(seconds);
        scene.double.set(|state| state.now = at.as_i64());
        assert!(
            matches!(line.introspect("x", at).await, Ok(OnlineAnswer::Yes(_))),
            "{seconds}"
        );
        let asked = scene.double.asked();
        assert_eq!(
            asked.iter().filter(|path| path.contains("/token")).count(),
            tokens,
            "{seconds}"
        );
    }
}

#[tokio::test]
async fn dpop_signs_every_call() {
    let scene = scene().await;
    let line = scene.line(Authentication::Dpop);
    assert!(matches!(
        line.introspect("x", now()).await,
        Ok(OnlineAnswer::Yes(_))
    ));
    assert!(line.grants(now()).await.unwrap().is_empty());
    assert_eq!(
        scene.double.asked(),
        ["POST /introspect", "GET /v1/agency/grants"]
    );
}

#[tokio::test]
async fn a_no_carries_the_code_where_there_is_one() {
    let scene = scene().await;
    let line = scene.line(Authentication::Bearer);
    for (answer, expected) in [
        (
            json!({ "active": false, "code": "revoked" }),
            Some(Refusal::Revoked),
        ),
        (
            json!({ "active": false, "code": "exhausted" }),
            Some(Refusal::Exhausted),
        ),
        (json!({ "active": false }), None),
    ] {
        scene.double.set(|state| state.active = answer);
        assert_eq!(
            line.introspect("x", now()).await.unwrap(),
            OnlineAnswer::No(expected)
        );
    }
    scene
        .double
        .set(|state| state.active = json!({ "something": "else" }));
    assert!(
        line.introspect("x", now()).await.is_err(),
        "what is no answer is no yes"
    );
    scene.double.set(|state| state.down = true);
    assert!(matches!(
        line.introspect("x", now()).await,
        Err(AgencyError::Client(_))
    ));
}

#[tokio::test]
async fn all_pages_of_grants_are_read() {
    let scene = scene().await;
    let line = scene.line(Authentication::Bearer);
    for count in [0, 1, 2, 3, 5] {
        let tokens: Vec<String> = (0..count).map(|n| token(&scene.agency, n, 0)).collect();
        scene.double.set(|state| state.grants = tokens.clone());
        let grants = line.grants(now()).await.unwrap();
        assert_eq!(
            grants
                .into_iter()
                .map(|grant| grant.token)
                .collect::<Vec<_>>(),
            tokens
        );
    }
}

#[tokio::test]
async fn a_statement_counts_only_with_a_proof_of_exactly_it() {
    let scene = scene().await;
    let line = scene.line(Authentication::Bearer);
    let act = || AgencyAct::Erased {
        method: "shredded".into(),
    };
    let grant = Jti::from_bytes([9; 16]);
    let recorded = line.state(grant, act(), now()).await.unwrap();
    assert_eq!(
        recorded.proven.entry.digest(),
        consent_token::jws::digest(&recorded.compact)
    );
    scene
        .double
        .set(|state| state.proof_of = Some("another act".into()));
    assert!(matches!(
        line.state(grant, act(), now()).await,
        Err(AgencyError::Receipt(_))
    ));
    scene
        .double
        .set(|state| (state.proof_of, state.log_seed) = (None, 9));
    assert!(matches!(
        line.state(grant, act(), now()).await,
        Err(AgencyError::Receipt(_))
    ));
}
