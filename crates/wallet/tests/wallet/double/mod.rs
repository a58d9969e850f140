//! A verifier in this process: honest unless it is told otherwise. It keeps a real log with real proofs and
//! real status lists, so that the wallet has something to check.

mod people;
mod state;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use bytes::Bytes;
use consent_token::{
    id::{Jti, UnixSeconds},
    key::SigningKey,
    statement::{self, AgencyAct, AgencyStatement},
};
use http::{Method, Request, Response};
use protocol::{Problem, Transport, TransportError};
use status_list::{Bits, StatusList};
use transparency_log::HashTree;
use wallet::{Device, NoRandomness};

use people::registry;
pub use people::{agency_id, agency_key, health_keys};
use state::{State, json};

pub const ISSUER: &str = "https://verifier.example";
pub const AMBULANCE: &str = "https://ambulance.county.example";
pub const FIRE: &str = "https://fire.county.example";
pub const HEALTH: &str = "https://health.county.example";
pub const CIRCLE: &str = "https://county.example/circles/emergency";
pub const START: i64 = 1_790_000_000;
/// How long a ticket lasts here.
pub const TICKET: i64 = 7 * 86_400;

/// A clock that the test sets, shared by wallet and verifier; the wallet's own may be wrong.
#[derive(Clone)]
pub struct Clock(Arc<AtomicI64>, Arc<AtomicI64>);

impl Clock {
    pub fn new() -> Self {
        Clock(Arc::new(AtomicI64::new(START)), Arc::new(AtomicI64::new(0)))
    }

    pub fn now(&self) -> UnixSeconds {
        UnixSeconds::new(self.0.load(Ordering::SeqCst)).unwrap()
    }

    /// What the citizen's machine shows.
    fn shown(&self) -> UnixSeconds {
        self.now().plus(self.1.load(Ordering::SeqCst))
    }

    /// Sets the citizen's machine wrong by so many seconds.
    pub fn is_wrong_by(&self, seconds: i64) {
        self.1.store(seconds, Ordering::SeqCst);
    }

    pub fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

static DRAWN: AtomicU64 = AtomicU64::new(1);

/// The test's clock, and numbers that never come twice.
pub struct TestDevice(pub Clock);

impl Device for TestDevice {
    fn now(&mut self) -> UnixSeconds {
        self.0.shown()
    }

    fn fill_random(&mut self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        let drawn = DRAWN.fetch_add(1, Ordering::SeqCst).to_be_bytes();
        bytes
            .iter_mut()
            .zip(drawn.iter().cycle())
            .for_each(|(to, from)| *to = *from);
        Ok(())
    }
}

/// What the verifier does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mischief {
    /// Nothing.
    None,
    /// It cannot be reached.
    Offline,
    /// It does what it is told, once, and the answer is lost on the way.
    LoseAnswer,
    /// It answers 500 to every statement.
    Faulty,
    /// It refuses every statement for good.
    Refuse,
    /// It answers 500 to every registration.
    NoRegistrations,
    /// Its receipts are of another entry.
    WrongEntry,
    /// It records a registration for another slot than the token's.
    OtherSlot,
    /// Its receipts are signed by another log's key.
    WrongLogKey,
    /// It signs another history of the same length.
    Fork,
    /// It signs another, longer history.
    ForkAndGrow,
    /// Its checkpoint is one entry short.
    Rollback,
    /// Its metadata show another log key.
    OtherKeys,
    /// Its registry comes without a proof.
    NoRegistryProof,
    /// It shows revoked consents as valid in the status list.
    WrongStatus,
    /// It registers a narrower consent and leaves the wider one in force.
    KeepOld,
    /// It denies every consent.
    Forget,
    /// It calls itself something else, under other keys.
    OtherIssuer,
    /// A page of the network stands where the lists of status and agencies and the checkpoint were.
    Portal,
    /// Its status list is signed and has another number of slots.
    OtherShape,
}

/// The verifier; a clone is the same one.
#[derive(Clone)]
pub struct Double(Arc<Mutex<State>>);

impl Double {
    pub fn new(clock: &Clock) -> Self {
        let registry = registry(clock.now());
        let mut state = State {
            mischief: Mischief::None,
            registry,
            requests: vec![],
            grants: HashMap::new(),
            registry_index: 0,
            entries: vec![],
            tree: HashTree::new(),
            statuses: StatusList::new(Bits::Two, 1 << 20, 3).unwrap(),
            next_slot: 100,
            acts: HashMap::new(),
            clock: clock.clone(),
            shares: vec![],
            offers: vec![],
        };
        state.publish_registry();
        Double(Arc::new(Mutex::new(state)))
    }

    pub fn with<V>(&self, look: impl FnOnce(&mut State) -> V) -> V {
        look(&mut self.0.lock().unwrap())
    }

    pub fn mischief(&self, mischief: Mischief) {
        self.with(|state| state.mischief = mischief);
    }

    /// How many requests of that method and path arrived.
    pub fn count(&self, method: &Method, path: &str) -> usize {
        self.with(|state| {
            state
                .requests
                .iter()
                .filter(|(m, p, _)| m == method && p == path)
                .count()
        })
    }

    /// The bits of a slot.
    pub fn status(&self, idx: u64) -> u8 {
        self.with(|state| state.statuses.get(idx).unwrap())
    }

    /// An agency records that it looked, or that it deleted.
    pub fn agency_acts(&self, id: &str, grant: Jti, act: AgencyAct) {
        self.signed_by(&agency_key(id), id, grant, act);
    }

    /// A statement of an agency, signed by any key, put into the log.
    pub fn signed_by(&self, key: &SigningKey, id: &str, grant: Jti, act: AgencyAct) {
        self.with(|state| {
            let mut jti = [9; 16];
            jti[..8].copy_from_slice(&DRAWN.fetch_add(1, Ordering::SeqCst).to_be_bytes());
            let said = AgencyStatement {
                iss: agency_id(id),
                jti: Jti::from_bytes(jti),
                iat: state.clock.now(),
                grant,
                act,
            };
            let jws = statement::sign_agency(&said, key).unwrap();
            state.append(None, &jws, Some(grant));
        });
    }
}

impl Transport for Double {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let place = request.uri().to_string();
        let gone = || TransportError::Unreachable(place.clone());
        let mut state = self.0.lock().unwrap();
        if state.mischief == Mischief::Offline {
            return Err(gone());
        }
        let (head, body) = request.into_parts();
        let path = head.uri.path().to_owned();
        state.requests.push((
            head.method.clone(),
            path.clone(),
            String::from_utf8_lossy(&body).into_owned(),
        ));
        if head.uri.host() != Some("verifier.example") {
            return Ok(Response::new(Bytes::new()));
        }
        let answer = state.answer(
            &head.method,
            (&path, head.uri.query()),
            &head.headers,
            &body,
        );
        if state.mischief == Mischief::LoseAnswer
            && head.method == Method::POST
            && path != "/v1/slots"
        {
            state.mischief = Mischief::None;
            return Err(gone());
        }
        Ok(answer.unwrap_or_else(|code| json(code.http_status(), &Problem::new(code, None))))
    }
}
