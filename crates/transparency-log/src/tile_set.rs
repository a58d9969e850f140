//! Which tiles a proof needs, and tiles fetched from a log checked up to its root before any hash of them
//! is used. Every partial tile lies on the tree's right edge, and together they make the root; every full
//! tile is one hash of the tile above it.

use std::collections::BTreeMap;

use crate::{
    Frontier, Hash, HashReader, ProofError, TileError, TileId, TreeHead, hash::fold, root_at,
    tile::hashes_at,
};

/// Tile levels that a tree of fewer than 2^64 entries can have.
const LEVELS: u8 = 8;

/// The tiles that make the root of a tree: its partial ones, lowest level first.
pub fn tiles_for_root(size: u64) -> Vec<TileId> {
    (0..LEVELS)
        .filter_map(|level| TileId::in_tree(level, hashes_at(level, size) >> 8, size))
        .collect()
}

/// The tiles that prove entry `index` in a tree of `size` entries and the tiles themselves up to the root.
///
/// # Errors
/// [`ProofError::IndexOutOfRange`].
pub fn tiles_for_inclusion(size: u64, index: u64) -> Result<Vec<TileId>, ProofError> {
    if index >= size {
        return Err(ProofError::IndexOutOfRange);
    }
    Ok(with_ancestors(size, 0, index))
}

/// The tiles that prove a tree of `old` entries to be a prefix of one of `new` entries, and the tiles
/// themselves up to the root of the new tree.
///
/// # Errors
/// [`ProofError::SizeOutOfRange`] when `old` is above `new`.
pub fn tiles_for_consistency(old: u64, new: u64) -> Result<Vec<TileId>, ProofError> {
    if old > new {
        return Err(ProofError::SizeOutOfRange);
    }
    if old == 0 || old == new {
        return Ok(tiles_for_root(new));
    }
    let level = old.trailing_zeros() as u8 / 8;
    Ok(with_ancestors(new, level, hashes_at(level, old) - 1))
}

/// The tile with hash `index` of `level`, all tiles above it, and the tiles of the root.
fn with_ancestors(size: u64, level: u8, index: u64) -> Vec<TileId> {
    let mut tiles = tiles_for_root(size);
    let mut tile_index = index;
    for level in level..LEVELS {
        tile_index >>= 8;
        tiles.extend(TileId::in_tree(level, tile_index, size));
    }
    tiles.sort_unstable();
    tiles.dedup();
    tiles
}

/// Tiles as they came from a log, not yet to be believed.
#[derive(Clone, Debug)]
pub struct TileSet {
    head: TreeHead,
    tiles: BTreeMap<(u8, u64), (TileId, Vec<Hash>)>,
}

impl TileSet {
    /// An empty set for the tree of a verified checkpoint.
    pub fn new(head: TreeHead) -> Self {
        Self {
            head,
            tiles: BTreeMap::new(),
        }
    }

    /// Adds a fetched tile. One that is wider than the tree has it (a full tile fetched because the
    /// partial one is gone) is cut to the tree's width.
    ///
    /// # Errors
    /// [`TileError::WrongLength`]; [`TileError::NotInTree`] when the tree has no such tile or a wider one.
    pub fn insert(&mut self, tile: TileId, bytes: &[u8]) -> Result<(), TileError> {
        let mut hashes = tile.hashes(bytes)?;
        let in_tree = TileId::in_tree(tile.level(), tile.index(), self.head.size)
            .filter(|in_tree| in_tree.width() <= tile.width())
            .ok_or(TileError::NotInTree)?;
        hashes.truncate(usize::from(in_tree.width()));
        let place = (tile.level(), tile.index());
        self.tiles.insert(place, (in_tree, hashes));
        Ok(())
    }

    /// Checks every tile up to the root; only then can proofs be made of them.
    ///
    /// # Errors
    /// [`TileError::Missing`] names a tile to fetch, [`TileError::Mismatch`] a corrupt one;
    /// [`TileError::RootMismatch`] when the edge belongs to another tree.
    pub fn verify(self) -> Result<VerifiedTiles, TileError> {
        self.verify_edge()?;
        for (tile, hashes) in self.tiles.values().filter(|(tile, _)| tile.is_full()) {
            if Some(self.parent_hash(tile)?) != fold(hashes) {
                return Err(TileError::Mismatch(*tile));
            }
        }
        Ok(VerifiedTiles(self))
    }

    fn verify_edge(&self) -> Result<(), TileError> {
        let missing = |tile: &TileId| !self.tiles.contains_key(&(tile.level(), tile.index()));
        if let Some(tile) = tiles_for_root(self.head.size).into_iter().find(missing) {
            return Err(TileError::Missing(tile));
        }
        match root_at(&Unverified(self), self.head.size) {
            Ok(root) if root == self.head.root => Ok(()),
            _ => Err(TileError::RootMismatch),
        }
    }

    /// The hash that the tile above states for a full tile.
    fn parent_hash(&self, tile: &TileId) -> Result<Hash, TileError> {
        let (level, index) = (tile.level() + 1, tile.index() >> 8);
        let parent = TileId::in_tree(level, index, self.head.size).ok_or(TileError::NotInTree)?;
        Unverified(self)
            .hash(level, tile.index())
            .ok_or(TileError::Missing(parent))
    }
}

struct Unverified<'a>(&'a TileSet);

impl HashReader for Unverified<'_> {
    fn hash(&self, level: u8, index: u64) -> Option<Hash> {
        let (_, hashes) = self.0.tiles.get(&(level, index >> 8))?;
        hashes.get(index as usize & 0xff).copied()
    }
}

/// Tiles that lead to the root they were checked against.
#[derive(Clone, Debug)]
pub struct VerifiedTiles(TileSet);

impl VerifiedTiles {
    /// The tree that the tiles belong to.
    pub fn head(&self) -> TreeHead {
        self.0.head
    }

    /// The right edge of the tree, to append to.
    ///
    /// # Errors
    /// [`ProofError::SizeOutOfRange`] at 2^63 entries and above.
    pub fn frontier(&self) -> Result<Frontier, ProofError> {
        Frontier::from_reader(self, self.0.head.size)
    }
}

impl HashReader for VerifiedTiles {
    fn hash(&self, level: u8, index: u64) -> Option<Hash> {
        Unverified(&self.0).hash(level, index)
    }
}
