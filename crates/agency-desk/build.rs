//! Puts the console's pages into the program, where the feature `agency-pages` asks for them: every file of
//! `ui/agency/dist`, as npm built them.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "how a build script talks to cargo, and how it fails"
)]

use std::{
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let pages = root.join("../../ui/agency/dist");
    let mut list = String::from("[\n");
    if env::var_os("CARGO_FEATURE_AGENCY_PAGES").is_some() {
        println!("cargo::rerun-if-changed={}", pages.display());
        assert!(
            pages.join("index.html").is_file(),
            "ui/agency/dist is not there: run `npm ci && npm run build` in ui, or build without the feature agency-pages"
        );
        add(&pages, &pages, &mut list);
    }
    println!("cargo::rerun-if-changed=build.rs");
    list.push_str("]\n");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("agency_pages.rs"), list).expect("the output folder can be written");
}

/// Adds each file below `folder` under its path from `base`, in the order of their names.
fn add(base: &Path, folder: &Path, list: &mut String) {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            add(base, &path, list);
            continue;
        }
        let name = path.strip_prefix(base).expect("it is below the base");
        let name = name.to_string_lossy().replace('\\', "/");
        let file = path.to_string_lossy();
        writeln!(list, "    ({name:?}, include_bytes!({file:?}).as_slice()),")
            .expect("a String takes every write");
    }
}
