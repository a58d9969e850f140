//! A verifier in memory, as far as an agency talks to it, with real signatures and proofs.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::result_large_err,
    reason = "test support"
)]

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use agency::{Entry, Identity};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use consent_token::{
    id::{AgencyId, Digest, Jti, UnixSeconds},
    jws,
    key::SigningKey,
    request::notice_digest,
    statement::{self, HolderAct, HolderStatement},
    term::{Action, ConsentType, Release},
    token::{self, Claims, Consent, Notice, StatusRef},
};
use http::{Request, Response, StatusCode};
use protocol::{
    Entry as LogEntry, Problem, Registry, SLOTS_PER_LIST, Transport, TransportError, UnixMillis,
    api::{Endpoints, Limits, Metadata},
    client_assertion, dpop,
    registry::{AgencyKind, JwkSet, RegistryKey},
    status_token,
    transport::{Chunks, Streaming},
};
use serde_json::{Value, json};
use status_list::{Bits, Encoded, StatusList, StatusListClaims};
use transparency_log::{Checkpoint, HashTree, NoteSigner, TlogProof, leaf_hash, prove_inclusion};

pub const BASE: &str = "https://verifier.example";
pub const NOW: i64 = 1_790_000_000;
pub const IDX: u64 = 4711;

pub fn now() -> UnixSeconds {
    UnixSeconds::new(NOW).unwrap()
}

pub fn fire() -> AgencyId {
    "https://fire.example".parse().unwrap()
}

pub fn agency(dir: &std::path::Path) -> Identity {
    Identity::create(dir, Entry::new(fire(), "Fire", AgencyKind::Fire)).unwrap()
}

/// A token for the agency, in list `list`.
pub fn token(agency: &Identity, jti: u8, list: u32) -> String {
    token_with(agency, jti, list, |_| {})
}

/// The same, for another consent.
pub fn token_with(
    agency: &Identity,
    jti: u8,
    list: u32,
    change: impl FnOnce(&mut Consent),
) -> String {
    let holder = holder();
    let mut claims = Claims {
        iss: holder.holder_uri(),
        sub_jwk: holder.public().jwk(),
        aud: fire(),
        jti: Jti::from_bytes([jti; 16]),
        iat: now(),
        nbf: now(),
        exp: now().plus(200_000),
        jkt: agency.key().thumbprint(),
        status: StatusRef {
            idx: IDX,
            uri: format!("{BASE}/v1/status/{list}").parse().unwrap(),
        },
        consent: Consent {
            kind: ConsentType::V1,
            purposes: vec!["emergency-response".into()],
            datatypes: vec!["home.address".into()],
            actions: vec![Action::Read],
            release: Release::OnGrant,
            retention: "P30D".parse().unwrap(),
            recipients: None,
            uses: None,
            circle: None,
            notice: Notice {
                digest: notice_digest("text"),
                lang: "en".parse().unwrap(),
                version: "1".into(),
            },
            basis: Default::default(),
            jurisdiction: "GB-WLS".parse().unwrap(),
        },
        req: None,
    };
    change(&mut claims.consent);
    token::sign(&claims, &holder).unwrap()
}

/// The holder of every token here.
pub fn holder() -> SigningKey {
    SigningKey::from_seed([1; 32])
}

/// The holder's word on a ciphertext under the grant that the double knows, as a test changes it.
pub fn announcement(
    sealed: &[u8],
    (seq, revision): (u64, u64),
    change: impl FnOnce(&mut HolderStatement),
) -> String {
    let mut statement = HolderStatement {
        iss: holder().holder_uri(),
        jti: Jti::from_bytes([8; 16]),
        iat: now(),
        grant: Jti::from_bytes([9; 16]),
        seq,
        act: HolderAct::Share {
            digest: Digest::of(sealed),
            size: sealed.len() as u64,
            revision,
        },
    };
    change(&mut statement);
    statement::sign_holder(&statement, &holder()).unwrap()
}

