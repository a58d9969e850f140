//! Ciphertext in and out: who may, when, and that it is on record first.

use consent_token::{
    id::Digest,
    key::SigningKey,
    statement::{AgencyAct, HolderAct, Statement, UnverifiedStatement},
    term::{Action, Release},
    token::Consent,
};
use protocol::{
    ClientError, Credential,
    api::Receipt,
    client::{Reading, Sealed},
    dpop,
    share::{Envelope, KemSecret, Part, Share},
};
use verifier_store::fixture;
use zeroize::Zeroizing;

use super::{
    Service,
    service::{now, random_jti},
};

fn code<T>(result: Result<T, ClientError>) -> &'static str {
    result.err().unwrap().code().unwrap().as_str()
}

fn envelope(content: &str) -> Envelope {
    let fields = serde_json::json!({"home.address": content});
    let key = KemSecret::derive_x25519(&Zeroizing::new([5; 32]));
    let share = Share::new(1, fields.as_object().cloned().unwrap(), fixture::start());
    share.seal("a.b.c", key.public(), &[3; 64]).unwrap()
}

fn on_incident() -> Consent {
    Consent {
        release: Release::OnIncident,
        ..fixture::consent()
    }
}

pub(crate) fn access(paths: &[&str]) -> AgencyAct {
    AgencyAct::Access {
        actor: "p-17".into(),
        reason: "planning a visit".into(),
        datatypes: paths.iter().map(|path| (*path).to_owned()).collect(),
    }
}

fn open(incident: &str) -> AgencyAct {
    AgencyAct::Open {
        incident: incident.into(),
        actor: "p-17".into(),
        position: "control-2".into(),
        reason: "call".into(),
        basis: Default::default(),
    }
}

/// A verifier with one registered grant, and who asks for its share.
struct Scene {
    service: Service,
    token: String,
}

impl Scene {
    async fn new(consent: Consent) -> Self {
        let service = Service::start().await;
        let request = service.request_of(1, consent).await;
        service.client.register(&request).await.unwrap();
        Scene {
            token: request.token,
            service,
        }
    }

    /// With a share in it, whose announcements have the ids 900 on.
    async fn with_share(consent: Consent) -> Self {
        let scene = Scene::new(consent.clone()).await;
        scene.share(Part::Whole, "all of it", 1).await;
        if consent.release == Release::OnIncident {
            scene.share(Part::Locator, "where", 2).await;
        }
        scene
    }

    fn path() -> String {
        format!("/v1/grants/{}/share", fixture::jti(1))
    }

    async fn upload(
        &self,
        part: Part,
        content: &str,
        key: &SigningKey,
    ) -> Result<u64, ClientError> {
        let proof = self.service.proof(key, "PUT", &Scene::path(), None);
        let sealed = envelope(content);
        let uploaded = self
            .service
            .client
            .put_share(&fixture::jti(1), part, &sealed, &Credential::Dpop(proof))
            .await?;
        assert_eq!(uploaded.digest, Digest::of(&sealed.to_bytes()));
        Ok(uploaded.size)
    }

    async fn announce(&self, content: &str, size: u64, seq: u64) -> Result<Receipt, ClientError> {
        let act = HolderAct::Share {
            digest: Digest::of(&envelope(content).to_bytes()),
            size,
            revision: seq,
        };
        let statement = fixture::holder_jws(1, 900 + seq, seq, act);
        self.service.client.state(&statement).await
    }

    async fn share(&self, part: Part, content: &str, seq: u64) {
        let size = self.upload(part, content, &fixture::key(1)).await.unwrap();
        self.announce(content, size, seq).await.unwrap();
    }

    async fn read_as(&self, key: &SigningKey, statement: &str) -> Result<Sealed, ClientError> {
        let proof = self
            .service
            .proof(key, "GET", &Scene::path(), Some(&self.token));
        let reading = Reading {
            token: &self.token,
            proof: &proof,
            statement,
        };
        self.service.client.share(&fixture::jti(1), &reading).await
    }

    async fn read(&self, id: u64, act: AgencyAct) -> Result<Sealed, ClientError> {
        let statement = fixture::agency_jws_at(now(), 1, id, act);
        self.read_as(&fixture::agency_key(), &statement).await
    }

    async fn log_size(&self) -> String {
        let note = self.service.client.checkpoint().await.unwrap();
        note.lines().nth(1).unwrap().to_owned()
    }
}

