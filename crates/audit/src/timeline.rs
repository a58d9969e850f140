//! What was in force when: a slot's statuses over time, as the log has them.

use protocol::{Slot, UnixMillis};
use serde::Serialize;
use status_list::Status;

use crate::replay::{Change, Replay, Until};

/// Whether a consent was in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Standing {
    /// It was.
    InForce,
    /// Nothing was registered yet.
    Unregistered,
    /// It was paused.
    Suspended,
    /// It had been taken back.
    Revoked,
    /// Its end had come.
    Expired,
    /// It was registered, but was to begin later.
    NotYetValid,
}

/// A time during which a slot's status did not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// From when on, in milliseconds.
    pub from: UnixMillis,
    /// The status: 0 valid, 1 revoked, 2 suspended.
    pub status: u8,
    /// The entry that says so.
    pub index: u64,
}

/// How a list stood at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ListAnswer {
    /// The list's number.
    pub list: u32,
    /// The time, in milliseconds.
    pub at: UnixMillis,
    /// Slots that were valid.
    pub valid: u64,
    /// Slots that were revoked.
    pub revoked: u64,
    /// Slots that were suspended.
    pub suspended: u64,
    /// Slots that nobody had registered.
    pub unregistered: u64,
}

/// The life of one slot.
#[derive(Clone, Debug)]
pub(crate) struct Timeline {
    pub(crate) periods: Vec<Period>,
    /// The consent's `exp`, in seconds.
    pub(crate) exp: Option<i64>,
}

impl Timeline {
    pub(crate) fn of(replay: &Replay, slot: Slot) -> Self {
        let changes: Vec<&Change> = replay
            .changes_of(slot.0)
            .filter(|change| change.slot == slot)
            .collect();
        let period = |change: &&Change| Period {
            from: change.at,
            status: change.status,
            index: change.index,
        };
        Timeline {
            exp: changes.iter().find_map(|change| change.exp),
            periods: changes.iter().map(period).collect(),
        }
    }

    /// How the slot stood at `at`; the end of a consent is the last thing that counts.
    pub(crate) fn at(&self, at: UnixMillis) -> Standing {
        let period = self.periods.iter().rev().find(|period| period.from <= at);
        let status = period.map_or(Status::Unregistered.value(), |period| period.status);
        let expired = self.exp.is_some_and(|exp| at.0 >= exp.saturating_mul(1000));
        match Status::try_from(status) {
            Ok(Status::Invalid) => Standing::Revoked,
            Ok(Status::Valid | Status::Suspended) if expired => Standing::Expired,
            Ok(Status::Suspended) => Standing::Suspended,
            Ok(Status::Valid) => Standing::InForce,
            _ => Standing::Unregistered,
        }
    }
}

/// How a list stood at a time.
pub(crate) fn list_at(replay: &Replay, list: u32, at: UnixMillis) -> ListAnswer {
    let bits = replay.list(list, Until::Time(at));
    let mut counts = [0_u64; 4];
    for idx in 0..bits.len() {
        let status = bits.get(idx).unwrap_or(Status::Unregistered.value());
        if let Some(count) = counts.get_mut(usize::from(status)) {
            *count += 1;
        }
    }
    let [valid, revoked, suspended, unregistered] = counts;
    ListAnswer {
        list,
        at,
        valid,
        revoked,
        suspended,
        unregistered,
    }
}
