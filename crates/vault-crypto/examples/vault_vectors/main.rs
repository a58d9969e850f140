//! Writes the test vectors of the vault format, one case a file; the same bytes in every run.
//! `cargo run -p vault-crypto --example vault_vectors -- tests/vectors/vault`
#![allow(
    clippy::indexing_slicing,
    reason = "a wrong index here stops the generator, not a program"
)]
#![allow(
    clippy::unwrap_used,
    reason = "shared with the test that reads the vectors"
)]

mod slots;
#[path = "../../tests/vector_cases/mod.rs"]
mod vector_cases;

use std::path::PathBuf;
use std::{env, fs, io};

use serde_json::{Value, json};
use vector_cases::{bytes, hex, run};

/// The seed of BIP-39's last published 24-word vector, and its words.
const SEED: &str = "f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f";
const WORDS: &str = "void come effort suffer camp survey warrior heavy shoot primary clutch crush \
    open amazing screen patrol group space point ten exist slush involve unfold";
const PASSPHRASE: &str = "a quiet river under seven stones";

fn main() -> io::Result<()> {
    let folder = PathBuf::from(
        env::args()
            .nth(1)
            .unwrap_or("tests/vectors/vault".to_owned()),
    );
    fs::create_dir_all(&folder)?;
    let writer = Writer { folder };
    derivations(&writer)?;
    phrases(&writer)?;
    passphrases(&writer)?;
    records(&writer)?;
    manifests(&writer)?;
    slots::slots(&writer)?;
    digests(&writer)
}

/// Where vectors go.
struct Writer {
    folder: PathBuf,
}

impl Writer {
    /// Writes a case that succeeds, with its outputs, and returns these.
    fn good(&self, name: &str, about: &str, operation: &str, input: &Value) -> io::Result<Value> {
        let expect = run(operation, input);
        assert!(expect.get("refusal").is_none(), "{name}: {expect}");
        self.write(name, about, operation, input, &expect)?;
        Ok(expect)
    }

    /// Writes a case that is refused with `refusal`.
    fn bad(
        &self,
        name: &str,
        about: &str,
        operation: &str,
        input: &Value,
        refusal: &str,
    ) -> io::Result<()> {
        let expect = json!({ "refusal": refusal });
        assert_eq!(run(operation, input), expect, "{name}");
        self.write(name, about, operation, input, &expect)
    }

    fn write(
        &self,
        name: &str,
        about: &str,
        operation: &str,
        input: &Value,
        expect: &Value,
    ) -> io::Result<()> {
        let vector =
            json!({ "about": about, "operation": operation, "input": input, "expect": expect });
        fs::write(
            self.folder.join(format!("{name}.json")),
            format!("{vector:#}\n"),
        )
    }
}

/// A copy of an object with some members replaced.
fn with(base: &Value, changes: &[(&str, Value)]) -> Value {
    let mut changed = base.clone();
    for (name, value) in changes {
        changed[*name] = value.clone();
    }
    changed
}

/// A copy of a hexadecimal member with one bit flipped.
fn flipped(base: &Value, name: &str, at: usize) -> Value {
    let mut bad = bytes(base, name);
    bad[at] ^= 1;
    with(base, &[(name, json!(hex(&bad)))])
}

fn derivations(writer: &Writer) -> io::Result<()> {
    for (name, scope) in [
        ("agency", "https://fire.county.example"),
        ("circle", "circle:river-valley"),
        ("empty", ""),
    ] {
        let input = json!({ "seed": SEED, "scope": scope });
        let about = "Holder keys of one scope: HKDF-SHA256, salt assent/1.";
        writer.good(
            &format!("derive-{name}"),
            about,
            "derive_holder_keys",
            &input,
        )?;
    }
    Ok(())
}

