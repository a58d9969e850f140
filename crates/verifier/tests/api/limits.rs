//! What nobody can do to a verifier: fill its memory, make it read its whole log over and over, keep it from stopping,
//! or get an answer that is no problem+json.

use std::num::NonZeroU32;

use bytes::Bytes;
use http::Request;
use protocol::{Credential, client::Until, transport::Chunks};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use verifier::{Config, RateLimits};
use verifier_store::fixture;

use super::{Service, service::now};

fn get(service: &Service, path: &str) -> Request<Bytes> {
    Request::get(format!("{}{path}", service.url))
        .body(Bytes::new())
        .unwrap()
}

#[tokio::test]
async fn a_path_that_is_no_text_is_a_problem_like_any_other() {
    let service = Service::start().await;
    for path in [
        "/v1/grants/%ff",
        "/v1/grants/%ff/share",
        "/v1/status/%ff",
        "/v1/agency/cases/%ff",
        "/log/tile/%ff",
        "/audit/%ff",
        "/%ff",
    ] {
        let (status, code, answer) = service.send(get(&service, path)).await;
        assert_eq!((status, code.as_str()), (404, "not_found"), "{path}");
        assert_eq!(
            answer.headers()["content-type"],
            "application/problem+json",
            "{path}"
        );
    }
    let other_method = Request::delete(format!("{}/v1/slots", service.url))
        .body(Bytes::new())
        .unwrap();
    let (status, _, answer) = service.send(other_method).await;
    assert_eq!(status, 405);
    assert_eq!(answer.headers()["allow"], "POST");
}

#[tokio::test]
async fn a_strangers_proof_is_not_remembered() {
    let service = Service::start().await;
    service.register(1).await;
    let path = format!("/v1/grants/{}", fixture::jti(1));
    let call = async |proof: &str| {
        let request = Request::get(format!("{}{path}", service.url)).header("dpop", proof);
        service.send(request.body(Bytes::new()).unwrap()).await.1
    };
    let stranger = service.proof(&fixture::key(2), "GET", &path, None);
    assert_eq!(call(&stranger).await, "unknown_grant");
    assert_eq!(
        call(&stranger).await,
        "unknown_grant",
        "and so it does not count as used"
    );
    let holder = service.proof(&fixture::key(1), "GET", &path, None);
    assert_eq!(call(&holder).await, "");
    assert_eq!(call(&holder).await, "replayed");
}

