//! FHIR R4 bundles: references, the patient, other people, refusals, the sample, and broken files.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod common;

use common::fhir::{coded, concept, document, import, with_patient, with_section};
use common::{assert_accounted, field, reasons};
use profile::import::{self, Format, ImportError, Reason};
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn references_in_every_form() {
    let forms = [
        (
            "https://x.example/fhir/Condition/1",
            "https://x.example/fhir/Condition/1",
            true,
        ),
        ("https://x.example/fhir/Condition/1", "Condition/1", true),
        (
            "https://x.example/fhir/Condition/1",
            "https://x.example/fhir/Condition/1/_history/3",
            true,
        ),
        ("urn:uuid:5", "urn:uuid:5", true),
        ("", "Condition/own", true),
        ("urn:uuid:5", "Condition/own", true),
        ("urn:uuid:5", "urn:uuid:6", false),
        ("https://x.example/fhir/Condition/1", "Condition/2", false),
    ];
    for (full_url, reference, resolves) in forms {
        let section = json!({"title": "Problems", "code": coded("x", "11348-0", "x"), "entry": [{"reference": reference}]});
        let resource = json!({"fullUrl": full_url, "resource": {"resourceType": "Condition", "id": "own", "code": concept("Asthma")}});
        let found = import(&with_section(section, vec![resource]));
        // In a section of the past, a resolved reference is listed as past; an unresolved one leaves the resource to its own.
        let expected = if resolves {
            Value::Null
        } else {
            json!("Asthma")
        };
        assert_eq!(
            field(&found, "health.conditions")[0]["text"],
            expected,
            "{full_url} {reference}"
        );
        assert_eq!(
            reasons(&found, "Problems").contains(&Reason::NotInFile),
            !resolves,
            "{full_url} {reference}"
        );
    }
}

#[test]
fn the_patient() {
    let absent = json!({"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]});
    let cases = [
        (
            json!({"name": [{"use": "old", "text": "Old"}, {"use": "usual", "text": "Cari"}, {"use": "official", "family": "Evans", "given": ["Carys"]}]}),
            "identity.name",
            json!({"text": "Carys Evans", "given": ["Carys"], "family": "Evans", "known_as": "Cari"}),
        ),
        (
            json!({"name": [{"text": "Carys Evans"}]}),
            "identity.name",
            json!({"text": "Carys Evans"}),
        ),
        (
            json!({"gender": "other"}),
            "identity.gender",
            json!({"code": "other"}),
        ),
        (
            json!({"birthDate": "1956-09"}),
            "identity.birth_date",
            json!("1956-09"),
        ),
        (
            json!({"identifier": [{"system": "urn:x", "value": "1", "type": concept("NHS")}]}),
            "identity.national_id",
            json!([{"value": "1", "system": "urn:x", "label": "NHS"}]),
        ),
        (
            json!({"telecom": [{"system": "phone", "value": "tel:2", "use": "home", "rank": 2}, {"system": "sms", "value": "1", "rank": 1},
            {"system": "other", "value": "+44 3", "use": "mobile"}, {"system": "phone", "value": "9", "use": "old"}]}),
            "contact.phone",
            json!([{"number": "1", "uses": ["text"], "preferred": true}, {"number": "2", "uses": ["home"]}, {"number": "+44 3", "uses": ["mobile"]}]),
        ),
        (
            json!({"telecom": [{"system": "email", "value": "mailto:c@example.org", "use": "work"}]}),
            "contact.email",
            json!([{"address": "c@example.org", "uses": ["work"]}]),
        ),
        (
            json!({"address": [{"use": "work", "text": "Mill"}, {"use": "home", "line": ["3 Heol"], "city": "Tref", "district": "D", "state": "S", "postalCode": "P", "country": "GB"}]}),
            "home.address",
            json!({"lines": ["3 Heol"], "locality": "Tref", "region": "D, S", "postcode": "P", "country": "GB"}),
        ),
        (
            json!({"address": [{"line": ["x"], "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/geolocation",
            "extension": [{"url": "latitude", "valueDecimal": 52.5}, {"url": "longitude", "valueDecimal": -3.5}]}]}]}),
            "home.geo",
            json!({"lat": 52.5, "lon": -3.5}),
        ),
        (
            json!({"communication": [{"language": coded("urn:ietf:bcp:47", "en", "English")}, {"language": coded("urn:ietf:bcp:47", "cy", "Welsh"), "preferred": true}]}),
            "identity.languages",
            json!(["cy", "en"]),
        ),
        (
            json!({"contact": [{"relationship": [coded("x", "C", "Emergency Contact"), coded("x", "MTH", "")], "name": {"text": "Mair"},
            "telecom": [{"system": "phone", "value": "1"}], "address": {"line": ["a"], "city": "b"}}]}),
            "people.emergency_contacts",
            json!([{"name": "Mair", "relationship": "mother", "phones": [{"number": "1"}], "address": "a, b"}]),
        ),
        (
            json!({"contact": [{"relationship": [coded("x", "E", "Employer")], "name": {"text": "Boss"}}]}),
            "people.emergency_contacts",
            Value::Null,
        ),
        (
            json!({"name": [absent.clone()]}),
            "identity.name",
            Value::Null,
        ),
        (json!({"address": [absent]}), "home.address", Value::Null),
    ];
    for (patient, path, value) in cases {
        assert_eq!(
            field(&import(&with_patient(patient.clone())), path),
            value,
            "{patient}"
        );
    }
    let found = import(&with_patient(
        json!({"active": true, "maritalStatus": concept("Married"), "deceasedBoolean": false, "photo": [{"title": "me"}],
        "extension": [{"url": "urn:x", "valueString": "y"}], "birthDate": "soon", "gender": "x", "text": {"div": "<div/>"}}),
    ));
    assert_eq!(reasons(&found, "Patient.maritalStatus"), [Reason::NoPlace]);
    assert_eq!(reasons(&found, "Patient.active"), [Reason::Administrative]);
    assert_eq!(
        reasons(&found, "Patient.birthDate"),
        [Reason::NotUnderstood]
    );
    assert_eq!(found.found, 7, "every element but the narrative counts");
}

