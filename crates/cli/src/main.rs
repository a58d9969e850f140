//! `assent`: the wallet, the agency's tools, the auditor's tools and the demo on the command line.
//! It parses words and prints answers; every decision is made in the crates below.

mod agency;
mod audit;
mod clock;
mod demo;
mod file;
mod outcome;
mod print;
mod secret;
mod stop;
mod wallet;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// As in the verifier, for consoles and checks that are as busy.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Consent that you sign, that agencies can check, and that you can take back.
#[derive(Parser)]
#[command(
    name = "assent",
    version,
    propagate_version = true,
    max_term_width = 100
)]
struct Cli {
    /// Print one JSON object instead of words; what follows changes prints one a line.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Your data and your consents, on this computer.
    Wallet(wallet::Args),
    /// Ask for consent, check it, and say what was done with it.
    #[command(subcommand)]
    Agency(agency::Command),
    /// Check the verifier's history without trusting it.
    Audit(audit::Args),
    /// Play all of it in one go, with real processes.
    Demo(demo::Args),
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return outcome::misunderstood(&error),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return outcome::fatal(&error),
    };
    let done = runtime.block_on(run(cli.command, cli.json));
    outcome::print(done, cli.json)
}

async fn run(command: Command, json: bool) -> outcome::Outcome {
    match command {
        Command::Wallet(args) => wallet::run(args, json).await,
        Command::Agency(command) => agency::run(command, json).await,
        Command::Audit(args) => audit::run(args, json).await,
        Command::Demo(args) => demo::run(args, json).await,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn every_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
