//! Names of things in the reader's language, from the crates that own them.

use consent_token::{id::UnixSeconds, term::IsoDuration};
use jiff::{Timestamp, tz::TimeZone};
use profile::{Lang, Path, Tier, purpose};
use protocol::registry::Agency;
use serde_json::Value;

use crate::api::{AgencyWords, InBoth, ItemWords, PurposeWords};

/// Legal bases that a request may name (GDPR Articles 6(1) and 9(2), as DPV names them).
pub(crate) const BASES: [&str; 5] = [
    "https://w3id.org/dpv/legal/eu/gdpr#A9-2-a",
    "https://w3id.org/dpv/legal/eu/gdpr#A6-1-a",
    "https://w3id.org/dpv/legal/eu/gdpr#A6-1-d",
    "https://w3id.org/dpv/legal/eu/gdpr#A6-1-e",
    "https://w3id.org/dpv/legal/eu/gdpr#A9-2-c",
];

/// An agency.
pub(crate) fn agency(agency: &Agency, lang: Lang) -> AgencyWords {
    AgencyWords {
        id: agency.id.to_string(),
        name: named(&agency.name, &agency.names, lang),
        kind: kind(agency),
    }
}

/// An agency's kind as the registry writes it.
pub(crate) fn kind(agency: &Agency) -> String {
    let kind = serde_json::to_value(agency.kind).unwrap_or_default();
    kind.as_str().unwrap_or("other").to_owned()
}

/// A name in a language, where there is one.
pub(crate) fn named(
    name: &str,
    names: &std::collections::BTreeMap<String, String>,
    lang: Lang,
) -> String {
    names
        .get(lang.tag())
        .map_or(name, String::as_str)
        .to_owned()
}

/// An agency's name in both languages.
pub(crate) fn in_both(agency: &Agency) -> InBoth {
    InBoth {
        en: named(&agency.name, &agency.names, Lang::En),
        cy: named(&agency.name, &agency.names, Lang::Cy),
    }
}

/// Purposes, those that are known.
pub(crate) fn purposes(codes: &[String], lang: Lang) -> Vec<PurposeWords> {
    codes
        .iter()
        .filter_map(|code| purpose(code))
        .map(|one| purpose_words(one, lang))
        .collect()
}

/// A purpose.
pub(crate) fn purpose_words(purpose: &profile::Purpose, lang: Lang) -> PurposeWords {
    let needs = profile::paths()
        .iter()
        .filter_map(profile::PathEntry::to_path);
    PurposeWords {
        code: purpose.code.to_owned(),
        label: purpose.label(lang).to_owned(),
        explanation: purpose.explanation(lang).to_owned(),
        needs: needs
            .filter(|path| purpose.can_need(path))
            .map(|path| path.to_string())
            .collect(),
    }
}

/// Items, those that are known.
pub(crate) fn items(paths: &[String], lang: Lang) -> Vec<ItemWords> {
    let known = paths.iter().filter_map(|text| text.parse::<Path>().ok());
    known.map(|path| item(&path, lang)).collect()
}

/// An item.
pub(crate) fn item(path: &Path, lang: Lang) -> ItemWords {
    let entry = path.entry();
    let section = serde_json::to_value(entry.section).unwrap_or_default();
    ItemWords {
        path: path.to_string(),
        label: label(path, lang),
        section: section.as_str().unwrap_or_default().to_owned(),
        section_label: entry.section.label(lang).to_owned(),
        special: entry.special_category,
        opens_on_incident: entry.tier != Tier::T4,
    }
}

/// An item's name; a document's with its own.
pub(crate) fn label(path: &Path, lang: Lang) -> String {
    match path.document() {
        Some(document) => format!("{}: {document}", path.label(lang)),
        None => path.label(lang).to_owned(),
    }
}

/// A duration, as the wallet words it.
pub(crate) fn duration(duration: &IsoDuration, lang: Lang) -> String {
    wallet::words::duration(duration, lang)
}

/// A day in UTC, `YYYY-MM-DD`.
pub(crate) fn day(at: UnixSeconds) -> String {
    let time = Timestamp::from_second(at.as_i64()).unwrap_or_default();
    TimeZone::UTC.to_datetime(time).date().to_string()
}

/// A value, a line for each text in it; `name: text` where it has a name.
pub(crate) fn lines(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Bool(_) | Value::Number(_) => vec![value.to_string()],
        Value::Array(all) => all.iter().flat_map(lines).collect(),
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, value)| {
                lines(value)
                    .into_iter()
                    .map(move |line| format!("{name}: {line}"))
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_is_told_line_by_line_and_as_it_was_typed() {
        let hostile = "<script>alert(1)</script>\u{202e}";
        let value = json!([{ "number": "029 2018 0199", "kind": "home" }, hostile, null, 3, true]);
        let told = lines(&value);
        assert!(told.contains(&"number: 029 2018 0199".to_owned()));
        assert!(told.contains(&hostile.to_owned()) && told.contains(&"3".to_owned()));
        assert_eq!(told.len(), 5);
    }

    #[test]
    fn every_basis_is_one_that_a_request_may_name() {
        for basis in BASES {
            assert!(
                basis.parse::<consent_token::term::LegalBasis>().is_ok(),
                "{basis}"
            );
        }
    }
}
