//! What a check, a registration, a sealed row and a replay cost, each beside its peers in the same run and
//! on the same machine. Ratios are what counts; times are this machine's.

mod client;
mod disk;
mod events;
mod introspection;
mod machine;
mod numbers;
mod opening;
mod peers;
mod registration;
mod replay;
mod report;
mod rows;
mod service;
mod shares;
mod tokens;
#[cfg(target_os = "linux")]
mod window;

use std::process::ExitCode;

use clap::{Parser, ValueEnum};

use machine::Place;
use report::Report;

/// As in the programs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Whatever keeps a measurement from being made; it ends the run.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Measures, and prints each figure beside its peers and its aim.
#[derive(Parser)]
struct Args {
    /// Few rounds over little data, to see that all of it runs; the figures mean little.
    #[arg(long)]
    quick: bool,
    /// What to measure; everything where nothing is named.
    #[arg(value_enum)]
    sections: Vec<Section>,
}

/// One part of the table.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Section {
    /// Offline checks of tokens, cold and known.
    Tokens,
    /// Durable, proven registrations over HTTP.
    Registrations,
    /// Online checks over HTTP.
    Introspection,
    /// Random reads of sealed rows.
    Rows,
    /// Opening a vault.
    Opening,
    /// The wallet's window: its start, its memory, a long list.
    #[cfg(target_os = "linux")]
    Window,
    /// An audit of a long log.
    Replay,
    /// A share, sealed and fetched over HTTP.
    Shares,
    /// Changes on their way to agencies.
    Events,
}

/// How much is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effort {
    /// Enough for the figures to settle.
    Full,
    /// Enough to run every line.
    Quick,
}

impl Effort {
    /// The one or the other amount.
    const fn pick(self, full: usize, quick: usize) -> usize {
        match self {
            Self::Full => full,
            Self::Quick => quick,
        }
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            report::say(&format!("bench: {failure}"));
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> Result<(), Failure> {
    let effort = if args.quick {
        Effort::Quick
    } else {
        Effort::Full
    };
    let wanted = |section| args.sections.is_empty() || args.sections.contains(&section);
    let place = Place::on_disk()?;
    let mut report = Report::new();
    report.heading(&machine::described(&place)?)?;
    for section in Section::value_variants() {
        if wanted(*section) {
            measure(*section, effort, &place, &mut report)?;
        }
    }
    report.finish(effort == Effort::Quick)
}

fn measure(
    section: Section,
    effort: Effort,
    place: &Place,
    report: &mut Report,
) -> Result<(), Failure> {
    match section {
        Section::Tokens => tokens::measure(effort, report),
        Section::Registrations => registration::measure(effort, place, report),
        Section::Introspection => introspection::measure(effort, place, report),
        Section::Rows => rows::measure(effort, place, report),
        Section::Opening => opening::measure(effort, place, report),
        #[cfg(target_os = "linux")]
        Section::Window => window::measure(effort, place, report),
        Section::Replay => replay::measure(effort, place, report),
        Section::Shares => shares::measure(effort, place, report),
        Section::Events => events::measure(effort, place, report),
    }
}
