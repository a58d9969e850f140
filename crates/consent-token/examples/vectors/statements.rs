//! Statement vectors: each act, and each way to get it wrong.

use serde_json::{Value, json};

use super::Case;
use super::forge::*;
use consent_token::key::SigningKey;

const HOLDER: &str = "consent-statement+jwt";
const AGENCY_TYP: &str = "agency-statement+jwt";

fn case(name: &str, desc: &str, statement: String, key: &SigningKey, expect: &str) -> Case {
    Case::new(
        "statements",
        name,
        desc,
        "statement",
        statement,
        json!({"key": key.public().jwk()}),
        expect,
    )
}

/// A holder's statement: the members of the act beside the common ones; `null` takes one away.
fn by_holder(act: Value) -> String {
    let key = holder();
    let common =
        json!({"iss": key.holder_uri(), "jti": jti(5), "iat": NOW, "grant": jti(1), "seq": 7});
    jws(
        header(HOLDER, &key).to_string(),
        merged(common, act).to_string(),
        &key,
    )
}

fn by_agency(act: Value) -> String {
    let key = agency();
    let common = json!({"iss": AGENCY, "jti": jti(6), "iat": NOW, "grant": jti(1)});
    jws(
        header(AGENCY_TYP, &key).to_string(),
        merged(common, act).to_string(),
        &key,
    )
}

fn merged(mut common: Value, act: Value) -> Value {
    if let (Value::Object(members), Value::Object(act)) = (&mut common, act) {
        members.extend(act);
        members.retain(|_, value| !value.is_null());
    }
    common
}

fn holders(name: &str, desc: &str, act: Value, expect: &str) -> Case {
    case(name, desc, by_holder(act), &holder(), expect)
}

fn agencies(name: &str, desc: &str, act: Value, expect: &str) -> Case {
    case(name, desc, by_agency(act), &agency(), expect)
}

