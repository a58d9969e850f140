//! Why a task stopped, in two lines: what happened, and what to do.

use std::io;
use std::path::PathBuf;

/// Why a task stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum XtaskError {
    /// A program that was started could not be found or run.
    #[error("{program} could not be started: {source}")]
    NotStarted { program: String, source: io::Error },
    /// A program ran and reported failure. Its own words stand above.
    #[error("{program} failed")]
    Failed { program: String },
    /// Something the machine needs is missing and cannot be installed from here.
    #[error("This computer lacks: {}.", .what.join(", "))]
    Missing {
        what: Vec<&'static str>,
        todo: String,
    },
    /// A file or folder could not be read or written.
    #[error("{} could not be read or written: {source}", .path.display())]
    File { path: PathBuf, source: io::Error },
    /// A step of a longer task failed; the others were still made.
    #[error("Failed: {}.", .steps.join(", "))]
    Steps { steps: Vec<&'static str> },
    /// The task failed and has said so already, in the place where it belongs.
    #[error("")]
    Told,
    /// The window may do more, or less, than its list of commands says.
    #[error("The window: {}.", .faults.join("; "))]
    Window { faults: Vec<String> },
    /// The verifier ended before it said where it listens.
    #[error("The verifier ended before it was ready.")]
    VerifierEnded,
    /// A part of the source tree is absent.
    #[error("{} is not in this source tree.", .path.display())]
    NotHere { path: PathBuf },
}

impl XtaskError {
    /// The second line: what to do about it.
    pub(crate) fn todo(&self) -> String {
        match self {
            Self::NotStarted { program, .. } => format!("Install {program}, then try again."),
            Self::Failed { .. } | Self::Steps { .. } => "The reason stands above.".to_owned(),
            Self::Missing { todo, .. } => todo.clone(),
            Self::Told => String::new(),
            Self::File { .. } => "Check the disk's space and the folder's permissions.".to_owned(),
            Self::VerifierEnded => "Its own words stand above. Is port 8440 in use?".to_owned(),
            Self::Window { .. } => {
                "Mend src-tauri/capabilities/main.json or src-tauri/tauri.conf.json.".to_owned()
            }
            Self::NotHere { .. } => "Use a whole checkout of the repository.".to_owned(),
        }
    }
}
