//! The interface: its npm packages, and its files as the wallet carries them.

use std::path::PathBuf;
use std::process::Command;

use crate::error::XtaskError;
use crate::place::Place;
use crate::process::{npm, run};
use crate::setup::stamp::{Stamp, files_below};

/// The oldest Node that Vite runs on.
const NODE: (u32, u32) = (20, 19);
/// What cargo is told so that the verifier carries the auditor's pages, once they are built.
pub(crate) const WITH_PAGES: [&str; 2] = ["--features", "verifier/audit-pages,cli/agency-pages"];
/// The apps that are built, each into its own folder, where they are.
const APPS: [&str; 3] = ["wallet", "audit", "agency"];
/// Folders that are made, not written.
const MADE: [&str; 5] = [
    "node_modules",
    "dist",
    "dist-devhost",
    "words",
    "project.inlang/cache",
];

/// Installs the npm packages when they are absent or their list has changed.
///
/// # Errors
/// When Node is missing or too old, or npm fails.
pub(crate) fn install(place: &Place) -> Result<(), XtaskError> {
    check_node()?;
    let stamp = Stamp::of(&package_lists(place));
    let note = place.stamp("npm-packages");
    if place.ui().join("node_modules").is_dir() && stamp.is_noted_in(&note) {
        return Ok(());
    }
    println!("Installing the interface's npm packages into ui/node_modules.");
    run(npm(place).args(["ci", "--no-audit", "--no-fund"]))?;
    stamp
        .note_in(&note)
        .map_err(|source| XtaskError::File { path: note, source })
}

/// Builds the interface when its sources have changed.
///
/// # Errors
/// When npm fails; the compiler's words stand above.
pub(crate) fn build(place: &Place) -> Result<(), XtaskError> {
    let stamp = Stamp::of(&files_below(&place.ui(), &MADE));
    let note = place.stamp("interface");
    let built = APPS
        .iter()
        .map(|app| place.ui().join(app))
        .filter(|app| app.join("package.json").is_file())
        .all(|app| app.join("dist").join("index.html").is_file());
    if built && stamp.is_noted_in(&note) {
        return Ok(());
    }
    run(npm(place).args(["run", "build"]))?;
    stamp
        .note_in(&note)
        .map_err(|source| XtaskError::File { path: note, source })
}

fn package_lists(place: &Place) -> Vec<PathBuf> {
    let all = files_below(&place.ui(), &MADE);
    let is_list =
        |path: &PathBuf| path.ends_with("package.json") || path.ends_with("package-lock.json");
    all.into_iter().filter(is_list).collect()
}

fn check_node() -> Result<(), XtaskError> {
    let output = Command::new("node").arg("--version").output();
    let version = output
        .ok()
        .and_then(|output| String::from_utf8(output.stdout).ok());
    if version
        .as_deref()
        .and_then(node_version)
        .is_some_and(|version| version >= NODE)
    {
        return Ok(());
    }
    let (major, minor) = NODE;
    Err(XtaskError::Missing {
        what: vec!["Node"],
        todo: format!("Install Node {major}.{minor} or newer, with npm, then try again."),
    })
}

/// Reads `v20.20.2` as `(20, 20)`.
fn node_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_versions_are_compared_by_number() {
        assert_eq!(node_version("v20.20.2\n"), Some((20, 20)));
        assert!(node_version("v20.9.0").unwrap() < NODE);
        assert!(node_version("v22.0.0").unwrap() > NODE);
        assert_eq!(node_version("node 20"), None);
    }
}
