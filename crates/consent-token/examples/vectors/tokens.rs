//! Token vectors about terms, keys, signatures, and who asks, when and for what.

use serde_json::{Value, json};

use super::Case;
use super::forge::*;

/// Who asks, in the usual case.
pub(super) fn context() -> Value {
    json!({
        "now": NOW,
        "audience": AGENCY,
        "standing": "active",
        "caller_keys": [agency().thumbprint()],
        "purpose": "emergency-response",
        "datatypes": ["home.address"]
    })
}

pub(super) fn case(name: &str, desc: &str, token: String, expect: &str) -> Case {
    Case::new(
        "consent-token",
        name,
        desc,
        "token",
        token,
        context(),
        expect,
    )
}

fn asked(name: &str, desc: &str, change: impl FnOnce(&mut Value), expect: &str) -> Case {
    let mut context = context();
    change(&mut context);
    Case::new(
        "consent-token",
        name,
        desc,
        "token",
        token(&claims()),
        context,
        expect,
    )
}

pub(super) fn cases() -> Vec<Case> {
    [good(), terms(), keys(), signatures(), askers()]
        .into_iter()
        .flatten()
        .collect()
}

fn good() -> Vec<Case> {
    let key = holder();
    let with_header = |header: Value| jws(header.to_string(), claims().to_string(), &key);
    let mut application = header("consent+jwt", &key);
    application["typ"] = json!("application/consent+jwt");
    let mut rfc9864 = header("consent+jwt", &key);
    rfc9864["alg"] = json!("Ed25519");
    let full = consent(|consent| {
        consent["recipients"] = json!([OTHER_AGENCY]);
        consent["uses"] = json!(3);
        consent["circle"] =
            json!({"id": "https://circle.example/riverton", "tier": 1, "case": jti(9)});
    });
    let open = changed(|claims| {
        claims["sub_jwk"]["use"] = json!("sig");
        claims["cnf"]["kid"] = json!("k1");
        claims["status"]["other"] = json!({"uri": "https://verifier.example/other"});
        claims["status"]["status_list"]["note"] = json!(1);
    });
    let escaped = token_of_text(claims().to_string().replace("\"aud\":", "\"\\u0061ud\":"));
    vec![
        case("ok", "a good token", token(&claims()), "ok"),
        case(
            "ok-alg-ed25519",
            "alg may be Ed25519 (RFC 9864)",
            with_header(rfc9864),
            "ok",
        ),
        case(
            "ok-typ-application",
            "typ may have application/ before it (RFC 7515)",
            with_header(application),
            "ok",
        ),
        case("ok-all-members", "every optional member", full, "ok"),
        case(
            "ok-req",
            "answers a request",
            changed(|claims| claims["req"] = json!(jti(8))),
            "ok",
        ),
        case(
            "ok-unknown-claim",
            "unknown claims are ignored",
            changed(|claims| claims["x"] = json!([{"a": 1}, {"a": 2}])),
            "ok",
        ),
        case(
            "ok-open-members",
            "unknown members of sub_jwk, cnf and status are ignored",
            open,
            "ok",
        ),
        case(
            "ok-escaped-key",
            "a key may be written with escapes, once",
            escaped,
            "ok",
        ),
        case(
            "ok-five-years",
            "exp five years of the calendar after nbf",
            changed(|claims| {
                (claims["iat"], claims["nbf"], claims["exp"]) = (
                    json!(1_799_971_200),
                    json!(1_799_971_200),
                    json!(1_957_737_600),
                );
            }),
            "ok",
        ),
    ]
}

