//! Checkpoints: the examples of C2SP tlog-checkpoint and tlog-cosignature, and who must have signed.

use transparency_log::{
    Checkpoint, CheckpointError, NoteError, NoteSigner, SignedNote, TreeHead, note::Cosigner,
};

use crate::reference::tree;

const COSIGNED: &str = "example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
";

#[test]
fn the_example_is_read_and_written_back() {
    let note: SignedNote = COSIGNED.parse().unwrap();
    let checkpoint: Checkpoint = note.text().parse().unwrap();
    assert_eq!(checkpoint.origin(), "example.com/behind-the-sofa");
    assert_eq!(checkpoint.size(), 20_852_163);
    assert!(checkpoint.extensions().is_empty());
    assert_eq!(checkpoint.to_string(), note.text());
    assert_eq!(note.to_string(), COSIGNED);
    let time = note.signatures()[1].as_bytes()[..8].try_into().unwrap();
    assert_eq!(u64::from_be_bytes(time), 1_679_315_147);
}

fn log() -> NoteSigner {
    NoteSigner::from_seed("log.example/one", &[1; 32]).unwrap()
}

fn witness(name: &str) -> Cosigner {
    Cosigner::from_seed(name, &[2; 32]).unwrap()
}

fn signed() -> SignedNote {
    let checkpoint = Checkpoint::new("log.example/one", tree(5).head()).unwrap();
    checkpoint.sign(&log()).unwrap()
}

#[test]
fn a_log_signs_under_its_own_name_only() {
    let checkpoint = Checkpoint::new("log.example/two", tree(5).head()).unwrap();
    assert_eq!(checkpoint.sign(&log()), Err(CheckpointError::WrongOrigin));
    let bad = Checkpoint::new("log example", tree(5).head());
    assert_eq!(bad, Err(CheckpointError::Note(NoteError::BadKeyName)));
}

#[test]
fn opening_names_the_known_witnesses() {
    let (known, unknown) = (witness("w1.example"), witness("w2.example"));
    let mut note = signed();
    note.add(known.cosign(&note, 10).unwrap()).unwrap();
    note.add(unknown.cosign(&note, 11).unwrap()).unwrap();
    let keys = [known.verifier_key().clone()];
    let opened = Checkpoint::open(&note, log().verifier_key(), &keys).unwrap();
    assert_eq!(opened.head(), tree(5).head());
    assert_eq!(opened.cosignatures().len(), 1);
    assert_eq!(opened.cosignatures()[0].witness, "w1.example");
    assert_eq!(opened.cosignatures()[0].time, 10);
    assert_eq!(opened.checkpoint().origin(), "log.example/one");
}

#[test]
fn a_bad_cosignature_of_a_known_witness_refuses_the_checkpoint() {
    let known = witness("w1.example");
    let mut note = signed();
    let other = log().sign("log.example/one\n6\n".into()).unwrap();
    note.add(known.cosign(&other, 10).unwrap()).unwrap();
    let keys = [known.verifier_key().clone()];
    let opened = Checkpoint::open(&note, log().verifier_key(), &keys);
    let expected = NoteError::BadSignature("w1.example".into());
    assert_eq!(opened, Err(CheckpointError::Note(expected)));
}

#[test]
fn only_the_log_speaks_for_the_log() {
    let note = signed();
    let other = NoteSigner::from_seed("log.example/two", &[1; 32]).unwrap();
    let opened = Checkpoint::open(&note, other.verifier_key(), &[]);
    assert_eq!(opened, Err(CheckpointError::WrongOrigin));
    let stranger = NoteSigner::from_seed("log.example/one", &[9; 32]).unwrap();
    let opened = Checkpoint::open(&note, stranger.verifier_key(), &[]);
    assert_eq!(opened, Err(CheckpointError::NotSignedByLog));
    let as_witness = Cosigner::from_seed("log.example/one", &[1; 32]).unwrap();
    let mut note = note;
    note.add(as_witness.cosign(&note, 5).unwrap()).unwrap();
    let opened = Checkpoint::open(&note, as_witness.verifier_key(), &[]);
    assert_eq!(opened, Err(CheckpointError::NotSignedByLog));
}

#[test]
fn extension_lines_of_others_are_kept() {
    let text = format!("{}ext one\n\u{e9}xt two\n", signed().text());
    let checkpoint: Checkpoint = text.parse().unwrap();
    assert_eq!(checkpoint.extensions(), ["ext one", "\u{e9}xt two"]);
    assert_eq!(checkpoint.to_string(), text);
}

#[test]
fn malformed_checkpoints_are_refused() {
    let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    let cases = [
        String::new(),
        "origin\n1\n".into(),
        format!("\n1\n{root}\n"),
        format!("origin\n1\n{root}"),
        format!("origin\n01\n{root}\n"),
        format!("origin\n+1\n{root}\n"),
        format!("origin\n-1\n{root}\n"),
        format!("origin\n\n{root}\n"),
        format!("origin\n1 \n{root}\n"),
        format!("origin\n18446744073709551616\n{root}\n"),
        format!("origin\n1\n{}\n", root.trim_end_matches('=')),
        format!("origin\n1\n{}\n", root.replace("2I=", "2J=")),
        format!("origin\n1\n{}\n", root.replace('+', "-").replace('/', "_")),
        "origin\n1\nAAAA\n".into(),
        format!("origin\n1\n{root}\n\n"),
        format!("origin\n1\n{root}\next\n\n"),
        format!("origin\n1\n{root}\n\next\n"),
        format!("origin\n1\n{root}\next"),
    ];
    for text in cases {
        assert_eq!(
            text.parse::<Checkpoint>(),
            Err(CheckpointError::Malformed),
            "{text:?}"
        );
    }
    assert!(
        format!("origin with spaces\n18446744073709551615\n{root}\n")
            .parse::<Checkpoint>()
            .is_ok()
    );
}

#[test]
fn the_empty_tree_has_one_root() {
    let forged = TreeHead {
        size: 0,
        root: [1; 32],
    };
    let empty = Checkpoint::new("log.example/one", TreeHead::EMPTY).unwrap();
    assert_eq!(empty.to_string().parse(), Ok(empty.clone()));
    assert_eq!(
        Checkpoint::new("log.example/one", forged),
        Err(CheckpointError::EmptyTreeRoot)
    );
    let text = empty.to_string().replace("47DEQpj8", "47DEQpj9");
    assert_eq!(
        text.parse::<Checkpoint>(),
        Err(CheckpointError::EmptyTreeRoot)
    );
}
