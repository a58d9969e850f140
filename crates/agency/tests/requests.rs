//! Requests that an agency signs are what every wallet accepts; what no wallet would accept is not signed.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of the tests fail like them"
)]

mod support;

use agency::{AgencyError, Identity, Terms, circle_tier};
use consent_token::{
    Refusal,
    request::{Link, UnverifiedRequest},
    term::{Action, Release},
    token::Standing,
};
use protocol::{
    Registry, Version1,
    registry::{Circle, Member},
};
use support::{agency, fire, now};

fn terms() -> Terms {
    Terms {
        purposes: vec!["emergency-response".into()],
        datatypes: vec!["home.address".into(), "health.conditions".into()],
        required: vec!["home.address".into()],
        actions: vec![Action::Read],
        release: Release::OnIncident,
        retention: "P30D".parse().unwrap(),
        max_duration: "P1Y".parse().unwrap(),
        recipients: vec![],
        circle: Some(("emergency".into(), 2)),
        notice: [("en", "We ask…"), ("cy", "Rydym yn gofyn…")]
            .map(|(l, t)| (l.parse().unwrap(), t.to_owned()))
            .into(),
        notice_version: "2026-09".into(),
        basis: None,
        jurisdiction: None,
        response_uri: None,
    }
}

fn identity() -> (tempfile::TempDir, Identity) {
    let dir = tempfile::tempdir().unwrap();
    let agency = agency(dir.path());
    (dir, agency)
}

#[test]
fn a_wallet_accepts_what_was_signed() {
    let (_dir, agency) = identity();
    let signed = terms().sign(&agency, now(), 3600).unwrap();
    let Link::Inline { client_id, request } = signed.link().parse().unwrap() else {
        panic!("not inline")
    };
    assert_eq!(client_id, fire());
    let read = UnverifiedRequest::parse(&request, &Version1).unwrap();
    let verified = read
        .verify(Standing::Active, &[agency.key().public()], now())
        .unwrap();
    assert_eq!(verified.request(), &signed.object);
    let at = "https://fire.example/requests/1";
    let Link::ByReference { request_uri, .. } =
        signed.link_to(at.parse().unwrap()).parse().unwrap()
    else {
        panic!("inline")
    };
    assert_eq!(request_uri.as_str(), at);
}

#[test]
fn every_request_is_its_own_and_ends_within_a_day() {
    let (_dir, agency) = identity();
    let [one, two] = [0, 1].map(|_| terms().sign(&agency, now(), 1_000_000).unwrap().object);
    assert!(one.jti != two.jti && one.nonce != two.nonce && one.state != two.state);
    assert_eq!(one.exp, now().plus(24 * 3600));
    assert_ne!(
        one.consent.circle.unwrap().case,
        two.consent.circle.unwrap().case
    );
}

#[test]
fn what_no_wallet_would_accept_is_not_signed() {
    let (_dir, agency) = identity();
    let sign = |change: fn(&mut Terms)| {
        let mut terms = terms();
        change(&mut terms);
        terms.sign(&agency, now(), 3600).unwrap_err()
    };
    assert_eq!(
        sign(|t| t.purposes = vec!["marketing".into()]),
        AgencyError::UnknownTerm("marketing".into())
    );
    assert_eq!(
        sign(|t| t.datatypes.push("bank.balance".into())),
        AgencyError::UnknownTerm("bank.balance".into())
    );
    assert_eq!(
        sign(|t| t.required = vec!["contact.phone".into()]),
        AgencyError::Unsignable(Refusal::Malformed)
    );
    assert_eq!(
        sign(|t| t.purposes.clear()),
        AgencyError::Unsignable(Refusal::Malformed)
    );
    assert_eq!(
        sign(|t| t.notice.clear()),
        AgencyError::Unsignable(Refusal::Malformed)
    );
    let long = sign(|t| {
        t.notice
            .values_mut()
            .for_each(|text| *text = "x".repeat(5000))
    });
    assert_eq!(long, AgencyError::Unsignable(Refusal::TooLarge));
}

#[test]
fn the_tier_is_the_highest_that_is_open() {
    let member = |agency: &str, tiers: &[u8]| Member {
        agency: agency.parse().unwrap(),
        tiers: tiers.to_vec(),
    };
    let circle = Circle {
        id: "emergency".into(),
        name: "Emergency".into(),
        names: Default::default(),
        tiers: vec![],
        members: vec![
            member("https://fire.example", &[0, 2, 1]),
            member("https://police.example", &[]),
        ],
    };
    let registry = Registry {
        iss: support::BASE.into(),
        iat: now(),
        serial: 1,
        agencies: vec![],
        circles: vec![circle],
        auditors: vec![],
    };
    assert_eq!(circle_tier(&registry, "emergency", &fire()), Some(2));
    assert_eq!(
        circle_tier(
            &registry,
            "emergency",
            &"https://police.example".parse().unwrap()
        ),
        None
    );
    assert_eq!(circle_tier(&registry, "other", &fire()), None);
}
