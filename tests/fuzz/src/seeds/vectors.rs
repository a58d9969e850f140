//! Reading the vectors' files.

use std::{fs, path::Path};

use serde_json::Value;

/// Every case in a folder of `tests/vectors`, in the order of their names.
pub(super) fn cases(folder: &str) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../vectors")
        .join(folder);
    let entries =
        fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| is_json(path))
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            serde_json::from_slice(&fs::read(file).unwrap_or_default()).expect("a vector is JSON")
        })
        .collect()
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "json")
}

/// One text member of every case in a folder.
pub(super) fn text(folder: &str, member: &str) -> Vec<Vec<u8>> {
    cases(folder)
        .iter()
        .map(|case| bytes(&case[member]))
        .filter(|bytes| !bytes.is_empty())
        .collect()
}

/// A text as it is, anything else as JSON, nothing for nothing.
pub(super) fn bytes(value: &Value) -> Vec<u8> {
    match value {
        Value::String(text) => text.clone().into_bytes(),
        Value::Null => Vec::new(),
        other => other.to_string().into_bytes(),
    }
}

/// Hexadecimal digits.
pub(super) fn hex(value: &Value) -> Option<Vec<u8>> {
    let digits = value.as_str()?;
    let pair = |at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    (0..digits.len()).step_by(2).map(pair).collect()
}
