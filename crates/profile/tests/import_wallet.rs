//! Wallet JSON in its forms, and the data of the sample county.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod common;

use common::{assert_accounted, field, reasons};
use profile::import::{self, Format, ImportError, Reason};
use profile::{Path, Profile, Tier, paths, purpose};
use serde_json::{Value, json};

#[test]
fn the_three_forms_mean_the_same() {
    let forms = [
        json!({"assent_profile": 1, "fields": {"identity.name": "Carys", "needs.sight": ["08"]}}),
        json!({"fields": {"identity": {"name": {"text": "Carys"}}, "needs.sight": [{"code": "8"}]}}),
        json!({"identity": {"name": "Carys"}, "needs": {"sight": "08"}}),
    ];
    for form in forms {
        let bytes = form.to_string();
        assert_eq!(
            import::detect(bytes.as_bytes()),
            Ok(Format::WalletJson),
            "{form}"
        );
        let found = import::any(bytes.as_bytes()).unwrap();
        assert_accounted(&found);
        assert_eq!(
            field(&found, "identity.name"),
            json!({"text": "Carys"}),
            "{form}"
        );
        assert_eq!(
            field(&found, "needs.sight"),
            json!([{"code": "08"}]),
            "{form}"
        );
    }
}

#[test]
fn unknown_and_wrong_members_are_listed() {
    let found = import::wallet_json(br#"{"fields": {"identity.name": "Carys", "identity.nose": 1, "home": {"pets": 7}, "contact.email": "none"}, "theme": "dark"}"#).unwrap();
    assert_accounted(&found);
    assert_eq!(found.fields.len(), 1);
    assert_eq!(reasons(&found, "identity.nose"), [Reason::NoPlace]);
    assert_eq!(reasons(&found, "home.pets"), [Reason::NotUnderstood]);
    assert_eq!(reasons(&found, "theme"), [Reason::NoPlace]);
    let odd = import::wallet_json(br#"{"assent_profile": "one", "fields": {}}"#).unwrap();
    assert_eq!(reasons(&odd, "assent_profile"), [Reason::NotUnderstood]);
    assert!(
        found
            .unmapped
            .iter()
            .any(|part| part.location == "contact.email" && part.what.contains("Allowed: "))
    );
    assert_eq!(
        import::wallet_json(br#"{"assent_profile": 2}"#).unwrap_err(),
        ImportError::NewerVersion(2)
    );
    assert_eq!(
        import::wallet_json(b"[]").unwrap_err(),
        ImportError::UnknownJson
    );
}

#[test]
fn the_sample_wallet_imports_whole() {
    let found = import::any(include_bytes!(
        "../../../samples/county/residents/mared-llwyd.wallet.json"
    ))
    .unwrap();
    assert_accounted(&found);
    assert_eq!(found.used, 22);
    assert_eq!(found.unmapped, []);
    let profile: Profile = serde_json::from_value(Value::Object(
        found
            .fields
            .iter()
            .map(|(path, value)| (path.to_string(), value.clone()))
            .collect(),
    ))
    .unwrap();
    assert_eq!(
        profile.codes(&"needs.power_dependent".parse().unwrap()),
        ["04", "26"]
    );
}

fn sample(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn texts(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

#[test]
fn the_sample_circle_puts_every_path_into_its_tier() {
    let circle = sample(include_str!("../../../samples/county/circle.json"));
    let agencies = sample(include_str!("../../../samples/county/agencies.json"));
    let known: Vec<&str> = agencies["agencies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|agency| agency["id"].as_str().unwrap())
        .collect();
    assert_eq!(known.len(), 5);
    let tiers = circle["tiers"].as_array().unwrap();
    // Tier 4 is opened by no circle: only ever by a grant that names it.
    let order = [Tier::T0, Tier::T1, Tier::T2, Tier::T3];
    assert_eq!(tiers.len(), order.len());
    for (tier, expected) in tiers.iter().zip(order) {
        let mut listed = texts(&tier["datatypes"]);
        let mut table: Vec<&str> = paths()
            .iter()
            .filter(|entry| entry.tier == expected)
            .map(|entry| entry.path)
            .collect();
        listed.sort_unstable();
        table.sort_unstable();
        assert_eq!(listed, table, "{expected:?}");
    }
    let members = circle["members"].as_array().unwrap();
    assert!(
        members
            .iter()
            .all(|member| known.contains(&member["agency"].as_str().unwrap()))
    );
}

#[test]
fn the_sample_requests_ask_what_their_purpose_can_need() {
    let requests = [
        include_str!("../../../samples/county/requests/ambulance-emergency.json"),
        include_str!("../../../samples/county/requests/council-resilience.json"),
        include_str!("../../../samples/county/requests/fire-safety-visit.json"),
        include_str!("../../../samples/county/requests/health-care-coordination.json"),
        include_str!("../../../samples/county/requests/police-missing-person.json"),
    ];
    for request in requests.map(sample) {
        let purpose =
            purpose(request["purpose"].as_str().unwrap()).expect("a purpose of the protocol");
        let data = texts(&request["data"]);
        for name in &data {
            let path: Path = name.parse().unwrap();
            assert!(purpose.can_need(&path), "{} asks for {name}", purpose.code);
            assert!(
                path.entry().tier < Tier::T4,
                "{name} is never asked for in a sample"
            );
        }
        assert!(
            texts(&request["required"])
                .iter()
                .all(|name| data.contains(name))
        );
        for lang in ["en", "cy"] {
            assert!(
                request["notice"]["texts"][lang]
                    .as_str()
                    .is_some_and(|text| text.len() > 100)
            );
        }
    }
}

/// One public case of `tests/vectors/imports`: a file's text, and the error or the fields and reasons.
#[test]
fn the_public_vectors_hold() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/imports");
    let files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(files.len() >= 17, "the vectors are there");
    for file in files {
        let case = sample(&std::fs::read_to_string(&file).unwrap());
        let what = case["what"].as_str().unwrap();
        match import::any(case["input"].as_str().unwrap().as_bytes()) {
            Err(error) => assert_eq!(case["expect"]["error"], error.code(), "{what}"),
            Ok(found) => {
                assert_accounted(&found);
                let fields: serde_json::Map<String, Value> = found
                    .fields
                    .iter()
                    .map(|(path, value)| (path.to_string(), value.clone()))
                    .collect();
                assert_eq!(case["expect"]["fields"], Value::Object(fields), "{what}");
                let mut reasons: Vec<Value> = found
                    .unmapped
                    .iter()
                    .map(|part| json!(part.reason))
                    .collect();
                reasons.sort_by_key(Value::to_string);
                assert_eq!(case["expect"]["unmapped"], Value::Array(reasons), "{what}");
            }
        }
    }
}
