//! Every file of `tests/vectors/log`: the verdict that it states, and that it is what its generator writes.

#[path = "../../examples/log-vectors/cases/mod.rs"]
mod cases;

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use transparency_log::{
    Checkpoint, Hash, NoteError, SignedNote, TlogProof, TlogProofError, VerifierKey,
    entries::decode_bundle,
    tile::{Resource, TileError},
};

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Case {
    Note(Signed),
    Checkpoint(Signed),
    Proof(Signed),
    Path { path: String },
    Bundle { bytes: String, width: u16 },
}

#[derive(Deserialize)]
struct Signed {
    log_key: String,
    witness_keys: Vec<String>,
    text: String,
    leaf: Option<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/log")
}

#[test]
fn every_case_has_its_verdict() {
    let mut refusals = 0;
    let files = files();
    for path in &files {
        let file: serde_json::Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let verdict = verdict(&serde_json::from_value(file.clone()).unwrap());
        assert_eq!(file["expect"], verdict, "{}", path.display());
        refusals += usize::from(verdict != "accepted");
    }
    println!("{} cases, {refusals} refusals", files.len());
    assert!(refusals > 40);
}

#[test]
fn the_files_are_what_the_generator_writes() {
    let mut written: Vec<_> = cases::all()
        .iter()
        .map(|(name, case)| (folder().join(name), cases::text(case)))
        .collect();
    written.sort();
    let mut files = files();
    files.sort();
    let read: Vec<_> = files
        .into_iter()
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect();
    assert_eq!(
        read, written,
        "run `cargo run -p transparency-log --example log-vectors`"
    );
}

fn files() -> Vec<PathBuf> {
    let kinds = ["note", "checkpoint", "proof", "path", "bundle"];
    let read = |kind: &str| fs::read_dir(folder().join(kind)).unwrap();
    let files = kinds.into_iter().flat_map(read);
    files.map(|entry| entry.unwrap().path()).collect()
}

/// `accepted`, or the name of the innermost error.
fn verdict(case: &Case) -> String {
    let refused = match case {
        Case::Note(case) => note(case).map_err(|error| format!("{error:?}")),
        Case::Checkpoint(case) => checkpoint(case).map_err(|error| format!("{error:?}")),
        Case::Proof(case) => proof(case).map_err(|error| format!("{error:?}")),
        Case::Path { path } => {
            let resource: Result<Resource, TileError> = path.parse();
            resource.map(drop).map_err(|error| format!("{error:?}"))
        }
        Case::Bundle { bytes, width } => {
            let bundle = decode_bundle(&unhex(bytes), *width).map(drop);
            bundle.map_err(|error| format!("{error:?}"))
        }
    };
    refused.map_or_else(|error| innermost(&error), |()| "accepted".to_owned())
}

fn note(case: &Signed) -> Result<(), NoteError> {
    let note: SignedNote = case.text.parse()?;
    let mut keys = witnesses(case);
    keys.push(case.log_key.parse()?);
    note.verify(&keys).map(drop)
}

fn checkpoint(case: &Signed) -> Result<(), transparency_log::CheckpointError> {
    let note: SignedNote = case.text.parse()?;
    let log: VerifierKey = case.log_key.parse()?;
    Checkpoint::open(&note, &log, &witnesses(case)).map(drop)
}

fn proof(case: &Signed) -> Result<(), TlogProofError> {
    let proof: TlogProof = case.text.parse()?;
    let log: VerifierKey = case.log_key.parse()?;
    let leaf: Hash = unhex(case.leaf.as_ref().unwrap()).try_into().unwrap();
    proof.verify(&leaf, &log, &witnesses(case)).map(drop)
}

fn witnesses(case: &Signed) -> Vec<VerifierKey> {
    case.witness_keys
        .iter()
        .map(|key| key.parse().unwrap())
        .collect()
}

fn unhex(text: &str) -> Vec<u8> {
    let byte = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(byte).collect()
}

fn innermost(error: &str) -> String {
    let wrapped = ["Note(", "Checkpoint(", "Inclusion("];
    let inner = wrapped
        .iter()
        .find_map(|wrapper| error.strip_prefix(wrapper));
    match inner {
        Some(inner) => innermost(inner),
        None => error
            .split(['(', ')'])
            .next()
            .unwrap_or_default()
            .to_owned(),
    }
}
