//! FHIR imports in the shapes that servers send: wrapped bundles, devices and contacts by name only, blood groups by
//! panel, and what is listed in words instead of JSON.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod common;

use common::fhir::{
    PATIENT, allergy, coded, concept, document, import, with_patient, with_section,
};
use common::{field, reasons};
use profile::import::{self, ImportError, Reason};
use serde_json::{Value, json};

#[test]
fn a_summary_in_a_search_set_or_in_the_answer_of_an_operation() {
    let summary = document("48765-2", &[allergy(concept("Nuts"))]);
    let outcome = json!({"resource": {"resourceType": "OperationOutcome", "issue": [{"details": concept("one left out")}]}});
    let wrapped = [
        json!({"resourceType": "Bundle", "type": "searchset", "entry": [outcome.clone(), {"resource": summary.clone()}]}),
        json!({"resourceType": "Parameters", "parameter": [{"name": "return", "resource": summary.clone()}, outcome]}),
    ];
    for bundle in wrapped {
        let found = import(&bundle);
        assert_eq!(field(&found, "health.allergies")[0]["text"], "Nuts");
        assert_eq!(reasons(&found, "one left out"), [Reason::Administrative]);
    }
    let two = json!({"resourceType": "Bundle", "entry": [{"resource": summary.clone()}, {"resource": summary}]});
    assert_eq!(
        import::fhir_ips(two.to_string().as_bytes()),
        Err(ImportError::NoPatient),
        "whose it would be is not said"
    );
    let none =
        json!({"resourceType": "Parameters", "parameter": [{"name": "x", "valueString": "y"}]});
    assert_eq!(
        import::fhir_ips(none.to_string().as_bytes()),
        Err(ImportError::NotABundle("Parameters".to_owned()))
    );
}

#[test]
fn a_device_by_its_name_only() {
    let usage = json!({"resourceType": "DeviceUseStatement", "status": "active", "device": {"display": "Pacemaker"},
        "timingDateTime": "2020-01-01", "bodySite": concept("chest"), "reasonCode": [concept("slow heart")]});
    assert_eq!(
        field(&import(&document("46264-8", &[usage])), "health.equipment"),
        json!([{"text": "Pacemaker", "since": "2020-01-01", "where": "chest", "note": "for: slow heart"}])
    );
}

#[test]
fn a_section_that_only_repeats_its_title_says_nothing() {
    let section = json!({"title": "Advance Directives", "code": coded("http://loinc.org", "42348-3", "x"),
        "text": {"status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\"><h2>ADVANCE DIRECTIVES</h2></div>"}});
    let found = import(&with_section(section, Vec::new()));
    assert_eq!(field(&found, "health.advance_decision"), json!(null));
    assert_eq!(
        reasons(&found, "ADVANCE DIRECTIVES"),
        [Reason::NoInformation]
    );
}

#[test]
fn a_device_of_nobody_is_not_the_persons() {
    let device = |more: Value| {
        let mut device = json!({"resourceType": "Device", "deviceName": [{"name": "Sender 2.4"}]});
        let more = more.as_object().unwrap().clone();
        device.as_object_mut().unwrap().extend(more);
        let mut bundle = with_patient(json!({"id": "p", "name": [{"text": "Carys"}]}));
        bundle["entry"]
            .as_array_mut()
            .unwrap()
            .push(json!({ "resource": device }));
        import(&bundle)
    };
    let program = device(json!({}));
    assert_eq!(field(&program, "health.equipment"), json!(null));
    assert_eq!(reasons(&program, "Sender 2.4"), [Reason::Administrative]);
    let own = device(json!({"patient": {"reference": "Patient/p"}}));
    assert_eq!(field(&own, "health.equipment")[0]["text"], "Sender 2.4");
}

#[test]
fn a_contact_is_told_once_and_in_words() {
    let contact = json!({"contact": [
        {"relationship": [{"text": "Next-of-Kin", "coding": [{"code": "N"}]}], "name": {"text": "Huw"},
            "telecom": [{"system": "phone", "value": "tel:+44-1632-960001;ext=12"}]},
        {"relationship": [coded("x", "E", "Employer")], "organization": {"display": "Melin Cyf"}}]});
    let found = import(&with_patient(contact));
    assert_eq!(
        field(&found, "people.emergency_contacts"),
        json!([{"name": "Huw", "relationship": "Next-of-Kin", "phones": [{"number": "+44-1632-960001 ext. 12"}]}])
    );
    let listed = found
        .unmapped
        .iter()
        .find(|part| part.location == "Patient.contact[1]");
    assert_eq!(listed.unwrap().what, "Melin Cyf, Employer");
}

#[test]
fn the_extension_of_a_person_to_call_is_told_once() {
    let related = json!({"resourceType": "RelatedPerson", "relationship": [coded("x", "C", "")], "name": [{"text": "Huw"}],
        "patient": {"reference": PATIENT}, "extension": [{"url": "https://x.example/has-a-key", "valueString": "back door"}]});
    let found = import(&document("x", &[related]));
    let told: Vec<&str> = found
        .unmapped
        .iter()
        .filter(|part| part.what.contains("back door"))
        .map(|part| part.what.as_str())
        .collect();
    assert_eq!(told, ["has-a-key: back door"]);
}