/// What the verifier knows and does; a test changes it.
pub struct State {
    pub now: i64,
    pub status: u8,
    /// When the list was signed; its tag follows it.
    pub signed: i64,
    pub registry: Registry,
    pub log_seed: u8,
    pub status_seed: u8,
    pub down: bool,
    pub no_exp: bool,
    pub no_list: bool,
    /// What is shared, as it is sealed.
    pub envelope: Vec<u8>,
    /// What the person announced it by; none is given where there is none.
    pub announcement: Option<String>,
    /// Sealed files by their data path.
    pub attachments: HashMap<String, Vec<u8>>,
    pub proof_of: Option<String>,
    pub grants: Vec<String>,
    pub active: Value,
    pub asked: Vec<String>,
}

/// The verifier, and the way to it.
#[derive(Clone)]
pub struct Double(pub Arc<Mutex<State>>, pub Arc<AtomicUsize>);

impl Double {
    pub fn new(agency: &Identity) -> Self {
        let registry = Registry {
            iss: BASE.into(),
            iat: now(),
            serial: 1,
            agencies: vec![agency.entry().agency.clone()],
            circles: vec![],
            auditors: vec![],
        };
        let state = State {
            now: NOW,
            status: 0,
            signed: NOW,
            registry,
            log_seed: 1,
            status_seed: 2,
            down: false,
            no_exp: false,
            no_list: false,
            envelope: vec![],
            announcement: None,
            attachments: HashMap::new(),
            proof_of: None,
            grants: vec![],
            active: json!({ "active": true }),
            asked: vec![],
        };
        Double(Arc::new(Mutex::new(state)), Arc::default())
    }

    pub fn set(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.0.lock().unwrap());
    }

    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap().asked)
    }
}

impl Transport for Double {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let mut state = self.0.lock().unwrap();
        if state.down {
            return Err(TransportError::Unreachable("verifier.example".into()));
        }
        assert_eq!(request.uri().host(), Some("verifier.example"));
        state.asked.push(format!(
            "{} {}",
            request.method(),
            request.uri().path_and_query().unwrap()
        ));
        Ok(state.answer(&request))
    }
}

/// A body in small pieces, and how much of it was given out.
pub struct Pieces {
    rest: Bytes,
    given: Arc<AtomicUsize>,
}

impl Chunks for Pieces {
    async fn next(&mut self) -> Result<Option<Bytes>, TransportError> {
        let piece = self.rest.split_to(self.rest.len().min(10_000));
        self.given.fetch_add(piece.len(), Ordering::SeqCst);
        Ok(Some(piece).filter(|piece| !piece.is_empty()))
    }
}

impl Streaming for Double {
    type Chunks = Pieces;

    async fn open(&self, request: Request<Bytes>) -> Result<Response<Pieces>, TransportError> {
        let state = self.0.lock().unwrap();
        let path = request.uri().path().rsplit('/').next().unwrap();
        let sealed = state.attachments[path].clone();
        let receipt = state.receipt(&request);
        let rest = Pieces {
            rest: sealed.into(),
            given: self.1.clone(),
        };
        Ok(Response::builder()
            .header("assent-receipt", receipt)
            .body(rest)
            .unwrap())
    }
}

impl State {
    fn answer(&self, request: &Request<Bytes>) -> Response<Bytes> {
        match request.uri().path() {
            "/.well-known/assent-verifier" => json(&self.metadata()),
            "/v1/registry" => self.registry(),
            "/token" => self.token(request),
            "/introspect" => self
                .allowed(request)
                .map_or_else(|refused| refused, |()| json(&self.active)),
            "/v1/agency/grants" => self
                .allowed(request)
                .map_or_else(|refused| refused, |()| self.page(request)),
            "/v1/statements" => self.record(request),
            path if path.ends_with("/share") => self.share(request),
            path if path.starts_with("/v1/status/") && !self.no_list => self.list(request),
            _ => refused(protocol::Code::NotFound),
        }
    }

