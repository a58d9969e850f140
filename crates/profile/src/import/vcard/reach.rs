//! How to reach the person: TEL and EMAIL, with the labels that Apple's programs put beside them.

use serde::Serialize;

use super::card::{Card, Property};
use crate::MAX_ITEMS;
use crate::import::Reason;
use crate::import::collect::Collector;
use crate::values::{Email, Phone, PhoneUse};

pub(super) fn import(card: &Card, collector: &mut Collector) {
    let phones = card
        .all("TEL")
        .into_iter()
        .map(|property| (property, phone(card, property)))
        .collect();
    list(phones, "contact.phone", collector);
    let emails = card
        .all("EMAIL")
        .into_iter()
        .map(|property| (property, email(card, property)))
        .collect();
    list(emails, "contact.email", collector);
    for property in card.all("TEL").into_iter().chain(card.all("EMAIL")) {
        account_for_label(card, property, collector);
    }
}

/// The label goes the way of its property.
pub(super) fn account_for_label(card: &Card, property: &Property, collector: &mut Collector) {
    let Some(label) = card.label(property) else {
        return;
    };
    if property.is_listed() {
        label.unmapped(collector, Reason::NoPlace);
    } else {
        label.used(collector);
    }
}

/// Sets a list field from the entries that fit it; the others are listed.
pub(super) fn list<T: Serialize>(
    entries: Vec<(&Property, T)>,
    path: &str,
    collector: &mut Collector,
) {
    let mut fitting: Vec<T> = Vec::new();
    for (property, entry) in entries {
        if property.text().is_empty() {
            property.unmapped(collector, Reason::NoInformation);
        } else if fitting.len() >= MAX_ITEMS {
            property.unmapped(collector, Reason::AnotherTaken);
        } else if Collector::fits(path, &[&entry]) {
            property.used(collector);
            fitting.push(entry);
        } else {
            property.unmapped(collector, Reason::NotUnderstood);
        }
    }
    if !fitting.is_empty() {
        collector
            .set(path, &fitting)
            .expect("every entry was tried alone and their number is bounded");
    }
}

pub(super) fn phone(card: &Card, property: &Property) -> Phone {
    let (uses, label) = uses(card, property);
    Phone {
        number: number(&property.text()),
        uses,
        label,
        preferred: property.preference() == 1,
    }
}

pub(super) fn email(card: &Card, property: &Property) -> Email {
    let (uses, label) = uses(card, property);
    let text = property.text();
    let address = without_scheme(&text, "mailto:").unwrap_or(&text).to_owned();
    // "internet" is the only type of an address that is left, and says nothing.
    let label = label.filter(|label| !label.eq_ignore_ascii_case("internet"));
    Email {
        address,
        uses,
        label,
        preferred: property.preference() == 1,
    }
}

/// A number out of a `tel:` URI (RFC 3966), with its extension in words.
pub(super) fn number(text: &str) -> String {
    let Some(uri) = without_scheme(text, "tel:") else {
        return text.to_owned();
    };
    let mut parts = uri.split(';');
    let number = parts.next().unwrap_or_default().to_owned();
    parts.fold(number, |number, part| match part.split_once('=') {
        Some((name, value)) if name.eq_ignore_ascii_case("ext") => format!("{number} ext. {value}"),
        _ => format!("{number};{part}"),
    })
}

pub(super) fn without_scheme<'a>(text: &'a str, scheme: &str) -> Option<&'a str> {
    let head = text.get(..scheme.len())?;
    if head.eq_ignore_ascii_case(scheme) {
        text.get(scheme.len()..)
    } else {
        None
    }
}

/// TYPE values as uses; those without a use, and a label of the person's own, as the label.
fn uses(card: &Card, property: &Property) -> (Vec<PhoneUse>, Option<String>) {
    let own = card.label(property).map(|label| plain_label(&label.text()));
    let mut uses = Vec::new();
    let mut others = Vec::new();
    for kind in own
        .into_iter()
        .filter(|label| !label.is_empty())
        .chain(property.types())
    {
        match use_of(&kind) {
            Some(one) if uses.contains(&one) => {}
            Some(one) => uses.push(one),
            None => others.push(kind),
        }
    }
    (uses, (!others.is_empty()).then(|| others.join(", ")))
}

/// Apple writes its own labels as `_$!<Mobile>!$_`.
pub(super) fn plain_label(text: &str) -> String {
    text.trim()
        .trim_start_matches("_$!<")
        .trim_end_matches(">!$_")
        .to_owned()
}

fn use_of(kind: &str) -> Option<PhoneUse> {
    Some(match kind.to_ascii_lowercase().as_str() {
        "home" => PhoneUse::Home,
        "work" => PhoneUse::Work,
        "cell" | "mobile" => PhoneUse::Mobile,
        "voice" => PhoneUse::Voice,
        "text" => PhoneUse::Text,
        "textphone" => PhoneUse::Textphone,
        "video" => PhoneUse::Video,
        "fax" => PhoneUse::Fax,
        "pager" => PhoneUse::Pager,
        _ => return None,
    })
}
