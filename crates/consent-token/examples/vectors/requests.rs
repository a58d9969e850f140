//! Request vectors: what a wallet shows, and what it refuses before it shows anything.

use serde_json::{Value, json};

use super::Case;
use super::forge::*;

const TYP: &str = "oauth-authz-req+jwt";

fn context() -> Value {
    json!({"now": NOW, "standing": "active", "keys": [agency().public().jwk()]})
}

fn claims() -> Value {
    json!({
        "iss": AGENCY,
        "client_id": AGENCY,
        "aud": "https://self-issued.me/v2",
        "response_type": "consent_token",
        "response_mode": "direct_post",
        "response_uri": "https://fire.riverton.example/answers",
        "nonce": "n-0S6_WzA2Mj",
        "state": "af0ifjsldkj",
        "jti": jti(8),
        "iat": NOW - 60,
        "exp": NOW + 3600,
        "authorization_details": [{
            "type": "urn:assent:consent:1",
            "purposes": ["fire-safety-visit"],
            "datatypes": ["identity.name", "home.address", "needs.mobility"],
            "required": ["home.address"],
            "actions": ["read", "store"],
            "release": "on_grant",
            "retention": "P30D",
            "max_duration": "P1Y",
            "notice": {"version": "2026-1", "texts": {
                "en": "We will read where you live and how you move, to plan a visit.",
                "cy": "Byddwn yn darllen ble rydych chi'n byw a sut rydych chi'n symud, i gynllunio ymweliad."
            }},
            "jurisdiction": "GB-WLS"
        }]
    })
}

fn signed(claims: &Value) -> String {
    jws(
        header(TYP, &agency()).to_string(),
        claims.to_string(),
        &agency(),
    )
}

fn case(name: &str, desc: &str, request: String, expect: &str) -> Case {
    Case::new(
        "requests",
        name,
        desc,
        "request",
        request,
        context(),
        expect,
    )
}

fn asked(name: &str, desc: &str, change: impl FnOnce(&mut Value), expect: &str) -> Case {
    let mut context = context();
    change(&mut context);
    Case::new(
        "requests",
        name,
        desc,
        "request",
        signed(&claims()),
        context,
        expect,
    )
}

/// A request with one claim set, or taken away by `null`.
fn with(name: &str, desc: &str, claim: &str, value: Value, expect: &str) -> Case {
    let mut claims = claims();
    set(&mut claims, claim, value);
    case(name, desc, signed(&claims), expect)
}

/// A request with one member of the consent set, or taken away by `null`.
fn member(name: &str, desc: &str, member: &str, value: Value, expect: &str) -> Case {
    let mut claims = claims();
    set(&mut claims["authorization_details"][0], member, value);
    case(name, desc, signed(&claims), expect)
}

fn set(members: &mut Value, name: &str, value: Value) {
    if let Value::Object(members) = members {
        members.insert(name.into(), value);
        members.retain(|_, value| !value.is_null());
    }
}

pub(super) fn cases() -> Vec<Case> {
    [good(), claim_rules(), consent_rules(), senders()]
        .into_iter()
        .flatten()
        .collect()
}

fn good() -> Vec<Case> {
    let circle = json!({"id": "https://circle.example/riverton", "tier": 1});
    vec![
        case("ok", "a good request", signed(&claims()), "ok"),
        with(
            "ok-no-response-uri",
            "no response_uri",
            "response_uri",
            Value::Null,
            "ok",
        ),
        with(
            "ok-unknown-claim",
            "unknown claims are ignored",
            "client_metadata",
            json!({"x": 1}),
            "ok",
        ),
        with(
            "ok-24-hours",
            "good for 24 hours",
            "exp",
            json!(NOW - 60 + DAY),
            "ok",
        ),
        with(
            "ok-loopback",
            "response_uri over plain HTTP on loopback",
            "response_uri",
            json!("http://127.0.0.1:8080/answers"),
            "ok",
        ),
        member(
            "ok-nothing-required",
            "nothing is required",
            "required",
            json!([]),
            "ok",
        ),
        member("ok-circle", "to a circle", "circle", circle, "ok"),
        member(
            "ok-basis",
            "another legal basis",
            "basis",
            json!("https://w3id.org/dpv/legal/eu/gdpr#A6-1-e"),
            "ok",
        ),
        member(
            "ok-no-jurisdiction",
            "the wallet says whose law applies",
            "jurisdiction",
            Value::Null,
            "ok",
        ),
        asked(
            "ok-late-within-skew",
            "59 seconds after exp",
            |c| c["now"] = json!(NOW + 3659),
            "ok",
        ),
        asked(
            "ok-second-key",
            "signed by the second of two keys",
            |c| c["keys"] = json!([other_agency().public().jwk(), agency().public().jwk()]),
            "ok",
        ),
    ]
}

