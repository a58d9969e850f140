//! The names of a log's resources and the bytes of its hash tiles (C2SP tlog-tiles, height 8).
//! A path has one spelling; every other is refused, so that one resource never has two cache entries.

use std::{fmt, str::FromStr};

use thiserror::Error;

use crate::{Hash, HashReader};

/// Hashes in a full tile, entries in a full bundle.
pub const FULL_WIDTH: u16 = 256;
/// The highest tile level that a path may name (C2SP tlog-tiles, Merkle Tree).
const MAX_LEVEL: u8 = 63;
/// A hash's length in bytes.
const HASH_LEN: usize = 32;

/// Why a path or a tile was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TileError {
    /// The path is not the one spelling of a tile or bundle: whoever asks has to correct it.
    #[error("not the path of a tile or an entry bundle")]
    BadPath,
    /// A level above 63, or a width outside 1 to 256.
    #[error("the tile's level or width is out of range")]
    OutOfRange,
    /// The tree of this size has no such tile.
    #[error("the tree has no such tile at this size")]
    NotInTree,
    /// The tile's bytes are not its width times 32: the server sent something else.
    #[error("the tile's length does not fit its width")]
    WrongLength,
    /// This tile is needed to check the others: fetch it.
    #[error("tile {0} is missing")]
    Missing(TileId),
    /// This tile's hashes do not lead to the tree's root: the log or the way to it is corrupt.
    #[error("tile {0} does not belong to the tree")]
    Mismatch(TileId),
    /// The partial tiles do not lead to the stated root: they belong to another tree or are corrupt.
    #[error("the tiles lead to another root")]
    RootMismatch,
}

/// The name of a hash tile: level, index and width.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileId {
    level: u8,
    index: u64,
    width: u16,
}

impl TileId {
    /// Names the tile of `width` hashes (1 to 256) at `index` of `level` (0 to 63).
    ///
    /// # Errors
    /// [`TileError::OutOfRange`].
    pub fn new(level: u8, index: u64, width: u16) -> Result<Self, TileError> {
        if level > MAX_LEVEL || !(1..=FULL_WIDTH).contains(&width) {
            return Err(TileError::OutOfRange);
        }
        Ok(Self {
            level,
            index,
            width,
        })
    }

    /// Names the tile at `index` of `level` as wide as a tree of `size` entries has it, if it has it.
    pub fn in_tree(level: u8, index: u64, size: u64) -> Option<Self> {
        let width = width_at(hashes_at(level, size), index)?;
        Self::new(level, index, width).ok()
    }

    /// The tile level: each hash stands for 256^level entries.
    pub fn level(&self) -> u8 {
        self.level
    }

    /// The index among the tiles of its level.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The number of hashes, 1 to 256.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Whether all 256 hashes are there.
    pub fn is_full(&self) -> bool {
        self.width == FULL_WIDTH
    }

    /// The tile's length in bytes.
    pub fn byte_len(&self) -> usize {
        usize::from(self.width) * HASH_LEN
    }

    /// The path below the log's prefix, such as `tile/0/x001/x234/067.p/5`.
    pub fn path(&self) -> String {
        self.to_string()
    }

    /// The tile's bytes, or `None` when the reader lacks one of its hashes.
    pub fn data<R: HashReader + ?Sized>(&self, reader: &R) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(self.byte_len());
        for position in 0..u64::from(self.width) {
            bytes.extend(reader.hash(self.level, self.first_hash() + position)?);
        }
        Some(bytes)
    }

    /// Splits a tile's bytes into its hashes.
    ///
    /// # Errors
    /// [`TileError::WrongLength`].
    pub fn hashes(&self, bytes: &[u8]) -> Result<Vec<Hash>, TileError> {
        let (hashes, []) = bytes.as_chunks::<HASH_LEN>() else {
            return Err(TileError::WrongLength);
        };
        if hashes.len() != usize::from(self.width) {
            return Err(TileError::WrongLength);
        }
        Ok(hashes.to_vec())
    }

    fn first_hash(&self) -> u64 {
        self.index.saturating_mul(u64::from(FULL_WIDTH))
    }
}

impl fmt::Display for TileId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "tile/{}/", self.level)?;
        write_index(out, self.index, self.width)
    }
}

/// The name of a bundle of up to 256 entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BundleId {
    index: u64,
    width: u16,
}

impl BundleId {
    /// Names the bundle of `width` entries (1 to 256) that starts at entry `index * 256`.
    ///
    /// # Errors
    /// [`TileError::OutOfRange`].
    pub fn new(index: u64, width: u16) -> Result<Self, TileError> {
        let tile = TileId::new(0, index, width)?;
        Ok(Self {
            index: tile.index,
            width: tile.width,
        })
    }

    /// Names the bundle at `index` as wide as a tree of `size` entries has it, if it has it.
    pub fn in_tree(index: u64, size: u64) -> Option<Self> {
        let width = width_at(size, index)?;
        Some(Self { index, width })
    }

    /// The index among bundles.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The number of entries, 1 to 256.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Whether all 256 entries are there.
    pub fn is_full(&self) -> bool {
        self.width == FULL_WIDTH
    }

