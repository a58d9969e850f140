//! What is inside an element that was taken and does not show in the entry made of it: extensions, ends of periods,
//! other names. Codes are another form of the words beside them and are not told again.

use serde_json::{Map, Value};

use super::bundle::{items, text};
use super::concept::{quantity, range, ratio, words};
use super::dosage;

/// Members that point, identify or classify, or that decided whether and where the element was taken.
const SILENT: [&str; 18] = [
    "id",
    "system",
    "reference",
    "url",
    "use",
    "rank",
    "type",
    "status",
    "clinicalStatus",
    "verificationStatus",
    "intent",
    "criticality",
    "doNotPerform",
    "sequence",
    "preferred",
    "gender",
    "active",
    "isActive",
];

/// The words inside `element` that are not among what is `said`, which is in lower case.
pub(super) fn of(name: &str, element: &Value, said: &str) -> Vec<String> {
    let mut found = Vec::new();
    look(name, element, said, &mut found);
    look_for_extensions(element, said, &mut found);
    let own = format!("{name}: ");
    found
        .iter()
        .map(|words| words.strip_prefix(&own).unwrap_or(words).to_owned())
        .collect()
}

/// What the extensions inside `element` say, however deep.
pub(super) fn extensions(element: &Value, said: &str) -> Vec<String> {
    let mut found = Vec::new();
    look_for_extensions(element, said, &mut found);
    found
}

/// What an extension says, under the last part of its address.
pub(super) fn of_extension(element: &Value) -> Option<String> {
    text(element, "url")?;
    let mut found = Vec::new();
    extension_words(element, "", &mut found);
    (!found.is_empty()).then(|| found.join("; "))
}

fn look(name: &str, element: &Value, said: &str, found: &mut Vec<String>) {
    match element {
        _ if SILENT.contains(&name) => {}
        Value::Array(items) => items.iter().for_each(|item| look(name, item, said, found)),
        Value::Object(members) => object(name, element, members, said, found),
        Value::String(text) => tell(name, text, said, found),
        Value::Number(number) => tell(name, &number.to_string(), said, found),
        Value::Bool(true) => found.push(name.to_owned()),
        Value::Bool(false) | Value::Null => {}
    }
}

/// Members whose text may say less than the term beside it, such as on which side.
const WITH_TERMS: [&str; 5] = ["bodySite", "site", "severity", "manifestation", "substance"];

fn object(
    name: &str,
    element: &Value,
    members: &Map<String, Value>,
    said: &str,
    found: &mut Vec<String>,
) {
    let whole = quantity(element)
        .or_else(|| range(element))
        .or_else(|| ratio(element))
        .or_else(|| is_concept(element).then(|| words(Some(element))).flatten());
    if let Some(whole) = whole {
        tell(name, &whole, said, found);
        if WITH_TERMS.contains(&name) {
            let terms = items(element, "coding")
                .iter()
                .filter_map(|coding| text(coding, "display"));
            terms.for_each(|term| tell(name, term, said, found));
        }
        return;
    }
    if ["dosage", "dosageInstruction"].contains(&name) {
        let parts = dosage::beyond_words(element).into_iter();
        found.extend(parts.filter(|part| !is_told(part, said)));
    }
    for (inner, member) in members {
        // What a dosage says without words is in the words above, or in those of the entry.
        let told = inner.starts_with('_')
            || ["extension", "modifierExtension", "coding"].contains(&inner.as_str())
            || IN_DOSE.contains(&inner.as_str());
        if !told {
            look(inner, member, said, found);
        }
    }
}

/// Parts of a dosage that its words tell.
const IN_DOSE: [&str; 12] = [
    "timing",
    "doseAndRate",
    "doseQuantity",
    "doseRange",
    "rateQuantity",
    "rateRange",
    "rateRatio",
    "asNeeded",
    "asNeededBoolean",
    "maxDosePerPeriod",
    "maxDosePerAdministration",
    "maxDosePerLifetime",
];

/// A CodeableConcept, a Coding or a Reference: its first words stand for it.
fn is_concept(element: &Value) -> bool {
    let is_text = |member| text(element, member).is_some();
    element.get("coding").is_some()
        || is_text("display")
        || (is_text("code") && is_text("system"))
        || (is_text("text") && !is_text("time") && element.as_object().map(Map::len) == Some(1))
}

fn look_for_extensions(element: &Value, said: &str, found: &mut Vec<String>) {
    match element {
        Value::Array(items) => items
            .iter()
            .for_each(|item| look_for_extensions(item, said, found)),
        Value::Object(members) => {
            for extension in items(element, "extension") {
                extension_words(extension, said, found);
            }
            for (_, member) in members.iter().filter(|(name, _)| *name != "extension") {
                look_for_extensions(member, said, found);
            }
        }
        _ => {}
    }
}

/// The value of an extension under the last part of its address; that something is absent says nothing more.
fn extension_words(extension: &Value, said: &str, found: &mut Vec<String>) {
    let url = text(extension, "url").unwrap_or_default();
    let name = url.rsplit('/').next().unwrap_or_default();
    if name == "data-absent-reason" {
        return;
    }
    let first = found.len();
    for inner in items(extension, "extension") {
        extension_words(inner, said, found);
    }
    for words in found.iter_mut().skip(first) {
        words.insert_str(0, &format!("{name} "));
    }
    for (member, value) in extension.as_object().into_iter().flatten() {
        if member.starts_with("value") {
            let mut inside = Vec::new();
            look(name, value, said, &mut inside);
            found.extend(inside.into_iter().map(|words| {
                if words.starts_with(name) {
                    words
                } else {
                    format!("{name} {words}")
                }
            }));
        }
    }
}

fn tell(name: &str, text: &str, said: &str, found: &mut Vec<String>) {
    let text = text.trim();
    // A time of day does not show in a date.
    let shown = match text.split_once('T') {
        Some((day, time)) if day.len() == 10 && time.contains(':') => day,
        _ => text,
    };
    if !text.is_empty() && !contains(said, &shown.to_lowercase()) {
        found.push(format!("{name}: {text}"));
    }
}

/// Whether the words of a dosage tell this part of it: they have its numbers, hours and days. How often in a day is
/// in every one of them, each in its own words.
fn is_told(part: &str, said: &str) -> bool {
    let part = part.to_lowercase();
    let mut telling = part
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.contains(|c: char| c.is_ascii_digit()) || word.ends_with("day"))
        .filter(|word| *word != "day");
    telling.all(|word| contains(said, word))
}

/// Whether `said` has `words` as whole words: "1" is not said by "10".
fn contains(said: &str, words: &str) -> bool {
    let ends = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    said.match_indices(words).any(|(at, found)| {
        let before = said.get(..at).and_then(|before| before.chars().next_back());
        let after = said
            .get(at + found.len()..)
            .and_then(|after| after.chars().next());
        ends(before) && ends(after)
    })
}