#[tokio::test]
async fn the_past_is_the_same_whatever_came_since_and_costs_an_allowance() {
    let config = Config {
        rate_limits: RateLimits {
            past: NonZeroU32::new(2).unwrap(),
            ..RateLimits::default()
        },
        ..Config::default()
    };
    let service = Service::start_with(config).await;
    service.register(1).await;
    let past = format!("/v1/status/0?time={}", now().plus(-3600));
    let (_, _, first) = service.send(get(&service, &past)).await;
    service.register(2).await;
    let tag = first.headers()["etag"].to_str().unwrap().to_owned();
    let again = Request::get(format!("{}{past}", service.url))
        .header("if-none-match", format!("\"x\", W/{tag}"));
    let (status, _, _) = service.send(again.body(Bytes::new()).unwrap()).await;
    assert_eq!(status, 304);
    let (status, code, answer) = service.send(get(&service, &past)).await;
    assert_eq!((status, code.as_str()), (429, "too_many_requests"));
    assert!(answer.headers().contains_key("retry-after"));
    assert_eq!(
        service.send(get(&service, "/v1/status/0")).await.0,
        200,
        "the present is free"
    );
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_keep_it_from_stopping() {
    let config = Config {
        stop_within: 1,
        ..Config::default()
    };
    let service = Service::start_with(config).await;
    let mut slow = TcpStream::connect(service.url.strip_prefix("http://").unwrap())
        .await
        .unwrap();
    slow.write_all(b"POST /v1/slots HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
        .await
        .unwrap();
    // The request has begun once another one behind it was answered.
    assert_eq!(service.send(get(&service, "/healthz")).await.0, 200);
    service.restart().await;
    drop(slow);
}

/// Sends `bytes` and nothing more, and reads until the verifier closes the connection.
async fn dawdle(service: &Service, bytes: &[u8]) -> Vec<u8> {
    let address = service.url.strip_prefix("http://").unwrap();
    let mut slow = TcpStream::connect(address).await.unwrap();
    slow.write_all(bytes).await.unwrap();
    let mut said = Vec::new();
    // A connection that is reset is closed too.
    let _ = slow.read_to_end(&mut said).await;
    said
}

#[tokio::test]
async fn who_sends_no_request_in_time_is_cut_off_and_who_reads_a_stream_is_not() {
    let config = Config {
        head_within: NonZeroU32::MIN,
        ..Config::default()
    };
    let service = Service::start_with(config).await;
    service.register(1).await;
    let credential = service.bearer().await;
    let events = service.client.events(None, Until::Stopped, &credential);
    let mut events = events.await.unwrap();
    events.next().await.unwrap().expect("the first change");
    let whole = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
    let second = [&whole[..], b"GET /healthz HT"].concat();
    let (silent, half, preface, idle, again) = tokio::join!(
        dawdle(&service, b""),
        dawdle(&service, b"GET /healthz HTTP/1.1\r\nHost: "),
        dawdle(&service, b"PRI * HT"),
        dawdle(&service, whole),
        dawdle(&service, &second),
    );
    assert!(silent.is_empty() && half.is_empty() && preface.is_empty());
    for answered in [idle, again] {
        let answers = answered.windows(12).filter(|part| part == b"HTTP/1.1 200");
        assert_eq!(answers.count(), 1);
    }
    service.register(2).await;
    events.next().await.unwrap().expect("the next change");
}

#[tokio::test]
async fn a_body_that_does_not_arrive_in_time_is_told_so() {
    let config = Config {
        body_within: NonZeroU32::MIN,
        ..Config::default()
    };
    let service = Service::start_with(config).await;
    let part = |path: &str, media: &str| {
        format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {media}\r\nContent-Length: 9\r\n\r\n{{"
        )
    };
    let json = part("/v1/slots", "application/json");
    let form = part("/token", "application/x-www-form-urlencoded");
    let (json, form) = tokio::join!(
        dawdle(&service, json.as_bytes()),
        dawdle(&service, form.as_bytes()),
    );
    for said in [json, form] {
        let said = String::from_utf8(said).unwrap();
        assert!(said.starts_with("HTTP/1.1 408"), "{said}");
        assert!(said.contains("\"request_timeout\""), "{said}");
    }
}

#[tokio::test]
async fn what_is_for_one_caller_is_kept_by_no_cache_and_shown_to_no_page() {
    let service = Service::start().await;
    service.register(1).await;
    let Credential::Bearer(bearer) = service.bearer().await else {
        panic!("a bearer token");
    };
    let case = format!("/v1/agency/cases/{}", fixture::jti(700));
    let grant = format!("/v1/grants/{}", fixture::jti(1));
    let with_bearer = |path: &str| {
        let request = Request::get(format!("{}{path}", service.url));
        request.header("authorization", format!("Bearer {bearer}"))
    };
    let proof = service.proof(&fixture::key(1), "GET", &grant, None);
    let by_holder = Request::get(format!("{}{grant}", service.url)).header("dpop", proof);
    let requests = [
        by_holder,
        with_bearer("/v1/agency/grants"),
        with_bearer("/v1/agency/events?follow=false"),
        with_bearer("/v1/audit/statements?from=0&to=1"),
        with_bearer(&case),
        Request::get(format!("{}/healthz", service.url)),
    ];
    for request in requests {
        let request = request.header("origin", "https://page.example");
        let request = request.body(Bytes::new()).unwrap();
        let path = request.uri().path().to_owned();
        let (_, _, answer) = service.send(request).await;
        assert_eq!(answer.headers()["cache-control"], "no-store", "{path}");
        assert!(!crosses(&answer), "{path}");
    }
}

fn crosses(answer: &http::Response<Bytes>) -> bool {
    let headers = answer.headers();
    let origin = headers.get("access-control-allow-origin");
    origin.is_some_and(|origin| origin == "*")
}

#[tokio::test]
async fn every_page_may_read_what_everybody_may() {
    let service = Service::start().await;
    service.register(1).await;
    let public = [
        "/.well-known/assent-verifier",
        "/v1/registry",
        "/v1/offers",
        "/v1/status/0",
        "/log/checkpoint",
        "/log/tile/entries/000.p/1",
        "/openapi.json",
    ];
    for path in public {
        let (status, _, answer) = service.send(get(&service, path)).await;
        assert!(status == 200 && crosses(&answer), "{path}");
        let headers = answer.headers();
        assert!(!headers.contains_key("access-control-allow-credentials"));
        assert!(!headers.contains_key("vary"), "one answer for all: {path}");
        let exposed = headers["access-control-expose-headers"].to_str().unwrap();
        assert!(exposed.contains("etag"), "{path} {exposed}");
        assert_ne!(headers["cache-control"], "no-store", "{path}");
        let (status, answer) = asks_first(&service, path, "GET").await;
        assert!(status == 200 && crosses(&answer), "{path} {status}");
        let headers = &answer.headers()["access-control-allow-headers"];
        assert_eq!(headers, "if-none-match", "{path}");
    }
    for path in [
        "/v1/slots",
        "/v1/grants",
        "/v1/statements",
        "/token",
        "/introspect",
    ] {
        let (status, answer) = asks_first(&service, path, "POST").await;
        assert!(status == 405 && !crosses(&answer), "{path} {status}");
    }
    let (_, answer) = asks_first(&service, "/v1/offers", "POST").await;
    let methods = &answer.headers()["access-control-allow-methods"];
    assert_eq!(methods, "GET,HEAD");
    let other = Request::post(format!("{}/v1/offers", service.url));
    let (status, code, answer) = service.send(other.body(Bytes::new()).unwrap()).await;
    assert_eq!((status, code.as_str()), (415, "unsupported_media_type"));
    assert!(!crosses(&answer));
    let other = Request::delete(format!("{}/v1/registry", service.url));
    let (status, code, _) = service.send(other.body(Bytes::new()).unwrap()).await;
    assert_eq!((status, code.as_str()), (405, "method_not_allowed"));
}

/// What a browser asks before a request that a form could not send.
async fn asks_first(service: &Service, path: &str, method: &str) -> (u16, http::Response<Bytes>) {
    let request = Request::options(format!("{}{path}", service.url))
        .header("origin", "https://page.example")
        .header("access-control-request-method", method)
        .header("access-control-request-headers", "if-none-match");
    let (status, _, answer) = service.send(request.body(Bytes::new()).unwrap()).await;
    (status, answer)
}

#[tokio::test]
async fn every_limit_is_in_the_metadata() {
    let service = Service::start().await;
    let (_, _, answer) = service
        .send(get(&service, "/.well-known/assent-verifier"))
        .await;
    let body: serde_json::Value = serde_json::from_slice(answer.body()).unwrap();
    let expected = serde_json::json!({
        "jwt_bytes": 8192, "body_bytes": 32768, "share_bytes": 1_048_576,
        "attachment_bytes": 20_971_520, "attachment_piece_bytes": 1_048_576,
        "attachment_pieces": 21, "attachments_per_grant": 16, "offers_per_agency": 16,
        "slots_per_request": 64, "page": 500, "writes_per_minute": 600, "slots_per_minute": 120,
        "tokens_per_minute": 120, "past_per_minute": 60, "clock_skew": 60, "event_streams": 16,
    });
    assert_eq!(body["limits"], expected);
}
