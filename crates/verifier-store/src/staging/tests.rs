//! The ledger's rules, one act at a time.

use consent_token::{
    Refusal,
    statement::{AgencyAct, HolderAct},
    term::Finding,
};
use proptest::prelude::*;
use protocol::{Code, Slot, UnixMillis, registry::AgencyStatus};

use super::*;
use crate::{StoredEntry, fixture};

const NOW: UnixMillis = UnixMillis(1_790_000_000_000);
const REVOKE: HolderAct = HolderAct::Revoke { reason: None };

/// A ledger on which acts are done one by one, and everything that was appended.
struct Story {
    ledger: Ledger,
    entries: Vec<NewEntry>,
    now: UnixMillis,
}

impl Story {
    fn new() -> Self {
        let mut story = Story {
            ledger: Ledger::default(),
            entries: Vec::new(),
            now: NOW,
        };
        story
            .act(&fixture::publish(1, AgencyStatus::Active))
            .unwrap();
        story
    }

    fn act(&mut self, act: &Submission) -> Result<Outcome, Code> {
        let mut staging = Staging::new(&self.ledger, self.now);
        let outcome = staging.submit(act)?;
        let (ledger, batch) = staging.finish();
        self.ledger = ledger;
        self.entries.extend(batch.entries);
        Ok(outcome)
    }

    fn status(&self, number: u64) -> u8 {
        self.ledger
            .lists()
            .status(Slot(0, u32::try_from(number).unwrap()))
    }

    fn replayed(&self) -> Ledger {
        let mut ledger = Ledger::default();
        let stored = |(index, new): (usize, &NewEntry)| StoredEntry {
            index: index as u64,
            entry: new.entry.clone(),
            body: Some(new.body.clone()),
        };
        ledger
            .replay(
                &self
                    .entries
                    .iter()
                    .enumerate()
                    .map(stored)
                    .collect::<Vec<_>>(),
            )
            .unwrap();
        ledger
    }
}

fn recorded(index: u64) -> Result<Outcome, Code> {
    Ok(Outcome::Recorded {
        index,
        replaced: None,
    })
}

#[test]
fn a_grant_is_registered_once_and_its_slot_is_bound() {
    let mut story = Story::new();
    assert_eq!(story.status(1), 3);
    assert_eq!(story.act(&fixture::grant(1)), recorded(1));
    assert_eq!(story.status(1), 0);
    assert_eq!(story.act(&fixture::grant(1)), Ok(Outcome::Known(1)));
    let Submission::Grant { token, .. } = fixture::grant(2) else {
        unreachable!()
    };
    let same_slot = Submission::Grant {
        token,
        slot: Slot(0, 1),
        replaces: None,
    };
    assert_eq!(story.act(&same_slot), Err(Code::SlotTaken));
}

#[test]
fn every_act_on_a_grant_is_in_its_history_and_in_no_other() {
    let mut story = Story::new();
    let share = HolderAct::Share {
        digest: consent_token::id::Digest::of(b"sealed"),
        size: 6,
        revision: 1,
    };
    let erased = AgencyAct::Erased {
        method: "wiped".into(),
    };
    for act in [
        fixture::grant(1),
        fixture::grant(2),
        fixture::holder_act(1, 10, 1, share),
        fixture::agency_act(2, 11, erased),
        fixture::holder_act(1, 12, 2, HolderAct::Suspend),
    ] {
        story.act(&act).unwrap();
    }
    let of = |number| story.ledger.grant(&fixture::jti(number)).unwrap();
    assert_eq!(of(1).history(), [1, 3, 5]);
    assert_eq!(of(1).announcements, [3]);
    assert_eq!(of(2).history(), [2, 4]);
    assert!(of(2).announcements.is_empty());
}

