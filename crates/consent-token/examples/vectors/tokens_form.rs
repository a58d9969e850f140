//! Token vectors about form: size, base64url, JSON, algorithms and types.

use serde_json::{Value, json};

use super::Case;
use super::forge::*;
use super::tokens::case;

pub(super) fn cases() -> Vec<Case> {
    [sizes(), parts(), headers(), types(), texts()]
        .into_iter()
        .flatten()
        .collect()
}

fn bad(name: &str, desc: &str, token: String) -> Case {
    case(&format!("malformed-{name}"), desc, token, "malformed")
}

fn sizes() -> Vec<Case> {
    let padded = |length: usize| changed(|claims| claims["x"] = json!("x".repeat(length)));
    let most = (0..5200)
        .rev()
        .find(|length| padded(*length).len() <= 8192)
        .expect("a short one fits");
    vec![
        case("ok-largest", "as large as it may be", padded(most), "ok"),
        case(
            "too-large",
            "one byte more of payload",
            padded(most + 1),
            "too_large",
        ),
        case("too-large-9k", "9 KiB", padded(6200), "too_large"),
        case(
            "too-large-not-a-token",
            "9 KiB of nothing",
            "x".repeat(9 * 1024),
            "too_large",
        ),
    ]
}

fn parts() -> Vec<Case> {
    let good = token(&claims());
    let [header, payload, signature]: [&str; 3] = good
        .split('.')
        .collect::<Vec<_>>()
        .try_into()
        .expect("three parts");
    let stray = format!(
        "{}{}",
        good.get(..good.len() - 1).expect("ASCII"),
        if good.ends_with('A') {
            'B'
        } else {
            char::from(good.as_bytes().last().expect("not empty") + 1)
        }
    );
    vec![
        bad("empty", "nothing", String::new()),
        bad("dots", "two dots and nothing else", "..".into()),
        bad("one-part", "a header alone", header.into()),
        bad("two-parts", "no signature", format!("{header}.{payload}")),
        bad("trailing-dot", "a dot at the end", format!("{good}.")),
        bad(
            "five-parts",
            "five parts, as a JWE has",
            format!("{header}.{payload}.{signature}.{payload}.{signature}"),
        ),
        bad(
            "padding-payload",
            "padding after the payload",
            format!("{header}.{payload}=.{signature}"),
        ),
        bad(
            "padding-signature",
            "padding after the signature",
            format!("{good}=="),
        ),
        bad("newline", "a line end after the token", format!("{good}\n")),
        bad("space", "a space before the token", format!(" {good}")),
        bad(
            "alphabet",
            "the alphabet of plain base64",
            format!(
                "{header}.{payload}.{}+/",
                signature.get(2..).expect("ASCII")
            ),
        ),
        bad(
            "stray-bits",
            "bits in the last character that stand for nothing",
            stray,
        ),
        bad(
            "not-ascii",
            "a letter outside ASCII",
            format!("{header}.{payload}é.{signature}"),
        ),
        bad(
            "json-form",
            "the JSON form of a JWS",
            json!({"protected": header, "payload": payload, "signature": signature}).to_string(),
        ),
    ]
}

