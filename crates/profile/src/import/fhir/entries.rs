//! One clinical resource as one entry of `health.*`, or the reason why it is none.

use serde_json::Value;

use super::bundle::{Bundle, Resource, items, text};
use super::concept::{
    self, Nothing, codes, codings, notes, nothing, start, start_in_words, states, words,
};
use crate::import::Reason;
use crate::values::{Absent, Allergy, AllergyKind, Condition, Criticality, Equipment};

/// Clinical states of what has passed, with SNOMED CT's codes for them.
const PASSED: [&str; 6] = [
    "inactive",
    "remission",
    "resolved",
    "73425007",
    "413322009",
    "723506003",
];
/// Verification states of what is not so, with SNOMED CT's codes for them.
const UNTRUE: [&str; 4] = ["refuted", "entered-in-error", "410516002", "723511001"];

/// Whether clinical and verification status leave an entry standing; the remark where it is not confirmed.
fn standing(value: &Value) -> Result<Option<String>, Reason> {
    let clinical = states(value.get("clinicalStatus"));
    let verification = states(value.get("verificationStatus"));
    let has = |states: &[String], wanted: &[&str]| {
        states.iter().any(|state| wanted.contains(&state.as_str()))
    };
    if has(&clinical, &PASSED) || has(&verification, &UNTRUE) {
        return Err(Reason::NotActive);
    }
    let ended = value
        .as_object()
        .is_some_and(|members| members.keys().any(|name| name.starts_with("abatement")));
    if clinical.is_empty() && ended {
        return Err(Reason::NotActive);
    }
    Ok(has(
        &verification,
        &["unconfirmed", "provisional", "differential", "presumed"],
    )
    .then(|| {
        let stated = codes(value.get("verificationStatus"));
        let stated = if stated.is_empty() {
            verification
        } else {
            stated
        };
        format!("not confirmed ({})", stated.join(", "))
    }))
}

/// The words of the entry's concept, and whether it says that there is none.
fn named(concept: Option<&Value>) -> Result<(String, Option<Absent>), Reason> {
    let concept = concept.ok_or(Reason::NotUnderstood)?;
    match nothing(concept) {
        Some(Nothing::Unknown) => Err(Reason::NoInformation),
        Some(Nothing::Known(absent)) => Ok((
            words(Some(concept)).unwrap_or_else(|| "None known".to_owned()),
            Some(absent),
        )),
        None => words(Some(concept))
            .map(|text| (text, None))
            .ok_or(Reason::NotUnderstood),
    }
}

pub(super) fn condition(value: &Value) -> Result<Condition, Reason> {
    let remark = standing(value)?;
    let (text, absent) = named(value.get("code"))?;
    let sites: Vec<String> = items(value, "bodySite")
        .iter()
        .filter_map(|site| words(Some(site)))
        .collect();
    let site = (!sites.is_empty()).then(|| format!("where: {}", sites.join(", ")));
    Ok(Condition {
        text,
        codings: codings(value.get("code")),
        absent,
        severity: words(value.get("severity")),
        since: start(value, "onset"),
        note: notes(value, [site, onset_words(value), remark]),
    })
}

fn onset_words(value: &Value) -> Option<String> {
    start_in_words(value, "onset").map(|words| format!("began: {words}"))
}

pub(super) fn allergy(value: &Value) -> Result<Allergy, Reason> {
    let remark = standing(value)?;
    let (text_, absent) = named(value.get("code"))?;
    Ok(Allergy {
        text: text_,
        codings: codings(value.get("code")),
        absent,
        kind: match codes(value.get("type")).first().map(String::as_str) {
            Some("allergy") => Some(AllergyKind::Allergy),
            Some("intolerance") => Some(AllergyKind::Intolerance),
            _ => None,
        },
        criticality: match text(value, "criticality") {
            Some("low") => Some(Criticality::Low),
            Some("high") => Some(Criticality::High),
            Some("unable-to-assess") => Some(Criticality::UnableToAssess),
            _ => None,
        },
        reactions: items(value, "reaction")
            .iter()
            .filter_map(reaction)
            .collect(),
        since: start(value, "onset"),
        note: notes(value, [onset_words(value), remark]),
    })
}

