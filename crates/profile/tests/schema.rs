//! The JSON Schema and the Rust values say the same, on samples of every path and on broken ones.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use jsonschema::Validator;
use profile::{Path, Profile, TypedValue, paths};
use proptest::prelude::*;
use serde_json::{Value, json};

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(profile::SCHEMA).expect("the schema is JSON");
    assert!(
        jsonschema::meta::is_valid(&schema),
        "the schema follows draft 2020-12"
    );
    jsonschema::validator_for(&schema).expect("the schema compiles")
}

fn path(text: &str) -> Path {
    text.parse().unwrap()
}

/// A full canonical value for every path.
fn full() -> Vec<(&'static str, Value)> {
    let person = json!([{"name": "Huw", "relationship": "son", "phones": [{"number": "07700 900123"}],
        "emails": [{"address": "huw@example.org"}], "address": "next door", "birth_date": "1980-01", "note": "has a key"}]);
    let coding = json!([{"system": "http://snomed.info/sct", "code": "1", "display": "x"}]);
    vec![
        (
            "identity.name",
            json!({"text": "Dr Carys Mair Evans OBE", "given": ["Carys", "Mair"], "family": "Evans",
            "prefix": "Dr", "suffix": "OBE", "known_as": "Cari"}),
        ),
        ("identity.birth_date", json!("1956-09-30")),
        (
            "identity.gender",
            json!({"code": "female", "text": "menyw"}),
        ),
        ("identity.languages", json!(["cy", "en-GB"])),
        (
            "identity.national_id",
            json!([{"value": "999 123 4567", "system": "https://x.example", "label": "NHS"}]),
        ),
        (
            "contact.phone",
            json!([{"number": "+44 29 2018 0199", "uses": ["home", "voice"], "label": "hall", "preferred": true}]),
        ),
        (
            "contact.email",
            json!([{"address": "c@example.org", "uses": ["home"], "label": "x", "preferred": true}]),
        ),
        (
            "contact.preferred",
            json!({"method": "phone", "note": "let it ring"}),
        ),
        (
            "home.address",
            json!({"lines": ["3 Heol Fach"], "locality": "Tref", "region": "Sir", "postcode": "ZZ1 1AA",
            "country": "GB", "text": "3 Heol Fach"}),
        ),
        (
            "home.geo",
            json!({"lat": 52.5, "lon": -3.5, "accuracy_m": 10.0}),
        ),
        ("home.access", json!("back door\nthree steps")),
        (
            "home.key_safe",
            json!({"location": "left of the door", "code": "1234", "note": "x"}),
        ),
        (
            "home.hazards",
            json!([{"text": "oxygen", "where": "bedroom"}]),
        ),
        (
            "home.occupants",
            json!([{"who": "mother", "age": 88, "where": "upstairs", "needs": "dementia"}]),
        ),
        (
            "home.pets",
            json!([{"kind": "dog", "count": 1, "note": "friendly"}]),
        ),
        (
            "health.conditions",
            json!([{"text": "x", "codings": coding, "severity": "severe", "since": "2015", "note": "n"}]),
        ),
        (
            "health.medication",
            json!([{"text": "x", "codings": coding, "dose": "1", "route": "oral", "reason": "r", "since": "2015-02", "note": "n"}]),
        ),
        (
            "health.allergies",
            json!([{"text": "x", "codings": coding, "kind": "allergy", "criticality": "unable-to-assess",
            "reactions": ["rash"], "since": "--02-29", "note": "n"}, {"text": "no food", "absent": "none-known-of-kind"}]),
        ),
        (
            "health.equipment",
            json!([{"text": "x", "codings": coding, "needs_power": true, "where": "arm", "since": "2015", "note": "n"}]),
        ),
        ("health.blood_group", json!("AB-")),
        (
            "health.advance_decision",
            json!({"text": "x", "date": "2020", "held_by": "GP", "document": "dnar"}),
        ),
        ("health.care_plan", json!({"text": "x"})),
        (
            "needs.mobility",
            json!([{"code": "15", "note": "frame", "until": "2030"}]),
        ),
        ("needs.hearing", json!([{"code": "35"}])),
        ("needs.sight", json!([{"code": "08"}, {"code": "09"}])),
        ("needs.communication", json!([{"code": "17"}])),
        ("needs.cognition", json!([{"code": "20"}])),
        ("needs.power_dependent", json!([{"code": "03"}])),
        ("needs.water_dependent", json!([{"code": "37"}])),
        ("people.emergency_contacts", person.clone()),
        ("people.carers", person.clone()),
        ("people.dependants", person.clone()),
        ("people.attorney", person),
        (
            "documents.care-plan_2",
            json!({"digest": format!("sha-256:{}", "A".repeat(43)), "media_type": "application/pdf",
            "size": 12, "title": "Plan"}),
        ),
    ]
}

