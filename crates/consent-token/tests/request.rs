//! Requests in links, and consents made in answer to them.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::collections::BTreeMap;

use consent_token::Refusal;
use consent_token::id::{AgencyId, Digest, Jti, UnixSeconds};
use consent_token::key::SigningKey;
use consent_token::request::{
    self, AnswerError, Choices, Link, LinkError, RequestObject, RequestedCircle, RequestedConsent,
    RequestedNotice, UnverifiedRequest, VerifiedRequest, notice_digest,
};
use consent_token::term::{Action, ConsentType, Jurisdiction, Language, LegalBasis, Release};
use consent_token::token::{Standing, Terms};

struct Everything;

impl Terms for Everything {
    fn knows_purpose(&self, _: &str) -> bool {
        true
    }

    fn knows_path(&self, _: &str) -> bool {
        true
    }
}

const NOW: i64 = 1_800_000_000;
const WELSH: &str = "Byddwn yn darllen ble rydych chi'n byw.";

fn moment(seconds: i64) -> UnixSeconds {
    UnixSeconds::new(seconds).unwrap()
}

fn lang(text: &str) -> Language {
    text.parse().unwrap()
}

fn agency_id() -> AgencyId {
    "https://fire.riverton.example".parse().unwrap()
}

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).into()).collect()
}

fn asked() -> RequestObject {
    RequestObject {
        client_id: agency_id(),
        response_uri: None,
        nonce: "n-1".into(),
        state: "s-1".into(),
        jti: Jti::from_bytes([8; 16]),
        iat: moment(NOW),
        exp: moment(NOW + 3600),
        consent: RequestedConsent {
            kind: ConsentType::V1,
            purposes: texts(&["fire-safety-visit"]),
            datatypes: texts(&["identity.name", "home.address", "needs.mobility"]),
            required: texts(&["home.address"]),
            actions: vec![Action::Read],
            release: Release::OnGrant,
            retention: "P30D".parse().unwrap(),
            max_duration: "P1Y".parse().unwrap(),
            recipients: None,
            uses: None,
            circle: None,
            notice: RequestedNotice {
                version: "2026-1".into(),
                texts: BTreeMap::from([
                    (lang("en"), "We will read where you live.".into()),
                    (lang("cy"), WELSH.into()),
                ]),
            },
            basis: None,
            jurisdiction: None,
        },
    }
}

fn verified(request: &RequestObject) -> VerifiedRequest {
    let key = SigningKey::from_seed([3; 32]);
    let compact = request::sign(request, &key).unwrap();
    let unverified = UnverifiedRequest::parse(&compact, &Everything).unwrap();
    assert_eq!(unverified.client_id(), &request.client_id);
    let verified = unverified
        .verify(Standing::Active, &[key.public()], moment(NOW))
        .unwrap();
    assert_eq!(
        (verified.request(), verified.compact()),
        (request, compact.as_str())
    );
    verified
}

fn wales() -> Jurisdiction {
    "GB-WLS".parse().unwrap()
}

fn answer(request: &RequestObject, datatypes: &[&str]) -> Result<Vec<String>, AnswerError> {
    let (lang, wales) = (lang("cy"), wales());
    let choices = Choices {
        datatypes,
        lang: &lang,
        jurisdiction: Some(&wales),
        case: None,
    };
    verified(request)
        .answer(&choices)
        .map(|consent| consent.datatypes)
}

#[test]
fn the_consent_is_what_was_asked_and_chosen() {
    let (welsh, wales) = (lang("cy"), wales());
    let choices = Choices {
        datatypes: &["needs.mobility", "home.address"],
        lang: &welsh,
        jurisdiction: Some(&wales),
        case: None,
    };
    let consent = verified(&asked()).answer(&choices).unwrap();
    assert_eq!(consent.datatypes, ["home.address", "needs.mobility"]);
    assert_eq!(consent.purposes, ["fire-safety-visit"]);
    assert_eq!(consent.notice.digest, Digest::of(WELSH.as_bytes()));
    assert_eq!(consent.notice.digest, notice_digest(WELSH));
    assert_eq!(
        (
            consent.notice.lang.as_str(),
            consent.notice.version.as_str()
        ),
        ("cy", "2026-1")
    );
    assert_eq!(
        (consent.basis, consent.jurisdiction),
        (LegalBasis::default(), wales.clone())
    );
}

#[test]
fn never_more_than_asked_and_never_less_than_required() {
    assert_eq!(
        answer(&asked(), &["home.address"]),
        Ok(texts(&["home.address"]))
    );
    assert_eq!(answer(&asked(), &[]), Err(AnswerError::NothingChosen));
    assert_eq!(
        answer(&asked(), &["identity.name"]),
        Err(AnswerError::RequiredMissing("home.address".into()))
    );
    let more = ["home.address", "health.conditions"];
    assert_eq!(
        answer(&asked(), &more),
        Err(AnswerError::NotRequested("health.conditions".into()))
    );
    assert_eq!(
        answer(&asked(), &["home.address", "home.address"]),
        Err(AnswerError::ChosenTwice)
    );
}

