//! What bodies tell about agencies, at chosen times.

use consent_token::{
    key::SigningKey,
    request::notice_digest,
    statement::{AgencyStatement, HolderStatement, sign_agency, sign_holder},
    term::{Action, ConsentType, Release},
    token::{Claims, Consent, Notice, StatusRef, sign},
};
use protocol::{
    Slot,
    registry::{Agency, AgencyKind, Obligations},
};

use super::*;

const START: i64 = 1_790_000_000;
const DAY: i64 = 24 * 60 * 60;

fn holder() -> SigningKey {
    SigningKey::from_seed([1; 32])
}

fn fire() -> AgencyId {
    "https://fire.example".parse().unwrap()
}

fn id(number: u8) -> Jti {
    Jti::from_bytes([number; 16])
}

/// A log with one consent, and what was said on it; each at so many seconds after the start.
struct Scene {
    replay: Replay,
    bodies: Vec<Body>,
}

impl Scene {
    fn new() -> Self {
        let mut scene = Scene {
            replay: Replay::new(),
            bodies: Vec::new(),
        };
        let start = UnixSeconds::new(START).unwrap();
        let claims = Claims {
            iss: holder().holder_uri(),
            sub_jwk: holder().public().jwk(),
            aud: fire(),
            jti: id(1),
            iat: start,
            nbf: start,
            exp: start.plus(100 * DAY),
            jkt: SigningKey::from_seed([2; 32]).thumbprint(),
            status: StatusRef {
                idx: 5,
                uri: "https://v.example/v1/status/0".parse().unwrap(),
            },
            consent: Consent {
                kind: ConsentType::V1,
                purposes: vec!["emergency-response".into()],
                datatypes: vec!["home.address".into()],
                actions: vec![Action::Read],
                release: Release::OnIncident,
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
        scene.add(
            0,
            &sign(&claims, &holder()).unwrap(),
            Some((0, Some((START + 100 * DAY) * 1000 / 1000))),
        );
        scene
    }

    fn add(&mut self, seconds: i64, jws: &str, status: Option<(u8, Option<i64>)>) {
        let (at, digest) = (UnixMillis((START + seconds) * 1000), jws::digest(jws));
        let entry = match status {
            Some((status, exp)) => Entry::Status {
                at,
                digest,
                exp,
                slot: Slot(0, 5),
                status,
                v: 1,
            },
            None => Entry::Act { at, digest, v: 1 },
        };
        let index = self.replay.size();
        self.replay.push(&entry.to_canonical()).unwrap();
        self.bodies.push(Body {
            index,
            jws: jws.to_owned(),
        });
    }

    fn agency(&mut self, seconds: i64, number: u8, act: AgencyAct) {
        let iat = UnixSeconds::new(START + seconds).unwrap();
        let statement = AgencyStatement {
            iss: fire(),
            jti: id(number),
            iat,
            grant: id(1),
            act,
        };
        let jws = sign_agency(&statement, &SigningKey::from_seed([2; 32])).unwrap();
        self.add(seconds, &jws, None);
    }

    fn open(&mut self, seconds: i64, number: u8) {
        let act = AgencyAct::Open {
            incident: "INC-1".into(),
            actor: "p".into(),
            position: "desk".into(),
            reason: "call".into(),
            basis: Default::default(),
        };
        self.agency(seconds, number, act);
    }

    fn revoke(&mut self, seconds: i64) {
        let iat = UnixSeconds::new(START + seconds).unwrap();
        let act = HolderAct::Revoke { reason: None };
        let statement = HolderStatement {
            iss: holder().holder_uri(),
            jti: id(9),
            iat,
            grant: id(1),
            seq: 1,
            act,
        };
        self.add(
            seconds,
            &sign_holder(&statement, &holder()).unwrap(),
            Some((1, None)),
        );
    }

    fn at(&self, seconds: i64) -> Conduct {
        let registry = Registry {
            iss: "https://v.example".into(),
            iat: UnixSeconds::new(START).unwrap(),
            serial: 1,
            agencies: vec![Agency {
                id: fire(),
                name: "Fire".into(),
                names: BTreeMap::new(),
                kind: AgencyKind::Fire,
                status: Default::default(),
                jwks: Default::default(),
                contact: None,
                privacy_url: None,
                obligations: Some(Obligations {
                    erase_within: "P10D".into(),
                }),
            }],
            circles: vec![],
            auditors: vec![],
        };
        Conduct::of(
            &self.bodies,
            &self.replay,
            Some(&registry),
            UnixMillis((START + seconds) * 1000),
        )
    }

    fn fire_at(&self, seconds: i64) -> AgencyConduct {
        self.at(seconds).agencies.remove(0)
    }
}

#[test]
fn a_deletion_is_overdue_when_what_was_promised_has_passed_and_not_before() {
    let mut scene = Scene::new();
    assert_eq!(
        scene.fire_at(99 * DAY).deletions_overdue,
        0,
        "nothing was read"
    );
    scene.open(60, 2);
    scene.revoke(120);
    assert_eq!(scene.fire_at(120 + 10 * DAY - 1).deletions_overdue, 0);
    assert_eq!(scene.fire_at(120 + 10 * DAY).deletions_overdue, 1);
    scene.agency(
        200,
        3,
        AgencyAct::Erased {
            method: "deleted".into(),
        },
    );
    let later = scene.fire_at(99 * DAY);
    assert_eq!((later.deletions, later.deletions_overdue), (1, 0));
}

#[test]
fn what_may_not_be_kept_longer_is_overdue_without_a_revocation() {
    let mut scene = Scene::new();
    scene.open(60, 2);
    assert_eq!(scene.fire_at(60 + 30 * DAY - 1).deletions_overdue, 0);
    assert_eq!(scene.fire_at(60 + 30 * DAY).deletions_overdue, 1);
}

#[test]
fn the_bound_is_the_slowest_acknowledgement_of_that_very_revocation() {
    let mut scene = Scene::new();
    scene.revoke(100);
    assert_eq!(
        (
            scene.at(200).slowest_acknowledgement,
            scene.at(200).unacknowledged
        ),
        (None, 1)
    );
    scene.agency(103, 4, AgencyAct::Acknowledged { of: id(8) });
    assert_eq!(scene.at(200).unacknowledged, 1, "of another act");
    scene.agency(107, 5, AgencyAct::Acknowledged { of: id(9) });
    assert_eq!(
        (
            scene.at(200).slowest_acknowledgement,
            scene.at(200).unacknowledged
        ),
        (Some(7_000), 0)
    );
}

#[test]
fn an_opening_owes_a_review_within_seven_days() {
    let mut scene = Scene::new();
    scene.open(0, 2);
    scene.open(10, 3);
    let review = |of, actor: &str| AgencyAct::Review {
        of: id(of),
        actor: actor.into(),
        finding: "justified".parse().unwrap(),
    };
    scene.agency(20, 4, review(2, "q"));
    scene.agency(30, 5, review(2, "p"));
    scene.agency(40, 6, review(3, "p"));
    let fire = scene.fire_at(10 + 7 * DAY);
    assert_eq!((fire.openings, fire.reviews_overdue), (2, 0));
    let later = scene.fire_at(10 + 7 * DAY + 1);
    assert_eq!(later.reviews_overdue, 1, "who opened it reviewed the other");
}

#[test]
fn a_body_that_was_not_logged_there_counts_for_nothing() {
    let mut scene = Scene::new();
    scene.open(60, 2);
    scene.revoke(100);
    scene.bodies.swap(1, 2);
    for (index, body) in (0..).zip(&mut scene.bodies) {
        body.index = index;
    }
    let conduct = scene.at(200);
    assert_eq!(conduct.swapped, [1, 2]);
    assert_eq!((conduct.statements, conduct.agencies[0].openings), (1, 0));
}
