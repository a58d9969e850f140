//! The RFC 6962 proofs of transparency-dev/merkle, good and bad, read from the shared vectors.

use std::{
    fs,
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, de::DeserializeOwned};
use transparency_log::{Hash, TreeHead, verify_consistency, verify_inclusion};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Inclusion {
    leaf_idx: u64,
    tree_size: u64,
    root: Option<String>,
    leaf_hash: Option<String>,
    proof: Option<Vec<String>>,
    want_err: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Consistency {
    size1: u64,
    size2: u64,
    root1: Option<String>,
    root2: Option<String>,
    proof: Option<Vec<String>>,
    want_err: bool,
}

#[test]
fn inclusion() {
    let (mut good, mut bad) = (0, 0);
    for (path, case) in cases::<Inclusion>("inclusion") {
        let verdict = parse(&case.root).and_then(|root| {
            let head = TreeHead {
                size: case.tree_size,
                root,
            };
            let (leaf, proof) = (parse(&case.leaf_hash)?, parse_all(&case.proof)?);
            verify_inclusion(&head, case.leaf_idx, &leaf, &proof).ok()
        });
        assert_eq!(verdict.is_none(), case.want_err, "{}", path.display());
        *(if case.want_err { &mut bad } else { &mut good }) += 1;
    }
    println!("inclusion: {good} good, {bad} bad");
}

#[test]
fn consistency() {
    let (mut good, mut bad, mut unwritable) = (0, 0, 0);
    for (path, case) in cases::<Consistency>("consistency") {
        let (Some(root1), Some(root2)) = (parse(&case.root1), parse(&case.root2)) else {
            // A root that is not 32 bytes cannot be written in this crate's types, so it is refused
            // before any proof; the one such case that is called good does not matter (its README).
            unwritable += 1;
            continue;
        };
        let old = TreeHead {
            size: case.size1,
            root: root1,
        };
        let new = TreeHead {
            size: case.size2,
            root: root2,
        };
        let verdict =
            parse_all(&case.proof).and_then(|proof| verify_consistency(&old, &new, &proof).ok());
        assert_eq!(verdict.is_none(), case.want_err, "{}", path.display());
        *(if case.want_err { &mut bad } else { &mut good }) += 1;
    }
    println!("consistency: {good} good, {bad} bad, {unwritable} with a root of another length");
}

fn cases<T: DeserializeOwned>(kind: &str) -> Vec<(PathBuf, T)> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/merkle");
    if !shared.exists() {
        assert!(
            std::env::var_os("CI").is_none(),
            "shared vectors are missing"
        );
        println!("skipped: shared/vectors/merkle/{kind}");
        return Vec::new();
    }
    let mut files = Vec::new();
    collect(&shared.join(kind), &mut files);
    assert!(files.len() > 80, "only {} cases of {kind}", files.len());
    let read = |path: PathBuf| {
        let case = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        (path, case)
    };
    files.into_iter().map(read).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}

fn parse(hash: &Option<String>) -> Option<Hash> {
    STANDARD.decode(hash.as_deref()?).ok()?.try_into().ok()
}

fn parse_all(proof: &Option<Vec<String>>) -> Option<Vec<Hash>> {
    let proof = proof.as_deref().unwrap_or_default();
    proof
        .iter()
        .map(|hash| parse(&Some(hash.clone())))
        .collect()
}
