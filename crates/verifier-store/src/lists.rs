//! The status lists in memory (PROTOCOL section 3): two bits a slot in pages that clones share, so that
//! a snapshot is published for the price of the pages that changed.

use std::sync::Arc;

use protocol::{SLOTS_PER_LIST, Slot};

/// Every slot starts here: not registered.
pub(crate) const UNREGISTERED: u8 = 3;
const SLOTS_PER_PAGE: u32 = 4096;
const PAGE_BYTES: usize = SLOTS_PER_PAGE as usize / 4;
const PAGES: usize = (SLOTS_PER_LIST / SLOTS_PER_PAGE) as usize;

type Page = [u8; PAGE_BYTES];

/// All status lists of one verifier.
#[derive(Clone, Debug, Default)]
pub struct StatusLists {
    lists: Vec<Arc<List>>,
}

#[derive(Clone, Debug)]
struct List {
    pages: Vec<Arc<Page>>,
    /// The log size at which the list last changed.
    changed: u64,
}

impl List {
    fn unregistered() -> Self {
        List {
            pages: std::iter::repeat_n(Arc::new([0xFF; PAGE_BYTES]), PAGES).collect(),
            changed: 0,
        }
    }
}

impl StatusLists {
    /// The slot's status; a slot of a list that nothing was registered in is not registered.
    #[must_use]
    pub fn status(&self, slot: Slot) -> u8 {
        let (page, byte, shift) = place(slot.1);
        let list = self.lists.get(slot.0 as usize);
        let bits = list.and_then(|list| list.pages.get(page)?.get(byte));
        bits.map_or(UNREGISTERED, |bits| (bits >> shift) & 3)
    }

    /// Sets the slot's status; `size` is the log's size with the entry that says so.
    pub(crate) fn set(&mut self, slot: Slot, status: u8, size: u64) {
        while self.lists.len() <= slot.0 as usize {
            self.lists.push(Arc::new(List::unregistered()));
        }
        let (page, byte, shift) = place(slot.1);
        let Some(list) = self.lists.get_mut(slot.0 as usize) else {
            return;
        };
        let list = Arc::make_mut(list);
        list.changed = size;
        if let Some(bits) = list
            .pages
            .get_mut(page)
            .and_then(|page| Arc::make_mut(page).get_mut(byte))
        {
            *bits = *bits & !(3 << shift) | (status & 3) << shift;
        }
    }

    /// The log size at which the list last changed; 0 where it never did.
    #[must_use]
    pub fn changed(&self, list: u32) -> u64 {
        self.lists.get(list as usize).map_or(0, |list| list.changed)
    }

    /// The list's bytes, 2^20 slots of two bits.
    #[must_use]
    pub fn bytes(&self, list: u32) -> Vec<u8> {
        match self.lists.get(list as usize) {
            Some(list) => list
                .pages
                .iter()
                .flat_map(|page| page.iter().copied())
                .collect(),
            None => vec![0xFF; PAGE_BYTES * PAGES],
        }
    }

    /// How many lists have a registered slot, or lie below one that has.
    #[must_use]
    pub fn count(&self) -> u32 {
        u32::try_from(self.lists.len()).unwrap_or(u32::MAX)
    }
}

/// Page, byte in the page and shift of an index (draft-ietf-oauth-status-list section 4.1: lowest bits first).
fn place(idx: u32) -> (usize, usize, u32) {
    let in_page = idx % SLOTS_PER_PAGE;
    (
        (idx / SLOTS_PER_PAGE) as usize,
        (in_page / 4) as usize,
        (in_page % 4) * 2,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_changes_alone_and_snapshots_keep_the_past() {
        let mut lists = StatusLists::default();
        lists.set(Slot(1, 5), 0, 1);
        let before = lists.clone();
        lists.set(Slot(1, 5), 1, 2);
        lists.set(Slot(1, SLOTS_PER_LIST - 1), 2, 3);
        assert_eq!(
            (before.status(Slot(1, 5)), lists.status(Slot(1, 5))),
            (0, 1)
        );
        assert_eq!(lists.status(Slot(1, SLOTS_PER_LIST - 1)), 2);
        for other in [Slot(1, 4), Slot(1, 6), Slot(0, 5), Slot(7, 5)] {
            assert_eq!(lists.status(other), UNREGISTERED);
        }
        assert_eq!(
            (lists.changed(0), lists.changed(1), before.changed(1)),
            (0, 3, 1)
        );
        let bytes = lists.bytes(1);
        assert_eq!(bytes.len(), SLOTS_PER_LIST as usize / 4);
        assert_eq!(
            (bytes[1], bytes[bytes.len() - 1]),
            (0b1111_0111, 0b1011_1111)
        );
        assert!(lists.bytes(0).iter().all(|byte| *byte == 0xFF));
    }
}
