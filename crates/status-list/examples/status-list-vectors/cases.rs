//! The cases of `tests/vectors/status-list`.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use status_list::{Bits, Encoded, Status, StatusList};

const URI: &str = "https://verifier.example/v1/status/0";
const IAT: i64 = 1_750_000_000;
const EXP: i64 = IAT + 86_400;
const NOW: i64 = IAT + 30;
/// Slots of the lists here; a verifier's lists have 2^20.
const LEN: u64 = 4_096;

/// A file name and what stands in it.
type Case = (String, Value);

/// Every case.
pub(crate) fn all() -> Vec<Case> {
    [answers(), claims_refused(), lists_refused()].concat()
}

/// Slots 1 to 4 have the statuses 0 to 3, all others 3.
fn list() -> StatusList {
    let unregistered = Status::Unregistered.value();
    let mut list = StatusList::new(Bits::Two, LEN, unregistered).expect("the value fits");
    for value in 0..=unregistered {
        list.set(u64::from(value) + 1, value)
            .expect("the list has these slots");
    }
    list
}

fn claims() -> Value {
    json!({
        "sub": URI, "iat": IAT, "exp": EXP, "ttl": 60, "status_list": Encoded::new(&list()),
    })
}

/// One question to a list: is it what it claims to be at `now`, and what does it say about `idx`?
fn case(name: &str, about: &str, claims: Value, now: i64, idx: u64, expect: Value) -> Case {
    let case = json!({
        "about": about, "uri": URI, "now": now, "len": LEN, "idx": idx, "claims": claims, "expect": expect,
    });
    (format!("{name}.json"), case)
}

fn answers() -> Vec<Case> {
    let answer = |name, about, now, idx, status: u8| {
        case(name, about, claims(), now, idx, json!({ "status": status }))
    };
    vec![
        answer("valid", "Status 0.", NOW, 1, 0),
        answer("revoked", "Status 1.", NOW, 2, 1),
        answer("suspended", "Status 2.", NOW, 3, 2),
        answer("unregistered", "Status 3.", NOW, 4, 3),
        answer("last-index", "The last index of the list.", NOW, LEN - 1, 3),
        answer(
            "last-second",
            "One second before the list expires.",
            EXP - 1,
            1,
            0,
        ),
        answer(
            "clock-behind",
            "The reader's clock is 60 seconds behind.",
            IAT - 60,
            1,
            0,
        ),
        case(
            "no-ttl",
            "A list need not say how long it may be kept.",
            without("ttl"),
            NOW,
            1,
            json!({ "status": 0 }),
        ),
        case(
            "other-claims",
            "Claims of others are ignored.",
            with("vct", "x".into()),
            NOW,
            1,
            json!({ "status": 0 }),
        ),
    ]
}

fn refusal(name: &str, about: &str, claims: Value, now: i64, why: &str) -> Case {
    case(name, about, claims, now, 1, json!({ "refused": why }))
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    claims
}

fn without(name: &str) -> Value {
    let mut claims = claims();
    if let Some(members) = claims.as_object_mut() {
        members.remove(name);
    }
    claims
}

fn claims_refused() -> Vec<Case> {
    vec![
        refusal("expired", "The second of exp.", claims(), EXP, "Expired"),
        refusal(
            "expired-long-ago",
            "A day after exp.",
            claims(),
            EXP + 86_400,
            "Expired",
        ),
        refusal(
            "from-the-future",
            "Issued 61 seconds from now.",
            claims(),
            IAT - 61,
            "NotYetIssued",
        ),
        refusal(
            "wrong-sub",
            "The list of another URI.",
            with("sub", "https://verifier.example/v1/status/1".into()),
            NOW,
            "WrongSubject",
        ),
        refusal(
            "sub-with-slash",
            "The URI with a slash at its end is another URI.",
            with("sub", format!("{URI}/").into()),
            NOW,
            "WrongSubject",
        ),
        refusal(
            "exp-before-iat",
            "The list expires when it is issued.",
            with("exp", IAT.into()),
            IAT - 1,
            "EmptyLifetime",
        ),
        refusal(
            "ttl-zero",
            "A ttl of 0.",
            with("ttl", 0.into()),
            NOW,
            "BadTimeToLive",
        ),
        refusal(
            "ttl-negative",
            "A ttl below 0.",
            with("ttl", (-60).into()),
            NOW,
            "Malformed",
        ),
        refusal("no-exp", "Without exp.", without("exp"), NOW, "Malformed"),
        refusal("no-iat", "Without iat.", without("iat"), NOW, "Malformed"),
        refusal("no-sub", "Without sub.", without("sub"), NOW, "Malformed"),
        refusal(
            "no-list",
            "Without a list.",
            without("status_list"),
            NOW,
            "Malformed",
        ),
        refusal(
            "exp-text",
            "exp is a string.",
            with("exp", "1750086400".into()),
            NOW,
            "Malformed",
        ),
        case(
            "index-out-of-range",
            "The index after the last.",
            claims(),
            NOW,
            LEN,
            json!({ "refused": "IndexOutOfRange" }),
        ),
        case(
            "index-far-out",
            "The largest index.",
            claims(),
            NOW,
            u64::MAX,
            json!({ "refused": "IndexOutOfRange" }),
        ),
    ]
}

