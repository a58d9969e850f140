//! Inclusion and consistency proofs of RFC 6962, section 2.1, checked as RFC 9162, sections 2.1.3.2 and
//! 2.1.4.2, spell it out. A proof that is too long, too short or about another tree is refused.

use thiserror::Error;

use crate::{EMPTY_ROOT, Hash, TreeHead, node_hash};

/// Why a proof could not be made or does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ProofError {
    /// The index is not below the tree size: the caller asked about an entry that the tree does not have.
    #[error("the entry's index is beyond the tree")]
    IndexOutOfRange,
    /// The old tree is larger than the new one, or a size is 2^63 or more.
    #[error("the tree sizes are out of range")]
    SizeOutOfRange,
    /// The old tree is empty and the new one is not: nothing can be proven about it, so nothing is accepted.
    #[error("an empty tree has no consistency proof")]
    EmptyTree,
    /// The number of hashes does not fit the sizes: the sender's proof is malformed.
    #[error("the proof has the wrong number of hashes")]
    WrongLength,
    /// The hashes lead to another root: the log or the sender is wrong, or someone changed the proof.
    #[error("the proof leads to another root")]
    RootMismatch,
    /// The reader lacks a hash below the asked size: fetch the tiles first, or repair the store.
    #[error("a hash of the tree is missing")]
    MissingHash,
}

/// A source of the tree hashes that tiles carry: complete subtrees of 256^level entries.
pub trait HashReader {
    /// The root of entries `index * 256^level .. (index + 1) * 256^level`; `level` is the tile level
    /// `L` of tlog-tiles, 0 for leaf hashes. `None` when the subtree is not complete or not at hand.
    fn hash(&self, level: u8, index: u64) -> Option<Hash>;

    /// The root of entries `index * 2^height .. (index + 1) * 2^height`. Computed from [`Self::hash`];
    /// a source that keeps nodes between the tile levels answers faster.
    fn subtree(&self, height: u8, index: u64) -> Option<Hash> {
        if height.is_multiple_of(8) {
            return self.hash(height / 8, index);
        }
        let left = self.subtree(height - 1, index * 2)?;
        let right = self.subtree(height - 1, index * 2 + 1)?;
        Some(node_hash(&left, &right))
    }
}

impl<R: HashReader + ?Sized> HashReader for &R {
    fn hash(&self, level: u8, index: u64) -> Option<Hash> {
        (**self).hash(level, index)
    }

    fn subtree(&self, height: u8, index: u64) -> Option<Hash> {
        (**self).subtree(height, index)
    }
}

/// The root of the first `size` entries.
///
/// # Errors
/// [`ProofError::MissingHash`] when the reader does not reach `size`.
pub fn root_at<R: HashReader + ?Sized>(reader: &R, size: u64) -> Result<Hash, ProofError> {
    if size == 0 {
        return Ok(EMPTY_ROOT);
    }
    range_root(reader, 0, size).ok_or(ProofError::MissingHash)
}

/// Proves that entry `index` is in the tree of the first `size` entries: siblings from the leaf up.
///
/// # Errors
/// [`ProofError::IndexOutOfRange`] and [`ProofError::MissingHash`].
pub fn prove_inclusion<R: HashReader + ?Sized>(
    reader: &R,
    size: u64,
    index: u64,
) -> Result<Vec<Hash>, ProofError> {
    if index >= size {
        return Err(ProofError::IndexOutOfRange);
    }
    let (mut start, mut end) = (0, size);
    let mut proof = Vec::with_capacity(64);
    while end - start > 1 {
        let middle = start + split(end - start);
        let sibling = if index < middle {
            let right = range_root(reader, middle, end);
            end = middle;
            right
        } else {
            let left = range_root(reader, start, middle);
            start = middle;
            left
        };
        proof.push(sibling.ok_or(ProofError::MissingHash)?);
    }
    proof.reverse();
    Ok(proof)
}

/// Proves that the first `old` entries are a prefix of the first `new` entries. The proof is empty when
/// `old` is 0 (as tlog-witness sends it) or equals `new`.
///
/// # Errors
/// [`ProofError::SizeOutOfRange`] when `old` is above `new`, and [`ProofError::MissingHash`].
pub fn prove_consistency<R: HashReader + ?Sized>(
    reader: &R,
    old: u64,
    new: u64,
) -> Result<Vec<Hash>, ProofError> {
    if old > new {
        return Err(ProofError::SizeOutOfRange);
    }
    if old == 0 {
        return Ok(Vec::new());
    }
    let (mut start, mut end) = (0, new);
    let mut proof = Vec::with_capacity(64);
    while end != old {
        let middle = start + split(end - start);
        let sibling = if old <= middle {
            let right = range_root(reader, middle, end);
            end = middle;
            right
        } else {
            let left = range_root(reader, start, middle);
            start = middle;
            left
        };
        proof.push(sibling.ok_or(ProofError::MissingHash)?);
    }
    if start != 0 {
        proof.push(range_root(reader, start, end).ok_or(ProofError::MissingHash)?);
    }
    proof.reverse();
    Ok(proof)
}

