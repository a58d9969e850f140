//! What a program and all that it started hold in memory: the proportional set size, in which pages that several
//! processes share are counted once (proc_pid_smaps_rollup(5)).

use std::{
    fs,
    thread::park_timeout,
    time::{Duration, Instant},
};

use crate::Failure;

/// For this long the least is looked for: what was needed for starting is given back by then.
const WATCHED: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(500);

/// Each process's name and its share, in kibibytes.
pub(crate) struct Held(Vec<(String, u64)>);

impl Held {
    fn total(&self) -> u64 {
        self.0.iter().map(|(_, kibibytes)| kibibytes).sum()
    }

    pub(crate) fn described(&self) -> String {
        let each = self
            .0
            .iter()
            .map(|(name, size)| format!("{name} {}", size / 1024));
        let each = each.collect::<Vec<_>>().join(", ");
        format!(
            "memory of the idle app: {} MiB ({each}; PSS)",
            self.total() / 1024
        )
    }
}

/// The least that a program and its children held within some seconds.
pub(crate) fn at_rest(program: u32) -> Result<Held, Failure> {
    let start = Instant::now();
    let mut least = held(program);
    while start.elapsed() < WATCHED {
        park_timeout(PAUSE);
        let now = held(program);
        if now.total() < least.total() {
            least = now;
        }
    }
    if least.0.is_empty() {
        Err("the program has ended".into())
    } else {
        Ok(least)
    }
}

fn held(program: u32) -> Held {
    let family = family(program);
    let share = |id: u32| Some((name(id)?, proportional(id)?));
    Held(family.into_iter().filter_map(share).collect())
}

/// The program, its children and theirs.
fn family(program: u32) -> Vec<u32> {
    let mut family = vec![program];
    let mut next = 0;
    while let Some(&id) = family.get(next) {
        let path = format!("/proc/{id}/task");
        for thread in fs::read_dir(path).into_iter().flatten().flatten() {
            let children = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
            family.extend(
                children
                    .split_whitespace()
                    .filter_map(|id| id.parse::<u32>().ok()),
            );
        }
        next += 1;
    }
    family
}

fn name(id: u32) -> Option<String> {
    let name = fs::read_to_string(format!("/proc/{id}/comm")).ok()?;
    Some(name.trim().to_owned())
}

fn proportional(id: u32) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}
