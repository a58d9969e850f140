//! The tlog-proof (C2SP tlog-proof): index, inclusion proof and checkpoint in one text that can be checked
//! offline. Its extra line is not authenticated and must never be believed.

use std::{fmt, str::FromStr};

use thiserror::Error;

use crate::{
    Checkpoint, CheckpointError, Hash, NoteError, ProofError, SignedNote, VerifiedCheckpoint,
    VerifierKey, text,
    text::{parse_decimal, parse_hash, push_hash_lines, take_line},
    verify_inclusion,
};

/// The first line of every proof.
const MAGIC: &str = "c2sp.org/tlog-proof@v1";
/// The most hashes that a proof of a tree below 2^63 entries can have.
pub(crate) const MAX_HASHES: usize = 63;

/// Why a proof was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TlogProofError {
    /// The lines before the checkpoint are not those of a tlog-proof.
    #[error("the proof is malformed")]
    Malformed,
    /// The part after the blank line is no signed note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The checkpoint is malformed, of another log or not signed by it.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The entry is not at that index of the checkpoint's tree.
    #[error(transparent)]
    Inclusion(#[from] ProofError),
}

/// A proof that an entry is in a log, with the checkpoint that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlogProof {
    extra: Vec<u8>,
    index: u64,
    hashes: Vec<Hash>,
    checkpoint: SignedNote,
}

impl TlogProof {
    /// Joins an inclusion proof (see [`prove_inclusion`](crate::prove_inclusion)) and a signed checkpoint.
    ///
    /// # Errors
    /// [`TlogProofError::Malformed`] at more than 63 hashes, [`TlogProofError::Checkpoint`] when the note
    /// is none.
    pub fn new(
        index: u64,
        hashes: Vec<Hash>,
        checkpoint: SignedNote,
    ) -> Result<Self, TlogProofError> {
        Self::with_extra(Vec::new(), index, hashes, checkpoint)
    }

    /// As [`Self::new`], with opaque data beside it; empty data is no data.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn with_extra(
        extra: Vec<u8>,
        index: u64,
        hashes: Vec<Hash>,
        checkpoint: SignedNote,
    ) -> Result<Self, TlogProofError> {
        if hashes.len() > MAX_HASHES {
            return Err(TlogProofError::Malformed);
        }
        checkpoint.text().parse::<Checkpoint>()?;
        Ok(Self {
            extra,
            index,
            hashes,
            checkpoint,
        })
    }

    /// The unauthenticated extra data, empty where there is none.
    pub fn extra(&self) -> &[u8] {
        &self.extra
    }

    /// The entry's index, counted from 0.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The inclusion proof, from the leaf's sibling up.
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// The checkpoint's note, not verified.
    pub fn checkpoint(&self) -> &SignedNote {
        &self.checkpoint
    }

    /// Checks that the log signed the checkpoint, that known witnesses' cosignatures hold, and that the
    /// entry with the leaf hash `leaf` is in its tree at [`Self::index`].
    ///
    /// # Errors
    /// [`TlogProofError::Checkpoint`] and [`TlogProofError::Inclusion`].
    pub fn verify(
        &self,
        leaf: &Hash,
        log: &VerifierKey,
        witnesses: &[VerifierKey],
    ) -> Result<VerifiedCheckpoint, TlogProofError> {
        let verified = Checkpoint::open(&self.checkpoint, log, witnesses)?;
        verify_inclusion(&verified.head(), self.index, leaf, &self.hashes)?;
        Ok(verified)
    }
}

impl FromStr for TlogProof {
    type Err = TlogProofError;

    fn from_str(proof: &str) -> Result<Self, TlogProofError> {
        let mut rest = proof;
        let mut line = || take_line(&mut rest).ok_or(TlogProofError::Malformed);
        if line()? != MAGIC {
            return Err(TlogProofError::Malformed);
        }
        let mut next = line()?;
        let mut extra = Vec::new();
        if let Some(value) = next.strip_prefix("extra ") {
            extra = parse_extra(value)?;
            next = line()?;
        }
        let index = parse_index(next)?;
        let mut hashes = Vec::new();
        loop {
            match line()? {
                "" => break,
                hash => hashes.push(parse_hash(hash).ok_or(TlogProofError::Malformed)?),
            }
        }
        Self::with_extra(extra, index, hashes, rest.parse()?)
    }
}

impl fmt::Display for TlogProof {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let checkpoint = self.checkpoint.to_string();
        out.write_str(&text_of(&self.extra, self.index, &self.hashes, &checkpoint))
    }
}

/// Writes a proof around a checkpoint that is already text: for a log that answers many callers with the same checkpoint.
pub fn proof_text(index: u64, hashes: &[Hash], checkpoint: &str) -> String {
    text_of(&[], index, hashes, checkpoint)
}

fn text_of(extra: &[u8], index: u64, hashes: &[Hash], checkpoint: &str) -> String {
    let mut out = String::with_capacity(96 + 45 * hashes.len() + checkpoint.len());
    out.push_str(MAGIC);
    if !extra.is_empty() {
        out.push_str("\nextra ");
        out.push_str(&text::encode(extra));
    }
    out.push_str("\nindex ");
    out.push_str(&index.to_string());
    out.push('\n');
    push_hash_lines(&mut out, hashes);
    out.push('\n');
    out.push_str(checkpoint);
    out
}

fn parse_extra(value: &str) -> Result<Vec<u8>, TlogProofError> {
    text::decode(value)
        .filter(|extra| !extra.is_empty())
        .ok_or(TlogProofError::Malformed)
}

fn parse_index(line: &str) -> Result<u64, TlogProofError> {
    line.strip_prefix("index ")
        .and_then(parse_decimal)
        .ok_or(TlogProofError::Malformed)
}
