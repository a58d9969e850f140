//! Rewrites `tests/vectors/{consent-token,statements,requests}` from fixed seeds: run it after a
//! change of the cases in `examples/vectors/`, and read the difference before keeping it.

#![allow(
    clippy::indexing_slicing,
    reason = "the vectors are made from literals"
)]

use std::error::Error;
use std::fs;
use std::path::Path;

#[path = "vectors/cases.rs"]
mod cases;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors");
    for folder in cases::FOLDERS {
        let folder = root.join(folder);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
    }
    for case in cases::all() {
        fs::write(
            root.join(case.folder)
                .join(&case.name)
                .with_extension("json"),
            case.text(),
        )?;
    }
    Ok(())
}