fn phrases(writer: &Writer) -> io::Result<()> {
    let typed = |words: &str| json!({ "typed": words });
    let operation = "read_phrase";
    writer.good(
        "phrase-plain",
        "24 words are 32 bytes.",
        operation,
        &typed(WORDS),
    )?;
    let shouted = format!("  {}\n", WORDS.to_uppercase().replace(' ', " \t "));
    writer.good(
        "phrase-case-and-space",
        "Case and white space do not matter.",
        operation,
        &typed(&shouted),
    )?;
    let cases = [
        (
            "phrase-23-words",
            "A word is missing.",
            WORDS.replace(" unfold", ""),
            "word_count",
        ),
        (
            "phrase-25-words",
            "A word too many.",
            format!("{WORDS} zoo"),
            "word_count",
        ),
        (
            "phrase-empty",
            "Nothing was typed.",
            String::new(),
            "word_count",
        ),
        (
            "phrase-12-words",
            "A valid phrase of 128 bits is none of ours.",
            format!("{}about", "abandon ".repeat(11)),
            "word_count",
        ),
        (
            "phrase-unknown-word",
            "A misspelt word.",
            WORDS.replace("clutch", "cluch"),
            "unknown_word",
        ),
        (
            "phrase-swapped-words",
            "Two words swapped.",
            WORDS.replace("void come", "come void"),
            "checksum",
        ),
        (
            "phrase-other-word",
            "The last word is another one of the list.",
            WORDS.replace("unfold", "zoo"),
            "checksum",
        ),
    ];
    for (name, about, words, refusal) in cases {
        writer.bad(name, about, operation, &typed(&words), refusal)?;
    }
    Ok(())
}

fn passphrases(writer: &Writer) -> io::Result<()> {
    let typed = |text: &str| json!({ "typed": text });
    let operation = "prepare_passphrase";
    writer.good(
        "passphrase-decomposed",
        "An accent typed as a combining mark is composed (NFC).",
        operation,
        &typed("cafe\u{301}"),
    )?;
    writer.good(
        "passphrase-no-break-space",
        "Any space becomes U+0020.",
        operation,
        &typed("two\u{a0}words"),
    )?;
    writer.bad(
        "passphrase-empty",
        "Nothing was typed.",
        operation,
        &typed(""),
        "empty",
    )?;
    writer.bad(
        "passphrase-line-break",
        "A line break.",
        operation,
        &typed("a\nb"),
        "control_character",
    )?;
    writer.bad(
        "passphrase-too-long",
        "1,025 bytes.",
        operation,
        &typed(&"x".repeat(1025)),
        "too_long",
    )
}

fn records(writer: &Writer) -> io::Result<()> {
    let input = json!({
        "vault_key": hex(&[0x22; 32]), "vault_id": hex(&[0x11; 16]), "table": "record",
        "row": 258, "revision": 772, "nonce": hex(&[0x33; 24]),
        "kind": "profile", "key": "contact.phone", "value": hex(b"\"555-0100\""),
    });
    let about = "A record, padded to 64 bytes and sealed for its place.";
    let output = writer.good("record-seal", about, "seal_record", &input)?;
    let empty = with(
        &input,
        &[
            ("key", json!("")),
            ("value", json!("")),
            ("table", json!("chunk")),
        ],
    );
    writer.good(
        "record-seal-empty",
        "An empty key and value, in the other table.",
        "seal_record",
        &empty,
    )?;
    let no_kind = with(&input, &[("kind", json!(""))]);
    writer.bad(
        "record-no-kind",
        "A kind must not be empty.",
        "seal_record",
        &no_kind,
        "length",
    )?;

    let mut sealed = with(&input, &[("sealed", output["sealed"].clone())]);
    for name in ["kind", "key", "value"] {
        sealed.as_object_mut().map(|members| members.remove(name));
    }
    writer.good(
        "record-open",
        "The same record opened.",
        "open_record",
        &sealed,
    )?;
    let moved = [
        (
            "record-other-row",
            "Moved to another row.",
            ("row", json!(259)),
        ),
        (
            "record-other-table",
            "Moved to another table.",
            ("table", json!("chunk")),
        ),
        (
            "record-other-revision",
            "Said to be of an earlier commit.",
            ("revision", json!(771)),
        ),
        (
            "record-other-vault",
            "Moved to another vault.",
            ("vault_id", json!(hex(&[0x12; 16]))),
        ),
        (
            "record-other-key",
            "Opened with another key.",
            ("vault_key", json!(hex(&[0x23; 32]))),
        ),
        (
            "record-other-nonce",
            "Opened with another nonce.",
            ("nonce", json!(hex(&[0x34; 24]))),
        ),
        (
            "record-no-tag",
            "Shorter than a tag.",
            ("sealed", json!("00112233")),
        ),
    ];
    for (name, about, change) in moved {
        writer.bad(
            name,
            about,
            "open_record",
            &with(&sealed, &[change]),
            "not_authentic",
        )?;
    }
    let about = "One bit of the ciphertext flipped.";
    writer.bad(
        "record-flipped-bit",
        about,
        "open_record",
        &flipped(&sealed, "sealed", 9),
        "not_authentic",
    )?;
    malformed_records(writer, &sealed)
}