/// Checks that the leaf hash `leaf` stands at `index` in the tree of `head`.
///
/// # Errors
/// [`ProofError::IndexOutOfRange`], [`ProofError::WrongLength`] and [`ProofError::RootMismatch`].
pub fn verify_inclusion(
    head: &TreeHead,
    index: u64,
    leaf: &Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if index >= head.size {
        return Err(ProofError::IndexOutOfRange);
    }
    let mut climb = Climb::new(index, head.size - 1);
    let mut root = *leaf;
    for sibling in proof {
        root = match climb.step()? {
            Side::Left => node_hash(sibling, &root),
            Side::Right => node_hash(&root, sibling),
        };
    }
    climb.finish()?;
    same_root(&root, &head.root)
}

/// Checks that the tree of `old` is a prefix of the tree of `new`.
///
/// Equal sizes need equal roots and an empty proof.
///
/// # Errors
/// [`ProofError::SizeOutOfRange`], [`ProofError::EmptyTree`] when `old` alone is empty,
/// [`ProofError::WrongLength`] and [`ProofError::RootMismatch`].
pub fn verify_consistency(
    old: &TreeHead,
    new: &TreeHead,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if old.size > new.size {
        return Err(ProofError::SizeOutOfRange);
    }
    if old.size == new.size {
        return verify_same(old, new, proof);
    }
    if old.size == 0 {
        return Err(ProofError::EmptyTree);
    }
    verify_prefix(old, new, proof)
}

fn verify_same(old: &TreeHead, new: &TreeHead, proof: &[Hash]) -> Result<(), ProofError> {
    if !proof.is_empty() {
        return Err(ProofError::WrongLength);
    }
    if old.size == 0 {
        same_root(&old.root, &EMPTY_ROOT)?;
    }
    same_root(&old.root, &new.root)
}

fn verify_prefix(old: &TreeHead, new: &TreeHead, proof: &[Hash]) -> Result<(), ProofError> {
    let (seed, rest) = match proof.split_first() {
        None => return Err(ProofError::WrongLength),
        Some(_) if old.size.is_power_of_two() => (&old.root, proof),
        Some((first, rest)) => (first, rest),
    };
    let height = (old.size - 1).trailing_ones();
    let mut climb = Climb::new((old.size - 1) >> height, (new.size - 1) >> height);
    let (mut old_root, mut new_root) = (*seed, *seed);
    for sibling in rest {
        match climb.step()? {
            Side::Left => {
                old_root = node_hash(sibling, &old_root);
                new_root = node_hash(sibling, &new_root);
            }
            Side::Right => new_root = node_hash(&new_root, sibling),
        }
    }
    climb.finish()?;
    same_root(&old_root, &old.root)?;
    same_root(&new_root, &new.root)
}

/// The way from a node to the root: `node` is its index and `last` the index of the rightmost node at the same height.
struct Climb {
    node: u64,
    last: u64,
}

/// On which side the next sibling stands.
enum Side {
    Left,
    Right,
}

impl Climb {
    fn new(node: u64, last: u64) -> Self {
        Self { node, last }
    }

    fn step(&mut self) -> Result<Side, ProofError> {
        if self.last == 0 {
            return Err(ProofError::WrongLength);
        }
        let side = if self.node & 1 == 1 || self.node == self.last {
            // A rightmost node without a sibling of its own height rises until it is a right child.
            self.shift(self.node.trailing_zeros());
            Side::Left
        } else {
            Side::Right
        };
        self.shift(1);
        Ok(side)
    }

    fn shift(&mut self, heights: u32) {
        self.node >>= heights;
        self.last >>= heights;
    }

    fn finish(&self) -> Result<(), ProofError> {
        match self.last {
            0 => Ok(()),
            _ => Err(ProofError::WrongLength),
        }
    }
}

fn same_root(computed: &Hash, stated: &Hash) -> Result<(), ProofError> {
    if computed == stated {
        Ok(())
    } else {
        Err(ProofError::RootMismatch)
    }
}

/// The largest power of two below `size`, which is at least 2.
fn split(size: u64) -> u64 {
    1 << (size - 1).ilog2()
}

/// The Merkle Tree Hash of entries `start .. end`, where `start` is aligned to the range's height.
fn range_root<R: HashReader + ?Sized>(reader: &R, start: u64, end: u64) -> Option<Hash> {
    let size = end - start;
    if size.is_power_of_two() {
        let height = size.trailing_zeros();
        return reader.subtree(height as u8, start >> height);
    }
    let middle = start + split(size);
    let left = range_root(reader, start, middle)?;
    let right = range_root(reader, middle, end)?;
    Some(node_hash(&left, &right))
}
