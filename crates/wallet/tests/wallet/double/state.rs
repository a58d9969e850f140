//! What the verifier knows, and how it answers.

use std::collections::HashMap;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use consent_token::{
    Refusal,
    id::{Digest, Jti},
    jws,
    key::{PublicKey, SigningKey},
    statement::{HolderAct, HolderStatement, Statement, UnverifiedStatement},
    token,
};
use http::{HeaderMap, Method, Response};
use protocol::{
    Code, Entry, Registry, Slot, UnixMillis, Version1,
    api::{
        Endpoints, GrantHistory, GrantRequest, HistoryItem, Limits, Metadata, Offers, Receipt,
        SlotTicket, SlotsRequest, SlotsResponse, StatementRequest, Uploaded,
    },
    dpop,
    registry::{JwkSet, RegistryKey},
    share::{Envelope, KemSecret, Part, Share},
    status_token,
};
use serde::Serialize;
use status_list::{Encoded, StatusList, StatusListClaims};
use transparency_log::{
    Checkpoint, HashTree, SignedNote, TileId, TlogProof, TreeHead, leaf_hash, prove_inclusion,
    root_at, tile::Resource,
};

use super::{
    Clock, ISSUER, Mischief, TICKET,
    people::{key, log_key},
};

pub struct Known {
    token: String,
    slot: Slot,
    holder: PublicKey,
    seq: u64,
    index: u64,
    revoked_at: Option<u64>,
}

pub struct State {
    pub mischief: Mischief,
    pub registry: Registry,
    /// Method, path and body of every request that arrived.
    pub requests: Vec<(Method, String, String)>,
    pub grants: HashMap<Jti, Known>,
    pub registry_index: u64,
    pub entries: Vec<(Entry, String, Option<Jti>)>,
    pub tree: HashTree,
    pub statuses: StatusList,
    pub next_slot: u32,
    pub acts: HashMap<(Jti, Jti), u64>,
    pub clock: Clock,
    /// Uploaded envelopes by grant and part, and whether they were announced.
    pub shares: Vec<(Jti, Part, Envelope, bool)>,
    /// Offers as they are given out, good or not.
    pub offers: Vec<String>,
}

impl State {
    /// The announced share of a part, opened with the agency's keys.
    pub fn opened(&self, grant: Jti, part: Part, keys: &[KemSecret]) -> Share {
        let fits = |(of, which, _, announced): &&(Jti, Part, Envelope, bool)| {
            *of == grant && *which == part && *announced
        };
        let (.., envelope, _) = self.shares.iter().rfind(fits).unwrap();
        envelope.open(&self.grants[&grant].token, keys).unwrap()
    }

    /// Somebody else was given the slot.
    pub fn take_slot(&mut self, idx: u64) {
        self.statuses.set(idx, 1).unwrap();
    }

    pub fn publish_registry(&mut self) {
        let jws = self.registry.sign(&key(3));
        self.registry_index = self.append(None, &jws, None);
    }

    pub fn append(
        &mut self,
        status: Option<(Slot, u8, Option<i64>)>,
        compact: &str,
        grant: Option<Jti>,
    ) -> u64 {
        let (at, digest) = (
            UnixMillis(self.clock.now().as_i64() * 1000),
            jws::digest(compact),
        );
        let entry = match status {
            Some((slot, status, exp)) => {
                self.statuses.set(slot.1.into(), status).unwrap();
                Entry::Status {
                    at,
                    digest,
                    exp,
                    slot,
                    status,
                    v: 1,
                }
            }
            None => Entry::Act { at, digest, v: 1 },
        };
        self.tree.push(leaf_hash(&entry.to_canonical()));
        self.entries.push((entry, compact.to_owned(), grant));
        self.tree.size() - 1
    }

