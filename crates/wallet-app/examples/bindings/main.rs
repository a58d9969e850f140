//! Rewrites `ui/wallet/src/host/gen/commands.ts` after a command or one of its types changed.

use std::{error::Error, fs, path::Path};

mod text;

fn main() -> Result<(), Box<dyn Error>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(text::FILE);
    fs::create_dir_all(file.parent().ok_or("the file has a folder")?)?;
    Ok(fs::write(file, text::commands())?)
}
