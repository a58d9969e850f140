//! Who the card is about: FN, N, NICKNAME, BDAY, GENDER, LANG.

use calcard::common::PartialDateTime;
use calcard::vcard::{VCardParameterName, VCardSex, VCardValue};

use super::card::{Card, Property};
use crate::import::Reason;
use crate::import::collect::Collector;
use crate::values::{Gender, GenderCode, LanguageTag, Name, PartialDate};

pub(super) fn import(card: &Card, collector: &mut Collector) {
    name(card, collector);
    birth_date(card, collector);
    gender(card, collector);
    languages(card, collector);
}

/// Sets a field from one property; the other properties of the same name are listed.
fn first_fits<T: serde::Serialize>(
    properties: Vec<&Property>,
    path: &str,
    read: impl Fn(&Property) -> Option<T>,
    collector: &mut Collector,
) {
    let mut taken = false;
    for property in properties {
        if property.text().is_empty() {
            property.unmapped(collector, Reason::NoInformation);
        } else if taken {
            property.unmapped(collector, Reason::AnotherTaken);
        } else if read(property).is_some_and(|value| collector.set(path, &value).is_ok()) {
            taken = true;
            property.used(collector);
        } else {
            property.unmapped(collector, Reason::NotUnderstood);
        }
    }
}

fn name(card: &Card, collector: &mut Collector) {
    let full = card
        .all("FN")
        .into_iter()
        .find(|property| !property.text().is_empty());
    let parts = card
        .all("N")
        .into_iter()
        .find(|property| !property.text().is_empty());
    let nick = card
        .all("NICKNAME")
        .into_iter()
        .find(|property| !property.text().is_empty());
    let mut name = parts.map(name_parts).unwrap_or_default();
    name.text = match full {
        Some(property) => property.text(),
        None => composed(&name),
    };
    let mut nicknames = nick
        .map(|property| property.components().concat())
        .unwrap_or_default()
        .into_iter();
    name.known_as = nicknames.next();
    if name.text.is_empty() {
        name.text = name.known_as.clone().unwrap_or_default();
    }
    let sources: Vec<&Property> = [full, parts, nick].into_iter().flatten().collect();
    let set = !sources.is_empty() && collector.set("identity.name", &name).is_ok();
    for property in sources {
        if set {
            property.used(collector)
        } else {
            property.unmapped(collector, Reason::NotUnderstood)
        }
    }
    if let Some(property) = nick {
        nicknames
            .for_each(|other| collector.detail(property.location(), &other, Reason::AnotherTaken));
    }
    for property in ["FN", "N", "NICKNAME"]
        .iter()
        .flat_map(|kind| card.all(kind))
    {
        let empty = property.text().is_empty();
        property.unmapped(
            collector,
            if empty {
                Reason::NoInformation
            } else {
                Reason::AnotherTaken
            },
        );
    }
}

/// N: family; given; additional; prefixes; suffixes; and of RFC 9554 second surname; generation.
fn name_parts(property: &Property) -> Name {
    let components = property.components();
    let list = |index: usize| -> Vec<String> {
        components
            .get(index)
            .into_iter()
            .flatten()
            .filter(|text| !text.is_empty())
            .cloned()
            .collect()
    };
    let joined = |texts: Vec<String>| (!texts.is_empty()).then(|| texts.join(" "));
    let unless_repeated = |index: usize, before: &[String]| -> Vec<String> {
        list(index)
            .into_iter()
            .filter(|text| !before.iter().any(|known| known.contains(text.as_str())))
            .collect()
    };
    let (family, suffix) = (list(0), list(4));
    let (second, generation) = (unless_repeated(5, &family), unless_repeated(6, &suffix));
    Name {
        text: String::new(),
        given: [list(1), list(2)].concat(),
        family: joined([family, second].concat()),
        prefix: joined(list(3)),
        suffix: joined([suffix, generation].concat()),
        known_as: None,
    }
}

fn composed(name: &Name) -> String {
    let given = name.given.join(" ");
    let parts = [
        name.prefix.as_deref(),
        Some(given.as_str()),
        name.family.as_deref(),
        name.suffix.as_deref(),
    ];
    parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn birth_date(card: &Card, collector: &mut Collector) {
    for property in card.all("BDAY") {
        if let Some(VCardValue::PartialDateTime(PartialDateTime { hour: Some(_), .. })) =
            property.entry.values.first()
        {
            collector.detail(
                format!("{} (time of day)", property.location()),
                &property.text(),
                Reason::NoPlace,
            );
        }
    }
    first_fits(
        card.all("BDAY"),
        "identity.birth_date",
        partial_date,
        collector,
    );
}

pub(super) fn partial_date(property: &Property) -> Option<PartialDate> {
    match property.entry.values.first()? {
        VCardValue::PartialDateTime(date) => {
            let omitted = VCardParameterName::Other("X-APPLE-OMIT-YEAR".to_owned());
            let omitted = property
                .parameter(&omitted)
                .and_then(|year| year.parse().ok());
            let year = date.year.filter(|year| Some(*year) != omitted);
            // Two digits of a year name no year.
            if year.is_some_and(|year| year < 1000) {
                return None;
            }
            PartialDate::from_parts(year, date.month, date.day)
        }
        VCardValue::Text(text) => PartialDate::from_text(text.trim()),
        _ => None,
    }
}

fn gender(card: &Card, collector: &mut Collector) {
    first_fits(
        card.all("GENDER"),
        "identity.gender",
        read_gender,
        collector,
    );
}

fn read_gender(property: &Property) -> Option<Gender> {
    let code = match property.entry.values.first()? {
        VCardValue::Sex(VCardSex::Female) => GenderCode::Female,
        VCardValue::Sex(VCardSex::Male) => GenderCode::Male,
        VCardValue::Sex(VCardSex::Other) => GenderCode::Other,
        VCardValue::Sex(VCardSex::NoneOrNotApplicable) => GenderCode::None,
        VCardValue::Sex(VCardSex::Unknown) => GenderCode::Unknown,
        VCardValue::Text(text) if text.trim().is_empty() => GenderCode::Unknown,
        _ => return None,
    };
    let text = Some(property.component(1)).filter(|text| !text.is_empty());
    Some(Gender { code, text })
}

fn languages(card: &Card, collector: &mut Collector) {
    let entries = card
        .all("LANG")
        .into_iter()
        .map(|property| (property, LanguageTag(property.text())))
        .collect();
    super::reach::list(entries, "identity.languages", collector);
}
