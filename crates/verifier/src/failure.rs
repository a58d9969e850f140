//! Why a command of the program could not do what it was asked: an exit code and a code for scripts, and two lines
//! for a person. The exit codes are those of every command: 1 a clear no, 2 usage, 3 could not tell.

use std::fmt::Display;

use serde_json::{Value, json};
use store_sqlite::OpenError;
use verifier::{ConfigError, FolderError, KeysError, registrar::RegistrarError};

/// A clear no.
const NO: u8 = 1;
/// The command or what it was given was not understood.
pub(crate) const USAGE: u8 = 2;
/// It could not tell: network, storage.
pub(crate) const UNKNOWN: u8 = 3;

/// Why a command failed.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: u8,
    code: &'static str,
    what: String,
    advice: String,
}

impl Failure {
    /// A failure with its two lines: what happened, and what to do.
    pub(crate) fn new(exit: u8, code: &'static str, what: impl Display, advice: &str) -> Self {
        let (what, advice) = (what.to_string(), advice.to_owned());
        Failure {
            exit,
            code,
            what,
            advice,
        }
    }

    /// Something of the machine: network, disk.
    pub(crate) fn machine(code: &'static str, error: &impl Display, advice: &str) -> Self {
        Failure::new(UNKNOWN, code, format_args!("{error}."), advice)
    }

    /// The command's words are none that clap knows: its first lines say why, and its usage what to write.
    pub(crate) fn of_words(error: &clap::Error) -> Self {
        let text = error.to_string();
        let why = text.split("\n\n").next().unwrap_or_default();
        let what = match why.strip_prefix("error: ") {
            Some(why) => why.split_whitespace().collect::<Vec<_>>().join(" "),
            None => "A command is missing.".to_owned(),
        };
        let usage = text.lines().find_map(|line| line.strip_prefix("Usage: "));
        let advice = format!("Write it as: {}", usage.unwrap_or("assent-verifier --help"));
        Failure::new(USAGE, "usage", what, &advice)
    }

    /// For a person.
    pub(crate) fn words(&self) -> String {
        format!("{}\n{}", self.what, self.advice)
    }

    /// For a script.
    pub(crate) fn json(&self) -> Value {
        json!({ "error": { "code": self.code, "what": self.what, "do": self.advice } })
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        let exit = match error {
            ConfigError::Malformed(..) => USAGE,
            _ => UNKNOWN,
        };
        Failure::new(
            exit,
            "config",
            format_args!("{error}."),
            "Mend the configuration file.",
        )
    }
}

impl From<KeysError> for Failure {
    fn from(error: KeysError) -> Self {
        let (exit, code, advice) = match error {
            KeysError::Exists(_) => (
                USAGE,
                "exists",
                "Choose another folder, or use the one that is there.",
            ),
            KeysError::Missing(_) => (USAGE, "no_verifier", "Check --data."),
            KeysError::Malformed(..) => (UNKNOWN, "keys", "Restore the file from a backup."),
            KeysError::Io(..) => (
                UNKNOWN,
                "file",
                "Check the folder, and that you may use it.",
            ),
            _ => (UNKNOWN, "randomness", "Restart the computer."),
        };
        Failure::new(exit, code, format_args!("{error}."), advice)
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        let (code, advice) = match error {
            OpenError::Missing(_) => ("no_database", "Restore a backup."),
            OpenError::Exists(_) => (
                "no_keys",
                "Restore its keys.json from a backup, or choose another folder.",
            ),
            OpenError::Newer { .. } => ("storage", "Use the newer assent-verifier."),
            _ => ("storage", "Check the folder's disk, or restore a backup."),
        };
        Failure::machine(code, &error, advice)
    }
}

impl From<FolderError> for Failure {
    fn from(error: FolderError) -> Self {
        let advice = match error {
            FolderError::Keys(error) => return error.into(),
            FolderError::Database(error) => return error.into(),
            FolderError::Held(_) => {
                let advice = "Stop it first, or choose another --data; nothing was changed.";
                return Failure::machine("in_use", &error, advice);
            }
            _ => "Check the folder, and that you may use it.",
        };
        Failure::machine("file", &error, advice)
    }
}

impl From<RegistrarError> for Failure {
    fn from(error: RegistrarError) -> Self {
        let (exit, code, advice) = match error {
            RegistrarError::Keys(error) => return error.into(),
            RegistrarError::Open(error) => return error.into(),
            RegistrarError::Folder(error) => return error.into(),
            RegistrarError::Busy(_) => (
                UNKNOWN,
                "in_use",
                "Try again once it has started or stopped; nothing was changed.",
            ),
            RegistrarError::Registry(_) | RegistrarError::Refused(_) => (
                NO,
                "entry_refused",
                "Mend the entry and try again; nothing was changed.",
            ),
            RegistrarError::UnknownAgency(_) => (
                NO,
                "unknown_agency",
                "`assent-verifier agency list` shows who is there.",
            ),
            RegistrarError::Running(_) => (
                UNKNOWN,
                "running",
                "See what the running verifier says, then try again.",
            ),
            _ => (
                UNKNOWN,
                "storage",
                "Check --data and its disk; nothing was changed.",
            ),
        };
        Failure::new(exit, code, format_args!("{error}."), advice)
    }
}
