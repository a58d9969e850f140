//! Which rows a vault has, and the digest over them that the manifest keeps. The digest is a hash
//! of block hashes (256 row numbers a block), so that a commit rehashes only the blocks it touched.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::{Nonce, RowId, Table};

/// What tells one writing of a row from any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The commit that wrote the row.
    pub revision: u64,
    /// The nonce it was sealed with.
    pub nonce: Nonce,
}

/// All rows of a vault, in order of table and row.
#[derive(Debug, Default)]
pub struct RowSet {
    blocks: BTreeMap<BlockId, Block>,
}

/// Changed blocks, computed but not yet part of a [`RowSet`].
#[derive(Debug)]
pub struct Patch {
    blocks: BTreeMap<BlockId, Block>,
    digest: [u8; 32],
    len: u64,
}

type BlockId = (Table, u64);

#[derive(Clone, Debug, Default)]
struct Block {
    rows: BTreeMap<RowId, Stamp>,
    digest: [u8; 32],
}

/// First bytes of what is hashed for a block of rows.
const BLOCK_DOMAIN: &[u8] = b"assent/vault/block";

/// First bytes of what is hashed for the whole set.
const SET_DOMAIN: &[u8] = b"assent/vault/rows";

impl RowSet {
    /// Collects rows that were read; a row that comes twice counts once, the last time.
    #[must_use]
    pub fn from_rows(rows: impl IntoIterator<Item = (Table, RowId, Stamp)>) -> Self {
        let mut blocks: BTreeMap<BlockId, Block> = BTreeMap::new();
        for (table, row, stamp) in rows {
            blocks
                .entry(block_id(table, row))
                .or_default()
                .rows
                .insert(row, stamp);
        }
        for (id, block) in &mut blocks {
            block.digest = block.compute_digest(*id);
        }
        Self { blocks }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.blocks.values().map(Block::len).sum()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The stamp of one row.
    #[must_use]
    pub fn stamp(&self, table: Table, row: RowId) -> Option<&Stamp> {
        self.blocks.get(&block_id(table, row))?.rows.get(&row)
    }

    /// All rows, in order of table and row.
    pub fn iter(&self) -> impl Iterator<Item = (Table, RowId, &Stamp)> {
        self.blocks.iter().flat_map(|((table, _), block)| {
            block.rows.iter().map(|(row, stamp)| (*table, *row, stamp))
        })
    }

    /// SHA-256 over all rows; layout in docs/spec/vault-format.md.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        digest_blocks(self.blocks.iter())
    }

    /// Computes what the set becomes with `changes` (a stamp writes a row, nothing removes it),
    /// leaving the set as it is until [`RowSet::apply`].
    #[must_use]
    pub fn with(&self, changes: &BTreeMap<(Table, RowId), Option<Stamp>>) -> Patch {
        let mut blocks: BTreeMap<BlockId, Block> = BTreeMap::new();
        for ((table, row), stamp) in changes {
            let id = block_id(*table, *row);
            let block = blocks.entry(id).or_insert_with(|| self.block(id));
            match stamp {
                Some(stamp) => block.rows.insert(*row, *stamp),
                None => block.rows.remove(row),
            };
        }
        for (id, block) in &mut blocks {
            block.digest = block.compute_digest(*id);
        }
        let (digest, len) = self.outlook(&blocks);
        Patch {
            blocks,
            digest,
            len,
        }
    }

    /// Makes the changes of `patch`, which must have been computed from this set as it is now.
    pub fn apply(&mut self, patch: Patch) {
        for (id, block) in patch.blocks {
            if block.rows.is_empty() {
                self.blocks.remove(&id);
            } else {
                self.blocks.insert(id, block);
            }
        }
    }

    fn block(&self, id: BlockId) -> Block {
        self.blocks.get(&id).cloned().unwrap_or_default()
    }

    /// Digest and length as they will be once `changed` blocks have taken their places.
    fn outlook(&self, changed: &BTreeMap<BlockId, Block>) -> ([u8; 32], u64) {
        let mut merged: BTreeMap<&BlockId, &Block> = self.blocks.iter().collect();
        merged.extend(changed);
        merged.retain(|_, block| !block.rows.is_empty());
        let len = merged.values().map(|block| block.len()).sum();
        (digest_blocks(merged.into_iter()), len)
    }
}

