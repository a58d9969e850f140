//! Whose key is whose: handed over, never swapped, never twice.

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