fn reaction(reaction: &Value) -> Option<String> {
    let manifestations = items(reaction, "manifestation")
        .iter()
        .filter_map(|what| words(Some(what)));
    let mut parts: Vec<String> = manifestations.collect();
    parts.extend(text(reaction, "description").map(str::to_owned));
    parts.extend(words(reaction.get("substance")).map(|substance| format!("after {substance}")));
    parts.extend(text(reaction, "severity").map(str::to_owned));
    parts.extend(text(reaction, "onset").map(|onset| format!("on {onset}")));
    parts.extend(words(reaction.get("exposureRoute")));
    parts.extend(notes(reaction, []));
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Why a medicine is taken: in words, or a resource of the file.
pub(super) fn reasons<'a>(bundle: &Bundle<'a>, resource: &Resource<'a>) -> Option<String> {
    let stated = items(resource.value, "reasonCode")
        .iter()
        .filter_map(|reason| words(Some(reason)));
    let named = items(resource.value, "reasonReference")
        .iter()
        .filter_map(|reference| {
            let target = bundle.resolve(resource, reference);
            let code = target.and_then(|target| words(target.value.get("code")));
            code.or_else(|| text(reference, "display").map(str::to_owned))
        });
    let all: Vec<String> = stated.chain(named).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// What a medicine is made of, with how much of each.
pub(super) fn ingredients(medication: &Value) -> Option<String> {
    let one = |ingredient: &Value| {
        let reference = ingredient
            .get("itemReference")
            .and_then(|item| text(item, "display"));
        let name = words(ingredient.get("itemCodeableConcept"))
            .or_else(|| reference.map(str::to_owned))?;
        let strength = ingredient.get("strength").and_then(concept::ratio);
        Some(
            [Some(name), strength]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" "),
        )
    };
    let all: Vec<String> = items(medication, "ingredient")
        .iter()
        .filter_map(one)
        .collect();
    (!all.is_empty()).then(|| all.join(", "))
}

pub(super) fn medicine_period(value: &Value) -> Option<String> {
    text(value.get("effectivePeriod")?, "end")
        .and_then(concept::date)
        .map(|end| format!("until {end}"))
}

pub(super) fn status_note(status: &str) -> Option<String> {
    ["on-hold", "intended"]
        .contains(&status)
        .then(|| format!("status: {status}"))
}

/// A device and the statement of its use, which may be the same resource.
pub(super) fn device(device: &Value, usage: &Value) -> Result<Equipment, Reason> {
    if ["inactive", "entered-in-error"].contains(&text(device, "status").unwrap_or("active")) {
        return Err(Reason::NotActive);
    }
    let name = items(device, "deviceName")
        .iter()
        .find_map(|name| text(name, "name"))
        .map(str::to_owned);
    let kind = device.get("type");
    let absent = match kind.and_then(nothing) {
        Some(Nothing::Known(absent)) => Some(absent),
        Some(Nothing::Unknown) if name.is_none() => return Err(Reason::NoInformation),
        _ => None,
    };
    let called: Vec<&str> = items(device, "deviceName")
        .iter()
        .filter_map(|name| text(name, "name"))
        .filter(|name| words(kind).is_some_and(|kind| !kind.eq_ignore_ascii_case(name)))
        .collect();
    let called = (!called.is_empty()).then(|| format!("called {}", called.join(", ")));
    let maker = text(device, "manufacturer").map(|maker| format!("made by {maker}"));
    let own_notes = notes(device, []).filter(|_| !std::ptr::eq(device, usage));
    let model = text(device, "modelNumber").map(|model| format!("model {model}"));
    Ok(Equipment {
        text: words(kind).or(name).ok_or(Reason::NotUnderstood)?,
        codings: codings(kind),
        absent,
        place: words(usage.get("bodySite")),
        since: start(usage, "timing").or_else(|| start(usage, "timingPeriod")),
        note: notes(
            usage,
            [called, maker, model, device_reasons(usage), own_notes],
        ),
        ..Equipment::default()
    })
}

/// What a statement of use says without its device.
pub(super) fn used_device(usage: &Value) -> Equipment {
    Equipment {
        place: words(usage.get("bodySite")),
        since: start(usage, "timing").or_else(|| start(usage, "timingPeriod")),
        note: notes(usage, [device_reasons(usage)]),
        ..Equipment::default()
    }
}

fn device_reasons(usage: &Value) -> Option<String> {
    let all: Vec<String> = items(usage, "reasonCode")
        .iter()
        .filter_map(|reason| words(Some(reason)))
        .collect();
    (!all.is_empty()).then(|| format!("for: {}", all.join(", ")))
}
