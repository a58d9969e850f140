//! Seeds of what is sealed for an agency, and of offers.

use std::sync::LazyLock;

use consent_token::{
    id::{Digest, Jti},
    request::{Lifetime, RequestObject, RequestedConsent, RequestedNotice, sign_lasting},
    term::{Action, ConsentType, Release},
};
use profile::rule::Rule;
use protocol::{
    Registry,
    offer::Offer,
    share::{
        Envelope, Handover, KemSecret, Share,
        attachment::{Attached, Writer},
    },
};
use serde_json::{Value, json};

use crate::forge::{NOW, agency};

/// The consent that the seeds belong to.
pub(crate) const TOKEN: &str = "a.consent.token";
/// The file of the seeds.
pub(crate) const FILE: &[u8] = b"Turn her every two hours; the key is under the third pot.";

/// The agency's keys, one of each kind.
pub(crate) fn keys() -> &'static [KemSecret; 2] {
    static KEYS: LazyLock<[KemSecret; 2]> = LazyLock::new(|| {
        [
            KemSecret::derive_x25519(&[5; 32].into()),
            KemSecret::derive_xwing(&[6; 32].into()),
        ]
    });
    &KEYS
}

/// A registry of the agency that the offers are by.
pub(crate) fn registry() -> Registry {
    serde_json::from_slice(&super::made::of("registry").remove(0)).expect("a registry")
}

/// The seeds of a target.
pub(super) fn of(target: &str) -> Vec<Vec<u8>> {
    match target {
        "share" => vec![serde_json::to_vec(&a_share()).expect("plain JSON")],
        "envelope" => keys().iter().map(envelope).collect(),
        "handover" => keys().iter().map(handover).collect(),
        "attachment" => keys().iter().map(attachment).collect(),
        "offer" => offers(),
        "rule" => rules()
            .iter()
            .map(|rule| rule.to_string().into_bytes())
            .collect(),
        _ => Vec::new(),
    }
}

fn a_share() -> Share {
    let fields = json!({"home.address": {"line1": "3 Mill Lane"}, "contact.phone": null});
    Share::new(2, fields.as_object().cloned().unwrap_or_default(), NOW)
}

fn envelope(key: &KemSecret) -> Vec<u8> {
    let sealed = a_share().seal(TOKEN, key.public(), &[9; 64]);
    sealed.expect("a small share").to_bytes()
}

fn handover(key: &KemSecret) -> Vec<u8> {
    let envelope = Envelope::parse(&envelope(key)).expect("an envelope");
    let stated = ("a.forward.statement".to_owned(), "a proof".to_owned());
    Handover::sign(TOKEN.to_owned(), stated, envelope, &agency()).to_bytes()
}

fn attachment(key: &KemSecret) -> Vec<u8> {
    let attached = Attached {
        token: TOKEN,
        path: "documents.care-plan",
        digest: Digest::of(FILE),
        size: FILE.len() as u64,
    };
    // The first byte says how the rest is cut.
    let mut out = vec![100];
    let mut writer =
        Writer::start(attached, key.public(), &[9; 64], &mut out).expect("a small file");
    writer.take(FILE, &mut out).expect("the file");
    writer.finish(&mut out).expect("the file");
    out
}

fn offers() -> Vec<Vec<u8>> {
    let iss: consent_token::id::AgencyId = "https://fire.riverton.example"
        .parse()
        .expect("an agency id");
    let words = || {
        [(
            "en".parse().expect("a language"),
            "We bring a fan.".to_owned(),
        )]
        .into()
    };
    let request = RequestObject {
        client_id: iss.clone(),
        response_uri: None,
        nonce: "n".into(),
        state: "s".into(),
        jti: Jti::from_bytes([5; 16]),
        iat: NOW,
        exp: NOW.plus(86_400),
        consent: RequestedConsent {
            kind: ConsentType::V1,
            purposes: vec!["civil-resilience".into()],
            datatypes: vec!["home.address".into()],
            required: vec![],
            actions: vec![Action::Read],
            release: Release::OnGrant,
            retention: "P30D".parse().expect("a duration"),
            max_duration: "P60D".parse().expect("a duration"),
            recipients: None,
            uses: None,
            circle: None,
            notice: RequestedNotice {
                version: "1".into(),
                texts: words(),
            },
            basis: None,
            jurisdiction: None,
        },
    };
    let offer = Offer {
        iss,
        jti: Jti::from_bytes([4; 16]),
        iat: NOW,
        exp: NOW.plus(86_400),
        title: words(),
        text: words(),
        request: sign_lasting(&request, &agency(), Lifetime::Offer).expect("a request"),
        rule: Rule::parse(&rules().remove(0)).expect("a rule"),
    };
    let compact = offer.sign(&agency()).expect("an offer");
    vec![
        serde_json::to_vec(&offer).expect("plain JSON"),
        compact.into_bytes(),
    ]
}

fn rules() -> Vec<Value> {
    vec![
        json!({"all": [{"any": [{"has": "home.address"}, {"age": {"min": 65}}]}, {"not": {"area": ["CF4"]}}]}),
        json!({"code": ["needs.power_dependent", "04"]}),
        json!({"during": {"from": "2027-01-01", "to": "2027-02-28"}}),
    ]
}