#[test]
fn another_token_under_a_known_id_is_a_conflict() {
    let mut story = Story::new();
    story.act(&fixture::grant(1)).unwrap();
    let later = fixture::token_from(
        1,
        1,
        "https://verifier.example/v1/status/0",
        fixture::start().plus(1),
    );
    let token = consent_token::token::verify(&later, &protocol::Version1).unwrap();
    let act = Submission::Grant {
        token: Box::new(token),
        slot: Slot(0, 9),
        replaces: None,
    };
    assert_eq!(story.act(&act), Err(Code::Conflict));
}

#[test]
fn an_agency_that_is_unknown_or_suspended_gets_no_grant() {
    let mut nobody = Story {
        ledger: Ledger::default(),
        entries: Vec::new(),
        now: NOW,
    };
    assert_eq!(
        nobody.act(&fixture::grant(1)),
        Err(Refusal::UnknownAgency.into())
    );
    let mut story = Story::new();
    story
        .act(&fixture::publish(2, AgencyStatus::Suspended))
        .unwrap();
    assert_eq!(
        story.act(&fixture::grant(1)),
        Err(Refusal::AgencySuspended.into())
    );
}

#[test]
fn an_expired_grant_is_not_registered_and_takes_no_act_but_revoke_and_erase() {
    let mut story = Story::new();
    story.act(&fixture::grant(1)).unwrap();
    story.now = UnixMillis(NOW.0 + 366 * 24 * 3600 * 1000);
    assert_eq!(story.act(&fixture::grant(2)), Err(Refusal::Expired.into()));
    assert_eq!(
        story.act(&fixture::holder_act(1, 50, 1, HolderAct::Suspend)),
        Err(Code::GrantEnded)
    );
    assert!(
        story
            .act(&fixture::holder_act(1, 51, 2, HolderAct::EraseRequest))
            .is_ok()
    );
    assert!(story.act(&fixture::holder_act(1, 52, 3, REVOKE)).is_ok());
}

#[test]
fn pausing_and_resuming_follow_the_sequence() {
    let mut story = Story::new();
    story.act(&fixture::grant(1)).unwrap();
    story
        .act(&fixture::holder_act(1, 50, 5, HolderAct::Suspend))
        .unwrap();
    assert_eq!(story.status(1), 2);
    assert_eq!(
        story.act(&fixture::holder_act(1, 51, 5, HolderAct::Resume)),
        Err(Code::StaleStatement)
    );
    assert_eq!(
        story.act(&fixture::holder_act(1, 52, 4, HolderAct::Resume)),
        Err(Code::StaleStatement)
    );
    assert_eq!(story.status(1), 2);
    story
        .act(&fixture::holder_act(1, 53, 6, HolderAct::Resume))
        .unwrap();
    assert_eq!(story.status(1), 0);
    assert_eq!(
        story.act(&fixture::holder_act(1, 50, 5, HolderAct::Suspend)),
        Ok(Outcome::Known(2))
    );
    assert_eq!(story.status(1), 0);
}

#[test]
fn an_id_is_one_act_and_the_first_ones() {
    let mut story = Story::new();
    story.act(&fixture::grant(1)).unwrap();
    let access = |reason: &str| {
        let act = AgencyAct::Access {
            actor: "a".into(),
            reason: reason.into(),
            datatypes: vec!["home.address".into()],
        };
        fixture::agency_act(1, 60, act)
    };
    assert_eq!(story.act(&access("a visit")), recorded(2));
    assert_eq!(story.act(&access("a visit")), Ok(Outcome::Known(2)));
    assert_eq!(story.act(&access("another")), Ok(Outcome::Known(2)));
    let suspend = fixture::holder_act(1, 50, 5, HolderAct::Suspend);
    assert_eq!(story.act(&suspend), recorded(3));
    for other in [HolderAct::Resume, HolderAct::EraseRequest] {
        let other = fixture::holder_act(1, 50, 6, other);
        assert_eq!(story.act(&other), Ok(Outcome::Known(3)));
    }
    assert_eq!(
        story.act(&fixture::holder_act(1, 50, 7, REVOKE)),
        recorded(4)
    );
    assert_eq!(story.act(&suspend), Ok(Outcome::Known(3)), "the very same");
}

