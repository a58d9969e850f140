//! The home as a PIDF-LO (RFC 4119): a point or circle (RFC 5491) and a civic address (RFC 5139). A location
//! may not be handed on without its rules: it must not be sent on, and is to be deleted with the rest.

use profile::{
    Path, TypedValue,
    values::{Address, Place},
};

use super::{Source, opening::rfc3339, xml::Element};

/// The presence document; none where no place was shared.
pub(super) fn document(source: &Source<'_>) -> Option<Element> {
    // RFC 5491 section 3.4: of one place told twice, the coarser first.
    let places: Vec<Element> = point(source).into_iter().chain(civic(source)).collect();
    if places.is_empty() {
        return None;
    }
    let expiry = source
        .keep_until
        .map(|until| Element::text("gbp:retention-expiry", rfc3339(until)));
    let rules = Element::new("gp:usage-rules")
        .child(Element::text("gbp:retransmission-allowed", "false"))
        .children(expiry);
    let geopriv = Element::new("gp:geopriv")
        .child(Element::new("gp:location-info").children(places))
        .child(rules)
        // What a person entered (RFC 4119 section 6.1).
        .child(Element::text("gp:method", "Manual"));
    let tuple = Element::new("tuple")
        .attribute("id", "home")
        .child(Element::new("status").child(geopriv))
        .child(Element::text("timestamp", rfc3339(source.opening.at)));
    let presence = Element::new("presence")
        .attribute("xmlns", "urn:ietf:params:xml:ns:pidf")
        .attribute("xmlns:gp", "urn:ietf:params:xml:ns:pidf:geopriv10")
        .attribute(
            "xmlns:gbp",
            "urn:ietf:params:xml:ns:pidf:geopriv10:basicPolicy",
        )
        .attribute(
            "xmlns:ca",
            "urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr",
        )
        .attribute("xmlns:gml", "http://www.opengis.net/gml")
        .attribute("xmlns:gs", "http://www.opengis.net/pidflo/1.0")
        .attribute("entity", format!("pres:{}", source.reference));
    Some(presence.child(tuple))
}

fn typed<'a>(source: &'a Source<'_>, path: &str) -> Option<&'a TypedValue> {
    source.profile.typed(&path.parse::<Path>().ok()?)
}

/// RFC 5491 section 5.2: a circle where it is known how far off the point may be.
fn point(source: &Source<'_>) -> Option<Element> {
    let Some(TypedValue::Place(Place {
        lat,
        lon,
        accuracy_m,
    })) = typed(source, "home.geo")
    else {
        return None;
    };
    const WGS84: &str = "urn:ogc:def:crs:EPSG::4326";
    let pos = Element::text("gml:pos", format!("{lat} {lon}"));
    Some(match accuracy_m {
        Some(metres) if *metres > 0.0 => Element::new("gs:Circle")
            .attribute("srsName", WGS84)
            .child(pos)
            .child(
                Element::text("gs:radius", metres.to_string())
                    .attribute("uom", "urn:ogc:def:uom:EPSG::9001"),
            ),
        _ => Element::new("gml:Point")
            .attribute("srsName", WGS84)
            .child(pos),
    })
}

fn civic(source: &Source<'_>) -> Option<Element> {
    let Some(TypedValue::Address(address)) = typed(source, "home.address") else {
        return None;
    };
    let (house, road, rest) = street(&address.lines);
    let rest = if address.lines.is_empty() {
        address.text.clone()
    } else {
        rest
    };
    let parts = [
        ("ca:country", country(address)),
        // RFC 5139 section 3.1: A2 is a county, A3 a city or town.
        ("ca:A2", address.region.clone()),
        ("ca:A3", address.locality.clone()),
        ("ca:RD", road),
        ("ca:HNO", house.as_ref().map(|(number, _)| number.clone())),
        ("ca:HNS", house.and_then(|(_, suffix)| suffix)),
        ("ca:LOC", rest),
        ("ca:PC", address.postcode.clone()),
        ("ca:PCN", address.locality.clone()),
    ];
    let given = parts
        .into_iter()
        .filter_map(|(tag, text)| Some(Element::text(tag, text?)));
    Some(Element::new("ca:civicAddress").children(given))
}

/// A country by its ISO 3166-1 code, in capitals; a name has no place here and stays in the card.
fn country(address: &Address) -> Option<String> {
    let code = address.country.as_deref()?.trim().to_uppercase();
    (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())).then_some(code)
}

type House = (String, Option<String>);

/// House number with its suffix, road, and whatever else the lines say. Only a line that begins with a number
/// is taken apart; nothing is guessed of the others.
fn street(lines: &[String]) -> (Option<House>, Option<String>, Option<String>) {
    let found = lines.iter().position(|line| numbered(line).is_some());
    let at = found.unwrap_or(lines.len().saturating_sub(1));
    let Some(line) = lines.get(at) else {
        return (None, None, None);
    };
    let others: Vec<&str> = lines
        .iter()
        .enumerate()
        .filter(|(i, _)| *i != at)
        .map(|(_, line)| line.as_str())
        .collect();
    let rest = (!others.is_empty()).then(|| others.join(", "));
    match numbered(line) {
        Some((house, road)) => (Some(house), Some(road), rest),
        None => (None, Some(line.clone()), rest),
    }
}

/// `17 Stryd y Bont` or `17a Stryd y Bont`.
fn numbered(line: &str) -> Option<(House, String)> {
    let (first, road) = line.trim().split_once(char::is_whitespace)?;
    let first = first.trim_end_matches(',');
    let digits = first.bytes().take_while(u8::is_ascii_digit).count();
    let (number, suffix) = first.split_at(digits);
    let good =
        digits > 0 && suffix.len() <= 1 && suffix.bytes().all(|byte| byte.is_ascii_alphabetic());
    let suffix = (!suffix.is_empty()).then(|| suffix.to_owned());
    good.then(|| ((number.to_owned(), suffix), road.trim().to_owned()))
}