#[test]
fn every_path_has_a_full_value_that_both_accept_unchanged() {
    let schema = validator();
    let full = full();
    for (name, value) in &full {
        let typed =
            TypedValue::parse(&path(name), value.clone()).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(&typed.to_json(), value, "{name} comes back as it was");
        let document = json!({ *name: value });
        assert!(
            schema.is_valid(&document),
            "{name}: {:?}",
            schema
                .iter_errors(&document)
                .map(|e| e.to_string())
                .collect::<Vec<_>>()
        );
    }
    let covered = |entry: &str| {
        full.iter().any(|(name, _)| {
            *name == entry || (entry == "documents.*" && name.starts_with("documents."))
        })
    };
    assert!(paths().iter().all(|entry| covered(entry.path)));
    let all: Profile = serde_json::from_value(Value::Object(
        full.iter()
            .map(|(k, v)| ((*k).to_owned(), v.clone()))
            .collect(),
    ))
    .unwrap();
    assert_eq!(all.len(), full.len());
    assert!(schema.is_valid(&serde_json::to_value(&all).unwrap()));
}

#[test]
fn both_refuse_the_same() {
    let schema = validator();
    let refused = [
        ("identity.name", json!({})),
        ("identity.name", json!({"text": ""})),
        ("identity.name", json!({"text": " \n "})),
        ("identity.name", json!({"text": "a\u{7}b"})),
        ("identity.name", json!({"text": "a".repeat(4001)})),
        ("identity.name", json!({"text": "a", "nick": "b"})),
        ("identity.birth_date", json!("1956-13")),
        ("identity.birth_date", json!("30.09.1956")),
        ("identity.birth_date", json!("1956-09-30T00:00")),
        ("identity.birth_date", json!("---30")),
        ("identity.birth_date", json!(1956)),
        ("identity.gender", json!({"code": "f"})),
        ("identity.languages", json!([])),
        ("identity.languages", json!(["c"])),
        ("identity.languages", json!(["Welsh language"])),
        ("contact.phone", json!([{"number": "none"}])),
        ("contact.phone", json!([{"number": "1", "uses": ["car"]}])),
        ("contact.email", json!([{"address": "nobody"}])),
        ("contact.email", json!([{"address": "a b@example.org"}])),
        ("contact.preferred", json!({"method": "pigeon"})),
        ("home.address", json!({})),
        ("home.geo", json!({"lat": 91, "lon": 0})),
        ("home.geo", json!({"lat": 0, "lon": 181})),
        ("home.geo", json!({"lat": 0, "lon": 0, "accuracy_m": -1})),
        ("home.occupants", json!([{"who": "x", "age": 256}])),
        ("home.key_safe", json!({"location": "x"})),
        (
            "health.allergies",
            json!([{"text": "a", "absent": "none-known"}, {"text": "b"}]),
        ),
        (
            "health.allergies",
            json!([{"text": "a", "absent": "maybe"}]),
        ),
        ("health.blood_group", json!("C+")),
        ("health.conditions", json!(vec![json!({"text": "a"}); 201])),
        ("needs.sight", json!([{"code": "35"}])),
        ("needs.sight", json!([{"code": "99"}])),
        (
            "people.carers",
            json!([{"name": "x", "phones": [{"number": "no"}]}]),
        ),
        (
            "documents.a",
            json!({"digest": "sha-256:short", "media_type": "a/b", "size": 1, "title": "t"}),
        ),
        (
            "documents.a",
            json!({"digest": format!("sha-256:{}", "A".repeat(43)), "media_type": "pdf", "size": 1, "title": "t"}),
        ),
        (
            "documents.a",
            json!({"digest": format!("sha-256:{}", "A".repeat(43)), "media_type": "a/b", "size": -1, "title": "t"}),
        ),
    ];
    for (name, value) in refused {
        assert!(
            !schema.is_valid(&json!({ name: value })),
            "the schema takes {name} = {value}"
        );
        let error = TypedValue::parse(&path(name), value.clone())
            .err()
            .unwrap_or_else(|| panic!("Rust takes {name} = {value}"));
        assert!(error.to_string().contains("Allowed: "), "{error}");
    }
    for unknown in [
        "identity.nose",
        "documents.",
        "documents.A",
        "documents.*",
        "home",
        "",
    ] {
        assert!(unknown.parse::<Path>().is_err(), "{unknown}");
        assert!(!schema.is_valid(&json!({ unknown: "x" })), "{unknown}");
    }
}