#[test]
fn what_the_request_leaves_open_the_wallet_says() {
    let (english, french, wales) = (lang("en"), lang("fr"), wales());
    let mut choices = Choices {
        datatypes: &["home.address"],
        lang: &french,
        jurisdiction: None,
        case: None,
    };
    let mut request = asked();
    assert_eq!(
        verified(&request).answer(&choices),
        Err(AnswerError::NoNotice(lang("fr")))
    );
    choices.lang = &english;
    assert_eq!(
        verified(&request).answer(&choices),
        Err(AnswerError::NoJurisdiction)
    );
    request.consent.jurisdiction = Some("IE".parse().unwrap());
    choices.jurisdiction = Some(&wales);
    assert_eq!(
        verified(&request)
            .answer(&choices)
            .unwrap()
            .jurisdiction
            .as_str(),
        "IE"
    );

    let (own, theirs) = (Jti::from_bytes([1; 16]), Jti::from_bytes([2; 16]));
    request.consent.circle = Some(RequestedCircle {
        id: "https://circle.example/r".into(),
        tier: 2,
        case: None,
    });
    assert_eq!(
        verified(&request).answer(&choices),
        Err(AnswerError::NoCase)
    );
    choices.case = Some(own);
    let place = verified(&request).answer(&choices).unwrap().circle.unwrap();
    assert_eq!((place.tier, place.case), (2, own));
    request.consent.circle.as_mut().unwrap().case = Some(theirs);
    assert_eq!(
        verified(&request)
            .answer(&choices)
            .unwrap()
            .circle
            .unwrap()
            .case,
        theirs
    );
}

#[test]
fn a_grant_ends_by_the_requests_duration_and_by_five_years() {
    let leap_day = moment(1_709_164_800); // 2024-02-29T00:00:00Z
    let mut request = asked();
    assert_eq!(
        verified(&request).latest_exp(leap_day).since(leap_day),
        365 * 86_400
    );
    request.consent.max_duration = "P50Y".parse().unwrap();
    assert_eq!(
        verified(&request).latest_exp(leap_day).since(leap_day),
        (5 * 365 + 1) * 86_400
    );
    assert_eq!(
        verified(&request).latest_exp(UnixSeconds::MAX),
        UnixSeconds::MAX
    );
}

#[test]
fn what_readers_would_refuse_is_not_signed() {
    let key = SigningKey::from_seed([3; 32]);
    let refused = |change: fn(&mut RequestObject)| {
        let mut request = asked();
        change(&mut request);
        request::sign(&request, &key).err()
    };
    assert_eq!(
        refused(|request| request.exp = moment(NOW + 86_401)),
        Some(Refusal::Malformed)
    );
    assert_eq!(
        refused(|request| request.consent.required = texts(&["home.access"])),
        Some(Refusal::Malformed)
    );
    assert_eq!(
        refused(|request| request.consent.notice.texts.clear()),
        Some(Refusal::Malformed)
    );
    assert_eq!(
        refused(|request| request.state = "x".repeat(9 * 1024)),
        Some(Refusal::TooLarge)
    );
}

#[test]
fn a_link_is_read_as_it_was_written() {
    let request = request::sign(&asked(), &SigningKey::from_seed([3; 32])).unwrap();
    let inline = Link::Inline {
        client_id: agency_id(),
        request: request.clone(),
    };
    assert_eq!(
        inline.to_string(),
        format!(
            "assent://authorize?client_id=https%3A%2F%2Ffire.riverton.example&request={request}"
        )
    );
    let uri = "https://fire.riverton.example/r?id=1&x=a%20b"
        .parse()
        .unwrap();
    let by_reference = Link::ByReference {
        client_id: agency_id(),
        request_uri: uri,
    };
    for link in [inline, by_reference] {
        assert_eq!(link.to_string().parse(), Ok(link.clone()));
        assert_eq!(link.client_id(), &agency_id());
    }
    let bare = "assent://authorize?client_id=https://fire.riverton.example&request_uri=http://127.0.0.1:8080/r&x=1";
    assert!(
        matches!(bare.parse(), Ok(Link::ByReference { request_uri, .. }) if request_uri.as_str() == "http://127.0.0.1:8080/r")
    );
}

#[test]
fn other_links_are_refused() {
    let refused = |link: &str| link.parse::<Link>().unwrap_err();
    let id = "client_id=https://fire.riverton.example";
    for link in [
        "",
        "https://authorize/?request=a",
        "assent://other?request=a",
        "assent:authorize?request=a",
        "assent://a@authorize?request=a",
        "assent://authorize/more?request=a",
    ] {
        assert_eq!(refused(link), LinkError::OtherLink, "{link}");
    }
    assert_eq!(refused("assent://authorize?request=a"), LinkError::ClientId);
    assert_eq!(
        refused("assent://authorize?client_id=fire&request=a"),
        LinkError::ClientId
    );
    assert_eq!(
        refused(&format!("assent://authorize?{id}")),
        LinkError::Request
    );
    assert_eq!(
        refused(&format!(
            "assent://authorize?{id}&request=a&request_uri=https://fire.riverton.example/"
        )),
        LinkError::Request
    );
    assert_eq!(
        refused(&format!("assent://authorize?{id}&{id}&request=a")),
        LinkError::Repeated
    );
    assert_eq!(
        refused(&format!("assent://authorize?{id}&request=a&request=b")),
        LinkError::Repeated
    );
    for uri in [
        "http://fire.riverton.example/r",
        "file:///etc/passwd",
        "assent://authorize",
        "javascript:alert(1)",
        "https://a:b@fire.riverton.example/r",
    ] {
        assert_eq!(
            refused(&format!("assent://authorize?{id}&request_uri={uri}")),
            LinkError::RequestUri,
            "{uri}"
        );
    }
    for length in [8193, 100_000] {
        assert_eq!(
            refused(&format!(
                "assent://authorize?{id}&request={}",
                "x".repeat(length)
            )),
            LinkError::TooLarge
        );
    }
}
