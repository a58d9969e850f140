//! Inclusion and consistency proofs: all of them for small trees, samples of large ones, and what must not verify.

use transparency_log::{
    HashTree, ProofError, TreeHead, prove_consistency, prove_inclusion, root_at,
    verify_consistency, verify_inclusion,
};

use crate::reference::{EDGE_SIZES, leaves, path, subproof, tree};

fn head(tree: &HashTree, size: u64) -> TreeHead {
    TreeHead {
        size,
        root: root_at(tree, size).unwrap(),
    }
}

#[test]
fn every_inclusion_proof_of_a_small_tree_is_the_reference_one() {
    let (tree, leaves) = (tree(70), leaves(70));
    for size in 1..=70 {
        for index in 0..size {
            let proof = prove_inclusion(&tree, size, index).unwrap();
            assert_eq!(proof, path(index as usize, &leaves[..size as usize]));
            let leaf = &leaves[index as usize];
            assert_eq!(
                verify_inclusion(&head(&tree, size), index, leaf, &proof),
                Ok(())
            );
        }
    }
}

#[test]
fn every_consistency_proof_of_a_small_tree_is_the_reference_one() {
    let (tree, leaves) = (tree(70), leaves(70));
    for new in 1..=70 {
        for old in 1..=new {
            let proof = prove_consistency(&tree, old, new).unwrap();
            assert_eq!(proof, subproof(old as usize, &leaves[..new as usize], true));
            let (old, new) = (head(&tree, old), head(&tree, new));
            assert_eq!(verify_consistency(&old, &new, &proof), Ok(()));
        }
    }
}

#[test]
fn sampled_proofs_of_large_trees_hold() {
    let (tree, leaves) = (tree(65_537), leaves(65_537));
    for size in EDGE_SIZES {
        for index in [0, 1, 254, 255, 256, 257, size / 3, size / 2, size - 1] {
            if index >= size {
                continue;
            }
            let proof = prove_inclusion(&tree, size, index).unwrap();
            let leaf = &leaves[index as usize];
            assert_eq!(
                verify_inclusion(&head(&tree, size), index, leaf, &proof),
                Ok(())
            );
        }
        for old in EDGE_SIZES
            .into_iter()
            .chain([3, 300, 40_000])
            .filter(|old| *old <= size)
        {
            let proof = prove_consistency(&tree, old, size).unwrap();
            let (old, new) = (head(&tree, old), head(&tree, size));
            assert_eq!(verify_consistency(&old, &new, &proof), Ok(()));
        }
    }
}

#[test]
fn another_index_leaf_size_or_root_is_refused() {
    let (tree, leaves) = (tree(300), leaves(300));
    for (size, index) in [(1, 0), (2, 1), (7, 6), (256, 255), (257, 256), (300, 17)] {
        let proof = prove_inclusion(&tree, size, index).unwrap();
        let (head, leaf) = (head(&tree, size), &leaves[index as usize]);
        for other in (0..size + 2).filter(|other| *other != index) {
            assert!(verify_inclusion(&head, other, leaf, &proof).is_err());
        }
        assert!(verify_inclusion(&head, index, &[0; 32], &proof).is_err());
        let grown = TreeHead {
            size: size + 256,
            ..head
        };
        assert!(verify_inclusion(&grown, index, leaf, &proof).is_err());
        let forged = TreeHead {
            root: [9; 32],
            ..head
        };
        assert_eq!(
            verify_inclusion(&forged, index, leaf, &proof),
            Err(ProofError::RootMismatch)
        );
    }
}

#[test]
fn another_old_or_new_root_or_size_is_refused() {
    let tree = tree(300);
    for (old, new) in [(3, 7), (4, 7), (6, 8), (100, 300), (255, 257), (256, 300)] {
        let proof = prove_consistency(&tree, old, new).unwrap();
        let (old, new) = (head(&tree, old), head(&tree, new));
        let forged = |head| TreeHead {
            root: [9; 32],
            ..head
        };
        let refused = Err(ProofError::RootMismatch);
        assert_eq!(verify_consistency(&forged(old), &new, &proof), refused);
        assert_eq!(verify_consistency(&old, &forged(new), &proof), refused);
        for size in (1..new.size).filter(|size| *size != old.size) {
            let other = TreeHead { size, ..old };
            assert!(verify_consistency(&other, &new, &proof).is_err());
        }
    }
}

#[test]
fn a_proof_of_another_length_is_refused() {
    let (tree, leaves) = (tree(300), leaves(300));
    let mut proof = prove_inclusion(&tree, 300, 17).unwrap();
    let last = proof.pop().unwrap();
    let verify = |proof: &[_]| verify_inclusion(&head(&tree, 300), 17, &leaves[17], proof);
    assert_eq!(verify(&proof), Err(ProofError::WrongLength));
    proof.extend([last, last]);
    assert_eq!(verify(&proof), Err(ProofError::WrongLength));

    let mut proof = prove_consistency(&tree, 100, 300).unwrap();
    let verify = |proof: &[_]| verify_consistency(&head(&tree, 100), &head(&tree, 300), proof);
    assert_eq!(verify(&[]), Err(ProofError::WrongLength));
    proof.push(last);
    assert_eq!(verify(&proof), Err(ProofError::WrongLength));
}

#[test]
fn the_empty_tree_proves_nothing_but_itself() {
    let tree = tree(3);
    let (empty, three) = (TreeHead::EMPTY, head(&tree, 3));
    assert_eq!(prove_consistency(&tree, 0, 3), Ok(vec![]));
    assert_eq!(
        verify_consistency(&empty, &three, &[]),
        Err(ProofError::EmptyTree)
    );
    assert_eq!(verify_consistency(&empty, &empty, &[]), Ok(()));
    let forged = TreeHead {
        size: 0,
        root: [1; 32],
    };
    assert_eq!(
        verify_consistency(&forged, &forged, &[]),
        Err(ProofError::RootMismatch)
    );
    assert_eq!(
        verify_inclusion(&empty, 0, &[0; 32], &[]),
        Err(ProofError::IndexOutOfRange)
    );
}

#[test]
fn a_tree_never_shrinks() {
    let tree = tree(5);
    assert_eq!(
        prove_consistency(&tree, 4, 3),
        Err(ProofError::SizeOutOfRange)
    );
    let (four, three) = (head(&tree, 4), head(&tree, 3));
    assert_eq!(
        verify_consistency(&four, &three, &[]),
        Err(ProofError::SizeOutOfRange)
    );
}

#[test]
fn beyond_the_tree_there_is_no_proof() {
    let tree = tree(5);
    assert_eq!(
        prove_inclusion(&tree, 5, 5),
        Err(ProofError::IndexOutOfRange)
    );
    assert_eq!(prove_inclusion(&tree, 6, 1), Err(ProofError::MissingHash));
    assert_eq!(prove_consistency(&tree, 4, 6), Err(ProofError::MissingHash));
}
