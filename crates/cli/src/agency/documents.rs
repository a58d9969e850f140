//! `--documents DIR`: the files beside a share, written out under names that nobody outside chose.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use ::agency::{Named, Online, Opened};
use protocol::HttpTransport;
use serde_json::{Value, json};

use super::failure;
use crate::{
    clock,
    file::{self, Readers},
    outcome::Failure,
};

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
    let fetch = async |named: &Named, file: File| {
        let now = clock::now();
        let fetched = line.fetch_attachment(opened, named, file, now).await;
        fetched.map_err(failure)
    };
    all(args, &opened.attachments(), fetch).await
}

/// Has `fill` write every one of `named` into the folder that was asked for.
pub async fn all(
    args: &DocumentsArgs,
    named: &[Named],
    fill: impl AsyncFn(&Named, File) -> Result<File, Failure>,
) -> Result<Option<Written>, Failure> {
    if named.is_empty() {
        return Ok(None);
    }
    let Some(dir) = &args.documents else {
        return Ok(Some(waiting(named.len())));
    };
    fs::create_dir_all(dir).map_err(|error| Failure::file(dir, &error))?;
    let (mut lines, mut files) = (Vec::new(), Vec::new());
    for one in named {
        let path = dir.join(one.file_name());
        whole(&path, async |file| fill(one, file).await).await?;
        let shown = path.display().to_string();
        lines.push(format!("{} ({}) is in {shown}.", one.file.title, one.path));
        files.push(json!({ "path": one.path, "file": shown, "size": one.file.size }));
    }
    Ok(Some(Written {
        words: lines.join("\n"),
        json: json!(files),
    }))
}

fn waiting(count: usize) -> Written {
    let words = match count {
        1 => "A document belongs to it; get it with --documents DIR.".to_owned(),
        _ => format!("{count} documents belong to it; get them with --documents DIR."),
    };
    Written {
        words,
        json: Value::Null,
    }
}

/// Has `fill` write a file beside its place, which gets its name only when it is whole.
pub async fn whole(
    path: &Path,
    fill: impl AsyncFnOnce(File) -> Result<File, Failure>,
) -> Result<(), Failure> {
    let part = beside(path, ".part");
    let empty =
        file::create(&part, Readers::Owner).map_err(|error| Failure::file(&part, &error))?;
    let placed = match fill(empty).await {
        Ok(file) => file.sync_all().and_then(|()| fs::rename(&part, path)),
        Err(failed) => {
            let _ = fs::remove_file(&part);
            return Err(failed);
        }
    };
    placed.map_err(|error| Failure::file(path, &error))
}

/// The path with an ending more.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut longer = path.as_os_str().to_owned();
    longer.push(ending);
    longer.into()
}
