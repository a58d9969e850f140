//! `--additional-data DIR`: an opened profile as the files that call handling reads (RFC 7852, PIDF-LO), and
//! the opening in NENA's names. They hold personal data: only the owner of the folder can read them.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use ::agency::{Identity, Opened, additional_data::AdditionalData};
use profile::Lang;
use serde_json::{Value, json};

use crate::outcome::Failure;

/// Where an opened profile goes, and in which languages.
#[derive(clap::Args)]
pub struct ExportArgs {
    /// Write the opened profile as NG112/NG911 Additional Data (RFC 7852) into this folder.
    #[arg(long, value_name = "DIR")]
    additional_data: Option<PathBuf>,
    /// The languages of its words, the most important first.
    #[arg(
        long,
        value_name = "LANG",
        value_delimiter = ',',
        default_value = "en",
        requires = "additional_data"
    )]
    language: Vec<Lang>,
}

/// What was written.
pub struct Exported {
    /// One sentence.
    pub words: String,
    /// For scripts: the files with their media types, and the opening.
    pub json: Value,
}

/// Writes the files, where they are asked for.
pub fn write(
    args: &ExportArgs,
    opened: &Opened,
    agency: &Identity,
) -> Result<Option<Exported>, Failure> {
    let Some(dir) = &args.additional_data else {
        return Ok(None);
    };
    let data = AdditionalData::of(opened, &agency.entry().agency, &args.language);
    fs::create_dir_all(dir).map_err(|error| Failure::file(dir, &error))?;
    for block in &data.blocks {
        write_private(&dir.join(block.file), block.xml.as_bytes())?;
    }
    let opening = serde_json::to_vec_pretty(&data.opening).expect("texts are plain JSON");
    write_private(&dir.join("opening.json"), &opening)?;
    let listed = data
        .blocks
        .iter()
        .map(|block| json!({ "file": block.file, "type": block.media_type }));
    Ok(Some(Exported {
        words: format!(
            "For call handling, {} files are in {}.",
            data.blocks.len() + 1,
            dir.display()
        ),
        json: json!({ "blocks": listed.collect::<Vec<_>>(), "opening": data.opening }),
    }))
}

/// Replaces a file that nobody else reads.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = create_private(path).and_then(|mut file| file.write_all(bytes));
    written.map_err(|error| Failure::file(path, &error))
}

/// An empty file that nobody else reads.
pub fn create_private(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
