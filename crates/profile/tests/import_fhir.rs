//! FHIR R4 bundles: sections of the International Patient Summary, states and absence.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod common;

use common::fhir::{allergy, coded, concept, document, import, with_section};
use common::{field, reasons};
use profile::import::Reason;
use serde_json::{Value, json};

#[test]
fn an_active_entry_of_each_kind() {
    let cases = [
        (
            "48765-2",
            "health.allergies",
            json!({"resourceType": "AllergyIntolerance", "type": "allergy", "criticality": "high",
            "clinicalStatus": coded("x", "active", "Active"), "onsetDateTime": "2010", "code": coded("http://snomed.info/sct", "1", "Penicillin"),
            "reaction": [{"manifestation": [concept("Rash")], "severity": "mild"}]}),
            json!([{"text": "Penicillin", "codings": [{"system": "http://snomed.info/sct", "code": "1", "display": "Penicillin"}],
                "kind": "allergy", "criticality": "high", "reactions": ["Rash, mild"], "since": "2010"}]),
        ),
        (
            "11450-4",
            "health.conditions",
            json!({"resourceType": "Condition", "code": concept("Asthma"), "severity": concept("Severe"),
            "verificationStatus": coded("x", "provisional", "p"), "onsetAge": {"value": 30, "unit": "a"}, "bodySite": [concept("Chest")]}),
            json!([{"text": "Asthma", "severity": "Severe", "note": "where: Chest; began: 30 a; not confirmed (provisional)"}]),
        ),
        (
            "10160-0",
            "health.medication",
            json!({"resourceType": "MedicationStatement", "status": "active",
            "medicationCodeableConcept": concept("Sevelamer"), "effectivePeriod": {"start": "2021-08-01T10:00:00Z"},
            "dosage": [{"doseAndRate": [{"doseQuantity": {"value": 2, "unit": "tablet"}}], "route": concept("Oral"), "asNeededBoolean": true,
                "timing": {"repeat": {"frequency": 3, "period": 1, "periodUnit": "d"}}}], "reasonCode": [concept("Phosphate")]}),
            json!([{"text": "Sevelamer", "dose": "2 tablet, 3 times a day, as needed", "route": "Oral", "reason": "Phosphate", "since": "2021-08-01"}]),
        ),
        (
            "10160-0",
            "health.medication",
            json!({"resourceType": "MedicationRequest", "status": "on-hold", "intent": "order",
            "contained": [{"resourceType": "Medication", "id": "m", "code": concept("Simvastatin")}],
            "medicationReference": {"reference": "#m"}, "dosageInstruction": [{"text": "40 mg/day"}]}),
            json!([{"text": "Simvastatin", "dose": "40 mg/day", "note": "status: on-hold"}]),
        ),
        (
            "10160-0",
            "health.medication",
            json!({"resourceType": "MedicationStatement", "status": "active",
            "medicationReference": {"reference": "Medication/gone", "display": "Aspirin"}}),
            json!([{"text": "Aspirin"}]),
        ),
        (
            "46264-8",
            "health.equipment",
            json!({"resourceType": "DeviceUseStatement", "status": "active", "bodySite": concept("Arm"),
            "contained": [{"resourceType": "Device", "id": "d", "deviceName": [{"name": "Fistula"}], "manufacturer": "M"}],
            "timingPeriod": {"start": "2021"}, "device": {"reference": "#d"}}),
            json!([{"text": "Fistula", "where": "Arm", "since": "2021", "note": "made by M"}]),
        ),
        (
            "18776-5",
            "health.care_plan",
            json!({"resourceType": "CarePlan", "status": "active", "title": "Plan",
            "activity": [{"detail": {"description": "Walk"}}], "period": {"start": "2025-09"}}),
            json!({"text": "Plan\nWalk", "date": "2025-09"}),
        ),
    ];
    for (section, path, resource, value) in cases {
        assert_eq!(
            field(&import(&document(section, &[resource])), path),
            value,
            "{path}"
        );
    }
}

