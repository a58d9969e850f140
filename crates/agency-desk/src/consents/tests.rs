//! The index alone, over events as a verifier sends them.

use agency::{Entry, Identity, Record};
use consent_token::{
    id::{Digest, Jti, UnixSeconds},
    key::SigningKey,
    term::{Action, ConsentType, Release},
    token::{self, Claims, Consent as Terms, Notice, StatusRef},
};
use protocol::{UnixMillis, api::AgencyEvent, registry::AgencyKind};

use super::*;
use crate::api::{ConsentState, FindConsents, Order};

fn at(seconds: i64) -> UnixSeconds {
    UnixSeconds::new(1_790_000_000 + seconds).unwrap()
}

fn jti(number: u64) -> Jti {
    let digest = Digest::of(&number.to_be_bytes());
    Jti::from_bytes(digest.as_bytes()[..16].try_into().unwrap())
}

/// Consent `number`, which ends that many hours after the others' beginning.
fn token(number: u64) -> String {
    let holder = SigningKey::from_seed(*Digest::of(&(number % 50).to_be_bytes()).as_bytes());
    let hours = i64::try_from(number).unwrap() * 3600;
    let claims = Claims {
        iss: holder.holder_uri(),
        sub_jwk: holder.public().jwk(),
        aud: "https://fire.example".parse().unwrap(),
        jti: jti(number),
        iat: at(0),
        nbf: at(0),
        exp: at(hours + 3600),
        jkt: holder.public().thumbprint(),
        status: StatusRef {
            idx: number,
            uri: "https://v.example/v1/status/0".parse().unwrap(),
        },
        consent: Terms {
            kind: ConsentType::V1,
            purposes: vec!["welfare-check".into()],
            datatypes: vec!["home.address".into()],
            actions: vec![Action::Read],
            release: Release::OnGrant,
            retention: "P30D".parse().unwrap(),
            recipients: None,
            uses: None,
            circle: None,
            notice: Notice {
                digest: Digest::of(b"text"),
                lang: "en".parse().unwrap(),
                version: "1".into(),
            },
            basis: Default::default(),
            jurisdiction: "GB-WLS".parse().unwrap(),
        },
        req: None,
    };
    token::sign(&claims, &holder).unwrap()
}

fn event(index: u64, grant: u64, act: &str, status: u8) -> AgencyEvent {
    AgencyEvent {
        index,
        at: UnixMillis((1_790_000_000 + index) as i64 * 1000),
        grant: jti(grant),
        act: act.into(),
        status,
        jws: if act == "grant" {
            token(grant)
        } else {
            "a.b.c".into()
        },
    }
}

struct Scene {
    _folder: tempfile::TempDir,
    record: Record,
    consents: Consents,
}

fn scene(events: impl IntoIterator<Item = AgencyEvent>) -> Scene {
    let folder = tempfile::tempdir().unwrap();
    let entry = Entry::new(
        "https://fire.example".parse().unwrap(),
        "Fire",
        AgencyKind::Fire,
    );
    let agency = Identity::create(folder.path(), entry).unwrap();
    let mut consents = Consents::default();
    for event in events {
        assert!(consents.apply(&event));
    }
    Scene {
        record: Record::open(&agency).unwrap(),
        _folder: folder,
        consents,
    }
}

impl Scene {
    fn page(&self, ask: &FindConsents, now: UnixSeconds) -> crate::api::ConsentPage {
        let within = "P30D".parse().unwrap();
        let owing = Owing {
            record: &self.record,
            erase_within: &within,
        };
        self.consents.page(ask, owing, |_| None, now)
    }

    fn state(&self, grant: u64, now: UnixSeconds) -> ConsentState {
        self.consents.get(&jti(grant)).unwrap().state(now)
    }
}

#[test]
fn pages_of_thousands_meet_and_no_row_comes_twice() {
    let scene = scene((0..3_000).map(|number| event(number, number, "grant", 0)));
    for order in [Order::Changed, Order::Newest, Order::Ending, Order::Due] {
        let mut seen = std::collections::BTreeSet::new();
        for offset in (0..3_000).step_by(500) {
            let ask = FindConsents {
                order,
                offset,
                limit: Some(9_999),
                ..FindConsents::default()
            };
            let page = scene.page(&ask, at(0));
            assert_eq!((page.total, page.rows.len()), (3_000, 500));
            seen.extend(page.rows.into_iter().map(|row| row.grant));
        }
        assert_eq!(seen.len(), 3_000);
    }
    let ending = scene.page(
        &FindConsents {
            order: Order::Ending,
            ..FindConsents::default()
        },
        at(0),
    );
    assert_eq!(ending.rows[0].grant, jti(0).to_string());
}

#[test]
fn what_ended_does_not_come_back_and_nothing_counts_twice() {
    let mut scene = scene([
        event(1, 7, "grant", 0),
        event(2, 7, "suspend", 2),
        event(3, 7, "resume", 0),
    ]);
    assert_eq!(scene.state(7, at(0)), ConsentState::Valid);
    scene.consents.apply(&event(2, 7, "suspend", 2));
    assert_eq!(
        scene.state(7, at(0)),
        ConsentState::Valid,
        "an event that was seen before"
    );
    scene.consents.apply(&event(4, 7, "revoke", 1));
    scene.consents.apply(&event(5, 7, "resume", 0));
    assert_eq!(scene.state(7, at(0)), ConsentState::Withdrawn);
    assert_eq!(scene.consents.get(&jti(7)).unwrap().acts.len(), 5);
}

#[test]
fn it_expires_by_the_clock_and_is_told_to_end_soon_before() {
    let scene = scene([event(1, 7, "grant", 0)]);
    assert_eq!(
        scene
            .page(&FindConsents::default(), at(0))
            .counts
            .ending_soon,
        1
    );
    assert_eq!(scene.state(7, at(8 * 3600 - 1)), ConsentState::Valid);
    assert_eq!(scene.state(7, at(8 * 3600)), ConsentState::Expired);
    assert_eq!(
        scene
            .page(&FindConsents::default(), at(8 * 3600))
            .counts
            .ending_soon,
        0
    );
}

#[test]
fn a_token_that_does_not_hold_or_is_anothers_is_no_consent() {
    let mut forged = event(1, 7, "grant", 0);
    forged.jws.pop();
    let mut swapped = event(2, 8, "grant", 0);
    swapped.jws = token(9);
    let scene = scene([forged, swapped]);
    assert_eq!(scene.page(&FindConsents::default(), at(0)).total, 0);
    assert_eq!(scene.consents.last(), Some(2));
}
