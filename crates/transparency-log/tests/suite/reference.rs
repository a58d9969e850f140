//! RFC 6962, section 2.1, as the text has it: recursive, over all leaves, in no way clever.

use transparency_log::{EMPTY_ROOT, Hash, HashTree, leaf_hash, node_hash};

/// The sizes where tile and level borders lie.
pub(crate) const EDGE_SIZES: [u64; 11] = [1, 2, 255, 256, 257, 511, 512, 513, 65535, 65536, 65537];

/// The leaf hashes of the entries "0", "1", "2" and so on.
pub(crate) fn leaves(size: u64) -> Vec<Hash> {
    (0..size)
        .map(|index| leaf_hash(index.to_string().as_bytes()))
        .collect()
}

pub(crate) fn tree(size: u64) -> HashTree {
    leaves(size).into_iter().collect()
}

/// MTH(D[n]).
pub(crate) fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => EMPTY_ROOT,
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            node_hash(&root(left), &root(right))
        }
    }
}

/// PATH(m, D[n]).
pub(crate) fn path(index: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    let (mut proof, sibling) = if index < left.len() {
        (path(index, left), root(right))
    } else {
        (path(index - left.len(), right), root(left))
    };
    proof.push(sibling);
    proof
}

/// SUBPROOF(m, D[n], b).
pub(crate) fn subproof(old: usize, leaves: &[Hash], complete: bool) -> Vec<Hash> {
    if old == leaves.len() {
        return if complete { vec![] } else { vec![root(leaves)] };
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    let (mut proof, sibling) = if old <= left.len() {
        (subproof(old, left, complete), root(right))
    } else {
        (subproof(old - left.len(), right, false), root(left))
    };
    proof.push(sibling);
    proof
}

/// The largest power of two below `size`.
fn split(size: usize) -> usize {
    let mut power = 1;
    while power * 2 < size {
        power *= 2;
    }
    power
}
