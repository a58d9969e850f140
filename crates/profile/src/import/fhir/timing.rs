//! When a medicine is taken, in words: the Timing type of FHIR R4. All that it says is in the words.

use serde_json::Value;

use super::bundle::{items, text};
use super::concept::{quantity, range, words};

/// A Timing in words: how often, on which days, at which times, how long each time, how many times, from when to when.
pub(super) fn of(timing: &Value) -> Vec<String> {
    let mut parts: Vec<String> = words(timing.get("code")).into_iter().collect();
    if let Some(repeat) = timing.get("repeat") {
        // A code such as BID says how often in itself, and the parts say the same again.
        if parts.is_empty() {
            parts.extend(rate(repeat));
        }
        parts.extend(days(repeat));
        parts.extend(times(repeat));
        parts.extend(length(repeat));
        parts.extend(count(repeat));
        parts.extend(bounds(repeat));
    }
    parts.extend(on(timing));
    parts
}

fn texts<'a>(value: &'a Value, member: &str) -> Vec<&'a str> {
    items(value, member)
        .iter()
        .filter_map(Value::as_str)
        .collect()
}

/// A number, or two as a range: `2`, `2 to 3`, `up to 3`.
fn span(repeat: &Value, least: &str, most: &str) -> Option<String> {
    let number = |member| {
        repeat
            .get(member)
            .filter(|number| number.is_number())
            .map(Value::to_string)
    };
    match (number(least), number(most)) {
        (Some(least), Some(most)) if least != most => Some(format!("{least} to {most}")),
        (Some(one), _) => Some(one),
        (None, Some(most)) => Some(format!("up to {most}")),
        (None, None) => None,
    }
}

fn rate(repeat: &Value) -> Option<String> {
    let unit = text(repeat, "periodUnit").map(unit);
    let often = span(repeat, "frequency", "frequencyMax");
    let Some(unit) = unit else {
        return often.map(|often| format!("{often} times"));
    };
    let often = match often.as_deref() {
        None | Some("1") => "once".to_owned(),
        Some("2") => "twice".to_owned(),
        Some(more) => format!("{more} times"),
    };
    let every = match span(repeat, "period", "periodMax").as_deref() {
        None if repeat.get("frequency").is_none() => return Some(format!("per {}", unit.0)),
        None | Some("1" | "1.0") => format!("{} {}", unit.2, unit.0),
        Some(more) => format!("every {more} {}", unit.1),
    };
    Some(format!("{often} {every}"))
}

fn days(repeat: &Value) -> Option<String> {
    let days = texts(repeat, "dayOfWeek");
    let named: Vec<&str> = days.into_iter().map(day).collect();
    (!named.is_empty()).then(|| format!("on {}", named.join(", ")))
}

fn times(repeat: &Value) -> Option<String> {
    let hours = texts(repeat, "timeOfDay");
    let hours = hours.iter().map(|time| {
        let short = time.strip_suffix(":00").filter(|short| short.contains(':'));
        format!("at {}", short.unwrap_or(time))
    });
    let offset = repeat
        .get("offset")
        .map(|minutes| format!("{minutes} minutes "));
    let occasions = texts(repeat, "when");
    let occasions = occasions.iter().map(|when| {
        format!(
            "{}{}",
            offset.as_deref().unwrap_or_default(),
            occasion(when)
        )
    });
    let all: Vec<String> = hours.chain(occasions).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

fn length(repeat: &Value) -> Option<String> {
    let unit = text(repeat, "durationUnit").map_or("", |code| unit(code).1);
    span(repeat, "duration", "durationMax")
        .map(|long| format!("for {long} {unit} each time").replace("  ", " "))
}

fn count(repeat: &Value) -> Option<String> {
    span(repeat, "count", "countMax").map(|count| format!("count: {count}"))
}

fn bounds(repeat: &Value) -> Option<String> {
    if let Some(period) = repeat.get("boundsPeriod") {
        let from = text(period, "start").map(|start| format!("from {start}"));
        let until = text(period, "end").map(|end| format!("until {end}"));
        let both: Vec<String> = from.into_iter().chain(until).collect();
        return (!both.is_empty()).then(|| both.join(" "));
    }
    let long = repeat.get("boundsDuration").and_then(quantity);
    long.or_else(|| repeat.get("boundsRange").and_then(range))
        .map(|long| format!("for {long}"))
}

/// Single times.
fn on(timing: &Value) -> Option<String> {
    let events = texts(timing, "event");
    (!events.is_empty()).then(|| format!("on {}", events.join(", ")))
}

/// UCUM units of time in words: one, several, and what stands before one.
fn unit(code: &str) -> (&str, &str, &str) {
    match code {
        "s" => ("second", "seconds", "a"),
        "min" => ("minute", "minutes", "a"),
        "h" => ("hour", "hours", "an"),
        "d" => ("day", "days", "a"),
        "wk" => ("week", "weeks", "a"),
        "mo" => ("month", "months", "a"),
        "a" => ("year", "years", "a"),
        other => (other, other, "per"),
    }
}

/// A UCUM unit, in words where it is one of time.
pub(super) fn units(code: &str) -> &str {
    unit(code).1
}

fn day(code: &str) -> &str {
    match code {
        "mon" => "Monday",
        "tue" => "Tuesday",
        "wed" => "Wednesday",
        "thu" => "Thursday",
        "fri" => "Friday",
        "sat" => "Saturday",
        "sun" => "Sunday",
        other => other,
    }
}

/// FHIR's EventTiming and HL7 v3's TimingEvent in words.
fn occasion(code: &str) -> &str {
    match code {
        "MORN" => "in the morning",
        "MORN.early" => "early in the morning",
        "MORN.late" => "late in the morning",
        "NOON" => "at noon",
        "AFT" => "in the afternoon",
        "AFT.early" => "early in the afternoon",
        "AFT.late" => "late in the afternoon",
        "EVE" => "in the evening",
        "EVE.early" => "early in the evening",
        "EVE.late" => "late in the evening",
        "NIGHT" => "at night",
        "PHS" => "after falling asleep",
        "HS" => "before sleep",
        "WAKE" => "after waking",
        "C" => "with a meal",
        "CM" => "with breakfast",
        "CD" => "with lunch",
        "CV" => "with dinner",
        "AC" => "before a meal",
        "ACM" => "before breakfast",
        "ACD" => "before lunch",
        "ACV" => "before dinner",
        "PC" => "after a meal",
        "PCM" => "after breakfast",
        "PCD" => "after lunch",
        "PCV" => "after dinner",
        other => other,
    }
}
