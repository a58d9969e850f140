use consent_token::{
    request::{RequestObject, RequestedConsent, RequestedNotice, sign_lasting},
    term::{Action, ConsentType, Release},
};
use serde_json::json;

use super::*;
use crate::registry::{Agency, AgencyKind, AgencyStatus, JwkSet, RegistryKey};

const NOW: UnixSeconds = UnixSeconds::new(1_790_000_000).unwrap();
const DAY: i64 = 24 * 60 * 60;

fn key() -> SigningKey {
    SigningKey::from_seed([3; 32])
}

fn id() -> AgencyId {
    "https://council.cwmderw.example".parse().unwrap()
}

fn registry(status: AgencyStatus) -> Registry {
    let agency = Agency {
        id: id(),
        name: "Cwm Derw Council".into(),
        names: BTreeMap::new(),
        kind: AgencyKind::Council,
        status,
        jwks: JwkSet {
            keys: vec![RegistryKey::signing(&key().public())],
        },
        contact: None,
        privacy_url: None,
        obligations: None,
    };
    Registry {
        iss: "https://verifier.example".into(),
        iat: NOW,
        serial: 1,
        agencies: vec![agency],
        circles: vec![],
        auditors: vec![],
    }
}

fn texts(text: &str) -> BTreeMap<Language, String> {
    [("en".parse().unwrap(), text.to_owned())].into()
}

fn request(lasts: i64, client_id: AgencyId) -> String {
    let request = RequestObject {
        client_id,
        response_uri: None,
        nonce: "n".into(),
        state: "s".into(),
        jti: Jti::from_bytes([5; 16]),
        iat: NOW,
        exp: NOW.plus(lasts),
        consent: RequestedConsent {
            kind: ConsentType::V1,
            purposes: vec!["civil-resilience".into()],
            datatypes: vec!["home.address".into()],
            required: vec![],
            actions: vec![Action::Read],
            release: Release::OnGrant,
            retention: "P30D".parse().unwrap(),
            max_duration: "P60D".parse().unwrap(),
            recipients: None,
            uses: None,
            circle: None,
            notice: RequestedNotice {
                version: "1".into(),
                texts: texts("We bring a fan."),
            },
            basis: None,
            jurisdiction: None,
        },
    };
    sign_lasting(&request, &key(), Lifetime::Offer).unwrap()
}

fn offer() -> Offer {
    Offer {
        iss: id(),
        jti: Jti::from_bytes([4; 16]),
        iat: NOW,
        exp: NOW.plus(60 * DAY),
        title: texts("Help in the heat"),
        text: texts("We bring a fan and call every day."),
        request: request(60 * DAY, id()),
        rule: Rule::parse(&json!({"code": ["needs.power_dependent", "04"]})).unwrap(),
    }
}

fn verified(offer: &Offer) -> Result<Offer, OfferError> {
    Offer::verify(
        &signing::sign(OFFER_TYP, offer, &key()),
        &registry(AgencyStatus::Active),
        NOW,
    )
}

#[test]
fn an_offer_reads_back_and_is_small() {
    let compact = offer().sign(&key()).unwrap();
    assert!(compact.len() < MAX_COMPACT_BYTES);
    assert_eq!(
        Offer::verify(&compact, &registry(AgencyStatus::Active), NOW),
        Ok(offer())
    );
}

#[test]
fn each_fault_has_its_own_refusal() {
    let unworded = Offer {
        title: texts(" "),
        ..offer()
    };
    assert!(matches!(verified(&unworded), Err(OfferError::Malformed(_))));
    assert!(matches!(
        unworded.sign(&key()),
        Err(OfferError::Malformed(_))
    ));
    let long = Offer {
        exp: NOW.plus(91 * DAY),
        ..offer()
    };
    assert_eq!(verified(&long), Err(OfferError::Time));
    let later = Offer {
        iat: NOW.plus(120),
        ..offer()
    };
    assert_eq!(verified(&later), Err(OfferError::Time));
    let over = Offer {
        iat: NOW.plus(-2 * DAY),
        exp: NOW,
        ..offer()
    };
    assert_eq!(verified(&over), Err(OfferError::Time));
    let foreign = request(60 * DAY, "https://fire.cwmderw.example".parse().unwrap());
    let swapped = Offer {
        request: foreign,
        ..offer()
    };
    assert_eq!(
        verified(&swapped),
        Err(OfferError::Request(Refusal::WrongAudience))
    );
    let none = Offer {
        request: "a.b.c".into(),
        ..offer()
    };
    assert_eq!(
        verified(&none),
        Err(OfferError::Request(Refusal::Malformed))
    );
    let good = offer().sign(&key()).unwrap();
    let suspended = Offer::verify(&good, &registry(AgencyStatus::Suspended), NOW);
    assert_eq!(suspended, Err(OfferError::Agency(Refusal::AgencySuspended)));
    let forged = signing::sign(OFFER_TYP, &offer(), &SigningKey::from_seed([9; 32]));
    let forged = Offer::verify(&forged, &registry(AgencyStatus::Active), NOW);
    assert_eq!(forged, Err(OfferError::Agency(Refusal::WrongAgencyKey)));
    let typed = signing::sign("jwt", &offer(), &key());
    assert!(matches!(
        Offer::verify(&typed, &registry(AgencyStatus::Active), NOW),
        Err(OfferError::Signature(_))
    ));
}

#[test]
fn an_unknown_member_or_node_makes_it_unusable() {
    for (member, value) in [("for", json!({"near": "me"})), ("priority", json!(1))] {
        let mut claims = serde_json::to_value(offer()).unwrap();
        claims[member] = value;
        let compact = signing::sign(OFFER_TYP, &claims, &key());
        let refused = Offer::verify(&compact, &registry(AgencyStatus::Active), NOW);
        assert!(
            matches!(refused, Err(OfferError::Malformed(_))),
            "{member}: {refused:?}"
        );
    }
}

#[test]
fn a_request_that_stands_for_weeks_is_good_inside_an_offer_only() {
    let long = request(60 * DAY, id());
    let alone = UnverifiedRequest::parse(&long, &Version1);
    assert_eq!(alone.unwrap_err(), Refusal::Malformed);
}
