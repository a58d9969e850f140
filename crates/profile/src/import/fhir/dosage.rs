//! How much and how often, in words: the Dosage type of FHIR R4.

use serde_json::Value;

use super::bundle::{items, text};
use super::concept::{quantity, range, words};

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

fn one(dosage: &Value) -> Option<String> {
    let stated = text(dosage, "text").map(str::to_owned);
    let mut parts: Vec<String> = stated.or_else(|| built(dosage)).into_iter().collect();
    parts.extend(text(dosage, "patientInstruction").map(str::to_owned));
    parts.extend(
        items(dosage, "additionalInstruction")
            .iter()
            .filter_map(|more| words(Some(more))),
    );
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn built(dosage: &Value) -> Option<String> {
    let amount = items(dosage, "doseAndRate").iter().find_map(|dose| {
        dose.get("doseQuantity")
            .and_then(quantity)
            .or_else(|| dose.get("doseRange").and_then(range))
            .or_else(|| dose.get("rateQuantity").and_then(quantity))
    });
    let timing = dosage.get("timing").and_then(timing);
    let needed = match dosage.get("asNeededBoolean") {
        Some(Value::Bool(true)) => Some("as needed".to_owned()),
        _ => words(dosage.get("asNeededCodeableConcept"))
            .map(|reason| format!("as needed for {reason}")),
    };
    let parts: Vec<String> = [amount, timing, needed].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn timing(timing: &Value) -> Option<String> {
    let repeat = timing.get("repeat");
    let number = |member: &str| {
        repeat
            .and_then(|repeat| repeat.get(member))
            .and_then(Value::as_f64)
    };
    let when: Vec<&str> = repeat
        .map(|repeat| items(repeat, "when"))
        .unwrap_or_default()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let unit = repeat
        .and_then(|repeat| text(repeat, "periodUnit"))
        .map(unit);
    let rate = match (number("frequency"), number("period"), unit) {
        (frequency, Some(period), Some(unit)) => Some(format!(
            "{} times every {period} {unit}",
            frequency.unwrap_or(1.0)
        )),
        (_, None, Some(unit)) => Some(format!("per {unit}")),
        _ => None,
    };
    let said = words(timing.get("code")).or(rate);
    let parts: Vec<String> = said
        .into_iter()
        .chain(when.into_iter().map(str::to_owned))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// UCUM units of time in words.
fn unit(code: &str) -> &str {
    match code {
        "s" => "seconds",
        "min" => "minutes",
        "h" => "hours",
        "d" => "days",
        "wk" => "weeks",
        "mo" => "months",
        "a" => "years",
        other => other,
    }
}
