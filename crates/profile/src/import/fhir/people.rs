//! Telecoms and people: Patient.telecom, Patient.contact and RelatedPerson.

use serde_json::Value;

use super::bundle::{Bundle, items, text};
use super::concept::{codes, words};
use super::patient::name_text;
use super::{summary, unsaid};
use crate::MAX_ITEMS;
use crate::import::Reason;
use crate::import::collect::Collector;
use crate::values::{Email, Person, Phone, PhoneUse};

/// A ContactPoint as what it is.
enum Point {
    Phone(Phone),
    Email(Email),
}

/// Reads a ContactPoint; tells a telephone number that is filed under another system by what it looks like.
fn point(bundle: &Bundle<'_>, telecom: &Value) -> Result<Point, Reason> {
    let value = text(telecom, "value").ok_or(Reason::NoInformation)?;
    if text(telecom, "use") == Some("old") || bundle.is_over(telecom) {
        return Err(Reason::NotActive);
    }
    let system = text(telecom, "system").unwrap_or_default();
    let uses: Vec<PhoneUse> = match text(telecom, "use") {
        Some("home") => vec![PhoneUse::Home],
        Some("work") => vec![PhoneUse::Work],
        Some("mobile") => vec![PhoneUse::Mobile],
        _ => Vec::new(),
    };
    let preferred = telecom.get("rank").and_then(Value::as_u64) == Some(1);
    let address = value.strip_prefix("mailto:").unwrap_or(value);
    if system == "email" || (system != "url" && address.contains('@')) {
        return Ok(Point::Email(Email {
            address: address.to_owned(),
            uses,
            label: None,
            preferred,
        }));
    }
    let number = value.strip_prefix("tel:").unwrap_or(value);
    let number = number.replacen(";ext=", " ext. ", 1);
    let dialled = number
        .chars()
        .all(|c| c.is_ascii_digit() || " +-().".contains(c));
    let extra = match system {
        "phone" => None,
        "sms" => Some(PhoneUse::Text),
        "fax" => Some(PhoneUse::Fax),
        "pager" => Some(PhoneUse::Pager),
        "url" => return Err(Reason::NoPlace),
        _ if dialled => None,
        _ => return Err(Reason::NoPlace),
    };
    let uses = uses.into_iter().chain(extra).collect();
    Ok(Point::Phone(Phone {
        number,
        uses,
        label: None,
        preferred,
    }))
}

fn rank(telecom: &Value) -> u64 {
    telecom
        .get("rank")
        .and_then(Value::as_u64)
        .unwrap_or(u64::MAX)
}

/// Patient.telecom, by rank.
pub(super) fn telecoms(bundle: &Bundle<'_>, value: &Value, collector: &mut Collector) {
    let mut all: Vec<(usize, &Value)> = items(value, "telecom").iter().enumerate().collect();
    all.sort_by_key(|(_, telecom)| rank(telecom));
    let (mut phones, mut emails): (Vec<Phone>, Vec<Email>) = (Vec::new(), Vec::new());
    for (index, telecom) in all {
        let refused = match point(bundle, telecom) {
            Ok(Point::Phone(phone)) => push(&mut phones, phone, "contact.phone"),
            Ok(Point::Email(email)) => push(&mut emails, email, "contact.email"),
            Err(reason) => Some(reason),
        };
        match refused {
            None => collector.used(),
            Some(reason) => {
                let what =
                    text(telecom, "value").map_or_else(|| telecom.to_string(), str::to_owned);
                collector.unmapped(format!("Patient.telecom[{index}]"), &what, reason);
            }
        }
    }
    let phones_set = phones.is_empty() || collector.set("contact.phone", &phones).is_ok();
    let emails_set = emails.is_empty() || collector.set("contact.email", &emails).is_ok();
    debug_assert!(phones_set && emails_set, "every entry was tried alone");
}

