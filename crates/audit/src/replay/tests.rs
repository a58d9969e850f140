use super::*;
use consent_token::id::Digest;

fn entry(at: i64, slot: Slot, status: u8, exp: Option<i64>) -> Vec<u8> {
    let digest = Digest::of(&at.to_be_bytes());
    Entry::Status {
        at: UnixMillis(at),
        digest,
        exp,
        slot,
        status,
        v: 1,
    }
    .to_canonical()
}

const SLOT: Slot = Slot(0, 7);

fn replayed(entries: &[(u8, Option<i64>)]) -> Vec<Result<(), Fault>> {
    let mut replay = Replay::new();
    let push = |(at, (status, exp)): (usize, &(u8, Option<i64>))| {
        replay.push(&entry(at as i64, SLOT, *status, *exp))
    };
    entries.iter().enumerate().map(push).collect()
}

#[test]
fn a_consent_starts_valid_is_paused_resumed_and_revoked() {
    let lawful = [
        (0, Some(9)),
        (2, None),
        (2, None),
        (0, None),
        (0, None),
        (2, None),
        (1, None),
    ];
    assert!(replayed(&lawful).iter().all(Result::is_ok));
}

#[test]
fn every_other_transition_is_unlawful() {
    for status in 0..=2 {
        let after = replayed(&[(0, Some(9)), (1, None), (status, None)]);
        assert_eq!(after[2], Err(Fault::AfterRevocation(SLOT, status)));
    }
    for (status, exp) in [(0, None), (1, None), (1, Some(9)), (2, Some(9))] {
        assert_eq!(
            replayed(&[(status, exp)])[0],
            Err(Fault::BadStart(SLOT, status))
        );
    }
    assert_eq!(
        replayed(&[(0, Some(9)), (2, Some(9))])[1],
        Err(Fault::SecondEnd(SLOT))
    );
}

#[test]
fn time_never_goes_back() {
    let mut replay = Replay::new();
    for (at, result) in [
        (5, Ok(())),
        (5, Ok(())),
        (4, Err(Fault::TimeWentBack(1))),
        (4, Err(Fault::TimeWentBack(1))),
        (6, Ok(())),
    ] {
        let act = Entry::Act {
            at: UnixMillis(at),
            digest: Digest::of(b"x"),
            v: 1,
        };
        assert_eq!(replay.push(&act.to_canonical()), result);
    }
}

#[test]
fn a_list_is_replayed_to_a_size_and_to_a_time() {
    let mut replay = Replay::new();
    for (at, status, exp) in [(10, 0, Some(9)), (20, 2, None), (30, 1, None)] {
        replay.push(&entry(at, SLOT, status, exp)).unwrap();
    }
    let status = |until| replay.list(0, until).get(7).unwrap();
    let by_size: Vec<u8> = (0..=3).map(|size| status(Until::Size(size))).collect();
    let by_time: Vec<u8> = [9, 10, 29, 30]
        .map(|at| status(Until::Time(UnixMillis(at))))
        .to_vec();
    assert_eq!((by_size, by_time), (vec![3, 0, 2, 1], vec![3, 0, 2, 1]));
    assert_eq!(replay.list(0, Until::Size(3)).get(8), Ok(3));
    assert_eq!(replay.list(5, Until::Size(3)).get(7), Ok(3));
}

#[test]
fn what_is_no_entry_is_still_a_leaf() {
    let mut replay = Replay::new();
    assert_eq!(replay.push(b"{}"), Err(Fault::Entry(EntryError::Shape)));
    assert_eq!((replay.size(), replay.tree().root()), (1, leaf_hash(b"{}")));
}