fn terms() -> Vec<Case> {
    let circle =
        json!({"id": "https://circle.example/riverton", "tier": 1, "case": jti(9), "leader": true});
    let unsigned = format!(
        "{}AAAA",
        member("purposes", json!(["marketing"])).trim_end_matches(|c| c != '.')
    );
    vec![
        case(
            "unknown-type",
            "another version of the consent",
            member("type", json!("urn:assent:consent:2")),
            "unknown_term",
        ),
        case(
            "unknown-purpose",
            "a purpose that section 10 has not",
            member("purposes", json!(["emergency-response", "marketing"])),
            "unknown_term",
        ),
        case(
            "unknown-path",
            "a data path that section 9 has not",
            member("datatypes", json!(["home.address", "home.value"])),
            "unknown_term",
        ),
        case(
            "unknown-path-prefix",
            "a branch is not a path",
            member("datatypes", json!(["home"])),
            "unknown_term",
        ),
        case(
            "unknown-action",
            "an action that section 2 has not",
            member("actions", json!(["read", "sell"])),
            "unknown_term",
        ),
        case(
            "unknown-action-alone",
            "no known action",
            member("actions", json!(["sell"])),
            "unknown_term",
        ),
        case(
            "unknown-release",
            "a release that section 2 has not",
            member("release", json!("on_demand")),
            "unknown_term",
        ),
        case(
            "unknown-basis",
            "a legal basis from another vocabulary",
            member("basis", json!("https://example.com/basis#1")),
            "unknown_term",
        ),
        case(
            "unknown-member",
            "an unknown member of the consent",
            member("price", json!(0)),
            "unknown_term",
        ),
        case(
            "unknown-member-circle",
            "an unknown member of the circle",
            member("circle", circle),
            "unknown_term",
        ),
        case(
            "unknown-member-notice",
            "an unknown member of the notice",
            consent(|consent| consent["notice"]["url"] = json!("https://fire.riverton.example/n")),
            "unknown_term",
        ),
        case(
            "unknown-before-signature",
            "an unknown purpose, and a bad signature too",
            unsigned,
            "unknown_term",
        ),
        case(
            "malformed-before-unknown",
            "an unknown member, and none of the purposes",
            consent(|consent| {
                consent["price"] = json!(0);
                consent["purposes"] = json!([]);
            }),
            "malformed",
        ),
    ]
}

fn keys() -> Vec<Case> {
    let (own, other) = (holder(), other_holder());
    let with_kid = |kid: Value| {
        let mut header = header("consent+jwt", &own);
        header["kid"] = kid;
        jws(header.to_string(), claims().to_string(), &own)
    };
    let mut swapped = claims();
    swapped["sub_jwk"] = json!(other.public().jwk());
    let swapped = jws(
        header("consent+jwt", &own).to_string(),
        swapped.to_string(),
        &other,
    );
    let mismatch = "key_mismatch";
    vec![
        case(
            "key-kid-other",
            "kid names another key",
            with_kid(json!(other.thumbprint())),
            mismatch,
        ),
        case(
            "key-kid-word",
            "kid is not a thumbprint",
            with_kid(json!("key-1")),
            mismatch,
        ),
        case(
            "key-iss-other",
            "iss names another key",
            changed(|claims| claims["iss"] = json!(other.holder_uri())),
            mismatch,
        ),
        case(
            "key-sub-other",
            "sub names another key",
            changed(|claims| claims["sub"] = json!(other.holder_uri())),
            mismatch,
        ),
        case(
            "key-iss-sub-other",
            "iss and sub name another key",
            changed(|claims| {
                claims["iss"] = json!(other.holder_uri());
                claims["sub"] = json!(other.holder_uri());
            }),
            mismatch,
        ),
        case(
            "key-jwk-other",
            "sub_jwk is another key",
            changed(|claims| claims["sub_jwk"] = json!(other.public().jwk())),
            mismatch,
        ),
        case(
            "key-swapped",
            "sub_jwk is another key, which signed",
            swapped,
            mismatch,
        ),
        case(
            "key-kid-missing",
            "no kid",
            jws(
                r#"{"typ":"consent+jwt","alg":"EdDSA"}"#,
                claims().to_string(),
                &own,
            ),
            "malformed",
        ),
    ]
}

