//! Writes `tests/vectors/log` again. The same seeds give the same files; a test compares them.

#[allow(
    clippy::indexing_slicing,
    reason = "the cases are fixed: a wrong index shows as they are written"
)]
mod cases;

use std::{error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/log");
    for (name, case) in cases::all() {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(&folder))?;
        fs::write(path, cases::text(&case))?;
    }
    Ok(())
}
