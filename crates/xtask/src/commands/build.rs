//! `cargo xtask build`: the three release programs, the wallet with its interface inside, the verifier with the auditor's pages.

use crate::error::XtaskError;
use crate::place::Place;
use crate::process::{cargo, run as run_program};
use crate::setup::{self, Needs, ui};

/// Every package that makes a program, with the program's name.
const PROGRAMS: [(&str, &str); 3] = [
    ("cli", "assent"),
    ("verifier", "assent-verifier"),
    ("assent-wallet", "assent-wallet"),
];

pub(crate) fn run(place: &Place) -> Result<(), XtaskError> {
    setup::install(place, Needs::Window)?;
    ui::build(place)?;
    let packages = PROGRAMS.iter().flat_map(|(package, _)| ["-p", package]);
    let mut build = cargo(place);
    build.args(["build", "--release"]).args(packages);
    run_program(build.args(ui::WITH_PAGES))?;
    println!("\nBuilt:");
    for (_, program) in PROGRAMS {
        println!("  {}", place.program("release", program).display());
    }
    Ok(())
}
