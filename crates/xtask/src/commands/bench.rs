//! `cargo xtask bench`: the benchmarks, which are a workspace of their own.

use crate::error::XtaskError;
use crate::place::Place;
use crate::process::{cargo, run as run_program};
use crate::setup::{self, Needs};

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Passed on to the benchmarks, which tell what they take with `-- --help`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

pub(crate) fn run(args: &Args, place: &Place) -> Result<(), XtaskError> {
    let manifest = place.root.join("tests").join("bench").join("Cargo.toml");
    if !manifest.is_file() {
        return Err(XtaskError::NotHere { path: manifest });
    }
    setup::install(place, Needs::Programs)?;
    let mut bench = cargo(place);
    // Features unify inside a target folder's cache; the benchmarks keep their own.
    bench.env("CARGO_TARGET_DIR", place.target.join("bench"));
    bench
        .args(["run", "--release", "--quiet", "--manifest-path"])
        .arg(manifest)
        .arg("--");
    run_program(bench.args(&args.rest))
}
