//! `cargo xtask bench`: the benchmarks, which are a workspace of their own.

use crate::error::XtaskError;
use crate::place::Place;
use crate::process::{cargo, run as run_program};
use crate::setup::{self, Needs, ui};

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
    if opens_window(&args.rest) {
        // What is measured is what is shipped.
        setup::install(place, Needs::Tests)?;
        ui::build(place)?;
        run_program(cargo(place).args(["build", "--release", "-p", "assent-wallet"]))?;
    } else {
        setup::install(place, Needs::Programs)?;
    }
    let mut bench = cargo(place);
    // Features unify inside a target folder's cache; the benchmarks keep their own.
    bench.env("CARGO_TARGET_DIR", place.target.join("bench"));
    bench.env("ASSENT_PROGRAMS", place.target.join("release"));
    bench
        .args(["run", "--release", "--quiet", "--manifest-path"])
        .arg(manifest)
        .arg("--");
    run_program(bench.args(&args.rest))
}

/// Whether the window is among what is measured: it is named, or nothing is.
fn opens_window(words: &[String]) -> bool {
    let mut sections = words
        .iter()
        .filter(|word| !word.starts_with('-'))
        .peekable();
    let all = sections.peek().is_none();
    cfg!(target_os = "linux") && (all || sections.any(|section| section == "window"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_built_only_where_it_is_measured() {
        let opens = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(ToString::to_string).collect();
            opens_window(&words)
        };
        assert_eq!(opens(&["--quick"]), cfg!(target_os = "linux"));
        assert_eq!(
            opens(&["--quick", "rows", "window"]),
            cfg!(target_os = "linux")
        );
        assert!(!opens(&["rows", "tokens"]));
    }
}
