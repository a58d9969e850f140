//! Status lists and the log, as a client without any of our rules reads them.

use bytes::Bytes;
use consent_token::statement::HolderAct;
use http::Request;
use protocol::{Entry, SLOTS_PER_LIST, status_token};
use transparency_log::{Checkpoint, Frontier, SignedNote, leaf_hash, tiles_for_root};
use verifier::Keys;
use verifier_store::fixture;

use super::{Service, service::now};

async fn list(service: &Service, query: &str) -> status_token::VerifiedList {
    let uri = format!("{}/v1/status/0", service.url);
    let body = service
        .client
        .document(&format!("{uri}{query}"), None)
        .await
        .unwrap()
        .unwrap()
        .body;
    let key = Keys::read(service.data()).unwrap().status.public();
    status_token::verify(&body, &uri, &[key], now()).unwrap()
}

#[tokio::test]
async fn the_list_follows_every_act_and_names_its_log_size() {
    let service = Service::start().await;
    let (request, receipt) = service.register(1).await;
    let Entry::Status { slot, .. } = service.proven(&receipt, &request.token).entry else {
        panic!("not a status")
    };
    let idx = u64::from(slot.1);
    assert_eq!(list(&service, "").await.list.get(idx), Ok(0));
    service.holder(1, 50, 1, HolderAct::Suspend).await;
    assert_eq!(list(&service, "").await.list.get(idx), Ok(2));
    service
        .holder(1, 51, 2, HolderAct::Revoke { reason: None })
        .await;
    let revoked = list(&service, "").await;
    assert_eq!(revoked.list.get(idx), Ok(1));
    let taken = (0..u64::from(SLOTS_PER_LIST))
        .filter(|i| revoked.list.get(*i) != Ok(3))
        .count();
    assert_eq!(taken, 1);
    let tagged = service
        .client
        .document(&format!("{}/v1/status/0", service.url), None)
        .await
        .unwrap()
        .unwrap();
    let etag = tagged.etag.unwrap();
    assert!(etag.starts_with("\"0-4-"), "{etag}");
    assert_eq!(
        service
            .client
            .document(&format!("{}/v1/status/0", service.url), Some(&etag))
            .await,
        Ok(None)
    );
}

#[tokio::test]
async fn the_list_is_never_immutable_and_the_past_can_be_asked() {
    let service = Service::start().await;
    let (request, receipt) = service.register(1).await;
    let proven = service.proven(&receipt, &request.token);
    let Entry::Status { slot, at, .. } = proven.entry else {
        panic!("not a status")
    };
    let before = at.as_seconds().plus(-1);
    let past = list(&service, &format!("?time={before}")).await;
    assert_eq!(past.list.get(slot.1.into()), Ok(3));
    assert_eq!(past.claims.iat, before.as_i64());
    let get = |query: &str| {
        Request::get(format!("{}/v1/status/0{query}", service.url))
            .body(Bytes::new())
            .unwrap()
    };
    let (_, _, answer) = service.send(get("")).await;
    assert_eq!(answer.headers()["cache-control"], "public, max-age=60");
    assert_eq!(
        answer.headers()["content-type"],
        "application/statuslist+jwt"
    );
    let (status, code, _) = service
        .send(get(&format!("?time={}", now().plus(100))))
        .await;
    assert_eq!((status, code.as_str()), (406, "time_not_available"));
    let (status, code, _) = service.send(get("?time=soon")).await;
    assert_eq!((status, code.as_str()), (400, "invalid_request"));
    let beyond = Request::get(format!("{}/v1/status/7", service.url))
        .body(Bytes::new())
        .unwrap();
    assert_eq!(service.send(beyond).await.0, 404);
}

#[tokio::test]
async fn the_log_can_be_rebuilt_from_its_files() {
    let service = Service::start().await;
    for number in 1..=5 {
        service.register(number).await;
    }
    let note: SignedNote = service.client.checkpoint().await.unwrap().parse().unwrap();
    let head = Checkpoint::open(&note, &service.log_key(), &[])
        .unwrap()
        .head();
    assert_eq!(head.size, 6);
    let bundle = service
        .client
        .log_file("tile/entries/000.p/6")
        .await
        .unwrap();
    let mut frontier = Frontier::new();
    for entry in transparency_log::entries::decode_bundle(&bundle, 6).unwrap() {
        Entry::parse(entry).unwrap();
        frontier.push(leaf_hash(entry));
    }
    assert_eq!(frontier.root(), head.root);
    for tile in tiles_for_root(6) {
        assert_eq!(
            service.client.log_file(&tile.path()).await.unwrap().len(),
            tile.byte_len()
        );
    }
    for none in [
        "tile/entries/000",
        "tile/0/000.p/7",
        "tile/1/000",
        "tile/0/x",
        "tile/9/000.p/1",
    ] {
        assert!(service.client.log_file(none).await.is_err(), "{none}");
    }
}

#[tokio::test]
async fn the_registry_is_signed_and_in_the_log() {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    let service = Service::start().await;
    let (compact, proof) = service.client.registry().await.unwrap();
    let keys = Keys::read(service.data()).unwrap();
    let registry = protocol::Registry::verify(&compact, &keys.registrar.public()).unwrap();
    assert!(registry.agency(&fixture::agency_id()).is_some());
    let proof = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(proof.unwrap()).unwrap()).unwrap();
    let digest = consent_token::jws::digest(&compact);
    protocol::receipt::verify(&proof, &service.log_key(), &digest).unwrap();
}

#[tokio::test]
async fn the_registry_is_published_in_the_name_of_the_address_that_serves_it() {
    let service = Service::start().await;
    let published = async |service: &Service| {
        let (compact, _) = service.client.registry().await.unwrap();
        let key = Keys::read(service.data()).unwrap().registrar.public();
        let registry = protocol::Registry::verify(&compact, &key).unwrap();
        assert_eq!(registry.iss, service.issuer);
        (registry.serial, registry.agencies)
    };
    let (serial, agencies) = published(&service).await;
    let service = service.move_house().await;
    assert_eq!(
        published(&service).await,
        (serial + 1, agencies),
        "a change of it, logged like any other"
    );
    let service = service.restart().await;
    assert_eq!(published(&service).await.0, serial + 1, "and only once");
}
