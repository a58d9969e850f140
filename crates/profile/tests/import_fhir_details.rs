//! FHIR imports against what real files do beside the profile: states and absence in words, other releases of FHIR,
//! and content deep inside what was taken.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod common;

use common::fhir::{PATIENT, allergy, coded, concept, document, import, with_patient};
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
fn a_state_in_words_alone_is_a_state() {
    let states = [
        ("clinicalStatus", concept("Inactive")),
        (
            "clinicalStatus",
            json!({"coding": [{"display": "Resolved"}]}),
        ),
        ("clinicalStatus", json!({"coding": [{"code": "413322009"}]})),
        ("verificationStatus", concept("Refuted")),
        ("verificationStatus", concept("Entered in Error")),
        ("verificationStatus", json!("refuted")),
    ];
    for (member, state) in states {
        let mut resource = allergy(concept("Nuts"));
        resource[member] = state.clone();
        let found = import(&document("48765-2", &[resource]));
        assert_eq!(reasons(&found, "Nuts"), [Reason::NotActive], "{state}");
        assert_eq!(field(&found, "health.allergies"), json!(null), "{state}");
    }
}

#[test]
fn a_statement_that_a_medicine_is_not_taken_is_not_a_medicine() {
    let statement = |more: Value| {
        let mut statement = json!({"resourceType": "MedicationStatement", "status": "active",
            "medicationCodeableConcept": concept("Warfarin")});
        let more = more.as_object().unwrap().clone();
        statement.as_object_mut().unwrap().extend(more);
        import(&document("10160-0", &[statement]))
    };
    for no in [
        json!({"taken": "n"}),
        json!({"wasNotTaken": true}),
        json!({"status": "recorded", "adherence": {"code": coded("x", "not-taking", "Not taking")}}),
        json!({"status": "recorded", "adherence": {"code": concept("Stopped")}}),
    ] {
        let found = statement(no.clone());
        assert_eq!(reasons(&found, "Warfarin"), [Reason::NotActive], "{no}");
    }
    for yes in [
        json!({"taken": "y"}),
        json!({"status": "recorded"}),
        json!({"status": "recorded", "adherence": {"code": coded("x", "taking", "Taking")}}),
    ] {
        let found = statement(yes.clone());
        assert_eq!(texts(&found, "health.medication"), ["Warfarin"], "{yes}");
    }
}

#[test]
fn none_known_in_words_alone() {
    let said = |kind: &str, member: &str, words: &str| {
        import(&document(
            "x",
            &[json!({"resourceType": kind, "status": "active", member: concept(words)})],
        ))
    };
    for (kind, member, words, path) in [
        (
            "AllergyIntolerance",
            "code",
            "No known allergies",
            "health.allergies",
        ),
        (
            "Condition",
            "code",
            "No known current problems or disability",
            "health.conditions",
        ),
        (
            "MedicationStatement",
            "medicationCodeableConcept",
            "No known medications",
            "health.medication",
        ),
    ] {
        let entry = field(&said(kind, member, words), path)[0].clone();
        assert_eq!(entry["absent"], "none-known", "{words}");
    }
    for words in ["No known drug allergies", "No known medication allergies"] {
        let entry = field(
            &said("AllergyIntolerance", "code", words),
            "health.allergies",
        )[0]
        .clone();
        assert_eq!(entry["absent"], "none-known-of-kind", "{words}");
    }
    let other = said("Condition", "code", "No known cause of seizures");
    assert_eq!(field(&other, "health.conditions")[0]["absent"], json!(null));
}