#[test]
fn texts_of_other_systems_are_made_to_fit() {
    let long = json!({"resourceType": "Condition", "code": {"text": "a\rb\u{0}c"}, "note": [{"text": "n".repeat(4_001)}]});
    let found = import(&document("11450-4", &[long]));
    assert_eq!(
        field(&found, "health.conditions"),
        json!([{"text": "a\nb c"}])
    );
    assert_eq!(reasons(&found, "(note)"), [Reason::WordsOnly]);
    let language = json!({"communication": [{"language": {"text": "en-NZ"}}, {"language": {"text": "English"}}]});
    let found = import(&with_patient(language));
    assert_eq!(field(&found, "identity.languages"), json!(["en-NZ"]));
    assert_eq!(reasons(&found, "English"), [Reason::NotUnderstood]);
}

#[test]
fn what_has_no_place_is_listed_in_words() {
    let resources = [
        json!({"resourceType": "Immunization", "status": "completed", "vaccineCode": concept("Influenza"), "occurrenceDateTime": "2025"}),
        json!({"resourceType": "Procedure", "status": "completed", "code": concept("Hip replacement")}),
        json!({"resourceType": "Observation", "status": "final", "code": concept("Weight"), "valueQuantity": {"value": 91.5, "unit": "kg"}}),
        json!({"resourceType": "Flag", "status": "active", "code": concept("Left arm")}),
        json!({"resourceType": "Consent", "status": "active", "scope": concept("Treatment"), "provision": {"code": [concept("Not for resuscitation")]}}),
    ];
    let found = import(&document("11369-6", &resources));
    for words in [
        "Influenza, 2025",
        "Hip replacement",
        "91.5 kg",
        "Left arm",
        "Not for resuscitation",
    ] {
        assert_eq!(
            reasons(&found, words),
            [Reason::NoPlace],
            "{words}: {:#?}",
            found.unmapped
        );
    }
}

