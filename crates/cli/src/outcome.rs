//! What a command ends with: an answer or a failure, in words or in JSON, and the exit code that
//! scripts rely on.

#![allow(
    clippy::print_stderr,
    reason = "the one place that prints a command's answer"
)]

use std::{
    io::{Write as _, stdout},
    process::ExitCode,
};

use serde_json::{Value, json};

/// The exit codes of every command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Yes, or done.
    Yes = 0,
    /// A clear no: a refused token, a failed audit.
    No = 1,
    /// The command was not understood.
    Usage = 2,
    /// It could not tell: network, storage.
    Unknown = 3,
}

/// What a command found or did.
#[derive(Debug)]
pub struct Answer {
    /// The exit code.
    pub exit: Exit,
    /// For a person; printed as it is.
    pub words: String,
    /// For a script, with `--json`.
    pub json: Value,
}

/// Why a command could not do what it was asked.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// The stable code, for scripts.
    pub code: String,
    /// What happened.
    pub what: String,
    /// What to do.
    pub advice: String,
}

/// What a command ends with.
pub type Outcome = Result<Answer, Failure>;

impl Answer {
    /// Done, or yes.
    pub fn yes(words: impl Into<String>, json: Value) -> Self {
        Answer {
            exit: Exit::Yes,
            words: words.into(),
            json,
        }
    }

    /// A clear no.
    pub fn no(words: impl Into<String>, json: Value) -> Self {
        Answer {
            exit: Exit::No,
            words: words.into(),
            json,
        }
    }
}

impl Failure {
    /// A failure with its exit code, its stable code and its two lines.
    pub fn new(
        exit: Exit,
        code: impl Into<String>,
        what: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Failure {
            exit,
            code: code.into(),
            what: what.into(),
            advice: advice.into(),
        }
    }

    /// The command's words do not fit together.
    pub fn usage(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Failure::new(Exit::Usage, "usage", what, advice)
    }

    /// The command's words are none that clap knows: its first lines say why, and its usage what to write.
    fn of_words(error: &clap::Error) -> Self {
        let text = error.to_string();
        let why = text.split("\n\n").next().unwrap_or_default();
        let what = match why.strip_prefix("error: ") {
            Some(why) => why.split_whitespace().collect::<Vec<_>>().join(" "),
            None => "A command is missing.".to_owned(),
        };
        let usage = text.lines().find_map(|line| line.strip_prefix("Usage: "));
        let advice = format!("Write it as: {}", usage.unwrap_or("assent --help"));
        Failure::usage(what, advice)
    }

    /// A file could not be read or written.
    pub fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        let what = format!("{}: {error}", path.display());
        Failure::new(
            Exit::Unknown,
            "file",
            what,
            "Check that the path is right and that you may use it.",
        )
    }
}

/// Words that are no command: told as clap tells it, or as JSON where a script asks for that. Help and version are
/// answers and stay what they are.
pub fn misunderstood(error: &clap::Error) -> ExitCode {
    let json = std::env::args_os().any(|word| word == "--json");
    if json && error.use_stderr() {
        return print(Err(Failure::of_words(error)), json);
    }
    error.exit()
}

/// Prints what a command ended with and gives its exit code.
pub fn print(outcome: Outcome, json: bool) -> ExitCode {
    let exit = match &outcome {
        Ok(answer) if json => {
            say(&answer.json.to_string());
            answer.exit
        }
        Ok(answer) => {
            say(answer.words.trim_end());
            answer.exit
        }
        Err(failure) if json => {
            let error = json!({ "code": failure.code, "what": failure.what, "do": failure.advice });
            say(&json!({ "error": error }).to_string());
            failure.exit
        }
        Err(failure) => {
            eprintln!("{}\n{}", failure.what, failure.advice);
            failure.exit
        }
    };
    ExitCode::from(exit as u8)
}

/// A reader that has seen enough and closed the pipe changes nothing: the exit code says what was found.
fn say(line: &str) {
    let _ = writeln!(stdout(), "{line}");
}

/// The machine cannot even start a command.
pub fn fatal(error: &std::io::Error) -> ExitCode {
    eprintln!("The program cannot start: {error}\nClose other programs and try again.");
    ExitCode::from(Exit::Unknown as u8)
}
