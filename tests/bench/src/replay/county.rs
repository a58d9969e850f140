//! A verifier's log as years of grants, pauses and revocations make it, with every answer that an auditor
//! asks for lying ready.

use std::{collections::HashMap, sync::Arc};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use consent_token::{id::Digest, jws};
use http::{HeaderValue, Request, Response, StatusCode, header::ETAG};
use protocol::{
    Entry, SLOTS_PER_LIST, Slot, Transport, TransportError, UnixMillis,
    api::{Endpoints, Limits, Metadata},
    client::REGISTRY_PROOF_HEADER,
    registry::{AgencyStatus, JwkSet, RegistryKey},
    status_token,
};
use status_list::{Bits, Encoded, StatusList, StatusListClaims};
use transparency_log::{
    Checkpoint, HashTree, NoteSigner, SignedNote, TlogProof, TreeHead,
    entries::encode_bundle,
    leaf_hash, prove_inclusion,
    tile::{bundles_between, tiles_between},
};
use verifier_store::fixture;

use crate::Failure;

pub(super) const BASE: &str = "https://verifier.example";
/// The first entry's time, in milliseconds.
const START: i64 = 1_790_000_000_000;
/// Milliseconds from entry to entry.
const PACE: i64 = 1700;

/// The log, and what follows from it.
pub(super) struct County {
    registry: String,
    entries: Vec<Vec<u8>>,
    tree: HashTree,
    list: StatusList,
}

impl County {
    /// Three grants in five, one pause, one revocation.
    pub(super) fn grown_to(size: usize) -> Result<Self, Failure> {
        let registry = fixture::registry(1, AgencyStatus::Active).sign(&fixture::registrar_key());
        let list = StatusList::new(Bits::Two, SLOTS_PER_LIST.into(), 3)?;
        let (entries, tree) = (Vec::with_capacity(size), HashTree::new());
        let mut county = Self {
            registry,
            entries,
            tree,
            list,
        };
        let first = Entry::Act {
            at: UnixMillis(START),
            digest: jws::digest(&county.registry),
            v: 1,
        };
        county.push(&first);
        for number in 1..u32::try_from(size)? {
            let entry = county.entry(number)?;
            county.push(&entry);
        }
        Ok(county)
    }

    fn entry(&mut self, number: u32) -> Result<Entry, Failure> {
        let at = UnixMillis(START + PACE * i64::from(number));
        let (slot, status, exp) = match number % 5 {
            0 => (number - 4, 1, None),
            4 => (number - 1, 2, None),
            _ => (number, 0, Some(at.0 / 1000 + 30_000_000)),
        };
        self.list.set(slot.into(), status)?;
        Ok(Entry::Status {
            at,
            digest: Digest::of(&number.to_be_bytes()),
            exp,
            slot: Slot(0, slot),
            status,
            v: 1,
        })
    }

    fn push(&mut self, entry: &Entry) {
        let bytes = entry.to_canonical();
        self.tree.push(leaf_hash(&bytes));
        self.entries.push(bytes);
    }

    pub(super) fn entries(&self) -> &[Vec<u8>] {
        &self.entries
    }

    pub(super) fn head(&self) -> TreeHead {
        self.tree.head()
    }

    /// A little after the last entry.
    pub(super) fn now(&self) -> UnixMillis {
        let entries = i64::try_from(self.entries.len()).unwrap_or(i64::MAX / PACE / 2);
        UnixMillis(START + PACE * entries + 2000)
    }

    pub(super) fn vkey(&self) -> Result<String, Failure> {
        Ok(signer()?.verifier_key().to_string())
    }

