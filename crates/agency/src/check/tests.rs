use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use consent_token::{
    id::{AgencyId, Jti},
    key::SigningKey,
    request::notice_digest,
    term::{Action, ConsentType, Release},
    token::{Claims, Consent, Notice, StatusRef},
};
use protocol::{
    Registry,
    registry::{AgencyKind, AgencyStatus, RegistryKey},
};
use status_list::{Bits, Freshness, StatusList};

use super::*;
use crate::Entry;

const URI: &str = "https://verifier.example/v1/status/0";
const NOW: i64 = 1_790_000_000;
const IDX: u64 = 4711;

fn now() -> UnixSeconds {
    UnixSeconds::new(NOW).unwrap()
}

fn later(seconds: i64) -> UnixSeconds {
    now().plus(seconds)
}

fn fire() -> AgencyId {
    "https://fire.example".parse().unwrap()
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed([seed; 32])
}

fn claims() -> Claims {
    let holder = key(1);
    Claims {
        iss: holder.holder_uri(),
        sub_jwk: holder.public().jwk(),
        aud: fire(),
        jti: Jti::from_bytes([9; 16]),
        iat: now(),
        nbf: now(),
        exp: later(1000),
        jkt: key(7).thumbprint(),
        status: StatusRef {
            idx: IDX,
            uri: URI.parse().unwrap(),
        },
        consent: Consent {
            kind: ConsentType::V1,
            purposes: vec!["emergency-response".into()],
            datatypes: vec!["home.address".into(), "contact.phone".into()],
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
    }
}

fn token_of(claims: &Claims) -> String {
    token::sign(claims, &key(1)).unwrap()
}

fn good() -> String {
    token_of(&claims())
}

fn registry(change: impl Fn(&mut protocol::registry::Agency)) -> Registry {
    let mut agency = Entry::new(fire(), "Fire", AgencyKind::Fire).agency;
    agency
        .jwks
        .keys
        .push(RegistryKey::signing(&key(7).public()));
    change(&mut agency);
    Registry {
        iss: "https://verifier.example".into(),
        iat: now(),
        serial: 1,
        agencies: vec![agency],
        circles: vec![],
        auditors: vec![],
    }
}

fn bits(status: u8) -> StatusList {
    let mut bits = StatusList::new(Bits::Two, 1 << 20, 3).unwrap();
    bits.set(IDX, status).unwrap();
    bits
}

fn list(status: u8) -> List {
    let freshness = Freshness {
        fresh_until: NOW + 60,
        expires: NOW + 86_400,
    };
    List {
        bits: Arc::new(bits(status)),
        freshness,
    }
}

fn view(registry: Option<&Registry>, status: u8) -> View {
    View::new(fire(), &key(7).thumbprint(), registry).with_list(URI, list(status))
}

fn checker(status: u8) -> Checker {
    Checker::new(view(Some(&registry(|_| {})), status))
}

fn refusal(checker: &Checker, token: &str) -> Refusal {
    checker.check(token, now(), &Ask::default()).unwrap_err()
}

#[test]
fn a_good_token_is_a_yes_with_its_freshness() {
    let ask = Ask {
        purpose: Some("emergency-response"),
        datatypes: &["home.address"],
    };
    let yes = checker(0).check(&good(), now(), &ask).unwrap();
    assert_eq!(yes.token.claims(), &claims());
    assert_eq!(
        (yes.fresh_until, yes.good_until),
        (later(60), later(86_400))
    );
}

#[test]
fn the_tokens_own_faults_are_told_cold_and_warm() {
    let checker = checker(0);
    let good = good();
    let mut changed = good.clone().into_bytes();
    let last = changed.len() - 20;
    changed[last] = if changed[last] == b'A' { b'B' } else { b'A' };
    for (token, refused) in [
        ("x".repeat(9000), Refusal::TooLarge),
        ("nonsense".to_owned(), Refusal::Malformed),
        (String::from_utf8(changed).unwrap(), Refusal::BadSignature),
        (format!("{good} "), Refusal::Malformed),
    ] {
        for _ in 0..2 {
            assert_eq!(refusal(&checker, &token), refused);
        }
    }
}

#[test]
fn who_asks_when_and_for_what_is_looked_at_every_time() {
    let checker = checker(0);
    let other = token_of(&Claims {
        aud: "https://police.example".parse().unwrap(),
        ..claims()
    });
    let foreign_key = token_of(&Claims {
        jkt: key(8).thumbprint(),
        ..claims()
    });
    for _ in 0..2 {
        assert!(checker.check(&good(), now(), &Ask::default()).is_ok());
        assert_eq!(refusal(&checker, &other), Refusal::WrongAudience);
        assert_eq!(refusal(&checker, &foreign_key), Refusal::WrongAgencyKey);
        let at = |seconds| {
            checker
                .check(&good(), later(seconds), &Ask::default())
                .map(|_| ())
        };
        assert_eq!((at(-61), at(-60)), (Err(Refusal::NotYetValid), Ok(())));
        assert_eq!((at(1059), at(1060)), (Ok(()), Err(Refusal::Expired)));
        let purpose = Ask {
            purpose: Some("welfare-check"),
            datatypes: &[],
        };
        let data = Ask {
            purpose: None,
            datatypes: &["home.address", "health.conditions"],
        };
        assert_eq!(
            checker.check(&good(), now(), &purpose).unwrap_err(),
            Refusal::PurposeNotCovered
        );
        assert_eq!(
            checker.check(&good(), now(), &data).unwrap_err(),
            Refusal::DataNotCovered
        );
    }
}

#[test]
fn the_registry_is_looked_at_every_time() {
    let checker = Checker::new(view(None, 0));
    assert_eq!(refusal(&checker, &good()), Refusal::UnknownAgency);
    checker.publish(view(
        Some(&registry(|agency| agency.status = AgencyStatus::Suspended)),
        0,
    ));
    assert_eq!(refusal(&checker, &good()), Refusal::AgencySuspended);
    checker.publish(view(Some(&registry(|agency| agency.jwks.keys.clear())), 0));
    assert_eq!(refusal(&checker, &good()), Refusal::WrongAgencyKey);
    checker.publish(view(Some(&registry(|_| {})), 0));
    assert!(checker.check(&good(), now(), &Ask::default()).is_ok());
}

#[test]
fn a_registered_successor_acts_for_its_predecessor_and_nobody_else_does() {
    let succeeded = registry(|agency| *agency = agency.clone().with_successor(&key(7), &key(8)));
    let unsigned = registry(|agency| {
        agency
            .jwks
            .keys
            .push(RegistryKey::signing(&key(8).public()))
    });
    let with_key = |registry: &Registry, own| {
        let view =
            View::new(fire(), &key(own).thumbprint(), Some(registry)).with_list(URI, list(0));
        Checker::new(view)
            .check(&good(), now(), &Ask::default())
            .map(|_| ())
    };
    assert_eq!(with_key(&succeeded, 8), Ok(()));
    assert_eq!(with_key(&succeeded, 7), Ok(()));
    assert_eq!(with_key(&unsigned, 8), Err(Refusal::WrongAgencyKey));
    assert_eq!(with_key(&succeeded, 9), Err(Refusal::WrongAgencyKey));
}

#[test]
fn every_status_has_its_refusal() {
    for (status, refused) in [
        (3, Refusal::Unregistered),
        (2, Refusal::Suspended),
        (1, Refusal::Revoked),
    ] {
        assert_eq!(refusal(&checker(status), &good()), refused);
    }
}

#[test]
fn without_a_status_that_is_still_good_the_answer_is_no() {
    let registry = registry(|_| {});
    let bare = || View::new(fire(), &key(7).thumbprint(), Some(&registry));
    let refused = |view: View| refusal(&Checker::new(view), &good());
    assert_eq!(refused(bare()), Refusal::StatusUnavailable);
    assert_eq!(
        refused(bare().with_list("https://verifier.example/v1/status/1", list(0))),
        Refusal::StatusUnavailable
    );
    let short = List {
        bits: Arc::new(StatusList::new(Bits::Two, 8, 0).unwrap()),
        ..list(0)
    };
    assert_eq!(
        refused(bare().with_list(URI, short)),
        Refusal::StatusUnavailable
    );
    let wide = List {
        bits: Arc::new(StatusList::new(Bits::Eight, 1 << 20, 7).unwrap()),
        ..list(0)
    };
    assert_eq!(
        refused(bare().with_list(URI, wide)),
        Refusal::StatusUnavailable
    );
}

#[test]
fn a_list_answers_until_its_end_and_not_a_second_longer() {
    let long = Claims {
        exp: later(200_000),
        ..claims()
    };
    let checker = checker(0);
    let at = |seconds| {
        checker
            .check(&token_of(&long), later(seconds), &Ask::default())
            .map(|_| ())
    };
    assert_eq!(at(86_399), Ok(()), "past its ttl, not past its exp");
    assert_eq!(at(86_400), Err(Refusal::StatusUnavailable));
}

#[test]
fn a_revocation_counts_from_the_refresh_on_for_a_token_that_is_known() {
    let checker = checker(0);
    let token = good();
    assert!(checker.check(&token, now(), &Ask::default()).is_ok());
    checker.publish(view(Some(&registry(|_| {})), 1));
    assert_eq!(refusal(&checker, &token), Refusal::Revoked);
}

#[test]
fn a_token_is_known_by_all_of_its_text() {
    let checker = checker(0);
    let token = good();
    checker.check(&token, now(), &Ask::default()).unwrap();
    let (body, _) = token.rsplit_once('.').unwrap();
    for other in [
        format!("{body}.AAAA"),
        format!("{token}A"),
        token[1..].to_owned(),
    ] {
        assert!(checker.check(&other, now(), &Ask::default()).is_err());
    }
}

#[test]
fn no_check_that_starts_after_a_publication_sees_what_was_before() {
    let checker = checker(0);
    let token = good();
    let revoked = AtomicBool::new(false);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while !done.load(Ordering::SeqCst) {
                    let before = revoked.load(Ordering::SeqCst);
                    let answer = checker.check(&token, now(), &Ask::default()).map(|_| ());
                    assert!(!before || answer == Err(Refusal::Revoked), "{answer:?}");
                }
            });
        }
        (0..500).for_each(|_| drop(checker.check(&token, now(), &Ask::default())));
        checker.publish(view(Some(&registry(|_| {})), 1));
        revoked.store(true, Ordering::SeqCst);
        (0..500).for_each(|_| assert!(checker.check(&token, now(), &Ask::default()).is_err()));
        done.store(true, Ordering::SeqCst);
    });
}