fn push<T: serde::Serialize>(kept: &mut Vec<T>, entry: T, path: &str) -> Option<Reason> {
    if !Collector::fits(path, &[&entry]) {
        return Some(Reason::NotUnderstood);
    }
    if kept.len() >= MAX_ITEMS {
        return Some(Reason::AnotherTaken);
    }
    kept.push(entry);
    None
}

/// Patient.contact into the people to call; employers and insurers are listed.
pub(super) fn contacts(bundle: &Bundle<'_>, value: &Value, collector: &mut Collector) {
    let mut found = Vec::new();
    for (index, contact) in items(value, "contact").iter().enumerate() {
        let location = format!("Patient.contact[{index}]");
        let refused = if contact.get("modifierExtension").is_some() {
            Some(Reason::NotUnderstood)
        } else {
            bundle.is_over(contact).then_some(Reason::NotActive)
        };
        match refused.map_or_else(|| person(bundle, contact, contact.get("name")), Err) {
            Ok(person) => {
                further(bundle, contact, &location, collector);
                found.push((location, person));
            }
            Err(reason) => collector.unmapped(location, &told(contact), reason),
        }
    }
    add(found, collector);
}

/// The words of a contact that was not taken, else all of it.
fn told(contact: &Value) -> String {
    let name = contact.get("name").and_then(name_text);
    let words = name.into_iter().chain(summary::all_words(contact));
    let words: Vec<String> = words.collect();
    if words.is_empty() {
        contact.to_string()
    } else {
        words.join(", ")
    }
}

/// What a person to call has that the profile has no room for.
pub(super) fn further(
    bundle: &Bundle<'_>,
    value: &Value,
    location: &str,
    collector: &mut Collector,
) {
    for member in [
        "gender",
        "organization",
        "period",
        "extension",
        "communication",
        "photo",
    ] {
        if let Some(detail) = value.get(member) {
            let extensions: Vec<String> = items(value, "extension")
                .iter()
                .filter_map(unsaid::of_extension)
                .collect();
            let what = match member {
                "extension" if !extensions.is_empty() => extensions.join("; "),
                _ => words(Some(detail)).unwrap_or_else(|| detail.to_string()),
            };
            collector.detail(format!("{location}.{member}"), &what, Reason::NoPlace);
        }
    }
    for telecom in items(value, "telecom") {
        if let Err(reason) = point(bundle, telecom) {
            let what = text(telecom, "value").map_or_else(|| telecom.to_string(), str::to_owned);
            collector.detail(format!("{location}.telecom"), &what, reason);
        }
    }
    for address in items(value, "address").iter().skip(1) {
        collector.detail(
            format!("{location}.address"),
            &address_text(address),
            Reason::AnotherTaken,
        );
    }
    for name in items(value, "name").iter().skip(1).filter_map(name_text) {
        collector.detail(format!("{location}.name"), &name, Reason::AnotherTaken);
    }
}

/// Codes of those who are to be called: emergency contacts, contact persons and next of kin (HL7 v2 table 0131, v3
/// RoleClass and RoleCode).
const TO_CALL: [&str; 7] = ["C", "EP", "CP", "N", "ECON", "NOK", "CON"];

/// A RelatedPerson who is to be called in an emergency.
pub(super) fn related(bundle: &Bundle<'_>, value: &Value) -> Result<Person, Reason> {
    if value.get("active") == Some(&Value::Bool(false)) || bundle.is_over(value) {
        return Err(Reason::NotActive);
    }
    let roles: Vec<String> = items(value, "relationship")
        .iter()
        .flat_map(|role| codes(Some(role)))
        .collect();
    if !roles.iter().any(|role| TO_CALL.contains(&role.as_str())) {
        return Err(Reason::NoPlace);
    }
    person(bundle, value, items(value, "name").first())
}

/// Adds people to those who are there already.
pub(super) fn add(found: Vec<(String, Person)>, collector: &mut Collector) {
    for (location, person) in found {
        let name = person.name.clone();
        if collector.append("people.emergency_contacts", &person) {
            collector.used();
        } else {
            collector.unmapped(location, &name, Reason::NotUnderstood);
        }
    }
}

