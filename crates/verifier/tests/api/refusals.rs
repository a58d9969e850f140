//! Malformed, oversized, forged, replayed and unauthorised requests, each with its own code.

use bytes::Bytes;
use consent_token::{
    jws::{self, Compact},
    statement::{AgencyAct, HolderAct},
    term::Release,
    token::Consent,
};
use http::Request;
use protocol::{
    ClientError, Credential, api::GrantRequest, client_assertion, registry::AgencyStatus,
};
use verifier::registrar::{self, Act};
use verifier_store::fixture;

use super::{
    Service,
    service::{now, random_jti},
};

fn code<T>(result: Result<T, ClientError>) -> &'static str {
    result.err().unwrap().code().unwrap().as_str()
}

#[tokio::test]
async fn bodies_that_are_not_what_the_method_takes() {
    let service = Service::start().await;
    for (path, body, expected) in [
        ("/v1/slots", &b"{}"[..], (400, "invalid_request")),
        ("/v1/slots", b"{\"count\":0}", (400, "invalid_request")),
        ("/v1/slots", b"{\"count\":65}", (400, "invalid_request")),
        (
            "/v1/slots",
            b"{\"count\":1,\"more\":1}",
            (400, "invalid_request"),
        ),
        ("/v1/slots", b"{\"count\":", (400, "invalid_request")),
        (
            "/v1/grants",
            b"{\"token\":\"x\",\"ticket\":\"y\"}",
            (400, "malformed"),
        ),
        (
            "/v1/statements",
            b"{\"statement\":\"a.b.c\"}",
            (400, "malformed"),
        ),
        ("/v1/statements", b"[]", (400, "invalid_request")),
        ("/v1/nothing", b"{}", (404, "not_found")),
    ] {
        let (status, code) = service.post(path, body).await;
        assert_eq!(
            (status, code.as_str()),
            expected,
            "{path} {}",
            String::from_utf8_lossy(body)
        );
    }
    let big = format!("{{\"token\":\"{}\",\"ticket\":\"\"}}", "a".repeat(9 * 1024));
    assert_eq!(
        service.post("/v1/grants", big).await,
        (413, "too_large".into())
    );
    assert_eq!(
        service.post("/v1/grants", vec![b' '; 40 * 1024]).await,
        (413, "body_too_large".into())
    );
    let plain = Request::post(format!("{}/v1/slots", service.url))
        .body(Bytes::from("{}"))
        .unwrap();
    let (status, code, _) = service.send(plain).await;
    assert_eq!((status, code.as_str()), (415, "unsupported_media_type"));
    let other_method = Request::delete(format!("{}/v1/slots", service.url))
        .body(Bytes::new())
        .unwrap();
    let (status, code, _) = service.send(other_method).await;
    assert_eq!((status, code.as_str()), (405, "method_not_allowed"));
}

#[tokio::test]
async fn forged_tokens_and_tickets() {
    let service = Service::start().await;
    let good = service.request(1).await;
    let other = service.request(2).await;
    let swapped = GrantRequest {
        ticket: other.ticket.clone(),
        ..good.clone()
    };
    assert_eq!(
        code(service.client.register(&swapped).await),
        "invalid_ticket"
    );
    let mut forged = good.clone();
    let last = forged.token.pop().unwrap();
    forged.token.push(if last == 'A' { 'Q' } else { 'A' });
    assert_eq!(
        code(service.client.register(&forged).await),
        "bad_signature"
    );
    assert!(service.client.register(&good).await.is_ok());
}

#[tokio::test]
async fn statements_by_the_wrong_hand_or_out_of_order() {
    let service = Service::start().await;
    service.register(1).await;
    service.register(2).await;
    // Holder 2 signs over holder 1's grant.
    let key = fixture::key(2);
    let foreign = consent_token::statement::HolderStatement {
        iss: key.holder_uri(),
        jti: random_jti(),
        iat: now(),
        grant: fixture::jti(1),
        seq: 1,
        act: HolderAct::Revoke { reason: None },
    };
    let foreign = consent_token::statement::sign_holder(&foreign, &key).unwrap();
    assert_eq!(code(service.client.state(&foreign).await), "wrong_signer");
    service.holder(1, 50, 5, HolderAct::Suspend).await;
    let stale = fixture::holder_jws(1, 51, 5, HolderAct::Resume);
    assert_eq!(code(service.client.state(&stale).await), "stale_statement");
    service
        .holder(1, 52, 6, HolderAct::Revoke { reason: None })
        .await;
    let after = fixture::holder_jws(1, 53, 7, HolderAct::Resume);
    assert_eq!(code(service.client.state(&after).await), "grant_ended");
    let unknown = fixture::holder_jws(9, 54, 1, HolderAct::Suspend);
    assert_eq!(code(service.client.state(&unknown).await), "unknown_grant");
}

