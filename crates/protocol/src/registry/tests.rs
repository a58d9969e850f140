//! Whose key is whose: handed over, never swapped, never twice.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use super::*;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed([seed; 32])
}

fn agency(id: &str, seed: u8) -> Agency {
    Agency {
        id: id.parse().unwrap(),
        name: "Fire".into(),
        names: BTreeMap::new(),
        kind: AgencyKind::Fire,
        status: AgencyStatus::Active,
        jwks: JwkSet {
            keys: vec![RegistryKey::signing(&key(seed).public())],
        },
        contact: None,
        privacy_url: None,
        obligations: None,
    }
}

fn registry(serial: u64, agencies: Vec<Agency>) -> Registry {
    Registry {
        iss: "https://v.example".into(),
        iat: UnixSeconds::new(1_790_000_000).unwrap(),
        serial,
        agencies,
        circles: Vec::new(),
        auditors: Vec::new(),
    }
}

#[test]
fn a_registry_reads_back_only_under_its_registrars_key() {
    let signed = registry(1, vec![agency("https://fire.example", 1)]).sign(&key(9));
    assert_eq!(
        Registry::verify(&signed, &key(9).public()).unwrap().serial,
        1
    );
    assert!(matches!(
        Registry::verify(&signed, &key(8).public()),
        Err(RegistryError::Signature(_))
    ));
}

#[test]
fn a_key_is_handed_over_by_both_signatures_only() {
    let before = agency("https://fire.example", 1);
    let after = before.clone().with_successor(&key(1), &key(2));
    assert_eq!(after.current_key(), Some(key(2).public()));
    assert_eq!(
        after.keys_acting_for(&key(1).thumbprint()),
        [key(1).thumbprint(), key(2).thumbprint()]
    );
    let old = registry(1, vec![before.clone()]);
    let new = registry(2, vec![after]);
    assert_eq!((new.check(), new.follows(&old)), (Ok(()), Ok(())));
    let forged = registry(2, vec![before.clone().with_successor(&key(3), &key(2))]);
    assert!(forged.check().is_err());
    let swapped = registry(2, vec![agency("https://fire.example", 2)]);
    assert!(matches!(
        swapped.follows(&old),
        Err(RegistryError::KeySwapped(_))
    ));
    let mut second = before;
    second
        .jwks
        .keys
        .push(RegistryKey::signing(&key(5).public()));
    assert!(registry(2, vec![second]).check().is_err());
}

#[test]
fn nobody_takes_anothers_key_or_name() {
    let one = agency("https://fire.example", 1);
    assert!(
        registry(1, vec![one.clone(), agency("https://police.example", 1)])
            .check()
            .is_err()
    );
    assert!(
        registry(1, vec![one.clone(), agency("https://fire.example", 2)])
            .check()
            .is_err()
    );
    assert!(
        registry(1, vec![one, agency("https://police.example", 2)])
            .check()
            .is_ok()
    );
}

#[test]
fn a_registry_never_goes_back_nor_changes_under_its_serial() {
    let seen = registry(5, vec![agency("https://fire.example", 1)]);
    let same = registry(5, vec![agency("https://fire.example", 1)]);
    assert_eq!(same.follows(&seen), Ok(()));
    for other in [registry(4, Vec::new()), registry(5, Vec::new())] {
        assert!(matches!(
            other.follows(&seen),
            Err(RegistryError::RolledBack { .. })
        ));
    }
}

#[test]
fn an_agency_that_leaves_stays_suspended_and_cannot_come_back_as_another() {
    let seen = registry(
        1,
        vec![
            agency("https://fire.example", 1),
            agency("https://police.example", 2),
        ],
    );
    let gone = registry(2, vec![agency("https://police.example", 2)]);
    assert_eq!(
        gone.follows(&seen),
        Err(RegistryError::Removed("https://fire.example".into()))
    );
    let mut suspended = registry(2, seen.agencies.clone());
    suspended.agencies[0].status = AgencyStatus::Suspended;
    assert_eq!(suspended.follows(&seen), Ok(()));
}

#[test]
fn a_circle_is_one_of_its_members_and_tiers() {
    let circle = || Circle {
        id: "https://council.example/circles/emergency".into(),
        name: "Emergency".into(),
        names: BTreeMap::new(),
        tiers: [0, 1]
            .map(|tier| Tier {
                tier,
                names: BTreeMap::new(),
                datatypes: vec!["home.geo".into()],
            })
            .into(),
        members: vec![Member {
            agency: "https://fire.example".parse().unwrap(),
            tiers: vec![0, 1],
        }],
    };
    let check = |change: fn(&mut Vec<Circle>), first: Circle| {
        let mut circles = vec![first];
        change(&mut circles);
        Registry {
            circles,
            ..registry(1, vec![agency("https://fire.example", 1)])
        }
        .check()
    };
    assert_eq!(check(|_| {}, circle()), Ok(()));
    let faults: [fn(&mut Vec<Circle>); 7] = [
        |circles| circles[0].id = " ".into(),
        |circles| circles[0].id = "https://fire.example".into(),
        |circles| circles.push(circles[0].clone()),
        |circles| circles[0].tiers[1].tier = 0,
        |circles| circles[0].members[0].tiers.push(2),
        |circles| circles[0].members[0].agency = "https://police.example".parse().unwrap(),
        |circles| {
            let again = circles[0].members[0].clone();
            circles[0].members.push(again);
        },
    ];
    for (number, fault) in faults.into_iter().enumerate() {
        assert!(check(fault, circle()).is_err(), "{number}");
    }
    let mut promised = agency("https://fire.example", 1);
    for (within, good) in [("P30D", true), ("30 days", false), ("-P1D", false)] {
        promised.obligations = Some(Obligations {
            erase_within: within.into(),
        });
        assert_eq!(
            registry(1, vec![promised.clone()]).check().is_ok(),
            good,
            "{within}"
        );
    }
}

