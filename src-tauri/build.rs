//! Declares the app's commands, so that each needs its own permission in `capabilities/`.

use tauri_build::{AppManifest, Attributes};

/// Every command the window may ask for, by name. `lib.rs` registers the same ones.
const COMMANDS: &[&str] = &["app_info"];

fn main() {
    let manifest = AppManifest::new().commands(COMMANDS);
    let attributes = Attributes::new().app_manifest(manifest);
    tauri_build::try_build(attributes)
        .expect("src-tauri/tauri.conf.json and capabilities/ are valid");
}