    /// Every answer, ready.
    pub(super) fn shelf(&self) -> Result<Shelf, Failure> {
        let mut shelf = HashMap::new();
        let mut put = |path: &str, body: Bytes| shelf.insert(path.to_owned(), Response::new(body));
        put(
            "/.well-known/assent-verifier",
            serde_json::to_vec(&self.metadata()?)?.into(),
        );
        put("/log/checkpoint", self.checkpoint()?.to_string().into());
        for tile in tiles_between(0, self.tree.size()) {
            let data = tile
                .data(&self.tree)
                .ok_or("a tile of the log is missing")?;
            put(&format!("/log/{}", tile.path()), data.into());
        }
        for (id, entries) in bundles_between(0, self.tree.size())
            .into_iter()
            .zip(self.entries.chunks(256))
        {
            put(
                &format!("/log/{}", id.path()),
                encode_bundle(entries)?.into(),
            );
        }
        shelf.insert("/v1/registry".into(), self.logged_registry()?);
        shelf.insert("/v1/status/0".into(), self.tagged_list()?);
        Ok(Shelf(Arc::new(shelf)))
    }

    fn checkpoint(&self) -> Result<SignedNote, Failure> {
        let signer = signer()?;
        Ok(Checkpoint::new(signer.name(), self.head())?.sign(&signer)?)
    }

    fn logged_registry(&self) -> Result<Response<Bytes>, Failure> {
        let entry = self.entries.first().ok_or("the log is empty")?;
        let hashes = prove_inclusion(&self.tree, self.tree.size(), 0)?;
        let proof =
            TlogProof::with_extra(entry.clone(), 0, hashes, self.checkpoint()?)?.to_string();
        let mut answer = Response::new(self.registry.clone().into());
        answer.headers_mut().insert(
            REGISTRY_PROOF_HEADER,
            HeaderValue::from_str(&BASE64_URL_SAFE_NO_PAD.encode(proof))?,
        );
        Ok(answer)
    }

    fn tagged_list(&self) -> Result<Response<Bytes>, Failure> {
        let (sub, iat) = (format!("{BASE}/v1/status/0"), self.now().0 / 1000);
        let status_list = Encoded::new(&self.list);
        let claims = StatusListClaims {
            iss: Some(BASE.into()),
            sub,
            iat,
            exp: iat + 86_400,
            ttl: Some(60),
            status_list,
        };
        let mut answer = Response::new(status_token::sign(&claims, &status_key()).into());
        answer.headers_mut().insert(
            ETAG,
            HeaderValue::from_str(&format!("\"0-{}\"", self.entries.len()))?,
        );
        Ok(answer)
    }

    fn metadata(&self) -> Result<Metadata, Failure> {
        let key = |key: &consent_token::key::SigningKey, purpose: &str| {
            let mut entry = RegistryKey::signing(&key.public());
            entry.parameters.insert("purpose".into(), purpose.into());
            entry
        };
        let url = |path: &str| format!("{BASE}{path}");
        Ok(Metadata {
            issuer: BASE.into(),
            jwks: JwkSet {
                keys: vec![
                    key(&status_key(), "status"),
                    key(&fixture::registrar_key(), "registry"),
                ],
            },
            log_vkey: self.vkey()?,
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
                event_streams: 16,
                jwt_bytes: 8192,
                body_bytes: 32_768,
                slots_per_request: 64,
                page: 500,
                writes_per_minute: 600,
                clock_skew: 60,
                ..Limits::default()
            },
            versions: vec![1],
            software: "bench".into(),
        })
    }
}

fn signer() -> Result<NoteSigner, Failure> {
    Ok(NoteSigner::from_seed("verifier.example/log", &[1; 32])?)
}

fn status_key() -> consent_token::key::SigningKey {
    fixture::key(u64::MAX - 2)
}

/// Answers by path, query included; what does not lie there is not found.
#[derive(Clone)]
pub(super) struct Shelf(Arc<HashMap<String, Response<Bytes>>>);

impl Transport for Shelf {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let path = request
            .uri()
            .path_and_query()
            .map_or("", |path| path.as_str());
        Ok(self.0.get(path).cloned().unwrap_or_else(|| {
            let mut missing = Response::new(Bytes::new());
            *missing.status_mut() = StatusCode::NOT_FOUND;
            missing
        }))
    }
}
