//! What a clinical resource says beyond what was taken of it: listed as details, so that nothing goes in silence.
//! Who recorded it, when and on what occasion comes as one line.

use serde_json::Value;

use super::bundle::{Bundle, Resource};
use super::patient::element_text;
use super::{summary, unsaid};
use crate::import::Reason;
use crate::import::collect::Collector;

/// Members that every resource may have and that say nothing of the person's health.
const FRAME: [&str; 8] = [
    "resourceType",
    "id",
    "meta",
    "text",
    "language",
    "contained",
    "subject",
    "patient",
];

/// Members about the record itself.
const RECORD: &[&str] = &[
    "asserter",
    "author",
    "authoredOn",
    "basedOn",
    "category",
    "context",
    "contributor",
    "dateAsserted",
    "derivedFrom",
    "dispenseRequest",
    "effectiveInstant",
    "encounter",
    "groupIdentifier",
    "identifier",
    "implicitRules",
    "informationSource",
    "instantiatesCanonical",
    "instantiatesUri",
    "issued",
    "owner",
    "partOf",
    "performer",
    "priority",
    "recordedDate",
    "recordedOn",
    "recorder",
    "replaces",
    "reportedBoolean",
    "reportedReference",
    "requester",
    "source",
    "substitution",
    "supportingInformation",
];

/// Members that the import of each kind reads.
fn taken(kind: &str) -> &'static [&'static str] {
    match kind {
        "Condition" => &[
            "clinicalStatus",
            "verificationStatus",
            "code",
            "severity",
            "bodySite",
            "note",
            "onsetDateTime",
            "onsetPeriod",
            "onsetAge",
            "onsetRange",
            "onsetString",
        ],
        "AllergyIntolerance" => &[
            "clinicalStatus",
            "verificationStatus",
            "code",
            "type",
            "criticality",
            "reaction",
            "note",
            "onsetDateTime",
            "onsetPeriod",
            "onsetAge",
            "onsetRange",
            "onsetString",
        ],
        "MedicationStatement" | "MedicationRequest" => &[
            "status",
            "intent",
            "doNotPerform",
            "medicationCodeableConcept",
            "medicationReference",
            "medication",
            "effectiveDateTime",
            "effectivePeriod",
            "dosage",
            "dosageInstruction",
            "reasonCode",
            "reasonReference",
            "note",
        ],
        "Medication" => &["status", "code", "form", "ingredient"],
        "DeviceUseStatement" => &[
            "status",
            "device",
            "bodySite",
            "note",
            "timingDateTime",
            "timingPeriod",
            "reasonCode",
        ],
        "Device" => &[
            "status",
            "type",
            "deviceName",
            "manufacturer",
            "modelNumber",
            "note",
        ],
        "Observation" => &[
            "status",
            "code",
            "valueCodeableConcept",
            "valueString",
            "component",
        ],
        "Consent" => &["status", "category", "dateTime", "provision"],
        "CarePlan" => &[
            "status",
            "intent",
            "title",
            "description",
            "activity",
            "note",
            "period",
            "created",
        ],
        "RelatedPerson" => &[
            "active",
            "name",
            "telecom",
            "address",
            "relationship",
            "birthDate",
            "gender",
            "period",
            "extension",
            "communication",
            "photo",
        ],
        _ => &[],
    }
}

/// Lists what was not taken of a resource that was; `said` is all that its entry says.
pub(super) fn list<'a>(
    bundle: &Bundle<'a>,
    resource: &Resource<'a>,
    location: &str,
    said: &str,
    collector: &mut Collector,
) {
    let (taken, mut record) = (taken(resource.kind), Vec::new());
    for (name, element) in resource.value.as_object().into_iter().flatten() {
        if FRAME.contains(&name.as_str()) {
            continue;
        }
        if taken.contains(&name.as_str()) {
            // Of a person to call, all but the extensions inside is told with the contact.
            let rest = match resource.kind {
                "RelatedPerson" if name == "extension" => Vec::new(),
                "RelatedPerson" => unsaid::extensions(element, said),
                _ => unsaid::of(name, element, said),
            };
            if !rest.is_empty() {
                let location = format!("{location} ({name})");
                collector.detail(location, &rest.join("; "), Reason::NoPlace);
            }
            continue;
        }
        let words = words_of(bundle, resource, element);
        // An allergy's category is food, medication, environment: about the person, not about the record.
        let is_record = RECORD.contains(&name.as_str())
            && !(name == "category" && resource.kind == "AllergyIntolerance");
        if is_record {
            record.push(format!("{name}: {words}"));
        } else {
            collector.detail(format!("{location} ({name})"), &words, Reason::NoPlace);
        }
    }
    if !record.is_empty() {
        collector.detail(
            format!("{location} (record)"),
            &record.join("; "),
            Reason::Administrative,
        );
    }
    for inner in resource.unreferenced() {
        let what = summary::of(bundle, &inner);
        collector.detail(
            format!("{location}, {}", inner.name()),
            &what,
            Reason::NoPlace,
        );
    }
}

/// Every text in a value, in lower case: what an entry made of it says.
pub(super) fn said_in(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_lowercase(),
        Value::Array(items) => items.iter().map(said_in).collect::<Vec<_>>().join("\n"),
        Value::Object(members) => members.values().map(said_in).collect::<Vec<_>>().join("\n"),
        Value::Number(number) => number.to_string(),
        Value::Bool(_) | Value::Null => String::new(),
    }
}

fn words_of<'a>(bundle: &Bundle<'a>, resource: &Resource<'a>, element: &Value) -> String {
    let parts = match element {
        Value::Array(all) => all.as_slice(),
        one => std::slice::from_ref(one),
    };
    let words = parts.iter().map(|part| match part {
        Value::String(text) => text.clone(),
        other => element_text(bundle, resource, other),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// Whether an extension in a resource changes what the rest of it means (FHIR R4, "Modifier Extensions"): such a
/// resource must not be read as if it were not there. What it contains speaks for itself.
pub(super) fn is_modified(resource: &Value) -> bool {
    match resource {
        Value::Array(items) => items.iter().any(is_modified),
        Value::Object(members) => members.iter().any(|(name, member)| {
            name == "modifierExtension" || name != "contained" && is_modified(member)
        }),
        _ => false,
    }
}
