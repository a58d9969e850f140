//! The sample county, as it ships in `samples/county`.

use serde::Deserialize;

/// The circle's registry entry.
pub(crate) const CIRCLE: &str = include_str!("../../../../samples/county/circle.json");
/// A resident on home dialysis, as a FHIR patient summary.
pub(crate) const RESIDENT_IPS: &str =
    include_str!("../../../../samples/county/residents/emrys-bowen.ips.json");
/// The same format from a phone's address book: another resident.
pub(crate) const RESIDENT_VCARD: &str =
    include_str!("../../../../samples/county/residents/gwenllian-probert.vcf");
/// A resident's data in the wallet's own format.
pub(crate) const RESIDENT_WALLET: &str =
    include_str!("../../../../samples/county/residents/mared-llwyd.wallet.json");

const AGENCIES: &str = include_str!("../../../../samples/county/agencies.json");
const FIRE_VISIT: &str = include_str!("../../../../samples/county/requests/fire-safety-visit.json");
const AMBULANCE: &str =
    include_str!("../../../../samples/county/requests/ambulance-emergency.json");

const CARE_PLAN: &str = include_str!("../../../../samples/county/requests/health-care-plan.json");
const RESILIENCE: &str =
    include_str!("../../../../samples/county/requests/council-resilience.json");
/// Whom the council's offer of help in a heatwave is for.
pub(crate) const HEAT_RULE: &str =
    include_str!("../../../../samples/county/offers/heatwave.rule.json");

/// The agencies of the county.
#[derive(Deserialize)]
pub(crate) struct County {
    pub(crate) agencies: Vec<Agency>,
}

/// One agency's stable part.
#[derive(Deserialize)]
pub(crate) struct Agency {
    pub(crate) id: String,
    pub(crate) name: Words,
    pub(crate) kind: String,
    pub(crate) privacy_url: String,
}

impl Agency {
    /// The words of `assent agency init` that make its entry; `name_cy` is `cy=` and its Welsh name.
    pub(crate) fn init_words<'a>(&'a self, name_cy: &'a str) -> [&'a str; 11] {
        [
            "init",
            "--id",
            &self.id,
            "--name",
            &self.name.en,
            "--name-in",
            name_cy,
            "--kind",
            &self.kind,
            "--privacy-url",
            &self.privacy_url,
        ]
    }
}

/// A text in both languages.
#[derive(Deserialize)]
pub(crate) struct Words {
    pub(crate) en: String,
    pub(crate) cy: String,
}

/// A request as the sample holds it.
#[derive(Deserialize)]
pub(crate) struct Request {
    pub(crate) purpose: String,
    pub(crate) data: Vec<String>,
    pub(crate) required: Vec<String>,
    pub(crate) actions: Vec<String>,
    #[serde(default)]
    pub(crate) recipients: Vec<String>,
    pub(crate) on_incident: bool,
    pub(crate) retention: String,
    pub(crate) max_duration: String,
    pub(crate) jurisdiction: String,
    pub(crate) notice: Notice,
    pub(crate) circle: Option<Place>,
}

/// An agency's place in a circle.
#[derive(Deserialize)]
pub(crate) struct Place {
    pub(crate) id: String,
    pub(crate) tier: u8,
}

/// The texts of a request.
#[derive(Deserialize)]
pub(crate) struct Notice {
    pub(crate) version: String,
    pub(crate) texts: Words,
}

pub(crate) fn county() -> County {
    read(AGENCIES)
}

pub(crate) fn fire_visit() -> Request {
    read(FIRE_VISIT)
}

pub(crate) fn care_plan() -> Request {
    read(CARE_PLAN)
}

pub(crate) fn resilience() -> Request {
    read(RESILIENCE)
}

pub(crate) fn ambulance() -> Request {
    read(AMBULANCE)
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("the samples are checked by the tests of crate profile")
}
