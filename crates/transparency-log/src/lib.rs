#![doc = include_str!("../README.md")]

pub mod checkpoint;
pub mod entries;
mod frontier;
mod hash;
mod merkle;
pub mod note;
pub mod proof;
mod text;
pub mod tile;
mod tile_set;
mod tree;
pub mod witness;

pub use checkpoint::{Checkpoint, CheckpointError, VerifiedCheckpoint};
pub use frontier::Frontier;
pub use hash::{EMPTY_ROOT, Hash, TreeHead, leaf_hash, node_hash};
pub use merkle::{
    HashReader, ProofError, prove_consistency, prove_inclusion, root_at, verify_consistency,
    verify_inclusion,
};
pub use note::{NoteError, NoteSigner, SignedNote, VerifierKey};
pub use proof::{TlogProof, TlogProofError};
pub use tile::{BundleId, TileError, TileId};
pub use tile_set::{
    TileSet, VerifiedTiles, tiles_for_consistency, tiles_for_inclusion, tiles_for_root,
};
pub use tree::HashTree;