#[test]
fn a_case_is_one_holders_in_one_circle() {
    use consent_token::token::{Circle, Consent, verify};
    let mut story = Story::new();
    let grant = |number: u64, circle: &str| {
        let circle = Circle {
            id: circle.into(),
            tier: 1,
            case: fixture::jti(700),
        };
        let consent = Consent {
            circle: Some(circle),
            ..fixture::consent()
        };
        let place = (number, "https://verifier.example/v1/status/0");
        let token = fixture::token_of(number, place, fixture::start(), consent);
        Submission::Grant {
            token: Box::new(verify(&token, &protocol::Version1).unwrap()),
            slot: Slot(0, u32::try_from(number).unwrap()),
            replaces: None,
        }
    };
    for number in [1, 2] {
        story.act(&grant(number, "emergency")).unwrap();
    }
    let own = |number| {
        let case = fixture::jti(700);
        let found = story
            .ledger
            .case(&case, |id, _| *id == fixture::jti(number));
        found
            .into_iter()
            .map(|grant| grant.holder)
            .collect::<Vec<_>>()
    };
    for number in [1, 2] {
        let holder = fixture::key(number).public();
        assert_eq!(own(number), [*holder.as_bytes()]);
    }
    assert!(own(3).is_empty());
    let first = story.ledger.grant(&fixture::jti(1)).unwrap();
    let mut other = (**first).clone();
    assert!(other.is_of_case_of(first));
    other.circle.as_mut().unwrap().circle = "flood".into();
    assert!(!other.is_of_case_of(first), "of another circle");
    other.circle = None;
    assert!(!other.is_of_case_of(&other.clone()), "of none");
}

#[test]
fn revocation_is_final_and_needs_no_sequence() {
    let mut story = Story::new();
    story.act(&fixture::grant(1)).unwrap();
    story
        .act(&fixture::holder_act(1, 50, 9, HolderAct::Suspend))
        .unwrap();
    assert_eq!(
        story.act(&fixture::holder_act(1, 51, 1, REVOKE)),
        recorded(3)
    );
    assert_eq!(story.status(1), 1);
    assert_eq!(
        story.act(&fixture::holder_act(1, 52, 10, HolderAct::Resume)),
        Err(Code::GrantEnded)
    );
    assert_eq!(
        story.act(&fixture::holder_act(1, 53, 11, REVOKE)),
        Ok(Outcome::Known(3))
    );
    assert_eq!(story.act(&fixture::grant(1)), Ok(Outcome::Known(1)));
    assert_eq!(story.status(1), 1);
}

#[test]
fn an_id_that_was_used_for_another_act_does_not_stop_a_revocation() {
    let mut story = Story::new();
    story.act(&fixture::grant(1)).unwrap();
    story
        .act(&fixture::holder_act(1, 50, 5, HolderAct::Suspend))
        .unwrap();
    assert_eq!(
        story.act(&fixture::holder_act(1, 50, 6, REVOKE)),
        recorded(3)
    );
    assert_eq!(story.status(1), 1);
}

#[test]
fn only_the_holder_and_its_agency_may_act() {
    let mut story = Story::new();
    story.act(&fixture::grant(1)).unwrap();
    let of_another = fixture::signed(&fixture::holder_jws(1, 50, 1, REVOKE), &fixture::key(1));
    let forged = SignedStatement {
        signer: fixture::key(2).public(),
        ..of_another
    };
    assert_eq!(
        story.act(&Submission::Statement(Box::new(forged))),
        Err(Code::WrongSigner)
    );
    let access = AgencyAct::Access {
        actor: "a7".into(),
        reason: "visit".into(),
        datatypes: vec!["home.address".into()],
    };
    let good = fixture::signed(&fixture::agency_jws(1, 60, access), &fixture::agency_key());
    let forged = SignedStatement {
        signer: fixture::key(2).public(),
        ..good.clone()
    };
    assert_eq!(
        story.act(&Submission::Statement(Box::new(forged))),
        Err(Code::WrongSigner)
    );
    assert_eq!(
        story.act(&Submission::Statement(Box::new(good))),
        recorded(2)
    );
    assert_eq!(
        story.act(&fixture::holder_act(7, 51, 1, REVOKE)),
        Err(Code::UnknownGrant)
    );
}

