//! Token vectors about the shape and the rules of each claim.

use serde_json::{Value, json};

use super::Case;
use super::forge::*;
use super::tokens::case;

pub(super) fn cases() -> Vec<Case> {
    [missing(), times(), claim_rules(), consent_rules()]
        .into_iter()
        .flatten()
        .collect()
}

fn bad(name: &str, desc: &str, token: String) -> Case {
    case(&format!("malformed-{name}"), desc, token, "malformed")
}

fn missing() -> Vec<Case> {
    let without = |members: &mut Value, name: &str| {
        members
            .as_object_mut()
            .and_then(|members| members.remove(name))
    };
    let claims = [
        "iss",
        "sub",
        "sub_jwk",
        "aud",
        "jti",
        "iat",
        "nbf",
        "exp",
        "cnf",
        "status",
        "authorization_details",
    ];
    let members = [
        "type",
        "purposes",
        "datatypes",
        "actions",
        "release",
        "retention",
        "notice",
        "basis",
        "jurisdiction",
    ];
    let claims = claims.into_iter().map(|name| {
        let token = changed(|claims| drop(without(claims, name)));
        bad(&format!("no-{name}"), &format!("no {name}"), token)
    });
    let members = members.into_iter().map(|name| {
        let token = consent(|consent| drop(without(consent, name)));
        bad(
            &format!("no-consent-{name}"),
            &format!("no {name} in the consent"),
            token,
        )
    });
    claims.chain(members).collect()
}

fn times() -> Vec<Case> {
    let with = |name: &str, value: &str| {
        let mut claims = claims();
        claims[name] = json!("THE TIME");
        token_of_text(claims.to_string().replace("\"THE TIME\"", value))
    };
    vec![
        bad(
            "time-float",
            "a fraction of a second",
            with("iat", "1799913600.5"),
        ),
        bad(
            "time-whole-float",
            "a whole number, written with a fraction",
            with("exp", "1807776000.0"),
        ),
        bad(
            "time-exponent",
            "a whole number, written with an exponent",
            with("exp", "18e8"),
        ),
        bad("time-negative", "before 1970", with("iat", "-1")),
        bad(
            "time-large",
            "after the year 9999",
            with("exp", "253402300800"),
        ),
        bad(
            "time-u64",
            "more than 63 bits",
            with("exp", "18446744073709551615"),
        ),
        bad(
            "time-huge",
            "thirty digits",
            with("exp", "999999999999999999999999999999"),
        ),
        bad(
            "time-infinite",
            "beyond every floating-point number",
            with("exp", "1e999"),
        ),
        bad(
            "time-text",
            "a time in quotes",
            with("exp", "\"1807776000\""),
        ),
        bad(
            "time-nbf-before-iat",
            "nbf before iat",
            changed(|claims| claims["iat"] = json!(NOW - DAY + 1)),
        ),
        bad(
            "time-exp-at-nbf",
            "exp at nbf",
            changed(|claims| claims["exp"] = json!(NOW - DAY)),
        ),
        bad(
            "time-exp-before-nbf",
            "exp before nbf",
            changed(|claims| claims["exp"] = json!(NOW - 2 * DAY)),
        ),
        bad(
            "time-five-years",
            "exp five years and a second after nbf",
            changed(|claims| {
                (claims["iat"], claims["nbf"], claims["exp"]) = (
                    json!(1_799_971_200),
                    json!(1_799_971_200),
                    json!(1_957_737_601),
                );
            }),
        ),
    ]
}

