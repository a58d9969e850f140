//! Properties: every text form survives a round trip, and nothing changed ever verifies.

use proptest::{collection::vec, prelude::*};
use transparency_log::{
    Checkpoint, Frontier, Hash, HashTree, NoteSigner, SignedNote, TileId, TlogProof, TreeHead,
    entries::{decode_bundle, encode_bundle},
    prove_consistency, prove_inclusion, root_at,
    tile::Resource,
    verify_consistency, verify_inclusion,
    witness::{AddCheckpoint, add_checkpoint_request},
};

use crate::reference::{leaves, root, tree};

fn name() -> impl Strategy<Value = String> {
    "[a-z0-9.é/_-]{1,20}"
}

fn hashes(max: usize) -> impl Strategy<Value = Vec<Hash>> {
    vec(any::<Hash>(), 0..=max)
}

fn note(name: &str, head: TreeHead) -> SignedNote {
    let signer = NoteSigner::from_seed(name, &[4; 32]).unwrap();
    Checkpoint::new(name, head).unwrap().sign(&signer).unwrap()
}

proptest! {
    #[test]
    fn checkpoints_and_notes_round_trip(name in name(), size in 1_u64.., root: Hash) {
        let note = note(&name, TreeHead { size, root });
        let read: SignedNote = note.to_string().parse().unwrap();
        prop_assert_eq!(&read, &note);
        let checkpoint: Checkpoint = read.text().parse().unwrap();
        prop_assert_eq!(checkpoint.head(), TreeHead { size, root });
        prop_assert_eq!(checkpoint.origin(), name);
    }

    #[test]
    fn proofs_round_trip(index: u64, extra: Vec<u8>, hashes in hashes(63), size in 1_u64.., root: Hash) {
        let note = note("log.example", TreeHead { size, root });
        let proof = TlogProof::with_extra(extra, index, hashes, note).unwrap();
        prop_assert_eq!(proof.to_string().parse(), Ok(proof));
    }

    #[test]
    fn requests_round_trip(old_size in 1_u64.., hashes in hashes(63), root: Hash) {
        let note = note("log.example", TreeHead { size: old_size, root });
        let body = add_checkpoint_request(old_size, &hashes, &note).unwrap();
        let read: AddCheckpoint = body.parse().unwrap();
        prop_assert_eq!(&read.proof, &hashes);
        prop_assert_eq!(read.to_string(), body);
    }

    #[test]
    fn paths_round_trip(level in 0..64_u8, index: u64, shift in 0..64, width in 1..=256_u16) {
        let tile = TileId::new(level, index >> shift, width).unwrap();
        prop_assert_eq!(tile.path().parse(), Ok(tile));
    }

    #[test]
    fn a_path_that_is_read_is_written_back(path in "tile/(entries|[0-9x]{1,3})(/x?[0-9]{2,4}){1,3}(\\.p/[0-9]{1,3})?") {
        if let Ok(resource) = path.parse::<Resource>() {
            prop_assert_eq!(resource.path(), path);
        }
    }

    #[test]
    fn bundles_round_trip(entries in vec(vec(any::<u8>(), 0..60), 1..=30)) {
        let bytes = encode_bundle(&entries).unwrap();
        let width = entries.len() as u16;
        prop_assert_eq!(decode_bundle(&bytes, width).unwrap(), entries);
        prop_assert!(decode_bundle(&bytes[..bytes.len() - 1], width).is_err());
    }

    #[test]
    fn no_input_makes_a_parser_panic(text: String, lines in vec("[ -~—]{0,60}", 0..8)) {
        for text in [text, lines.join("\n") + "\n"] {
            let _ = text.parse::<SignedNote>();
            let _ = text.parse::<Checkpoint>();
            let _ = format!("c2sp.org/tlog-proof@v1\n{text}").parse::<TlogProof>();
            let _ = format!("old 1\n{text}").parse::<AddCheckpoint>();
            let _ = text.parse::<transparency_log::VerifierKey>();
            let _ = format!("tile/{text}").parse::<Resource>();
            let _ = decode_bundle(text.as_bytes(), 3);
        }
    }

    #[test]
    fn any_batching_gives_the_same_tree(sizes in vec(1..400_usize, 1..6)) {
        let all = leaves(sizes.iter().sum::<usize>() as u64);
        let (mut tree, mut frontier) = (HashTree::new(), Frontier::new());
        let mut rest = all.as_slice();
        for size in sizes {
            let (batch, after) = rest.split_at(size);
            let snapshot = tree.clone();
            tree.extend(batch.iter().copied());
            frontier.extend(batch.iter().copied());
            let proof = prove_consistency(&tree, snapshot.size(), tree.size()).unwrap();
            if snapshot.size() > 0 {
                prop_assert_eq!(verify_consistency(&snapshot.head(), &tree.head(), &proof), Ok(()));
            }
            rest = after;
        }
        prop_assert_eq!(tree.root(), root(&all));
        prop_assert_eq!(frontier.root(), root(&all));
    }

    #[test]
    fn a_mutated_inclusion_proof_never_verifies(size in 1..2_000_u64, at: u64, which: usize, bit in 0..256_usize, kind in 0..5_u8) {
        let (tree, index) = (tree(size), at % size);
        let leaf = leaves(size)[index as usize];
        let mut proof = prove_inclusion(&tree, size, index).unwrap();
        prop_assert_eq!(verify_inclusion(&tree.head(), index, &leaf, &proof), Ok(()));
        mutate(&mut proof, leaf, which, bit, kind);
        prop_assert!(verify_inclusion(&tree.head(), index, &leaf, &proof).is_err());
    }

    #[test]
    fn a_mutated_consistency_proof_never_verifies(new in 2..2_000_u64, at: u64, which: usize, bit in 0..256_usize, kind in 0..5_u8) {
        let (tree, old) = (tree(new), 1 + at % (new - 1));
        let old = TreeHead { size: old, root: root_at(&tree, old).unwrap() };
        let mut proof = prove_consistency(&tree, old.size, new).unwrap();
        prop_assert_eq!(verify_consistency(&old, &tree.head(), &proof), Ok(()));
        mutate(&mut proof, old.root, which, bit, kind);
        prop_assert!(verify_consistency(&old, &tree.head(), &proof).is_err());
    }

    #[test]
    fn a_note_with_one_other_bit_never_verifies(at: usize, bit in 0..8_u8) {
        let signer = NoteSigner::from_seed("log.example", &[4; 32]).unwrap();
        let mut bytes = note("log.example", tree(9).head()).to_string().into_bytes();
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        let verdict = String::from_utf8(bytes)
            .ok()
            .and_then(|text| text.parse::<SignedNote>().ok())
            .and_then(|note| Checkpoint::open(&note, signer.verifier_key(), &[]).ok());
        prop_assert_eq!(verdict, None);
    }
}

/// Flips a bit, drops a hash, repeats one, swaps two different ones or puts one in front.
fn mutate(proof: &mut Vec<Hash>, extra: Hash, which: usize, bit: usize, kind: u8) {
    let at = which % proof.len().max(1);
    let next = (at + 1) % proof.len().max(1);
    match kind {
        _ if proof.is_empty() => proof.push(extra),
        0 => proof[at][bit / 8] ^= 1 << (bit % 8),
        1 => drop(proof.remove(at)),
        2 => proof.insert(at, proof[at]),
        3 if proof.len() > 1 => proof.swap(at, next),
        _ => proof.insert(0, extra),
    }
}