fn claim_rules() -> Vec<Case> {
    let malformed = "malformed";
    let mut cases: Vec<Case> = [
        "iss",
        "client_id",
        "aud",
        "response_type",
        "response_mode",
        "nonce",
        "state",
        "jti",
        "iat",
        "exp",
        "authorization_details",
    ]
    .into_iter()
    .map(|claim| {
        with(
            &format!("no-{claim}"),
            &format!("no {claim}"),
            claim,
            Value::Null,
            malformed,
        )
    })
    .collect();
    cases.extend([
        with(
            "iss-other",
            "iss is not client_id",
            "iss",
            json!(OTHER_AGENCY),
            malformed,
        ),
        with(
            "nonce-empty",
            "an empty nonce",
            "nonce",
            json!(""),
            malformed,
        ),
        with(
            "long",
            "good for more than 24 hours",
            "exp",
            json!(NOW - 59 + DAY),
            malformed,
        ),
        with("never", "exp at iat", "exp", json!(NOW - 60), malformed),
        with(
            "response-uri-http",
            "response_uri over plain HTTP",
            "response_uri",
            json!("http://fire.riverton.example/answers"),
            malformed,
        ),
        with(
            "response-uri-script",
            "response_uri is a script",
            "response_uri",
            json!("javascript:alert(1)"),
            malformed,
        ),
        with(
            "response-type-code",
            "another response type",
            "response_type",
            json!("code"),
            "unknown_term",
        ),
        with(
            "response-mode-query",
            "another response mode",
            "response_mode",
            json!("query"),
            "unknown_term",
        ),
        with(
            "audience-other",
            "meant for somebody else",
            "aud",
            json!("https://verifier.example"),
            "wrong_audience",
        ),
        with(
            "audience-array",
            "aud is an array",
            "aud",
            json!(["https://self-issued.me/v2"]),
            malformed,
        ),
        case(
            "twice",
            "client_id twice",
            {
                let text = claims().to_string().replacen(
                    '{',
                    &format!(r#"{{"client_id":"{OTHER_AGENCY}","#),
                    1,
                );
                jws(header(TYP, &agency()).to_string(), text, &agency())
            },
            malformed,
        ),
    ]);
    cases
}

fn consent_rules() -> Vec<Case> {
    let (malformed, unknown) = ("malformed", "unknown_term");
    let notice = |texts: Value| json!({"version": "2026-1", "texts": texts});
    vec![
        member(
            "no-required",
            "no required",
            "required",
            Value::Null,
            malformed,
        ),
        member(
            "no-max-duration",
            "no max_duration",
            "max_duration",
            Value::Null,
            malformed,
        ),
        member("no-notice", "no notice", "notice", Value::Null, malformed),
        member(
            "required-not-asked",
            "required, and not asked for",
            "required",
            json!(["health.conditions"]),
            malformed,
        ),
        member(
            "required-twice",
            "required twice",
            "required",
            json!(["home.address", "home.address"]),
            malformed,
        ),
        member(
            "max-duration-words",
            "a duration in words",
            "max_duration",
            json!("one year"),
            malformed,
        ),
        member(
            "notice-nothing",
            "a notice in no language",
            "notice",
            notice(json!({})),
            malformed,
        ),
        member(
            "notice-empty",
            "an empty notice",
            "notice",
            notice(json!({"en": " "})),
            malformed,
        ),
        member(
            "notice-lang",
            "a language that is not a BCP 47 tag",
            "notice",
            notice(json!({"english": "Hello", "e": "x"})),
            malformed,
        ),
        member(
            "notice-digest",
            "a digest in the place of texts",
            "notice",
            json!({"version": "1", "digest": "sha-256:AAAA", "lang": "en"}),
            malformed,
        ),
        member(
            "notice-member",
            "an unknown member of the notice",
            "notice",
            json!({"version": "1", "texts": {"en": "Hello"}, "html": true}),
            unknown,
        ),
        member(
            "consent-member",
            "an unknown member of the consent",
            "price",
            json!(5),
            unknown,
        ),
        member(
            "consent-purpose",
            "an unknown purpose",
            "purposes",
            json!(["marketing"]),
            unknown,
        ),
        member(
            "consent-path",
            "an unknown path",
            "datatypes",
            json!(["home.address", "home.value"]),
            unknown,
        ),
        member(
            "consent-action",
            "an unknown action",
            "actions",
            json!(["read", "sell"]),
            unknown,
        ),
        member(
            "consent-type",
            "another version of the consent",
            "type",
            json!("urn:assent:consent:2"),
            unknown,
        ),
        member(
            "circle-member",
            "an unknown member of the circle",
            "circle",
            json!({"id": "https://circle.example/riverton", "tier": 1, "x": 1}),
            unknown,
        ),
        member(
            "purposes-empty",
            "no purpose",
            "purposes",
            json!([]),
            malformed,
        ),
    ]
}

fn senders() -> Vec<Case> {
    let good = signed(&claims());
    let (input, _) = good.rsplit_once('.').expect("a request has dots");
    let with_header = |header: Value| jws(header.to_string(), claims().to_string(), &agency());
    let large = {
        let mut claims = claims();
        claims["x"] = json!("x".repeat(9 * 1024));
        signed(&claims)
    };
    vec![
        asked(
            "agency-unknown",
            "the registry has no such agency",
            |c| c["standing"] = json!("unknown"),
            "unknown_agency",
        ),
        asked(
            "agency-suspended",
            "the registry has suspended the agency",
            |c| c["standing"] = json!("suspended"),
            "agency_suspended",
        ),
        asked(
            "agency-key-other",
            "the agency's key is another",
            |c| c["keys"] = json!([other_agency().public().jwk()]),
            "wrong_agency_key",
        ),
        asked(
            "agency-key-none",
            "the agency has no key",
            |c| c["keys"] = json!([]),
            "wrong_agency_key",
        ),
        asked(
            "early",
            "61 seconds before iat",
            |c| c["now"] = json!(NOW - 121),
            "not_yet_valid",
        ),
        asked(
            "late",
            "60 seconds after exp",
            |c| c["now"] = json!(NOW + 3660),
            "expired",
        ),
        case(
            "signature-other",
            "a signature of another text",
            with_signature(input, agency().sign(b"another")),
            "bad_signature",
        ),
        case(
            "signature-other-key",
            "signed by another key under this one's name",
            jws(
                header(TYP, &agency()).to_string(),
                claims().to_string(),
                &other_agency(),
            ),
            "bad_signature",
        ),
        case(
            "alg-none",
            "alg none",
            with_header(json!({"typ": TYP, "alg": "none", "kid": agency().thumbprint()})),
            "unsupported_alg",
        ),
        case(
            "type-jwt",
            "typ JWT",
            with_header(json!({"typ": "JWT", "alg": "EdDSA", "kid": agency().thumbprint()})),
            "wrong_type",
        ),
        case(
            "no-kid",
            "no kid",
            with_header(json!({"typ": TYP, "alg": "EdDSA"})),
            "malformed",
        ),
        case("large", "9 KiB", large, "too_large"),
    ]
}
