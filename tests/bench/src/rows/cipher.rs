//! SQLCipher, which only a program of its own can link: it is built and started here, and told on its
//! standard input how many reads to do; it answers with nanoseconds.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

use crate::{Failure, machine::Place, numbers::Sample, report::say};

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sqlcipher");

/// The running program.
pub(super) struct Cipher {
    child: Child,
    told: ChildStdin,
    says: BufReader<ChildStdout>,
    version: String,
}

impl Cipher {
    /// Builds the program, starts it, and waits until its rows are written.
    pub(super) fn start(place: &Place, rows: usize) -> Result<Self, Failure> {
        let program = build(&place.target().join("sqlcipher"))?;
        let mut command = Command::new(program);
        command
            .arg(place.path().join("rows.sqlcipher"))
            .arg(rows.to_string());
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let told = child.stdin.take().ok_or("no way to tell it")?;
        let says = BufReader::new(child.stdout.take().ok_or("no way to hear it")?);
        let mut cipher = Self {
            child,
            told,
            says,
            version: String::new(),
        };
        cipher.version = cipher.line()?;
        Ok(cipher)
    }

    pub(super) fn read(&mut self, reads: usize) -> Result<Sample, Failure> {
        writeln!(self.told, "{reads}")?;
        let elapsed = Duration::from_nanos(self.line()?.parse()?);
        Ok(Sample {
            operations: reads,
            elapsed,
        })
    }

    /// Ends the program; answers its SQLCipher's version.
    pub(super) fn finish(mut self) -> Result<String, Failure> {
        drop(self.told);
        self.child.wait()?;
        Ok(self.version)
    }

    fn line(&mut self) -> Result<String, Failure> {
        let mut line = String::new();
        self.says.read_line(&mut line)?;
        if line.is_empty() {
            Err("it ended early".into())
        } else {
            Ok(line.trim_end().to_owned())
        }
    }
}

fn build(target: &Path) -> Result<PathBuf, Failure> {
    say("building SQLCipher's part; the first time takes a few minutes");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["build", "--release", "--quiet", "--target-dir"])
        .arg(target);
    // Cargo's output must not mix with the table.
    let built = command
        .current_dir(WORKSPACE)
        .stdout(Stdio::null())
        .status()?;
    if built.success() {
        Ok(target.join("release/bench-sqlcipher"))
    } else {
        Err("its build failed".into())
    }
}
