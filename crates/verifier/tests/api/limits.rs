//! What nobody can do to a verifier: fill its memory, make it read its whole log over and over, keep it from stopping,
//! or get an answer that is no problem+json.

use std::num::NonZeroU32;

use bytes::Bytes;
use http::Request;
use protocol::{client::Until, transport::Chunks};
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
