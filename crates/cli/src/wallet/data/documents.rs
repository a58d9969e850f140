//! `data attach` and `data save`: files beside the data, in and out again.

use std::{fs::File, path::Path as FilePath};

use profile::Path;
use serde_json::json;

use super::{super::fresh::Fresh, Desk, pass_on};
use crate::outcome::{Answer, Failure, Outcome};

/// Keeps a file in the vault, and passes it on where a consent names it.
pub(super) async fn attach(
    desk: &mut Desk,
    path: &Path,
    file: &FilePath,
    (title, media_type): (Option<String>, Option<String>),
) -> Outcome {
    let name = file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let (title, media_type) = (
        title.unwrap_or(name),
        media_type.unwrap_or_else(|| media_type_of(file).into()),
    );
    let mut opened = File::open(file).map_err(|error| Failure::file(file, &error))?;
    let kept = desk
        .wallet
        .attach(path, (&title, &media_type), &mut opened)?;
    let given = pass_on(desk, std::slice::from_ref(path)).await?;
    let text = format!(
        "{path} is kept: {} ({}, {} bytes).\n",
        kept.title, kept.media_type, kept.size
    );
    Ok(Answer::yes(
        text + &given.words,
        json!({ "path": path, "value": kept, "given_to": given.json }),
    ))
}

/// Writes a kept file to a new one; nothing is overwritten.
pub(super) fn save(desk: &mut Desk, path: &Path, file: &FilePath) -> Outcome {
    let mut fresh = Fresh::begin(file)?;
    let shown = file.display().to_string();
    if desk.wallet.save_attachment(path, fresh.file())? {
        fresh.publish()?;
        return Ok(Answer::yes(
            format!("{path} is in {shown}."),
            json!({ "path": path, "file": shown }),
        ));
    }
    Ok(Answer::no(
        format!("No file is kept at {path}."),
        json!({ "path": path, "file": null }),
    ))
}

/// The media type by the usual endings; bytes of no known kind otherwise.
fn media_type_of(file: &FilePath) -> &'static str {
    let ending = file
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    match ending.as_str() {
        "pdf" => "application/pdf",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "txt" => "text/plain",
        _ => "application/octet-stream",
    }
}
