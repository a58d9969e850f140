//! `--documents DIR`: the files beside a share, written out under names that nobody outside chose.

use std::{
    fs,
    path::{Path, PathBuf},
};

use ::agency::{Named, Online, Opened};
use protocol::HttpTransport;
use serde_json::{Value, json};

use super::{export, failure};
use crate::{clock, outcome::Failure};

/// Where the files of a share go.
#[derive(clap::Args)]
pub struct DocumentsArgs {
    /// Write the files that the share names into this folder.
    #[arg(long, value_name = "DIR")]
    documents: Option<PathBuf>,
}

/// What was written.
pub struct Written {
    /// One line each.
    pub words: String,
    /// For scripts.
    pub json: Value,
}

/// Fetches every file that the share names, where that is asked for; else says how.
pub async fn write(
    args: &DocumentsArgs,
    line: &Online<'_, HttpTransport>,
    opened: &Opened,
) -> Result<Option<Written>, Failure> {
    let named = opened.attachments();
    if named.is_empty() {
        return Ok(None);
    }
    let Some(dir) = &args.documents else {
        let words = format!(
            "{} documents belong to it; fetch them with --documents DIR.",
            named.len()
        );
        return Ok(Some(Written {
            words,
            json: Value::Null,
        }));
    };
    fs::create_dir_all(dir).map_err(|error| Failure::file(dir, &error))?;
    let (mut lines, mut files) = (Vec::new(), Vec::new());
    for one in &named {
        let path = dir.join(one.file_name());
        fetch(line, opened, one, &path).await?;
        lines.push(format!(
            "{} ({}) is in {}.",
            one.file.title,
            one.path,
            path.display()
        ));
        files.push(
            json!({ "path": one.path, "file": path.display().to_string(), "size": one.file.size }),
        );
    }
    Ok(Some(Written {
        words: lines.join("\n"),
        json: json!(files),
    }))
}

/// Into a file beside its place, which gets its name only when it is whole.
async fn fetch(
    line: &Online<'_, HttpTransport>,
    opened: &Opened,
    named: &Named,
    path: &Path,
) -> Result<(), Failure> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let file = export::create_private(&part).map_err(|error| Failure::file(&part, &error))?;
    let fetched = line
        .fetch_attachment(opened, named, file, clock::now())
        .await;
    let placed = match fetched {
        Ok(file) => file.sync_all().and_then(|()| fs::rename(&part, path)),
        Err(error) => {
            let _ = fs::remove_file(&part);
            return Err(failure(error));
        }
    };
    placed.map_err(|error| Failure::file(path, &error))
}
