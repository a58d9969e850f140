//! Signed notes: the examples of C2SP signed-note and the rules around them.

use transparency_log::{
    NoteError, NoteSigner, SignedNote, VerifierKey,
    note::{Cosigner, MAX_SIGNATURES, NoteSignature, SignatureType},
};

const VKEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const NOTE: &str = "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

fn key() -> VerifierKey {
    VKEY.parse().unwrap()
}

fn signer(name: &str, seed: u8) -> NoteSigner {
    NoteSigner::from_seed(name, &[seed; 32]).unwrap()
}

#[test]
fn the_example_verifies() {
    let note: SignedNote = NOTE.parse().unwrap();
    let keys = [key()];
    let verified = note.verify(&keys).unwrap();
    assert_eq!(verified.len(), 1);
    assert_eq!(verified[0].time, None);
    assert_eq!(note.text(), "This is an example message.\n");
    assert_eq!(note.to_string(), NOTE);
    assert_eq!(key().to_string(), VKEY);
    assert_eq!((key().name(), key().id()), ("example.com/foo", 0x530d_903a));
}

#[test]
fn the_poem_parses_with_its_blank_line_in_the_text() {
    let poem = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";
    let note: SignedNote = poem.parse().unwrap();
    assert!(note.text().ends_with("sole:\n\ned è subito sera.\n"));
    assert_eq!(note.signatures()[0].name(), "quasimodo.example/salvatore");
    assert_eq!(note.signatures()[0].key_id(), 0x367b_a04b);
    assert_eq!(note.to_string(), poem);
    assert_eq!(note.verify(&[key()]), Err(NoteError::NoKnownSignature));
}

#[test]
fn one_changed_letter_spoils_the_note() {
    let note: SignedNote = NOTE.replace("This", "Thus").parse().unwrap();
    let spoilt = Err(NoteError::BadSignature("example.com/foo".into()));
    assert_eq!(note.verify(&[key()]), spoilt);
}

#[test]
fn one_bad_signature_of_a_known_key_spoils_the_good_ones() {
    let (one, two) = (signer("one.example", 1), signer("two.example", 2));
    let keys = [one.verifier_key().clone(), two.verifier_key().clone()];
    let mut note = one.sign("text\n".into()).unwrap();
    note.add(two.sign("other\n".into()).unwrap().signatures()[0].clone())
        .unwrap();
    assert_eq!(
        note.verify(&keys),
        Err(NoteError::BadSignature("two.example".into()))
    );
    assert_eq!(note.verify(&keys[..1]).unwrap().len(), 1);

    let twice = format!("{NOTE}{}\n", bad_line(&NOTE[29..]));
    let note: SignedNote = twice.parse().unwrap();
    assert_eq!(note.signatures().len(), 2);
    let spoilt = Err(NoteError::BadSignature("example.com/foo".into()));
    assert_eq!(note.verify(&[key()]), spoilt);
}

/// A line of the example's key with another signature.
fn bad_line(line: &str) -> String {
    line.trim().replace("Uw2QOkn8", "Uw2QOkn9")
}

#[test]
fn keys_with_only_the_name_or_only_the_id_in_common_are_unknown() {
    let same_name = signer("example.com/foo", 9).verifier_key().clone();
    let note: SignedNote = NOTE.parse().unwrap();
    assert_eq!(note.verify(&[same_name]), Err(NoteError::NoKnownSignature));
    let renamed: SignedNote = NOTE.replace("com/foo", "com/bar").parse().unwrap();
    assert_eq!(renamed.verify(&[key()]), Err(NoteError::NoKnownSignature));
}

#[test]
fn verifier_keys_are_read_strictly() {
    let refuse = |vkey: &str, error: NoteError| assert_eq!(vkey.parse::<VerifierKey>(), Err(error));
    refuse(
        &VKEY.replace("530d903a", "530d903b"),
        NoteError::KeyIdMismatch,
    );
    refuse(
        &VKEY.replace("530d903a", "530D903A"),
        NoteError::KeyIdMismatch,
    );
    refuse(&VKEY.replace("foo", "fop"), NoteError::KeyIdMismatch);
    refuse(&VKEY.replace("com/foo", "com foo"), NoteError::BadKeyName);
    refuse("", NoteError::MalformedKey);
    refuse("name", NoteError::MalformedKey);
    refuse("name+00000000", NoteError::MalformedKey);
    refuse("name+00000000+", NoteError::MalformedKey);
    refuse("name+00000000+AQ==", NoteError::MalformedKey);
    refuse("name+00000000+Ag==", NoteError::UnsupportedType);
    refuse(&format!("{VKEY}="), NoteError::MalformedKey);
    refuse(
        "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        NoteError::BadKeyName,
    );
}

