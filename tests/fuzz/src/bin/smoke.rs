//! Runs every target, or those named, over its seeds and a fixed number of mutations of them. `--corpus DIR`
//! writes the seeds where cargo-fuzz looks for them instead.

use std::{env, fs, panic, path::Path, process::ExitCode, time::Instant};

use targets::{Mutator, TARGETS, Target, seeds};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [option, folder] = arguments.as_slice()
        && option == "--corpus"
    {
        return write_corpus(Path::new(folder));
    }
    if let Some(unknown) = arguments
        .iter()
        .find(|name| !TARGETS.iter().any(|target| target.name == *name))
    {
        eprintln!("{unknown} is no target.");
        return ExitCode::FAILURE;
    }
    let wanted =
        |target: &&Target| arguments.is_empty() || arguments.iter().any(|name| name == target.name);
    let failed: Vec<&str> = TARGETS
        .iter()
        .filter(wanted)
        .filter(|target| !smoke(target))
        .map(|target| target.name)
        .collect();
    if failed.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!("Defects in: {}", failed.join(", "));
    ExitCode::FAILURE
}

/// Whether the target held; what it does is printed.
fn smoke(target: &Target) -> bool {
    let started = Instant::now();
    let seeds = seeds::of(target.name);
    let Some(taken) = run_all(target, &seeds) else {
        return false;
    };
    let mut mutator = Mutator::new(target.name);
    let inputs: Vec<Vec<u8>> = (0..target.rounds).map(|_| mutator.input(&seeds)).collect();
    let Some(taken_mutated) = run_all(target, &inputs) else {
        return false;
    };
    println!(
        "{:<18} {:>4} seeds, {:>4} taken; {:>5} mutations, {:>5} taken; {} ms",
        target.name,
        seeds.len(),
        taken,
        inputs.len(),
        taken_mutated,
        started.elapsed().as_millis()
    );
    if taken == 0 {
        eprintln!(
            "{}: not one seed is taken: the run proves nothing.",
            target.name
        );
    }
    taken > 0
}

/// How many inputs were taken; nothing where one of them shows a defect.
fn run_all(target: &Target, inputs: &[Vec<u8>]) -> Option<usize> {
    let mut taken = 0;
    for input in inputs {
        match panic::catch_unwind(|| (target.run)(input)) {
            Ok(was_taken) => taken += usize::from(was_taken),
            Err(_) => {
                keep(target, input);
                return None;
            }
        }
    }
    Some(taken)
}

/// Keeps the input that shows a defect where `cargo run --bin TARGET FILE` finds it.
fn keep(target: &Target, input: &[u8]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("artifacts")
        .join(target.name);
    let file = folder.join("smoke");
    match fs::create_dir_all(&folder).and_then(|()| fs::write(&file, input)) {
        Ok(()) => eprintln!("{}: a defect, shown by {}", target.name, file.display()),
        Err(error) => eprintln!("{}: a defect, shown by {input:?} ({error})", target.name),
    }
}

fn write_corpus(folder: &Path) -> ExitCode {
    for target in TARGETS {
        let own = folder.join(target.name);
        let written = fs::create_dir_all(&own).and_then(|()| {
            let mut seeds = seeds::of(target.name).into_iter().enumerate();
            seeds.try_for_each(|(number, seed)| {
                fs::write(own.join(format!("seed-{number:03}")), seed)
            })
        });
        if let Err(error) = written {
            eprintln!("{}: {error}", own.display());
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
