//! The tlog-proof text: the example of C2SP tlog-proof, and proofs that must not verify.

use transparency_log::{
    Checkpoint, CheckpointError, NoteSigner, ProofError, TlogProof, TlogProofError, leaf_hash,
    proof::proof_text, prove_inclusion,
};

use crate::reference::tree;

/// The specification's example. Its signatures are elided and its extra line is not valid base64, so both
/// are completed here.
const EXAMPLE: &str = "c2sp.org/tlog-proof@v1
extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6
index 73894
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=
RoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=
AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=

example.com/fancylog
109482
sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

— example.com/fancylog hI2DJwAA
— witness1.example mJIrkgAA
";

fn log() -> NoteSigner {
    NoteSigner::from_seed("log.example/one", &[1; 32]).unwrap()
}

fn proof(size: u64, index: u64) -> TlogProof {
    let tree = tree(size);
    let note = Checkpoint::new("log.example/one", tree.head()).unwrap();
    let hashes = prove_inclusion(&tree, size, index).unwrap();
    TlogProof::new(index, hashes, note.sign(&log()).unwrap()).unwrap()
}

#[test]
fn the_example_is_read_and_written_back() {
    let proof: TlogProof = EXAMPLE.parse().unwrap();
    assert_eq!(proof.index(), 73_894);
    assert_eq!(proof.hashes().len(), 5);
    assert_eq!(proof.extra(), b"age-v1.2.1-darwin-arm64.tar.gz");
    assert_eq!(
        proof.checkpoint().signatures()[1].name(),
        "witness1.example"
    );
    assert_eq!(proof.to_string(), EXAMPLE);
}

#[test]
fn a_proof_verifies_for_its_entry_only() {
    for (size, index) in [(1, 0), (2, 0), (5, 4), (256, 255), (300, 17)] {
        let proof = proof(size, index);
        let read: TlogProof = proof.to_string().parse().unwrap();
        assert_eq!(read, proof);
        let leaf = leaf_hash(index.to_string().as_bytes());
        let verified = read.verify(&leaf, log().verifier_key(), &[]).unwrap();
        assert_eq!(verified.head(), tree(size).head());
        let other = read.verify(&leaf_hash(b"other"), log().verifier_key(), &[]);
        assert_eq!(
            other,
            Err(TlogProofError::Inclusion(ProofError::RootMismatch))
        );
    }
}

#[test]
fn the_quick_form_is_the_same_text() {
    let proof = proof(300, 17);
    let checkpoint = proof.checkpoint().to_string();
    assert_eq!(
        proof_text(17, proof.hashes(), &checkpoint),
        proof.to_string()
    );
}

#[test]
fn another_log_or_index_is_refused() {
    let proof = proof(300, 17);
    let leaf = leaf_hash(b"17");
    let stranger = NoteSigner::from_seed("log.example/one", &[9; 32]).unwrap();
    let verdict = proof.verify(&leaf, stranger.verifier_key(), &[]);
    assert_eq!(
        verdict,
        Err(TlogProofError::Checkpoint(CheckpointError::NotSignedByLog))
    );
    for index in ["16", "18", "299", "300", "18446744073709551615"] {
        let text = proof
            .to_string()
            .replace("index 17", &format!("index {index}"));
        let moved: TlogProof = text.parse().unwrap();
        assert!(
            moved.verify(&leaf, log().verifier_key(), &[]).is_err(),
            "{index}"
        );
    }
}

#[test]
fn extra_data_is_kept_and_never_empty() {
    let plain = proof(5, 1);
    let note = plain.checkpoint().clone();
    let with = TlogProof::with_extra(vec![1, 2], 1, plain.hashes().to_vec(), note).unwrap();
    assert_eq!(with.to_string().lines().nth(1), Some("extra AQI="));
    assert_eq!(
        with.to_string().parse::<TlogProof>().unwrap().extra(),
        [1, 2]
    );
    let empty = plain.to_string().replacen("index", "extra \nindex", 1);
    assert_eq!(empty.parse::<TlogProof>(), Err(TlogProofError::Malformed));
}

#[test]
fn malformed_proofs_are_refused() {
    let good = proof(5, 1).to_string();
    assert!(good.parse::<TlogProof>().is_ok());
    let changed = [
        ("@v1", "@v2"),
        ("@v1\n", "@v1\r\n"),
        ("@v1\n", "@v1\n\n"),
        ("index 1", "index 01"),
        ("index 1", "index  1"),
        ("index 1", "Index 1"),
        ("index 1", "index -1"),
        ("index 1\n", ""),
        ("index 1", "index 1\nindex 1"),
        ("index 1", "extra AA=\nindex 1"),
        ("index 1", "extra AAA=\nextra AAA=\nindex 1"),
        ("index 1\n", "index 1\nAAAA\n"),
    ];
    for (from, to) in changed {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good);
        assert_eq!(
            text.parse::<TlogProof>(),
            Err(TlogProofError::Malformed),
            "{text}"
        );
    }
    let no_gap = good.replacen("\n\nlog.example", "\nlog.example", 1);
    assert_eq!(no_gap.parse::<TlogProof>(), Err(TlogProofError::Malformed));
    let long_gap = good.replacen("\n\nlog.example", "\n\n\nlog.example", 1);
    assert!(matches!(
        long_gap.parse::<TlogProof>(),
        Err(TlogProofError::Checkpoint(_))
    ));
    let no_end = good.trim_end();
    assert!(matches!(
        no_end.parse::<TlogProof>(),
        Err(TlogProofError::Note(_))
    ));
    let too_deep = good.replacen(
        "index 1\n",
        &format!("index 1\n{}", hash_line().repeat(63)),
        1,
    );
    assert_eq!(
        too_deep.parse::<TlogProof>(),
        Err(TlogProofError::Malformed)
    );
}

fn hash_line() -> String {
    format!("{}=\n", "A".repeat(43))
}