    /// The index of the first entry.
    pub fn first_entry(&self) -> u64 {
        self.index.saturating_mul(u64::from(FULL_WIDTH))
    }

    /// The path below the log's prefix, such as `tile/entries/x001/x234/067`.
    pub fn path(&self) -> String {
        self.to_string()
    }

    /// The level 0 tile with the hashes of these entries.
    pub fn tile(&self) -> TileId {
        TileId {
            level: 0,
            index: self.index,
            width: self.width,
        }
    }
}

impl fmt::Display for BundleId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("tile/entries/")?;
        write_index(out, self.index, self.width)
    }
}

/// What a path below the log's prefix names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// A hash tile.
    Tile(TileId),
    /// An entry bundle.
    Entries(BundleId),
}

impl Resource {
    /// The path below the log's prefix.
    pub fn path(&self) -> String {
        match self {
            Self::Tile(tile) => tile.path(),
            Self::Entries(bundle) => bundle.path(),
        }
    }
}

impl FromStr for Resource {
    type Err = TileError;

    /// Reads a path such as `tile/1/003.p/7` or `tile/entries/x001/000`.
    fn from_str(path: &str) -> Result<Self, TileError> {
        let rest = path.strip_prefix("tile/").ok_or(TileError::BadPath)?;
        let (kind, place) = rest.split_once('/').ok_or(TileError::BadPath)?;
        let (index, width) = parse_index(place)?;
        let resource = match kind {
            "entries" => Self::Entries(BundleId::new(index, width)?),
            level => {
                let level = level.parse().map_err(|_| TileError::BadPath)?;
                Self::Tile(TileId::new(level, index, width)?)
            }
        };
        // One spelling each: leading zeroes, plus signs and empty groups do not survive the way back.
        (resource.path() == path)
            .then_some(resource)
            .ok_or(TileError::BadPath)
    }
}

impl FromStr for TileId {
    type Err = TileError;

    fn from_str(path: &str) -> Result<Self, TileError> {
        match path.parse()? {
            Resource::Tile(tile) => Ok(tile),
            Resource::Entries(_) => Err(TileError::BadPath),
        }
    }
}

impl FromStr for BundleId {
    type Err = TileError;

    fn from_str(path: &str) -> Result<Self, TileError> {
        match path.parse()? {
            Resource::Entries(bundle) => Ok(bundle),
            Resource::Tile(_) => Err(TileError::BadPath),
        }
    }
}

/// The hash tiles that a tree of `new` entries has and one of `old` entries has not: what to write when
/// the log grows. Lowest level first, partial tiles included.
pub fn tiles_between(old: u64, new: u64) -> Vec<TileId> {
    let mut tiles = Vec::new();
    for level in 0..u64::BITS as u8 / 8 {
        let (had, has) = (hashes_at(level, old), hashes_at(level, new));
        if had >= has {
            break;
        }
        let indexes = had / u64::from(FULL_WIDTH)..has.div_ceil(u64::from(FULL_WIDTH));
        tiles.extend(indexes.filter_map(|index| TileId::in_tree(level, index, new)));
    }
    tiles
}

/// The entry bundles that a tree of `new` entries has and one of `old` entries has not.
pub fn bundles_between(old: u64, new: u64) -> Vec<BundleId> {
    if old >= new {
        return Vec::new();
    }
    let indexes = old / u64::from(FULL_WIDTH)..new.div_ceil(u64::from(FULL_WIDTH));
    indexes
        .filter_map(|index| BundleId::in_tree(index, new))
        .collect()
}

/// The number of hashes that a tree of `size` entries has at a tile level.
pub(crate) fn hashes_at(level: u8, size: u64) -> u64 {
    size.checked_shr(8 * u32::from(level)).unwrap_or(0)
}

fn width_at(hashes: u64, index: u64) -> Option<u16> {
    let first = index.checked_mul(u64::from(FULL_WIDTH))?;
    let width = hashes.checked_sub(first)?.min(u64::from(FULL_WIDTH));
    u16::try_from(width).ok().filter(|width| *width > 0)
}

fn write_index(out: &mut fmt::Formatter<'_>, index: u64, width: u16) -> fmt::Result {
    let mut divisor = 1_000_u64.pow(index.max(1).ilog10() / 3);
    while divisor > 1 {
        write!(out, "x{:03}/", index / divisor % 1_000)?;
        divisor /= 1_000;
    }
    write!(out, "{:03}", index % 1_000)?;
    match width {
        FULL_WIDTH => Ok(()),
        partial => write!(out, ".p/{partial}"),
    }
}

fn parse_index(place: &str) -> Result<(u64, u16), TileError> {
    let (groups, width) = match place.split_once(".p/") {
        Some((groups, width)) => (groups, width.parse().map_err(|_| TileError::BadPath)?),
        None => (place, FULL_WIDTH),
    };
    let index = groups.split('/').try_fold(0_u64, |index, group| {
        let digits = group.strip_prefix('x').unwrap_or(group);
        let value = digits.parse::<u16>().ok()?;
        index.checked_mul(1_000)?.checked_add(u64::from(value))
    });
    Ok((index.ok_or(TileError::BadPath)?, width))
}
