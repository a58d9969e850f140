//! The cases of `tests/vectors/log`, made from fixed seeds.

mod proofs;
mod signed;
mod tiles;

use serde_json::{Value, json};
use transparency_log::{
    Checkpoint, Hash, HashTree, NoteSigner, SignedNote, TreeHead, leaf_hash,
    note::{Cosigner, NoteSignature},
    root_at,
};

/// A file name below the folder and what stands in it.
pub(crate) type Case = (String, Value);

const ORIGIN: &str = "log.example/consents";
const WITNESS: &str = "witness.example/w1";
const TIME: u64 = 1_750_000_000;

/// Every case.
pub(crate) fn all() -> Vec<Case> {
    [
        signed::notes(),
        signed::checkpoints(),
        proofs::proofs(),
        tiles::paths(),
        tiles::bundles(),
    ]
    .concat()
}

/// A case as it stands in its file.
pub(crate) fn text(case: &Value) -> String {
    format!("{case:#}\n")
}

fn log() -> NoteSigner {
    NoteSigner::from_seed(ORIGIN, &[0x11; 32]).expect("the name is allowed")
}

fn witness() -> Cosigner {
    Cosigner::from_seed(WITNESS, &[0x22; 32]).expect("the name is allowed")
}

fn tree(size: u64) -> HashTree {
    (0..size).map(|index| leaf_hash(&entry(index))).collect()
}

fn entry(index: u64) -> Vec<u8> {
    format!("entry {index}").into_bytes()
}

fn head(size: u64) -> TreeHead {
    let root = root_at(&tree(size), size).expect("the tree has this size");
    TreeHead { size, root }
}

fn sign(text: String) -> SignedNote {
    log().sign(text).expect("the text is a note's")
}

/// The log's checkpoint at `size`, cosigned.
fn checkpoint(size: u64) -> SignedNote {
    let checkpoint = Checkpoint::new(ORIGIN, head(size)).expect("the origin is allowed");
    cosign(sign(checkpoint.to_string()))
}

fn cosign(mut note: SignedNote) -> SignedNote {
    note.add(cosignature(&note)).expect("the note has room");
    note
}

fn cosignature(note: &SignedNote) -> NoteSignature {
    witness().cosign(note, TIME).expect("the time is in range")
}

fn hex(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `expect` is `accepted`, or the name of the error.
fn signed_case(kind: &str, name: &str, about: &str, text: &str, expect: &str) -> Case {
    let case = json!({
        "about": about,
        "kind": kind,
        "log_key": log().verifier_key().to_string(),
        "witness_keys": [witness().verifier_key().to_string()],
        "text": text,
        "expect": expect,
    });
    (format!("{kind}/{name}.json"), case)
}
