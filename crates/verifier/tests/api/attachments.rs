//! Attachments: in by pieces, out under the statement that reads the share, and gone with the consent.

use consent_token::{
    id::Digest,
    key::SigningKey,
    statement::{AgencyAct, HolderAct},
    term::Release,
    token::Consent,
};
use protocol::{
    ClientError, Credential,
    api::Uploaded,
    client::{Reading, attachment_path},
    share::attachment::{MAX_PIECES, PIECE_BYTES},
    transport::Chunks,
};
use verifier_store::fixture;

use super::{Service, service::now, shares::access};

const PLAN: &str = "documents.plan";

fn consent() -> Consent {
    Consent {
        datatypes: vec!["home.address".into(), PLAN.into()],
        ..fixture::consent()
    }
}

fn code<T>(result: Result<T, ClientError>) -> &'static str {
    result.err().unwrap().code().unwrap().as_str()
}

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

    fn credential(&self, key: &SigningKey, method: &str, path: &str) -> Credential {
        let path = attachment_path(&fixture::jti(1), path);
        Credential::Dpop(self.service.proof(key, method, &path, None))
    }

    async fn put_as(
        &self,
        key: &SigningKey,
        path: &str,
        place: (u32, u32),
        bytes: Vec<u8>,
    ) -> Result<Option<Uploaded>, ClientError> {
        let credential = self.credential(key, "PUT", path);
        self.service
            .client
            .put_piece(&fixture::jti(1), path, place, bytes, &credential)
            .await
    }

    async fn put(
        &self,
        place: (u32, u32),
        bytes: Vec<u8>,
    ) -> Result<Option<Uploaded>, ClientError> {
        self.put_as(&fixture::key(1), PLAN, place, bytes).await
    }

    /// One of three pieces, uploaded and announced.
    async fn share(&self, seq: u64) -> Vec<u8> {
        let sealed: Vec<u8> = (0..2 * PIECE_BYTES + 100)
            .map(|at| (at % 253) as u8)
            .collect();
        let mut answer = None;
        for (nr, piece) in (0..).zip(sealed.chunks(PIECE_BYTES)) {
            answer = self.put((nr, 3), piece.to_vec()).await.unwrap();
        }
        let uploaded = answer.unwrap();
        assert_eq!(
            (uploaded.digest, uploaded.size),
            (Digest::of(&sealed), sealed.len() as u64)
        );
        let act = HolderAct::Share {
            digest: uploaded.digest,
            size: uploaded.size,
            revision: 1,
        };
        self.service.holder(1, 900 + seq, seq, act).await;
        sealed
    }

    async fn read_as(
        &self,
        key: &SigningKey,
        path: &str,
        statement: &str,
    ) -> Result<Vec<u8>, ClientError> {
        let htu = attachment_path(&fixture::jti(1), path);
        let proof = self.service.proof(key, "GET", &htu, Some(&self.token));
        let reading = Reading {
            token: &self.token,
            proof: &proof,
            statement,
        };
        let (mut chunks, receipt) = self
            .service
            .client
            .attachment(&fixture::jti(1), path, &reading)
            .await?;
        self.service.proven(&receipt, statement);
        let mut all = Vec::new();
        while let Some(bytes) = chunks.next().await? {
            all.extend_from_slice(&bytes);
        }
        Ok(all)
    }

    async fn read(&self, id: u64, act: AgencyAct) -> Result<Vec<u8>, ClientError> {
        let statement = fixture::agency_jws_at(now(), 1, id, act);
        self.read_as(&fixture::agency_key(), PLAN, &statement).await
    }

    async fn log_size(&self) -> usize {
        let proof = self
            .service
            .dpop(&fixture::key(1), &format!("/v1/grants/{}", fixture::jti(1)));
        self.service
            .client
            .grant(&fixture::jti(1), &proof)
            .await
            .unwrap()
            .history
            .len()
    }
}

#[tokio::test]
async fn what_is_announced_is_read_whole_and_on_record_first() {
    let scene = Scene::new(consent()).await;
    assert_eq!(code(scene.read(500, access(&[PLAN])).await), "no_share");
    let sealed = scene.share(1).await;
    let before = scene.log_size().await;
    let statement = fixture::agency_jws_at(now(), 1, 501, access(&["home.address", PLAN]));
    let key = fixture::agency_key();
    assert!(scene.read_as(&key, PLAN, &statement).await.unwrap() == sealed);
    assert_eq!(scene.log_size().await, before + 1);
    assert!(
        scene.read_as(&key, PLAN, &statement).await.unwrap() == sealed,
        "the same statement again"
    );
    assert_eq!(scene.log_size().await, before + 1);
}

#[tokio::test]
async fn only_the_agency_reads_and_only_what_its_statement_looks_at() {
    let scene = Scene::new(consent()).await;
    scene.share(1).await;
    let before = scene.log_size().await;
    assert_eq!(
        code(scene.read(500, access(&["home.address"])).await),
        "data_not_covered"
    );
    let good = fixture::agency_jws_at(now(), 1, 501, access(&[PLAN]));
    let stolen = scene.read_as(&fixture::key(9), PLAN, &good).await;
    assert_eq!(code(stolen), "wrong_agency_key");
    let proof = scene.service.proof(
        &fixture::agency_key(),
        "GET",
        &attachment_path(&fixture::jti(1), "documents.other"),
        Some(&scene.token),
    );
    let reading = Reading {
        token: &scene.token,
        proof: &proof,
        statement: &good,
    };
    let client = &scene.service.client;
    let elsewhere = client.attachment(&fixture::jti(1), PLAN, &reading).await;
    assert_eq!(code(elsewhere), "invalid_dpop_proof");
    let other = fixture::agency_jws_at(now(), 1, 502, access(&["documents.other"]));
    let unnamed = scene
        .read_as(&fixture::agency_key(), "documents.other", &other)
        .await;
    assert_eq!(code(unnamed), "data_not_covered");
    assert_eq!(
        scene.log_size().await,
        before,
        "nothing was given, nothing is on record"
    );
}

