//! What a verifier remembers and by which rules (PROTOCOL sections 3 to 5), and the trait behind
//! which a database keeps it. The [`Ledger`] is a pure function of the log and the bodies beside
//! it; a store only appends, atomically and durably, to a head that it compares first.

#[cfg(feature = "conformance")]
pub mod conformance;
#[cfg(any(test, feature = "conformance"))]
pub mod fixture;
mod grant;
mod ledger;
mod lists;
mod staging;
mod store;

pub use grant::{GrantState, Place, State};
pub use ledger::{KnownAgency, Ledger, RegistryState, ReplayError, Signer, SignerKind};
pub use lists::StatusLists;
pub use staging::{Outcome, SignedStatement, Staging, Submission};
pub use store::{
    ATTACHMENTS_AT_MOST, AppendError, Batch, NewEntry, OFFERS_AT_MOST, Piece, PieceOutcome,
    Publication, ShareChange, Store, StoreError, StoredAttachment, StoredEntry, StoredOffer,
    UPLOADS_AT_MOST, Upload,
};