    /// The tree that is shown: the true one, or another with its first entry exchanged.
    fn shown_tree(&self) -> HashTree {
        if !matches!(self.mischief, Mischief::Fork | Mischief::ForkAndGrow) {
            return self.tree.clone();
        }
        let leaves = self.entries.iter().enumerate().map(|(at, (entry, ..))| {
            if at == 0 {
                leaf_hash(b"another history")
            } else {
                leaf_hash(&entry.to_canonical())
            }
        });
        leaves.collect()
    }

    fn note(&self, head: TreeHead) -> SignedNote {
        let signer = log_key(if self.mischief == Mischief::WrongLogKey {
            77
        } else {
            1
        });
        Checkpoint::new("verifier.example/log", head)
            .unwrap()
            .sign(&signer)
            .unwrap()
    }

    fn proof(&self, index: u64) -> String {
        let tree = self.shown_tree();
        let about = if self.mischief == Mischief::WrongEntry {
            index.saturating_sub(1)
        } else {
            index
        };
        let (entry, ..) = &self.entries[usize::try_from(about).unwrap()];
        let hashes = prove_inclusion(&tree, tree.size(), about).unwrap();
        TlogProof::with_extra(entry.to_canonical(), about, hashes, self.note(tree.head()))
            .unwrap()
            .to_string()
    }

    fn receipt(&self, grant: Jti, index: u64) -> Receipt {
        let status = self
            .statuses
            .get(self.grants[&grant].slot.1.into())
            .unwrap();
        Receipt {
            grant,
            status,
            index,
            proof: self.proof(index),
            replaced: None,
        }
    }

