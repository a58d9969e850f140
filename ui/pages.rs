//! Puts an app's pages into a program: a list of every file of `ui/<app>/dist`, as npm built them, where the
//! program's feature `<app>-pages` asks for them. Build scripts include this file.

use std::{
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

/// Writes the list to `<app>_pages.rs` in the output folder; it is empty without the feature.
pub fn list(app: &str) {
    let given = |name: &str| PathBuf::from(env::var(name).expect("cargo sets it"));
    let pages = given("CARGO_MANIFEST_DIR").join(format!("../../ui/{app}/dist"));
    let mut list = String::from("[\n");
    if env::var_os(format!("CARGO_FEATURE_{}_PAGES", app.to_uppercase())).is_some() {
        println!("cargo::rerun-if-changed={}", pages.display());
        assert!(
            pages.join("index.html").is_file(),
            "ui/{app}/dist is not there: run `npm ci && npm run build` in ui, or build without the feature {app}-pages"
        );
        add(&pages, &pages, &mut list);
    }
    println!("cargo::rerun-if-changed=build.rs");
    list.push_str("]\n");
    let file = given("OUT_DIR").join(format!("{app}_pages.rs"));
    fs::write(file, list).expect("the output folder can be written");
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