#[test]
fn blood_groups() {
    let observation = |code: &str, value: Value| {
        json!({"resourceType": "Observation", "status": "final",
        "code": coded("http://loinc.org", code, "x"), "valueCodeableConcept": value})
    };
    let sct = |code: &str| coded("http://snomed.info/sct", code, "x");
    let cases = [
        (vec![observation("882-1", sct("278149003"))], json!("A+")),
        (
            vec![observation("882-1", concept("Group O Rh(D) negative"))],
            json!("O-"),
        ),
        (vec![observation("883-9", sct("165743006"))], json!("AB")),
        (
            vec![
                observation("883-9", coded("http://loinc.org", "LA19709-7", "Group B")),
                observation("10331-7", concept("Positive")),
            ],
            json!("B+"),
        ),
        (
            vec![observation("10331-7", concept("Positive"))],
            Value::Null,
        ),
        (
            vec![observation("882-1", concept("see paper"))],
            Value::Null,
        ),
        (vec![observation("718-7", concept("A+"))], Value::Null),
        (
            vec![observation("883-9", concept("sample taken at a clinic"))],
            Value::Null,
        ),
        (
            vec![observation("883-9", concept("A or B, to be repeated"))],
            Value::Null,
        ),
        (
            vec![observation("883-9", concept("Groupe sanguin: AB"))],
            json!("AB"),
        ),
        (
            vec![observation("882-1", concept("Possible A, Rh positive"))],
            Value::Null,
        ),
    ];
    for (observations, group) in cases {
        assert_eq!(
            field(
                &import(&document("30954-2", &observations)),
                "health.blood_group"
            ),
            group,
            "{observations:?}"
        );
    }
    // LOINC's answer list for 883-9 (LL2419-1).
    for (answer, group) in [
        ("LA19710-5", "A"),
        ("LA19709-7", "B"),
        ("LA19708-9", "O"),
        ("LA28449-9", "AB"),
    ] {
        let observed = observation("883-9", coded("http://loinc.org", answer, ""));
        assert_eq!(
            field(
                &import(&document("30954-2", &[observed])),
                "health.blood_group"
            ),
            json!(group),
            "{answer}"
        );
    }
    let panel = json!({"resourceType": "Observation", "status": "final", "code": concept("Typing"), "hasMember": [{"reference": "urn:uuid:abo"}]});
    let mut bundle = document("30954-2", &[panel]);
    bundle["entry"].as_array_mut().unwrap().push(
        json!({"fullUrl": "urn:uuid:abo", "resource": observation("882-1", sct("278148006"))}),
    );
    assert_eq!(
        field(&import(&bundle), "health.blood_group"),
        "O-",
        "a member of a panel"
    );
}

#[test]
fn what_is_not_active_is_listed_and_not_imported() {
    let status = |member: &str, code: &str| json!({ member: coded("x", code, code) });
    let states = [
        ("clinicalStatus", "resolved"),
        ("clinicalStatus", "inactive"),
        ("clinicalStatus", "remission"),
        ("verificationStatus", "refuted"),
        ("verificationStatus", "entered-in-error"),
    ];
    for (member, code) in states {
        for kind in ["Condition", "AllergyIntolerance"] {
            let mut resource = status(member, code);
            resource["resourceType"] = json!(kind);
            resource["code"] = concept("Something");
            let found = import(&document("11450-4", &[resource]));
            assert_eq!(found.fields.len(), 1, "{kind} {code}: only the name");
            assert_eq!(
                reasons(&found, "Something"),
                [Reason::NotActive],
                "{kind} {code}"
            );
        }
    }
    for status in [
        "completed",
        "stopped",
        "entered-in-error",
        "not-taken",
        "cancelled",
        "draft",
    ] {
        let found = import(&document(
            "10160-0",
            &[
                json!({"resourceType": "MedicationStatement", "status": status, "medicationCodeableConcept": concept("Gone")}),
            ],
        ));
        assert_eq!(field(&found, "health.medication"), Value::Null, "{status}");
        assert_eq!(reasons(&found, "Gone"), [Reason::NotActive], "{status}");
    }
    let past = import(&document(
        "11348-0",
        &[json!({"resourceType": "Condition", "code": concept("Fever")})],
    ));
    assert_eq!(reasons(&past, "Fever"), [Reason::NotActive]);
    let ended = import(&document(
        "11450-4",
        &[
            json!({"resourceType": "Condition", "code": concept("Fever"), "abatementString": "gone"}),
        ],
    ));
    assert_eq!(reasons(&ended, "Fever"), [Reason::NotActive]);
}

