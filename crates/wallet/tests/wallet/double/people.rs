//! Keys and agencies of the sample county, fictional all of them.

use consent_token::{
    id::{AgencyId, UnixSeconds},
    key::SigningKey,
};
use protocol::registry::{
    Agency, AgencyKind, AgencyStatus, Circle, JwkSet, Member, Registry, RegistryKey, Tier,
};
use transparency_log::NoteSigner;

use super::{AMBULANCE, CIRCLE, FIRE, ISSUER};

pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed([seed; 32])
}

pub fn log_key(seed: u8) -> NoteSigner {
    NoteSigner::from_seed("verifier.example/log", &[seed; 32]).unwrap()
}

pub fn agency_key(id: &str) -> SigningKey {
    key(if id == AMBULANCE { 11 } else { 12 })
}

pub fn agency_id(id: &str) -> AgencyId {
    id.parse().unwrap()
}

fn agency(id: &str, name: &str, kind: AgencyKind) -> Agency {
    Agency {
        id: agency_id(id),
        name: name.into(),
        names: [("cy".to_owned(), format!("{name} (Cymraeg)"))].into(),
        kind,
        status: AgencyStatus::Active,
        jwks: JwkSet {
            keys: vec![RegistryKey::signing(&agency_key(id).public())],
        },
        contact: None,
        privacy_url: None,
        obligations: None,
    }
}

pub fn registry(now: UnixSeconds) -> Registry {
    let tier = |tier, datatypes: &[&str]| Tier {
        tier,
        names: [].into(),
        datatypes: datatypes.iter().map(|path| (*path).into()).collect(),
    };
    Registry {
        iss: ISSUER.into(),
        iat: now,
        serial: 1,
        agencies: vec![
            agency(AMBULANCE, "Sample Ambulance Trust", AgencyKind::Ambulance),
            agency(FIRE, "Sample Fire and Rescue", AgencyKind::Fire),
        ],
        circles: vec![Circle {
            id: CIRCLE.into(),
            name: "Emergency response".into(),
            names: [].into(),
            tiers: vec![
                tier(1, &["identity.name", "home.address"]),
                tier(3, &["health.conditions"]),
                tier(4, &["home.key_safe"]),
            ],
            members: vec![
                Member {
                    agency: agency_id(AMBULANCE),
                    tiers: vec![1, 3, 4],
                },
                Member {
                    agency: agency_id(FIRE),
                    tiers: vec![1, 4],
                },
            ],
        }],
        auditors: vec![],
    }
}
