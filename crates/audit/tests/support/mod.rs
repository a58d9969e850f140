//! A verifier in memory that keeps its word, with real signatures and proofs, and a transport that lets a
//! test change single answers of it.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "test support"
)]

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use audit::{AuditError, Auditor, Visit};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use consent_token::{
    id::{Digest, UnixSeconds},
    jws,
    key::SigningKey,
};
use http::{Request, Response};
use protocol::{
    Entry, Registry, SLOTS_PER_LIST, Slot, Transport, TransportError, UnixMillis,
    api::{Endpoints, Limits, Metadata},
    registry::{Agency, AgencyKind, AgencyStatus, JwkSet, RegistryKey},
    status_token,
};
use status_list::{Bits, Encoded, StatusList, StatusListClaims};
use transparency_log::{
    Checkpoint, HashTree, NoteSigner, SignedNote, TlogProof, entries::encode_bundle, leaf_hash,
    prove_inclusion, tile::Resource,
};

pub const BASE: &str = "https://verifier.example";
pub const START: i64 = 1_790_000_000_000;

/// A verifier that keeps its word.
#[derive(Clone)]
pub struct Honest {
    pub log_seed: u8,
    pub entries: Vec<Vec<u8>>,
    pub registry: Registry,
    pub registry_text: String,
    pub registry_index: u64,
    pub now: i64,
    pub ttl: u64,
}

impl Honest {
    pub fn new() -> Self {
        let registry = registry(1, &[7]);
        let text = registry.sign(&registrar());
        let mut verifier = Honest {
            log_seed: 1,
            entries: Vec::new(),
            registry_text: text.clone(),
            registry,
            registry_index: 0,
            now: START,
            ttl: 60,
        };
        verifier.act(&text);
        verifier
    }

    pub fn signer(&self) -> NoteSigner {
        NoteSigner::from_seed("verifier.example/log", &[self.log_seed; 32]).unwrap()
    }

    pub fn vkey(&self) -> String {
        self.signer().verifier_key().to_string()
    }

    pub fn act(&mut self, body: &str) {
        let digest = jws::digest(body);
        self.push(&Entry::Act {
            at: UnixMillis(self.now),
            digest,
            v: 1,
        });
    }

    /// Registers a consent; answers its index.
    pub fn grant(&mut self, slot: Slot, body: &str) -> u64 {
        let exp = Some(self.now / 1000 + 3_000_000);
        self.push(&Entry::Status {
            at: UnixMillis(self.now),
            digest: jws::digest(body),
            exp,
            slot,
            status: 0,
            v: 1,
        })
    }

    pub fn set(&mut self, slot: Slot, status: u8) -> u64 {
        let digest = Digest::of(&self.entries.len().to_be_bytes());
        self.push(&Entry::Status {
            at: UnixMillis(self.now),
            digest,
            exp: None,
            slot,
            status,
            v: 1,
        })
    }

    pub fn push(&mut self, entry: &Entry) -> u64 {
        self.now += 1_700;
        self.entries.push(entry.to_canonical());
        self.entries.len() as u64 - 1
    }

    /// Grants, pauses and revocations until the log has `size` entries.
    pub fn grow_to(&mut self, size: usize) {
        while self.entries.len() < size {
            let n = self.entries.len() as u32;
            match n % 5 {
                0 => _ = self.set(Slot(0, (n - 4) * 7), 1),
                4 => _ = self.set(Slot(0, (n - 1) * 7), 2),
                _ => _ = self.grant(Slot(0, n * 7), &n.to_string()),
            }
        }
    }

    pub fn replace_registry(&mut self, registry: Registry) {
        self.registry_text = registry.sign(&registrar());
        self.registry = registry;
        self.registry_index = self.entries.len() as u64;
        let text = self.registry_text.clone();
        self.act(&text);
    }

    pub fn tree(&self) -> HashTree {
        self.entries.iter().map(|entry| leaf_hash(entry)).collect()
    }

    pub fn checkpoint(&self) -> SignedNote {
        let signer = self.signer();
        Checkpoint::new(signer.name(), self.tree().head())
            .unwrap()
            .sign(&signer)
            .unwrap()
    }

