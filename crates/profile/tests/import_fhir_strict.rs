//! FHIR R4 bundles that would be misread by who reads only what is usual: whose it is, when it was, which of two is
//! meant, what changes the meaning, and everything that has no place.
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
use profile::import::{Imported, Reason};
use serde_json::{Value, json};

fn texts(found: &Imported, path: &str) -> Vec<String> {
    let list = field(found, path);
    let items = list.as_array().into_iter().flatten();
    items
        .map(|item| item["text"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn one_of_two_servers_is_meant() {
    let medication = |base: &str, name: &str| {
        json!({"fullUrl": format!("{base}Medication/1"),
            "resource": {"resourceType": "Medication", "id": "1", "code": concept(name)}})
    };
    let statement = |base: &str, reference: &str| {
        json!({"fullUrl": format!("{base}MedicationStatement/9"), "resource": {"resourceType": "MedicationStatement",
            "id": "9", "status": "active", "medicationReference": {"reference": reference}}})
    };
    let (a, b) = ("https://a.example/fhir/", "https://b.example/r4/");
    let found = |by: &str, reference: &str| {
        let section = json!({"title": "Medicines", "code": coded("http://loinc.org", "10160-0", "x"),
            "entry": [{"reference": format!("{by}MedicationStatement/9")}]});
        let more = vec![
            medication(a, "Aspirin"),
            medication(b, "Warfarin"),
            statement(by, reference),
        ];
        import(&with_section(section, more))
    };
    assert_eq!(
        texts(&found(b, "Medication/1"), "health.medication"),
        ["Warfarin"]
    );
    assert_eq!(
        texts(&found(a, "Medication/1"), "health.medication"),
        ["Aspirin"]
    );
    assert_eq!(
        texts(
            &found(a, "https://b.example/r4/Medication/1"),
            "health.medication"
        ),
        ["Warfarin"]
    );
    for nowhere in ["https://c.example/Medication/1", "Medication/2"] {
        let found = found(a, nowhere);
        assert_eq!(field(&found, "health.medication"), Value::Null, "{nowhere}");
        assert!(
            reasons(&found, "MedicationStatement/9").contains(&Reason::NotInFile),
            "{nowhere}"
        );
    }
    let found = found("urn:x:", "Medication/1");
    assert_eq!(
        field(&found, "health.medication"),
        Value::Null,
        "either could be meant"
    );
}

#[test]
fn a_past_section_is_past_whichever_of_its_codes_comes_first() {
    let section = json!({"title": "Past", "code": {"coding": [{"system": "urn:own", "code": "PAST"},
        {"system": "http://loinc.org", "code": "11348-0"}]}, "entry": [{"reference": "urn:uuid:1"}]});
    let condition = json!({"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Condition", "code": concept("Measles")}});
    let found = import(&with_section(section, vec![condition]));
    assert_eq!(field(&found, "health.conditions"), Value::Null);
    assert_eq!(reasons(&found, "Measles"), [Reason::NotActive]);
    let section = json!({"title": "Allergies", "code": {"coding": [{"system": "urn:own", "code": "ALL"},
        {"system": "http://loinc.org", "code": "48765-2"}]},
        "emptyReason": coded("http://terminology.hl7.org/CodeSystem/list-empty-reason", "nilknown", "Nil Known")});
    let found = import(&with_section(section, Vec::new()));
    assert_eq!(
        field(&found, "health.allergies")[0]["absent"],
        json!("none-known")
    );
}

#[test]
fn what_is_over_when_the_file_was_made_is_not_imported() {
    let as_of = |patient: Value| {
        let mut bundle = with_patient(patient);
        bundle["timestamp"] = json!("2026-03-01T09:00:00Z");
        bundle
    };
    let over = json!({"start": "1990-01-01", "end": "2020-05-01"});
    let patient = json!({
        "name": [{"use": "official", "text": "Carys Price", "period": over}, {"text": "Carys Evans", "period": {"end": "2026"}}],
        "telecom": [{"system": "phone", "value": "1", "period": over}, {"system": "phone", "value": "2"}],
        "address": [{"use": "home", "text": "Old House", "period": over}, {"text": "New House"}],
        "identifier": [{"value": "A1", "period": over}, {"value": "B2"}],
        "contact": [{"name": {"text": "Former Neighbour"}, "telecom": [{"system": "phone", "value": "3"}], "period": over}],
    });
    let found = import(&as_of(patient.clone()));
    assert_eq!(field(&found, "identity.name")["text"], json!("Carys Evans"));
    assert_eq!(field(&found, "contact.phone"), json!([{"number": "2"}]));
    assert_eq!(field(&found, "home.address")["text"], json!("New House"));
    assert_eq!(
        field(&found, "identity.national_id")[0]["value"],
        json!("B2")
    );
    assert_eq!(field(&found, "people.emergency_contacts"), Value::Null);
    for gone in ["Carys Price", "Old House", "A1", "Former Neighbour"] {
        assert_eq!(reasons(&found, gone), [Reason::NotActive], "{gone}");
    }
    let found = import(&with_patient(patient));
    assert_eq!(
        field(&found, "identity.name")["text"],
        json!("Carys Price"),
        "nothing says when the file was made"
    );
}

#[test]
fn a_work_or_billing_address_is_not_where_the_person_lives() {
    for usage in ["work", "billing"] {
        let place = json!([{"url": "http://hl7.org/fhir/StructureDefinition/geolocation",
            "extension": [{"url": "latitude", "valueDecimal": 52.5}, {"url": "longitude", "valueDecimal": -3.5}]}]);
        let found = import(&with_patient(
            json!({"address": [{"use": usage, "text": "Mill", "extension": place}]}),
        ));
        assert_eq!(field(&found, "home.address"), Value::Null, "{usage}");
        assert_eq!(field(&found, "home.geo"), Value::Null, "{usage}");
        assert_eq!(reasons(&found, "Mill"), [Reason::NoPlace], "{usage}");
    }
    let off_the_globe = json!([{"url": "http://hl7.org/fhir/StructureDefinition/geolocation",
        "extension": [{"url": "latitude", "valueDecimal": 152.5}, {"url": "longitude", "valueDecimal": -3.5}]}]);
    let found = import(&with_patient(
        json!({"address": [{"text": "Heol", "extension": off_the_globe}]}),
    ));
    assert_eq!(field(&found, "home.geo"), Value::Null);
    assert_eq!(reasons(&found, "152.5"), [Reason::NotUnderstood]);
}

#[test]
fn a_modifier_extension_anywhere_in_a_resource_stops_its_import() {
    let modifier = json!([{"url": "urn:x:negated", "valueBoolean": true}]);
    let mut whole = allergy(concept("Penicillin"));
    whole["modifierExtension"] = modifier.clone();
    let mut inside = allergy(concept("Latex"));
    inside["reaction"] =
        json!([{"manifestation": [concept("Rash")], "modifierExtension": modifier}]);
    let medicine = json!({"resourceType": "MedicationStatement", "status": "active",
        "contained": [{"resourceType": "Medication", "id": "m", "code": concept("Aspirin"), "modifierExtension": modifier}],
        "medicationReference": {"reference": "#m"}});
    let found = import(&document("48765-2", &[whole, inside, medicine]));
    assert_eq!(field(&found, "health.allergies"), Value::Null);
    assert_eq!(field(&found, "health.medication"), Value::Null);
    for name in ["Penicillin", "Latex", "Aspirin"] {
        assert_eq!(reasons(&found, name), [Reason::NotUnderstood], "{name}");
    }
    let patient = json!({"name": [{"text": "Carys"}], "modifierExtension": modifier, "implicitRules": "urn:x:rules",
        "contact": [{"name": {"text": "Mair"}, "modifierExtension": modifier}]});
    let found = import(&with_patient(patient));
    for part in [
        "Patient.modifierExtension",
        "Patient.implicitRules",
        "Patient.contact",
    ] {
        assert_eq!(reasons(&found, part), [Reason::NotUnderstood], "{part}");
    }
    assert_eq!(field(&found, "people.emergency_contacts"), Value::Null);
}

#[test]
fn a_document_entered_in_error_gives_nothing_clinical() {
    let mut bundle = document("48765-2", &[allergy(concept("Penicillin"))]);
    bundle["entry"][0]["resource"]["status"] = json!("entered-in-error");
    let found = import(&bundle);
    assert_eq!(field(&found, "health.allergies"), Value::Null);
    assert_eq!(reasons(&found, "Penicillin"), [Reason::NotActive]);
}

#[test]
fn another_patients_entry_is_not_taken_though_that_patient_is_not_in_the_file() {
    let mut of_another = allergy(concept("Nuts"));
    of_another["patient"] = json!({"reference": "urn:uuid:00000000-0000-4000-8000-000000000009"});
    let found = import(&document(
        "48765-2",
        &[of_another, allergy(concept("Latex"))],
    ));
    assert_eq!(texts(&found, "health.allergies"), ["Latex"]);
    assert_eq!(reasons(&found, "Nuts"), [Reason::OtherPerson]);
    let searched = json!({"resourceType": "Bundle", "type": "searchset", "entry": [
        {"resource": {"resourceType": "Patient", "id": "p1", "name": [{"text": "Carys"}]}},
        {"resource": {"resourceType": "Condition", "code": concept("Asthma"), "subject": {"reference": "Patient/p1"}}},
        {"resource": {"resourceType": "Condition", "code": concept("Gout"), "subject": {"reference": "Patient/p2"}}}]});
    let found = import(&searched);
    assert_eq!(texts(&found, "health.conditions"), ["Asthma"]);
    assert_eq!(reasons(&found, "Gout"), [Reason::OtherPerson]);
}

#[test]
fn a_section_whose_entries_are_elsewhere_is_still_told() {
    let section = json!({"title": "Problems", "code": coded("http://loinc.org", "11450-4", "x"),
        "text": {"status": "generated", "div": "<div>Epilepsy, on treatment</div>"}, "entry": [{"reference": "Condition/gone"}]});
    let found = import(&with_section(section, Vec::new()));
    assert_eq!(reasons(&found, "Condition/gone"), [Reason::NotInFile]);
    assert_eq!(reasons(&found, "Epilepsy"), [Reason::WordsOnly]);
}

#[test]
fn a_medicine_that_is_only_proposed_is_not_taken() {
    for (intent, taken) in [
        ("order", true),
        ("proposal", false),
        ("plan", false),
        ("option", false),
    ] {
        let request = json!({"resourceType": "MedicationRequest", "status": "active", "intent": intent,
            "medicationCodeableConcept": concept("Insulin")});
        let found = import(&document("10160-0", &[request]));
        assert_eq!(
            texts(&found, "health.medication").len(),
            usize::from(taken),
            "{intent}"
        );
    }
}

#[test]
fn a_medicine_with_its_make_its_limit_and_its_reason() {
    let statement = json!({"resourceType": "MedicationStatement", "status": "active",
        "medicationReference": {"reference": "#m"}, "reasonReference": [{"reference": "urn:uuid:c1"}],
        "contained": [{"resourceType": "Medication", "id": "m", "form": concept("tablet"), "batch": {"lotNumber": "L7"},
            "ingredient": [{"itemCodeableConcept": concept("Codeine"), "strength": {"numerator": {"value": 30, "unit": "mg"},
                "denominator": {"value": 1, "unit": "tablet"}}}]}],
        "dosage": [{"text": "1 tablet", "asNeededBoolean": true, "maxDosePerPeriod": {"numerator": {"value": 8, "unit": "tablet"},
            "denominator": {"value": 1, "unit": "day"}}}, {"doseAndRate": [{"rateRatio": {"numerator": {"value": 1, "unit": "L"},
            "denominator": {"value": 2, "unit": "h"}}}], "site": concept("left arm")}]});
    let pain = json!({"fullUrl": "urn:uuid:c1", "resource": {"resourceType": "Condition", "code": concept("Back pain")}});
    let mut bundle = document("10160-0", &[statement]);
    bundle["entry"].as_array_mut().unwrap().push(pain);
    let found = import(&bundle);
    let medicine = field(&found, "health.medication")[0].clone();
    assert_eq!(medicine["text"], json!("Codeine 30 mg per 1 tablet"));
    assert_eq!(
        medicine["note"],
        json!("form: tablet; contains: Codeine 30 mg per 1 tablet")
    );
    assert_eq!(
        medicine["dose"],
        json!("1 tablet, as needed, at most 8 tablet per 1 day; 1 L per 2 h, where: left arm")
    );
    assert_eq!(medicine["reason"], json!("Back pain"));
    assert_eq!(reasons(&found, "L7"), [Reason::NoPlace]);
}

#[test]
fn what_a_taken_resource_says_besides_is_listed() {
    let condition = json!({"resourceType": "Condition", "code": concept("Cancer"), "subject": {"reference": PATIENT},
        "clinicalStatus": coded("x", "active", "Active"), "stage": [{"summary": concept("Stage II")}],
        "recordedDate": "2024-02-03", "recorder": {"display": "Dr Rees"}, "identifier": [{"value": "K-1"}],
        "contained": [{"resourceType": "Observation", "id": "o", "status": "final", "code": concept("Biopsy")}]});
    let mut nuts = allergy(concept("Nuts"));
    nuts["category"] = json!(["food"]);
    nuts["reaction"] = json!([{"manifestation": [concept("Swelling")], "exposureRoute": concept("by mouth"),
        "onset": "2019-07", "note": [{"text": "needed adrenaline"}]}]);
    let device = json!({"resourceType": "Device", "id": "d", "type": concept("Pacemaker"), "serialNumber": "S-99"});
    let usage = json!({"resourceType": "DeviceUseStatement", "status": "active", "device": {"reference": "#d"}, "contained": [device]});
    let found = import(&document("11450-4", &[condition, nuts, usage]));
    for (said, reason) in [
        ("Stage II", Reason::NoPlace),
        ("Dr Rees", Reason::Administrative),
        ("2024-02-03", Reason::Administrative),
        ("K-1", Reason::Administrative),
        ("Biopsy", Reason::NoPlace),
        ("food", Reason::NoPlace),
        ("S-99", Reason::NoPlace),
    ] {
        assert_eq!(
            reasons(&found, said),
            [reason],
            "{said}: {:#?}",
            found.unmapped
        );
    }
    assert_eq!(
        field(&found, "health.allergies")[0]["reactions"],
        json!(["Swelling, on 2019-07, by mouth, needed adrenaline"])
    );
}

#[test]
fn all_that_is_said_of_a_person_to_call_is_used_or_listed() {
    let patient = json!({"name": [{"text": "Carys"}], "contact": [{"name": {"text": "Mair"},
        "telecom": [{"system": "phone", "value": "1"}, {"system": "url", "value": "https://mair.example"}, {"system": "phone", "value": "9", "use": "old"}]}]});
    let found = import(&with_patient(patient));
    assert_eq!(reasons(&found, "https://mair.example"), [Reason::NoPlace]);
    assert_eq!(
        reasons(&found, "Patient.contact[0].telecom"),
        [Reason::NoPlace, Reason::NotActive]
    );
    let related = json!({"resourceType": "RelatedPerson", "relationship": [coded("x", "ECON", "")],
        "name": [{"text": "Huw"}, {"text": "Huwcyn"}], "telecom": [{"system": "phone", "value": "2"}],
        "address": [{"text": "here"}, {"text": "there"}], "gender": "male", "patient": {"reference": PATIENT}});
    let found = import(&document("x", &[related]));
    for said in ["Huwcyn", "there", "male"] {
        assert_eq!(
            reasons(&found, said).len(),
            1,
            "{said}: {:#?}",
            found.unmapped
        );
    }
    let contained = json!({"name": [{"text": "Carys"}], "generalPractitioner": [{"reference": "#gp"}],
        "contained": [{"resourceType": "Practitioner", "id": "gp", "name": [{"text": "Dr Rees"}]},
            {"resourceType": "RelatedPerson", "id": "son", "name": [{"text": "Ifan"}]}]});
    let found = import(&with_patient(contained));
    assert_eq!(reasons(&found, "Dr Rees"), [Reason::NoPlace]);
    assert_eq!(reasons(&found, "Ifan"), [Reason::NoPlace]);
}
