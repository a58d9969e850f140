//! `cargo xtask`: sets the machine up, builds, tests and starts Assent, the same way for everybody.
#![expect(
    clippy::print_stdout,
    reason = "this program talks to the person at the terminal"
)]

mod commands;
mod error;
mod place;
mod process;
mod setup;
mod steps;
mod tally;
mod window;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::error::XtaskError;
use crate::place::Place;

/// Set up, build, test and start Assent.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start a verifier with the sample county and open the wallet; without a display, play the demo.
    Run(commands::run::Args),
    /// Run every test. The last line counts them.
    Test,
    /// Build the release programs: assent, assent-verifier and assent-wallet.
    Build,
    /// Run the benchmarks and print their table.
    Bench(commands::bench::Args),
    /// Make the checks that CI makes besides the tests.
    Ci,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match Place::find().and_then(|place| start(&cli.command, &place)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(XtaskError::Told) => ExitCode::FAILURE,
        Err(error) => {
            println!("\n{error}\n{}", error.todo());
            ExitCode::FAILURE
        }
    }
}

fn start(command: &Command, place: &Place) -> Result<(), XtaskError> {
    match command {
        Command::Run(args) => commands::run::run(args, place),
        Command::Test => commands::test::run(place),
        Command::Build => commands::build::run(place),
        Command::Bench(args) => commands::bench::run(args, place),
        Command::Ci => commands::ci::run(place),
    }
}
