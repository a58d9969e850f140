//! The Patient resource into `identity`, `contact`, `home` and `people`: every element is used or listed.

use serde_json::Value;

use super::bundle::{Bundle, Resource, items, text};
use super::concept::{codes, is_absent, words};
use super::{address, people, summary, unsaid};
use crate::MAX_ITEMS;
use crate::import::Reason;
use crate::import::collect::Collector;
use crate::values::{Gender, GenderCode, Identifier, LanguageTag, Name};

/// Elements that serve the file.
const ADMINISTRATIVE: [&str; 3] = ["active", "managingOrganization", "link"];
/// Elements that every resource may have and that say nothing of the person.
const FRAME: [&str; 6] = [
    "resourceType",
    "id",
    "meta",
    "text",
    "language",
    "contained",
];
/// Elements that change what all others mean (FHIR R4, "Modifier Elements").
const MODIFIERS: [&str; 2] = ["modifierExtension", "implicitRules"];

pub(super) fn import<'a>(bundle: &Bundle<'a>, patient: &Resource<'a>, collector: &mut Collector) {
    let value = patient.value;
    names(bundle, value, collector);
    identifiers(bundle, value, collector);
    people::telecoms(bundle, value, collector);
    address::import(bundle, value, collector);
    languages(value, collector);
    people::contacts(bundle, value, collector);
    gender(value, collector);
    birth_date(value, collector);
    rest(bundle, patient, collector);
}

