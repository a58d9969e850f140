//! Why something could not be done. That a consent does not hold is no error but a refusal.

use std::{io, path::Path};

use consent_token::Refusal;
use protocol::{
    ClientError, offer::OfferError, receipt::ReceiptError, registry::RegistryError,
    share::ShareError, status_token::StatusTokenError,
};

/// Why the agency's software could not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AgencyError {
    /// The folder holds no agency; make one with `init`.
    #[error("there is no agency in {0}")]
    NoAgency(String),
    /// The folder holds an agency already; its keys are never overwritten.
    #[error("there is an agency already in {0}; nothing was changed")]
    Exists(String),
    /// A file could not be read or written; its owner mends that.
    #[error("{path}: {kind}")]
    File {
        /// Which file.
        path: String,
        /// What the system said.
        kind: io::ErrorKind,
    },
    /// A file is not what was written; restore it from a backup.
    #[error("this file is damaged: {0}")]
    Damaged(String),
    /// A copy of what the verifier says is not what was written; it is fetched again at the next contact.
    #[error("the copy in {0} is damaged")]
    DamagedCopy(String),
    /// Another program follows the agency's events in this folder; its owner ends it first.
    #[error("another program follows the consents of {0}")]
    InUse(String),
    /// The folder was written by a later version; its owner updates the software.
    #[error("a later version of this software wrote {0}")]
    NewerFolder(String),
    /// The folder is of a time before there were encryption keys; its owner adds them.
    #[error("there are no keys that open shares in {0}")]
    NoEncryptionKeys(String),
    /// No verifier is known yet; name it once.
    #[error("no verifier is named")]
    NoVerifier,
    /// The verifier's keys or name are not those pinned at first contact. Do not go on: ask its operator,
    /// over another channel, why.
    #[error("the verifier at {0} is not the one of the first contact: {1} changed")]
    VerifierChanged(String, &'static str),
    /// What is at the address is a verifier, but not the one that the folder belongs to; its owner names another
    /// folder, or the right address.
    #[error("the verifier at {url} is {found}, and this folder is of {pinned}")]
    OtherVerifier {
        /// Where it was reached.
        url: String,
        /// What it calls itself.
        found: String,
        /// What the folder's verifier calls itself.
        pinned: String,
    },
    /// The log key that was given is not the one that the verifier names.
    #[error("the verifier at {0} names another log key")]
    OtherLogKey(String),
    /// What is at the address is not a verifier of this version of the protocol.
    #[error("there is no verifier of this version of the protocol at {0}")]
    NotAVerifier(String),
    /// The verifier could not be asked, or refused.
    #[error(transparent)]
    Client(Box<ClientError>),
    /// The registry does not hold; the one from before stays in use.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// The registry is not proven to be in the log; the one from before stays in use.
    #[error("the registry is not proven to be in the log")]
    RegistryUnproven,
    /// A status list does not hold; what depends on it is refused.
    #[error(transparent)]
    StatusList(#[from] StatusTokenError),
    /// The verifier's receipt does not hold: keep it, the act may not be in the log.
    #[error("the receipt does not hold: {0}")]
    Receipt(#[from] ReceiptError),
    /// The consent does not allow its agency to read; it asks for one that does.
    #[error("the consent does not allow to read")]
    NoReading,
    /// A share cannot be opened, or must not be used.
    #[error(transparent)]
    Share(#[from] ShareError),
    /// The consent does not let the data be handed on to that agency.
    #[error("the consent does not let the data be handed on to {0}")]
    NotARecipient(String),
    /// The consent behind what was handed on does not hold, or its status cannot be told; nothing was opened.
    #[error("the consent does not hold: {0}")]
    DoesNotHold(Refusal),
    /// It waits for an incident, and was not opened for this one within the last two hours.
    #[error("it is not open for this incident")]
    NotOpened,
    /// The registry has no such agency in standing, or no encryption key of it.
    #[error("nothing can be sealed for {0}")]
    UnknownRecipient(String),
    /// Events go over `https`, or to this computer; its owner names another address.
    #[error("this is no https address, and not on this computer: {0}")]
    InsecureReceiver(String),
    /// No wallet would show the offer; it was not signed.
    #[error("no wallet would show this offer: {0}")]
    Offer(#[from] OfferError),
    /// A request or statement would be refused by every reader; it was not signed.
    #[error("every reader would refuse this: {0}")]
    Unsignable(Refusal),
    /// A purpose or data path is not of this version of the protocol.
    #[error("this is no purpose or data path of this version of the protocol: {0}")]
    UnknownTerm(String),
    /// The operating system gives no random numbers.
    #[error("the operating system gives no random numbers")]
    Randomness,
}

impl From<ClientError> for AgencyError {
    fn from(error: ClientError) -> Self {
        AgencyError::Client(Box::new(error))
    }
}

impl AgencyError {
    pub(crate) fn file(path: &Path) -> impl Fn(io::Error) -> Self + '_ {
        |error| AgencyError::File {
            path: path.display().to_string(),
            kind: error.kind(),
        }
    }

    pub(crate) fn damaged(path: &Path) -> Self {
        AgencyError::Damaged(path.display().to_string())
    }

    /// Whether the same may be done later, unchanged.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, AgencyError::Client(error) if error.is_passing())
    }

    /// Whether this computer's clock, or the verifier's, is wrong. That is no word on any consent.
    #[must_use]
    pub fn is_about_the_clock(&self) -> bool {
        matches!(self, AgencyError::Client(error) if error.is_about_the_clock())
    }

    /// Whether the verifier said a clear no, which asking again does not change.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        match self {
            AgencyError::Client(error) => {
                matches!(**error, ClientError::Refused(_))
                    && !error.is_passing()
                    && !error.is_about_the_clock()
            }
            AgencyError::NoReading
            | AgencyError::Share(_)
            | AgencyError::NotARecipient(_)
            | AgencyError::DoesNotHold(_)
            | AgencyError::NotOpened => true,
            _ => false,
        }
    }

    /// The stable code, for scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            AgencyError::NoAgency(_) => "no_agency",
            AgencyError::Exists(_) => "exists",
            AgencyError::File { .. } => "file",
            AgencyError::Damaged(_) | AgencyError::DamagedCopy(_) => "damaged",
            AgencyError::InUse(_) => "in_use",
            AgencyError::NewerFolder(_) => "newer_folder",
            AgencyError::NoEncryptionKeys(_) => "no_encryption_keys",
            AgencyError::NoVerifier => "no_verifier",
            AgencyError::VerifierChanged(..) => "verifier_changed",
            AgencyError::OtherVerifier { .. } => "other_verifier",
            AgencyError::OtherLogKey(_) => "other_log_key",
            AgencyError::NotAVerifier(_) => "not_a_verifier",
            AgencyError::Client(error) if error.is_about_the_clock() => "clock",
            AgencyError::Client(error) => match (&**error, error.code()) {
                (_, Some(code)) => code.as_str(),
                (ClientError::NotAVerifier(_), _) => "not_a_verifier",
                (ClientError::Refused(_), _) => "refused",
                _ => "unreachable",
            },
            AgencyError::Registry(_) | AgencyError::RegistryUnproven => "registry",
            AgencyError::StatusList(_) => "status_list",
            AgencyError::Receipt(_) => "receipt",
            AgencyError::NoReading => "wrong_act",
            AgencyError::Share(error) => error.code(),
            AgencyError::NotARecipient(_) => "not_a_recipient",
            AgencyError::NotOpened => "not_opened",
            AgencyError::UnknownRecipient(_) => "unknown_recipient",
            AgencyError::InsecureReceiver(_) => "insecure_receiver",
            AgencyError::Offer(_) => "invalid_offer",
            AgencyError::DoesNotHold(refusal) | AgencyError::Unsignable(refusal) => refusal.code(),
            AgencyError::UnknownTerm(_) => "unknown_term",
            AgencyError::Randomness => "randomness",
        }
    }
}
