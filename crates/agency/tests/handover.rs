//! What one agency hands to another: sealed for it alone, files included, and opened only while the consent
//! holds, by a status that was asked for at that moment.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of the tests fail like them"
)]

mod support;

use std::{
    io::{self, Write},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use agency::{
    AgencyError, Authentication, Cache, Entry, Forwarded, Handover, Identity, Online, Opened,
    Passing, Received,
};
use consent_token::{
    Refusal,
    id::{AgencyId, Digest, UnixSeconds},
    statement::AgencyAct,
    term::Action,
    token::{self, Consent},
};
use protocol::{
    VerifierClient, Version1,
    registry::{AgencyKind, AgencyStatus},
    share::{
        self, Announced, Envelope, KemKey, Part, Share, ShareError,
        attachment::{Attached, CHUNK_BYTES, Writer},
    },
};
use serde_json::{Value, json};
use support::{BASE, Double, NOW, agency, now, token_with};
use tempfile::TempDir;

const PLAN: &str = "documents.plan";

fn police() -> AgencyId {
    "https://police.example".parse().unwrap()
}

fn file() -> Vec<u8> {
    (0..300_000_u32).map(|at| (at % 251) as u8).collect()
}

fn allowed(consent: &mut Consent) {
    consent.datatypes.push(PLAN.into());
    consent.actions.push(Action::Forward);
    consent.recipients = Some(vec![police()]);
}

struct Scene {
    _dirs: [TempDir; 2],
    fire: Identity,
    police: Identity,
    double: Double,
    client: VerifierClient<Double>,
}

impl Scene {
    fn new() -> Self {
        let dirs = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let fire = agency(dirs[0].path());
        let entry = Entry::new(police(), "Police", AgencyKind::Police);
        let police = Identity::create(dirs[1].path(), entry).unwrap();
        let double = Double::new(&fire);
        let listed = police.entry().agency.clone();
        double.set(|state| state.registry.agencies.push(listed));
        Scene {
            client: VerifierClient::new(BASE, double.clone()),
            _dirs: dirs,
            fire,
            police,
            double,
        }
    }

    async fn cache(&self, agency: &Identity) -> Cache {
        let mut cache = Cache::open(agency).unwrap();
        cache.connect(&self.client, None).await.unwrap();
        cache.refresh_registry(&self.client).await.unwrap();
        cache
    }

    /// What fire has read under a consent, a file with it.
    async fn opened(&self, line: &Online<'_, Double>, list: u32, fields: &[&str]) -> Opened {
        let compact = token_with(&self.fire, 9, list, allowed);
        let token = token::verify(&compact, &Version1).unwrap();
        let mut values: serde_json::Map<_, _> = fields
            .iter()
            .map(|path| ((*path).to_owned(), json!("a value")))
            .collect();
        let digest = Digest::of(&file());
        let plan = json!({ "digest": digest.in_jwt().to_string(), "media_type": "application/pdf", "size": file().len(), "title": "Plan" });
        values.insert(PLAN.into(), plan);
        let key = KemKey::preferred(&self.fire.entry().agency.jwks);
        let sealed = seal(&compact, digest, &key.unwrap().unwrap());
        self.double
            .set(|state| drop(state.attachments.insert(PLAN.into(), sealed)));
        let act = AgencyAct::Access {
            actor: "crew-1".into(),
            reason: "a visit".into(),
            datatypes: token.claims().consent.datatypes.clone(),
        };
        Opened {
            part: Part::Whole,
            share: Share::new(1, values, now()),
            announced: Announced {
                seq: 1,
                digest: Digest::of(b""),
                size: 0,
                revision: 1,
            },
            recorded: line.state(token.claims().jti, act, now()).await.unwrap(),
            token,
        }
    }

    async fn handed(&self, list: u32, fields: &[&str]) -> (Forwarded, Vec<u8>, Meter) {
        let cache = self.cache(&self.fire).await;
        let line = Online::new(
            &self.fire,
            cache.pins().unwrap(),
            self.client.clone(),
            Authentication::Dpop,
        );
        let opened = self.opened(&line, list, fields).await;
        let passing = Passing {
            to: &police(),
            paths: vec![],
            actor: "crew-1".into(),
            reason: "missing person".into(),
        };
        let registry = cache.registry().unwrap();
        let forwarded = line.forward(&opened, passing, registry, now()).await;
        let forwarded = forwarded.unwrap();
        let what = (&forwarded, &forwarded.attachments[0]);
        let meter = Meter::new(self.double.1.clone());
        let sealed = line.forward_attachment(&opened, what, meter, now()).await;
        let mut meter = sealed.unwrap();
        let sealed = std::mem::take(&mut meter.written);
        (forwarded, sealed, meter)
    }

    async fn receive(&self, handover: &Handover, at: UnixSeconds) -> Result<Received, AgencyError> {
        self.double.set(|state| state.now = at.as_i64());
        let mut cache = self.cache(&self.police).await;
        handover
            .receive(&self.police, &mut cache, &self.client, at)
            .await
    }
}

fn seal(token: &str, digest: Digest, key: &KemKey) -> Vec<u8> {
    let attached = Attached {
        token,
        path: PLAN,
        digest,
        size: file().len() as u64,
    };
    let mut sealed = Vec::new();
    let mut writer = Writer::start(attached, key, &[7; 64], &mut sealed).unwrap();
    writer.take(&file(), &mut sealed).unwrap();
    writer.finish(&mut sealed).unwrap();
    sealed
}

/// Takes what is written, and sees how much of what was given out is held back.
struct Meter {
    given: Arc<AtomicUsize>,
    written: Vec<u8>,
    held_at_most: usize,
}

impl Meter {
    fn new(given: Arc<AtomicUsize>) -> Self {
        Meter {
            given,
            written: Vec::new(),
            held_at_most: 0,
        }
    }
}

impl Write for Meter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let given = self.given.load(Ordering::SeqCst);
        let held = given.saturating_sub(self.written.len());
        self.held_at_most = self.held_at_most.max(held);
        self.written.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, AgencyError>) -> Refusal {
    match result {
        Err(AgencyError::DoesNotHold(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_file_is_handed_on_in_little_memory_and_opens_for_its_recipient_alone() {
    let scene = Scene::new();
    let (forwarded, sealed, meter) = scene.handed(0, &["home.address"]).await;
    assert!(
        meter.held_at_most < 3 * CHUNK_BYTES,
        "{}",
        meter.held_at_most
    );
    let clear = &file()[..64];
    assert!(!sealed.windows(64).any(|part| part == clear));
    let received = scene.receive(&forwarded.handover, now()).await.unwrap();
    let named = &received.attachments()[0];
    let open = |agency: &Identity, sealed: &[u8]| {
        received.open_attachment(agency, named, sealed, Vec::new())
    };
    assert!(open(&scene.police, &sealed).unwrap() == file());
    assert_eq!(
        open(&scene.fire, &sealed),
        Err(ShareError::OtherRecipient.into())
    );
    let cut = &sealed[..sealed.len() - 1];
    assert_eq!(open(&scene.police, cut), Err(ShareError::Forged.into()));
    let (_, of_another, _) = scene.handed(0, &["home.address"]).await;
    assert_eq!(
        open(&scene.police, &of_another),
        Err(ShareError::Forged.into()),
        "bound to its own statement"
    );
}

#[tokio::test]
async fn what_ended_or_was_paused_just_now_is_not_opened() {
    let scene = Scene::new();
    let (forwarded, ..) = scene.handed(0, &["home.address"]).await;
    let handover = &forwarded.handover;
    assert!(scene.receive(handover, now()).await.is_ok());
    // The list that is at hand now is fresh for a minute.
    for (after, status, why) in [
        (1, 1, Refusal::Revoked),
        (2, 2, Refusal::Suspended),
        (3, 3, Refusal::Unregistered),
    ] {
        scene
            .double
            .set(|state| (state.status, state.signed) = (status, NOW + after));
        let refused = scene.receive(handover, now().plus(after)).await;
        assert_eq!(refusal(refused), why);
    }
}

#[tokio::test]
async fn without_a_status_nothing_is_opened() {
    let scene = Scene::new();
    let (forwarded, ..) = scene.handed(0, &["home.address"]).await;
    let handover = &forwarded.handover;
    let mut cache = scene.cache(&scene.police).await;
    let mut receive = async || {
        let client = &scene.client;
        handover
            .receive(&scene.police, &mut cache, client, now())
            .await
    };
    assert!(receive().await.is_ok(), "and a good list is at hand");
    scene.double.set(|state| state.down = true);
    assert!(matches!(receive().await, Err(AgencyError::Client(_))));
    scene
        .double
        .set(|state| (state.down, state.no_list) = (false, true));
    assert_eq!(refusal(receive().await), Refusal::StatusUnavailable);
    scene
        .double
        .set(|state| (state.no_list, state.status_seed, state.signed) = (false, 8, NOW + 1));
    assert!(matches!(receive().await, Err(AgencyError::StatusList(_))));
}

#[tokio::test]
async fn a_consent_that_is_over_or_does_not_cover_it_opens_nothing() {
    let scene = Scene::new();
    let (forwarded, ..) = scene.handed(0, &["home.address"]).await;
    let handover = &forwarded.handover;
    let late = now().plus(200_000 + 61);
    scene.double.set(|state| state.signed = late.as_i64());
    assert_eq!(
        refusal(scene.receive(handover, late).await),
        Refusal::Expired
    );
    scene.double.set(|state| state.signed = NOW);
    let (beyond, ..) = scene.handed(0, &["home.address", "home.access"]).await;
    let refused = scene.receive(&beyond.handover, now()).await;
    assert_eq!(refusal(refused), Refusal::DataNotCovered);
    scene.double.set(|state| {
        state.registry.serial = 2;
        state.registry.agencies[0].status = AgencyStatus::Suspended;
    });
    let refused = scene.receive(handover, now()).await;
    assert_eq!(refusal(refused), Refusal::AgencySuspended);
}

#[tokio::test]
async fn only_whom_it_names_opens_it() {
    let scene = Scene::new();
    let (forwarded, ..) = scene.handed(0, &["home.address"]).await;
    let mut cache = scene.cache(&scene.fire).await;
    let refused = forwarded
        .handover
        .receive(&scene.fire, &mut cache, &scene.client, now())
        .await;
    assert!(matches!(refused, Err(AgencyError::NotARecipient(_))));
    let bytes = forwarded.handover.to_bytes();
    assert_eq!(Handover::read(&bytes[..]).as_ref(), Ok(&forwarded.handover));
    let endless = io::repeat(b' ');
    assert_eq!(
        Handover::read(endless),
        Err(ShareError::TooLarge.into()),
        "no more is read than a handover has"
    );
    assert_eq!(
        Handover::read(&bytes[1..]),
        Err(ShareError::Malformed.into())
    );
}

/// The handover as its JSON, with a member changed.
fn changed(handover: &Handover, change: impl FnOnce(&mut Value)) -> Handover {
    let mut json: Value = serde_json::from_slice(&handover.to_bytes()).unwrap();
    change(&mut json);
    Handover::read(json.to_string().as_bytes()).unwrap()
}

fn share_error(result: Result<Received, AgencyError>) -> ShareError {
    match result {
        Err(AgencyError::Share(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_somebody_else_sealed_under_the_statement_is_not_taken_for_the_forwarders() {
    let scene = Scene::new();
    let (forwarded, ..) = scene.handed(0, &["home.address"]).await;
    let given: Value = serde_json::from_slice(&forwarded.handover.to_bytes()).unwrap();
    let text = |member: &str| given[member].as_str().unwrap().to_owned();
    // Nothing secret goes into this: the police's key is in the registry, the statement in the file.
    let fields = json!({ "home.address": "somewhere else", PLAN: null });
    let other = Share::new(1, fields.as_object().unwrap().clone(), now());
    let key = KemKey::preferred(&scene.police.entry().agency.jwks);
    let sealed = other.seal(&text("statement"), &key.unwrap().unwrap(), &[7; 64]);
    let sealed = sealed.unwrap();
    assert!(
        sealed
            .open(&text("statement"), scene.police.sealing_keys())
            .is_ok()
    );
    let envelope = serde_json::to_value(&sealed).unwrap();
    let swapped = changed(&forwarded.handover, |json| {
        json["envelope"] = envelope.clone()
    });
    let refused = scene.receive(&swapped, now()).await;
    assert_eq!(share_error(refused), ShareError::NotTheForwarders);
    let unsigned = changed(&forwarded.handover, |json| {
        json.as_object_mut().unwrap().remove("signature");
    });
    let refused = scene.receive(&unsigned, now()).await;
    assert_eq!(share_error(refused), ShareError::Unsigned);
    // By the recipient's own key, which is in the registry too.
    let parts = (text("statement"), text("proof"));
    let envelope = Envelope::parse(&sealed.to_bytes()).unwrap();
    let forged = share::Handover::sign(text("token"), parts, envelope, scene.police.key());
    let forged = Handover::read(&forged.to_bytes()[..]).unwrap();
    let refused = scene.receive(&forged, now()).await;
    assert_eq!(share_error(refused), ShareError::NotTheForwarders);
    // The signature of another handing on.
    let (another, ..) = scene.handed(0, &["home.address"]).await;
    let another: Value = serde_json::from_slice(&another.handover.to_bytes()).unwrap();
    for signature in [another["signature"].clone(), given["statement"].clone()] {
        let moved = changed(&forwarded.handover, |json| json["signature"] = signature);
        let refused = scene.receive(&moved, now()).await;
        assert_eq!(share_error(refused), ShareError::NotTheForwarders);
    }
    // Written anew on its way, it is the same.
    let anew = changed(&forwarded.handover, |_| {});
    assert!(scene.receive(&anew, now()).await.is_ok());
}
