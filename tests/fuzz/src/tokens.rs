//! Consent tokens, statements, requests, links, and the JWS and JSON below them.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use consent_token::{
    id::Jti,
    json,
    jws::{self, Compact},
    key::SigningKey,
    request::{self, Choices, Link, UnverifiedRequest},
    statement::{self, Statement, UnverifiedStatement},
    term::Jurisdiction,
    token::{self, Expectation, Standing, VerifiedToken},
};
use protocol::Version1;
use serde_json::Value;

use crate::forge::{self, NOW, agency, holder};

/// Consent tokens: what verifies is kept as it came, means the same when signed again, and is never a yes for
/// a caller without a key.
pub(crate) fn token(data: &[u8]) -> bool {
    let key = holder();
    let Some(text) = forge::compact(data, token::TYP, &key) else {
        return false;
    };
    let Ok(verified) = token::verify(&text, &Version1) else {
        return false;
    };
    assert_eq!(verified.compact(), text);
    assert_eq!(verified.digest(), jws::digest(&text));
    check(&verified);
    if *verified.holder_key() == key.public() {
        let again = token::sign(verified.claims(), &key).expect("what verified can be signed");
        let again = token::verify(&again, &Version1).expect("what was signed verifies");
        assert_eq!(again.claims(), verified.claims());
    }
    true
}

fn check(verified: &VerifiedToken) {
    let claims = verified.claims();
    let nobody = Expectation {
        now: claims.nbf,
        audience: &claims.aud,
        standing: Standing::Active,
        caller_keys: &[],
        purpose: None,
        datatypes: &[],
    };
    assert!(verified.check(&nobody).is_err(), "a yes without a key");
    let bound = Expectation {
        caller_keys: &[claims.jkt],
        ..nobody
    };
    assert_eq!(
        verified.check(&bound),
        Ok(()),
        "its own agency, at its start, asks for nothing in particular"
    );
    assert!(
        verified
            .check(&Expectation {
                now: claims.exp.plus(60),
                ..bound
            })
            .is_err(),
        "a yes after the end"
    );
    assert!(
        verified
            .check(&Expectation {
                purpose: Some("no such purpose"),
                ..bound
            })
            .is_err()
    );
}

/// Statements: what verifies means the same when signed again.
pub(crate) fn statement(data: &[u8]) -> bool {
    let by_holder = read_statement(data, statement::HOLDER_TYP, &holder());
    by_holder | read_statement(data, statement::AGENCY_TYP, &agency())
}

fn read_statement(data: &[u8], typ: &str, key: &SigningKey) -> bool {
    let Some(text) = forge::compact(data, typ, key) else {
        return false;
    };
    let Ok(unverified) = UnverifiedStatement::parse(&text) else {
        return false;
    };
    let Ok(verified) = unverified.verify(&key.public()) else {
        return false;
    };
    assert_eq!(verified.compact(), text);
    let again = match verified.statement() {
        Statement::Holder(statement) => statement::sign_holder(statement, key),
        Statement::Decline(statement) => statement::sign_decline(statement, key),
        Statement::Agency(statement) => statement::sign_agency(statement, key),
    };
    let again = again.expect("what verified can be signed");
    let again = UnverifiedStatement::parse(&again).expect("what was signed is read");
    assert_eq!(again.statement(), verified.statement());
    true
}

/// Requests: what verifies means the same when signed again, and its answer is never more than was asked.
pub(crate) fn request(data: &[u8]) -> bool {
    let key = agency();
    let Some(text) = forge::compact(data, request::TYP, &key) else {
        return false;
    };
    let Ok(unverified) = UnverifiedRequest::parse(&text, &Version1) else {
        return false;
    };
    let Ok(verified) = unverified.verify(Standing::Active, &[key.public()], NOW) else {
        return false;
    };
    let again = request::sign(verified.request(), &key).expect("what verified can be signed");
    let again = UnverifiedRequest::parse(&again, &Version1).expect("what was signed is read");
    assert_eq!(again.client_id(), &verified.request().client_id);
    let asked = &verified.request().consent;
    let all: Vec<&str> = asked.datatypes.iter().map(String::as_str).collect();
    let lang = asked
        .notice
        .texts
        .keys()
        .next()
        .expect("a request has a notice");
    let jurisdiction: Jurisdiction = "GB".parse().expect("a country");
    let choices = Choices {
        datatypes: &all,
        lang,
        jurisdiction: Some(&jurisdiction),
        case: Some(Jti::from_bytes([5; 16])),
    };
    let consent = verified
        .answer(&choices)
        .expect("all that was asked may be given");
    assert_eq!(
        (&consent.purposes, &consent.datatypes),
        (&asked.purposes, &asked.datatypes)
    );
    assert!(
        verified
            .answer(&Choices {
                datatypes: &["health.conditions.x"],
                ..choices
            })
            .is_err()
    );
    assert!(verified.latest_exp(NOW) >= NOW);
    true
}

/// Links: what is read writes a link that reads back as the same.
pub(crate) fn link(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else {
        return false;
    };
    let Ok(link) = text.parse::<Link>() else {
        return false;
    };
    assert_eq!(link.to_string().parse(), Ok(link));
    true
}

/// Compact JWS: base64url has one spelling.
pub(crate) fn jws(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else {
        return false;
    };
    let Ok(parsed) = Compact::parse(text, 1 << 20) else {
        return false;
    };
    assert_eq!(parsed.as_str(), text);
    let parts: Vec<&str> = text.split('.').collect();
    assert_eq!(parts.len(), 3);
    assert_eq!(BASE64_URL_SAFE_NO_PAD.encode(parsed.payload()), parts[1]);
    assert_eq!(
        parsed.signing_input(),
        format!("{}.{}", parts[0], parts[1]).as_bytes()
    );
    let _ = parsed.verify(&holder().public());
    assert!(
        Compact::parse(text, text.len() - 1).is_err(),
        "longer than the limit"
    );
    true
}

/// Strict JSON takes nothing that JSON does not, reads the same out of it, and no more than 16 levels deep.
pub(crate) fn json(data: &[u8]) -> bool {
    let scanned = json::scan(data);
    let Ok(strict) = json::from_slice::<Value>(data) else {
        return false;
    };
    assert_eq!(scanned, Ok(()));
    let plain: Value = serde_json::from_slice(data).expect("strict JSON is JSON");
    assert_eq!(strict, plain);
    assert!(depth(&strict) <= json::MAX_DEPTH);
    true
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}
