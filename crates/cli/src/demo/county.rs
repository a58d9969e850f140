//! The sample county, as it ships in `samples/county`.

use serde::Deserialize;

/// The circle's registry entry.
pub(super) const CIRCLE: &str = include_str!("../../../../samples/county/circle.json");
/// A resident on home dialysis, as a FHIR patient summary.
pub(super) const RESIDENT_IPS: &str =
    include_str!("../../../../samples/county/residents/emrys-bowen.ips.json");
/// The same format from a phone's address book: another resident.
pub(super) const RESIDENT_VCARD: &str =
    include_str!("../../../../samples/county/residents/gwenllian-probert.vcf");
/// A resident's data in the wallet's own format.
pub(super) const RESIDENT_WALLET: &str =
    include_str!("../../../../samples/county/residents/mared-llwyd.wallet.json");

const AGENCIES: &str = include_str!("../../../../samples/county/agencies.json");
const FIRE_VISIT: &str = include_str!("../../../../samples/county/requests/fire-safety-visit.json");
const AMBULANCE: &str =
    include_str!("../../../../samples/county/requests/ambulance-emergency.json");

const RESILIENCE: &str =
    include_str!("../../../../samples/county/requests/council-resilience.json");
/// Whom the council's offer of help in a heatwave is for.
pub(super) const HEAT_RULE: &str =
    include_str!("../../../../samples/county/offers/heatwave.rule.json");

/// The agencies of the county.
#[derive(Deserialize)]
pub(super) struct County {
    pub(super) agencies: Vec<Agency>,
}

/// One agency's stable part.
#[derive(Deserialize)]
pub(super) struct Agency {
    pub(super) id: String,
    pub(super) name: Words,
    pub(super) kind: String,
    pub(super) privacy_url: String,
}

/// A text in both languages.
#[derive(Deserialize)]
pub(super) struct Words {
    pub(super) en: String,
    pub(super) cy: String,
}

/// A request as the sample holds it.
#[derive(Deserialize)]
pub(super) struct Request {
    pub(super) purpose: String,
    pub(super) data: Vec<String>,
    pub(super) required: Vec<String>,
    pub(super) on_incident: bool,
    pub(super) retention: String,
    pub(super) max_duration: String,
    pub(super) jurisdiction: String,
    pub(super) notice: Notice,
    pub(super) circle: Option<Place>,
}

/// An agency's place in a circle.
#[derive(Deserialize)]
pub(super) struct Place {
    pub(super) id: String,
    pub(super) tier: u8,
}

/// The texts of a request.
#[derive(Deserialize)]
pub(super) struct Notice {
    pub(super) version: String,
    pub(super) texts: Words,
}

pub(super) fn county() -> County {
    read(AGENCIES)
}

pub(super) fn fire_visit() -> Request {
    read(FIRE_VISIT)
}

pub(super) fn resilience() -> Request {
    read(RESILIENCE)
}

pub(super) fn ambulance() -> Request {
    read(AMBULANCE)
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("the samples are checked by the tests of crate profile")
}