#[tokio::test]
async fn a_share_is_read_once_it_is_announced_and_reading_is_proven() {
    let scene = Scene::new(fixture::consent()).await;
    assert_eq!(code(scene.announce("home", 10, 1).await), "share_missing");
    let size = scene
        .upload(Part::Whole, "home", &fixture::key(1))
        .await
        .unwrap();
    let before = scene.log_size().await;
    assert_eq!(
        code(scene.read(10, access(&["home.address"])).await),
        "no_share"
    );
    assert_eq!(
        scene.log_size().await,
        before,
        "what was not read is not on record as read"
    );
    assert_eq!(
        code(scene.announce("home", size + 1, 1).await),
        "share_missing"
    );
    scene.announce("home", size, 1).await.unwrap();
    let statement = fixture::agency_jws_at(now(), 1, 11, access(&["home.address"]));
    let sealed = scene
        .read_as(&fixture::agency_key(), &statement)
        .await
        .unwrap();
    assert_eq!(sealed.envelope, envelope("home"));
    scene.service.proven(&sealed.receipt, &statement);
    scene.share(Part::Whole, "moved", 2).await;
    let sealed = scene.read(12, access(&["home.address"])).await.unwrap();
    assert_eq!(sealed.envelope, envelope("moved"));
}

#[tokio::test]
async fn a_ciphertext_comes_with_the_holders_word_on_it() {
    let scene = Scene::with_share(on_incident()).await;
    let announcements = async |id: u64| {
        let mut words = Vec::new();
        for (id, act) in [(id, open("INC-1")), (id + 1, access(&["home.address"]))] {
            let sealed = scene.read(id, act).await.unwrap();
            let compact = sealed.announcement.unwrap();
            let read = UnverifiedStatement::parse(&compact).unwrap();
            let word = read.verify(&fixture::key(1).public()).unwrap();
            let Statement::Holder(word) = word.statement().clone() else {
                panic!("a holder's");
            };
            let HolderAct::Share { digest, size, .. } = word.act else {
                panic!("a share");
            };
            assert_eq!(digest, Digest::of(&sealed.bytes));
            assert_eq!(size, sealed.bytes.len() as u64);
            words.push(word.seq);
        }
        words
    };
    assert_eq!(announcements(10).await, [1, 2], "each part its own");
    scene.share(Part::Whole, "all of it, again", 5).await;
    assert_eq!(announcements(12).await, [5, 2]);
    // The same ciphertext announced again: the last word counts.
    let size = scene.upload(Part::Locator, "where", &fixture::key(1)).await;
    scene.announce("where", size.unwrap(), 7).await.unwrap();
    assert_eq!(announcements(14).await, [5, 7]);
}

#[tokio::test]
async fn without_the_action_read_nothing_is_read_and_nothing_on_record_as_read() {
    let store = Consent {
        actions: vec![Action::Store],
        ..fixture::consent()
    };
    let release = Release::OnIncident;
    for consent in [store.clone(), Consent { release, ..store }] {
        let scene = Scene::with_share(consent).await;
        let before = scene.log_size().await;
        for (id, act) in [(10, access(&["home.address"])), (11, open("INC-1"))] {
            let statement = fixture::agency_jws_at(now(), 1, id, act.clone());
            let stated = scene.service.client.state(&statement).await;
            assert_eq!(code(stated), "wrong_act");
            assert_eq!(code(scene.read(id, act).await), "wrong_act");
        }
        assert_eq!(scene.log_size().await, before);
    }
}

#[tokio::test]
async fn a_proof_is_for_the_method_of_its_call() {
    let scene = Scene::with_share(fixture::consent()).await;
    let agency = fixture::agency_key();
    let history = format!("/v1/grants/{}", fixture::jti(1));
    let statement = fixture::agency_jws_at(now(), 1, 10, access(&["home.address"]));
    for (path, token) in [
        (history, None),
        (Scene::path(), Some(scene.token.as_str())),
        ("/v1/agency/grants".to_owned(), None),
        ("/v1/agency/events".to_owned(), None),
    ] {
        for (called, proven) in [
            ("HEAD", "GET"),
            ("GET", "HEAD"),
            ("HEAD", "HEAD"),
            ("GET", "GET"),
        ] {
            let proof = scene.service.proof(&agency, proven, &path, token);
            let query = if path.ends_with("events") {
                "?follow=false"
            } else {
                ""
            };
            let mut request = http::Request::builder()
                .method(called)
                .uri(format!("{}{path}{query}", scene.service.url))
                .header("dpop", proof);
            if let Some(token) = token {
                request = request
                    .header("authorization", format!("DPoP {token}"))
                    .header("assent-statement", &statement);
            }
            let request = request.body(bytes::Bytes::new()).unwrap();
            let (status, ..) = scene.service.send(request).await;
            let expected = if called == proven { 200 } else { 401 };
            assert_eq!(
                status, expected,
                "{called} {path} with a proof for {proven}"
            );
        }
    }
}