impl Patch {
    /// The digest of the set that the patch leads to.
    #[must_use]
    pub const fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// How many rows the set will have.
    #[must_use]
    pub const fn rows(&self) -> u64 {
        self.len
    }
}

impl Block {
    fn len(&self) -> u64 {
        u64::try_from(self.rows.len()).unwrap_or(u64::MAX)
    }

    fn compute_digest(&self, (table, block): BlockId) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(BLOCK_DOMAIN);
        hash.update([table as u8]);
        hash.update(block.to_be_bytes());
        for (row, stamp) in &self.rows {
            hash.update(row.0.to_be_bytes());
            hash.update(stamp.revision.to_be_bytes());
            hash.update(stamp.nonce);
        }
        hash.finalize().into()
    }
}

fn block_id(table: Table, row: RowId) -> BlockId {
    (table, row.0 >> 8)
}

fn digest_blocks<'a>(blocks: impl Iterator<Item = (&'a BlockId, &'a Block)>) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(SET_DOMAIN);
    for ((table, block), content) in blocks {
        hash.update([*table as u8]);
        hash.update(block.to_be_bytes());
        hash.update(content.digest);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stamp(n: u8) -> Stamp {
        Stamp {
            revision: u64::from(n),
            nonce: [n; 24],
        }
    }

    fn rows(ids: &[u64]) -> RowSet {
        RowSet::from_rows(ids.iter().map(|id| (Table::Record, RowId(*id), stamp(1))))
    }

    #[test]
    fn every_field_counts() {
        let base = rows(&[1, 2, 300]).digest();
        assert_ne!(base, rows(&[1, 2]).digest(), "a row removed");
        assert_ne!(base, rows(&[1, 2, 300, 301]).digest(), "a row added");
        assert_ne!(base, rows(&[1, 2, 44]).digest(), "a row in another block");
        let one = |table, stamp| RowSet::from_rows([(table, RowId(1), stamp)]).digest();
        let base = one(Table::Record, stamp(1));
        assert_ne!(base, one(Table::Chunk, stamp(1)));
        assert_ne!(
            base,
            one(
                Table::Record,
                Stamp {
                    revision: 2,
                    ..stamp(1)
                }
            )
        );
        assert_ne!(
            base,
            one(
                Table::Record,
                Stamp {
                    nonce: [2; 24],
                    ..stamp(1)
                }
            )
        );
    }

    #[test]
    fn a_patch_changes_nothing_until_applied() {
        let mut set = rows(&[1, 2]);
        let before = set.digest();
        let patch = set.with(&BTreeMap::from([((Table::Record, RowId(2)), None)]));
        assert_eq!(set.digest(), before);
        assert_eq!((patch.digest(), patch.rows()), (rows(&[1]).digest(), 1));
        set.apply(patch);
        assert_eq!((set.digest(), set.len()), (rows(&[1]).digest(), 1));
        assert!(set.stamp(Table::Record, RowId(2)).is_none());
    }

    type Change = ((Table, RowId), Option<Stamp>);

    fn change() -> impl Strategy<Value = Change> {
        let table = prop_oneof![Just(Table::Record), Just(Table::Chunk)];
        let stamp = proptest::option::of(any::<u8>().prop_map(stamp));
        (table, 0..1000_u64, stamp).prop_map(|(t, row, s)| ((t, RowId(row)), s))
    }

    proptest! {
        #[test]
        fn patched_sets_equal_freshly_read_ones(
            commits in proptest::collection::vec(proptest::collection::btree_map(change().prop_map(|c| c.0), change().prop_map(|c| c.1), 0..20), 1..10),
        ) {
            let mut set = RowSet::default();
            let mut plain: BTreeMap<(Table, RowId), Stamp> = BTreeMap::new();
            for changes in commits {
                let patch = set.with(&changes);
                let (digest, len) = (patch.digest(), patch.rows());
                set.apply(patch);
                for (place, stamp) in changes {
                    match stamp {
                        Some(stamp) => plain.insert(place, stamp),
                        None => plain.remove(&place),
                    };
                }
                let fresh = RowSet::from_rows(plain.iter().map(|((t, r), s)| (*t, *r, *s)));
                prop_assert_eq!(digest, fresh.digest());
                prop_assert_eq!(set.digest(), fresh.digest());
                prop_assert_eq!(len, fresh.len());
                prop_assert!(set.iter().eq(fresh.iter()));
            }
        }
    }
}
