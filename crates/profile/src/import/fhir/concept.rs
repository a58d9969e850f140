//! FHIR's data types in words: concepts, quantities, dates, notes, and what says that there is nothing.

use serde_json::Value;

use super::bundle::{items, text};
use crate::values::{Absent, Coding, PartialDate};

/// The words of a CodeableConcept or Coding: its text, else a display, else a code.
pub(super) fn words(concept: Option<&Value>) -> Option<String> {
    let concept = concept?;
    if let Some(plain) = concept.as_str() {
        return Some(plain.trim().to_owned()).filter(|plain| !plain.is_empty());
    }
    let codings = items(concept, "coding");
    let selected = codings
        .iter()
        .find(|coding| coding.get("userSelected") == Some(&Value::Bool(true)));
    let display = selected
        .into_iter()
        .chain(codings)
        .find_map(|coding| text(coding, "display"));
    let code = codings.iter().find_map(|coding| text(coding, "code"));
    text(concept, "text")
        .or(display)
        .or_else(|| text(concept, "display"))
        .or(code)
        .or_else(|| text(concept, "code"))
        .map(str::to_owned)
}

/// The codings of a CodeableConcept in the profile's form.
pub(super) fn codings(concept: Option<&Value>) -> Vec<Coding> {
    let owned = |coding: &Value, member| text(coding, member).map(str::to_owned);
    concept
        .map(|concept| items(concept, "coding"))
        .unwrap_or_default()
        .iter()
        .filter_map(|coding| {
            let code = owned(coding, "code")?;
            Some(Coding {
                system: owned(coding, "system"),
                code,
                display: owned(coding, "display"),
            })
        })
        .collect()
}

/// The bare codes of a CodeableConcept, a Coding or a code.
pub(super) fn codes(concept: Option<&Value>) -> Vec<String> {
    let Some(concept) = concept else {
        return Vec::new();
    };
    if let Some(code) = concept.as_str() {
        return vec![code.to_owned()];
    }
    let inner = items(concept, "coding")
        .iter()
        .filter_map(|coding| text(coding, "code"));
    inner
        .chain(text(concept, "code"))
        .map(str::to_owned)
        .collect()
}

/// A state by its codes, displays and text, all as FHIR would code them: some files say it in words alone.
pub(super) fn states(concept: Option<&Value>) -> Vec<String> {
    let codings = concept
        .map(|concept| items(concept, "coding"))
        .unwrap_or_default();
    let displays = codings.iter().filter_map(|coding| text(coding, "display"));
    let whole = concept.and_then(|concept| text(concept, "text"));
    let said = displays.chain(whole).map(str::to_owned);
    codes(concept)
        .into_iter()
        .chain(said)
        .map(|state| state.to_lowercase().replace(' ', "-"))
        .collect()
}

/// What a concept says about there being none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nothing {
    /// Known to be none.
    Known(Absent),
    /// Nobody knows, or nobody says.
    Unknown,
}

/// Whether a concept says that there is none (IPS "absent or unknown", SNOMED CT situations), or nothing at all.
pub(super) fn nothing(concept: &Value) -> Option<Nothing> {
    let said = codes(Some(concept))
        .iter()
        .find_map(|code| match code.as_str() {
            "716186003"
            | "160244002"
            | "787481004"
            | "160245001"
            | "787483001"
            | "no-known-allergies"
            | "no-known-medications"
            | "no-known-medication"
            | "no-known-problems"
            | "no-known-devices" => Some(Nothing::Known(Absent::NoneKnown)),
            "409137002" | "428607008" | "429625007" | "428197003" | "716184000" | "716220001"
            | "1003774007" => Some(Nothing::Known(Absent::NoneKnownOfKind)),
            code if code.starts_with("no-known-") => Some(Nothing::Known(Absent::NoneKnownOfKind)),
            code if code.starts_with("no-") && code.ends_with("-info") => Some(Nothing::Unknown),
            _ => None,
        });
    let spoken = || {
        let said = words(Some(concept))?;
        none_in_words(&said).map(Nothing::Known)
    };
    said.or_else(spoken).or_else(|| {
        (is_absent(concept) || words(Some(concept)).is_none()).then_some(Nothing::Unknown)
    })
}

