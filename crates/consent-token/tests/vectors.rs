//! Runs every file of `tests/vectors` that is this crate's, and holds the files against their
//! generator: a stale, missing or stray file fails.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use consent_token::Refusal;
use consent_token::id::UnixSeconds;
use consent_token::key::{Jwk, PublicKey, Thumbprint};
use consent_token::request::UnverifiedRequest;
use consent_token::statement::UnverifiedStatement;
use consent_token::token::{self, Expectation, Standing, Terms};
use serde::Deserialize;
use serde_json::Value;

#[path = "../examples/vectors/cases.rs"]
mod cases;

/// The purposes of section 10, and as many paths of section 9 as the vectors name.
struct Known;

impl Terms for Known {
    fn knows_purpose(&self, purpose: &str) -> bool {
        ["emergency-response", "fire-safety-visit", "welfare-check"].contains(&purpose)
    }

    fn knows_path(&self, path: &str) -> bool {
        [
            "identity.name",
            "home.address",
            "home.access",
            "needs.mobility",
            "health.conditions",
        ]
        .contains(&path)
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors")
}

fn files(folder: &str) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(root().join(folder)).expect("the folder of vectors is there") {
        let path = entry.unwrap().path();
        assert_eq!(path.extension().unwrap(), "json", "{}", path.display());
        files.insert(
            path.file_stem().unwrap().to_str().unwrap().to_owned(),
            fs::read_to_string(&path).unwrap(),
        );
    }
    assert!(!files.is_empty(), "no vectors in {folder}");
    files
}

fn run<C: for<'de> Deserialize<'de>>(
    folder: &str,
    member: &str,
    check: impl Fn(&str, C) -> Result<(), Refusal>,
) {
    let mut wrong = Vec::new();
    for (name, text) in files(folder) {
        let file: Value = serde_json::from_str(&text).unwrap();
        let context = serde_json::from_value(file["context"].clone()).unwrap();
        let verdict =
            check(file[member].as_str().unwrap(), context).map_or_else(Refusal::code, |()| "ok");
        if verdict != file["expect"] {
            wrong.push(format!(
                "{folder}/{name}: {verdict}, not {}",
                file["expect"]
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TokenContext {
    now: UnixSeconds,
    audience: String,
    standing: String,
    caller_keys: Vec<Thumbprint>,
    purpose: Option<String>,
    #[serde(default)]
    datatypes: Vec<String>,
}

fn standing(text: &str) -> Standing {
    match text {
        "active" => Standing::Active,
        "suspended" => Standing::Suspended,
        "unknown" => Standing::Unknown,
        other => panic!("{other} is not a standing"),
    }
}

#[test]
fn tokens() {
    run("consent-token", "token", |token, context: TokenContext| {
        let datatypes: Vec<&str> = context.datatypes.iter().map(String::as_str).collect();
        let audience = context.audience.parse().unwrap();
        token::verify(token, &Known)?.check(&Expectation {
            now: context.now,
            audience: &audience,
            standing: standing(&context.standing),
            caller_keys: &context.caller_keys,
            purpose: context.purpose.as_deref(),
            datatypes: &datatypes,
        })
    });
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatementContext {
    key: Jwk,
}

#[test]
fn statements() {
    run(
        "statements",
        "statement",
        |statement, context: StatementContext| {
            let key = context.key.public_key().unwrap();
            UnverifiedStatement::parse(statement)?
                .verify(&key)
                .map(drop)
        },
    );
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestContext {
    now: UnixSeconds,
    standing: String,
    keys: Vec<Jwk>,
}

#[test]
fn requests() {
    run("requests", "request", |request, context: RequestContext| {
        let keys: Vec<PublicKey> = context
            .keys
            .iter()
            .map(|key| key.public_key().unwrap())
            .collect();
        let request = UnverifiedRequest::parse(request, &Known)?;
        request
            .verify(standing(&context.standing), &keys, context.now)
            .map(drop)
    });
}

#[test]
fn every_refusal_of_this_crate_has_a_vector() {
    let files = files("consent-token");
    let has = |code: &str| {
        files
            .values()
            .any(|text| text.contains(&format!("\"expect\": \"{code}\"")))
    };
    for refusal in Refusal::ALL
        .into_iter()
        .filter(|refusal| *refusal <= Refusal::DataNotCovered)
    {
        assert!(has(refusal.code()), "no vector for {refusal}");
    }
    assert!(has("ok"));
}

#[test]
fn the_files_are_those_of_the_generator() {
    let mut generated: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for case in cases::all() {
        let text = case.text();
        let before = generated
            .entry(case.folder)
            .or_default()
            .insert(case.name.clone(), text);
        assert_eq!(before, None, "two cases are called {}", case.name);
    }
    for folder in cases::FOLDERS {
        let again = "cargo run -p consent-token --example vectors";
        assert!(
            files(folder) == generated[folder],
            "{folder} is stale: {again}"
        );
    }
}
