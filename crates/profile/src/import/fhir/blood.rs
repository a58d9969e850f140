//! ABO group and Rhesus factor out of observations (LOINC 882-1, 883-9, 10331-7).

use serde_json::Value;

use super::bundle::{items, text};
use super::concept::{codes, words};
use crate::import::Reason;
use crate::import::collect::Collector;

/// Panels and findings that name the blood group where they have a value of their own: LOINC's panel of both, SNOMED
/// CT's finding and typing of blood groups.
const WITH_VALUE: [&str; 3] = ["34530-6", "365636006", "44608003"];

/// What observations say about the blood group, with the places they stand in.
#[derive(Debug, Default)]
pub(super) struct Blood {
    group: Option<&'static str>,
    rhesus: Option<&'static str>,
    sources: Vec<String>,
}

impl Blood {
    /// Takes an observation of a blood group; any other has no place.
    pub(super) fn take(&mut self, value: &Value, location: &str) -> Result<(), Reason> {
        let kinds = codes(value.get("code"));
        let is_one = |codes: &[&str]| kinds.iter().any(|code| codes.contains(&code.as_str()));
        let is_plain = is_one(&["882-1", "883-9", "10331-7"]);
        if !is_plain && !is_one(&WITH_VALUE) {
            return Err(Reason::NoPlace);
        }
        if ["entered-in-error", "cancelled"].contains(&text(value, "status").unwrap_or("final")) {
            return Err(Reason::NotActive);
        }
        let rhesus_only = !kinds.iter().any(|code| code != "10331-7");
        let parts = std::iter::once(value).chain(items(value, "component"));
        let (mut group, mut rhesus) = (None, None);
        for part in parts {
            let alone = rhesus_only || codes(part.get("code")).iter().any(|code| code == "10331-7");
            group = group.or_else(|| if alone { None } else { group_of(part) });
            rhesus = rhesus.or_else(|| rhesus_of(part));
        }
        if group.is_none() && rhesus.is_none() {
            return Err(match value.get("dataAbsentReason") {
                _ if !is_plain => Reason::NoPlace,
                Some(_) => Reason::NoInformation,
                None => Reason::NotUnderstood,
            });
        }
        let contradicts =
            |old: Option<&str>, new: Option<&str>| old.is_some() && new.is_some() && old != new;
        if contradicts(self.group, group) || contradicts(self.rhesus, rhesus) {
            return Err(Reason::AnotherTaken);
        }
        self.group = self.group.or(group);
        self.rhesus = self.rhesus.or(rhesus);
        self.sources.push(location.to_owned());
        Ok(())
    }

    pub(super) fn finish(self, collector: &mut Collector) {
        let set = self.group.is_some_and(|group| {
            let value = format!("{group}{}", self.rhesus.unwrap_or_default());
            collector.set("health.blood_group", &value).is_ok()
        });
        for location in self.sources {
            if set {
                collector.used();
            } else {
                let what = format!("Rhesus {}, no ABO group", self.rhesus.unwrap_or_default());
                collector.unmapped(location, &what, Reason::NoPlace);
            }
        }
    }
}

fn value_codes(part: &Value) -> Vec<String> {
    codes(part.get("valueCodeableConcept"))
}

fn value_words(part: &Value) -> String {
    let said = words(part.get("valueCodeableConcept"))
        .or_else(|| text(part, "valueString").map(str::to_owned));
    said.unwrap_or_default().to_uppercase()
}

/// SNOMED CT and LOINC answers, else the words.
fn group_of(part: &Value) -> Option<&'static str> {
    let coded = value_codes(part)
        .iter()
        .find_map(|code| match code.as_str() {
            "112144000" | "278149003" | "278152006" | "LA19710-5" => Some("A"),
            "112149005" | "278150003" | "278153001" | "LA19709-7" => Some("B"),
            "165743006" | "278151004" | "278154007" | "LA28449-9" => Some("AB"),
            "58460004" | "278147001" | "278148006" | "LA19708-9" => Some("O"),
            _ => None,
        });
    coded.or_else(|| group_in_words(&value_words(part)))
}

/// Words that may stand beside a blood group, in upper case: a text with any other may be about something else.
const BESIDE_A_GROUP: [&str; 27] = [
    "BLOOD",
    "GROUP",
    "TYPE",
    "ABO",
    "RH",
    "RHD",
    "RHESUS",
    "D",
    "FACTOR",
    "ANTIGEN",
    "POS",
    "POSITIVE",
    "NEG",
    "NEGATIVE",
    "GRUPPE",
    "BLUTGRUPPE",
    "POSITIV",
    "NEGATIV",
    "GROUPE",
    "SANGUIN",
    "POSITIF",
    "NEGATIF",
    "GRUPO",
    "SANGUINEO",
    "POSITIVO",
    "NEGATIVO",
    "GRWP",
];

/// One group and nothing but what belongs to it: "sample taken at a clinic" names none.
fn group_in_words(words: &str) -> Option<&'static str> {
    let tokens = words.split(|c: char| !c.is_alphanumeric());
    let mut found = None;
    for token in tokens.filter(|token| !token.is_empty()) {
        let group = match token {
            "A" => Some("A"),
            "B" => Some("B"),
            "AB" => Some("AB"),
            "O" | "0" => Some("O"),
            _ if BESIDE_A_GROUP.contains(&token) => None,
            _ => return None,
        };
        if group.is_some() && found.is_some() && group != found {
            return None;
        }
        found = found.or(group);
    }
    found
}

fn rhesus_of(part: &Value) -> Option<&'static str> {
    let coded =
        value_codes(part)
            .iter()
            .find_map(|code| match code.as_str() {
                "278147001" | "278149003" | "278150003" | "278151004" | "165747007"
                | "LA6576-8" => Some("+"),
                "278148006" | "278152006" | "278153001" | "278154007" | "165746003"
                | "LA6577-6" => Some("-"),
                _ => None,
            });
    coded.or_else(|| {
        let words = value_words(part);
        let plus = words.contains("POS") || words.trim_end().ends_with('+');
        let minus = words.contains("NEG") || words.trim_end().ends_with(['-', '−']);
        match (plus, minus) {
            (true, false) => Some("+"),
            (false, true) => Some("-"),
            _ => None,
        }
    })
}
