//! Notes and checkpoints.

use transparency_log::{Checkpoint, NoteSigner, SignedNote, TreeHead};

use super::{Case, ORIGIN, checkpoint, cosign, cosignature, sign, signed_case};

pub(super) fn notes() -> Vec<Case> {
    let good = cosign(sign("A text of two lines,\n\nwith a gap.\n".into())).to_string();
    let case = |name, about, text: &str, expect| signed_case("note", name, about, text, expect);
    let no_blank = good
        .replacen("gap.\n\n", "gap.\n", 1)
        .replacen(",\n\n", ",\n", 1);
    let stranger = NoteSigner::from_seed(ORIGIN, &[0x33; 32]).expect("the name is allowed");
    let by_stranger = stranger
        .sign("A text.\n".into())
        .expect("the text is a note's");
    let both = format!("{}{}\n", good, by_stranger.signatures()[0]);
    let many = "— other.example AAAAAAA=\n".repeat(65);
    vec![
        case(
            "accepted",
            "Signed by the log and cosigned.",
            &good,
            "accepted",
        ),
        case(
            "unknown-key-ignored",
            "A third signature by a key of the same name and another id is ignored.",
            &both,
            "accepted",
        ),
        case(
            "unknown-key-only",
            "The only key has the log's name and another id.",
            &by_stranger.to_string(),
            "NoKnownSignature",
        ),
        case(
            "changed-text",
            "One letter of the text changed.",
            &good.replacen("two", "too", 1),
            "BadSignature",
        ),
        case(
            "no-final-newline",
            "The last newline is missing.",
            good.trim_end(),
            "Malformed",
        ),
        case(
            "no-blank-line",
            "No blank line before the signatures.",
            &no_blank,
            "Malformed",
        ),
        case(
            "no-signature",
            "A text and a blank line, nothing below.",
            "A text.\n\n",
            "Malformed",
        ),
        case(
            "carriage-returns",
            "Lines end in CR LF.",
            &good.replace('\n', "\r\n"),
            "Malformed",
        ),
        case(
            "control-character",
            "A tab in the text.",
            &good.replacen(" of ", "\tof\t", 1),
            "Malformed",
        ),
        case(
            "hyphen",
            "A signature line starts with a hyphen, not an em dash.",
            &good.replacen('—', "-", 1),
            "MalformedSignature",
        ),
        case(
            "no-padding",
            "A signature's base64 lacks its padding.",
            &good.replacen("=\n", "\n", 1),
            "MalformedSignature",
        ),
        case(
            "too-many-signatures",
            "More than 64 signatures.",
            &format!("{good}{many}"),
            "TooLong",
        ),
        case(
            "bad-cosignature",
            "The known witness's line is of another text.",
            &with_cosignature_of_another_text(),
            "BadSignature",
        ),
    ]
}

fn with_cosignature_of_another_text() -> String {
    let mut note = sign("A text.\n".into());
    note.add(cosignature(&sign("Another.\n".into())))
        .expect("the note has room");
    note.to_string()
}

pub(super) fn checkpoints() -> Vec<Case> {
    let case = |name, about, note: &SignedNote, expect| {
        signed_case("checkpoint", name, about, &note.to_string(), expect)
    };
    let good = checkpoint(300);
    let changed = |from: &str, to: &str| {
        let text = good.text().replacen(from, to, 1);
        assert_ne!(text, good.text(), "{from}");
        cosign(sign(text))
    };
    let mut unsigned = good.text().to_owned();
    unsigned = format!("{unsigned}\n{}\n", cosignature(&good));
    let extended = cosign(sign(format!("{}extension line\n", good.text())));
    let gap = cosign(sign(format!("{}\nextension line\n", good.text())));
    let empty = Checkpoint::new(ORIGIN, TreeHead::EMPTY).expect("the origin is allowed");
    let forged = cosign(sign(empty.to_string().replacen("47DEQpj8", "47DEQpj9", 1)));
    vec![
        case("accepted", "300 entries, one witness.", &good, "accepted"),
        case(
            "empty-tree",
            "The tree without entries.",
            &cosign(sign(empty.to_string())),
            "accepted",
        ),
        case(
            "extension-line",
            "A line after the root is kept and means nothing.",
            &extended,
            "accepted",
        ),
        case(
            "empty-tree-other-root",
            "Size 0 with a root that is not the hash of nothing.",
            &forged,
            "EmptyTreeRoot",
        ),
        case(
            "other-origin",
            "Signed by the log's key over the origin of another log.",
            &changed("consents", "others"),
            "WrongOrigin",
        ),
        case(
            "leading-zero",
            "The size has a leading zero.",
            &changed("\n300\n", "\n0300\n"),
            "Malformed",
        ),
        case(
            "plus-sign",
            "The size has a plus sign.",
            &changed("\n300\n", "\n+300\n"),
            "Malformed",
        ),
        case(
            "size-too-large",
            "The size does not fit in 64 bits.",
            &changed("\n300\n", "\n18446744073709551616\n"),
            "Malformed",
        ),
        case(
            "short-root",
            "The root is not 32 bytes.",
            &changed("=\n", "\n"),
            "Malformed",
        ),
        case(
            "gap",
            "An empty line before an extension line.",
            &gap,
            "Malformed",
        ),
        case(
            "two-lines",
            "No root.",
            &cosign(sign(format!("{ORIGIN}\n300\n"))),
            "Malformed",
        ),
        signed_case(
            "checkpoint",
            "witness-only",
            "Cosigned by the witness, not signed by the log.",
            &unsigned,
            "NotSignedByLog",
        ),
    ]
}