#[tokio::test]
async fn a_proof_reads_once() {
    let scene = Scene::new(consent()).await;
    scene.share(1).await;
    let statement = fixture::agency_jws_at(now(), 1, 500, access(&[PLAN]));
    let htu = attachment_path(&fixture::jti(1), PLAN);
    let key = fixture::agency_key();
    let proof = scene.service.proof(&key, "GET", &htu, Some(&scene.token));
    let reading = Reading {
        token: &scene.token,
        proof: &proof,
        statement: &statement,
    };
    let client = &scene.service.client;
    let once = client.attachment(&fixture::jti(1), PLAN, &reading).await;
    assert!(once.is_ok());
    let again = client.attachment(&fixture::jti(1), PLAN, &reading).await;
    assert_eq!(code(again), "replayed");
}

#[tokio::test]
async fn what_waits_for_an_incident_needs_an_opening() {
    let scene = Scene::new(Consent {
        release: Release::OnIncident,
        ..consent()
    })
    .await;
    let sealed = scene.share(1).await;
    assert_eq!(
        code(scene.read(500, access(&["home.address"])).await),
        "wrong_act"
    );
    let open = AgencyAct::Open {
        incident: "INC-1".into(),
        actor: "p-17".into(),
        position: "control-2".into(),
        reason: "call".into(),
        basis: Default::default(),
    };
    assert!(scene.read(501, open).await.unwrap() == sealed);
}

#[tokio::test]
async fn it_goes_with_the_consent_and_when_the_holder_takes_it_out() {
    let scene = Scene::new(consent()).await;
    scene.share(1).await;
    let credential = scene.credential(&fixture::key(1), "DELETE", PLAN);
    scene
        .service
        .client
        .remove_attachment(&fixture::jti(1), PLAN, &credential)
        .await
        .unwrap();
    assert_eq!(code(scene.read(500, access(&[PLAN])).await), "no_share");
    scene.share(2).await;
    scene
        .service
        .holder(1, 800, 3, HolderAct::Revoke { reason: None })
        .await;
    assert_eq!(code(scene.read(501, access(&[PLAN])).await), "revoked");
    assert_eq!(code(scene.put((0, 1), vec![1]).await), "grant_ended");
}

#[tokio::test]
async fn a_revocation_in_the_middle_breaks_the_answer_off() {
    let scene = Scene::new(consent()).await;
    scene.share(1).await;
    let statement = fixture::agency_jws_at(now(), 1, 500, access(&[PLAN]));
    let htu = attachment_path(&fixture::jti(1), PLAN);
    let proof = scene
        .service
        .proof(&fixture::agency_key(), "GET", &htu, Some(&scene.token));
    let reading = Reading {
        token: &scene.token,
        proof: &proof,
        statement: &statement,
    };
    let (mut chunks, _) = scene
        .service
        .client
        .attachment(&fixture::jti(1), PLAN, &reading)
        .await
        .unwrap();
    scene
        .service
        .holder(1, 800, 2, HolderAct::Revoke { reason: None })
        .await;
    let (mut read, mut broken) = (0, false);
    while !broken {
        match chunks.next().await {
            Ok(Some(bytes)) => read += bytes.len(),
            Ok(None) => break,
            Err(_) => broken = true,
        }
    }
    // What was under way already may arrive; an answer that ends well is whole.
    assert!(broken || read == 2 * PIECE_BYTES + 100, "{read}");
}

#[tokio::test]
async fn pieces_come_from_the_holder_in_order_in_size_and_for_a_path_of_the_consent() {
    let scene = Scene::new(consent()).await;
    let whole = || vec![7; PIECE_BYTES];
    assert_eq!(
        code(scene.put_as(&fixture::key(2), PLAN, (0, 1), vec![1]).await),
        "unknown_grant"
    );
    for path in ["documents.other", "home.address"] {
        assert_eq!(
            code(scene.put_as(&fixture::key(1), path, (0, 1), vec![1]).await),
            "invalid_request"
        );
    }
    assert_eq!(code(scene.put((1, 2), vec![1]).await), "conflict");
    assert_eq!(code(scene.put((0, 2), vec![1]).await), "invalid_request");
    assert_eq!(code(scene.put((0, 1), Vec::new()).await), "invalid_request");
    assert_eq!(code(scene.put((2, 2), vec![1]).await), "invalid_request");
    assert_eq!(
        code(scene.put((0, MAX_PIECES + 1), whole()).await),
        "body_too_large"
    );
    assert_eq!(
        code(scene.put((0, 1), vec![7; PIECE_BYTES + 1]).await),
        "body_too_large"
    );
    assert!(scene.put((0, 2), whole()).await.unwrap().is_none());
    assert!(scene.put((1, 2), vec![1]).await.unwrap().is_some());
}
