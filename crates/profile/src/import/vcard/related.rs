//! People around the person: RELATED, AGENT of version 3.0, and Apple's related names.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::card::{Card, Property};
use super::reach::{self, number, plain_label, without_scheme};
use super::{person, read};
use crate::import::Reason;
use crate::import::collect::Collector;
use crate::values::{Email, Person, Phone};

/// Who is named for an emergency; returns which other cards of the file those are.
pub(super) fn import(card: &Card, cards: &[Card], collector: &mut Collector) -> HashSet<usize> {
    let others = Others::beside(card, cards);
    let mut met = HashSet::new();
    let mut contacts = Vec::new();
    for property in card
        .properties
        .iter()
        .filter(|property| is_relation(property))
    {
        let found = relation(card, property)
            .and_then(|relation| somebody(property, relation, &others, &mut met, collector));
        match found {
            Ok(person) => contacts.push((property, person)),
            Err(reason) => property.unmapped(collector, reason),
        }
    }
    reach::list(contacts, "people.emergency_contacts", collector);
    for property in card
        .properties
        .iter()
        .filter(|property| is_relation(property))
    {
        reach::account_for_label(card, property, collector);
    }
    met
}

fn is_relation(property: &Property) -> bool {
    ["RELATED", "AGENT", "X-ABRELATEDNAMES"]
        .iter()
        .any(|name| property.is(name))
}

/// What the person is, where the card says that they are to be called; others have no place.
fn relation(card: &Card, property: &Property) -> Result<Option<String>, Reason> {
    if property.text().is_empty() {
        return Err(Reason::NoInformation);
    }
    let mut words = property.types();
    words.extend(
        card.label(property)
            .map(|label| plain_label(&label.text()).to_lowercase()),
    );
    if property.is("AGENT") {
        words.push("agent".to_owned());
    }
    if !words
        .iter()
        .any(|word| word == "agent" || word.contains("emergency") || word == "ice")
    {
        return Err(Reason::NoPlace);
    }
    words.retain(|word| !word.contains("emergency") && word != "ice");
    Ok((!words.is_empty()).then(|| words.join(", ")))
}

fn somebody(
    property: &Property,
    relationship: Option<String>,
    others: &Others<'_>,
    met: &mut HashSet<usize>,
    collector: &mut Collector,
) -> Result<Person, Reason> {
    let text = property.text();
    if text
        .get(..11)
        .is_some_and(|head| head.eq_ignore_ascii_case("BEGIN:VCARD"))
    {
        return embedded(&text, relationship, collector).ok_or(Reason::NotUnderstood);
    }
    let unnamed = relationship
        .clone()
        .unwrap_or_else(|| "emergency contact".to_owned());
    if let Some(index) = others.with_uid(&text) {
        met.insert(index);
        return others
            .cards
            .get(index)
            .and_then(|card| from_card(card, relationship, collector))
            .ok_or(Reason::NotUnderstood);
    }
    if without_scheme(&text, "tel:").is_some() {
        let phones = vec![Phone {
            number: number(&text),
            ..Phone::default()
        }];
        return Ok(Person {
            name: unnamed,
            relationship,
            phones,
            ..Person::default()
        });
    }
    if let Some(address) = without_scheme(&text, "mailto:") {
        let emails = vec![Email {
            address: address.to_owned(),
            ..Email::default()
        }];
        return Ok(Person {
            name: unnamed,
            relationship,
            emails,
            ..Person::default()
        });
    }
    if is_uri(&text) {
        return Err(Reason::NotInFile);
    }
    Ok(Person {
        name: text,
        relationship,
        ..Person::default()
    })
}

fn is_uri(text: &str) -> bool {
    let known = ["urn:", "http:", "https:", "cid:", "data:", "ldap:", "file:"];
    known
        .iter()
        .any(|scheme| without_scheme(text, scheme).is_some())
}

/// The cards of the file beside the person's own.
struct Others<'a> {
    cards: &'a [Card],
    /// Places in `cards` by UID in lower case.
    by_uid: HashMap<String, usize>,
}

impl<'a> Others<'a> {
    fn beside(card: &Card, cards: &'a [Card]) -> Self {
        let mut by_uid = HashMap::new();
        for (index, other) in cards.iter().enumerate() {
            if let Some(uid) = other.text("UID").filter(|_| !std::ptr::eq(other, card)) {
                by_uid.entry(uid.to_lowercase()).or_insert(index);
            }
        }
        Self { cards, by_uid }
    }

    fn with_uid(&self, uid: &str) -> Option<usize> {
        self.by_uid.get(&uid.to_lowercase()).copied()
    }
}

fn embedded(text: &str, relationship: Option<String>, collector: &mut Collector) -> Option<Person> {
    let (cards, _) = read(text);
    from_card(cards.first()?, relationship, collector)
}

/// A person out of their own card; what a contact has no room for is listed as a detail.
fn from_card(
    card: &Card,
    relationship: Option<String>,
    collector: &mut Collector,
) -> Option<Person> {
    let phones = absorb(card.all("TEL"), "contact.phone", |property| {
        reach::phone(card, property)
    });
    let emails = absorb(card.all("EMAIL"), "contact.email", |property| {
        reach::email(card, property)
    });
    let birth_date = card.all("BDAY").first().and_then(|property| {
        property.absorbed();
        person::partial_date(property)
    });
    let source = card
        .all("FN")
        .into_iter()
        .chain(card.all("N"))
        .find(|property| !property.text().is_empty())?;
    source.absorbed();
    let found = Person {
        name: source.text(),
        relationship,
        phones,
        emails,
        birth_date,
        ..Person::default()
    };
    card.rest_as_details(collector);
    Some(found)
}

/// Entries that fit `path`; their properties are accounted for with the person.
fn absorb<T: Serialize>(
    properties: Vec<&Property>,
    path: &str,
    read: impl Fn(&Property) -> T,
) -> Vec<T> {
    let mut entries = Vec::new();
    for property in properties {
        let entry = read(property);
        if Collector::fits(path, &[&entry]) {
            property.absorbed();
            entries.push(entry);
        }
    }
    entries
}
