//! How much and how often, in words: the Dosage type of FHIR R4.

use serde_json::Value;

use super::bundle::{items, text};
use super::concept::{quantity, range, ratio, words};

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
    match dosage.get("asNeededBoolean") {
        Some(Value::Bool(true)) => Some("as needed".to_owned()),
        _ => words(dosage.get("asNeededCodeableConcept"))
            .map(|reason| format!("as needed for {reason}")),
    }
}

fn says_as_needed(text: &str) -> bool {
    let text = text.to_lowercase();
    ["need", "prn", "required"]
        .iter()
        .any(|word| text.contains(word))
}

/// The most that may be taken, which no words for the usual dose replace.
fn most(dosage: &Value) -> Option<String> {
    let period = dosage.get("maxDosePerPeriod").and_then(ratio);
    let once = ["maxDosePerAdministration", "maxDosePerLifetime"]
        .iter()
        .find_map(|member| dosage.get(member).and_then(quantity));
    period.or(once).map(|most| format!("at most {most}"))
}

/// Amounts, times and place, where the file does not put them into words itself.
fn built(dosage: &Value) -> Vec<String> {
    let mut parts: Vec<String> = items(dosage, "doseAndRate")
        .iter()
        .flat_map(amounts)
        .collect();
    parts.dedup();
    parts.extend(dosage.get("timing").and_then(timing));
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