/// The text of a HumanName, or its parts in order.
pub(super) fn name_text(name: &Value) -> Option<String> {
    if let Some(whole) = text(name, "text").or_else(|| name.as_str()) {
        return Some(whole.to_owned());
    }
    let part = |member| items(name, member).iter().filter_map(Value::as_str);
    let parts: Vec<&str> = part("prefix")
        .chain(part("given"))
        .chain(part("family"))
        .chain(part("suffix"))
        .map(str::trim)
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The rank of a name that the person had before.
const FORMER: u8 = 6;

fn rank_of_use(name: &Value) -> u8 {
    match text(name, "use") {
        Some("official") => 0,
        Some("usual") => 1,
        None => 2,
        Some("temp") => 3,
        Some("nickname") => 4,
        Some("anonymous") => 5,
        Some(_) => FORMER,
    }
}

/// The official name; the usual one or a nickname as what the person is called. A name whose time is over is a
/// former one, whatever its use.
fn names(bundle: &Bundle<'_>, value: &Value, collector: &mut Collector) {
    let rank = |name: &Value| {
        if bundle.is_over(name) {
            FORMER
        } else {
            rank_of_use(name)
        }
    };
    let mut names: Vec<(usize, &Value)> = items(value, "name").iter().enumerate().collect();
    names.sort_by_key(|(_, name)| rank(name));
    let mut chosen: Option<Name> = None;
    for (index, name) in names {
        let location = format!("Patient.name[{index}]");
        let (Some(whole), former) = (name_text(name), rank(name) == FORMER) else {
            collector.unmapped(location, &name.to_string(), Reason::NoInformation);
            continue;
        };
        let next = match &chosen {
            None if former => None,
            None => Some(name_parts(name, &whole)),
            Some(first)
                if first.known_as.is_none()
                    && ["usual", "nickname"].contains(&text(name, "use").unwrap_or_default()) =>
            {
                Some(Name {
                    known_as: Some(whole.clone()),
                    ..first.clone()
                })
            }
            Some(_) => None,
        };
        match next.filter(|next| collector.set("identity.name", next).is_ok()) {
            Some(next) => {
                chosen = Some(next);
                collector.used();
            }
            None => collector.unmapped(
                location,
                &whole,
                match chosen {
                    _ if former => Reason::NotActive,
                    Some(_) => Reason::AnotherTaken,
                    None => Reason::NotUnderstood,
                },
            ),
        }
    }
}

fn name_parts(name: &Value, whole: &str) -> Name {
    let list = |member| -> Vec<String> {
        let parts = items(name, member)
            .iter()
            .filter_map(Value::as_str)
            .map(str::trim);
        parts
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let joined = |member| Some(list(member).join(" ")).filter(|text| !text.is_empty());
    Name {
        text: whole.to_owned(),
        given: list("given"),
        family: joined("family"),
        prefix: joined("prefix"),
        suffix: joined("suffix"),
        known_as: None,
    }
}

fn identifiers(bundle: &Bundle<'_>, value: &Value, collector: &mut Collector) {
    let mut kept: Vec<Identifier> = Vec::new();
    for (index, identifier) in items(value, "identifier").iter().enumerate() {
        let location = format!("Patient.identifier[{index}]");
        let Some(number) = text(identifier, "value") else {
            collector.unmapped(location, &identifier.to_string(), Reason::NoInformation);
            continue;
        };
        if text(identifier, "use") == Some("old") || bundle.is_over(identifier) {
            collector.unmapped(location, number, Reason::NotActive);
            continue;
        }
        kept.push(Identifier {
            value: number.to_owned(),
            system: text(identifier, "system").map(str::to_owned),
            label: words(identifier.get("type")),
        });
        if collector.set("identity.national_id", &kept).is_ok() {
            collector.used();
        } else {
            kept.pop();
            collector.unmapped(location, number, Reason::NotUnderstood);
        }
    }
}

fn languages(value: &Value, collector: &mut Collector) {
    let mut entries: Vec<(usize, &Value)> =
        items(value, "communication").iter().enumerate().collect();
    entries.sort_by_key(|(_, entry)| entry.get("preferred") != Some(&Value::Bool(true)));
    let mut kept: Vec<LanguageTag> = Vec::new();
    for (index, entry) in entries {
        let location = format!("Patient.communication[{index}]");
        let tag = tags(entry)
            .into_iter()
            .map(|tag| LanguageTag(tag.replace('_', "-")))
            .find(|tag| Collector::fits("identity.languages", &[tag]));
        match tag {
            Some(LanguageTag(tag)) if kept.len() >= MAX_ITEMS => {
                collector.unmapped(location, &tag, Reason::AnotherTaken);
            }
            Some(tag) => {
                kept.push(tag);
                collector.used();
            }
            None => {
                let what = words(entry.get("language")).unwrap_or_default();
                let reason = if what.is_empty() {
                    Reason::NoInformation
                } else {
                    Reason::NotUnderstood
                };
                collector.unmapped(location, &what, reason);
            }
        }
    }
    if !kept.is_empty() {
        collector
            .set("identity.languages", &kept)
            .expect("every tag was tried alone and their number is bounded");
    }
}

/// The codes of a language, and its text where that is itself a tag such as `en-NZ`.
fn tags(communication: &Value) -> Vec<String> {
    let mut tags = codes(communication.get("language"));
    let said = communication
        .get("language")
        .and_then(|language| text(language, "text"));
    tags.extend(
        said.filter(|said| {
            said.split('-')
                .next()
                .is_some_and(|primary| primary.len() <= 3)
        })
        .map(str::to_owned),
    );
    tags
}

fn gender(value: &Value, collector: &mut Collector) {
    let Some(stated) = value.get("gender") else {
        return;
    };
    let code = match stated.as_str() {
        Some("female") => GenderCode::Female,
        Some("male") => GenderCode::Male,
        Some("other") => GenderCode::Other,
        Some("unknown") => GenderCode::Unknown,
        _ => {
            return collector.unmapped(
                "Patient.gender",
                &stated.to_string(),
                Reason::NotUnderstood,
            );
        }
    };
    collector
        .set("identity.gender", &Gender { code, text: None })
        .expect("a code without text always fits");
    collector.used();
}

fn birth_date(value: &Value, collector: &mut Collector) {
    let Some(stated) = value.get("birthDate") else {
        return;
    };
    let date = stated.as_str().and_then(super::concept::date);
    match date.is_some_and(|date| collector.set("identity.birth_date", &date).is_ok()) {
        true => collector.used(),
        false => collector.unmapped(
            "Patient.birthDate",
            &stated.to_string(),
            Reason::NotUnderstood,
        ),
    }
}

/// Elements without a place: family doctor, marital status, photo, extensions and the like.
fn rest<'a>(bundle: &Bundle<'a>, patient: &Resource<'a>, collector: &mut Collector) {
    const HANDLED: [&str; 8] = [
        "name",
        "identifier",
        "telecom",
        "address",
        "communication",
        "contact",
        "gender",
        "birthDate",
    ];
    for (name, element) in patient.value.as_object().into_iter().flatten() {
        if FRAME.contains(&name.as_str()) || HANDLED.contains(&name.as_str()) {
            continue;
        }
        let all = if let Value::Array(all) = element {
            all.as_slice()
        } else {
            std::slice::from_ref(element)
        };
        for one in all {
            let reason = if ADMINISTRATIVE.contains(&name.as_str()) {
                Reason::Administrative
            } else if MODIFIERS.contains(&name.as_str()) {
                Reason::NotUnderstood
            } else if name.starts_with('_') && is_absent(one) {
                Reason::NoInformation
            } else {
                Reason::NoPlace
            };
            collector.unmapped(
                format!("Patient.{name}"),
                &element_text(bundle, patient, one),
                reason,
            );
        }
    }
    let told = collector.told().to_lowercase();
    for (name, element) in HANDLED.iter().flat_map(|name| {
        items(patient.value, name)
            .iter()
            .map(move |one| (name, one))
    }) {
        let said = unsaid::extensions(element, &told);
        if !said.is_empty() {
            let location = format!("Patient.{name} (extension)");
            collector.detail(location, &said.join("; "), Reason::NoPlace);
        }
    }
    for inner in patient.unreferenced() {
        collector.unmapped(
            format!("Patient, {}", inner.name()),
            &summary::of(bundle, &inner),
            Reason::NoPlace,
        );
    }
}

/// The words of an element: who or what it points to, what it is called, else all of it.
pub(super) fn element_text<'a>(
    bundle: &Bundle<'a>,
    patient: &Resource<'a>,
    element: &Value,
) -> String {
    if let Some(kind) = text(element, "contentType") {
        return attachment(element, kind);
    }
    if let Some(said) = unsaid::of_extension(element) {
        return said;
    }
    let target = bundle.resolve(patient, element);
    let name = target.and_then(|target| items(target.value, "name").first().and_then(name_text));
    name.or_else(|| text(element, "display").map(str::to_owned))
        .or_else(|| words(Some(element)))
        .unwrap_or_else(|| element.to_string())
}

/// An Attachment without its content.
fn attachment(attachment: &Value, kind: &str) -> String {
    let data = text(attachment, "data").map(|data| format!("{} bytes", data.len() / 4 * 3));
    let url = text(attachment, "url")
        .filter(|url| !url.starts_with("data:"))
        .map(str::to_owned);
    let title = text(attachment, "title").map(str::to_owned);
    let parts: Vec<String> = title
        .into_iter()
        .chain([kind.to_owned()])
        .chain(data)
        .chain(url)
        .collect();
    parts.join(", ")
}
