//! Why an audit could not be made at all. What an audit finds wrong is a [`crate::Finding`] instead.

use std::{io, path::Path};

use protocol::TransportError;
use transparency_log::NoteError;

/// The auditor could not tell. Nothing is known to be wrong, and nothing is known to be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AuditError {
    /// No whole answer came; try again when the network is back.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The verifier answered with this HTTP status; try again later, or ask its operator.
    #[error("the address {url} answered with HTTP status {status}")]
    Unanswered {
        /// What was asked for.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// What is at the address is not a verifier; check the address.
    #[error("there is no verifier at {0}")]
    NotAVerifier(String),
    /// The first visit was made without a log key; take it from the operator's `assent-verifier init`.
    #[error("no log key is pinned")]
    NoKey,
    /// The log key that was given is not one; copy the whole line.
    #[error("the log key cannot be read: {0}")]
    BadKey(NoteError),
    /// No verifier was named, and the state folder remembers none.
    #[error("no verifier is named")]
    NoVerifier,
    /// The state folder belongs to another verifier; use another folder.
    #[error("the state folder is of the verifier {0}")]
    OtherVerifier(String),
    /// Another log key is pinned; never replace it without knowing why it changed.
    #[error("another log key is pinned: {0}")]
    OtherKey(String),
    /// Another audit uses the state folder; wait for it.
    #[error("another audit is using {0}")]
    InUse(String),
    /// A file could not be read or written; its owner mends that.
    #[error("{path}: {kind}")]
    File {
        /// Which file.
        path: String,
        /// What the system said.
        kind: io::ErrorKind,
    },
    /// A file of the state folder is not what the auditor wrote; restore it, or start with a fresh folder.
    #[error("this is damaged: {0}")]
    Damaged(String),
    /// The verifier shows the statements behind its log to admitted auditors alone; the registrar admits.
    #[error("this auditor is not admitted")]
    NotAdmitted,
    /// The operating system gives no random numbers.
    #[error("the operating system gives no random numbers")]
    Randomness,
    /// The log is too large for this version.
    #[error("the log is too large")]
    TooLarge,
    /// A plot could not be drawn.
    #[error("a plot could not be drawn: {0}")]
    Plot(String),
}

impl AuditError {
    pub(crate) fn file(path: &Path) -> impl Fn(io::Error) -> Self + '_ {
        |error| AuditError::File {
            path: path.display().to_string(),
            kind: error.kind(),
        }
    }

    /// The stable code, for scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            AuditError::Transport(_) | AuditError::Unanswered { .. } => "unreachable",
            AuditError::NotAVerifier(_) => "not_a_verifier",
            AuditError::NoKey => "no_log_key",
            AuditError::BadKey(_) => "bad_log_key",
            AuditError::NoVerifier => "no_verifier",
            AuditError::OtherVerifier(_) => "other_verifier",
            AuditError::OtherKey(_) => "other_log_key",
            AuditError::InUse(_) => "in_use",
            AuditError::File { .. } => "file",
            AuditError::Damaged(_) => "damaged",
            AuditError::NotAdmitted => "not_admitted",
            AuditError::Randomness => "randomness",
            AuditError::TooLarge => "too_large",
            AuditError::Plot(_) => "plot",
        }
    }
}
