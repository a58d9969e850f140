//! The token says what changed and nothing about anybody; the place moves on only when it was taken.

use consent_token::jws::Compact;
use protocol::{UnixMillis, registry::AgencyKind};

use super::*;
use crate::Entry;

fn agency(dir: &std::path::Path) -> Identity {
    let id = "https://fire.example".parse().unwrap();
    Identity::create(dir, Entry::new(id, "Fire", AgencyKind::Fire)).unwrap()
}

fn event(index: u64) -> AgencyEvent {
    AgencyEvent {
        index,
        at: UnixMillis(1_790_000_000_000),
        grant: Jti::from_bytes([4; 16]),
        act: "revoke".into(),
        status: 1,
        jws: "a.b.c".into(),
    }
}

#[test]
fn the_same_change_is_the_same_token_id_and_another_one_another() {
    let dir = tempfile::tempdir().unwrap();
    let agency = agency(dir.path());
    let receiver = Receiver::open(&agency, "http://127.0.0.1:9/hook", Some("case-system")).unwrap();
    let now = UnixSeconds::new(1_790_000_100).unwrap();
    let claims = |index| -> Value {
        let token = receiver.token(&agency, &event(index), now);
        let read = Compact::parse(&token, 8192).unwrap();
        assert_eq!(read.typ(), Some(EVENT_TYP));
        serde_json::from_slice(read.payload()).unwrap()
    };
    let first = claims(7);
    assert_eq!(first, claims(7));
    assert_ne!(first["jti"], claims(8)["jti"]);
    assert_eq!(first["aud"], "case-system");
    assert_eq!(first["iss"], "https://fire.example");
    assert_eq!(first["txn"], "7");
    assert_eq!(first["events"]["urn:assent:event:revoke"]["status"], 1);
    assert!(
        first.get("sub").is_none() && first.get("exp").is_none(),
        "RFC 8417 section 2.2"
    );
}

#[test]
fn the_place_is_kept_for_each_receiver() {
    let dir = tempfile::tempdir().unwrap();
    let agency = agency(dir.path());
    let open = |url| Receiver::open(&agency, url, None).unwrap();
    let mut one = open("https://one.example/hook");
    one.taken(41).unwrap();
    assert_eq!(open("https://one.example/hook").delivered(), Some(41));
    assert_eq!(open("https://two.example/hook").delivered(), None);
}

#[test]
fn a_receiver_elsewhere_needs_https() {
    let dir = tempfile::tempdir().unwrap();
    let agency = agency(dir.path());
    for url in ["http://hook.example/", "ftp://127.0.0.1/", "hook"] {
        let refused = Receiver::open(&agency, url, None).unwrap_err();
        assert_eq!(refused.code(), "insecure_receiver", "{url}");
    }
}
