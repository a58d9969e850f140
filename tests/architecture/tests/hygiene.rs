//! What every file of the tree keeps to.

use std::path::{Path, PathBuf};

use architecture::tree::{files, root, shown, text};

/// The longest a file of code may be, in lines.
const LONGEST: usize = 600;
const CODE: [&str; 3] = ["rs", "ts", "tsx"];
const WRITTEN: [&str; 12] = [
    "rs", "ts", "tsx", "js", "css", "html", "md", "toml", "json", "sql", "yml", "svg",
];

fn those(files: Vec<PathBuf>, is_wrong: impl Fn(&Path) -> bool) -> Vec<String> {
    files
        .iter()
        .filter(|file| is_wrong(file))
        .map(|file| shown(&root(), file))
        .collect()
}

fn none() -> Vec<String> {
    Vec::new()
}

#[test]
fn no_file_of_code_is_longer_than_600_lines() {
    let long = |file: &Path| text(file).lines().count() > LONGEST;
    assert_eq!(those(files(&root(), &CODE), long), none());
}

#[test]
fn no_work_is_left_for_later_in_a_comment() {
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X:"),
    ];
    let left = |file: &Path| {
        let text = text(file);
        marks.iter().any(|mark| text.contains(mark))
    };
    assert_eq!(those(files(&root(), &WRITTEN), left), none());
}

#[test]
fn no_package_registry_is_named_outside_the_lock_files() {
    let hosts = [
        concat!("crates", ".io"),
        concat!("npmjs", ".org"),
        concat!("npmjs", ".com"),
        concat!("pypi", ".org"),
        concat!("debian", ".org"),
    ];
    let names = |file: &Path| {
        let text = text(file);
        !file.ends_with("package-lock.json") && hosts.iter().any(|host| text.contains(host))
    };
    assert_eq!(those(files(&root(), &WRITTEN), names), none());
}

#[test]
fn every_member_of_the_workspace_has_a_comment() {
    let manifest = text(&root().join("Cargo.toml"));
    let list = manifest
        .split("members = [")
        .nth(1)
        .and_then(|rest| rest.split("\n]").next())
        .unwrap();
    let members: Vec<&str> = list
        .lines()
        .filter(|line| line.trim_start().starts_with('"'))
        .collect();
    assert!(members.len() > 10, "the list of members was not found");
    let bare: Vec<&&str> = members.iter().filter(|line| !line.contains("# ")).collect();
    assert_eq!(bare, Vec::<&&str>::new());
}

#[test]
fn every_rust_file_says_what_it_is() {
    // A crate's README may be its head; a file of tests belongs to the file that it tests.
    let speaks = |text: &str| text.starts_with("//!") || text.starts_with("#![doc");
    let silent = |file: &Path| !file.ends_with("tests.rs") && !speaks(text(file).trim_start());
    assert_eq!(those(files(&root(), &["rs"]), silent), none());
}
