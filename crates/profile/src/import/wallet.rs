//! Wallet JSON: `{"assent_profile": 1, "fields": {path: value}}`, or the bare map or tree of paths.

use serde_json::{Map, Value};

use super::collect::Collector;
use super::{Format, ImportError, Imported, Reason, json};
use crate::{Path, Section};

/// The version that this crate writes and reads.
const VERSION: u64 = 1;
/// The member that carries the version.
const MARK: &str = "assent_profile";

/// Whether this looks like wallet JSON.
pub(super) fn is_wallet(value: &Value) -> bool {
    value.as_object().is_some_and(|members| {
        members.contains_key(MARK)
            || members.get("fields").is_some_and(Value::is_object)
            || members
                .keys()
                .any(|name| is_section(name.split('.').next().unwrap_or_default()))
    })
}

fn is_section(name: &str) -> bool {
    Section::ALL
        .iter()
        .any(|section| serde_json::to_value(section).is_ok_and(|value| value == name))
}

pub(super) fn import(text: &str) -> Result<Imported, ImportError> {
    let Value::Object(members) = json::parse(text)? else {
        return Err(ImportError::UnknownJson);
    };
    if let Some(version) = members
        .get(MARK)
        .and_then(Value::as_u64)
        .filter(|&version| version > VERSION)
    {
        return Err(ImportError::NewerVersion(version));
    }
    let mut collector = Collector::new(Format::WalletJson);
    for (name, value) in members {
        match (name.as_str(), value) {
            // A version that is understood is no part of what the file holds.
            (MARK, value) if value.as_u64().is_some() => {}
            (MARK, value) => collector.unmapped(MARK, &value.to_string(), Reason::NotUnderstood),
            ("fields", Value::Object(fields)) => walk_all("", fields, &mut collector),
            (_, value) => walk(&name, value, &mut collector),
        }
    }
    Ok(collector.finish())
}

fn walk_all(prefix: &str, members: Map<String, Value>, collector: &mut Collector) {
    for (name, value) in members {
        let name = if prefix.is_empty() {
            name
        } else {
            format!("{prefix}.{name}")
        };
        walk(&name, value, collector);
    }
}

/// A path takes its value; a section goes one level down; anything else is listed.
fn walk(name: &str, value: Value, collector: &mut Collector) {
    match (name.parse::<Path>(), value) {
        (Ok(path), value) => {
            let text = value.to_string();
            match collector.set_value(path, value) {
                Ok(()) => collector.used(),
                Err(error) => {
                    collector.unmapped(name, &format!("{text} ({error})"), Reason::NotUnderstood)
                }
            }
        }
        (Err(_), Value::Object(members)) if is_section(name) => walk_all(name, members, collector),
        (Err(_), value) => collector.unmapped(name, &value.to_string(), Reason::NoPlace),
    }
}
