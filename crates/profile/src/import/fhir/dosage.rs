//! How much and how often, in words: the Dosage type of FHIR R4.

use serde_json::Value;

use super::bundle::{items, text};
use super::concept::{quantity, range, ratio, words};
use super::timing;

/// All dosages of a medication resource as one text.
pub(super) fn of(resource: &Value) -> Option<String> {
    let dosages = items(resource, "dosage")
        .iter()
        .chain(items(resource, "dosageInstruction"));
    let all: Vec<String> = dosages.filter_map(one).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// The routes of all dosages.
pub(super) fn route(resource: &Value) -> Option<String> {
    let dosages = items(resource, "dosage")
        .iter()
        .chain(items(resource, "dosageInstruction"));
    let mut routes: Vec<String> = dosages
        .filter_map(|dosage| words(dosage.get("route")))
        .collect();
    routes.dedup();
    (!routes.is_empty()).then(|| routes.join(", "))
}

/// What the parts of the dosages say beyond their words, where they have words: those are shown instead.
pub(super) fn beyond_words(dosage: &Value) -> Vec<String> {
    if text(dosage, "text").is_none() {
        return Vec::new();
    }
    built(dosage)
}

fn one(dosage: &Value) -> Option<String> {
    let stated = text(dosage, "text").map(str::to_owned);
    let needed = needed(dosage).filter(|_| !stated.as_deref().is_some_and(says_as_needed));
    let mut parts: Vec<String> = match stated {
        Some(stated) => vec![stated],
        None => built(dosage),
    };
    parts.extend(needed);
    parts.extend(most(dosage));
    parts.extend(text(dosage, "patientInstruction").map(str::to_owned));
    parts.extend(
        items(dosage, "additionalInstruction")
            .iter()
            .filter_map(|more| words(Some(more))),
    );
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn needed(dosage: &Value) -> Option<String> {
    let reasons: Vec<String> = ["asNeededCodeableConcept", "asNeededFor"]
        .iter()
        .flat_map(|member| items(dosage, member))
        .filter_map(|reason| words(Some(reason)))
        .collect();
    if !reasons.is_empty() {
        return Some(format!("as needed for {}", reasons.join(", ")));
    }
    // Releases 3 and 5 of FHIR write `asNeeded`.
    ["asNeededBoolean", "asNeeded"]
        .iter()
        .any(|member| dosage.get(member) == Some(&Value::Bool(true)))
        .then(|| "as needed".to_owned())
}

fn says_as_needed(text: &str) -> bool {
    let text = text.to_lowercase();
    ["need", "prn", "required"]
        .iter()
        .any(|word| text.contains(word))
}

/// The most that may be taken, which no words for the usual dose replace.
fn most(dosage: &Value) -> Vec<String> {
    let periods = items(dosage, "maxDosePerPeriod").iter().filter_map(ratio);
    let once = ["maxDosePerAdministration", "maxDosePerLifetime"]
        .iter()
        .zip(["at a time", "in a lifetime"])
        .filter_map(|(member, of)| {
            let most = dosage.get(member).and_then(quantity)?;
            Some(format!("{most} {of}"))
        });
    periods
        .chain(once)
        .map(|most| format!("at most {most}"))
        .collect()
}

/// Amounts, times and place, where the file does not put them into words itself.
fn built(dosage: &Value) -> Vec<String> {
    let mut parts: Vec<String> = items(dosage, "doseAndRate")
        .iter()
        // Release 3 has them in the dosage itself.
        .chain(std::iter::once(dosage))
        .flat_map(amounts)
        .collect();
    parts.dedup();
    parts.extend(dosage.get("timing").map(timing::of).unwrap_or_default());
    parts.extend(words(dosage.get("site")).map(|site| format!("where: {site}")));
    parts.extend(words(dosage.get("method")));
    parts
}

fn amounts(dose: &Value) -> Vec<String> {
    let of = |member: &str, read: fn(&Value) -> Option<String>| dose.get(member).and_then(read);
    let amount = of("doseQuantity", quantity).or_else(|| of("doseRange", range));
    let rate = of("rateQuantity", quantity)
        .or_else(|| of("rateRange", range))
        .or_else(|| of("rateRatio", ratio));
    [amount, rate].into_iter().flatten().collect()
}