#[test]
fn what_is_listed_of_the_patient_is_in_words() {
    let url = |name: &str| format!("http://hl7.org/fhir/StructureDefinition/{name}");
    let patient = json!({"name": [{"text": "Carys"}], "extension": [
        {"url": url("patient-disability"), "valueCodeableConcept": concept("deaf")},
        {"url": url("patient-interpreterRequired"), "valueBoolean": true},
        {"url": url("x-period"), "valuePeriod": {"end": "2021-09-30"}},
        {"url": url("individual-genderIdentity"), "extension": [{"url": "value", "valueCodeableConcept": concept("non-binary")}]}],
        "communication": [{"language": coded("x", "en_GB", "English")}]});
    let found = import(&with_patient(patient));
    let said: Vec<&str> = found
        .unmapped
        .iter()
        .map(|part| part.what.as_str())
        .collect();
    assert_eq!(
        said,
        [
            "patient-disability: deaf",
            "patient-interpreterRequired",
            "x-period end: 2021-09-30",
            "individual-genderIdentity value: non-binary"
        ]
    );
    assert_eq!(field(&found, "identity.languages"), json!(["en-GB"]));
}

#[test]
fn a_blood_group_by_panel_or_finding() {
    let observation = |code: Value, more: Value| {
        let mut observation = json!({"resourceType": "Observation", "status": "final", "code": code, "subject": {"reference": PATIENT}});
        let more = more.as_object().unwrap().clone();
        observation.as_object_mut().unwrap().extend(more);
        import(&document("30954-2", &[observation]))
    };
    let panel = || coded("http://loinc.org", "34530-6", "ABO and Rh group panel");
    let value =
        json!({"valueCodeableConcept": coded("http://snomed.info/sct", "278152006", "said")});
    assert_eq!(
        field(&observation(panel(), value), "health.blood_group"),
        "A-"
    );
    let finding = coded(
        "http://snomed.info/sct",
        "365636006",
        "Finding of blood group",
    );
    let words = json!({"valueString": "O Rh positive"});
    assert_eq!(
        field(&observation(finding, words), "health.blood_group"),
        "O+"
    );
    let empty = observation(panel(), json!({}));
    assert_eq!(reasons(&empty, "panel"), [Reason::NoPlace]);
    let absent = observation(
        coded("http://loinc.org", "882-1", "ABO and Rh"),
        json!({"dataAbsentReason": concept("not done")}),
    );
    assert_eq!(reasons(&absent, "ABO and Rh"), [Reason::NoInformation]);
}

#[test]
fn no_known_allergies_as_it_is_abbreviated() {
    for (words, absent) in [
        ("NKDA", "none-known-of-kind"),
        ("NKA", "none-known"),
        ("None known.", "none-known"),
    ] {
        let found = import(&document("48765-2", &[allergy(concept(words))]));
        assert_eq!(
            field(&found, "health.allergies")[0]["absent"],
            absent,
            "{words}"
        );
    }
}

#[test]
fn a_medicine_that_has_ended_is_listed_unless_the_file_calls_it_active() {
    let statement = |status: &str| {
        let mut bundle = document(
            "10160-0",
            &[
                json!({"resourceType": "MedicationStatement", "status": status, "medicationCodeableConcept": concept("Aspirin"),
                "effectivePeriod": {"start": "2014-05-05", "end": "2014-05-10"}}),
            ],
        );
        bundle["timestamp"] = json!("2022-01-18T14:01:30Z");
        import(&bundle)
    };
    assert_eq!(
        reasons(&statement("unknown"), "Aspirin"),
        [Reason::NotActive]
    );
    assert_eq!(
        field(&statement("active"), "health.medication")[0]["note"],
        "until 2014-05-10"
    );
    let plan = json!({"resourceType": "CarePlan", "status": "active", "title": "Walk", "period": {"end": "2017-06-01"}});
    assert_eq!(
        field(&import(&document("18776-5", &[plan])), "health.care_plan")["text"],
        "Walk\nuntil 2017-06-01"
    );
}

#[test]
fn what_is_too_long_for_an_entry_does_not_take_the_entry_with_it() {
    let mut nuts = allergy(concept("Nuts"));
    nuts["criticality"] = json!("high");
    nuts["reaction"] = json!([{"description": "long ".repeat(2_000)}]);
    let found = import(&document("48765-2", &[nuts]));
    assert_eq!(
        field(&found, "health.allergies"),
        json!([{"text": "Nuts", "criticality": "high"}])
    );
    assert_eq!(reasons(&found, "long long"), [Reason::WordsOnly]);
    let statement = json!({"resourceType": "MedicationStatement", "status": "active", "medicationCodeableConcept": concept("Aspirin"),
        "dosage": [{"text": "slowly ".repeat(1_000), "route": concept("by mouth")}]});
    let found = import(&document("10160-0", &[statement]));
    assert_eq!(
        field(&found, "health.medication"),
        json!([{"text": "Aspirin", "route": "by mouth"}])
    );
    assert_eq!(reasons(&found, "slowly slowly"), [Reason::WordsOnly]);
    let name = import(&with_patient(
        json!({"name": [{"text": "n".repeat(9_000)}]}),
    ));
    assert_eq!(reasons(&name, "Patient.name[0]"), [Reason::NotUnderstood]);
}