#[test]
fn an_advance_decision_out_of_a_consent() {
    let consent = |more: Value| {
        let mut consent = json!({"resourceType": "Consent", "status": "active", "patient": {"reference": PATIENT},
            "scope": concept("Treatment"), "category": [coded("x", "dnr", "Do Not Resuscitate")], "dateTime": "2021-09-01",
            "sourceReference": {"display": "the signed form"}, "provision": {"code": [concept("Not for resuscitation")]}});
        let more = more.as_object().unwrap().clone();
        consent.as_object_mut().unwrap().extend(more);
        import(&document("81338-6", &[consent]))
    };
    let found = consent(json!({}));
    assert_eq!(
        field(&found, "health.advance_decision"),
        json!({"text": "Do Not Resuscitate\nNot for resuscitation", "date": "2021-09-01"})
    );
    assert_eq!(reasons(&found, "the signed form"), [Reason::NoPlace]);
    let refusal = json!({"provision": {"type": "deny", "code": [concept("ventilation")]}});
    assert_eq!(
        field(&consent(refusal), "health.advance_decision")["text"],
        "Do Not Resuscitate\nrefused: ventilation"
    );
    for status in [
        "draft",
        "proposed",
        "rejected",
        "inactive",
        "entered-in-error",
    ] {
        let found = consent(json!({ "status": status }));
        assert_eq!(reasons(&found, "Not for"), [Reason::NotActive], "{status}");
    }
    let other = consent(json!({"category": [concept("Research")]}));
    assert_eq!(reasons(&other, "Not for"), [Reason::NoPlace]);
    let by_scope = json!({"category": [concept("Living will")], "scope": coded("x", "adr", "Advanced Care Directive")});
    assert_eq!(
        field(&consent(by_scope), "health.advance_decision")["text"],
        "Living will\nNot for resuscitation"
    );
}

#[test]
fn a_care_plan_has_what_is_to_be_done_and_what_is_to_be_avoided() {
    let plan = json!({"resourceType": "CarePlan", "status": "active", "activity": [
        {"detail": {"status": "in-progress", "description": "walk"}},
        {"detail": {"status": "scheduled", "doNotPerform": true, "description": "lift"}},
        {"detail": {"status": "cancelled", "description": "swim"}},
        {"detail": {"status": "completed", "code": concept("weigh")}}]});
    let found = import(&document("18776-5", &[plan]));
    assert_eq!(
        field(&found, "health.care_plan")["text"],
        "walk\nnot to be done: lift"
    );
    assert_eq!(reasons(&found, "swim"), [Reason::NoPlace]);
    assert_eq!(reasons(&found, "weigh"), [Reason::NoPlace]);
}

#[test]
fn what_is_inside_a_taken_element_is_in_the_entry_or_listed() {
    let extension = |url: &str, value: &str| json!([{"url": format!("https://x.example/{url}"), "valueString": value}]);
    let condition = json!({"resourceType": "Condition", "code": concept("Fracture"),
        "bodySite": [{"text": "hip", "extension": extension("laterality", "left side")}],
        "onsetPeriod": {"start": "2024-01-02", "end": "2024-05-06"},
        "severity": {"text": "bad", "coding": [{"display": "Severe (left hip)"}]},
        "note": [{"text": "fell", "authorString": "Dr Rees"}]});
    let mut nuts = allergy(concept("Nuts"));
    nuts["reaction"] = json!([{"manifestation": [concept("Swelling")], "extension": extension("duration", "ten minutes"),
        "_severity": {"extension": extension("scale", "life threatening")}}]);
    let statement = json!({"resourceType": "MedicationStatement", "status": "active",
        "medicationReference": {"reference": "#m", "display": "Irbesartan 75 mg"},
        "contained": [{"resourceType": "Medication", "id": "m", "code": concept("Irbesartan")}]});
    let found = import(&document("11450-4", &[condition, nuts, statement]));
    for said in [
        "laterality: left side",
        "end: 2024-05-06",
        "Severe (left hip)",
        "authorString: Dr Rees",
        "duration: ten minutes",
        "scale: life threatening",
        "Irbesartan 75 mg",
    ] {
        assert_eq!(
            reasons(&found, said),
            [Reason::NoPlace],
            "{said}: {:#?}",
            found.unmapped
        );
    }
    let patient = json!({"name": [{"text": "Carys"}], "communication": [{"language": {"text": "cy"},
        "extension": extension("comment", "her son translates")}]});
    let found = import(&with_patient(patient));
    assert_eq!(
        reasons(&found, "comment: her son translates"),
        [Reason::NoPlace]
    );
}

