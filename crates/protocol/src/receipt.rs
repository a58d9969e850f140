//! Receipts (PROTOCOL sections 5 and 6): proof that an act stands in the log, checked by the one
//! who acted. The `extra` line of the tlog-proof holds the entry, so that the leaf can be rebuilt.

use consent_token::id::Digest;
use transparency_log::{TlogProof, TlogProofError, TreeHead, VerifierKey, leaf_hash};

use crate::entry::{Entry, EntryError};

/// A proof that held: the entry, where it stands and the checkpoint that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// The entry.
    pub entry: Entry,
    /// Its index in the log.
    pub index: u64,
    /// The tree of the checkpoint, signed by the log.
    pub head: TreeHead,
    /// The signed checkpoint's text, to be kept as evidence.
    pub note: String,
}

/// Why a proof is refused. Each is a fault of the verifier, worth keeping as evidence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReceiptError {
    /// The text is not a tlog-proof, or the checkpoint's signature does not hold.
    #[error("the proof cannot be read or is not signed by the log: {0}")]
    Proof(#[from] TlogProofError),
    /// The proof carries no entry, or not one of the log's shapes.
    #[error("the proof's entry cannot be read: {0}")]
    Entry(#[from] EntryError),
    /// The proof is of another act.
    #[error("the proof is of another act")]
    OtherAct,
}

/// Checks a tlog-proof's text: signed by `log`, of the JWS with `digest`, and included.
///
/// # Errors
/// [`ReceiptError`] where any of the three does not hold.
pub fn verify(proof: &str, log: &VerifierKey, digest: &Digest) -> Result<Proven, ReceiptError> {
    let proof: TlogProof = proof.parse()?;
    let entry = Entry::parse(proof.extra())?;
    if entry.digest() != *digest {
        return Err(ReceiptError::OtherAct);
    }
    let checkpoint = proof.verify(&leaf_hash(proof.extra()), log, &[])?;
    Ok(Proven {
        entry,
        index: proof.index(),
        head: checkpoint.head(),
        note: proof.checkpoint().to_string(),
    })
}
