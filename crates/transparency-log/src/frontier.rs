//! The right edge of a tree: all that is needed to append and to know the root (a compact range).
//! It holds no leaf, so it can extend a tree of any size in a few hundred bytes.

use crate::{EMPTY_ROOT, Hash, HashReader, ProofError, TreeHead, node_hash};

/// The largest tree kept: sizes stay below 2^63, as the proofs' limit of 63 hashes has it.
pub(crate) const MAX_SIZE: u64 = i64::MAX as u64;

/// The complete subtrees that make up a tree, the largest first: one per bit set in its size.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// The edge of the empty tree.
    pub fn new() -> Self {
        Self {
            size: 0,
            peaks: Vec::with_capacity(64),
        }
    }

    /// The edge of a tree of `size` entries from its stored peaks, the largest first.
    ///
    /// # Errors
    /// [`ProofError::WrongLength`] when the number of peaks is not the number of bits set in `size`,
    /// [`ProofError::SizeOutOfRange`] at 2^63 entries and above.
    pub fn from_parts(size: u64, peaks: Vec<Hash>) -> Result<Self, ProofError> {
        if size > MAX_SIZE {
            return Err(ProofError::SizeOutOfRange);
        }
        if peaks.len() != size.count_ones() as usize {
            return Err(ProofError::WrongLength);
        }
        Ok(Self { size, peaks })
    }

    /// The edge of the first `size` entries of a stored tree.
    ///
    /// # Errors
    /// [`ProofError::MissingHash`] when the reader does not reach `size`.
    pub fn from_reader<R: HashReader + ?Sized>(reader: &R, size: u64) -> Result<Self, ProofError> {
        let heights = (0..u64::BITS).rev().filter(|bit| size >> bit & 1 == 1);
        let peaks = heights
            .map(|bit| reader.subtree(bit as u8, (size >> bit) - 1))
            .collect::<Option<Vec<_>>>()
            .ok_or(ProofError::MissingHash)?;
        Self::from_parts(size, peaks)
    }

    /// Appends one leaf hash (see [`leaf_hash`](crate::leaf_hash)).
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                hash = node_hash(&left, &hash);
            }
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// The number of entries.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots of the complete subtrees, the largest first.
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// The Merkle Tree Hash of all entries.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev().copied();
        let Some(last) = peaks.next() else {
            return EMPTY_ROOT;
        };
        peaks.fold(last, |right, left| node_hash(&left, &right))
    }

    /// Size and root together.
    pub fn head(&self) -> TreeHead {
        TreeHead {
            size: self.size,
            root: self.root(),
        }
    }
}

impl Extend<Hash> for Frontier {
    fn extend<I: IntoIterator<Item = Hash>>(&mut self, leaves: I) {
        leaves.into_iter().for_each(|leaf| self.push(leaf));
    }
}