    pub fn answer(
        &mut self,
        method: &Method,
        (path, query): (&str, Option<&str>),
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Response<Bytes>, Code> {
        let public = ["/v1/status/0", "/v1/registry", "/log/checkpoint"];
        if self.mischief == Mischief::Portal && public.contains(&path) {
            let page = "<!DOCTYPE html><title>Sign in</title>";
            return Ok(Response::new(Bytes::from(page)));
        }
        match (method.as_str(), path) {
            ("GET", "/.well-known/assent-verifier") => Ok(json(200, &self.metadata())),
            ("GET", "/v1/registry") => Ok(self.signed_registry()),
            ("POST", "/v1/slots") => {
                let asked: SlotsRequest = read(body)?;
                Ok(json(
                    200,
                    &SlotsResponse {
                        slots: (0..asked.count).map(|_| self.slot()).collect(),
                    },
                ))
            }
            ("POST", "/v1/grants") if self.mischief == Mischief::NoRegistrations => {
                Err(Code::Internal)
            }
            ("POST", "/v1/grants") => self.register(&read(body)?),
            ("POST", "/v1/statements") if self.mischief == Mischief::Faulty => Err(Code::Internal),
            ("POST", "/v1/statements") if self.mischief == Mischief::Refuse => {
                Err(Code::InvalidStatement)
            }
            ("POST", "/v1/statements") => self.state(&read::<StatementRequest>(body)?.statement),
            ("PUT", path) => self.upload(path, query, headers, body),
            ("GET", "/log/checkpoint") => Ok(self.checkpoint()),
            ("GET", path) if path.starts_with("/v1/grants/") => self.history(path, headers),
            ("GET", "/v1/offers") => Ok(json(
                200,
                &Offers {
                    offers: self.offers.clone(),
                },
            )),
            ("GET", "/v1/status/0") => Ok(self.status_list()),
            ("GET", path) if path.starts_with("/log/tile/") => {
                self.tile(path.trim_start_matches("/log/"))
            }
            _ => Err(Code::NotFound),
        }
    }

    fn metadata(&self) -> Metadata {
        let named = |key: &SigningKey, purpose: &str| {
            let mut entry = RegistryKey::signing(&key.public());
            entry.parameters.insert("purpose".into(), purpose.into());
            entry
        };
        let other = self.mischief == Mischief::OtherIssuer;
        let log = log_key(if other || self.mischief == Mischief::OtherKeys {
            99
        } else {
            1
        });
        let text = String::new;
        Metadata {
            issuer: if other {
                "https://other.example"
            } else {
                ISSUER
            }
            .into(),
            jwks: JwkSet {
                keys: vec![named(&key(2), "status"), named(&key(3), "registry")],
            },
            log_vkey: log.verifier_key().to_string(),
            endpoints: Endpoints {
                registry: text(),
                slots: text(),
                grants: text(),
                statements: text(),
                token: text(),
                introspection: text(),
                status: text(),
                log: text(),
                openapi: text(),
            },
            limits: Limits {
                jwt_bytes: 8192,
                body_bytes: 65536,
                slots_per_request: 64,
                page: 100,
                writes_per_minute: 600,
                clock_skew: 60,
                event_streams: 16,
                ..Limits::default()
            },
            versions: vec![1],
            software: "double".into(),
        }
    }

    fn signed_registry(&self) -> Response<Bytes> {
        let (_, compact, _) = &self.entries[usize::try_from(self.registry_index).unwrap()];
        let mut answer = Response::new(Bytes::from(compact.clone()));
        if self.mischief != Mischief::NoRegistryProof {
            let proof = BASE64_URL_SAFE_NO_PAD.encode(self.proof(self.registry_index));
            answer
                .headers_mut()
                .insert("assent-proof", proof.parse().unwrap());
        }
        answer
    }

    fn slot(&mut self) -> SlotTicket {
        self.next_slot += 1;
        let exp = self.clock.now().plus(TICKET);
        SlotTicket {
            uri: format!("{ISSUER}/v1/status/0"),
            idx: self.next_slot.into(),
            ticket: exp.to_string(),
            exp,
        }
    }

    fn register(&mut self, asked: &GrantRequest) -> Result<Response<Bytes>, Code> {
        let token = token::verify(&asked.token, &Version1)?;
        let claims = token.claims();
        if let Some(known) = self.grants.get(&claims.jti) {
            let same = known.token == asked.token;
            let index = known.index;
            let replaced = self.replaced(asked)?;
            return if same {
                let mut receipt = self.receipt(claims.jti, index);
                receipt.replaced = replaced;
                Ok(json(200, &receipt))
            } else {
                Err(Code::Conflict)
            };
        }
        let until: i64 = asked.ticket.parse().map_err(|_| Code::InvalidTicket)?;
        if until <= self.clock.now().as_i64() {
            return Err(Code::ExpiredTicket);
        }
        let agency = self
            .registry
            .agency(&claims.aud)
            .ok_or(Refusal::UnknownAgency)?;
        if !agency.is_active() {
            return Err(Refusal::AgencySuspended.into());
        }
        let slot = Slot(0, u32::try_from(claims.status.idx).unwrap());
        let recorded = Slot(0, slot.1 + u32::from(self.mischief == Mischief::OtherSlot));
        if self.statuses.get(claims.status.idx).unwrap() != 3 {
            return Err(Code::SlotTaken);
        }
        let replaced = self.replaced(asked)?;
        let index = self.append(
            Some((recorded, 0, Some(claims.exp.as_i64()))),
            &asked.token,
            Some(claims.jti),
        );
        let known = Known {
            token: asked.token.clone(),
            slot,
            holder: *token.holder_key(),
            seq: 0,
            index,
            revoked_at: None,
        };
        self.grants.insert(claims.jti, known);
        let mut receipt = self.receipt(claims.jti, index);
        receipt.replaced = replaced;
        Ok(json(201, &receipt))
    }

    /// Revokes the consent that a narrower one takes the place of.
    fn replaced(&mut self, asked: &GrantRequest) -> Result<Option<Box<Receipt>>, Code> {
        let Some(statement) = asked
            .replaces
            .as_ref()
            .filter(|_| self.mischief != Mischief::KeepOld)
        else {
            return Ok(None);
        };
        let unverified =
            UnverifiedStatement::parse(statement).map_err(|_| Code::InvalidStatement)?;
        let old = unverified.statement().grant().ok_or(Code::UnknownGrant)?;
        self.state(statement)?;
        let index = self.grants[&old].revoked_at.ok_or(Code::InvalidStatement)?;
        Ok(Some(Box::new(self.receipt(old, index))))
    }

    fn state(&mut self, compact: &str) -> Result<Response<Bytes>, Code> {
        let unverified = UnverifiedStatement::parse(compact).map_err(|_| Code::InvalidStatement)?;
        let grant = unverified
            .statement()
            .grant()
            .ok_or(Code::InvalidStatement)?;
        if self.mischief == Mischief::Forget {
            return Err(Code::UnknownGrant);
        }
        let known = self.grants.get(&grant).ok_or(Code::UnknownGrant)?;
        let verified = unverified
            .verify(&known.holder)
            .map_err(|_| Code::WrongSigner)?;
        let Statement::Holder(said) = verified.statement() else {
            return Err(Code::InvalidStatement);
        };
        let before = self.acts.get(&(grant, said.jti)).copied();
        if let Some(index) = before.or(known
            .revoked_at
            .filter(|_| matches!(said.act, HolderAct::Revoke { .. })))
        {
            return Ok(json(200, &self.receipt(grant, index)));
        }
        let index = self.new_act(said, compact)?;
        Ok(json(201, &self.receipt(grant, index)))
    }

    fn new_act(&mut self, said: &HolderStatement, compact: &str) -> Result<u64, Code> {
        let known = self.grants.get(&said.grant).ok_or(Code::UnknownGrant)?;
        let (slot, ended) = (known.slot, known.revoked_at.is_some());
        let status = match &said.act {
            HolderAct::Revoke { .. } => Some(1),
            _ if said.seq <= known.seq => return Err(Code::StaleStatement),
            HolderAct::EraseRequest => None,
            _ if ended => return Err(Code::GrantEnded),
            HolderAct::Suspend => Some(2),
            HolderAct::Resume => Some(0),
            HolderAct::Share { .. } => None,
        };
        if let HolderAct::Share { digest, size, .. } = said.act {
            self.announce(said.grant, digest, size)?;
        }
        let index = self.append(
            status.map(|status| (slot, status, None)),
            compact,
            Some(said.grant),
        );
        let known = self.grants.get_mut(&said.grant).unwrap();
        known.seq = known.seq.max(said.seq);
        if status == Some(1) {
            self.shares.retain(|(of, ..)| *of != said.grant);
            known.revoked_at = Some(index);
        }
        self.acts.insert((said.grant, said.jti), index);
        Ok(index)
    }

    fn upload(
        &mut self,
        path: &str,
        query: Option<&str>,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Response<Bytes>, Code> {
        let grant = path
            .strip_prefix("/v1/grants/")
            .and_then(|rest| rest.strip_suffix("/share"));
        let grant: Jti = grant
            .and_then(|id| id.parse().ok())
            .ok_or(Code::UnknownGrant)?;
        let known = self.grants.get(&grant).ok_or(Code::UnknownGrant)?;
        if self.holder_of("PUT", path, headers)? != known.holder {
            return Err(Code::UnknownGrant);
        }
        if known.revoked_at.is_some() {
            return Err(Code::GrantEnded);
        }
        let part = match query {
            Some("part=locator") => Part::Locator,
            _ => Part::Whole,
        };
        let envelope = Envelope::parse(body).map_err(|_| Code::InvalidRequest)?;
        self.shares.push((grant, part, envelope, false));
        let (digest, size) = (Digest::of(body), body.len() as u64);
        Ok(json(201, &Uploaded { digest, size }))
    }

    fn announce(&mut self, grant: Jti, digest: Digest, size: u64) -> Result<(), Code> {
        let found = self.shares.iter_mut().find(|(of, _, envelope, _)| {
            let bytes = envelope.to_bytes();
            *of == grant && Digest::of(&bytes) == digest && bytes.len() as u64 == size
        });
        found.ok_or(Code::ShareMissing)?.3 = true;
        Ok(())
    }

    fn holder_of(&self, method: &str, path: &str, headers: &HeaderMap) -> Result<PublicKey, Code> {
        let url = format!("{ISSUER}{path}");
        let expected = dpop::Expected {
            method,
            url: &url,
            token: None,
            now: self.clock.now(),
        };
        let proof = headers.get("dpop").and_then(|value| value.to_str().ok());
        let shown = dpop::verify(proof.ok_or(Code::InvalidDpop)?, &expected);
        Ok(shown.map_err(|_| Code::InvalidDpop)?.key)
    }

    fn history(&mut self, path: &str, headers: &HeaderMap) -> Result<Response<Bytes>, Code> {
        let grant: Jti = path
            .trim_start_matches("/v1/grants/")
            .parse()
            .map_err(|_| Code::UnknownGrant)?;
        let shown = self.holder_of("GET", path, headers)?;
        let known = self
            .grants
            .get(&grant)
            .filter(|known| known.holder == shown && self.mischief != Mischief::Forget);
        let known = known.ok_or(Code::UnknownGrant)?;
        let status = self.statuses.get(known.slot.1.into()).unwrap();
        let own = self
            .entries
            .iter()
            .enumerate()
            .filter(|(_, (.., of))| *of == Some(grant));
        let history = own
            .map(|(index, (entry, jws, _))| {
                let index = index as u64;
                HistoryItem {
                    jws: jws.clone(),
                    at: entry.at(),
                    index,
                    proof: self.proof(index),
                }
            })
            .collect();
        Ok(json(
            200,
            &GrantHistory {
                grant,
                status,
                state: "valid".into(),
                history,
            },
        ))
    }

    fn status_list(&self) -> Response<Bytes> {
        let now = self.clock.now().as_i64();
        let mut shown = self.statuses.clone();
        if self.mischief == Mischief::WrongStatus {
            (0..1 << 20)
                .filter(|idx| self.statuses.get(*idx) == Ok(1))
                .for_each(|idx| shown.set(idx, 0).unwrap());
        }
        if self.mischief == Mischief::OtherShape {
            shown = StatusList::new(status_list::Bits::Two, 1 << 10, 3).unwrap();
        }
        let claims = StatusListClaims {
            iss: Some(ISSUER.into()),
            sub: format!("{ISSUER}/v1/status/0"),
            iat: now,
            exp: now + 86_400,
            ttl: Some(60),
            status_list: Encoded::new(&shown),
        };
        Response::new(Bytes::from(status_token::sign(&claims, &key(2))))
    }

    fn checkpoint(&self) -> Response<Bytes> {
        let tree = self.shown_tree();
        let head = match self.mischief {
            Mischief::Rollback => TreeHead {
                size: tree.size() - 1,
                root: root_at(&tree, tree.size() - 1).unwrap(),
            },
            _ => tree.head(),
        };
        Response::new(Bytes::from(self.note(head).to_string()))
    }

    fn tile(&self, path: &str) -> Result<Response<Bytes>, Code> {
        let Ok(Resource::Tile(tile)) = path.parse() else {
            return Err(Code::NotFound);
        };
        let there =
            TileId::in_tree(tile.level(), tile.index(), self.tree.size()).ok_or(Code::NotFound)?;
        if tile.width() > there.width() {
            return Err(Code::NotFound);
        }
        Ok(Response::new(Bytes::from(
            tile.data(&self.shown_tree()).ok_or(Code::NotFound)?,
        )))
    }
}

fn read<B: serde::de::DeserializeOwned>(body: &[u8]) -> Result<B, Code> {
    serde_json::from_slice(body).map_err(|_| Code::InvalidRequest)
}

pub fn json(status: u16, body: &impl Serialize) -> Response<Bytes> {
    let mut answer = Response::new(Bytes::from(serde_json::to_vec(body).unwrap()));
    *answer.status_mut() = status.try_into().unwrap();
    answer
}