    fn metadata(&self) -> Metadata {
        let key = |seed: u8, purpose: &str| {
            let mut key = RegistryKey::signing(&SigningKey::from_seed([seed; 32]).public());
            key.parameters.insert("purpose".into(), purpose.into());
            key
        };
        let url = |path: &str| format!("{BASE}{path}");
        Metadata {
            issuer: BASE.into(),
            jwks: JwkSet {
                keys: vec![key(self.status_seed, "status"), key(3, "registry")],
            },
            log_vkey: self.log().verifier_key().to_string(),
            endpoints: Endpoints {
                registry: url("/v1/registry"),
                slots: url("/v1/slots"),
                grants: url("/v1/grants"),
                statements: url("/v1/statements"),
                token: url("/token"),
                introspection: url("/introspect"),
                status: url("/v1/status"),
                log: url("/log"),
                openapi: url("/openapi.json"),
            },
            limits: Limits {
                jwt_bytes: 8192,
                body_bytes: 65536,
                slots_per_request: 64,
                page: 2,
                writes_per_minute: 60,
                clock_skew: 60,
                event_streams: 16,
                ..Limits::default()
            },
            versions: vec![1],
            software: "double/1".into(),
        }
    }

    fn log(&self) -> NoteSigner {
        NoteSigner::from_seed("verifier.example/log", &[self.log_seed; 32]).unwrap()
    }

    /// A proof that a JWS stands in a log of one entry.
    fn proof(&self, compact: &str) -> String {
        let compact = self.proof_of.as_deref().unwrap_or(compact);
        let entry = LogEntry::Act {
            at: UnixMillis(self.now * 1000),
            digest: jws::digest(compact),
            v: 1,
        }
        .to_canonical();
        let tree: HashTree = [leaf_hash(&entry)].into_iter().collect();
        let log = self.log();
        let note = Checkpoint::new(log.name(), tree.head())
            .unwrap()
            .sign(&log)
            .unwrap();
        TlogProof::with_extra(entry, 0, prove_inclusion(&tree, 1, 0).unwrap(), note)
            .unwrap()
            .to_string()
    }

    fn registry(&self) -> Response<Bytes> {
        let compact = self.registry.sign(&SigningKey::from_seed([3; 32]));
        let proof = BASE64_URL_SAFE_NO_PAD.encode(self.proof(&compact));
        let mut answer = Response::new(Bytes::from(compact));
        answer
            .headers_mut()
            .insert("assent-proof", proof.parse().unwrap());
        answer
    }

    fn list(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let etag = format!("\"0-{}\"", self.signed);
        if request
            .headers()
            .get("if-none-match")
            .is_some_and(|tag| tag == etag.as_str())
        {
            return Response::builder()
                .status(StatusCode::NOT_MODIFIED)
                .body(Bytes::new())
                .unwrap();
        }
        let mut bits = StatusList::new(Bits::Two, SLOTS_PER_LIST.into(), 3).unwrap();
        bits.set(IDX, self.status).unwrap();
        let claims = StatusListClaims {
            iss: Some(BASE.into()),
            sub: format!("{BASE}{}", request.uri().path()),
            iat: self.signed,
            exp: self.signed + 86_400,
            ttl: Some(60),
            status_list: Encoded::new(&bits),
        };
        let key = SigningKey::from_seed([self.status_seed; 32]);
        let mut token = status_token::sign(&claims, &key);
        if self.no_exp {
            let mut claims = serde_json::to_value(&claims).unwrap();
            claims.as_object_mut().unwrap().remove("exp");
            let header = jws::Header::with_kid(status_token::STATUS_LIST_TYP, key.thumbprint());
            token = jws::sign(&header, &claims, &key).unwrap();
        }
        Response::builder()
            .header("etag", etag)
            .body(Bytes::from(token))
            .unwrap()
    }

