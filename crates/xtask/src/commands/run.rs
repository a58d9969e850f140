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
    /// End after the demo instead of leaving a verifier and an agency's console up.
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
    build(
        args,
        place,
        &["cli", "verifier", "assent-wallet"],
        &ui::WITH_PAGES,
    )?;
    let county = County::new(place, args.profile());
    let verifier = county.start()?;
    let opened = open_wallet(args, place, &county);
    drop(verifier);
    opened
}

/// Opens a wallet for trying, with a request waiting in it. It knows the county's verifier, so that the first
/// run needs no typing of addresses; the person's real wallet is left alone.
fn open_wallet(args: &Args, place: &Place, county: &County) -> Result<(), XtaskError> {
    let (link, folder) = (county.request()?, county.wallet());
    println!(
        "\nOpening a wallet for trying, kept in {}. Your own is left alone.",
        folder.display()
    );
    println!(
        "  Make a wallet there. The fire service asks to see something: it waits under Requests."
    );
    println!(
        "  A person to write down, under My information: {}",
        county.resident().display()
    );
    println!("  What anyone can check: {}/audit", County::url());
    println!("The verifier stops when you close the window.");
    let mut wallet = Command::new(place.program(args.profile(), "assent-wallet"));
    wallet
        .env("ASSENT_VERIFIER", County::url())
        .env("ASSENT_VAULT", folder.join("wallet.vault"))
        .env("ASSENT_PAPERS", folder.join("papers"));
    run_program(wallet.arg(link))
}

/// Plays the story with real processes; the programs it needs have no window.
fn demo(args: &Args, place: &Place) -> Result<(), XtaskError> {
    setup::install(place, Needs::Programs)?;
    let features = audit_pages(place);
    build(args, place, &["cli", "verifier"], features)?;
    let assent = place.program(args.profile(), "assent");
    run_program(Command::new(&assent).current_dir(&place.root).arg("demo"))?;
    if args.once {
        return Ok(());
    }
    println!("\nNow the sample county stays up, with a console to look around in.");
    run_program(Command::new(&assent).args(["agency", "serve", "--demo"]))
}

/// Builds the auditor's pages where there is Node; the demo itself needs none.
fn audit_pages(place: &Place) -> &'static [&'static str] {
    match ui::install(place).and_then(|()| ui::build(place)) {
        Ok(()) => &ui::WITH_PAGES,
        Err(error) => {
            println!(
                "The auditor's pages at /audit are left out. {error} {}",
                error.todo()
            );
            &[]
        }
    }
}

fn build(
    args: &Args,
    place: &Place,
    packages: &[&str],
    features: &[&str],
) -> Result<(), XtaskError> {
    println!("Building. The first time takes some minutes.");
    let mut build = cargo(place);
    build
        .arg("build")
        .args(packages.iter().flat_map(|package| ["-p", package]))
        .args(features);
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
