//! Where the person lives: ADR, LABEL of version 3.0, and GEO.

use calcard::vcard::VCardParameterName;

use super::card::{Card, Property};
use super::reach::without_scheme;
use crate::import::Reason;
use crate::import::collect::Collector;
use crate::values::{Address, Place};

pub(super) fn import(card: &Card, collector: &mut Collector) {
    let home = address(card, collector);
    geo(card, home, collector);
}

/// Takes the home address, without one the most preferred; where the person works is never taken for it.
fn address<'a>(card: &'a Card, collector: &mut Collector) -> Option<&'a Property> {
    for property in ["ADR", "LABEL", "GEO"]
        .iter()
        .flat_map(|name| card.all(name))
    {
        if is_work(property) && !property.text().is_empty() {
            property.unmapped(collector, Reason::NoPlace);
        }
    }
    let mut candidates = card.all("ADR");
    candidates.retain(|property| !is_work(property));
    candidates.sort_by_key(|property| {
        (
            property.text().is_empty(),
            foreign_to_home(property),
            property.preference(),
        )
    });
    let chosen = candidates
        .first()
        .copied()
        .filter(|property| !property.text().is_empty() || label_of(property).is_some());
    let written = label_property(card, chosen);
    let mut address = chosen.map(read_address).unwrap_or_default();
    if address.text.is_none() {
        address.text = written.map(Property::text);
    }
    let sources: Vec<&Property> = [chosen, written].into_iter().flatten().collect();
    let set = !sources.is_empty() && collector.set("home.address", &address).is_ok();
    for property in &sources {
        if set {
            property.used(collector)
        } else {
            property.unmapped(collector, Reason::NotUnderstood)
        }
    }
    if let Some(property) = chosen.filter(|_| set) {
        extended_details(property, &address, collector);
        if let Some(label) = card.label(property) {
            label.unmapped(collector, Reason::NoPlace);
        }
    }
    for property in card.all("ADR").into_iter().chain(card.all("LABEL")) {
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
    chosen.filter(|_| set)
}

fn foreign_to_home(property: &Property) -> u8 {
    u8::from(!property.types().iter().any(|kind| kind == "home"))
}

/// Of work and not of home too.
fn is_work(property: &Property) -> bool {
    let types = property.types();
    let has = |name: &str| types.iter().any(|kind| kind == name);
    has("work") && !has("home")
}

/// LABEL of version 3.0 that belongs to the chosen address, or to none.
fn label_property<'a>(card: &'a Card, chosen: Option<&Property>) -> Option<&'a Property> {
    let mut labels = card.all("LABEL");
    labels.retain(|label| !is_work(label));
    match chosen {
        None => labels.into_iter().find(|label| !label.text().is_empty()),
        Some(address) if label_of(address).is_some() => None,
        Some(address) => labels
            .into_iter()
            .find(|label| label.types() == address.types() && !label.text().is_empty()),
    }
}

fn label_of(property: &Property) -> Option<String> {
    property
        .parameter(&VCardParameterName::Label)
        .filter(|label| !label.trim().is_empty())
}

/// ADR: post office box; extended; street; locality; region; code; country; then RFC 9554's parts.
fn read_address(property: &Property) -> Address {
    let part = |index: usize| Some(property.component(index)).filter(|text| !text.is_empty());
    let mut lines = lines_of(property, 0..3);
    if lines.is_empty() {
        lines = lines_of(property, 7..18);
    }
    Address {
        lines,
        locality: part(3),
        region: part(4),
        postcode: part(5),
        country: part(6),
        text: label_of(property).map(|label| label.trim().to_owned()),
    }
}

fn lines_of(property: &Property, range: std::ops::Range<usize>) -> Vec<String> {
    range
        .map(|index| property.component(index))
        .flat_map(|text| {
            text.lines()
                .map(|line| line.trim().to_owned())
                .collect::<Vec<_>>()
        })
        .filter(|line| !line.is_empty())
        .collect()
}

/// RFC 9554's parts repeat the street; what it does not contain is listed.
fn extended_details(property: &Property, address: &Address, collector: &mut Collector) {
    let written = address.lines.join("\n");
    for text in lines_of(property, 7..18)
        .iter()
        .filter(|text| !written.contains(text.as_str()))
    {
        collector.detail(property.location(), text, Reason::NoPlace);
    }
}

fn geo(card: &Card, home: Option<&Property>, collector: &mut Collector) {
    let mut taken = false;
    for property in card
        .all("GEO")
        .into_iter()
        .filter(|property| !is_work(property))
    {
        let place = read_place(&property.text());
        if property.text().is_empty() {
            property.unmapped(collector, Reason::NoInformation);
        } else if taken {
            property.unmapped(collector, Reason::AnotherTaken);
        } else if place.is_some_and(|place| collector.set("home.geo", &place).is_ok()) {
            taken = true;
            property.used(collector);
        } else {
            property.unmapped(collector, Reason::NotUnderstood);
        }
    }
    for property in card.all("GEO") {
        property.unmapped(collector, Reason::NoInformation);
    }
    let Some((property, text)) =
        home.and_then(|home| Some((home, home.parameter(&VCardParameterName::Geo)?)))
    else {
        return;
    };
    let placed =
        !taken && read_place(&text).is_some_and(|place| collector.set("home.geo", &place).is_ok());
    if !placed {
        let reason = if taken {
            Reason::AnotherTaken
        } else {
            Reason::NotUnderstood
        };
        collector.detail(format!("{} (GEO)", property.location()), &text, reason);
    }
}

/// `geo:lat,lon;u=metres` (RFC 5870), or `lat;lon` of version 3.0.
fn read_place(text: &str) -> Option<Place> {
    let (coordinates, parameters) = match without_scheme(text, "geo:") {
        Some(uri) => uri.split_once(';').unwrap_or((uri, "")),
        None => (text, ""),
    };
    let mut numbers = coordinates
        .split([',', ';'])
        .map(|number| number.trim().parse::<f64>().ok());
    let (lat, lon) = (numbers.next()??, numbers.next()??);
    let accuracy_m = parameters
        .split(';')
        .find_map(|parameter| without_scheme(parameter, "u=")?.parse().ok())
        .filter(|metres: &f64| metres.is_finite());
    (lat.is_finite() && lon.is_finite()).then_some(Place {
        lat,
        lon,
        accuracy_m,
    })
}