fn person(bundle: &Bundle<'_>, value: &Value, name: Option<&Value>) -> Result<Person, Reason> {
    let roles = items(value, "relationship");
    let role_codes: Vec<String> = roles.iter().flat_map(|role| codes(Some(role))).collect();
    // Employers, insurers, agencies, who pays, and who wrote a referral.
    let business = ["E", "F", "I", "S", "BP", "PR"];
    if !role_codes.is_empty()
        && role_codes
            .iter()
            .all(|code| business.contains(&code.as_str()))
    {
        return Err(Reason::NoPlace);
    }
    let relationship = relationship(roles);
    let points: Vec<Point> = items(value, "telecom")
        .iter()
        .filter_map(|telecom| point(bundle, telecom).ok())
        .collect();
    let mut person = Person {
        relationship,
        ..Person::default()
    };
    for point in points {
        match point {
            Point::Phone(phone) => person.phones.push(phone),
            Point::Email(email) => person.emails.push(email),
        }
    }
    let organization = value
        .get("organization")
        .and_then(|organization| text(organization, "display"));
    person.name = name
        .and_then(name_text)
        .or_else(|| organization.map(str::to_owned))
        .or_else(|| {
            let reachable = !person.phones.is_empty() || !person.emails.is_empty();
            let role = person.relationship.clone();
            reachable.then(|| role.unwrap_or_else(|| "emergency contact".to_owned()))
        })
        .ok_or(Reason::NoInformation)?;
    person.address = items(value, "address")
        .first()
        .map(address_text)
        .filter(|text| !text.is_empty());
    person.birth_date = text(value, "birthDate").and_then(super::concept::date);
    Ok(person)
}

/// Relationships in words; that somebody is an emergency contact is said by the path.
fn relationship(roles: &[Value]) -> Option<String> {
    let mut said: Vec<String> = Vec::new();
    for role in roles {
        let plain = text(role, "text").map(str::to_owned);
        let coded = items(role, "coding")
            .iter()
            .filter(|coding| !["C", "EP"].contains(&text(coding, "code").unwrap_or_default()));
        let displays = coded.filter_map(|coding| {
            text(coding, "display")
                .map(str::to_owned)
                .or_else(|| text(coding, "code").map(role_words))
        });
        for words in plain.into_iter().chain(displays) {
            if !said.iter().any(|known| letters(known) == letters(&words)) {
                said.push(words);
            }
        }
    }
    (!said.is_empty()).then(|| said.join(", "))
}

/// Letters alone: "Next-of-Kin" is "next of kin".
fn letters(words: &str) -> String {
    let kept = words.chars().filter(|c| c.is_alphanumeric());
    kept.collect::<String>().to_lowercase()
}

/// HL7 v3 RoleCode and v2 table 0131 in words, where a file gives the code alone.
fn role_words(code: &str) -> String {
    match code {
        "MTH" => "mother",
        "FTH" => "father",
        "PRN" => "parent",
        "SPS" => "spouse",
        "WIFE" => "wife",
        "HUSB" => "husband",
        "DOMPART" => "partner",
        "CHILD" => "child",
        "DAU" | "DAUC" => "daughter",
        "SON" | "SONC" => "son",
        "SIB" => "sibling",
        "SIS" => "sister",
        "BRO" => "brother",
        "FRND" => "friend",
        "NBOR" => "neighbour",
        "FAMMEMB" => "family member",
        "GUARD" => "guardian",
        "N" | "NOK" => "next of kin",
        "CP" | "CON" => "contact person",
        "O" => "other",
        "U" => "not known",
        "ECON" => "emergency contact",
        other => other,
    }
    .to_owned()
}

/// An Address on one line.
pub(super) fn address_text(address: &Value) -> String {
    if let Some(whole) = text(address, "text") {
        return whole.to_owned();
    }
    let lines = items(address, "line").iter().filter_map(Value::as_str);
    let parts = ["district", "city", "state", "postalCode", "country"]
        .iter()
        .filter_map(|member| text(address, member));
    lines
        .chain(parts)
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}
