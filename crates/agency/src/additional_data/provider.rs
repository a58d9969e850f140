//! ProviderInfo and ServiceInfo (RFC 7852 sections 4.1 and 4.2): who hands the data on, and what kind of
//! place they are about. The provider is the agency that opened the share.

use profile::Lang;
use protocol::registry::{Agency, AgencyKind};

use super::{Source, host, xml::Element};

/// The ProviderInfo block.
pub(super) fn info(source: &Source<'_>) -> Element {
    let agency = source.agency;
    Element::new("EmergencyCallData.ProviderInfo")
        .attribute(
            "xmlns",
            "urn:ietf:params:xml:ns:EmergencyCallData:ProviderInfo",
        )
        .child(Element::text("DataProviderReference", &*source.reference))
        .child(Element::text(
            "DataProviderString",
            name(agency, source.languages),
        ))
        .child(Element::text("ProviderID", host(&agency.id)))
        .child(Element::text("ProviderIDSeries", "domain"))
        .child(Element::text("TypeOfProvider", kind(agency.kind)))
        .child(Element::text("ContactURI", contact(agency)))
        .children(
            source
                .languages
                .iter()
                .map(|lang| Element::text("Language", lang.tag())),
        )
}

/// The ServiceInfo block. No telephone service stands behind a profile: `OTT` is the registry's word for
/// what comes over the Internet whatever the access, and its mobility is not known.
pub(super) fn service(source: &Source<'_>) -> Element {
    let home = |path: &str| path.parse().is_ok_and(|path| source.profile.has(&path));
    let residence = home("home.address") || home("home.geo");
    Element::new("EmergencyCallData.ServiceInfo")
        .attribute(
            "xmlns",
            "urn:ietf:params:xml:ns:EmergencyCallData:ServiceInfo",
        )
        .child(Element::text("DataProviderReference", &*source.reference))
        .child(Element::text(
            "ServiceEnvironment",
            if residence { "Residence" } else { "Unknown" },
        ))
        .child(Element::text("ServiceType", "OTT"))
        .child(Element::text("ServiceMobility", "Unknown"))
}

fn name(agency: &Agency, languages: &[Lang]) -> String {
    let first = languages.first().map_or("en", |lang| lang.tag());
    agency.names.get(first).unwrap_or(&agency.name).clone()
}

/// The registry of section 11.1.5.
fn kind(kind: AgencyKind) -> &'static str {
    match kind {
        AgencyKind::Ambulance | AgencyKind::Fire | AgencyKind::Police => {
            "Emergency Service Provider"
        }
        _ => "Other",
    }
}

/// A URI to reach the agency by: its contact as one, else its own address.
fn contact(agency: &Agency) -> String {
    let Some(contact) = agency.contact.as_deref().map(str::trim) else {
        return agency.id.as_str().to_owned();
    };
    let is_uri = ["tel:", "sip:", "sips:", "mailto:", "https://"]
        .iter()
        .any(|scheme| contact.starts_with(scheme));
    if is_uri {
        return contact.to_owned();
    }
    match super::subscriber::tel_uri(contact) {
        Some(uri) => uri,
        None if contact.contains('@') && !contact.contains(char::is_whitespace) => {
            format!("mailto:{contact}")
        }
        None => agency.id.as_str().to_owned(),
    }
}