fn headers() -> Vec<Case> {
    let own = holder();
    let kid = own.thumbprint();
    let with = |header: String| jws(header, claims().to_string(), &own);
    vec![
        bad(
            "header-not-json",
            "the header is not JSON",
            with("typ".into()),
        ),
        bad(
            "header-array",
            "the header is an array",
            with(format!(r#"["EdDSA","consent+jwt","{kid}"]"#)),
        ),
        bad(
            "header-bom",
            "a byte order mark before the header",
            with(format!("\u{feff}{}", header("consent+jwt", &own))),
        ),
        bad(
            "header-trailing",
            "something after the header",
            with(format!("{}{{}}", header("consent+jwt", &own))),
        ),
        bad(
            "header-no-alg",
            "no alg",
            with(format!(r#"{{"typ":"consent+jwt","kid":"{kid}"}}"#)),
        ),
        bad(
            "header-alg-number",
            "alg is a number",
            with(format!(r#"{{"typ":"consent+jwt","alg":1,"kid":"{kid}"}}"#)),
        ),
        bad(
            "header-kid-number",
            "kid is a number",
            with(r#"{"typ":"consent+jwt","alg":"EdDSA","kid":1}"#.into()),
        ),
        bad(
            "header-typ-null",
            "typ is null",
            with(format!(r#"{{"typ":null,"alg":"EdDSA","kid":"{kid}"}}"#)),
        ),
        bad(
            "header-alg-twice",
            "alg twice, the second one good",
            with(format!(
                r#"{{"alg":"none","typ":"consent+jwt","alg":"EdDSA","kid":"{kid}"}}"#
            )),
        ),
        bad(
            "header-alg-twice-escaped",
            "alg twice, once with an escape",
            with(format!(
                r#"{{"\u0061lg":"none","typ":"consent+jwt","alg":"EdDSA","kid":"{kid}"}}"#
            )),
        ),
        bad(
            "header-twice-unknown",
            "an unknown member twice",
            with(format!(
                r#"{{"x":1,"x":1,"typ":"consent+jwt","alg":"EdDSA","kid":"{kid}"}}"#
            )),
        ),
        bad(
            "header-crit",
            "a critical extension",
            with(format!(
                r#"{{"crit":["exp"],"exp":1,"typ":"consent+jwt","alg":"EdDSA","kid":"{kid}"}}"#
            )),
        ),
        bad(
            "header-crit-b64",
            "an unencoded payload (RFC 7797)",
            with(format!(
                r#"{{"crit":["b64"],"b64":false,"typ":"consent+jwt","alg":"EdDSA","kid":"{kid}"}}"#
            )),
        ),
        case(
            "ok-header-unknown",
            "an unknown member that is not critical",
            with(format!(
                r#"{{"x":[1],"typ":"consent+jwt","alg":"EdDSA","kid":"{kid}"}}"#
            )),
            "ok",
        ),
    ]
}

fn types() -> Vec<Case> {
    let own = holder();
    let with_alg = |alg: &str, signature: &[u8]| {
        let header = json!({"typ": "consent+jwt", "alg": alg, "kid": own.thumbprint()});
        with_signature(&input(header.to_string(), claims().to_string()), signature)
    };
    let of_type = |typ: Value| {
        let header = json!({"typ": typ, "alg": "EdDSA", "kid": own.thumbprint()});
        jws(header.to_string(), claims().to_string(), &own)
    };
    let statement = json!({"iss": own.holder_uri(), "jti": jti(5), "iat": NOW, "grant": jti(1), "seq": 1, "act": "revoke"});
    let alg = "unsupported_alg";
    let no_typ = format!(r#"{{"alg":"EdDSA","kid":"{}"}}"#, own.thumbprint());
    vec![
        case(
            "alg-none",
            "alg none, without a signature",
            with_alg("none", &[]),
            alg,
        ),
        case(
            "alg-none-signed",
            "alg none, with a good signature",
            {
                let header = json!({"typ": "consent+jwt", "alg": "none", "kid": own.thumbprint()});
                jws(header.to_string(), claims().to_string(), &own)
            },
            alg,
        ),
        case("alg-none-case", "alg NonE", with_alg("NonE", &[]), alg),
        case(
            "alg-hs256",
            "alg HS256, with a MAC-sized signature",
            with_alg("HS256", &[7; 32]),
            alg,
        ),
        case("alg-es256", "alg ES256", with_alg("ES256", &[7; 64]), alg),
        case("alg-rs256", "alg RS256", with_alg("RS256", &[7; 256]), alg),
        case("alg-ed448", "alg Ed448", with_alg("Ed448", &[7; 114]), alg),
        case(
            "alg-case",
            "alg is compared letter by letter",
            with_alg("eddsa", &[7; 64]),
            alg,
        ),
        case("alg-empty", "alg is empty", with_alg("", &[7; 64]), alg),
        bad(
            "before-alg",
            "a repeated claim, and alg none",
            with_signature(&input(r#"{"alg":"none"}"#, r#"{"a":1,"a":1}"#), []),
        ),
        case("type-jwt", "typ JWT", of_type(json!("JWT")), "wrong_type"),
        case(
            "type-empty",
            "typ is empty",
            of_type(json!("")),
            "wrong_type",
        ),
        case(
            "type-missing",
            "no typ",
            jws(no_typ, claims().to_string(), &own),
            "wrong_type",
        ),
        case(
            "type-statement",
            "a statement in the place of a token",
            jws(
                header("consent-statement+jwt", &own).to_string(),
                statement.to_string(),
                &own,
            ),
            "wrong_type",
        ),
        case(
            "type-status-list",
            "a status list in the place of a token",
            jws(
                header("statuslist+jwt", &own).to_string(),
                r#"{"sub":"https://verifier.example/v1/status/0"}"#,
                &own,
            ),
            "wrong_type",
        ),
        bad(
            "before-type",
            "typ JWT, and a payload that is not JSON",
            jws(header("JWT", &own).to_string(), "hello", &own),
        ),
    ]
}

fn texts() -> Vec<Case> {
    let good = claims().to_string();
    let inside = |text: &str| token_of_text(good.replacen('{', &format!("{{{text},"), 1));
    let replaced = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        token_of_text(good.replacen(from, to, 1))
    };
    let nested = |depth: usize| {
        inside(&format!(
            r#""x":{}{}"#,
            "[".repeat(depth),
            "]".repeat(depth)
        ))
    };
    vec![
        bad("payload-empty", "an empty payload", token_of_text("")),
        bad(
            "payload-array",
            "an array of claims",
            token_of_text(format!("[{good}]")),
        ),
        bad("payload-null", "null", token_of_text("null")),
        bad(
            "payload-bom",
            "a byte order mark before the claims",
            token_of_text(format!("\u{feff}{good}")),
        ),
        bad(
            "payload-trailing",
            "something after the claims",
            token_of_text(format!("{good}{{}}")),
        ),
        bad("payload-comma", "a comma too many", inside("")),
        bad(
            "payload-utf8",
            "not UTF-8",
            token_of_text(
                [
                    b"{\"x\":\"\xff\",".as_slice(),
                    good.trim_start_matches('{').as_bytes(),
                ]
                .concat(),
            ),
        ),
        bad(
            "payload-surrogate",
            "half a surrogate pair",
            inside(r#""x":"\ud800""#),
        ),
        bad(
            "payload-number",
            "a number with a leading zero",
            inside(r#""x":01"#),
        ),
        bad("payload-nan", "not a number", inside(r#""x":NaN"#)),
        bad(
            "twice-claim",
            "aud twice, the same",
            inside(&format!(r#""aud":"{AGENCY}""#)),
        ),
        bad(
            "twice-claim-escaped",
            "aud twice, once with an escape",
            inside(&format!(r#""\u0061ud":"{AGENCY}""#)),
        ),
        bad(
            "twice-unknown",
            "an unknown claim twice",
            inside(r#""x":1,"x":2"#),
        ),
        bad(
            "twice-unknown-escaped",
            "an unknown claim twice, once with an escape",
            inside(r#""a":1,"\u0061":2"#),
        ),
        bad(
            "twice-unknown-deep",
            "a repeated key deep in an unknown claim",
            inside(r#""x":[{"y":{"a":1,"b":{},"a":1}}]"#),
        ),
        bad(
            "twice-consent",
            "purposes twice",
            replaced(
                r#""purposes":"#,
                r#""purposes":["welfare-check"],"purposes":"#,
            ),
        ),
        bad(
            "twice-consent-escaped",
            "actions twice, once with an escape",
            replaced(r#""actions":"#, r#""\u0061ctions":["read"],"actions":"#),
        ),
        bad(
            "twice-notice",
            "lang twice",
            replaced(r#""lang":"#, r#""lang":"cy","lang":"#),
        ),
        bad(
            "twice-jwk",
            "x twice",
            replaced(r#""x":"#, r#""x":"AAAA","x":"#),
        ),
        bad(
            "twice-jkt",
            "jkt twice",
            replaced(r#""jkt":"#, r#""jkt":"AAAA","jkt":"#),
        ),
        bad(
            "twice-status",
            "idx twice",
            replaced(r#""idx":"#, r#""idx":1,"idx":"#),
        ),
        bad("deep", "nested 17 levels deep", nested(16)),
        bad("deep-4000", "nested 2,000 levels deep", nested(2000)),
        case("ok-deep", "nested 16 levels deep", nested(15), "ok"),
    ]
}