#[tokio::test]
async fn only_the_holder_uploads_and_only_what_is_sealed() {
    let scene = Scene::new(fixture::consent()).await;
    let stranger = scene.upload(Part::Whole, "x", &fixture::key(2)).await;
    assert_eq!(code(stranger), "unknown_grant");
    let put = |body: Vec<u8>| {
        let proof = scene
            .service
            .proof(&fixture::key(1), "PUT", &Scene::path(), None);
        let url = format!("{}{}", scene.service.url, Scene::path());
        let request = http::Request::put(url)
            .header("dpop", proof)
            .body(body.into());
        scene.service.send(request.unwrap())
    };
    for (body, expected) in [
        (b"{}".to_vec(), (400, "invalid_request")),
        (b"in the clear".to_vec(), (400, "invalid_request")),
        (
            vec![b' '; protocol::share::MAX_BYTES + 1],
            (413, "body_too_large"),
        ),
    ] {
        let (status, code, _) = put(body).await;
        assert_eq!((status, code.as_str()), expected);
    }
}

#[tokio::test]
async fn a_token_without_its_key_reads_nothing() {
    let scene = Scene::with_share(fixture::consent()).await;
    let statement = fixture::agency_jws_at(now(), 1, 10, access(&["home.address"]));
    let thief = scene.read_as(&fixture::key(77), &statement).await;
    assert_eq!(code(thief), "wrong_agency_key");
    let proof = scene.service.proof(
        &fixture::agency_key(),
        "GET",
        &Scene::path(),
        Some(&scene.token),
    );
    let reading = Reading {
        token: &scene.token,
        proof: &proof,
        statement: &statement,
    };
    let grant = fixture::jti(1);
    scene.service.client.share(&grant, &reading).await.unwrap();
    assert_eq!(
        code(scene.service.client.share(&grant, &reading).await),
        "replayed"
    );
    let elsewhere = format!("/v1/grants/{}/share", fixture::jti(2));
    let [other_path, other_host] = [
        format!("{}{elsewhere}", scene.service.issuer),
        format!("https://elsewhere.example{}", Scene::path()),
    ]
    .map(|url| {
        let expected = dpop::Expected {
            method: "GET",
            url: &url,
            token: Some(&scene.token),
            now: now(),
        };
        dpop::prove(&fixture::agency_key(), &expected, random_jti())
    });
    for proof in [
        other_path,
        other_host,
        scene
            .service
            .proof(&fixture::agency_key(), "GET", &Scene::path(), None),
        scene.service.proof(
            &fixture::agency_key(),
            "GET",
            &Scene::path(),
            Some("another.one.x"),
        ),
        scene.service.proof(
            &fixture::agency_key(),
            "PUT",
            &Scene::path(),
            Some(&scene.token),
        ),
    ] {
        let reading = Reading {
            proof: &proof,
            ..reading.clone()
        };
        assert_eq!(
            code(scene.service.client.share(&grant, &reading).await),
            "invalid_dpop_proof"
        );
    }
}

#[tokio::test]
async fn a_holders_proof_uploads_once_and_to_one_place() {
    let scene = Scene::new(fixture::consent()).await;
    let key = fixture::key(1);
    let grant = fixture::jti(1);
    let put = async |proof: String, content: &str| {
        let credential = Credential::Dpop(proof);
        let client = &scene.service.client;
        let sealed = envelope(content);
        client
            .put_share(&grant, Part::Whole, &sealed, &credential)
            .await
    };
    let proof = scene.service.proof(&key, "PUT", &Scene::path(), None);
    put(proof.clone(), "home").await.unwrap();
    assert_eq!(code(put(proof, "another").await), "replayed");
    let reading = scene.service.proof(&key, "GET", &Scene::path(), None);
    assert_eq!(code(put(reading, "x").await), "invalid_dpop_proof");
    let other = format!("/v1/grants/{}/share", fixture::jti(2));
    let elsewhere = scene.service.proof(&key, "PUT", &other, None);
    assert_eq!(code(put(elsewhere, "x").await), "invalid_dpop_proof");
    let size = envelope("another").to_bytes().len() as u64;
    let missing = scene.announce("another", size, 1).await;
    assert_eq!(code(missing), "share_missing", "the replay left nothing");
}

