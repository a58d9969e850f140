//! Writes `tests/vectors/status-list` again. The same input gives the same files; a test compares what they mean.

#[allow(
    clippy::indexing_slicing,
    reason = "the cases are fixed: a wrong index shows as they are written"
)]
mod cases;

use std::{error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/status-list");
    fs::create_dir_all(&folder)?;
    for (name, case) in cases::all() {
        fs::write(folder.join(name), format!("{case:#}\n"))?;
    }
    Ok(())
}
