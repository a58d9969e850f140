//! Declares the app's commands, so that each needs its own permission in `capabilities/`.

use tauri_build::{AppManifest, Attributes};

#[macro_use]
#[path = "../crates/wallet-app/src/commands/list.rs"]
mod list;

macro_rules! names {
    ($($name:ident($ask:ty) -> $answer:ty;)*) => { &[$(stringify!($name)),*] };
}

/// Every command the window may ask for, by name; `commands.rs` answers the same ones.
const COMMANDS: &[&str] = for_each_command!(names);

fn main() {
    let manifest = AppManifest::new().commands(COMMANDS);
    let attributes = Attributes::new().app_manifest(manifest);
    tauri_build::try_build(attributes)
        .expect("src-tauri/tauri.conf.json and capabilities/ are valid");
}
