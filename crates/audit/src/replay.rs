//! The log read from its first entry to its last: the tree, and every status as it came to be.
//! It believes nothing: what an entry may not say is a [`Fault`].

mod entry;

use std::collections::BTreeMap;

use protocol::{Entry, SLOTS_PER_LIST, Slot, UnixMillis, entry::EntryError};
use status_list::{Bits, Status, StatusList};
use transparency_log::{HashTree, leaf_hash};

pub(crate) use entry::parse;

/// Where a slot starts: not registered (PROTOCOL section 3).
const UNREGISTERED: u8 = Status::Unregistered.value();
const REVOKED: u8 = Status::Invalid.value();

/// One change of a status, as the log has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The entry's index.
    pub index: u64,
    /// The batch's time.
    pub at: UnixMillis,
    /// Which slot changed.
    pub slot: Slot,
    /// The new status.
    pub status: u8,
    /// When the consent ends, in seconds; with the first change of a slot only.
    pub exp: Option<i64>,
}

/// What an entry may not say.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The bytes are not an entry.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The entry is dated before the one before it.
    #[error("the entry's time is {0} ms before that of the entry before it")]
    TimeWentBack(i64),
    /// A slot's first status must be 0 with an `exp`.
    #[error("slot {0:?} starts with status {1}, or without an end")]
    BadStart(Slot, u8),
    /// A revoked slot is revoked for ever.
    #[error("slot {0:?} was revoked for ever and is set to {1}")]
    AfterRevocation(Slot, u8),
    /// Only the first status of a slot has an `exp`.
    #[error("slot {0:?} is given another end")]
    SecondEnd(Slot),
}

/// Up to where a list is replayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// The first entries, this many.
    Size(u64),
    /// Every entry dated at or before this time.
    Time(UnixMillis),
}

/// What the entries say, from the first on.
#[derive(Clone, Debug, Default)]
pub struct Replay {
    tree: HashTree,
    at: UnixMillis,
    changes: Vec<Change>,
    acts: Vec<UnixMillis>,
    lists: BTreeMap<u32, StatusList>,
}

impl Replay {
    /// Nothing read yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the next entry. Whatever it says, it is part of the tree.
    ///
    /// # Errors
    /// [`Fault`]; a status that is not lawful counts nevertheless, since it is what the log says.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.push_parsed(leaf_hash(bytes), entry::parse(bytes, &mut String::new()))
    }

    /// As [`Self::push`], with the two costly steps done elsewhere.
    ///
    /// # Errors
    /// As [`Self::push`].
    pub(crate) fn push_parsed(
        &mut self,
        leaf: transparency_log::Hash,
        entry: Result<Entry, EntryError>,
    ) -> Result<(), Fault> {
        let index = self.tree.size();
        self.tree.push(leaf);
        let entry = entry?;
        let behind = self.at.0 - entry.at().0;
        self.at = self.at.max(entry.at());
        let lawful = match entry {
            Entry::Status {
                at,
                exp,
                slot,
                status,
                ..
            } => self.change(Change {
                index,
                at,
                slot,
                status,
                exp,
            }),
            Entry::Act { at, .. } => {
                self.acts.push(at);
                Ok(())
            }
        };
        if behind > 0 {
            Err(Fault::TimeWentBack(behind))
        } else {
            lawful
        }
    }

    fn change(&mut self, change: Change) -> Result<(), Fault> {
        let list = self.lists.entry(change.slot.0).or_insert_with(unregistered);
        let before = list.get(change.slot.1.into()).unwrap_or(UNREGISTERED);
        // The entry's shape bounds slot and status: a list of 2^20 slots of two bits takes both.
        let _ = list.set(change.slot.1.into(), change.status);
        self.changes.push(change);
        match (before, change.status, change.exp) {
            (UNREGISTERED, 0, Some(_)) => Ok(()),
            (UNREGISTERED, status, _) => Err(Fault::BadStart(change.slot, status)),
            (REVOKED, status, _) => Err(Fault::AfterRevocation(change.slot, status)),
            (_, _, Some(_)) => Err(Fault::SecondEnd(change.slot)),
            _ => Ok(()),
        }
    }

    /// The tree over the entries.
    #[must_use]
    pub fn tree(&self) -> &HashTree {
        &self.tree
    }

    /// The number of entries.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// The time of the newest entry.
    #[must_use]
    pub fn at(&self) -> UnixMillis {
        self.at
    }

    /// Every change of a status, in the log's order.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The times of the entries that change no status.
    #[must_use]
    pub fn acts(&self) -> &[UnixMillis] {
        &self.acts
    }

    /// The numbers of the lists that the log speaks of.
    pub fn list_numbers(&self) -> impl Iterator<Item = u32> + '_ {
        self.lists.keys().copied()
    }

    /// The changes of one list, in the log's order.
    pub fn changes_of(&self, list: u32) -> impl DoubleEndedIterator<Item = &Change> + '_ {
        self.changes
            .iter()
            .filter(move |change| change.slot.0 == list)
    }

    /// A list as the log had it then.
    #[must_use]
    pub fn list(&self, number: u32, until: Until) -> StatusList {
        let mut list = unregistered();
        for change in self
            .changes_of(number)
            .filter(|change| until.covers(change))
        {
            let _ = list.set(change.slot.1.into(), change.status);
        }
        list
    }
}

impl Until {
    fn covers(&self, change: &Change) -> bool {
        match self {
            Until::Size(size) => change.index < *size,
            Until::Time(time) => change.at <= *time,
        }
    }
}

fn unregistered() -> StatusList {
    StatusList::new(Bits::Two, SLOTS_PER_LIST.into(), UNREGISTERED)
        .expect("2^20 slots of two bits fit in memory")
}

#[cfg(test)]
#[path = "replay/tests.rs"]
mod tests;