fn with_list(bits: u8, lst: &str) -> Value {
    with("status_list", json!({ "bits": bits, "lst": lst }))
}

fn with_zlib(zlib: &[u8]) -> Value {
    with_list(2, &URL_SAFE_NO_PAD.encode(zlib))
}

fn lists_refused() -> Vec<Case> {
    let zlib = list().compress();
    let lst = Encoded::new(&list()).lst;
    let (body, checksum) = zlib.split_at(zlib.len() - 4);
    let wrong_checksum = [body, &[checksum[0] ^ 1], &checksum[1..]].concat();
    let bomb = StatusList::new(Bits::One, 8 << 23, 0)
        .expect("the value fits")
        .compress();
    let short = StatusList::new(Bits::Two, LEN - 4, 3)
        .expect("the value fits")
        .compress();
    let long = StatusList::new(Bits::Two, LEN + 4, 3)
        .expect("the value fits")
        .compress();
    let refused = |name, about, claims, why| refusal(name, about, claims, NOW, why);
    vec![
        refused(
            "bits-3",
            "3 bits a status.",
            with_list(3, &lst),
            "Malformed",
        ),
        refused(
            "bits-0",
            "0 bits a status.",
            with_list(0, &lst),
            "Malformed",
        ),
        refused(
            "bits-16",
            "16 bits a status.",
            with_list(16, &lst),
            "Malformed",
        ),
        refused(
            "bits-1",
            "1 bit a status: then the list has twice the slots.",
            with_list(1, &lst),
            "TooLarge",
        ),
        refused(
            "bomb",
            "8 MiB of zeroes in a few kilobytes.",
            with_zlib(&bomb),
            "TooLarge",
        ),
        refused(
            "one-byte-long",
            "One byte more than the list has.",
            with_zlib(&long),
            "TooLarge",
        ),
        refused(
            "one-byte-short",
            "One byte less than the list has.",
            with_zlib(&short),
            "WrongSize",
        ),
        refused(
            "cut-off",
            "The last byte is missing.",
            with_zlib(&zlib[..zlib.len() - 1]),
            "Truncated",
        ),
        refused(
            "no-checksum",
            "The checksum is missing.",
            with_zlib(body),
            "Truncated",
        ),
        refused(
            "wrong-checksum",
            "One bit of the checksum changed.",
            with_zlib(&wrong_checksum),
            "Corrupt",
        ),
        refused(
            "trailing-byte",
            "A byte follows.",
            with_zlib(&[&zlib[..], &[0]].concat()),
            "TrailingBytes",
        ),
        refused(
            "twice",
            "The list twice.",
            with_zlib(&[&zlib[..], &zlib].concat()),
            "TrailingBytes",
        ),
        refused(
            "raw-deflate",
            "Deflate without the zlib header.",
            with_zlib(&body[2..]),
            "Corrupt",
        ),
        refused("empty", "Nothing.", with_list(2, ""), "Truncated"),
        refused(
            "padding",
            "Base64url with padding.",
            with_list(2, &format!("{lst}=")),
            "NotBase64",
        ),
        refused(
            "standard-base64",
            "The other alphabet.",
            with_list(2, &format!("+/+/{lst}")),
            "NotBase64",
        ),
    ]
}