#[tokio::test]
async fn whoever_opened_does_not_review_it() {
    let service = Service::start().await;
    let consent = Consent {
        release: Release::OnIncident,
        ..fixture::consent()
    };
    let request = service.request_of(1, consent).await;
    service.client.register(&request).await.unwrap();
    let open = AgencyAct::Open {
        incident: "INC-1".into(),
        actor: "p-17".into(),
        position: "control-2".into(),
        reason: "call".into(),
        basis: Default::default(),
    };
    let state = async |id, act| {
        let statement = fixture::agency_jws(1, id, act);
        service.client.state(&statement).await
    };
    state(60, open).await.unwrap();
    let review = |actor: &str| AgencyAct::Review {
        of: fixture::jti(60),
        actor: actor.into(),
        finding: "justified".parse().unwrap(),
    };
    assert_eq!(code(state(61, review("p-17")).await), "invalid_statement");
    assert!(state(62, review("p-18")).await.is_ok());
}

#[tokio::test]
async fn a_grant_is_shown_to_its_holder_and_agency_and_to_nobody_else() {
    let service = Service::start().await;
    service.register(1).await;
    let grant = fixture::jti(1);
    let path = format!("/v1/grants/{grant}");
    let holder = service.dpop(&fixture::key(1), &path);
    assert_eq!(
        service
            .client
            .grant(&grant, &holder)
            .await
            .unwrap()
            .history
            .len(),
        1
    );
    assert_eq!(
        code(service.client.grant(&grant, &holder).await),
        "replayed"
    );
    let agency = service.dpop(&fixture::agency_key(), &path);
    assert!(service.client.grant(&grant, &agency).await.is_ok());
    let stranger = service.dpop(&fixture::key(2), &path);
    assert_eq!(
        code(service.client.grant(&grant, &stranger).await),
        "unknown_grant"
    );
    let elsewhere = service.dpop(&fixture::key(1), "/v1/grants/other");
    assert_eq!(
        code(service.client.grant(&grant, &elsewhere).await),
        "invalid_dpop_proof"
    );
    let nothing = Credential::Bearer("x".into());
    assert_eq!(
        code(service.client.grant(&grant, &nothing).await),
        "invalid_dpop_proof"
    );
}

#[tokio::test]
async fn clients_that_do_not_prove_who_they_are() {
    let service = Service::start().await;
    let assert = |key: &_, audience: &str, jti| {
        client_assertion::assert(&fixture::agency_id(), key, audience, now(), jti)
    };
    let wrong_key = assert(&fixture::key(1), &service.url, random_jti());
    assert_eq!(
        code(service.client.token(&wrong_key).await),
        "invalid_client"
    );
    let elsewhere = assert(
        &fixture::agency_key(),
        "https://elsewhere.example",
        random_jti(),
    );
    assert_eq!(
        code(service.client.token(&elsewhere).await),
        "invalid_client"
    );
    // A document of another kind, signed by the same key with the same claims.
    let good = assert(&fixture::agency_key(), &service.url, random_jti());
    let claims: serde_json::Value =
        serde_json::from_slice(Compact::parse(&good, 8192).unwrap().payload()).unwrap();
    let key = fixture::agency_key();
    let header = jws::Header::with_kid("offer+jwt", key.thumbprint());
    let offer = jws::sign(&header, &claims, &key).unwrap();
    assert_eq!(code(service.client.token(&offer).await), "invalid_client");
    let once = assert(&fixture::agency_key(), &service.url, random_jti());
    assert!(service.client.token(&once).await.is_ok());
    assert_eq!(code(service.client.token(&once).await), "replayed");
    let forged = Credential::Bearer("e30.AAAA".into());
    assert_eq!(
        code(service.client.agency_grants(None, &forged).await),
        "invalid_token"
    );
    let agency = service.bearer().await;
    assert_eq!(
        code(service.client.audit_statements(0, 9, &agency).await),
        "forbidden"
    );
}

#[tokio::test]
async fn oauth_clients_are_told_in_oauths_own_words() {
    let service = Service::start().await;
    let jwt = "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=a.b.c";
    let cases = [
        ("/token", "scope=x".to_owned(), "invalid_request"),
        (
            "/token",
            "grant_type=a&grant_type=b".into(),
            "invalid_request",
        ),
        (
            "/token",
            "grant_type=password".into(),
            "unsupported_grant_type",
        ),
        (
            "/token",
            "grant_type=client_credentials".into(),
            "invalid_client",
        ),
        (
            "/token",
            format!("grant_type=client_credentials&{jwt}"),
            "invalid_client",
        ),
        ("/introspect", format!("token=x&{jwt}"), "invalid_client"),
    ];
    for (path, form, error) in cases {
        let request = Request::post(format!("{}{path}", service.url))
            .header("content-type", "application/x-www-form-urlencoded");
        let request = request.body(form.clone().into()).unwrap();
        let (.., answer) = service.send(request).await;
        let body: serde_json::Value = serde_json::from_slice(answer.body()).unwrap();
        assert_eq!(body["error"], error, "{path} {form}");
    }
}

