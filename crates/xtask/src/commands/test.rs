//! `cargo xtask test`: every test there is, and a last line that counts them.

use std::fs;
use std::process::Command;

use crate::error::XtaskError;
use crate::place::Place;
use crate::process::{cargo, npm, on_path, run as run_program, run_and_listen};
use crate::setup::{self, Needs, ui};
use crate::steps::Steps;
use crate::tally::Tally;

pub(crate) fn run(place: &Place) -> Result<(), XtaskError> {
    let mut steps = Steps::default();
    steps.require("setup", || setup::install(place, Needs::Tests))?;
    steps.check("interface: build", || ui::build(place));
    steps.check("interface: types", || {
        run_program(npm(place).args(["run", "typecheck"]))
    });
    steps.check("interface: lint", || {
        run_program(npm(place).args(["run", "lint"]))
    });
    steps.count("interface: tests", || interface_tests(place));
    steps.check("format", || {
        run_program(cargo(place).args(["fmt", "--all", "--check"]))
    });
    // Every step compiles with the same features: what one has built, the next finds.
    steps.check("clippy", || {
        clippy(in_workspace(place, &["clippy"]).arg("--all-targets"))
    });
    steps.check("clippy: benchmarks", || {
        clippy(beside(place, "clippy", "bench").arg("--all-targets"))
    });
    steps.count("tests", || rust_tests(place));
    steps.count("documentation's examples", || {
        libtest(in_workspace(place, &["test"]).args(["--doc", "--no-fail-fast"]))
    });
    steps.check("parsers against changed bytes", || {
        run_program(beside(place, "run", "fuzz").args(["--quiet", "--bin", "smoke"]))
    });
    journeys(&mut steps, place);
    steps.print_durations();
    let tally = steps.tally();
    let outcome = steps.finish();
    if let Err(error) = &outcome {
        println!("\n{error}");
    }
    // The last line, alone: other programs read it.
    println!("{tally}");
    outcome.map_err(|_| XtaskError::Told)
}

/// Cargo on the whole workspace, the pages inside the programs.
fn in_workspace(place: &Place, task: &[&str]) -> Command {
    let mut cargo = cargo(place);
    cargo.args(task).arg("--workspace").args(ui::WITH_PAGES);
    cargo
}

/// Cargo on a workspace of its own under `tests/`, in the folder where its dependencies are built already.
fn beside(place: &Place, task: &str, name: &str) -> Command {
    let mut cargo = cargo(place);
    let manifest = place.root.join("tests").join(name).join("Cargo.toml");
    cargo.env("CARGO_TARGET_DIR", &place.target);
    cargo.arg(task).arg("--manifest-path").arg(manifest);
    cargo
}

fn clippy(command: &mut Command) -> Result<(), XtaskError> {
    run_program(command.args(["--", "-D", "warnings"]))
}

fn rust_tests(place: &Place) -> Result<(bool, Tally), XtaskError> {
    if !on_path("cargo-nextest") {
        let every = ["--all-targets", "--no-fail-fast"];
        return libtest(in_workspace(place, &["test"]).args(every));
    }
    let said = run_and_listen(in_workspace(place, &["nextest", "run"]).arg("--no-fail-fast"))?;
    Ok((said.success, Tally::of_nextest(&said.lines)))
}

fn libtest(command: &mut Command) -> Result<(bool, Tally), XtaskError> {
    let said = run_and_listen(command)?;
    Ok((said.success, Tally::of_libtest(&said.lines)))
}

fn interface_tests(place: &Place) -> Result<(bool, Tally), XtaskError> {
    vitest(place, "test", npm(place).args(["run", "test", "--"]))
}

/// The interface's journeys in a browser: one file each in `ui/<app>/e2e`.
const JOURNEYS: [(&str, &str); 3] = [
    ("wallet", "wallet in a browser"),
    ("audit", "auditor's pages in a browser"),
    ("agency", "agency's console in a browser"),
];

/// Runs the journeys of every app that has some, over the real programs.
fn journeys(steps: &mut Steps, place: &Place) {
    let configuration = |app: &str| place.ui().join(app).join("e2e").join("vitest.config.ts");
    let here = JOURNEYS
        .into_iter()
        .filter(|(app, _)| configuration(app).is_file());
    if !on_path("chromium") {
        for (_, name) in here {
            steps.pass_over(name, "Chromium is not installed");
        }
        return;
    }
    steps.check("programs for the journeys", || {
        run_program(in_workspace(place, &["build"]).args(["--bins", "--tests"]))?;
        run_program(npm(place).args(["run", "build:devhost", "--workspace", "wallet"]))
    });
    for (app, name) in here {
        steps.count(name, || {
            let mut npm = npm(place);
            npm.env("ASSENT_PROGRAMS", place.target.join("debug"));
            npm.args(["exec", "--", "vitest", "run", "--config"]);
            vitest(place, app, npm.arg(configuration(app)))
        });
    }
}

/// Runs Vitest, and reads its report.
fn vitest(place: &Place, name: &str, npm: &mut Command) -> Result<(bool, Tally), XtaskError> {
    let report = place.stamp(&format!("vitest-{name}.json"));
    let _ = fs::remove_file(&report);
    let output = format!("--outputFile.json={}", report.display());
    let reporters = ["--reporter=default", "--reporter=json", &output];
    let success = run_program(npm.args(reporters)).is_ok();
    let report = fs::read(&report)
        .ok()
        .and_then(|text| serde_json::from_slice(&text).ok());
    Ok((
        success,
        report.map_or_else(Tally::default, |report| Tally::of_vitest(&report)),
    ))
}
