//! Everything that a wallet can answer with instead of doing what it was asked. Each has a code for
//! scripts; the words for a person are chosen where they are shown.

use consent_token::{
    Refusal,
    id::{AgencyId, Jti, UnixSeconds},
    request::{AnswerError, LinkError},
};
use profile::{ValueError, import::ImportError};
use protocol::{ClientError, registry::RegistryError};
use vault::VaultError;

use crate::NoRandomness;

/// Why the wallet did not do it. Unless a variant says otherwise, nothing changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WalletError {
    /// The vault could not be read or changed.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A record of this kind is not one that this program wrote; a newer program may have.
    #[error("a record of kind {0} in the vault cannot be read")]
    Record(&'static str),
    /// The operating system gave no random bytes.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// The verifier or an agency's address did not answer, or refused.
    #[error(transparent)]
    Client(Box<ClientError>),
    /// A value does not fit its path; the citizen corrects it.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// Files are kept at the paths of `documents.` alone; the citizen chooses one of those.
    #[error("{0} is not a place for a file")]
    NotADocument(String),
    /// The file is empty, or has more than 20 MiB.
    #[error("the file is empty or larger than 20 MiB")]
    AttachmentSize,
    /// A file could not be read or written.
    #[error("the file could not be read or written: {0}")]
    AttachmentFile(std::io::ErrorKind),
    /// A file cannot be imported at all; the citizen chooses another.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// No verifier was ever used; the citizen names one.
    #[error("no verifier is known yet")]
    NoVerifier,
    /// There is something else at that address.
    #[error("{0} is not a verifier")]
    NotAVerifier(String),
    /// The verifier speaks no version that this program knows; one of the two has to be updated.
    #[error("{0} speaks another version of the protocol")]
    OtherVersion(String),
    /// The verifier's keys are not those that were pinned. Evidence is kept, nothing is sent.
    #[error("{0} changed since the verifier was first used")]
    VerifierChanged(&'static str),
    /// Another verifier answers at an address that was named now; the wallet stays with its own.
    #[error("that is another verifier: {url} calls itself {issuer}, and this wallet uses {pinned}")]
    OtherVerifier {
        /// The address that was named.
        url: String,
        /// What the verifier there calls itself.
        issuer: String,
        /// The address of the wallet's own.
        pinned: String,
    },
    /// What the verifier signed has expired or comes from the future: a clock is wrong, most likely this
    /// machine's, so that nothing can be told from it.
    #[error("what the verifier signed has expired, or comes from the future")]
    OutOfTime,
    /// No registry was fetched yet; the wallet has to go online once.
    #[error("the list of agencies was not fetched yet")]
    NoRegistry,
    /// The registry is refused and the one from before stays. Evidence is kept.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// The registry came without a proof that it is in the log, and the one from before stays. Evidence is kept.
    #[error("the list of agencies came without a proof that it is in the log")]
    RegistryUnproven,
    /// A request that is no request, of somebody who may not ask, or too late.
    #[error("the request is refused: {0}")]
    Request(#[from] Refusal),
    /// A link that cannot be read.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// The link names one agency and the request in it another: somebody mixed them.
    #[error("the link names {link}, but the request is from {request}")]
    OtherAgency {
        /// Whom the link names.
        link: AgencyId,
        /// Whose request it is.
        request: AgencyId,
    },
    /// The choices do not fit the request; the citizen chooses again.
    #[error(transparent)]
    Answer(#[from] AnswerError),
    /// The request is for a circle that is not registered, or that the agency is not in.
    #[error("there is no circle {0} that this agency belongs to")]
    UnknownCircle(String),
    /// No agency of that id is registered.
    #[error("no agency {0} is registered")]
    UnknownAgency(AgencyId),
    /// The registrar has suspended the agency.
    #[error("the agency {0} is suspended")]
    AgencySuspended(AgencyId),
    /// No purpose or no such purpose.
    #[error("there is no purpose called {0}")]
    UnknownPurpose(String),
    /// The end is not after now.
    #[error("the end lies in the past")]
    EndsInPast,
    /// The end is later than the request or the protocol allows.
    #[error("the consent can run until {} at most", .latest.as_i64())]
    EndsTooLate {
        /// The latest end.
        latest: UnixSeconds,
    },
    /// Fewer status slots in stock than are needed, and no connection to fetch more.
    #[error("{needed} places in the status list are needed and {in_stock} are in stock")]
    NoSlots {
        /// How many tokens were to be signed.
        needed: usize,
        /// How many usable slots there are.
        in_stock: usize,
    },
    /// No consent of that id is in this wallet, or the beginning of an id fits several.
    #[error("there is no consent {0} in this wallet")]
    UnknownGrant(String),
    /// It is the citizen's own wording, so that there is nobody to decline it to.
    #[error("nobody asked for this, so it cannot be declined")]
    NotARequest,
    /// The request was answered with a consent, which has to be taken back instead.
    #[error("the request was answered with consent {0}")]
    AnsweredAlready(Jti),
    /// The consent waits to be sent, so that there is nothing to take the place of.
    #[error("the consent was not sent yet")]
    NotRegistered,
    /// The consent is paused; a new one in its place would end the pause.
    #[error("the consent is paused")]
    GrantPaused,
    /// Nothing was left out and the end is the same.
    #[error("this is not less than the consent already is")]
    NotNarrower,
    /// No offer that stands is called that.
    #[error("there is no offer {0}")]
    UnknownOffer(String),
    /// The consent has ended, so it cannot be paused or resumed.
    #[error("the consent has ended")]
    GrantEnded,
}

impl WalletError {
    /// The stable code, for scripts and for choosing words.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Vault(_) => "vault",
            Self::Record(_) => "record",
            Self::Randomness(_) => "randomness",
            Self::Client(error) => client_code(error),
            Self::NotAVerifier(_) => "not_a_verifier",
            Self::Value(_) => "value",
            Self::NotADocument(_) => "not_a_document",
            Self::AttachmentSize => "attachment_size",
            Self::AttachmentFile(_) => "file",
            Self::Import(error) => error.code(),
            Self::NoVerifier => "no_verifier",
            Self::OtherVersion(_) => "other_version",
            Self::VerifierChanged(_) => "verifier_changed",
            Self::OtherVerifier { .. } => "other_verifier",
            Self::OutOfTime => "out_of_time",
            Self::NoRegistry => "no_registry",
            Self::Registry(_) => "registry_refused",
            Self::RegistryUnproven => "registry_unproven",
            Self::Request(refusal) => refusal.code(),
            Self::Link(_) => "link",
            Self::OtherAgency { .. } => "other_agency",
            Self::Answer(_) => "answer",
            Self::UnknownCircle(_) => "unknown_circle",
            Self::UnknownAgency(_) => "unknown_agency",
            Self::AgencySuspended(_) => "agency_suspended",
            Self::UnknownPurpose(_) => "unknown_purpose",
            Self::EndsInPast => "ends_in_past",
            Self::EndsTooLate { .. } => "ends_too_late",
            Self::NoSlots { .. } => "no_slots",
            Self::UnknownGrant(_) => "unknown_grant",
            Self::NotARequest => "not_a_request",
            Self::AnsweredAlready(_) => "answered_already",
            Self::NotRegistered => "not_registered",
            Self::GrantPaused => "grant_paused",
            Self::NotNarrower => "not_narrower",
            Self::UnknownOffer(_) => "unknown_offer",
            Self::GrantEnded => "grant_ended",
        }
    }
}

impl From<ClientError> for WalletError {
    fn from(error: ClientError) -> Self {
        Self::Client(Box::new(error))
    }
}

const fn client_code(error: &ClientError) -> &'static str {
    match error {
        ClientError::Transport(_) => "unreachable",
        ClientError::Refused(_) => "refused",
        _ => "not_a_verifier",
    }
}
