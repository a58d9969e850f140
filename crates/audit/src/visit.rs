//! One audit, done: what was found, and the log as it was read, to ask questions of.

use protocol::{Slot, UnixMillis};
use transparency_log::{TreeHead, VerifierKey};

use crate::{
    finding::Findings,
    proof::{self, GrantAnswer, ProofError},
    replay::Replay,
    state::{Pin, VisitRecord},
    timeline::{self, ListAnswer},
};

/// How far an audit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// Reading entries.
    Entries {
        /// So many are read.
        done: u64,
        /// Of so many.
        of: u64,
    },
    /// Comparing hash tiles.
    Tiles {
        /// So many are compared.
        done: u64,
        /// Of so many.
        of: u64,
    },
    /// Comparing status lists.
    Lists {
        /// So many are compared.
        done: u64,
        /// Of so many.
        of: u64,
    },
}

/// Why a question to a visit has no answer; who asks mends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuestionError {
    /// The time is after the visit: what the log will say then is not known.
    #[error("that time has not come")]
    NotYet,
    /// The log speaks of no list with that number.
    #[error("the log speaks of no status list {0}")]
    NoSuchList(u32),
}

/// One audit, done.
#[derive(Debug)]
pub struct Visit {
    /// When it was made, in milliseconds.
    pub at: UnixMillis,
    /// What was pinned before it.
    pub pin: Pin,
    /// The log's checkpoint, where one was signed by the pinned key.
    pub head: Option<TreeHead>,
    /// The checkpoint of the visit before.
    pub last: Option<TreeHead>,
    /// What does not hold.
    pub findings: Findings,
    /// The log as it was read.
    pub replay: Replay,
    /// This visit and those before it, oldest first.
    pub visits: Vec<VisitRecord>,
    pub(crate) log: VerifierKey,
}

impl Visit {
    /// Whether everything held.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.head.is_some() && self.findings.is_empty()
    }

    /// Whether it cannot be told that the verifier broke its word: all that does not hold are times, which a wrong
    /// clock of the auditor's explains as well.
    #[must_use]
    pub fn is_unclear(&self) -> bool {
        self.head.is_some() && !self.findings.is_empty() && self.findings.is_about_the_clock()
    }

    /// A visit knows the log up to its own time, and nothing of later.
    ///
    /// # Errors
    /// [`QuestionError::NotYet`].
    pub fn knows(&self, at: UnixMillis) -> Result<(), QuestionError> {
        if at > self.at {
            return Err(QuestionError::NotYet);
        }
        Ok(())
    }

    /// Whether the grant of a proof was in force at `at`, and by what it is shown.
    ///
    /// `proof` is the text of a tlog-proof, a receipt, or any JSON that holds some of either, such as
    /// `assent wallet show --json` prints.
    ///
    /// # Errors
    /// [`ProofError`] where the file proves nothing about the grant, or the time has not come.
    pub fn grant(
        &self,
        grant: &str,
        proof: &str,
        at: UnixMillis,
    ) -> Result<GrantAnswer, ProofError> {
        self.knows(at)?;
        proof::answer(self, grant, proof, at)
    }

    /// How a status list stood at `at`, by the log.
    ///
    /// # Errors
    /// [`QuestionError`].
    pub fn status(&self, list: u32, at: UnixMillis) -> Result<ListAnswer, QuestionError> {
        self.knows(at)?;
        if !self.replay.list_numbers().any(|number| number == list) {
            return Err(QuestionError::NoSuchList(list));
        }
        Ok(timeline::list_at(&self.replay, list, at))
    }

    /// How one slot stood at `at`, by the log.
    ///
    /// # Errors
    /// [`QuestionError::NotYet`].
    pub fn slot(&self, slot: Slot, at: UnixMillis) -> Result<timeline::Standing, QuestionError> {
        self.knows(at)?;
        Ok(timeline::Timeline::of(&self.replay, slot).at(at))
    }
}
