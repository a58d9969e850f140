//! Proofs around a checkpoint.

use transparency_log::{Hash, TlogProof, leaf_hash, prove_inclusion};

use super::{Case, checkpoint, entry, hex, signed_case, tree};

fn proof_case(name: &str, about: &str, leaf: &[u8], text: &str, expect: &str) -> Case {
    let (path, mut case) = signed_case("proof", name, about, text, expect);
    case["leaf"] = hex(&leaf_hash(leaf)).into();
    (path, case)
}

pub(super) fn proofs() -> Vec<Case> {
    let hashes = prove_inclusion(&tree(300), 300, 17).expect("the entry is in the tree");
    let proof = |hashes: Vec<Hash>, size| {
        TlogProof::new(17, hashes, checkpoint(size))
            .expect("the parts fit")
            .to_string()
    };
    let good = proof(hashes.clone(), 300);
    let entry = entry(17);
    let case = |name, about, text: &str, expect| proof_case(name, about, &entry, text, expect);
    let mut swapped = hashes.clone();
    swapped.swap(0, 1);
    let mut flipped = hashes.clone();
    flipped[3][31] ^= 1;
    let short = hashes[..hashes.len() - 1].to_vec();
    let long = [hashes.clone(), vec![hashes[0]]].concat();
    let change = |from: &str, to: &str| {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{from}");
        text
    };
    let alone = TlogProof::new(0, vec![], checkpoint(1))
        .expect("the parts fit")
        .to_string();
    vec![
        case("accepted", "Entry 17 of 300.", &good, "accepted"),
        proof_case(
            "single-entry",
            "The only entry needs no hash.",
            b"entry 0",
            &alone,
            "accepted",
        ),
        case(
            "extra",
            "Extra data is carried and not believed.",
            &change("index", "extra AQID\nindex"),
            "accepted",
        ),
        proof_case(
            "other-entry",
            "The entry is another one.",
            b"entry 18",
            &good,
            "RootMismatch",
        ),
        case(
            "flipped-bit",
            "One bit of a hash changed.",
            &proof(flipped, 300),
            "RootMismatch",
        ),
        case(
            "swapped-hashes",
            "Two hashes changed places.",
            &proof(swapped, 300),
            "RootMismatch",
        ),
        case(
            "short",
            "The last hash is missing.",
            &proof(short, 300),
            "WrongLength",
        ),
        case(
            "long",
            "One hash too many.",
            &proof(long, 300),
            "WrongLength",
        ),
        case(
            "other-index",
            "The index is that of the neighbour.",
            &change("index 17", "index 16"),
            "RootMismatch",
        ),
        case(
            "index-beyond",
            "The index is the tree's size.",
            &change("index 17", "index 300"),
            "IndexOutOfRange",
        ),
        case(
            "other-tree",
            "The proof is of an older tree than the checkpoint.",
            &proof(hashes, 301),
            "RootMismatch",
        ),
        case(
            "leading-zero",
            "The index has a leading zero.",
            &change("index 17", "index 017"),
            "Malformed",
        ),
        case(
            "no-index",
            "The index line is missing.",
            &change("index 17\n", ""),
            "Malformed",
        ),
        case(
            "empty-extra",
            "An extra line without data.",
            &change("index", "extra \nindex"),
            "Malformed",
        ),
        case(
            "extra-after-index",
            "The extra line comes second.",
            &change("index 17\n", "index 17\nextra AQID\n"),
            "Malformed",
        ),
        case(
            "other-version",
            "The first line names version 2.",
            &change("@v1", "@v2"),
            "Malformed",
        ),
        case(
            "no-gap",
            "No empty line before the checkpoint.",
            &change("\n\nlog", "\nlog"),
            "Malformed",
        ),
        case(
            "forged-size",
            "The checkpoint's size changed after signing.",
            &change("\n300\n", "\n301\n"),
            "BadSignature",
        ),
    ]
}