/// "No known …" and nothing but what a section is about: a file may say it without a code.
fn none_in_words(said: &str) -> Option<Absent> {
    const ALL: [&str; 13] = [
        "current",
        "active",
        "allergy",
        "allergies",
        "problem",
        "problems",
        "condition",
        "conditions",
        "device",
        "devices",
        "or",
        "and",
        "disability",
    ];
    const MEDICINES: [&str; 4] = ["medication", "medications", "medicine", "medicines"];
    const KINDS: [&str; 5] = ["drug", "food", "environmental", "latex", "insect"];
    let said = said.to_lowercase();
    match said.trim().trim_end_matches('.') {
        "nka" | "none known" | "nil known" | "none" | "nil" => return Some(Absent::NoneKnown),
        "nkda" => return Some(Absent::NoneKnownOfKind),
        _ => {}
    }
    let rest: Vec<&str> = said
        .strip_prefix("no known ")
        .or_else(|| said.strip_prefix("no current "))?
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let is_known = |word: &&str| ALL.contains(word) || MEDICINES.contains(word);
    if rest.is_empty()
        || !rest
            .iter()
            .all(|word| is_known(word) || KINDS.contains(word))
    {
        return None;
    }
    let of_allergies = rest.iter().any(|word| word.starts_with("allerg"));
    let of_kind = rest
        .iter()
        .any(|word| KINDS.contains(word) || of_allergies && MEDICINES.contains(word));
    Some(if of_kind {
        Absent::NoneKnownOfKind
    } else {
        Absent::NoneKnown
    })
}

/// Whether an element carries nothing but a data-absent-reason.
pub(super) fn is_absent(element: &Value) -> bool {
    let reason = |extension: &Value| {
        text(extension, "url").is_some_and(|url| url.ends_with("/data-absent-reason"))
    };
    items(element, "extension").iter().any(reason)
        && element.as_object().is_some_and(|members| {
            members
                .keys()
                .all(|name| ["extension", "id", "use", "system"].contains(&name.as_str()))
        })
}

/// The date of a FHIR date or dateTime, without its time.
pub(super) fn date(text: &str) -> Option<PartialDate> {
    PartialDate::from_text(text.split('T').next()?)
}

/// When something began: a dateTime or the start of a period whose members begin with `prefix`.
pub(super) fn start(resource: &Value, prefix: &str) -> Option<PartialDate> {
    text(resource, &format!("{prefix}DateTime"))
        .or_else(|| text(resource.get(format!("{prefix}Period"))?, "start"))
        .and_then(date)
}

/// A beginning that is no date: an age, a range or words.
pub(super) fn start_in_words(resource: &Value, prefix: &str) -> Option<String> {
    let words = text(resource, &format!("{prefix}String")).map(str::to_owned);
    words
        .or_else(|| resource.get(format!("{prefix}Age")).and_then(quantity))
        .or_else(|| resource.get(format!("{prefix}Range")).and_then(range))
}

/// A Quantity in words, such as `40 mg`.
pub(super) fn quantity(quantity: &Value) -> Option<String> {
    let value = quantity.get("value").filter(|value| value.is_number())?;
    let comparator = text(quantity, "comparator").unwrap_or_default();
    let unit = text(quantity, "unit")
        .or_else(|| text(quantity, "code").map(super::timing::units))
        .unwrap_or_default();
    Some(format!("{comparator}{value} {unit}").trim().to_owned())
}

/// A Range in words.
pub(super) fn range(range: &Value) -> Option<String> {
    let end = |member| range.get(member).and_then(quantity);
    match (end("low"), end("high")) {
        (Some(low), Some(high)) => Some(format!("{low} to {high}")),
        (Some(one), None) | (None, Some(one)) => Some(one),
        (None, None) => None,
    }
}

/// A Ratio in words, such as `40 mg per 1 tablet`.
pub(super) fn ratio(ratio: &Value) -> Option<String> {
    let part = |member| ratio.get(member).and_then(quantity);
    match (part("numerator"), part("denominator")) {
        (Some(amount), Some(of)) => Some(format!("{amount} per {of}")),
        (amount, _) => amount,
    }
}

/// The notes of a resource and further remarks, as one text.
pub(super) fn notes(
    resource: &Value,
    further: impl IntoIterator<Item = Option<String>>,
) -> Option<String> {
    let annotations = items(resource, "note")
        .iter()
        .map(|note| text(note, "text").map(str::to_owned));
    let all: Vec<String> = annotations.chain(further).flatten().collect();
    (!all.is_empty()).then(|| all.join("; "))
}