    pub fn proof(&self, index: u64) -> String {
        let tree = self.tree();
        let hashes = prove_inclusion(&tree, tree.size(), index).unwrap();
        TlogProof::with_extra(
            self.entries[index as usize].clone(),
            index,
            hashes,
            self.checkpoint(),
        )
        .unwrap()
        .to_string()
    }

    pub fn list(&self, number: u32, until: impl Fn(&Entry, u64) -> bool) -> StatusList {
        let mut list = StatusList::new(Bits::Two, SLOTS_PER_LIST.into(), 3).unwrap();
        for (index, bytes) in (0..).zip(&self.entries) {
            match Entry::parse(bytes) {
                Ok(entry) if !until(&entry, index) => {}
                Ok(Entry::Status { slot, status, .. }) if slot.0 == number => {
                    list.set(slot.1.into(), status).unwrap()
                }
                _ => {}
            }
        }
        list
    }

    pub fn claims(&self, number: u32, list: &StatusList, at: i64) -> StatusListClaims {
        StatusListClaims {
            iss: Some(BASE.into()),
            sub: format!("{BASE}/v1/status/{number}"),
            iat: at,
            exp: at + 86_400,
            ttl: Some(self.ttl),
            status_list: Encoded::new(list),
        }
    }

    pub fn metadata(&self) -> Metadata {
        let key = |key: &SigningKey, purpose: &str| {
            let mut entry = RegistryKey::signing(&key.public());
            entry.parameters.insert("purpose".into(), purpose.into());
            entry
        };
        let url = |path: &str| format!("{BASE}{path}");
        Metadata {
            issuer: BASE.into(),
            jwks: JwkSet {
                keys: vec![key(&status_key(), "status"), key(&registrar(), "registry")],
            },
            log_vkey: self.vkey(),
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
                page: 100,
                writes_per_minute: 60,
                clock_skew: 60,
                event_streams: 16,
                ..Limits::default()
            },
            versions: vec![1],
            software: "double/1".into(),
        }
    }

    pub fn answer(&self, path: &str, query: Option<&str>) -> Response<Bytes> {
        match path {
            "/.well-known/assent-verifier" => ok(serde_json::to_vec(&self.metadata()).unwrap()),
            "/log/checkpoint" => ok(self.checkpoint().to_string()),
            "/v1/registry" => {
                let mut answer = ok(self.registry_text.clone());
                let proof = BASE64_URL_SAFE_NO_PAD.encode(self.proof(self.registry_index));
                answer
                    .headers_mut()
                    .insert("assent-proof", proof.parse().unwrap());
                answer
            }
            _ => match path.strip_prefix("/v1/status/") {
                Some(number) => self.status(number, query),
                None => self.log_file(path.strip_prefix("/log/").unwrap_or_default()),
            },
        }
    }

    fn status(&self, number: &str, query: Option<&str>) -> Response<Bytes> {
        let number: u32 = number.parse().unwrap();
        if number > 0 {
            return missing();
        }
        let time = query
            .and_then(|query| query.strip_prefix("time="))
            .map(|time| time.parse::<i64>().unwrap());
        let (list, at) = match time {
            Some(time) => (
                self.list(number, |entry, _| entry.at().0 < (time + 1) * 1000),
                time,
            ),
            None => (self.list(number, |_, _| true), self.now / 1000),
        };
        self.listed(number, &list, at, self.entries.len())
    }

    /// A status list, signed and tagged.
    pub fn listed(&self, number: u32, list: &StatusList, at: i64, size: usize) -> Response<Bytes> {
        tagged(
            status_token::sign(&self.claims(number, list, at), &status_key()),
            number,
            size,
        )
    }

    fn log_file(&self, path: &str) -> Response<Bytes> {
        let size = self.entries.len() as u64;
        match path.parse::<Resource>() {
            Ok(Resource::Tile(tile)) => match tile.data(&self.tree()) {
                Some(data)
                    if tile.index() * 256 + u64::from(tile.width())
                        <= size >> (8 * tile.level()) =>
                {
                    ok(data)
                }
                _ => missing(),
            },
            Ok(Resource::Entries(bundle)) => {
                let first = bundle.first_entry() as usize;
                match self.entries.get(first..first + usize::from(bundle.width())) {
                    Some(entries) => ok(encode_bundle(entries).unwrap()),
                    None => missing(),
                }
            }
            Err(_) => missing(),
        }
    }
}