#[test]
fn points_of_small_order_and_second_spellings_are_no_keys() {
    let mut identity = [0; 32];
    identity[0] = 1;
    // p + 3 names the same point as 3, which is a point of large order.
    let mut second_spelling = [0xff; 32];
    second_spelling[0] = 0xf0;
    second_spelling[31] = 0x7f;
    let mut off_the_curve = [0; 32];
    off_the_curve[0] = 2;
    for point in [identity, second_spelling, off_the_curve] {
        let key = VerifierKey::new("name", SignatureType::Ed25519, &point);
        assert_eq!(key, Err(NoteError::MalformedKey));
    }
}

#[test]
fn names_have_no_spaces_and_no_plus() {
    for name in [
        "",
        "a b",
        "a+b",
        "a\u{a0}b",
        "a\u{2003}b",
        "a\nb",
        "a\tb",
        "a\u{1}b",
    ] {
        let signer = NoteSigner::from_seed(name, &[1; 32]);
        assert_eq!(signer.err(), Some(NoteError::BadKeyName), "{name:?}");
    }
}

#[test]
fn malformed_notes_are_refused() {
    let refuse = |note: &str, error| assert_eq!(note.parse::<SignedNote>(), Err(error), "{note:?}");
    refuse("", NoteError::Malformed);
    refuse("text\n", NoteError::Malformed);
    refuse("text\n\n", NoteError::Malformed);
    refuse("text\n\n\n", NoteError::Malformed);
    refuse(NOTE.trim_end(), NoteError::Malformed);
    refuse(&NOTE.replace('\n', "\r\n"), NoteError::Malformed);
    refuse(&NOTE.replace("is an", "is\tan"), NoteError::Malformed);
    refuse(&NOTE.replace("is an", "is\0an"), NoteError::Malformed);
    refuse(&NOTE.replace('—', "-"), NoteError::MalformedSignature);
    refuse(&NOTE.replace("— ", "—"), NoteError::MalformedSignature);
    refuse(
        &NOTE.replace("foo ", "foo  "),
        NoteError::MalformedSignature,
    );
    refuse(&NOTE.replace("QM=", "QM"), NoteError::MalformedSignature);
    refuse(&NOTE.replace("QM=", "QN="), NoteError::MalformedSignature);
    refuse(&NOTE.replace("QM=", "QM= "), NoteError::MalformedSignature);
    refuse("text\n\n— name AAAAAA==\n", NoteError::MalformedSignature);
    refuse("text\n\n— na+me AAAAAAA=\n", NoteError::BadKeyName);
    refuse("text\n\n—  AAAAAAA=\n", NoteError::BadKeyName);
}

#[test]
fn sixteen_signatures_are_read_and_too_many_are_not() {
    let lines = |count: usize| {
        let lines: String = (0..count).map(|n| format!("— key{n} AAAAAAA=\n")).collect();
        format!("text\n\n{lines}").parse::<SignedNote>()
    };
    assert_eq!(lines(16).unwrap().signatures().len(), 16);
    assert_eq!(
        lines(MAX_SIGNATURES).unwrap().signatures().len(),
        MAX_SIGNATURES
    );
    assert_eq!(lines(MAX_SIGNATURES + 1), Err(NoteError::TooLong));
    let post_quantum = format!("— key {}\n", "A".repeat(4 * 1250 + 4)).repeat(16);
    assert!(
        format!("text\n\n{post_quantum}")
            .parse::<SignedNote>()
            .is_ok()
    );
    assert_eq!(
        format!("{}{NOTE}", "x".repeat(300_000)).parse::<SignedNote>(),
        Err(NoteError::TooLong)
    );
}