fn kem_jwk(x: &[u8]) -> RegistryKey {
    let x = BASE64_URL_SAFE_NO_PAD.encode(x);
    serde_json::from_value(
        serde_json::json!({ "kty": "OKP", "crv": "X25519", "x": x, "use": "enc" }),
    )
    .unwrap()
}

fn xwing_jwk(public: &[u8]) -> RegistryKey {
    let public = BASE64_URL_SAFE_NO_PAD.encode(public);
    let alg = "MLKEM768-X25519";
    serde_json::from_value(serde_json::json!({ "kty": "AKP", "alg": alg, "pub": public })).unwrap()
}

#[test]
fn what_cannot_be_used_or_read_is_not_admitted() {
    use crate::share::KemSecret;
    let seed = zeroize::Zeroizing::new([7; 32]);
    let sealing = [
        KemSecret::derive_x25519(&seed).public().to_jwk(),
        KemSecret::derive_xwing(&seed).public().to_jwk(),
    ];
    let good = || {
        let mut good = agency("https://fire.example", 1);
        good.jwks.keys.extend(sealing.clone());
        good.names.insert("cy".into(), "Tân ac achub é 消防".into());
        good.contact = Some("01234 567 890".into());
        good.with_successor(&key(1), &key(2))
    };
    assert_eq!(good().check_admission(), Ok(()));
    type Fault = fn(&mut Agency);
    let faults: [(Fault, &str); 17] = [
        (|it| it.name = "x".repeat(70_000), "more than 64 KiB"),
        (|it| it.name = "x".repeat(201), "too long"),
        (|it| it.name = "Fire\u{1b}[2J".into(), "control characters"),
        (|it| it.name = "\u{202e}eriF".into(), "control characters"),
        (|it| it.name = " ".into(), "no name"),
        (
            |it| drop(it.names.insert("cy".into(), "a\nb".into())),
            "control",
        ),
        (
            |it| drop(it.names.insert("cy".into(), String::new())),
            "no name",
        ),
        (
            |it| drop(it.names.insert("\u{202e}".into(), "x".into())),
            "BCP 47",
        ),
        (
            |it| it.contact = Some("\u{9b}2J".into()),
            "control characters",
        ),
        (|it| it.contact = Some("1".repeat(1001)), "too long"),
        (
            |it| it.privacy_url = Some("https://x\u{2066}".into()),
            "control",
        ),
        (
            |it| drop(it.jwks.keys[0].parameters.insert("kid".into(), "1".into())),
            "thumbprint",
        ),
        (
            |it| drop(it.jwks.keys[1].parameters.insert("kid".into(), "1".into())),
            "thumbprint",
        ),
        (
            |it| drop(it.jwks.keys[0].parameters.insert("d".into(), "x".into())),
            "secret half",
        ),
        (|it| it.jwks.keys.push(kem_jwk(&[0; 32])), "nobody can seal"),
        (|it| it.jwks.keys.push(kem_jwk(&[9; 31])), "neither"),
        (|it| it.jwks.keys.push(xwing_jwk(&[1; 3])), "neither"),
    ];
    for (number, (fault, says)) in faults.into_iter().enumerate() {
        let mut bad = good();
        fault(&mut bad);
        let refused = bad.check_admission().unwrap_err().to_string();
        assert!(refused.contains(says), "{number}: {refused}");
        assert!(
            number != 11 || registry(1, vec![bad]).check().is_ok(),
            "readers ask less"
        );
    }
    let mut far = good();
    // Every coefficient above the modulus: of the right length, and no ML-KEM key (FIPS 203 section 7.2).
    far.jwks.keys.push(xwing_jwk(&[0xff; 1216]));
    assert!(far.check_admission().is_err());
}

#[test]
fn auditors_prove_themselves_and_circles_can_be_read() {
    let auditor = |keys| Auditor {
        id: "https://audit.example".parse().unwrap(),
        name: "Auditor".into(),
        jwks: JwkSet { keys },
    };
    let own = RegistryKey::signing(&key(4).public());
    assert_eq!(auditor(vec![own.clone()]).check_admission(), Ok(()));
    assert!(auditor(Vec::new()).check_admission().is_err());
    let nameless = Auditor {
        name: String::new(),
        ..auditor(vec![own])
    };
    assert!(nameless.check_admission().is_err());
    let circle = |id: &str, tier: &str| Circle {
        id: id.into(),
        name: "Emergency".into(),
        names: BTreeMap::new(),
        tiers: vec![Tier {
            tier: 0,
            names: [("en".to_owned(), tier.to_owned())].into(),
            datatypes: vec!["home.geo".into()],
        }],
        members: Vec::new(),
    };
    assert_eq!(
        circle("emergency", "May need help").check_admission(),
        Ok(())
    );
    assert!(circle("\u{1b}[2J", "x").check_admission().is_err());
    assert!(circle("emergency", "\u{202e}x").check_admission().is_err());
}