#[tokio::test]
async fn a_reading_needs_the_right_statement() {
    let scene = Scene::with_share(fixture::consent()).await;
    scene.service.register(2).await;
    let by_agency = |iat, number, act| fixture::agency_jws_at(iat, number, 50, act);
    for (statement, expected) in [
        (
            by_agency(now(), 1, access(&["health.medication"])),
            "data_not_covered",
        ),
        (by_agency(now(), 2, access(&["home.address"])), "wrong_act"),
        (
            by_agency(
                now(),
                1,
                AgencyAct::Erased {
                    method: "shredded".into(),
                },
            ),
            "wrong_act",
        ),
        (by_agency(now(), 1, open("INC-1")), "wrong_act"),
        (
            by_agency(now().plus(-300), 1, access(&["home.address"])),
            "statement_over",
        ),
        (
            by_agency(now().plus(300), 1, access(&["home.address"])),
            "statement_over",
        ),
        (
            fixture::holder_jws(1, 50, 9, HolderAct::Suspend),
            "wrong_act",
        ),
    ] {
        let refused = scene.read_as(&fixture::agency_key(), &statement).await;
        assert_eq!(code(refused), expected);
    }
    let recorded = by_agency(now(), 1, access(&["home.address"]));
    let key = fixture::agency_key();
    scene.read_as(&key, &recorded).await.unwrap();
    let another = by_agency(now().plus(1), 1, access(&["home.address"]));
    assert_eq!(code(scene.read_as(&key, &another).await), "conflict");
}

#[tokio::test]
async fn a_paused_or_ended_grant_is_not_read_and_its_ciphertext_is_gone() {
    let scene = Scene::with_share(fixture::consent()).await;
    scene.service.holder(1, 50, 10, HolderAct::Suspend).await;
    assert_eq!(
        code(scene.read(60, access(&["home.address"])).await),
        "suspended"
    );
    scene.service.holder(1, 51, 11, HolderAct::Resume).await;
    scene.read(61, access(&["home.address"])).await.unwrap();
    scene
        .service
        .holder(1, 52, 12, HolderAct::Revoke { reason: None })
        .await;
    assert!(matches!(
        code(scene.read(62, access(&["home.address"])).await),
        "revoked" | "no_share"
    ));
    let late = scene.upload(Part::Whole, "late", &fixture::key(1)).await;
    assert_eq!(code(late), "grant_ended");
    let database = std::fs::read(scene.service.data().join(verifier::registrar::DATABASE)).unwrap();
    let sealed = envelope("all of it").ct.into_bytes();
    assert!(!database.windows(sealed.len()).any(|bytes| bytes == sealed));
}

#[tokio::test]
async fn what_waits_for_an_incident_opens_with_one_and_again_within_it() {
    let scene = Scene::with_share(on_incident()).await;
    let sealed = scene.read(10, access(&["home.address"])).await.unwrap();
    assert_eq!(sealed.envelope, envelope("where"));
    let opening = fixture::agency_jws_at(now(), 1, 11, open("INC-2026-114"));
    let agency = fixture::agency_key();
    let (one, other) = tokio::join!(
        scene.read_as(&agency, &opening),
        scene.read_as(&agency, &opening)
    );
    let (one, other) = (one.unwrap(), other.unwrap());
    let first = one.receipt;
    assert_eq!(one.envelope, envelope("all of it"));
    assert_eq!(
        first.index, other.receipt.index,
        "one opening, on record once"
    );
    scene.service.proven(&first, &opening);
    let again = scene.read_as(&agency, &opening).await.unwrap();
    assert_eq!(again.receipt.index, first.index);
    let new = scene.read(12, open("INC-2026-115")).await.unwrap();
    assert!(new.receipt.index > first.index);
}

#[tokio::test]
async fn a_share_is_read_as_often_as_the_consent_allows() {
    let uses = std::num::NonZeroU32::new(2);
    let scene = Scene::with_share(Consent {
        uses,
        ..fixture::consent()
    })
    .await;
    scene.read(10, access(&["home.address"])).await.unwrap();
    scene.read(11, access(&["home.address"])).await.unwrap();
    assert_eq!(
        code(scene.read(12, access(&["home.address"])).await),
        "exhausted"
    );
    let credential = scene.service.bearer().await;
    let word = scene
        .service
        .client
        .introspect(&scene.token, &credential)
        .await
        .unwrap();
    assert_eq!(
        (word.active, word.code.as_deref()),
        (false, Some("exhausted"))
    );
    let service = scene.service.restart().await;
    let scene = Scene { service, ..scene };
    assert_eq!(
        code(scene.read(13, access(&["home.address"])).await),
        "exhausted"
    );
}

#[tokio::test]
async fn of_a_revocation_and_a_reading_at_once_none_reads_after_the_revocation() {
    let scene = Scene::with_share(fixture::consent()).await;
    let revocation = fixture::holder_jws(1, 50, 10, HolderAct::Revoke { reason: None });
    let readings = async {
        let mut last = None;
        for id in 100..120 {
            match scene.read(id, access(&["home.address"])).await {
                Ok(sealed) => last = Some(sealed.receipt.index),
                Err(_) => break,
            }
        }
        last
    };
    let (last_read, revoked) = tokio::join!(readings, scene.service.client.state(&revocation));
    let revoked = revoked.unwrap().index;
    assert!(
        last_read.is_none_or(|read| read < revoked),
        "{last_read:?} after {revoked}"
    );
}