#[test]
fn a_text_must_end_in_a_newline() {
    let signer = signer("name", 1);
    assert_eq!(signer.sign("text".into()), Err(NoteError::Malformed));
    assert_eq!(signer.sign(String::new()), Err(NoteError::Malformed));
    assert_eq!(signer.sign("a\rb\n".into()), Err(NoteError::Malformed));
    let note = signer.sign("\n\n— x AAAAAAA=\n".into()).unwrap();
    assert_eq!(note.to_string().parse::<SignedNote>().unwrap(), note);
}

#[test]
fn a_cosignature_covers_its_time() {
    let cosigner = Cosigner::from_seed("witness.example/w1", &[5; 32]).unwrap();
    let mut note = signer("log.example", 1)
        .sign("log.example\n1\nroot\n".into())
        .unwrap();
    let line = cosigner.cosign(&note, 1_679_315_147).unwrap();
    note.add(line.clone()).unwrap();
    let keys = [cosigner.verifier_key().clone()];
    assert_eq!(note.verify(&keys).unwrap()[0].time, Some(1_679_315_147));
    assert_eq!(keys[0].to_string().parse::<VerifierKey>().unwrap(), keys[0]);

    let mut bytes = line.as_bytes().to_vec();
    bytes[7] ^= 1;
    note.add(line_of(&line, &bytes)).unwrap();
    let spoilt = Err(NoteError::BadSignature("witness.example/w1".into()));
    assert_eq!(note.verify(&keys), spoilt);
    note.add(line_of(&line, &bytes[..71])).unwrap();
    assert_eq!(note.verify(&keys), spoilt);
    let beyond = cosigner.cosign(&note, 1 << 63);
    assert_eq!(beyond, Err(NoteError::TimeOutOfRange));
}

#[test]
fn a_time_beyond_63_bits_is_refused_though_it_is_signed() {
    use ed25519_dalek::{Signer, SigningKey};
    let cosigner = Cosigner::from_seed("witness.example/w1", &[5; 32]).unwrap();
    let mut note = signer("log.example", 1).sign("text\n".into()).unwrap();
    let line = cosigner.cosign(&note, 1).unwrap();
    for (time, accepted) in [((1 << 63) - 1, true), (1_u64 << 63, false)] {
        let message = format!("cosignature/v1\ntime {time}\ntext\n");
        let signature = SigningKey::from_bytes(&[5; 32]).sign(message.as_bytes());
        let bytes = [&time.to_be_bytes()[..], &signature.to_bytes()].concat();
        note.add(line_of(&line, &bytes)).unwrap();
        let keys = [cosigner.verifier_key().clone()];
        assert_eq!(note.verify(&keys).is_ok(), accepted, "{time}");
    }
}

/// The same key's line with other bytes.
fn line_of(line: &NoteSignature, bytes: &[u8]) -> NoteSignature {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let value = [&line.key_id().to_be_bytes(), bytes].concat();
    format!("— {} {}", line.name(), STANDARD.encode(value))
        .parse()
        .unwrap()
}

#[test]
fn a_newer_cosignature_replaces_the_older() {
    let cosigner = Cosigner::from_seed("witness.example/w1", &[5; 32]).unwrap();
    let mut note = signer("log.example", 1).sign("text\n".into()).unwrap();
    for time in [100, 200] {
        note.add(cosigner.cosign(&note, time).unwrap()).unwrap();
    }
    assert_eq!(note.signatures().len(), 2);
    let keys = [cosigner.verifier_key().clone()];
    assert_eq!(note.verify(&keys).unwrap()[0].time, Some(200));
}

#[test]
fn the_two_types_of_one_key_differ() {
    let note = signer("name", 5).sign("text\n".into()).unwrap();
    let cosigner = Cosigner::from_seed("name", &[5; 32]).unwrap();
    assert_eq!(
        note.verify(&[cosigner.verifier_key().clone()]),
        Err(NoteError::NoKnownSignature)
    );
}

#[test]
fn secrets_do_not_print() {
    let shown = format!("{:?}", signer("name", 5));
    assert_eq!(
        shown,
        format!("NoteSigner({})", signer("name", 5).verifier_key())
    );
}
