//! `cargo xtask ci`: what CI checks besides the tests.

use crate::error::XtaskError;
use crate::place::Place;
use crate::process::{cargo, on_path, run as run_program};
use crate::setup::{self, Needs};
use crate::steps::Steps;
use crate::window;

pub(crate) fn run(place: &Place) -> Result<(), XtaskError> {
    let mut steps = Steps::default();
    steps.require("setup", || setup::install(place, Needs::Tests))?;
    steps.check("lock file", || {
        run_program(cargo(place).args(["fetch", "--locked"]))
    });
    licences(&mut steps, place);
    steps.check("window: permissions and content policy", || {
        window::check(place)
    });
    steps.print_durations();
    steps.finish()
}

fn licences(steps: &mut Steps, place: &Place) {
    if on_path("cargo-deny") {
        steps.check("licences and sources", || {
            run_program(cargo(place).args(["deny", "check", "bans", "licenses", "sources"]))
        });
    } else {
        steps.pass_over("licences and sources", "cargo-deny is not installed");
    }
}
