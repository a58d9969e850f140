//! Patient.address into `home`.

use serde_json::Value;

use super::bundle::{Bundle, items, text};
use super::people;
use crate::import::Reason;
use crate::import::collect::Collector;
use crate::values::{Address, Place};

fn rank_of_address(address: &Value) -> u8 {
    let usage = match text(address, "use") {
        Some("home") => 0,
        None => 1,
        Some("temp") => 2,
        Some(_) => 3,
    };
    usage * 2 + u8::from(text(address, "type") == Some("postal"))
}

/// The address where the person lives. Where they work, and where bills go, is listed and never taken for it.
pub(super) fn import(bundle: &Bundle<'_>, value: &Value, collector: &mut Collector) {
    let mut addresses: Vec<(usize, &Value)> = items(value, "address").iter().enumerate().collect();
    addresses.sort_by_key(|(_, address)| rank_of_address(address));
    let mut taken = false;
    for (index, address) in addresses {
        let location = format!("Patient.address[{index}]");
        match refused(bundle, address, taken) {
            Some(reason) => collector.unmapped(location, &people::address_text(address), reason),
            None if collector.set("home.address", &address_of(address)).is_ok() => {
                taken = true;
                collector.used();
                place(address, &location, collector);
            }
            None => collector.unmapped(
                location,
                &people::address_text(address),
                Reason::NotUnderstood,
            ),
        }
    }
}

fn refused(bundle: &Bundle<'_>, address: &Value, taken: bool) -> Option<Reason> {
    match text(address, "use") {
        _ if address_of(address) == Address::default() => Some(Reason::NoInformation),
        Some("old") => Some(Reason::NotActive),
        _ if bundle.is_over(address) => Some(Reason::NotActive),
        Some("work" | "billing") => Some(Reason::NoPlace),
        _ => taken.then_some(Reason::AnotherTaken),
    }
}

fn place(address: &Value, location: &str, collector: &mut Collector) {
    if let Some(place) = geolocation(address)
        && collector.set("home.geo", &place).is_err()
    {
        let what = format!("{}, {}", place.lat, place.lon);
        collector.detail(
            format!("{location} (geolocation)"),
            &what,
            Reason::NotUnderstood,
        );
    }
}

fn address_of(address: &Value) -> Address {
    let part = |member| text(address, member).map(str::to_owned);
    let lines = items(address, "line")
        .iter()
        .filter_map(Value::as_str)
        .map(|line| line.trim().to_owned());
    let region = [part("district"), part("state")]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    Address {
        lines: lines.filter(|line| !line.is_empty()).collect(),
        locality: part("city"),
        region: Some(region).filter(|region| !region.is_empty()),
        postcode: part("postalCode"),
        country: part("country"),
        text: part("text"),
    }
}

/// The standard extension "geolocation" of an address.
fn geolocation(address: &Value) -> Option<Place> {
    let extension = items(address, "extension").iter().find(|extension| {
        text(extension, "url").is_some_and(|url| url.ends_with("/geolocation"))
    })?;
    let number = |name| {
        let part = items(extension, "extension")
            .iter()
            .find(|part| text(part, "url") == Some(name))?;
        part.get("valueDecimal")?.as_f64()
    };
    Some(Place {
        lat: number("latitude")?,
        lon: number("longitude")?,
        accuracy_m: None,
    })
}