#[test]
fn none_known_is_not_the_same_as_no_information() {
    let sct = |code: &str| coded("http://snomed.info/sct", code, "said");
    let ips = |code: &str| {
        coded(
            "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips",
            code,
            "said",
        )
    };
    for code in [sct("716186003"), ips("no-known-allergies")] {
        let found = import(&document("48765-2", &[allergy(code)]));
        assert_eq!(field(&found, "health.allergies")[0]["absent"], "none-known");
    }
    for code in [
        sct("429625007"),
        sct("409137002"),
        ips("no-known-food-allergies"),
    ] {
        let found = import(&document(
            "48765-2",
            &[allergy(concept("Penicillin")), allergy(code)],
        ));
        let list = field(&found, "health.allergies");
        assert_eq!(
            (list[0]["text"].as_str(), list[1]["absent"].as_str()),
            (Some("Penicillin"), Some("none-known-of-kind"))
        );
    }
    let unknown = import(&document("48765-2", &[allergy(ips("no-allergy-info"))]));
    assert_eq!(field(&unknown, "health.allergies"), Value::Null);
    assert_eq!(
        reasons(&unknown, "AllergyIntolerance"),
        [Reason::NoInformation]
    );
    let absent = json!({"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]});
    assert_eq!(
        reasons(
            &import(&document("48765-2", &[allergy(absent)])),
            "AllergyIntolerance"
        ),
        [Reason::NoInformation]
    );
    let both = import(&document(
        "48765-2",
        &[allergy(sct("716186003")), allergy(concept("Penicillin"))],
    ));
    assert_eq!(
        field(&both, "health.allergies").as_array().map(Vec::len),
        Some(1),
        "a contradiction is listed"
    );
    assert_eq!(reasons(&both, "said"), [Reason::AnotherTaken]);
    let medicine = json!({"resourceType": "MedicationStatement", "status": "unknown", "medicationCodeableConcept": ips("no-known-medications")});
    assert_eq!(
        field(
            &import(&document("10160-0", &[medicine])),
            "health.medication"
        )[0]["absent"],
        "none-known"
    );
    let medicine = json!({"resourceType": "MedicationStatement", "status": "active", "medicationCodeableConcept": ips("no-medication-info")});
    assert_eq!(
        field(
            &import(&document("10160-0", &[medicine])),
            "health.medication"
        ),
        Value::Null
    );
    let device = json!({"resourceType": "Device", "type": sct("787483001")});
    assert_eq!(
        field(&import(&document("46264-8", &[device])), "health.equipment")[0]["absent"],
        "none-known"
    );
}

#[test]
fn sections_without_entries() {
    let section = |loinc: &str, more: Value| {
        let mut section = json!({"title": "Title", "code": coded("http://loinc.org", loinc, "x")});
        section
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        import(&with_section(section, Vec::new()))
    };
    let words = json!({"text": {"status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Walk &amp; rest</p><table><tr><td>a</td><td>b&#160;c</td></tr></table></div>"}});
    assert_eq!(
        field(&section("18776-5", words.clone()), "health.care_plan"),
        json!({"text": "Walk & rest\na | b c"})
    );
    assert_eq!(
        field(
            &section("42348-3", words.clone()),
            "health.advance_decision"
        )["text"],
        "Walk & rest\na | b c"
    );
    for loinc in ["48765-2", "11450-4", "10160-0", "29762-2", "99999-9"] {
        assert_eq!(
            reasons(&section(loinc, words.clone()), "Walk & rest"),
            [Reason::WordsOnly],
            "{loinc}"
        );
    }
    let empty = |code: &str| json!({"emptyReason": coded("http://terminology.hl7.org/CodeSystem/list-empty-reason", code, "why")});
    assert_eq!(
        field(&section("48765-2", empty("nilknown")), "health.allergies")[0]["absent"],
        "none-known"
    );
    assert_eq!(
        reasons(&section("48765-2", empty("unavailable")), "Title"),
        [Reason::NoInformation]
    );
    assert_eq!(
        reasons(&section("48765-2", json!({})), "Title"),
        [Reason::NoInformation]
    );
    let nested = json!({"title": "Outer", "section": [{"title": "Inner", "code": coded("x", "18776-5", "x"), "text": words["text"]}]});
    assert!(
        field(
            &import(&with_section(nested, Vec::new())),
            "health.care_plan"
        )["text"]
            .is_string()
    );
}