    /// The receipt of the statement that a reading shows.
    fn receipt(&self, request: &Request<Bytes>) -> String {
        let statement = request.headers()["assent-statement"].to_str().unwrap();
        let grant = Jti::from_bytes([9; 16]).to_string();
        let receipt =
            json!({ "grant": grant, "status": 0, "index": 0, "proof": self.proof(statement) });
        BASE64_URL_SAFE_NO_PAD.encode(receipt.to_string())
    }

    fn share(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let mut answer = Response::builder().header("assent-receipt", self.receipt(request));
        if let Some(announcement) = &self.announcement {
            answer = answer.header("assent-share", announcement);
        }
        answer.body(self.envelope.clone().into()).unwrap()
    }

    fn key(&self) -> consent_token::key::PublicKey {
        self.registry.agencies[0].current_key().unwrap()
    }

    fn token(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let body = String::from_utf8(request.body().to_vec()).unwrap();
        let assertion = body
            .split('&')
            .find_map(|field| field.strip_prefix("client_assertion="))
            .unwrap();
        let at = UnixSeconds::new(self.now).unwrap();
        let read = client_assertion::Unverified::parse(assertion, &[BASE], at).unwrap();
        read.verify(&[self.key()]).unwrap();
        json(
            &json!({ "access_token": format!("bearer-{}", self.now), "token_type": "Bearer", "expires_in": 600 }),
        )
    }

    /// A bearer token of the last ten minutes, or a DPoP proof for exactly this request.
    fn allowed(&self, request: &Request<Bytes>) -> Result<(), Response<Bytes>> {
        let header = |name: &str| {
            request
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        if let Some(proof) = header("dpop") {
            let url = format!("{BASE}{}", request.uri().path());
            let at = UnixSeconds::new(self.now).unwrap();
            let expected = dpop::Expected {
                method: request.method().as_str(),
                url: &url,
                token: None,
                now: at,
            };
            let proof =
                dpop::verify(proof, &expected).map_err(|_| refused(protocol::Code::InvalidDpop))?;
            assert_eq!(proof.key.thumbprint(), self.key().thumbprint());
            return Ok(());
        }
        let since = header("authorization")
            .and_then(|value| value.strip_prefix("Bearer bearer-")?.parse::<i64>().ok());
        match since {
            Some(since) if self.now < since + 600 => Ok(()),
            _ => Err(refused(protocol::Code::InvalidToken)),
        }
    }

    /// Two grants a page.
    fn page(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let after = request
            .uri()
            .query()
            .and_then(|query| query.strip_prefix("after="))
            .map(|n| n.parse::<usize>().unwrap());
        let start = after.map_or(0, |after| after + 1);
        let rows: Vec<_> = self.grants.iter().enumerate().skip(start).take(2).collect();
        let last = rows.last().map(|(index, _)| *index);
        let grants: Vec<Value> = rows
            .iter()
            .map(|(index, token)| json!({ "grant": Jti::from_bytes([*index as u8; 16]).to_string(), "token": token, "status": 0, "index": index }))
            .collect();
        json(&json!({ "grants": grants, "next": last.filter(|last| last + 1 < self.grants.len()) }))
    }

    fn record(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let body: Value = serde_json::from_slice(request.body()).unwrap();
        let proof = self.proof(body["statement"].as_str().unwrap());
        let grant = Jti::from_bytes([9; 16]).to_string();
        let mut answer = json(&json!({ "grant": grant, "status": 0, "index": 0, "proof": proof }));
        *answer.status_mut() = StatusCode::CREATED;
        answer
    }
}

fn json(body: &impl serde::Serialize) -> Response<Bytes> {
    Response::new(serde_json::to_vec(body).unwrap().into())
}

fn refused(code: protocol::Code) -> Response<Bytes> {
    let mut answer = json(&Problem::new(code, None));
    *answer.status_mut() = StatusCode::from_u16(code.http_status()).unwrap();
    answer
}