#[tokio::test]
async fn an_assertion_is_good_for_the_client_that_is_named() {
    let service = Service::start().await;
    let agency = fixture::agency_id();
    let ask = async |path: &str, first: &str, client: &str| {
        let key = fixture::agency_key();
        let audience = &service.url;
        let assertion = client_assertion::assert(&agency, &key, audience, now(), random_jti());
        let kind = "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer";
        let form = format!(
            "{first}&client_assertion_type={kind}&client_assertion={assertion}&client_id={client}"
        );
        let request = Request::post(format!("{}{path}", service.url))
            .header("content-type", "application/x-www-form-urlencoded");
        service.send(request.body(form.into()).unwrap()).await
    };
    for (path, first) in [
        ("/token", "grant_type=client_credentials"),
        ("/introspect", "token=a.b.c"),
    ] {
        let (status, _, answer) = ask(path, first, "https://police.example").await;
        let body: serde_json::Value = serde_json::from_slice(answer.body()).unwrap();
        assert_eq!(
            (status, &body["error"]),
            (401, &"invalid_client".into()),
            "{path}"
        );
        assert_eq!(ask(path, first, agency.as_str()).await.0, 200, "{path}");
    }
}

#[tokio::test]
async fn a_suspended_agency_loses_everything_at_once() {
    let service = Service::start().await;
    service.register(1).await;
    let bearer = service.bearer().await;
    assert!(service.client.agency_grants(None, &bearer).await.is_ok());
    registrar::act(service.data(), &Act::SuspendAgency(fixture::agency_id()))
        .await
        .unwrap();
    assert_eq!(
        code(service.client.agency_grants(None, &bearer).await),
        "invalid_client"
    );
    let request = service.request(2).await;
    assert_eq!(
        code(service.client.register(&request).await),
        "agency_suspended"
    );
    let access = AgencyAct::Access {
        actor: "a".into(),
        reason: "b".into(),
        datatypes: vec!["home.address".into()],
    };
    assert_eq!(
        code(
            service
                .client
                .state(&fixture::agency_jws(1, 60, access))
                .await
        ),
        "agency_suspended"
    );
    let erased = AgencyAct::Erased {
        method: "shredded".into(),
    };
    let owed = fixture::agency_jws(1, 61, erased);
    assert!(
        service.client.state(&owed).await.is_ok(),
        "what it owes it may still say that it did"
    );
    let back = fixture::registry(1, AgencyStatus::Active)
        .agencies
        .remove(0);
    registrar::act(service.data(), &Act::AddAgency(Box::new(back)))
        .await
        .unwrap();
    assert!(service.client.register(&request).await.is_ok());
}

#[tokio::test]
async fn too_many_requests_are_told_when_to_come_back() {
    let mut config = verifier::Config::default();
    config.rate_limits.slots = 2.try_into().unwrap();
    let service = Service::start_with(config).await;
    for _ in 0..2 {
        assert!(service.client.slots(1).await.is_ok());
    }
    let request = Request::post(format!("{}/v1/slots", service.url))
        .header("content-type", "application/json");
    let (status, code, answer) = service
        .send(request.body(Bytes::from("{\"count\":1}")).unwrap())
        .await;
    assert_eq!((status, code.as_str()), (429, "too_many_requests"));
    assert!(
        answer.headers()["retry-after"]
            .to_str()
            .unwrap()
            .parse::<u64>()
            .unwrap()
            >= 1
    );
    assert_eq!(
        answer.headers()["content-type"],
        protocol::problem::PROBLEM_MEDIA_TYPE
    );
}

#[tokio::test]
async fn introspection_tells_the_audience_why_and_others_nothing() {
    let service = Service::start().await;
    let bearer = service.bearer().await;
    let (request, _) = service.register(1).await;
    let active = service
        .client
        .introspect(&request.token, &bearer)
        .await
        .unwrap();
    assert!(active.active);
    assert_eq!(active.claims["aud"], fixture::agency_id().as_str());
    assert!(active.claims["authorization_details"].is_array());
    service.holder(1, 50, 1, HolderAct::Suspend).await;
    let why = |token: String| {
        let (client, bearer) = (service.client.clone(), bearer.clone());
        async move {
            let said = client.introspect(&token, &bearer).await.unwrap();
            assert!(!said.active && said.claims.is_empty());
            said.code
        }
    };
    assert_eq!(
        why(request.token.clone()).await.as_deref(),
        Some("suspended")
    );
    service
        .holder(1, 51, 2, HolderAct::Revoke { reason: None })
        .await;
    assert_eq!(why(request.token.clone()).await.as_deref(), Some("revoked"));
    let unregistered = service.request(2).await;
    assert_eq!(
        why(unregistered.token.clone()).await.as_deref(),
        Some("unregistered")
    );
    assert_eq!(why("nonsense".into()).await, None);
    assert!(Compact::parse(&unregistered.token, 9000).is_ok());
}
