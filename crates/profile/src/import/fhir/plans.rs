//! Plans and decisions in words: CarePlan into `health.care_plan`, Consent into `health.advance_decision`.

use serde_json::Value;

use super::bundle::{Bundle, items, text};
use super::concept::{self, codes, notes, words};
use super::narrative;
use crate::import::Reason;
use crate::values::Plan;

pub(super) fn care_plan(value: &Value) -> Result<Plan, Reason> {
    if !["active", "on-hold", "unknown"].contains(&text(value, "status").unwrap_or("active")) {
        return Err(Reason::NotActive);
    }
    let mut parts: Vec<String> = ["title", "description"]
        .iter()
        .filter_map(|part| text(value, part))
        .map(str::to_owned)
        .collect();
    parts.extend(items(value, "activity").iter().filter_map(activity));
    parts.extend(notes(value, []));
    if parts.is_empty() {
        parts.extend(Some(narrative::of(value.get("text"))).filter(|words| !words.is_empty()));
    }
    let end = value.get("period").and_then(|period| text(period, "end"));
    if let Some(end) = end.and_then(concept::date).filter(|_| !parts.is_empty()) {
        parts.push(format!("until {end}"));
    }
    let date = value
        .get("period")
        .and_then(|period| text(period, "start"))
        .or_else(|| text(value, "created"));
    plan(parts, date)
}

fn plan(parts: Vec<String>, date: Option<&str>) -> Result<Plan, Reason> {
    let plan = Plan {
        text: parts.join("\n"),
        date: date.and_then(concept::date),
        ..Plan::default()
    };
    if plan.text.is_empty() {
        Err(Reason::NoInformation)
    } else {
        Ok(plan)
    }
}

/// What is to be done or avoided; what was called off or has been done is not part of the plan.
fn activity(activity: &Value) -> Option<String> {
    let detail = activity.get("detail")?;
    if ["completed", "cancelled", "stopped", "entered-in-error"]
        .contains(&text(detail, "status").unwrap_or_default())
    {
        return None;
    }
    let said = text(detail, "description")
        .map(str::to_owned)
        .or_else(|| words(detail.get("code")))?;
    Some(if detail.get("doNotPerform") == Some(&Value::Bool(true)) {
        format!("not to be done: {said}")
    } else {
        said
    })
}

/// Categories of a Consent that is an advance decision (FHIR's consentcategorycodes and LOINC).
const DECISIONS: [&str; 6] = ["acd", "dnr", "hcd", "polst", "42348-3", "75320-2"];

/// A Consent that is in force, where it is an advance decision: by its scope, its category or its section.
pub(super) fn advance_decision(
    bundle: &Bundle<'_>,
    value: &Value,
    in_section: bool,
) -> Result<Plan, Reason> {
    let is_decision = |code: &String| DECISIONS.contains(&code.to_lowercase().as_str());
    let by_scope = codes(value.get("scope")).iter().any(|code| code == "adr");
    let by_category = items(value, "category")
        .iter()
        .flat_map(|category| codes(Some(category)))
        .any(|code| is_decision(&code));
    if !in_section && !by_scope && !by_category {
        return Err(Reason::NoPlace);
    }
    let provision = value.get("provision");
    if text(value, "status").is_some_and(|status| status != "active")
        || provision.is_some_and(|provision| bundle.is_over(provision))
    {
        return Err(Reason::NotActive);
    }
    let mut parts: Vec<String> = items(value, "category")
        .iter()
        .filter_map(|category| words(Some(category)))
        .collect();
    parts.extend(provision.and_then(rule));
    if parts.is_empty() {
        parts.push(narrative::of(value.get("text")));
    }
    plan(
        parts,
        text(value, "dateTime").or_else(|| text(value, "date")),
    )
}

/// What a provision allows or refuses.
fn rule(provision: &Value) -> Option<String> {
    let what: Vec<String> = items(provision, "code")
        .iter()
        .filter_map(|code| words(Some(code)))
        .collect();
    let what = what.join(", ");
    match text(provision, "type") {
        _ if what.is_empty() => None,
        Some("deny") => Some(format!("refused: {what}")),
        Some("permit") => Some(format!("agreed to: {what}")),
        _ => Some(what),
    }
}