#[test]
fn reading_needs_a_grant_in_force_and_what_is_owed_does_not() {
    let mut story = Story::new();
    story.act(&fixture::grant(1)).unwrap();
    let access = |id| {
        let datatypes = vec!["home.address".into()];
        fixture::agency_act(
            1,
            id,
            AgencyAct::Access {
                actor: "a7".into(),
                reason: "visit".into(),
                datatypes,
            },
        )
    };
    story
        .act(&fixture::holder_act(1, 50, 1, HolderAct::Suspend))
        .unwrap();
    assert_eq!(story.act(&access(60)), Err(Refusal::Suspended.into()));
    story.act(&fixture::holder_act(1, 51, 2, REVOKE)).unwrap();
    assert_eq!(story.act(&access(61)), Err(Refusal::Revoked.into()));
    let erased = fixture::agency_act(
        1,
        62,
        AgencyAct::Erased {
            method: "deleted".into(),
        },
    );
    assert!(story.act(&erased).is_ok());
}

#[test]
fn a_suspended_agency_may_say_that_it_did_what_it_owes_and_nothing_else() {
    let mut story = Story::new();
    story.act(&fixture::grant(1)).unwrap();
    story.act(&fixture::holder_act(1, 50, 1, REVOKE)).unwrap();
    story
        .act(&fixture::publish(2, AgencyStatus::Suspended))
        .unwrap();
    let of = fixture::jti(50);
    let erased = || AgencyAct::Erased {
        method: "shredded".into(),
    };
    let review = AgencyAct::Review {
        of,
        actor: "p-2".into(),
        finding: Finding::Justified,
    };
    for (id, act, expected) in [
        (60, AgencyAct::Acknowledged { of }, recorded(4)),
        (61, erased(), recorded(5)),
        (62, review, Err(Refusal::AgencySuspended.into())),
    ] {
        assert_eq!(story.act(&fixture::agency_act(1, id, act)), expected);
    }
    let good = fixture::signed(
        &fixture::agency_jws(1, 63, erased()),
        &fixture::agency_key(),
    );
    let forged = SignedStatement {
        signer: fixture::key(2).public(),
        ..good
    };
    assert_eq!(
        story.act(&Submission::Statement(Box::new(forged))),
        Err(Code::WrongSigner)
    );
}

#[test]
fn narrowing_revokes_the_old_grant_in_the_same_batch_or_not_at_all() {
    let mut story = Story::new();
    story.act(&fixture::grant(1)).unwrap();
    let of_another_holder =
        fixture::signed(&fixture::holder_jws(1, 50, 1, REVOKE), &fixture::key(1));
    let act = Submission::Grant {
        token: Box::new(fixture::token(2)),
        slot: Slot(0, 2),
        replaces: Some(Box::new(of_another_holder.clone())),
    };
    assert_eq!(story.act(&act), Err(Code::WrongSigner));
    assert_eq!((story.status(1), story.status(2)), (0, 3));
    let narrower = narrower_token();
    let act = |slot| Submission::Grant {
        token: Box::new(narrower.clone()),
        slot,
        replaces: Some(Box::new(of_another_holder.clone())),
    };
    assert_eq!(story.act(&act(Slot(0, 1))), Err(Code::SlotTaken));
    assert_eq!(story.status(1), 0);
    assert_eq!(
        story.act(&act(Slot(0, 3))),
        Ok(Outcome::Recorded {
            index: 3,
            replaced: Some(2)
        })
    );
    assert_eq!((story.status(1), story.status(3)), (1, 0));
}

