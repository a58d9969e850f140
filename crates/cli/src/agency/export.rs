//! `--additional-data DIR`: an opened profile as the files that call handling reads (RFC 7852, PIDF-LO), and
//! the opening in NENA's names. They hold personal data: only the owner of the folder can read them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use ::agency::{Identity, Opened, additional_data::AdditionalData};
use profile::Lang;
use serde_json::{Value, json};

use crate::{
    file::{self, Readers},
    outcome::Failure,
};

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
    file::replace(path, bytes, Readers::Owner)
}