#[test]
fn the_calendar_is_checked_beyond_the_schema() {
    for impossible in ["1900-02-29", "2023-02-29", "--02-30", "2023-04-31"] {
        assert!(
            TypedValue::parse(&path("identity.birth_date"), json!(impossible)).is_err(),
            "{impossible}"
        );
    }
    for possible in ["2024-02-29", "--02-29", "0001", "9999-12"] {
        assert!(
            TypedValue::parse(&path("identity.birth_date"), json!(possible)).is_ok(),
            "{possible}"
        );
    }
}

#[test]
fn shorthand_becomes_canonical() {
    let cases = [
        ("identity.name", json!("Carys"), json!({"text": "Carys"})),
        ("identity.languages", json!("cy"), json!(["cy"])),
        (
            "contact.phone",
            json!(["1", {"number": "2", "preferred": false}]),
            json!([{"number": "1"}, {"number": "2"}]),
        ),
        (
            "contact.preferred",
            json!("text"),
            json!({"method": "text"}),
        ),
        ("health.allergies", json!("nuts"), json!([{"text": "nuts"}])),
        ("needs.sight", json!("8"), json!([{"code": "08"}])),
        (
            "people.carers",
            json!({"name": "Huw", "phones": []}),
            json!([{"name": "Huw"}]),
        ),
    ];
    for (name, given, canonical) in cases {
        assert_eq!(
            TypedValue::parse(&path(name), given).unwrap().to_json(),
            canonical,
            "{name}"
        );
    }
}

/// Any JSON out of pieces that the values are made of.
fn pieces() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-200i64..300).prop_map(Value::from),
        "[ a-z0-9@+\\n-]{0,6}".prop_map(Value::from),
        prop::sample::select(vec![
            "2020-02-29",
            "08",
            "35",
            "female",
            "phone",
            "none-known",
            "A+",
            "cy",
            "a@b",
            "high"
        ])
        .prop_map(Value::from),
    ];
    let names = vec![
        "text",
        "code",
        "number",
        "address",
        "method",
        "uses",
        "lines",
        "lat",
        "lon",
        "who",
        "name",
        "phones",
        "absent",
        "since",
        "codings",
        "value",
        "kind",
        "age",
        "count",
        "where",
        "preferred",
        "note",
        "criticality",
    ];
    leaf.prop_recursive(3, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(
                prop::sample::select(names.clone()).prop_map(str::to_owned),
                inner,
                0..4
            )
            .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_rust_accepts_is_canonical_after_one_reading_and_fits_the_schema(index in 0usize..33, value in pieces()) {
        static SCHEMA: std::sync::LazyLock<Validator> = std::sync::LazyLock::new(validator);
        let path = paths()[index].to_path().expect("only documents have none");
        match TypedValue::parse(&path, value.clone()) {
            Ok(typed) => {
                let canonical = typed.to_json();
                let document = json!({ path.to_string(): canonical });
                prop_assert!(SCHEMA.is_valid(&document), "{}", document);
                prop_assert_eq!(TypedValue::parse(&path, canonical).unwrap(), typed);
            }
            Err(_) => {
                let document = json!({ path.to_string(): value });
                prop_assert!(!SCHEMA.is_valid(&document), "{}", document);
            }
        }
    }
}