#[test]
fn bundles_that_are_no_documents_and_other_people() {
    let bundle = json!({"resourceType": "Bundle", "type": "searchset", "entry": [
        {"resource": {"resourceType": "Device", "id": "d", "type": concept("Pump")}},
        {"resource": {"resourceType": "Device", "id": "e", "type": concept("Hoist"), "patient": {"reference": "Patient/p"}}},
        {"resource": {"resourceType": "Patient", "id": "p", "name": [{"text": "Carys"}]}},
        {"resource": {"resourceType": "Patient", "id": "q", "name": [{"text": "Stranger"}]}},
        {"resource": {"resourceType": "Condition", "code": concept("Theirs"), "subject": {"reference": "Patient/q"}}},
        {"resource": {"resourceType": "Condition", "code": concept("Mine"), "subject": {"reference": "Patient/p"}}},
        {"resource": {"resourceType": "Condition", "code": concept("Odd"), "modifierExtension": [{"url": "urn:not"}]}},
        {"resource": {"resourceType": "DeviceUseStatement", "status": "active", "device": {"reference": "Device/d"}}},
        {"resource": {"resourceType": "Organization", "name": "Surgery"}},
        {"fullUrl": "urn:uuid:nothing"},
    ]});
    let found = import(&bundle);
    let texts = |path: &str| {
        field(&found, path)
            .as_array()
            .into_iter()
            .flatten()
            .map(|entry| entry["text"].to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(texts("health.conditions"), ["\"Mine\""]);
    assert_eq!(texts("health.equipment"), ["\"Pump\"", "\"Hoist\""]);
    assert_eq!(reasons(&found, "Theirs"), [Reason::OtherPerson]);
    assert_eq!(reasons(&found, "Stranger"), [Reason::OtherPerson]);
    assert_eq!(reasons(&found, "Odd"), [Reason::NotUnderstood]);
    assert_eq!(reasons(&found, "Organization"), [Reason::Administrative]);
    assert_eq!(reasons(&found, "without content"), [Reason::NotInFile]);
}

#[test]
fn what_cannot_be_read_is_refused_with_advice() {
    let deep = format!(
        "{{\"resourceType\":\"Bundle\",\"entry\":{}{}}}",
        "[".repeat(90),
        "]".repeat(90)
    );
    let deeper = format!(
        "{{\"resourceType\":\"Bundle\",\"entry\":{}{}}}",
        "[".repeat(500),
        "]".repeat(500)
    );
    let cases: Vec<(&str, ImportError)> = vec![
        (
            "<Bundle xmlns=\"http://hl7.org/fhir\"/>",
            ImportError::FhirXml,
        ),
        (
            "<?xml version=\"1.0\"?><ClinicalDocument/>",
            ImportError::Xml,
        ),
        (
            "{\"resourceType\":\"Patient\"}",
            ImportError::NotABundle("Patient".into()),
        ),
        (
            "{\"resourceType\":\"Bundle\",\"entry\":[]}",
            ImportError::NoPatient,
        ),
        ("{\"x\":1}", ImportError::UnknownJson),
        (&deep, ImportError::TooDeep),
        (&deeper, ImportError::TooDeep),
    ];
    for (text, error) in cases {
        assert_eq!(import::any(text.as_bytes()).unwrap_err(), error);
        assert!(error.to_string().len() > 40, "says what to do");
    }
    assert!(matches!(
        import::any(b"{\"resourceType\":"),
        Err(ImportError::BadJson(_))
    ));
}

const SAMPLE: &[u8] = include_bytes!("../../../samples/county/residents/emrys-bowen.ips.json");

#[test]
fn the_sample_summary_imports_and_nothing_is_lost() {
    assert_eq!(import::detect(SAMPLE), Ok(Format::FhirIps));
    let found = import::any(SAMPLE).unwrap();
    assert_accounted(&found);
    let paths: Vec<String> = found
        .fields
        .iter()
        .map(|(path, _)| path.to_string())
        .collect();
    assert_eq!(
        paths.join(" "),
        "identity.name identity.birth_date identity.gender identity.languages identity.national_id \
        contact.phone contact.email home.address health.conditions health.medication health.allergies health.equipment \
        health.blood_group health.advance_decision health.care_plan people.emergency_contacts"
    );
    assert_eq!(field(&found, "health.blood_group"), "O+");
    assert_eq!(
        field(&found, "health.medication").as_array().map(Vec::len),
        Some(2)
    );
    assert_eq!(
        field(&found, "people.emergency_contacts")[0]["relationship"],
        "spouse"
    );
    assert_eq!(reasons(&found, "Metformin"), [Reason::NotActive]);
    assert_eq!(reasons(&found, "Peritonitis"), [Reason::NotActive]);
    assert_eq!(reasons(&found, "left arm"), [Reason::NoPlace]);
}

/// Changes the value at one place of a tree: another type, an empty one, or none.
fn disturb(value: &mut Value, mut at: usize, with: &Value) -> usize {
    if at == 0 {
        *value = with.clone();
        return 0;
    }
    at -= 1;
    let children: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(members) => members.values_mut().collect(),
        _ => Vec::new(),
    };
    for child in children {
        let left = disturb(child, at, with);
        if left == 0 {
            return 0;
        }
        at = left - 1;
    }
    at + 1
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn a_disturbed_summary_never_panics_and_is_always_accounted(
        places in prop::collection::vec((10usize..1_500, 0usize..8), 1..10),
    ) {
        let mut bundle: Value = serde_json::from_slice(SAMPLE).unwrap();
        let odd = [Value::Null, json!([]), json!({}), json!(""), json!("x\u{0}y"), json!(7), json!([{"reference": "#a"}, "z", null]), json!({"reference": "Patient/0"})];
        for (at, with) in places {
            disturb(&mut bundle, at, &odd[with]);
        }
        if let Ok(found) = import::fhir_ips(bundle.to_string().as_bytes()) {
            assert_accounted(&found);
        }
    }

    #[test]
    fn broken_bytes_never_panic(edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut in any::<prop::sample::Index>()) {
        let mut bytes = SAMPLE.to_vec();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = import::any(&bytes).map(|found| assert_accounted(&found));
        let _ = import::any(&bytes[..cut.index(bytes.len())]).map(|found| assert_accounted(&found));
    }
}