fn signatures() -> Vec<Case> {
    let (good, bad) = (token(&claims()), "bad_signature");
    let (input, _) = good.rsplit_once('.').expect("a token has dots");
    let first = [
        1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0,
    ];
    let (mut negative, mut above, mut second) = (first, [0xff; 32], [0xff; 32]);
    negative[31] = 0x80;
    (above[0], above[31]) = (0xee, 0x7f);
    (second[0], second[31]) = (0xec, 0x7f);
    let mut flipped = holder().sign(input.as_bytes());
    flipped[40] ^= 1;
    let with_agency_key = jws(
        header("consent+jwt", &holder()).to_string(),
        claims().to_string(),
        &agency(),
    );
    let renamed = good.replacen(
        &encode(header("consent+jwt", &holder()).to_string()),
        &encode(
            header("consent+jwt", &holder())
                .to_string()
                .replace("EdDSA", "Ed25519"),
        ),
        1,
    );
    vec![
        case(
            "signature-bit",
            "one bit of s is another",
            with_signature(input, flipped),
            bad,
        ),
        case(
            "signature-zero",
            "64 bytes of zero",
            with_signature(input, [0; 64]),
            bad,
        ),
        case(
            "signature-empty",
            "nothing after the last dot",
            with_signature(input, []),
            bad,
        ),
        case(
            "signature-short",
            "63 bytes",
            with_signature(input, [7; 63]),
            bad,
        ),
        case(
            "signature-long",
            "65 bytes",
            with_signature(input, [7; 65]),
            bad,
        ),
        case(
            "signature-other-text",
            "a good signature, of another text",
            with_signature(input, holder().sign(b"another text")),
            bad,
        ),
        case(
            "signature-other-key",
            "signed by the agency, under the holder's names",
            with_agency_key,
            bad,
        ),
        case(
            "signature-header-changed",
            "the header was changed after signing, to a form as good",
            renamed,
            bad,
        ),
        case(
            "signature-large-s",
            "s is not below the order of the group",
            with_large_s(&good),
            bad,
        ),
        case(
            "signature-small-order-r",
            "R is the neutral element; the plain equation holds",
            with_neutral_r(first),
            bad,
        ),
        case(
            "signature-non-canonical-r",
            "R is the neutral element in a second encoding",
            with_neutral_r(above),
            bad,
        ),
        case(
            "key-small-order",
            "the key is the neutral element; the plain equation holds",
            by_point(first),
            bad,
        ),
        case(
            "key-small-order-2",
            "the key is the point of order 2",
            by_point(second),
            bad,
        ),
        case(
            "key-small-order-4",
            "the key is a point of order 4",
            by_point([0; 32]),
            bad,
        ),
        case(
            "key-non-canonical",
            "the key is the neutral element in a second encoding",
            by_point(above),
            bad,
        ),
        case(
            "key-negative-zero",
            "the key is the neutral element with a sign",
            by_point(negative),
            bad,
        ),
        case(
            "key-no-point",
            "the key is no point of the curve",
            by_point([2; 32]),
            bad,
        ),
    ]
}

fn askers() -> Vec<Case> {
    let other = || json!([other_agency().thumbprint()]);
    vec![
        asked(
            "audience-other",
            "another agency shows the token",
            |c| {
                (c["audience"], c["caller_keys"]) = (json!(OTHER_AGENCY), other());
            },
            "wrong_audience",
        ),
        asked(
            "audience-slash",
            "an id is compared byte by byte",
            |c| c["audience"] = json!(format!("{AGENCY}/")),
            "wrong_audience",
        ),
        asked(
            "audience-before-expired",
            "another agency, and too late",
            |c| {
                (c["audience"], c["now"]) = (json!(OTHER_AGENCY), json!(NOW + 91 * DAY));
            },
            "wrong_audience",
        ),
        asked(
            "early-within-skew",
            "60 seconds before nbf",
            |c| c["now"] = json!(NOW - DAY - 60),
            "ok",
        ),
        asked(
            "early",
            "61 seconds before nbf",
            |c| c["now"] = json!(NOW - DAY - 61),
            "not_yet_valid",
        ),
        asked(
            "late-within-skew",
            "59 seconds after exp",
            |c| c["now"] = json!(NOW + 90 * DAY + 59),
            "ok",
        ),
        asked(
            "late",
            "60 seconds after exp",
            |c| c["now"] = json!(NOW + 90 * DAY + 60),
            "expired",
        ),
        asked(
            "late-before-unknown",
            "too late, and by an unknown agency",
            |c| {
                (c["now"], c["standing"]) = (json!(NOW + 91 * DAY), json!("unknown"));
            },
            "expired",
        ),
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
            "the caller has another key",
            |c| c["caller_keys"] = other(),
            "wrong_agency_key",
        ),
        asked(
            "agency-key-none",
            "the caller has proven no key",
            |c| c["caller_keys"] = json!([]),
            "wrong_agency_key",
        ),
        asked(
            "agency-key-successor",
            "the caller's key succeeds that of the token",
            |c| {
                c["caller_keys"] = json!([other_agency().thumbprint(), agency().thumbprint()]);
            },
            "ok",
        ),
        asked(
            "purpose-none",
            "no purpose and no data are asked for",
            |c| {
                *c = json!({"now": NOW, "audience": AGENCY, "standing": "active", "caller_keys": [agency().thumbprint()]});
            },
            "ok",
        ),
        asked(
            "purpose-other",
            "for another purpose",
            |c| c["purpose"] = json!("welfare-check"),
            "purpose_not_covered",
        ),
        asked(
            "data-other",
            "one path of two is not in the consent",
            |c| c["datatypes"] = json!(["home.address", "health.conditions"]),
            "data_not_covered",
        ),
        asked(
            "purpose-before-data",
            "another purpose and other data",
            |c| {
                (c["purpose"], c["datatypes"]) =
                    (json!("welfare-check"), json!(["health.conditions"]));
            },
            "purpose_not_covered",
        ),
    ]
}
