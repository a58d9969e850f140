//! The slow way to an exact answer: takes what is not known out of a JSON object, and says so. What
//! is left either has the right shape, so that only unknown terms are wrong, or is malformed.

use serde_json::{Map, Value};

use crate::term::{Action, ConsentType, LegalBasis, Release};

/// The members of a consent object and of its closed inner objects.
pub(crate) struct Known {
    pub(crate) consent: &'static [&'static str],
    pub(crate) notice: &'static [&'static str],
}

const CIRCLE: &[&str] = &["id", "tier", "case"];

/// Keeps the named members of an object; true when there were others.
pub(crate) fn keep(value: Option<&mut Value>, known: &[&str]) -> bool {
    let Some(Value::Object(members)) = value else {
        return false;
    };
    let before = members.len();
    members.retain(|name, _| known.contains(&name.as_str()));
    members.len() != before
}

/// Takes unknown members and unknown terms out of the consent objects; true when there were any.
pub(crate) fn consents(details: Option<&mut Value>, known: &Known) -> bool {
    let Some(Value::Array(consents)) = details else {
        return false;
    };
    consents
        .iter_mut()
        .fold(false, |unknown, value| consent(value, known) | unknown)
}

fn consent(value: &mut Value, known: &Known) -> bool {
    let mut unknown = keep(Some(value), known.consent);
    unknown |= keep(value.get_mut("circle"), CIRCLE);
    unknown |= keep(value.get_mut("notice"), known.notice);
    let Value::Object(members) = value else {
        return unknown;
    };
    unknown |= replace::<ConsentType>(members, "type", ConsentType::V1.as_str());
    unknown |= replace::<Release>(members, "release", Release::OnGrant.as_str());
    unknown |= replace::<LegalBasis>(members, "basis", LegalBasis::EXPLICIT_CONSENT);
    unknown | actions(members)
}

/// Puts a known term in the place of an unknown one; what is not a text stays, and is malformed.
fn replace<T: std::str::FromStr>(members: &mut Map<String, Value>, name: &str, term: &str) -> bool {
    match members.get_mut(name) {
        Some(Value::String(text)) if text.parse::<T>().is_err() => {
            term.clone_into(text);
            true
        }
        _ => false,
    }
}

/// Takes unknown actions out of a list of different texts.
fn actions(members: &mut Map<String, Value>) -> bool {
    let Some(Value::Array(actions)) = members.get_mut("actions") else {
        return false;
    };
    let texts: Option<Vec<&str>> = actions.iter().map(Value::as_str).collect();
    let Some(texts) = texts.filter(|texts| crate::token::are_distinct(texts)) else {
        return false;
    };
    let known: Vec<Value> = texts
        .iter()
        .filter(|text| text.parse::<Action>().is_ok())
        .map(|text| (*text).into())
        .collect();
    let unknown = known.len() != actions.len();
    *actions = if known.is_empty() && unknown {
        vec![Action::Read.as_str().into()]
    } else {
        known
    };
    unknown
}
