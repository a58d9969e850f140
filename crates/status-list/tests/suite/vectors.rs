//! Every file of `tests/vectors/status-list`: the answer that it states, and that its generator would write it.

#[path = "../../examples/status-list-vectors/cases.rs"]
mod cases;

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use serde_json::{Value, json};
use status_list::{ClaimsError, StatusListClaims};

#[derive(Deserialize)]
struct Case {
    uri: String,
    now: i64,
    len: u64,
    idx: u64,
    claims: Value,
    expect: Value,
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/status-list");
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    });
    files.sort();
    files
}

#[test]
fn every_case_has_its_answer() {
    let files = files();
    for path in &files {
        let case: Case = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        assert_eq!(answer(&case), case.expect, "{}", path.display());
    }
    println!("{} cases", files.len());
    assert!(files.len() > 30);
}

#[test]
fn the_files_are_what_the_generator_writes() {
    let mut written = cases::all();
    written.sort_by(|one, other| one.0.cmp(&other.0));
    let names: Vec<_> = files()
        .iter()
        .map(|path| path.file_name().unwrap().to_owned())
        .collect();
    let expected: Vec<_> = written.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names, expected,
        "run `cargo run -p status-list --example status-list-vectors`"
    );
    for (path, (_, case)) in files().iter().zip(written) {
        let read: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        // Another release of the compressor may write other bytes of the same meaning.
        for member in ["about", "uri", "now", "len", "idx", "expect"] {
            assert_eq!(read[member], case[member], "{}", path.display());
        }
    }
}

fn answer(case: &Case) -> Value {
    let Ok(claims) = serde_json::from_value::<StatusListClaims>(case.claims.clone()) else {
        return json!({ "refused": "Malformed" });
    };
    match status(case, &claims) {
        Ok(status) => json!({ "status": status }),
        Err(ClaimsError::List(error)) => json!({ "refused": format!("{error:?}") }),
        Err(error) => json!({ "refused": format!("{error:?}") }),
    }
}

fn status(case: &Case, claims: &StatusListClaims) -> Result<u8, ClaimsError> {
    claims.check(&case.uri, case.now)?;
    let list = claims.status_list.decode_exact(case.len)?;
    Ok(list.status(case.idx)?.value())
}
