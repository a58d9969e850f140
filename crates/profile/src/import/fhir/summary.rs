//! One line about a resource that has no place in the profile, so that a person knows what it is.

use serde_json::Value;

use super::bundle::{Bundle, Resource, items, text};
use super::concept::{quantity, range, words};
use super::{narrative, patient};

/// What, which value, when and in which state; the narrative where nothing else speaks.
pub(super) fn of<'a>(bundle: &Bundle<'a>, resource: &Resource<'a>) -> String {
    let value = resource.value;
    let what = subject(bundle, resource);
    let mut parts: Vec<String> = what.iter().cloned().collect();
    parts.extend(result(value));
    parts.extend(
        items(value, "component")
            .iter()
            .filter_map(|part| Some(format!("{}: {}", words(part.get("code"))?, result(part)?))),
    );
    parts.extend(when(value));
    for state in ["clinicalStatus", "verificationStatus", "status"] {
        parts.extend(words(value.get(state)));
    }
    parts.extend(
        items(value, "note")
            .iter()
            .filter_map(|note| text(note, "text"))
            .map(str::to_owned),
    );
    if what.is_none() {
        parts.extend(other_words(value));
    }
    let line = parts.join(", ");
    if line.is_empty() {
        resource.kind.to_owned()
    } else {
        format!("{}: {line}", resource.kind)
    }
}

/// Texts that one line about a resource takes at most.
const MOST_WORDS: usize = 64;

/// Where no member that names a resource is there: the words in it, a family member's conditions and the people of a
/// care team among them, else its narrative.
fn other_words(value: &Value) -> Option<String> {
    let mut found = Vec::new();
    for (name, member) in value.as_object().into_iter().flatten() {
        if ![
            "meta",
            "text",
            "contained",
            "subject",
            "patient",
            "identifier",
        ]
        .contains(&name.as_str())
        {
            collect_words(member, &mut found);
        }
    }
    if found.is_empty() {
        found.push(narrative::of(value.get("text")));
    }
    Some(found.join(", ")).filter(|words| !words.is_empty())
}

/// Every text in a value.
pub(super) fn all_texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(all_texts).collect(),
        Value::Object(members) => members.values().flat_map(all_texts).collect(),
        _ => Vec::new(),
    }
}

/// The words in an element, each once.
pub(super) fn all_words(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect_words(value, &mut found);
    found
}

fn collect_words(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_words(item, found)),
        Value::Object(members) => {
            for (name, member) in members {
                let is_said = [
                    "display",
                    "text",
                    "valueString",
                    "name",
                    "description",
                    "value",
                ];
                match member.as_str().map(str::trim) {
                    Some(said) if is_said.contains(&name.as_str()) && !said.is_empty() => {
                        if found.len() < MOST_WORDS && !found.iter().any(|known| known == said) {
                            found.push(said.to_owned());
                        }
                    }
                    Some(_) => {}
                    None => collect_words(member, found),
                }
            }
        }
        _ => {}
    }
}

fn subject<'a>(bundle: &Bundle<'a>, resource: &Resource<'a>) -> Option<String> {
    let value = resource.value;
    let named = [
        "code",
        "vaccineCode",
        "medicationCodeableConcept",
        "type",
        "category",
        "scope",
    ]
    .iter()
    .find_map(|member| {
        items(value, member)
            .first()
            .and_then(|concept| words(Some(concept)))
    });
    let reference = ["medicationReference", "device", "medication"]
        .iter()
        .find_map(|member| {
            let reference = value.get(member)?;
            let target = bundle.resolve(resource, reference);
            let inner = target.and_then(|target| {
                words(
                    target
                        .value
                        .get("code")
                        .or_else(|| target.value.get("type")),
                )
            });
            inner.or_else(|| text(reference, "display").map(str::to_owned))
        });
    let called = text(value, "title")
        .or_else(|| text(value, "description"))
        .map(str::to_owned);
    let person = items(value, "name").first().and_then(patient::name_text);
    let provision = value
        .pointer("/provision/code/0")
        .and_then(|concept| words(Some(concept)));
    let parts: Vec<String> = [person, called, named.or(reference), provision]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The value[x] of an observation.
fn result(value: &Value) -> Option<String> {
    value
        .get("valueQuantity")
        .and_then(quantity)
        .or_else(|| value.get("valueRange").and_then(range))
        .or_else(|| words(value.get("valueCodeableConcept")))
        .or_else(|| text(value, "valueString").map(str::to_owned))
        .or_else(|| text(value, "valueDateTime").map(str::to_owned))
        .or_else(|| {
            value
                .get("valueInteger")
                .or_else(|| value.get("valueBoolean"))
                .map(Value::to_string)
        })
}

fn when(value: &Value) -> Option<String> {
    let members = [
        "occurrenceDateTime",
        "performedDateTime",
        "effectiveDateTime",
        "onsetDateTime",
        "dateTime",
        "date",
    ];
    let single = members.iter().find_map(|member| text(value, member));
    let period = [
        "performedPeriod",
        "effectivePeriod",
        "onsetPeriod",
        "period",
    ]
    .iter()
    .find_map(|member| text(value.get(member)?, "start"));
    single.or(period).map(str::to_owned)
}
