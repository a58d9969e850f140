//! The whole tree in memory, built of immutable chunks of 256 hashes: a clone is a snapshot that shares
//! them, so that readers prove against a fixed tree while the log appends.

use std::sync::Arc;

use crate::{EMPTY_ROOT, Hash, HashReader, TreeHead, hash::fold, merkle::root_at, node_hash};

/// Hashes in a full tile, and chunks in a full block.
const WIDTH: usize = 256;
/// Hashes under one kept middle node (binary height 4): the price of a proof against 6 % more memory.
const MIDDLE: usize = 16;

/// An append-only Merkle tree that keeps every leaf hash (34 bytes an entry).
#[derive(Clone, Debug, Default)]
pub struct HashTree {
    size: u64,
    levels: Vec<Level>,
}

impl HashTree {
    /// The tree without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends one leaf hash (see [`leaf_hash`](crate::leaf_hash)).
    pub fn push(&mut self, leaf: Hash) {
        self.size += 1;
        let mut hash = leaf;
        for level in &mut self.levels {
            match level.push(hash) {
                Some(full_tile) => hash = full_tile,
                None => return,
            }
        }
        let mut level = Level::default();
        level.push(hash);
        self.levels.push(level);
    }

    /// The number of entries.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The Merkle Tree Hash of all entries.
    pub fn root(&self) -> Hash {
        root_at(self, self.size).unwrap_or(EMPTY_ROOT)
    }

    /// Size and root together.
    pub fn head(&self) -> TreeHead {
        TreeHead {
            size: self.size,
            root: self.root(),
        }
    }
}

impl Extend<Hash> for HashTree {
    fn extend<I: IntoIterator<Item = Hash>>(&mut self, leaves: I) {
        leaves.into_iter().for_each(|leaf| self.push(leaf));
    }
}

impl FromIterator<Hash> for HashTree {
    fn from_iter<I: IntoIterator<Item = Hash>>(leaves: I) -> Self {
        let mut tree = Self::new();
        tree.extend(leaves);
        tree
    }
}

impl HashReader for HashTree {
    fn hash(&self, level: u8, index: u64) -> Option<Hash> {
        let (chunk, position) = self.levels.get(usize::from(level))?.chunk(index, WIDTH)?;
        chunk.hashes.get(position).copied()
    }

    fn subtree(&self, height: u8, index: u64) -> Option<Hash> {
        match height % 8 {
            0 => self.hash(height / 8, index),
            4 => {
                let level = self.levels.get(usize::from(height / 8))?;
                let (chunk, position) = level.chunk(index, WIDTH / MIDDLE)?;
                chunk.middles.get(position).copied()
            }
            _ => {
                let left = self.subtree(height - 1, index * 2)?;
                let right = self.subtree(height - 1, index * 2 + 1)?;
                Some(node_hash(&left, &right))
            }
        }
    }
}

/// All hashes of one tile level: full chunks in blocks of 256, and the chunk being filled.
#[derive(Clone, Debug, Default)]
struct Level {
    full: usize,
    blocks: Vec<Arc<Vec<Arc<Chunk>>>>,
    tail: Arc<Chunk>,
}

impl Level {
    /// Appends a hash; answers the chunk's root when the hash filled it.
    fn push(&mut self, hash: Hash) -> Option<Hash> {
        let tail = Arc::make_mut(&mut self.tail);
        tail.push(hash);
        if tail.hashes.len() < WIDTH {
            return None;
        }
        let root = fold(&tail.middles);
        let chunk = std::mem::take(&mut self.tail);
        self.seal(chunk);
        root
    }

    fn seal(&mut self, chunk: Arc<Chunk>) {
        self.full += 1;
        match self.blocks.last_mut() {
            Some(block) if block.len() < WIDTH => Arc::make_mut(block).push(chunk),
            _ => self.blocks.push(Arc::new(vec![chunk])),
        }
    }

    /// The chunk that holds item `index` of those that come `per_chunk` to a chunk, and its place in it.
    fn chunk(&self, index: u64, per_chunk: usize) -> Option<(&Chunk, usize)> {
        let index = usize::try_from(index).ok()?;
        let (number, position) = (index / per_chunk, index % per_chunk);
        let chunk = if number == self.full {
            &self.tail
        } else {
            self.blocks.get(number / WIDTH)?.get(number % WIDTH)?
        };
        Some((chunk, position))
    }
}

/// Up to 256 hashes of one tile, with the nodes above each complete 16 of them.
#[derive(Clone, Debug, Default)]
struct Chunk {
    hashes: Vec<Hash>,
    middles: Vec<Hash>,
}

impl Chunk {
    fn push(&mut self, hash: Hash) {
        self.hashes.push(hash);
        let done = self.middles.len() * MIDDLE;
        let fresh = self.hashes.get(done..).unwrap_or_default();
        if fresh.len() == MIDDLE {
            self.middles.extend(fold(fresh));
        }
    }
}