pub(super) fn cases() -> Vec<Case> {
    [
        good_by_holder(),
        good_by_agency(),
        bad_by_holder(),
        bad_by_agency(),
        forged(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn digest() -> String {
    consent_token::id::Digest::of(b"ciphertext")
        .in_jwt()
        .to_string()
}

fn open() -> Value {
    json!({"act": "open", "incident": "urn:emergency:uid:incidentid:1:riverton.example", "actor": "a-17", "position": "desk-3", "reason": "structure-fire", "basis": "https://w3id.org/dpv/legal/eu/gdpr#A6-1-d"})
}

fn good_by_holder() -> Vec<Case> {
    vec![
        holders("ok-revoke", "revoke", json!({"act": "revoke"}), "ok"),
        holders(
            "ok-revoke-reason",
            "revoke, with a reason",
            json!({"act": "revoke", "reason": "I have moved."}),
            "ok",
        ),
        holders("ok-suspend", "suspend", json!({"act": "suspend"}), "ok"),
        holders("ok-resume", "resume", json!({"act": "resume"}), "ok"),
        holders(
            "ok-share",
            "share",
            json!({"act": "share", "digest": digest(), "size": 4096, "revision": 2}),
            "ok",
        ),
        holders(
            "ok-erase-request",
            "erase-request",
            json!({"act": "erase-request"}),
            "ok",
        ),
        holders(
            "ok-decline",
            "decline, of a request",
            json!({"act": "decline", "grant": null, "seq": null, "req": jti(8)}),
            "ok",
        ),
        holders(
            "ok-decline-seq",
            "decline, with a seq",
            json!({"act": "decline", "grant": null, "req": jti(8)}),
            "ok",
        ),
    ]
}

fn good_by_agency() -> Vec<Case> {
    vec![
        agencies(
            "ok-access",
            "access",
            json!({"act": "access", "actor": "a-17", "reason": "call 4711", "datatypes": ["home.address"]}),
            "ok",
        ),
        agencies("ok-open", "open", open(), "ok"),
        agencies(
            "ok-forward",
            "forward",
            json!({"act": "forward", "to": OTHER_AGENCY, "actor": "a-17", "reason": "transfer", "datatypes": ["home.address"]}),
            "ok",
        ),
        agencies(
            "ok-review",
            "review",
            json!({"act": "review", "of": jti(6), "actor": "a-2", "finding": "justified"}),
            "ok",
        ),
        agencies(
            "ok-acknowledged",
            "acknowledged",
            json!({"act": "acknowledged", "of": jti(5)}),
            "ok",
        ),
        agencies(
            "ok-erased",
            "erased",
            json!({"act": "erased", "method": "deleted, with backups"}),
            "ok",
        ),
    ]
}

fn bad_by_holder() -> Vec<Case> {
    let (malformed, unknown) = ("malformed", "unknown_term");
    let share =
        |size: Value| json!({"act": "share", "digest": digest(), "size": size, "revision": 2});
    vec![
        holders(
            "holder-no-seq",
            "no seq",
            json!({"act": "suspend", "seq": null}),
            malformed,
        ),
        holders(
            "holder-seq-negative",
            "a negative seq",
            json!({"act": "suspend", "seq": -1}),
            malformed,
        ),
        holders(
            "holder-seq-float",
            "a seq with a fraction",
            json!({"act": "suspend", "seq": 1.5}),
            malformed,
        ),
        holders(
            "holder-no-grant",
            "no grant",
            json!({"act": "revoke", "grant": null}),
            malformed,
        ),
        holders("holder-no-act", "no act", json!({}), malformed),
        holders(
            "holder-act-number",
            "the act is a number",
            json!({"act": 1}),
            malformed,
        ),
        holders(
            "holder-act-unknown",
            "an unknown act",
            json!({"act": "widen"}),
            unknown,
        ),
        holders(
            "holder-act-case",
            "an act in capitals",
            json!({"act": "REVOKE"}),
            unknown,
        ),
        holders(
            "holder-act-of-agency",
            "an agency's act by a holder",
            json!({"act": "erased", "method": "deleted"}),
            unknown,
        ),
        holders(
            "holder-member-unknown",
            "an unknown member",
            json!({"act": "revoke", "x": 1}),
            unknown,
        ),
        holders(
            "holder-member-of-other-act",
            "a reason to resume",
            json!({"act": "resume", "reason": "why not"}),
            unknown,
        ),
        holders(
            "holder-reason-empty",
            "an empty reason",
            json!({"act": "revoke", "reason": " "}),
            malformed,
        ),
        holders(
            "share-no-digest",
            "a share without its digest",
            json!({"act": "share", "size": 1, "revision": 2}),
            malformed,
        ),
        holders(
            "share-size-text",
            "a size in words",
            share(json!("large")),
            malformed,
        ),
        holders(
            "share-digest-of-log",
            "a digest as log entries have it",
            json!({"act": "share", "digest": digest().replace("sha-256", "sha256"), "size": 1, "revision": 2}),
            malformed,
        ),
        holders(
            "decline-no-req",
            "a decline of nothing",
            json!({"act": "decline", "grant": null}),
            malformed,
        ),
        holders(
            "decline-grant",
            "a decline of a grant",
            json!({"act": "decline", "req": jti(8)}),
            unknown,
        ),
        holders(
            "holder-iss-url",
            "a holder with an agency's name",
            json!({"act": "revoke", "iss": AGENCY}),
            malformed,
        ),
        holders(
            "holder-iss-other",
            "a holder with another's name",
            json!({"act": "revoke", "iss": other_holder().holder_uri()}),
            "key_mismatch",
        ),
    ]
}

fn bad_by_agency() -> Vec<Case> {
    let (malformed, unknown) = ("malformed", "unknown_term");
    let access = |datatypes: Value| json!({"act": "access", "actor": "a-17", "reason": "call 4711", "datatypes": datatypes});
    vec![
        agencies(
            "access-nothing",
            "access to nothing",
            access(json!([])),
            malformed,
        ),
        agencies(
            "access-twice",
            "access to the same twice",
            access(json!(["home.address", "home.address"])),
            malformed,
        ),
        agencies(
            "forward-to-nobody",
            "forward without to",
            json!({"act": "forward", "actor": "a-17", "reason": "transfer", "datatypes": ["home.address"]}),
            "malformed",
        ),
        agencies(
            "forward-to-a-name",
            "forward to what is no agency id",
            json!({"act": "forward", "to": "Riverton Care", "actor": "a-17", "reason": "transfer", "datatypes": ["home.address"]}),
            "malformed",
        ),
        agencies(
            "access-no-reason",
            "access without a reason",
            json!({"act": "access", "actor": "a-17", "datatypes": ["home.address"]}),
            malformed,
        ),
        agencies(
            "open-no-incident",
            "open without an incident",
            merged(open(), json!({"incident": null})),
            malformed,
        ),
        agencies(
            "open-no-basis",
            "open without a legal basis",
            merged(open(), json!({"basis": null})),
            malformed,
        ),
        agencies(
            "open-basis-unknown",
            "open on a basis from another vocabulary",
            merged(open(), json!({"basis": "because"})),
            unknown,
        ),
        agencies(
            "review-finding-unknown",
            "a finding that section 4 has not",
            json!({"act": "review", "of": jti(6), "actor": "a-2", "finding": "fine"}),
            unknown,
        ),
        agencies(
            "review-no-of",
            "a review of nothing",
            json!({"act": "review", "actor": "a-2", "finding": "justified"}),
            malformed,
        ),
        agencies(
            "agency-seq",
            "a seq, which only holders have",
            json!({"act": "acknowledged", "of": jti(5), "seq": 1}),
            unknown,
        ),
        agencies(
            "agency-act-of-holder",
            "a holder's act by an agency",
            json!({"act": "revoke"}),
            unknown,
        ),
        agencies(
            "agency-iss-holder",
            "an agency with a holder's name",
            json!({"act": "acknowledged", "of": jti(5), "iss": holder().holder_uri()}),
            malformed,
        ),
        agencies(
            "agency-no-grant",
            "no grant",
            json!({"act": "acknowledged", "of": jti(5), "grant": null}),
            malformed,
        ),
    ]
}

fn forged() -> Vec<Case> {
    let good = by_holder(json!({"act": "revoke"}));
    let (input, _) = good.rsplit_once('.').expect("a statement has dots");
    let own = holder();
    let text = json!({"iss": own.holder_uri(), "jti": jti(5), "iat": NOW, "grant": jti(1), "seq": 7, "act": "revoke"}).to_string();
    let with_header = |header: Value| jws(header.to_string(), &text, &own);
    let none = json!({"typ": HOLDER, "alg": "none", "kid": own.thumbprint()});
    let twice = text.replacen('{', r#"{"act":"suspend","#, 1);
    vec![
        case(
            "forged-other-key",
            "another holder's key is expected",
            good.clone(),
            &other_holder(),
            "key_mismatch",
        ),
        case(
            "forged-signature",
            "a signature of another text",
            with_signature(input, own.sign(b"another")),
            &own,
            "bad_signature",
        ),
        case(
            "forged-large-s",
            "s is not below the order of the group",
            with_large_s(&good),
            &own,
            "bad_signature",
        ),
        case(
            "forged-none",
            "alg none",
            with_header(none),
            &own,
            "unsupported_alg",
        ),
        case(
            "forged-token",
            "a token in the place of a statement",
            token(&claims()),
            &own,
            "wrong_type",
        ),
        case(
            "forged-typ",
            "no typ",
            with_header(json!({"alg": "EdDSA", "kid": own.thumbprint()})),
            &own,
            "wrong_type",
        ),
        case(
            "forged-no-kid",
            "no kid",
            with_header(json!({"alg": "EdDSA", "typ": HOLDER})),
            &own,
            "malformed",
        ),
        case(
            "forged-act-twice",
            "two acts",
            jws(header(HOLDER, &own).to_string(), twice, &own),
            &own,
            "malformed",
        ),
        case(
            "forged-large",
            "9 KiB",
            by_holder(json!({"act": "revoke", "reason": "x".repeat(9 * 1024)})),
            &own,
            "too_large",
        ),
    ]
}
