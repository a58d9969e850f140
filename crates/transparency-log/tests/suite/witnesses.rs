//! What goes to a witness and comes back (C2SP tlog-witness): its examples, and every status.

use transparency_log::{
    Checkpoint, NoteError, NoteSigner, SignedNote, VerifierKey,
    note::Cosigner,
    prove_consistency,
    witness::{
        AddCheckpoint, Answer, Response, WitnessError, add_checkpoint_request, parse_response,
    },
};

use crate::reference::tree;

const REQUEST: &str = "old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
";

#[test]
fn the_example_request_is_read_and_written_back() {
    let request: AddCheckpoint = REQUEST.parse().unwrap();
    assert_eq!(request.old_size, 20_852_014);
    assert_eq!(request.proof.len(), 4);
    assert_eq!(request.checkpoint.signatures().len(), 2);
    assert_eq!(request.to_string(), REQUEST);
    let body = add_checkpoint_request(request.old_size, &request.proof, &request.checkpoint);
    assert_eq!(body.as_deref(), Ok(REQUEST));
}

fn signed(size: u64) -> SignedNote {
    let log = NoteSigner::from_seed("log.example/one", &[1; 32]).unwrap();
    let checkpoint = Checkpoint::new("log.example/one", tree(size).head()).unwrap();
    checkpoint.sign(&log).unwrap()
}

fn witness() -> Cosigner {
    Cosigner::from_seed("witness.example/w1", &[2; 32]).unwrap()
}

fn keys() -> [VerifierKey; 1] {
    [witness().verifier_key().clone()]
}

fn answer(status: u16, content_type: Option<&str>, body: &str) -> Result<Answer, WitnessError> {
    let response = Response {
        status,
        content_type,
        body: body.as_bytes(),
    };
    parse_response(&response, &signed(5), &keys())
}

#[test]
fn a_request_to_a_new_witness_has_no_proof() {
    let proof = prove_consistency(&tree(5), 0, 5).unwrap();
    let body = add_checkpoint_request(0, &proof, &signed(5)).unwrap();
    assert!(body.starts_with("old 0\n\nlog.example/one\n5\n"));
    let with_proof = add_checkpoint_request(0, &[[1; 32]], &signed(5));
    assert_eq!(with_proof, Err(WitnessError::BadProof));
    let deep = vec![[1; 32]; 64];
    assert_eq!(
        add_checkpoint_request(3, &deep, &signed(5)),
        Err(WitnessError::BadProof)
    );
    assert!(add_checkpoint_request(3, &deep[..63], &signed(5)).is_ok());
}

#[test]
fn malformed_requests_are_refused() {
    for (from, to) in [
        ("old 2", "old 02"),
        ("old ", "Old "),
        ("old 20852014\n", ""),
        ("aw=", "aw"),
    ] {
        let body = REQUEST.replacen(from, to, 1);
        assert_eq!(
            body.parse::<AddCheckpoint>(),
            Err(WitnessError::Malformed),
            "{to}"
        );
    }
    let from_nothing = REQUEST.replace("old 20852014", "old 0");
    assert_eq!(
        from_nothing.parse::<AddCheckpoint>(),
        Err(WitnessError::BadProof)
    );
    let no_checkpoint = REQUEST.replace("20852163\n", "x\n");
    assert!(matches!(
        no_checkpoint.parse::<AddCheckpoint>(),
        Err(WitnessError::Checkpoint(_))
    ));
}

#[test]
fn cosignatures_of_known_keys_are_taken() {
    let line = witness().cosign(&signed(5), 77).unwrap();
    let stranger = Cosigner::from_seed("witness.example/w2", &[3; 32]).unwrap();
    let other = stranger.cosign(&signed(5), 78).unwrap();
    let cosigned = answer(200, None, &format!("{other}\n{line}\n"));
    assert_eq!(cosigned, Ok(Answer::Cosigned(vec![line.clone()])));
    assert_eq!(
        answer(200, None, &format!("{other}\n")),
        Err(WitnessError::NoCosignature)
    );

    let mut note = signed(5);
    note.add(line).unwrap();
    assert_eq!(note.verify(&keys()).unwrap()[0].time, Some(77));
}

#[test]
fn a_cosignature_of_another_checkpoint_or_without_time_is_refused() {
    let bad = Err(WitnessError::Note(NoteError::BadSignature(
        "witness.example/w1".into(),
    )));
    let other = witness().cosign(&signed(6), 77).unwrap();
    assert_eq!(answer(200, None, &format!("{other}\n")), bad);
    let timeless = witness().cosign(&signed(5), 0).unwrap();
    assert_eq!(answer(200, None, &format!("{timeless}\n")), bad);
}

#[test]
fn a_conflict_names_the_size_to_start_from() {
    assert_eq!(
        answer(409, Some("text/x.tlog.size"), "4\n"),
        Ok(Answer::OldSize(4))
    );
    assert_eq!(
        answer(409, Some("Text/X.Tlog.Size; charset=utf-8"), "0\n"),
        Ok(Answer::OldSize(0))
    );
    for body in [
        "4",
        "04\n",
        "\n",
        "",
        "-4\n",
        "4\n\n",
        "4\r\n",
        "18446744073709551616\n",
    ] {
        let refused = answer(409, Some("text/x.tlog.size"), body);
        assert_eq!(refused, Err(WitnessError::Malformed), "{body:?}");
    }
    assert_eq!(
        answer(409, Some("text/plain"), "4\n"),
        Err(WitnessError::UnexpectedStatus(409))
    );
    assert_eq!(
        answer(409, None, "4\n"),
        Err(WitnessError::UnexpectedStatus(409))
    );
}

#[test]
fn every_refusal_has_its_error() {
    assert_eq!(answer(400, None, ""), Err(WitnessError::BadRequest));
    assert_eq!(answer(403, None, ""), Err(WitnessError::Forbidden));
    assert_eq!(answer(404, None, ""), Err(WitnessError::UnknownLog));
    assert_eq!(answer(422, None, ""), Err(WitnessError::Inconsistent));
    assert_eq!(
        answer(503, None, ""),
        Err(WitnessError::UnexpectedStatus(503))
    );
    assert_eq!(
        answer(204, None, ""),
        Err(WitnessError::UnexpectedStatus(204))
    );
}

#[test]
fn a_malformed_answer_is_refused() {
    let line = witness().cosign(&signed(5), 77).unwrap().to_string();
    assert_eq!(answer(200, None, ""), Err(WitnessError::Malformed));
    assert_eq!(answer(200, None, &line), Err(WitnessError::Malformed));
    assert_eq!(
        answer(200, None, &format!("{line}\n").repeat(65)),
        Err(WitnessError::Malformed)
    );
    let gap = answer(200, None, &format!("{line}\n\n"));
    assert_eq!(gap, Err(WitnessError::Note(NoteError::MalformedSignature)));
    let response = Response {
        status: 200,
        content_type: None,
        body: &[0xff, b'\n'],
    };
    let refused = parse_response(&response, &signed(5), &keys());
    assert_eq!(refused, Err(WitnessError::Malformed));
}
