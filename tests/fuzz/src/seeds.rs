//! Seeds: the vectors under `tests/vectors`, what they carry inside, and a few that are made here because they
//! need a log or a whole status list.

mod made;
pub(crate) mod shares;
mod vectors;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

pub use made::witness;
use vectors::{bytes, cases, hex, text};

/// The seeds of a target.
///
/// # Panics
/// Where a target has none, or a vector is not JSON: the smoke run would prove nothing.
#[must_use]
pub fn of(target: &str) -> Vec<Vec<u8>> {
    let seeds = gathered(target);
    assert!(!seeds.is_empty(), "the target {target} has no seeds");
    seeds
}

fn gathered(target: &str) -> Vec<Vec<u8>> {
    match target {
        "token" => with_payloads(text("consent-token", "token")),
        "statement" => with_payloads(text("statements", "statement")),
        "request" => with_payloads(text("requests", "request")),
        "jws" => [
            text("consent-token", "token"),
            text("statements", "statement"),
            text("requests", "request"),
        ]
        .concat(),
        "json" => payloads(&[text("consent-token", "token"), text("requests", "request")].concat()),
        "link" => made::links(&text("requests", "request")),
        "status_claims" => cases("status-list")
            .iter()
            .map(|case| bytes(&case["claims"]))
            .collect(),
        "status_list" => zlib(),
        "note" => text("log/note", "text"),
        "checkpoint" | "witness_request" => {
            made::requests_or(target, text("log/checkpoint", "text"))
        }
        "tlog_proof" => [text("log/proof", "text"), made::proofs()].concat(),
        "log_path" => text("log/path", "path"),
        "vkey" => [
            text("log/note", "log_key"),
            vec![witness().verifier_key().to_string().into_bytes()],
        ]
        .concat(),
        "entry_bundle" => cases("log/bundle").iter().filter_map(bundle).collect(),
        "vcard" | "fhir" | "wallet_json" | "import_any" => imports(target),
        "profile" => made::profiles(),
        "vault_record" => made::records(),
        "vault_row" | "vault_manifest" => made::manifests(),
        "vault_slot" => cases("vault")
            .iter()
            .filter_map(|case| hex(&case["input"]["bytes"]))
            .collect(),
        "phrase" | "passphrase" => typed(target),
        "envelope" | "handover" | "share" | "attachment" | "offer" | "rule" => shares::of(target),
        other => made::of(other),
    }
}

/// Compact JWS and, after them, their payloads, which the targets sign themselves.
fn with_payloads(compact: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let payloads = payloads(&compact);
    [compact, payloads].concat()
}

fn payloads(compact: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let payload = |jws: &Vec<u8>| {
        BASE64_URL_SAFE_NO_PAD
            .decode(jws.split(|byte| *byte == b'.').nth(1)?)
            .ok()
    };
    compact.iter().filter_map(payload).collect()
}

fn zlib() -> Vec<Vec<u8>> {
    let list = |case: &serde_json::Value| {
        let lst = BASE64_URL_SAFE_NO_PAD
            .decode(case["claims"]["status_list"]["lst"].as_str()?)
            .ok()?;
        Some([&[1], lst.as_slice()].concat())
    };
    cases("status-list").iter().filter_map(list).collect()
}

fn bundle(case: &serde_json::Value) -> Option<Vec<u8>> {
    let width = u16::try_from(case["width"].as_u64()?).ok()?;
    Some([width.to_be_bytes().as_slice(), &hex(&case["bytes"])?].concat())
}

fn imports(target: &str) -> Vec<Vec<u8>> {
    let made = match target {
        "vcard" => made::resident("gwenllian-probert.vcf"),
        "fhir" => made::resident("emrys-bowen.ips.json"),
        "wallet_json" => made::resident("mared-llwyd.wallet.json"),
        _ => Vec::new(),
    };
    let inputs = cases("imports")
        .into_iter()
        .map(|case| bytes(&case["input"]));
    inputs
        .chain([made])
        .filter(|input| !input.is_empty())
        .collect()
}

fn typed(target: &str) -> Vec<Vec<u8>> {
    let operation = if target == "phrase" {
        "read_phrase"
    } else {
        "prepare_passphrase"
    };
    let of_kind = cases("vault")
        .into_iter()
        .filter(|case| case["operation"] == operation);
    of_kind.map(|case| bytes(&case["input"]["typed"])).collect()
}