fn claim_rules() -> Vec<Case> {
    let with = |pointer: &str, value: Value| {
        changed(|claims| *claims.pointer_mut(pointer).expect("a known member") = value)
    };
    let own = holder();
    let aud = |url: &str| with("/aud", json!(url));
    vec![
        bad(
            "aud-array",
            "aud is an array",
            with("/aud", json!([AGENCY])),
        ),
        bad(
            "aud-http",
            "aud is not https",
            aud("http://fire.riverton.example"),
        ),
        bad(
            "aud-query",
            "aud has a query",
            aud("https://fire.riverton.example?a=1"),
        ),
        bad(
            "aud-fragment",
            "aud has a fragment",
            aud("https://fire.riverton.example#a"),
        ),
        bad(
            "aud-user",
            "aud has a user",
            aud("https://a@fire.riverton.example"),
        ),
        bad(
            "aud-case",
            "aud is not in normal form",
            aud("https://FIRE.riverton.example"),
        ),
        bad(
            "iss-sha512",
            "iss by another hash",
            with(
                "/iss",
                json!(own.holder_uri().to_string().replace("sha-256", "sha-512")),
            ),
        ),
        bad(
            "iss-url",
            "iss is a URL",
            with("/iss", json!("https://holder.example")),
        ),
        bad(
            "jti-short",
            "jti of 15 bytes",
            with("/jti", json!(encode([1; 15]))),
        ),
        bad(
            "jti-stray-bits",
            "jti with bits that stand for nothing",
            with("/jti", json!("AQEBAQEBAQEBAQEBAQEBAR")),
        ),
        bad(
            "req-null",
            "req is null",
            changed(|claims| claims["req"] = Value::Null),
        ),
        bad(
            "jwk-private",
            "sub_jwk has the private key",
            changed(|claims| claims["sub_jwk"]["d"] = json!(encode([1; 32]))),
        ),
        bad(
            "jwk-x25519",
            "sub_jwk is for key agreement",
            with("/sub_jwk/crv", json!("X25519")),
        ),
        bad(
            "jwk-kty",
            "sub_jwk is of another type",
            with("/sub_jwk/kty", json!("EC")),
        ),
        bad(
            "jwk-short",
            "x of 31 bytes",
            with("/sub_jwk/x", json!(encode([1; 31]))),
        ),
        bad(
            "jwk-array",
            "sub_jwk is an array",
            with(
                "/sub_jwk",
                json!(["OKP", "Ed25519", encode(own.public().as_bytes())]),
            ),
        ),
        bad(
            "cnf-array",
            "cnf is an array",
            with("/cnf", json!([agency().thumbprint()])),
        ),
        bad(
            "cnf-jkt-short",
            "jkt of 31 bytes",
            with("/cnf/jkt", json!(encode([1; 31]))),
        ),
        bad(
            "status-negative",
            "a negative index",
            with("/status/status_list/idx", json!(-1)),
        ),
        bad(
            "status-float",
            "an index with a fraction",
            with("/status/status_list/idx", json!(1.5)),
        ),
        bad(
            "status-http",
            "a status list over plain HTTP",
            with(
                "/status/status_list/uri",
                json!("http://verifier.example/v1/status/0"),
            ),
        ),
        bad(
            "status-file",
            "a status list in a file",
            with("/status/status_list/uri", json!("file:///v1/status/0")),
        ),
        bad(
            "no-details",
            "no consent",
            with("/authorization_details", json!([])),
        ),
        bad(
            "two-details",
            "two consents",
            changed(|claims| {
                let one = claims["authorization_details"][0].clone();
                claims["authorization_details"] = json!([one, one]);
            }),
        ),
        bad(
            "details-object",
            "a consent without its array",
            changed(|claims| {
                claims["authorization_details"] = claims["authorization_details"][0].clone()
            }),
        ),
        bad(
            "details-array",
            "the members of a consent in an array",
            with(
                "/authorization_details/0",
                json!(["urn:assent:consent:1", ["welfare-check"]]),
            ),
        ),
    ]
}