/// A second grant of holder 1, under the same key.
fn narrower_token() -> VerifiedToken {
    let holder = fixture::key(1);
    let mut claims = fixture::token(1).claims().clone();
    claims.jti = fixture::jti(1000);
    claims.consent.datatypes.truncate(1);
    let compact = consent_token::token::sign(&claims, &holder).unwrap();
    consent_token::token::verify(&compact, &protocol::Version1).unwrap()
}

#[test]
fn a_registry_never_goes_back() {
    let mut story = Story::new();
    story
        .act(&fixture::publish(3, AgencyStatus::Active))
        .unwrap();
    assert_eq!(
        story.act(&fixture::publish(2, AgencyStatus::Active)),
        Err(Code::StaleStatement)
    );
    assert_eq!(
        story.act(&fixture::publish(3, AgencyStatus::Active)),
        Ok(Outcome::Known(1))
    );
}

#[test]
fn time_in_the_log_never_goes_back() {
    let mut story = Story::new();
    story.now = UnixMillis(NOW.0 - 5000);
    story.act(&fixture::grant(1)).unwrap();
    assert_eq!(story.ledger.at(), NOW);
}

#[test]
fn a_changed_entry_or_body_is_found_when_the_log_is_read_back() {
    let mut story = Story::new();
    story.act(&fixture::grant(1)).unwrap();
    let good = story.replayed();
    assert_eq!(good.head(), story.ledger.head());
    let stored = StoredEntry {
        index: 0,
        entry: story.entries[0].entry.clone(),
        body: Some("changed".into()),
    };
    assert_eq!(
        Ledger::default().replay(&[stored]),
        Err(crate::ReplayError::Body(0))
    );
    let stored = StoredEntry {
        index: 1,
        entry: story.entries[0].entry.clone(),
        body: None,
    };
    assert_eq!(
        Ledger::default().replay(&[stored]),
        Err(crate::ReplayError::Missing(0))
    );
    assert_eq!(
        good.expect_head(&TreeHead::EMPTY),
        Err(crate::ReplayError::Root)
    );
}

#[test]
fn an_agency_finds_its_grants_page_by_page() {
    let mut story = Story::new();
    for number in 1..=5 {
        story.act(&fixture::grant(number)).unwrap();
    }
    let first = story.ledger.agency_grants(&fixture::agency_id(), None, 2);
    assert_eq!(first, [(1, fixture::jti(1)), (2, fixture::jti(2))]);
    let rest = story
        .ledger
        .agency_grants(&fixture::agency_id(), Some(2), 10);
    assert_eq!(
        rest.iter().map(|(index, _)| *index).collect::<Vec<_>>(),
        [3, 4, 5]
    );
    assert!(
        story
            .ledger
            .agency_grants(&"https://other.example".parse().unwrap(), None, 10)
            .is_empty()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever is tried in whatever order, the ledger is a pure function of what was logged, a revoked
    /// grant stays revoked, and a slot once bound never becomes unregistered.
    #[test]
    fn the_ledger_is_a_pure_function_of_its_log(acts in prop::collection::vec((1_u64..4, 0_u8..4, 0_u64..6), 1..40)) {
        let mut story = Story::new();
        let mut revoked = std::collections::BTreeSet::new();
        for (id, (number, kind, seq)) in (1000..).zip(acts) {
            let act = match kind {
                0 => fixture::grant(number),
                1 => fixture::holder_act(number, id, seq, HolderAct::Suspend),
                2 => fixture::holder_act(number, id, seq, HolderAct::Resume),
                _ => fixture::holder_act(number, id, seq, REVOKE),
            };
            if story.act(&act).is_ok() && kind == 3 {
                revoked.insert(number);
            }
            for number in &revoked {
                prop_assert_eq!(story.status(*number), 1);
            }
        }
        let replayed = story.replayed();
        prop_assert_eq!(replayed.head(), story.ledger.head());
        prop_assert_eq!(replayed.lists().bytes(0), story.ledger.lists().bytes(0));
        for number in 1..4 {
            prop_assert_eq!(replayed.grant(&fixture::jti(number)), story.ledger.grant(&fixture::jti(number)));
        }
    }
}
