//! What comes between the check of a reading and its first byte: no other test can be sure of that moment.

use consent_token::{
    statement::{AgencyAct, HolderAct},
    token,
};
use protocol::{Slot, Version1, client::STATEMENT_HEADER, dpop};
use store_sqlite::SqliteStore;
use verifier_store::{Staging, Submission, fixture};

use super::*;
use crate::{
    Config, Keys, Server,
    registrar::{self, Act, DATABASE},
    sequencer,
};

const ISSUER: &str = "https://verifier.example";
const CIPHERTEXT: &[u8] = b"sealed";

/// A verifier that commits and does not listen, with one consent and its share.
struct Scene {
    app: Shared,
    token: String,
    _folder: tempfile::TempDir,
}

impl Scene {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        crate::create(folder.path(), Some(ISSUER)).unwrap();
        let agency = fixture::registry(1, Default::default()).agencies.remove(0);
        let admit = Act::AddAgency(Box::new(agency));
        registrar::act(folder.path(), &admit).await.unwrap();
        let store = SqliteStore::open(&folder.path().join(DATABASE)).unwrap();
        let keys = Keys::read(folder.path()).unwrap();
        let server = Server::new(store, keys, Config::default(), ISSUER.into()).await;
        let (app, task) = server.unwrap().into_parts();
        tokio::spawn(task);
        let uri = format!("{ISSUER}/v1/status/0");
        let nbf = now().plus(-10);
        let token = fixture::token_of(1, (1, &uri), nbf, fixture::consent());
        let scene = Scene {
            app,
            token,
            _folder: folder,
        };
        let registered = Submission::Grant {
            token: Box::new(token::verify(&scene.token, &Version1).unwrap()),
            slot: Slot(0, 1),
            replaces: None,
        };
        scene.app.sequencer.submit(registered).await.unwrap();
        scene.announce(1, Part::Whole, CIPHERTEXT).await;
        scene
    }

    /// Uploads a ciphertext; the statement that announces it.
    async fn share(&self, seq: u64, part: Part, ciphertext: &[u8]) -> Submission {
        let digest = Digest::of(ciphertext);
        let upload = Upload {
            grant: fixture::jti(1),
            part,
            digest,
            expires: now().plus(3600),
            bytes: ciphertext.to_vec(),
        };
        self.app.store.upload(upload).await.unwrap();
        let act = HolderAct::Share {
            digest,
            size: ciphertext.len() as u64,
            revision: seq,
        };
        fixture::holder_act(1, 100 + seq, seq, act)
    }

    async fn announce(&self, seq: u64, part: Part, ciphertext: &[u8]) {
        let act = self.share(seq, part, ciphertext).await;
        self.app.sequencer.submit(act).await.unwrap();
    }

    async fn holder(&self, seq: u64, act: HolderAct) {
        let act = fixture::holder_act(1, 100 + seq, seq, act);
        self.app.sequencer.submit(act).await.unwrap();
    }

    /// A reading that was checked and is on record.
    async fn begun(&self) -> (Reading, Receipt) {
        let path = share_path(&fixture::jti(1).to_string());
        let access = AgencyAct::Access {
            actor: "p-17".into(),
            reason: "planning a visit".into(),
            datatypes: vec!["home.address".into()],
        };
        let expected = dpop::Expected {
            method: "GET",
            url: &format!("{ISSUER}{path}"),
            token: Some(&self.token),
            now: now(),
        };
        let proof = dpop::prove(&fixture::agency_key(), &expected, fixture::jti(500));
        let statement = fixture::agency_jws_at(now(), 1, 600, access);
        let mut headers = HeaderMap::new();
        let shown = format!("DPoP {}", self.token);
        headers.insert(header::AUTHORIZATION, shown.parse().unwrap());
        headers.insert("dpop", proof.parse().unwrap());
        headers.insert(STATEMENT_HEADER, statement.parse().unwrap());
        let id = fixture::jti(1).to_string();
        let reading = Reading::of(&self.app, &id, (&Method::GET, &path), &headers).unwrap();
        let receipt = reading.record(&self.app).await.unwrap();
        (reading, receipt)
    }

    async fn given(&self, (reading, receipt): &(Reading, Receipt)) -> StatusCode {
        let given = give(&self.app, reading, receipt).await;
        given.into_response().status()
    }
}

#[tokio::test]
async fn a_pause_or_a_revocation_between_the_check_and_the_first_byte_wins() {
    let scene = Scene::new().await;
    let begun = scene.begun().await;
    assert_eq!(scene.given(&begun).await, StatusCode::OK);
    scene.holder(2, HolderAct::Suspend).await;
    assert_eq!(scene.given(&begun).await, StatusCode::FORBIDDEN);
    scene.holder(3, HolderAct::Resume).await;
    assert_eq!(scene.given(&begun).await, StatusCode::OK);
    scene.holder(4, HolderAct::Revoke { reason: None }).await;
    assert_eq!(scene.given(&begun).await, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_ciphertext_goes_out_with_the_statement_that_announces_it() {
    let scene = Scene::new().await;
    let begun = scene.begun().await;
    let whole = b"sealed anew".as_slice();
    scene.announce(2, Part::Whole, whole).await;
    scene.announce(3, Part::Locator, b"the locator").await;
    let answer = give(&scene.app, &begun.0, &begun.1).await.unwrap();
    let said = answer.headers()[SHARE_HEADER].to_str().unwrap();
    let said = UnverifiedStatement::parse(said).unwrap();
    assert!(announces(said.statement(), &Digest::of(whole)));
    let body = axum::body::to_bytes(answer.into_body(), 100).await.unwrap();
    assert_eq!(body, whole);
}

#[tokio::test]
async fn nothing_goes_out_whose_statement_is_not_published_yet() {
    let scene = Scene::new().await;
    let begun = scene.begun().await;
    let act = scene.share(2, Part::Whole, b"sealed anew").await;
    let mut staging = Staging::new(&scene.app.published().ledger, sequencer::now());
    staging.submit(&act).unwrap();
    scene.app.store.append(staging.finish().1).await.unwrap();
    assert_eq!(scene.given(&begun).await, StatusCode::SERVICE_UNAVAILABLE);
}