/// Genuine seals around contents that are no records.
fn malformed_records(writer: &Writer, base: &Value) -> io::Result<()> {
    let mut dirty = vec![0; 64];
    dirty[..9].copy_from_slice(&[1, 0, 0, 0, 0, 0, 1, b'k', b'v']);
    let good = dirty.clone();
    dirty[63] = 1;
    let mut long = good.clone();
    long[6] = 57;
    let mut not_utf8 = good.clone();
    not_utf8[7] = 0xff;
    let cases = [
        ("record-dirty-padding", "Padding that is not zero.", dirty),
        (
            "record-too-long-value",
            "A value longer than the content.",
            long,
        ),
        (
            "record-kind-not-utf8",
            "A kind that is not UTF-8.",
            not_utf8,
        ),
        (
            "record-unpadded",
            "Not padded to 64 bytes.",
            good[..9].to_vec(),
        ),
        ("record-no-content", "Nothing at all.", Vec::new()),
    ];
    for (name, about, content) in cases {
        let sealed = json!(hex(&reseal(base, content)));
        writer.bad(
            name,
            about,
            "open_record",
            &with(base, &[("sealed", sealed)]),
            "malformed",
        )?;
    }
    Ok(())
}

/// Seals any content under the key, place and nonce of `base`.
fn reseal(base: &Value, content: Vec<u8>) -> Vec<u8> {
    use vault_crypto::{Place, RowId, Table, VaultId, VaultKey, seal};
    let vault = VaultId(bytes(base, "vault_id").try_into().expect("16 bytes"));
    let key = VaultKey::from_bytes(bytes(base, "vault_key").try_into().expect("32 bytes"));
    let nonce = bytes(base, "nonce").try_into().expect("24 bytes");
    let place = Place {
        vault,
        table: Table::Record,
        row: RowId(258),
        revision: 772,
    };
    seal(&key, &place, &nonce, content)
}

fn manifests(writer: &Writer) -> io::Result<()> {
    let input = json!({
        "vault_key": hex(&[0x22; 32]), "vault_id": hex(&[0x11; 16]), "nonce": hex(&[0x44; 24]),
        "commit": 772, "rows": 3, "next_row": 259,
        "row_digest": hex(&[0x55; 32]), "slots_digest": hex(&[0x66; 32]),
    });
    let about = "The manifest of commit 772.";
    let output = writer.good("manifest-seal", about, "seal_manifest", &input)?;
    let mut sealed = with(&input, &[("sealed", output["sealed"].clone())]);
    for name in ["rows", "next_row", "row_digest", "slots_digest"] {
        sealed.as_object_mut().map(|members| members.remove(name));
    }
    let operation = "open_manifest";
    writer.good(
        "manifest-open",
        "The same manifest opened.",
        operation,
        &sealed,
    )?;
    let newer = with(&sealed, &[("commit", json!(773))]);
    writer.bad(
        "manifest-other-commit",
        "Said to be of a later commit.",
        operation,
        &newer,
        "not_authentic",
    )?;
    let other = with(&sealed, &[("vault_id", json!(hex(&[0x12; 16])))]);
    writer.bad(
        "manifest-other-vault",
        "Of another vault.",
        operation,
        &other,
        "not_authentic",
    )?;
    let bad = flipped(&sealed, "sealed", 100);
    writer.bad(
        "manifest-flipped-bit",
        "One bit of the tag flipped.",
        operation,
        &bad,
        "not_authentic",
    )
}

fn digests(writer: &Writer) -> io::Result<()> {
    let row = |table: &str, row: u64, byte: u8| json!({ "table": table, "row": row, "revision": row + 1, "nonce": hex(&[byte; 24]) });
    let rows = json!({ "rows": [
        row("record", 1, 1), row("record", 255, 2), row("record", 256, 3), row("chunk", 7, 4),
    ] });
    writer.good(
        "digest-rows",
        "Four rows in three blocks of two tables.",
        "digest_rows",
        &rows,
    )?;
    writer.good(
        "digest-no-rows",
        "No rows.",
        "digest_rows",
        &json!({ "rows": [] }),
    )?;
    let slots = json!({ "slots": [
        { "slot": 1, "bytes": hex(&[0xab; 118]) }, { "slot": 3, "bytes": "00" },
    ] });
    writer.good(
        "digest-slots",
        "Two slots, one of an unknown form.",
        "digest_slots",
        &slots,
    )?;
    Ok(())
}
