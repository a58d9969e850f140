//! A verifier in this process, on a database in a temporary folder and a port that the system picks.

use std::{path::Path, sync::Arc};

use bytes::Bytes;
use consent_token::{
    id::{Jti, UnixSeconds},
    key::SigningKey,
    statement::HolderAct,
    token::Consent,
};
use http::{Request, Response};
use protocol::{
    Credential, HttpTransport, Transport, VerifierClient,
    api::{GrantRequest, Receipt, SlotTicket},
    client_assertion, dpop, receipt,
    registry::AgencyStatus,
};
use store_sqlite::SqliteStore;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};
use transparency_log::VerifierKey;
use verifier::{
    Config, Held, Keys, Server,
    registrar::{self, Act, DATABASE},
};
use verifier_store::fixture;

pub(crate) struct Service {
    /// Where it listens.
    pub(crate) url: String,
    /// What it calls itself, restarts included.
    pub(crate) issuer: String,
    pub(crate) client: VerifierClient<HttpTransport>,
    pub(crate) folder: Arc<tempfile::TempDir>,
    held: Held,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

impl Service {
    /// A fresh verifier with one agency.
    pub(crate) async fn start() -> Self {
        Self::start_with(Config::default()).await
    }

    pub(crate) async fn start_with(config: Config) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        verifier::create(folder.path(), Some(&url)).unwrap();
        let agency = fixture::registry(1, AgencyStatus::Active)
            .agencies
            .remove(0);
        registrar::act(folder.path(), &Act::AddAgency(Box::new(agency)))
            .await
            .unwrap();
        Self::open(folder, listener, config).await
    }

    async fn open(
        folder: Arc<tempfile::TempDir>,
        listener: TcpListener,
        mut config: Config,
    ) -> Self {
        let url = format!("http://{}", listener.local_addr().unwrap());
        config.issuer.get_or_insert_with(|| url.clone());
        let issuer = config.issuer.clone().unwrap();
        let held = Held::hold(folder.path()).unwrap();
        let store = SqliteStore::open(&folder.path().join(DATABASE)).unwrap();
        let keys = Keys::read(folder.path()).unwrap();
        let server = Server::new(store, keys, config, issuer.clone())
            .await
            .unwrap();
        server.control().listen(folder.path()).await.unwrap();
        let (stop, stopped) = oneshot::channel();
        let wait = async move { drop(stopped.await) };
        let running = tokio::spawn(async move { server.serve(listener, wait).await.unwrap() });
        let client = VerifierClient::new(&url, HttpTransport::new().unwrap());
        Service {
            url,
            issuer,
            client,
            folder,
            held,
            stop,
            running,
        }
    }

    /// Stops in good order and starts again on the same folder, still under the first issuer.
    pub(crate) async fn restart(self) -> Self {
        let (folder, issuer) = (self.folder.clone(), self.issuer.clone());
        drop(self.client);
        self.stop.send(()).unwrap();
        self.running.await.unwrap();
        drop(self.held);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self::open(
            folder,
            listener,
            Config {
                issuer: Some(issuer),
                ..Config::default()
            },
        )
        .await
    }

    /// Stops in good order and starts again on the same folder under its new address.
    pub(crate) async fn move_house(self) -> Self {
        let folder = self.folder.clone();
        drop(self.client);
        self.stop.send(()).unwrap();
        self.running.await.unwrap();
        drop(self.held);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self::open(folder, listener, Config::default()).await
    }

    pub(crate) fn data(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn log_key(&self) -> VerifierKey {
        Keys::read(self.data()).unwrap().log_vkey().parse().unwrap()
    }

    pub(crate) async fn slot(&self) -> SlotTicket {
        self.client.slots(1).await.unwrap().remove(0)
    }

    /// Holder `number`'s grant in a fresh slot, valid now.
    pub(crate) async fn request(&self, number: u64) -> GrantRequest {
        self.request_of(number, fixture::consent()).await
    }

    /// As [`Service::request`], for another consent.
    pub(crate) async fn request_of(&self, number: u64, consent: Consent) -> GrantRequest {
        let slot = self.slot().await;
        let place = (slot.idx, slot.uri.as_str());
        let token = fixture::token_of(number, place, now().plus(-10), consent);
        GrantRequest {
            token,
            ticket: slot.ticket,
            replaces: None,
        }
    }

    pub(crate) async fn register(&self, number: u64) -> (GrantRequest, Receipt) {
        let request = self.request(number).await;
        let receipt = self.client.register(&request).await.unwrap();
        (request, receipt)
    }

    pub(crate) async fn holder(&self, number: u64, id: u64, seq: u64, act: HolderAct) -> Receipt {
        self.client
            .state(&fixture::holder_jws(number, id, seq, act))
            .await
            .unwrap()
    }

    /// The agency's bearer token.
    pub(crate) async fn bearer(&self) -> Credential {
        let assertion = client_assertion::assert(
            &fixture::agency_id(),
            &fixture::agency_key(),
            &self.issuer,
            now(),
            random_jti(),
        );
        Credential::Bearer(self.client.token(&assertion).await.unwrap().access_token)
    }

    /// A DPoP proof by `key` for `GET path`.
    pub(crate) fn dpop(&self, key: &SigningKey, path: &str) -> Credential {
        Credential::Dpop(self.proof(key, "GET", path, None))
    }

    /// A DPoP proof by `key` for a call that shows `token`.
    pub(crate) fn proof(
        &self,
        key: &SigningKey,
        method: &str,
        path: &str,
        token: Option<&str>,
    ) -> String {
        let url = format!("{}{path}", self.issuer);
        let expected = dpop::Expected {
            method,
            url: &url,
            token,
            now: now(),
        };
        dpop::prove(key, &expected, random_jti())
    }

    /// Checks a receipt as a wallet does.
    pub(crate) fn proven(&self, receipt: &Receipt, jws: &str) -> receipt::Proven {
        receipt::verify(
            &receipt.proof,
            &self.log_key(),
            &consent_token::jws::digest(jws),
        )
        .unwrap()
    }

    /// Sends a raw request and gives status, problem code and body.
    pub(crate) async fn send(&self, request: Request<Bytes>) -> (u16, String, Response<Bytes>) {
        let answer = HttpTransport::new().unwrap().send(request).await.unwrap();
        let body: serde_json::Value = serde_json::from_slice(answer.body()).unwrap_or_default();
        let code = body["code"].as_str().unwrap_or_default().to_owned();
        (answer.status().as_u16(), code, answer)
    }

    /// Posts JSON and gives status and problem code.
    pub(crate) async fn post(&self, path: &str, body: impl Into<Bytes>) -> (u16, String) {
        let request =
            Request::post(format!("{}{path}", self.url)).header("content-type", "application/json");
        let (status, code, _) = self.send(request.body(body.into()).unwrap()).await;
        (status, code)
    }
}

pub(crate) fn now() -> UnixSeconds {
    UnixSeconds::new(jiff::Timestamp::now().as_second()).unwrap()
}

pub(crate) fn random_jti() -> Jti {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).unwrap();
    Jti::from_bytes(bytes)
}
