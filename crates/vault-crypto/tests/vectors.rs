//! Every vector in `tests/vectors/vault`: the outputs, or the refusal, that its file says.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the finding")]

mod vector_cases;

use std::fs;
use std::path::Path;

use serde_json::Value;

#[test]
fn every_vector_gives_what_its_file_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/vault");
    let (mut run, mut refused) = (0, 0);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let vector: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let operation = vector["operation"].as_str().unwrap();
        let answer = vector_cases::run(operation, &vector["input"]);
        assert_eq!(answer, vector["expect"], "{}", path.display());
        run += 1;
        refused += usize::from(answer.get("refusal").is_some());
    }
    assert!(
        run >= 40 && refused >= 25,
        "{run} vectors, {refused} of them refusals"
    );
}
