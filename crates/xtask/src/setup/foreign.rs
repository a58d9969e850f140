//! The stock library of another language that reads our tokens in a journey.

use crate::error::XtaskError;
use crate::place::Place;
use crate::process::{npm, run};
use crate::setup::stamp::Stamp;

/// Installs its npm packages when they are absent or their list has changed.
///
/// # Errors
/// When npm fails; its words stand above.
pub(crate) fn install(place: &Place) -> Result<(), XtaskError> {
    let folder = place.foreign();
    let stamp = Stamp::of(&[
        folder.join("package.json"),
        folder.join("package-lock.json"),
    ]);
    let note = place.stamp("foreign-packages");
    if folder.join("node_modules").is_dir() && stamp.is_noted_in(&note) {
        return Ok(());
    }
    println!("Installing the foreign checker's npm packages into tests/foreign/node_modules.");
    let mut install = npm(place);
    install
        .current_dir(&folder)
        .args(["ci", "--no-audit", "--no-fund"]);
    run(&mut install)?;
    stamp
        .note_in(&note)
        .map_err(|source| XtaskError::File { path: note, source })
}
