//! Two programs in one agency's folder: neither undoes what the other wrote, and one of them follows the events.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of the tests fail like them"
)]

mod support;

use std::thread;

use agency::{AgencyError, Attempt, Identity, Opening, Record, Sought};
use consent_token::id::Jti;
use support::{agency, now};

#[test]
fn what_one_writes_the_other_does_not_undo() {
    let dir = tempfile::tempdir().unwrap();
    let agency = agency(dir.path());
    let mut console = Record::open(&agency).unwrap();
    let mut shell = Record::open(&agency).unwrap();
    let retention = "P30D".parse().unwrap();
    let grant = |number| Jti::from_bytes([number; 16]);
    console.received(grant(1), &retention, now()).unwrap();
    shell.received(grant(2), &retention, now()).unwrap();
    let opening = Opening {
        incident: "INC-1".into(),
        actor: "desk-2".into(),
        reason: "call".into(),
        at: now(),
        statement: "a.b.c".into(),
    };
    console.opened(grant(1), opening).unwrap();
    let owed = |record: &Record| record.obligations(&retention, now()).len();
    assert_eq!(owed(&Record::open(&agency).unwrap()), 2);
    shell.erased(grant(1), now()).unwrap();
    let after = Record::open(&agency).unwrap();
    let sought = Sought {
        incident: "INC-1",
        actor: None,
        reason: None,
    };
    assert_eq!(after.opening(&grant(1), &sought, now()), Some("a.b.c"));
    assert_eq!(owed(&after), 1);
}

#[test]
fn many_at_once_lose_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let agency = agency(dir.path());
    let work = |number: u8| {
        let mut record = Record::open(&agency).unwrap();
        for round in 0..20_u8 {
            let mut id = [number; 16];
            id[15] = round;
            let grant = Jti::from_bytes(id);
            let retention = "P30D".parse().unwrap();
            record.received(grant, &retention, now()).unwrap();
            let attempt = Attempt {
                at: now(),
                grant: grant.to_string(),
                act: "open".into(),
                incident: None,
                actor: "desk-2".into(),
                code: "revoked".into(),
            };
            record.refused(&attempt).unwrap();
        }
    };
    let work = &work;
    thread::scope(|scope| {
        for number in 0..4 {
            scope.spawn(move || work(number));
        }
    });
    let record = Record::open(&agency).unwrap();
    assert_eq!(record.obligations(&"P1D".parse().unwrap(), now()).len(), 80);
    assert_eq!(record.attempts().unwrap().len(), 80);
    let names = std::fs::read_dir(dir.path()).unwrap();
    let left = names.filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().ends_with(".new")
    });
    assert_eq!(left.count(), 0, "nothing half written is left");
}

#[test]
fn one_program_follows_the_events() {
    let dir = tempfile::tempdir().unwrap();
    let agency = agency(dir.path());
    let first = agency.follow_alone().unwrap();
    let other = Identity::open(dir.path()).unwrap();
    assert!(matches!(other.follow_alone(), Err(AgencyError::InUse(_))));
    drop(first);
    assert!(other.follow_alone().is_ok());
}
