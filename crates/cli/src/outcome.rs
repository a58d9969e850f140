//! What a command ends with: an answer or a failure, in words or in JSON, and the exit code that
//! scripts rely on. Everything is printed through [`crate::print`].

use std::{io, path::Path, process::ExitCode};

use serde_json::{Value, json};

use crate::print;

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
    /// For a person; empty where all of it was said already.
    pub words: String,
    /// For a script, with `--json`; null where all of it was said already.
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

    /// Done, and all of it was said already.
    pub fn said(exit: Exit) -> Self {
        Answer {
            exit,
            words: String::new(),
            json: Value::Null,
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
        let advice = match usage {
            Some(usage) => format!("Write it as: {usage}"),
            None => "See what there is with: assent --help".to_owned(),
        };
        Failure::usage(what, advice)
    }

    /// A file could not be read or written.
    pub fn file(path: &Path, error: &io::Error) -> Self {
        let what = format!("{}: {}.", path.display(), file_words(error));
        Failure::new(Exit::Unknown, "file", what, file_advice(error.kind()))
    }

    /// What was to be said could not be said.
    pub fn unsaid(error: &io::Error) -> Self {
        let what = format!("The answer could not be written: {}.", file_words(error));
        Failure::new(Exit::Unknown, "output", what, file_advice(error.kind()))
    }
}

/// What the system said of a file, without its numbers.
pub fn file_words(error: &io::Error) -> String {
    match kind_in_words(error.kind()) {
        Some(words) => words.to_owned(),
        None => {
            let text = error.to_string();
            let end = text.find(" (os error").unwrap_or(text.len());
            text.get(..end).unwrap_or(&text).to_owned()
        }
    }
}

/// The same where only the kind is known.
pub fn kind_in_words(kind: io::ErrorKind) -> Option<&'static str> {
    Some(match kind {
        io::ErrorKind::NotFound => "there is no such file or folder",
        io::ErrorKind::PermissionDenied => "it may not be used by you",
        io::ErrorKind::StorageFull => "the disk is full",
        io::ErrorKind::QuotaExceeded => "your share of the disk is full",
        io::ErrorKind::ReadOnlyFilesystem => "nothing can be written there",
        io::ErrorKind::AlreadyExists => "it exists already",
        io::ErrorKind::IsADirectory => "it is a folder",
        io::ErrorKind::NotADirectory => "a part of the path is no folder",
        io::ErrorKind::InvalidData => "it is no text",
        _ => return None,
    })
}

/// What to do about it.
pub fn file_advice(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "Make room on the disk and try again."
        }
        _ => "Check that the path is right and that you may use it.",
    }
}

/// A sentence of what an error says: with a capital, unless it begins with a name, and a full stop.
pub fn sentence(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_word = !first.is_empty()
        && first
            .chars()
            .all(|c| c.is_ascii_lowercase() || c == '\'' || c == ',');
    match text.get(..1) {
        Some(initial) if is_word => format!(
            "{}{}.",
            initial.to_uppercase(),
            text.get(1..).unwrap_or_default()
        ),
        _ => format!("{text}."),
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

/// Prints what a command ended with and gives its exit code. An answer that could not be written is not given:
/// that is said where it can be, and the exit code says it too.
pub fn print(outcome: Outcome, json: bool) -> ExitCode {
    let (exit, told) = match &outcome {
        Ok(answer) => (answer.exit, tell(answer, json)),
        Err(failure) => (failure.exit, complain(failure, json)),
    };
    let exit = match told {
        Ok(()) => exit,
        Err(unsaid) => {
            // What failed before is what matters; both are not to be had.
            let failure = outcome.err().unwrap_or(unsaid);
            print::aside(&format!("{}\n{}", failure.what, failure.advice));
            failure.exit
        }
    };
    ExitCode::from(exit as u8)
}

/// Says an answer now. A reader that has seen enough and closed the pipe changes nothing.
fn tell(answer: &Answer, json: bool) -> Result<(), Failure> {
    match json {
        true if answer.json.is_null() => Ok(()),
        true => print::json(&answer.json),
        false if answer.words.is_empty() => Ok(()),
        false => print::words(answer.words.trim_end()),
    }
}

fn complain(failure: &Failure, json: bool) -> Result<(), Failure> {
    if json {
        let error = json!({ "code": failure.code, "what": failure.what, "do": failure.advice });
        return print::json(&json!({ "error": error }));
    }
    print::aside(&format!("{}\n{}", failure.what, failure.advice));
    Ok(())
}

/// Says an answer that is said only once, and answers whether anybody had it: a closed pipe counts too.
pub fn tell_once(answer: &Answer, json: bool) -> io::Result<()> {
    match json {
        true => print::write_json(&answer.json),
        false => print::write_words(answer.words.trim_end()),
    }
}

/// The machine cannot even start a command.
pub fn fatal(error: &io::Error) -> ExitCode {
    print::aside(&format!(
        "The program cannot start: {error}\nClose other programs and try again."
    ));
    ExitCode::from(Exit::Unknown as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_first_letter() {
        for (text, said) in [
            ("no verifier is named", "No verifier is named."),
            ("the log is too large", "The log is too large."),
            (
                "police.example cannot be reached",
                "police.example cannot be reached.",
            ),
            ("audit/lock: in use", "audit/lock: in use."),
            ("http://a is no verifier", "http://a is no verifier."),
            ("", "."),
        ] {
            assert_eq!(sentence(text), said);
        }
    }

    #[test]
    fn a_full_disk_asks_for_room_and_no_number_is_told() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        let failure = Failure::file(Path::new("a/b"), &full);
        assert_eq!(failure.what, "a/b: the disk is full.");
        assert!(failure.advice.starts_with("Make room"));
        let other = file_words(&io::Error::from_raw_os_error(5));
        assert!(!other.contains("os error"), "{other}");
    }
}
