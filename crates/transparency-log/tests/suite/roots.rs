//! Roots at every size where a tile, a level or a peak begins.

use transparency_log::{EMPTY_ROOT, Frontier, HashTree, ProofError, TreeHead, root_at};

use crate::reference::{EDGE_SIZES, leaves, root, tree};

#[test]
fn every_edge_size_has_the_reference_root() {
    let leaves = leaves(65_537);
    let (mut tree, mut frontier) = (HashTree::new(), Frontier::new());
    for (size, leaf) in (1_u64..).zip(&leaves) {
        tree.push(*leaf);
        frontier.push(*leaf);
        if size <= 70 || EDGE_SIZES.contains(&size) {
            let expected = root(&leaves[..size as usize]);
            assert_eq!(tree.root(), expected, "tree of {size}");
            assert_eq!(frontier.root(), expected, "frontier of {size}");
            assert_eq!(frontier.head(), tree.head());
        }
    }
}

#[test]
fn the_root_of_an_older_size_stays_provable() {
    let (tree, leaves) = (tree(65_537), leaves(65_537));
    for size in EDGE_SIZES {
        let expected = root(&leaves[..size as usize]);
        assert_eq!(root_at(&tree, size), Ok(expected), "size {size}");
    }
    assert_eq!(root_at(&tree, 65_538), Err(ProofError::MissingHash));
}

#[test]
fn the_empty_tree_has_the_hash_of_nothing() {
    assert_eq!(HashTree::new().root(), EMPTY_ROOT);
    assert_eq!(Frontier::new().root(), EMPTY_ROOT);
    assert_eq!(HashTree::new().head(), TreeHead::EMPTY);
}

#[test]
fn a_snapshot_does_not_move() {
    let leaves = leaves(70_000);
    let mut tree = HashTree::new();
    let mut snapshots = Vec::new();
    for leaf in &leaves {
        tree.push(*leaf);
        if tree.size().is_multiple_of(997) || tree.size() % 256 < 2 {
            snapshots.push((tree.clone(), tree.head()));
        }
    }
    for (snapshot, head) in &snapshots {
        assert_eq!(snapshot.head(), *head);
        assert_eq!(root_at(&tree, head.size), Ok(head.root));
    }
}

#[test]
fn a_frontier_survives_storage() {
    let tree = tree(1_000);
    for size in [0, 1, 255, 256, 257, 700, 1_000] {
        let mut frontier = Frontier::from_reader(&tree, size).unwrap();
        let stored = Frontier::from_parts(frontier.size(), frontier.peaks().to_vec()).unwrap();
        assert_eq!(stored, frontier);
        frontier.extend(leaves(1_000).into_iter().skip(size as usize));
        assert_eq!(frontier.head(), tree.head());
    }
}

#[test]
fn a_frontier_with_a_peak_too_many_or_too_few_is_refused() {
    let peaks = |count: usize| vec![[1; 32]; count];
    assert_eq!(
        Frontier::from_parts(3, peaks(1)),
        Err(ProofError::WrongLength)
    );
    assert_eq!(
        Frontier::from_parts(3, peaks(3)),
        Err(ProofError::WrongLength)
    );
    assert_eq!(
        Frontier::from_parts(0, peaks(1)),
        Err(ProofError::WrongLength)
    );
    assert!(Frontier::from_parts(3, peaks(2)).is_ok());
    let too_large = Frontier::from_parts(u64::MAX, peaks(64));
    assert_eq!(too_large, Err(ProofError::SizeOutOfRange));
}
