//! Small bundles for the tests of FHIR imports.

use profile::import::{self, Imported};
use serde_json::{Value, json};

use super::assert_accounted;

/// The patient of every document here.
pub const PATIENT: &str = "urn:uuid:00000000-0000-4000-8000-000000000001";

/// A concept in words.
pub fn concept(text: &str) -> Value {
    json!({ "text": text })
}

/// A concept in a code.
pub fn coded(system: &str, code: &str, display: &str) -> Value {
    json!({"coding": [{"system": system, "code": code, "display": display}]})
}

/// A document with one section that refers to the given resources.
pub fn document(loinc: &str, resources: &[Value]) -> Value {
    let url = |index: usize| format!("urn:uuid:00000000-0000-4000-9000-{index:012}");
    let entries: Vec<Value> = (0..resources.len())
        .map(|index| json!({"reference": url(index)}))
        .collect();
    with_section(
        json!({"title": "Section", "code": coded("http://loinc.org", loinc, "x"), "entry": entries}),
        resources
            .iter()
            .enumerate()
            .map(|(index, resource)| json!({"fullUrl": url(index), "resource": resource}))
            .collect(),
    )
}

/// A document with this section and these entries beside composition and patient.
pub fn with_section(section: Value, more: Vec<Value>) -> Value {
    let mut entry = vec![
        json!({"fullUrl": "urn:uuid:c", "resource": {"resourceType": "Composition", "status": "final",
            "subject": {"reference": PATIENT}, "section": [section]}}),
        json!({"fullUrl": PATIENT, "resource": {"resourceType": "Patient", "name": [{"family": "Evans", "given": ["Carys"]}]}}),
    ];
    entry.extend(more);
    json!({"resourceType": "Bundle", "type": "document", "entry": entry})
}

/// A collection with this patient alone.
pub fn with_patient(patient: Value) -> Value {
    let mut patient = patient;
    patient["resourceType"] = json!("Patient");
    json!({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": patient}]})
}

/// Imports a bundle and checks its account.
pub fn import(bundle: &Value) -> Imported {
    let found = import::fhir_ips(bundle.to_string().as_bytes()).unwrap();
    assert_accounted(&found);
    found
}

/// An allergy of the patient.
pub fn allergy(code: Value) -> Value {
    json!({"resourceType": "AllergyIntolerance", "code": code, "patient": {"reference": PATIENT}})
}
