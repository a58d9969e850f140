//! Receipts held against what was sent: signed by the pinned log, about our own JWS, and with the effect
//! that the act must have. A receipt that does not hold is no receipt.

use consent_token::{id::Digest, jws};
use protocol::{
    Entry, Slot,
    receipt::{self, Proven, ReceiptError},
};
use transparency_log::{TlogProof, VerifierKey};

/// What an act must have done to the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// The slot becomes valid for the first time, until `exp`.
    Registered { slot: Slot, exp: i64 },
    /// The slot changes to a status.
    Status { slot: Slot, status: u8 },
    /// The act is recorded and changes nothing.
    Recorded,
}

/// Why a receipt is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ReceiptFault {
    /// The proof does not hold, or is of something else.
    #[error(transparent)]
    Proof(#[from] ReceiptError),
    /// The entry says something else than the act means.
    #[error("the log records another effect than the act has")]
    OtherEffect,
}

/// Checks a proof that `compact` is in the log with its effect.
pub(crate) fn check(
    proof: &str,
    log: &VerifierKey,
    compact: &str,
    effect: &Effect,
) -> Result<Proven, ReceiptFault> {
    let proven = receipt::verify(proof, log, &jws::digest(compact))?;
    if effect.fits(&proven.entry) {
        Ok(proven)
    } else {
        Err(ReceiptFault::OtherEffect)
    }
}

/// Checks a proof that the slot was revoked, by whichever statement: a grant that was revoked before
/// answers a second revocation with the first one's receipt (PROTOCOL section 4).
pub(crate) fn check_revoked(
    proof: &str,
    log: &VerifierKey,
    slot: Slot,
) -> Result<Proven, ReceiptFault> {
    let digest = entry_digest(proof).ok_or(ReceiptFault::OtherEffect)?;
    let proven = receipt::verify(proof, log, &digest)?;
    let effect = Effect::Status { slot, status: 1 };
    if effect.fits(&proven.entry) {
        Ok(proven)
    } else {
        Err(ReceiptFault::OtherEffect)
    }
}

fn entry_digest(proof: &str) -> Option<Digest> {
    let proof: TlogProof = proof.parse().ok()?;
    Some(Entry::parse(proof.extra()).ok()?.digest())
}

impl Effect {
    /// Whether `entry` has this effect.
    pub(crate) fn fits(&self, entry: &Entry) -> bool {
        match (self, entry) {
            (
                Self::Registered { slot, exp },
                Entry::Status {
                    slot: at,
                    status: 0,
                    exp: Some(until),
                    ..
                },
            ) => slot == at && exp == until,
            (
                Self::Status { slot, status },
                Entry::Status {
                    slot: at,
                    status: set,
                    exp: None,
                    ..
                },
            ) => slot == at && status == set,
            (Self::Recorded, Entry::Act { .. }) => true,
            _ => false,
        }
    }
}
