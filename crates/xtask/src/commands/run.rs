//! `cargo xtask run`: Assent on this computer, from nothing.

use std::env;
use std::process::Command;

use crate::commands::county::County;
use crate::error::XtaskError;
use crate::place::Place;
use crate::process::{cargo, run as run_program};
use crate::setup::{self, Needs, ui};

/// How to run.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Build with optimisation: minutes longer the first time, faster afterwards.
    #[arg(long)]
    release: bool,
    /// Play the demo even where there is a display.
    #[arg(long)]
    demo: bool,
    /// End after the demo instead of leaving the verifier up.
    #[arg(long)]
    once: bool,
}

impl Args {
    /// The profile's folder in the target folder.
    fn profile(&self) -> &'static str {
        if self.release { "release" } else { "debug" }
    }
}

pub(crate) fn run(args: &Args, place: &Place) -> Result<(), XtaskError> {
    if args.demo || !has_display() {
        println!("Playing the demo in this terminal. The window is for computers with a display.");
        return demo(args, place);
    }
    setup::install(place, Needs::Window)?;
    ui::build(place)?;
    build(args, place, &["cli", "verifier", "assent-wallet"])?;
    let verifier = County::new(place, args.profile()).start()?;
    println!("Opening the wallet. The verifier stops when you close it.");
    let opened = run_program(&mut Command::new(
        place.program(args.profile(), "assent-wallet"),
    ));
    drop(verifier);
    opened
}

/// Plays the story with real processes; the programs it needs have no window.
fn demo(args: &Args, place: &Place) -> Result<(), XtaskError> {
    setup::install(place, Needs::Programs)?;
    build(args, place, &["cli", "verifier"])?;
    let mut demo = Command::new(place.program(args.profile(), "assent"));
    demo.current_dir(&place.root).arg("demo");
    if !args.once {
        demo.arg("--stay");
    }
    run_program(&mut demo)
}

fn build(args: &Args, place: &Place, packages: &[&str]) -> Result<(), XtaskError> {
    println!("Building. The first time takes some minutes.");
    let mut build = cargo(place);
    build
        .arg("build")
        .args(packages.iter().flat_map(|package| ["-p", package]));
    if args.release {
        build.arg("--release");
    }
    run_program(&mut build)
}

/// Whether a window can be shown: always on macOS and Windows, elsewhere when a display is named.
fn has_display() -> bool {
    let named = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(target_os = "macos", windows)) || named("DISPLAY") || named("WAYLAND_DISPLAY")
}
