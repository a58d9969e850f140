//! Keys and agencies of the sample county, fictional all of them.

use consent_token::{
    id::{AgencyId, UnixSeconds},
    key::SigningKey,
};
use protocol::registry::{
    Agency, AgencyKind, AgencyStatus, Circle, JwkSet, Member, Registry, RegistryKey, Tier,
};
use protocol::share::KemSecret;
use transparency_log::NoteSigner;
use zeroize::Zeroizing;

use super::{AMBULANCE, CIRCLE, FIRE, HEALTH, ISSUER};

pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed([seed; 32])
}

pub fn log_key(seed: u8) -> NoteSigner {
    NoteSigner::from_seed("verifier.example/log", &[seed; 32]).unwrap()
}

pub fn agency_key(id: &str) -> SigningKey {
    key(match id {
        AMBULANCE => 11,
        HEALTH => 13,
        _ => 12,
    })
}

/// The health board's encryption keys; nobody else has any.
pub fn health_keys() -> [KemSecret; 2] {
    [
        KemSecret::derive_x25519(&Zeroizing::new([21; 32])),
        KemSecret::derive_xwing(&Zeroizing::new([22; 32])),
    ]
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
        jwks: JwkSet { keys: keys_of(id) },
        contact: None,
        privacy_url: None,
        obligations: None,
    }
}

fn keys_of(id: &str) -> Vec<RegistryKey> {
    let signing = RegistryKey::signing(&agency_key(id).public());
    let sealing = health_keys().map(|key| key.public().to_jwk());
    let sealing = sealing.into_iter().filter(|_| id == HEALTH);
    std::iter::once(signing).chain(sealing).collect()
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
            agency(HEALTH, "Sample Health Board", AgencyKind::Health),
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