pub fn registry(serial: u64, seeds: &[u8]) -> Registry {
    let agency = |seed: &u8| Agency {
        id: "https://fire.example".parse().unwrap(),
        name: "Fire".into(),
        names: Default::default(),
        kind: AgencyKind::Fire,
        status: AgencyStatus::Active,
        jwks: JwkSet {
            keys: vec![RegistryKey::signing(
                &SigningKey::from_seed([*seed; 32]).public(),
            )],
        },
        contact: None,
        privacy_url: None,
        obligations: None,
    };
    Registry {
        iss: BASE.into(),
        iat: UnixSeconds::new(START / 1000).unwrap(),
        serial,
        agencies: seeds.iter().map(agency).collect(),
        circles: vec![],
        auditors: vec![],
    }
}

pub fn status_key() -> SigningKey {
    SigningKey::from_seed([2; 32])
}

pub fn registrar() -> SigningKey {
    SigningKey::from_seed([3; 32])
}

pub fn ok(body: impl Into<Bytes>) -> Response<Bytes> {
    Response::new(body.into())
}

pub fn tagged(token: String, number: u32, size: usize) -> Response<Bytes> {
    let mut answer = ok(token);
    answer
        .headers_mut()
        .insert("etag", format!("\"{number}-{size}\"").parse().unwrap());
    answer
        .headers_mut()
        .insert("cache-control", "public, max-age=60".parse().unwrap());
    answer
}

pub fn missing() -> Response<Bytes> {
    let mut answer = ok("{}");
    *answer.status_mut() = http::StatusCode::NOT_FOUND;
    answer
}

type Change = Box<dyn Fn(&str) -> Option<Result<Response<Bytes>, TransportError>> + Send>;

/// The way to a verifier.
#[derive(Clone)]
pub struct Line {
    inner: Arc<Mutex<Inner>>,
}

struct Inner {
    verifier: Honest,
    change: Option<Change>,
    asked: Vec<String>,
}

impl Line {
    pub fn to(verifier: &Honest) -> Self {
        Line {
            inner: Arc::new(Mutex::new(Inner {
                verifier: verifier.clone(),
                change: None,
                asked: Vec::new(),
            })),
        }
    }

    /// Answers some paths (query included) differently.
    pub fn changed(
        verifier: &Honest,
        change: impl Fn(&str) -> Option<Result<Response<Bytes>, TransportError>> + Send + 'static,
    ) -> Self {
        let line = Line::to(verifier);
        line.inner.lock().unwrap().change = Some(Box::new(change));
        line
    }

    pub fn asked(&self) -> Vec<String> {
        self.inner.lock().unwrap().asked.clone()
    }
}

impl Transport for Line {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let mut inner = self.inner.lock().unwrap();
        let path = request.uri().path_and_query().unwrap().to_string();
        inner.asked.push(path.clone());
        if let Some(changed) = inner.change.as_ref().and_then(|change| change(&path)) {
            return changed;
        }
        Ok(inner
            .verifier
            .answer(request.uri().path(), request.uri().query()))
    }
}

/// One audit over a line, with the key pinned on the first visit.
pub async fn visit(dir: &Path, verifier: &Honest, line: Line) -> Result<Visit, AuditError> {
    let mut auditor = Auditor::open(dir, Some(BASE), Some(&verifier.vkey()), line)?;
    auditor
        .visit(UnixMillis(verifier.now + 2_000), &|_| {})
        .await
}

/// The codes that were found, sorted.
pub fn codes(visit: &Visit) -> Vec<&'static str> {
    visit
        .findings
        .counts()
        .keys()
        .map(|code| code.as_str())
        .collect()
}
