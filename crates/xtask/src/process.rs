//! Starting other programs, and reading along with what they print.

use std::env;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::thread;

use crate::error::XtaskError;
use crate::place::Place;

/// Cargo, the one that started this program, at the workspace's root.
pub(crate) fn cargo(place: &Place) -> Command {
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    // So that every cargo below builds into the same folder, wherever it was set.
    command
        .current_dir(&place.root)
        .env("CARGO_TARGET_DIR", &place.target);
    // What cargo said of this program itself; some build scripts run anew whenever it is another.
    let own = |name: &str| {
        ["CARGO_PKG_", "CARGO_MANIFEST_"]
            .iter()
            .any(|of| name.starts_with(of))
    };
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_str().is_some_and(own)) {
        command.env_remove(name);
    }
    command
}

/// npm, in the interface's folder.
pub(crate) fn npm(place: &Place) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(place.ui()).arg("--loglevel=error");
    command
}

/// Whether a program of this name is on the search path.
pub(crate) fn on_path(program: &str) -> bool {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::var_os("PATH")
        .is_some_and(|path| env::split_paths(&path).any(|dir| dir.join(&file).is_file()))
}

/// Runs a program to its end.
///
/// # Errors
/// When it cannot be started or reports failure.
pub(crate) fn run(command: &mut Command) -> Result<(), XtaskError> {
    let status = command
        .status()
        .map_err(|source| not_started(command, source))?;
    if status.success() {
        Ok(())
    } else {
        Err(XtaskError::Failed {
            program: name(command),
        })
    }
}

/// Runs a program to its end without showing what it prints; its complaints are shown.
///
/// # Errors
/// As [`run`].
pub(crate) fn run_quietly(command: &mut Command) -> Result<(), XtaskError> {
    run(command.stdout(Stdio::null()))
}

/// Runs a program to its end and reads the JSON that it prints.
///
/// # Errors
/// When it cannot be started, reports failure or prints something else.
pub(crate) fn answer(command: &mut Command) -> Result<serde_json::Value, XtaskError> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| not_started(command, source))?;
    let said = serde_json::from_slice(&output.stdout).ok();
    said.filter(|_| output.status.success())
        .ok_or_else(|| XtaskError::Failed {
            program: name(command),
        })
}

/// What a program that was read along with did.
pub(crate) struct Spoken {
    pub(crate) success: bool,
    pub(crate) lines: Vec<String>,
}

/// Runs a program to its end, passing on what it prints, and keeps the lines.
///
/// # Errors
/// When it cannot be started. A program that reports failure is not an error here.
pub(crate) fn run_and_listen(command: &mut Command) -> Result<Spoken, XtaskError> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|source| not_started(command, source))?;
    let streams = (child.stdout.take(), child.stderr.take());
    let lines = thread::scope(|scope| {
        let errors = scope.spawn(|| {
            streams
                .1
                .map_or_else(Vec::new, |from| pass_on(from, io::stderr()))
        });
        let mut lines = streams
            .0
            .map_or_else(Vec::new, |from| pass_on(from, io::stdout()));
        lines.extend(errors.join().unwrap_or_default());
        lines
    });
    let status = child
        .wait()
        .map_err(|source| not_started(command, source))?;
    Ok(Spoken {
        success: status.success(),
        lines,
    })
}

/// Starts a program that prints a line when it is ready; returns it with that line.
///
/// # Errors
/// When it cannot be started, or ends before it is ready.
pub(crate) fn start_and_wait(command: &mut Command) -> Result<(Running, String), XtaskError> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|source| not_started(command, source))?;
    let mut output = child.stdout.take().map(BufReader::new);
    let mut line = String::new();
    if let Some(output) = output.as_mut() {
        let _ = output.read_line(&mut line);
    }
    if line.is_empty() {
        let _ = child.wait();
        return Err(XtaskError::VerifierEnded);
    }
    // What it prints later still reaches the terminal, and the pipe never fills.
    thread::spawn(move || output.map(|from| pass_on(from, io::stdout())));
    Ok((Running(child), line.trim().to_owned()))
}

/// A program that is stopped when this is dropped.
pub(crate) struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // The verifier loses nothing it has acknowledged, however it is stopped.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn pass_on(from: impl io::Read, mut to: impl Write) -> Vec<String> {
    let mut lines = Vec::new();
    for line in BufReader::new(from).lines().map_while(Result::ok) {
        let _ = writeln!(to, "{line}");
        lines.push(line);
    }
    lines
}

fn not_started(command: &Command, source: io::Error) -> XtaskError {
    XtaskError::NotStarted {
        program: name(command),
        source,
    }
}

/// The program with its first word, as in `cargo clippy`; a link is no word.
fn name(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let program = program
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let first = command
        .get_args()
        .map(|each| each.to_string_lossy())
        .find(|each| !each.starts_with('-') && !each.contains("://"));
    first.map_or_else(|| program.clone(), |first| format!("{program} {first}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_named_with_its_first_word_and_never_with_a_link() {
        let called = |words: &[&str]| name(Command::new("/usr/bin/cargo").args(words));
        assert_eq!(called(&["-q", "clippy", "--fix"]), "cargo clippy");
        assert_eq!(called(&["assent://authorize?request=ey"]), "cargo");
    }
}