fn consent_rules() -> Vec<Case> {
    let lists = ["purposes", "datatypes", "actions"]
        .into_iter()
        .flat_map(|name| {
            let first = claims()
                .pointer(&format!("/authorization_details/0/{name}/0"))
                .cloned();
            [
                bad(
                    &format!("{name}-empty"),
                    &format!("{name} is empty"),
                    member(name, json!([])),
                ),
                bad(
                    &format!("{name}-twice"),
                    &format!("one of the {name} twice"),
                    member(name, json!([first, first])),
                ),
                bad(
                    &format!("{name}-text"),
                    &format!("{name} is a text"),
                    member(name, json!(first)),
                ),
                bad(
                    &format!("{name}-number"),
                    &format!("a number among the {name}"),
                    member(name, json!([first, 1])),
                ),
            ]
        });
    let circle = |circle: Value| member("circle", circle);
    let notice = |name: &str, value: Value| consent(|consent| consent["notice"][name] = value);
    let digest = claims()
        .pointer("/authorization_details/0/notice/digest")
        .and_then(Value::as_str)
        .map(str::to_owned)
        .unwrap_or_default();
    let others = [
        bad(
            "action-object",
            "an action is an object",
            member("actions", json!([{"read": null}])),
        ),
        bad(
            "unknown-twice",
            "an unknown action twice",
            member("actions", json!(["sell", "sell"])),
        ),
        bad(
            "release-object",
            "release is an object",
            member("release", json!({"on_grant": null})),
        ),
        bad(
            "retention-words",
            "a duration in words",
            member("retention", json!("30 days")),
        ),
        bad(
            "retention-zero",
            "a duration of nothing",
            member("retention", json!("P0D")),
        ),
        bad(
            "retention-negative",
            "a negative duration",
            member("retention", json!("-P1D")),
        ),
        bad(
            "retention-number",
            "a duration in seconds",
            member("retention", json!(86_400)),
        ),
        bad(
            "recipients-empty",
            "recipients is empty",
            member("recipients", json!([])),
        ),
        bad(
            "recipients-twice",
            "a recipient twice",
            member("recipients", json!([OTHER_AGENCY, OTHER_AGENCY])),
        ),
        bad(
            "recipients-name",
            "a recipient by name",
            member("recipients", json!(["Riverton Care"])),
        ),
        bad(
            "recipients-null",
            "recipients is null",
            member("recipients", Value::Null),
        ),
        bad("uses-zero", "no use", member("uses", json!(0))),
        bad(
            "uses-negative",
            "fewer uses than none",
            member("uses", json!(-1)),
        ),
        bad("uses-half", "half a use", member("uses", json!(0.5))),
        bad(
            "circle-no-case",
            "a circle without its case",
            circle(json!({"id": "https://circle.example/riverton", "tier": 1})),
        ),
        bad(
            "circle-no-id",
            "a circle with an empty id",
            circle(json!({"id": "", "tier": 1, "case": jti(9)})),
        ),
        bad(
            "circle-tier",
            "a tier above 255",
            circle(json!({"id": "https://circle.example/riverton", "tier": 256, "case": jti(9)})),
        ),
        bad(
            "circle-array",
            "a circle as an array",
            circle(json!(["https://circle.example/riverton", 1, jti(9)])),
        ),
        bad(
            "notice-prefix",
            "a digest as log entries have it",
            notice("digest", json!(digest.replace("sha-256:", "sha256:"))),
        ),
        bad(
            "notice-bare",
            "a digest without its prefix",
            notice("digest", json!(digest.replace("sha-256:", ""))),
        ),
        bad(
            "notice-lang",
            "a language that is not a BCP 47 tag",
            notice("lang", json!("en_GB")),
        ),
        bad(
            "notice-version",
            "an empty version",
            notice("version", json!("")),
        ),
        bad(
            "basis-number",
            "a basis that is no text",
            member("basis", json!(9)),
        ),
        bad(
            "jurisdiction-case",
            "a country in small letters",
            member("jurisdiction", json!("gb")),
        ),
        bad(
            "jurisdiction-name",
            "a country by name",
            member("jurisdiction", json!("Wales")),
        ),
    ];
    lists.chain(others).collect()
}