#[test]
fn a_device_with_its_name_and_its_own_notes() {
    let device = json!({"resourceType": "Device", "id": "d", "type": concept("Pacemaker"), "note": [{"text": "left chest"}],
        "deviceName": [{"name": "Azure XT"}, {"name": "pacemaker"}]});
    let usage = json!({"resourceType": "DeviceUseStatement", "status": "active", "device": {"reference": "#d"},
        "note": [{"text": "checked yearly"}], "contained": [device]});
    let found = import(&document("46264-8", &[usage]));
    assert_eq!(
        field(&found, "health.equipment")[0]["note"],
        "checked yearly; called Azure XT; left chest"
    );
}

#[test]
fn who_is_to_be_called() {
    let contact = |role: &str, more: Value| {
        let mut contact = more;
        contact["relationship"] = json!([coded(
            "http://terminology.hl7.org/CodeSystem/v2-0131",
            role,
            ""
        )]);
        field(
            &import(&with_patient(json!({ "contact": [contact] }))),
            "people.emergency_contacts",
        )
    };
    let named = json!({"name": {"text": "Mair"}});
    for (role, relationship) in [
        ("EP", json!(null)),
        ("CP", json!("contact person")),
        ("O", json!("other")),
    ] {
        let found = contact(role, named.clone());
        assert_eq!(found[0]["name"], "Mair", "{role}");
        assert_eq!(found[0]["relationship"], relationship, "{role}");
    }
    for role in ["BP", "PR", "I"] {
        assert_eq!(contact(role, named.clone()), json!(null), "{role}");
    }
    let number = json!({"contact": [{"telecom": [{"system": "phone", "value": "01632 960001"}]}]});
    assert_eq!(
        field(&import(&with_patient(number)), "people.emergency_contacts"),
        json!([{"name": "emergency contact", "phones": [{"number": "01632 960001"}]}])
    );
    for role in ["EP", "N", "NOK"] {
        let related = json!({"resourceType": "RelatedPerson", "relationship": [coded("x", role, "")],
            "name": [{"text": "Huw"}], "patient": {"reference": PATIENT}});
        let found = import(&document("x", &[related]));
        assert_eq!(
            field(&found, "people.emergency_contacts")[0]["name"],
            "Huw",
            "{role}"
        );
    }
}

#[test]
fn what_is_listed_says_what_it_is() {
    let resources = [
        json!({"resourceType": "FamilyMemberHistory", "status": "completed", "relationship": concept("father"),
            "condition": [{"code": concept("Diabetes")}]}),
        json!({"resourceType": "CareTeam", "status": "active", "participant": [{"role": [concept("District nurse")],
            "member": {"display": "Nia Rees"}}]}),
        json!({"resourceType": "Goal", "lifecycleStatus": "active", "description": concept("Walk to the shop")}),
    ];
    let found = import(&document("x", &resources));
    for words in [
        "father",
        "Diabetes",
        "District nurse",
        "Nia Rees",
        "Walk to the shop",
    ] {
        assert_eq!(
            reasons(&found, words),
            [Reason::NoPlace],
            "{words}: {:#?}",
            found.unmapped
        );
    }
    let photo = json!({"photo": [{"contentType": "image/png", "data": "QUJDREVG", "title": "me"}]});
    let found = import(&with_patient(photo));
    assert_eq!(reasons(&found, "me, image/png, 6 bytes"), [Reason::NoPlace]);
    assert_eq!(reasons(&found, "QUJDREVG"), []);
}

#[test]
fn a_file_that_says_only_its_year_still_tells_what_is_over() {
    let mut bundle = with_patient(json!({"telecom": [
        {"system": "phone", "value": "1", "period": {"end": "2019-05-01"}}, {"system": "phone", "value": "2"}]}));
    bundle["timestamp"] = json!("2021");
    assert_eq!(
        field(&import(&bundle), "contact.phone"),
        json!([{"number": "2"}])
    );
    bundle["timestamp"] = json!("soon");
    let phones = field(&import(&bundle), "contact.phone");
    assert_eq!(phones.as_array().map(Vec::len), Some(2), "no date at all");
}
