//! The acts of section 4, each with its own members.

use crate::id::{AgencyId, Digest, Jti};
use crate::term::{Finding, LegalBasis};

/// What a holder does to a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HolderAct {
    /// Takes it back, for ever.
    Revoke {
        /// Why, in the citizen's words.
        reason: Option<String>,
    },
    /// Pauses it.
    Suspend,
    /// Ends the pause.
    Resume,
    /// Announces the current ciphertext.
    Share {
        /// SHA-256 of the ciphertext.
        digest: Digest,
        /// Its size in bytes.
        size: u64,
        /// Its number, rising.
        revision: u64,
    },
    /// Asks the agency to delete what it read.
    EraseRequest,
}

impl HolderAct {
    /// The act's name on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Revoke { .. } => "revoke",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Share { .. } => "share",
            Self::EraseRequest => "erase-request",
        }
    }
}

/// What an agency does under a grant. `actor` is a pseudonym of a staff member that only the agency
/// can resolve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgencyAct {
    /// It fetched the share.
    Access {
        /// Who.
        actor: String,
        /// Why.
        reason: String,
        /// The data paths that it looked at; at least one, each once.
        datatypes: Vec<String>,
    },
    /// It opened a sealed share.
    Open {
        /// The incident (`incidentId` of NENA i3).
        incident: String,
        /// Who.
        actor: String,
        /// The position (`agencyPositionId` of NENA i3).
        position: String,
        /// Why: a code.
        reason: String,
        /// The legal basis.
        basis: LegalBasis,
    },
    /// It hands what it read on to another agency, which the consent names among its recipients.
    Forward {
        /// To whom.
        to: AgencyId,
        /// Who.
        actor: String,
        /// Why.
        reason: String,
        /// The data paths that are handed on; at least one, each once.
        datatypes: Vec<String>,
    },
    /// A second person looked at an opening.
    Review {
        /// The `open` statement.
        of: Jti,
        /// The second person.
        actor: String,
        /// What was found.
        finding: Finding,
    },
    /// Its software has acted on a revocation.
    Acknowledged {
        /// The `revoke` statement.
        of: Jti,
    },
    /// It deleted what it had.
    Erased {
        /// How.
        method: String,
    },
}

impl AgencyAct {
    /// The act's name on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Access { .. } => "access",
            Self::Open { .. } => "open",
            Self::Forward { .. } => "forward",
            Self::Review { .. } => "review",
            Self::Acknowledged { .. } => "acknowledged",
            Self::Erased { .. } => "erased",
        }
    }
}
