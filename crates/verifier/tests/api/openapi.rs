//! The description of the API, as a client generator reads it.

use bytes::Bytes;
use http::Request;
use serde_json::Value;

use super::Service;

/// Every method of PROTOCOL section 6, and whose credentials it takes.
const METHODS: [(&str, &str, &[&str]); 25] = [
    ("get", "/.well-known/assent-verifier", &[]),
    ("get", "/v1/registry", &[]),
    ("post", "/v1/slots", &[]),
    ("post", "/v1/grants", &[]),
    ("post", "/v1/statements", &[]),
    ("get", "/v1/grants/{id}", &["dpop"]),
    ("put", "/v1/grants/{id}/share", &["dpop"]),
    ("get", "/v1/grants/{id}/share", &["consent_token", "dpop"]),
    ("put", "/v1/grants/{id}/attachments/{path}", &["dpop"]),
    (
        "get",
        "/v1/grants/{id}/attachments/{path}",
        &["consent_token", "dpop"],
    ),
    ("delete", "/v1/grants/{id}/attachments/{path}", &["dpop"]),
    ("post", "/token", &[]),
    ("post", "/introspect", &["bearer", "dpop"]),
    ("get", "/v1/status/{n}", &[]),
    ("get", "/v1/agency/grants", &["bearer", "dpop"]),
    ("get", "/v1/agency/cases/{case}", &["bearer", "dpop"]),
    ("get", "/v1/agency/events", &["bearer", "dpop"]),
    ("get", "/v1/audit/statements", &["bearer", "dpop"]),
    ("get", "/v1/offers", &[]),
    ("post", "/v1/offers", &[]),
    ("get", "/log/checkpoint", &[]),
    ("get", "/log/tile/{path}", &[]),
    ("get", "/healthz", &[]),
    ("get", "/readyz", &[]),
    ("get", "/openapi.json", &[]),
];

async fn description() -> Value {
    let service = Service::start().await;
    let request = Request::get(format!("{}/openapi.json", service.url));
    let (status, _, answer) = service.send(request.body(Bytes::new()).unwrap()).await;
    assert_eq!(status, 200);
    serde_json::from_slice(answer.body()).unwrap()
}

#[tokio::test]
async fn every_method_is_described_with_its_credentials_and_its_refusals() {
    let api = description().await;
    assert!(
        api["openapi"].as_str().unwrap().starts_with("3.1."),
        "{}",
        api["openapi"]
    );
    for (method, path, credentials) in METHODS {
        let operation = &api["paths"][path][method];
        assert!(operation["responses"].is_object(), "{method} {path}");
        let shown: Vec<&str> = operation["security"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|one| one.as_object().unwrap().keys().map(String::as_str))
            .collect();
        assert_eq!(shown, credentials, "{method} {path}");
        let never_refuses = [
            "/.well-known/assent-verifier",
            "/healthz",
            "/openapi.json",
            "/log/checkpoint",
        ];
        if !never_refuses.contains(&path) {
            let problem = &operation["responses"]["default"]["content"]["application/problem+json"];
            assert!(problem.is_object(), "{method} {path}");
        }
    }
    let methods: usize = api["paths"]
        .as_object()
        .unwrap()
        .values()
        .map(|item| item.as_object().unwrap().len())
        .sum();
    let described: std::collections::HashSet<_> = METHODS
        .iter()
        .map(|(method, path, _)| (method, path))
        .collect();
    assert_eq!(
        methods,
        described.len(),
        "every described method is in the list above"
    );
}

#[tokio::test]
async fn every_name_that_is_referred_to_is_there() {
    let api = description().await;
    let text = api.to_string();
    let named = text.split("\"$ref\":\"#").skip(1);
    let missing: std::collections::BTreeSet<&str> = named
        .filter_map(|rest| rest.split('"').next())
        .filter(|pointer| api.pointer(pointer).is_none())
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    for scheme in ["bearer", "dpop", "consent_token"] {
        assert!(
            api["components"]["securitySchemes"][scheme].is_object(),
            "{scheme}"
        );
    }
}
