//! What a command answers with instead of what was asked: a code, never a sentence. The list is closed, so
//! that the window's compiler can tell whether it has words for each.

use consent_token::Refusal;
use profile::import::ImportError;
use protocol::{ClientError, TransportError};
use serde::Serialize;
use ts_rs::TS;
use vault::{PassphraseError, PhraseError, VaultError};
use wallet::WalletError;

use crate::KeychainError;

/// Why a command did nothing. The window has words for each code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[error("{code:?}")]
pub struct CommandError {
    /// The stable code.
    pub code: Code,
    /// The field of the form that is at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub field: Option<&'static str>,
    /// Whether the same may succeed later, unchanged.
    pub retryable: bool,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident),* $(,)?) => {
        /// Every code that crosses to the window.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Code { $($(#[doc = $doc])* $name,)* }

        impl Code {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];
        }
    };
}

codes! {
    /// The wallet is locked.
    Locked,
    /// The person has no home folder and named no place.
    NoPlace,
    /// Too many wrong passphrases: wait.
    TooSoon,
    /// What was to be signed is not what was shown last.
    NotReviewed,
    /// A field of the form cannot be read.
    NotUnderstood,
    /// The passphrase is empty.
    PassphraseEmpty,
    /// The passphrase holds a character that no keyboard types.
    PassphraseControlCharacter,
    /// The passphrase is too long.
    PassphraseTooLong,
    /// The passphrase is too easy to guess.
    PassphraseWeak,
    /// The passphrase does not open this vault.
    WrongPassphrase,
    /// The 24 words do not open this vault.
    WrongPhrase,
    /// Not 24 words.
    PhraseCount,
    /// One of the words is not in the list.
    PhraseWord,
    /// The words do not belong together.
    PhraseChecksum,
    /// There is no vault.
    VaultNotFound,
    /// There is one already.
    VaultExists,
    /// Another window holds it.
    VaultInUse,
    /// The file is something else.
    NotAVault,
    /// A newer version of this program wrote it.
    VaultNewer,
    /// It was changed or broken.
    VaultDamaged,
    /// The backup was not finished.
    BackupUnfinished,
    /// No room on the disk.
    DiskFull,
    /// Not enough memory to open it.
    Memory,
    /// The disk refuses.
    Storage,
    /// The machine gives no random numbers.
    Randomness,
    /// One item is too large.
    TooLarge,
    /// A value does not fit its item.
    Value,
    /// There is no such item.
    UnknownPath,
    /// The file is of no known kind.
    ImportUnknown,
    /// The file is broken.
    ImportBroken,
    /// The file has nobody in it.
    ImportEmpty,
    /// An attachment is empty, or larger than can be kept.
    AttachmentSize,
    /// A piece of an attachment does not follow the one before.
    AttachmentCut,
    /// The item is written down, but its file is not in this wallet: it came with an export.
    AttachmentGone,
    /// No verifier was used yet.
    NoVerifier,
    /// There is something else at that address.
    NotAVerifier,
    /// Not an https address.
    Insecure,
    /// It cannot be reached now.
    Unreachable,
    /// It said no.
    Refused,
    /// It speaks another version.
    OtherVersion,
    /// Its keys changed.
    VerifierChanged,
    /// Another verifier is at the address that was named.
    OtherVerifier,
    /// A clock is wrong, most likely this device's.
    OutOfTime,
    /// The list of agencies was not fetched yet.
    NoRegistry,
    /// The list of agencies cannot be trusted.
    RegistryRefused,
    /// The link cannot be read.
    Link,
    /// Link and request name two agencies.
    OtherAgency,
    /// It is no request.
    NotARequest,
    /// The request is too old.
    RequestExpired,
    /// The request is from the future.
    RequestNotYet,
    /// Whoever asks is not registered.
    RequestUnknownAgency,
    /// Whoever asks is suspended.
    AgencySuspended,
    /// Somebody else signed it.
    RequestForged,
    /// It uses terms that this wallet does not know.
    RequestUnknownTerm,
    /// A needed item was unticked, or nothing is left.
    Answer,
    /// There is no such circle.
    UnknownCircle,
    /// There is no such agency.
    UnknownAgency,
    /// There is no such purpose.
    UnknownPurpose,
    /// The end is over.
    EndsInPast,
    /// The end is later than asked for.
    EndsTooLate,
    /// No connection, and nothing in stock to sign with.
    NoSlots,
    /// There is no such consent.
    UnknownGrant,
    /// It has ended.
    GrantEnded,
    /// Its registration waits to be sent; then it can be narrowed.
    GrantWaits,
    /// It is paused: resume it first.
    GrantPaused,
    /// The new consent would not be narrower.
    NotNarrower,
    /// The request was answered by a consent that is not over.
    AnsweredAlready,
    /// There is no such offer now.
    UnknownOffer,
    /// This device has no keychain that can be reached.
    Keychain,
    /// The person did not show the device that they are there.
    DeviceRefused,
    /// What this device keeps does not open the vault.
    WrongDevice,
    /// The person changed their mind.
    Cancelled,
    /// Something else; a newer library knows more than this program.
    Unknown,
}

impl Code {
    const fn is_retryable(self) -> bool {
        matches!(
            self,
            Self::TooSoon
                | Self::VaultInUse
                | Self::DiskFull
                | Self::Memory
                | Self::Storage
                | Self::Unreachable
                | Self::NoSlots
                | Self::NoRegistry
        )
    }

    /// The code as an error of the person's input in `field`.
    pub(crate) const fn at(self, field: &'static str) -> CommandError {
        CommandError {
            code: self,
            field: Some(field),
            retryable: self.is_retryable(),
        }
    }
}

impl From<Code> for CommandError {
    fn from(code: Code) -> Self {
        CommandError {
            code,
            field: None,
            retryable: code.is_retryable(),
        }
    }
}

impl From<PassphraseError> for CommandError {
    fn from(error: PassphraseError) -> Self {
        let code = match error {
            PassphraseError::Empty => Code::PassphraseEmpty,
            PassphraseError::ControlCharacter => Code::PassphraseControlCharacter,
            _ => Code::PassphraseTooLong,
        };
        code.at("passphrase")
    }
}

impl From<PhraseError> for CommandError {
    fn from(error: PhraseError) -> Self {
        let code = match error {
            PhraseError::WordCount { .. } => Code::PhraseCount,
            PhraseError::UnknownWord { .. } => Code::PhraseWord,
            _ => Code::PhraseChecksum,
        };
        code.at("phrase")
    }
}

impl From<VaultError> for CommandError {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::WrongPassphrase => return Code::WrongPassphrase.at("passphrase"),
            VaultError::WrongRecoveryPhrase => return Code::WrongPhrase.at("phrase"),
            VaultError::WrongDeviceKey => Code::WrongDevice,
            VaultError::NotFound => Code::VaultNotFound,
            VaultError::AlreadyExists => Code::VaultExists,
            VaultError::InUse => Code::VaultInUse,
            VaultError::NotAVault => Code::NotAVault,
            VaultError::NewerFormat { .. } | VaultError::SlotNewer => Code::VaultNewer,
            VaultError::BackupUnfinished => Code::BackupUnfinished,
            VaultError::DiskFull => Code::DiskFull,
            VaultError::KeyDerivation(_) => Code::Memory,
            VaultError::Randomness => Code::Randomness,
            VaultError::Record(_) => Code::TooLarge,
            VaultError::Io(_) | VaultError::Storage { .. } | VaultError::MustReopen => {
                Code::Storage
            }
            _ => Code::VaultDamaged,
        }
        .into()
    }
}

impl From<KeychainError> for CommandError {
    fn from(error: KeychainError) -> Self {
        match error {
            KeychainError::Refused => Code::DeviceRefused,
            _ => Code::Keychain,
        }
        .into()
    }
}

impl From<std::io::Error> for CommandError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull => VaultError::DiskFull,
            kind => VaultError::Io(kind),
        }
        .into()
    }
}

impl From<ImportError> for CommandError {
    fn from(error: ImportError) -> Self {
        let code = match error {
            ImportError::TooLarge => Code::TooLarge,
            ImportError::Empty | ImportError::NoPatient | ImportError::NoCard => Code::ImportEmpty,
            ImportError::BadJson(_) | ImportError::TooDeep => Code::ImportBroken,
            _ => Code::ImportUnknown,
        };
        code.at("file")
    }
}

impl From<WalletError> for CommandError {
    fn from(error: WalletError) -> Self {
        match error {
            WalletError::Vault(error) => return error.into(),
            WalletError::Import(error) => return error.into(),
            WalletError::Client(error) => client(&error),
            WalletError::Request(refusal) => request(refusal),
            WalletError::AttachmentSize => return Code::AttachmentSize.at("file"),
            WalletError::AttachmentFile(error) => return std::io::Error::from(error).into(),
            WalletError::Value(_) => return Code::Value.at("value"),
            WalletError::EndsInPast => return Code::EndsInPast.at("ends_at"),
            WalletError::EndsTooLate { .. } => return Code::EndsTooLate.at("ends_at"),
            WalletError::Link(_) => return Code::Link.at("request"),
            WalletError::Record(_) => Code::VaultNewer,
            WalletError::Randomness(_) => Code::Randomness,
            WalletError::NoVerifier => Code::NoVerifier,
            WalletError::NotAVerifier(_) => Code::NotAVerifier,
            WalletError::OtherVersion(_) => Code::OtherVersion,
            WalletError::VerifierChanged(_) => Code::VerifierChanged,
            WalletError::OtherVerifier { .. } => Code::OtherVerifier,
            WalletError::OutOfTime => Code::OutOfTime,
            WalletError::NoRegistry => Code::NoRegistry,
            WalletError::Registry(_) | WalletError::RegistryUnproven => Code::RegistryRefused,
            WalletError::OtherAgency { .. } => Code::OtherAgency,
            WalletError::Answer(_) => Code::Answer,
            WalletError::UnknownCircle(_) => Code::UnknownCircle,
            WalletError::UnknownAgency(_) => Code::UnknownAgency,
            WalletError::AgencySuspended(_) => Code::AgencySuspended,
            WalletError::UnknownPurpose(_) => Code::UnknownPurpose,
            WalletError::NoSlots { .. } => Code::NoSlots,
            WalletError::UnknownGrant(_) => Code::UnknownGrant,
            WalletError::GrantEnded => Code::GrantEnded,
            WalletError::NotRegistered => Code::GrantWaits,
            WalletError::GrantPaused => Code::GrantPaused,
            WalletError::NotNarrower => Code::NotNarrower,
            WalletError::NotARequest => Code::NotARequest,
            WalletError::AnsweredAlready(_) => Code::AnsweredAlready,
            WalletError::UnknownOffer(_) => Code::UnknownOffer,
            _ => Code::Unknown,
        }
        .into()
    }
}

fn client(error: &ClientError) -> Code {
    match error {
        ClientError::Transport(TransportError::Insecure(_)) => Code::Insecure,
        ClientError::Transport(_) | ClientError::Unanswered { .. } => Code::Unreachable,
        error if error.is_about_the_clock() => Code::OutOfTime,
        ClientError::Refused(_) => Code::Refused,
        _ => Code::NotAVerifier,
    }
}

const fn request(refusal: Refusal) -> Code {
    match refusal {
        Refusal::Expired => Code::RequestExpired,
        Refusal::NotYetValid => Code::RequestNotYet,
        Refusal::UnknownAgency => Code::RequestUnknownAgency,
        Refusal::AgencySuspended => Code::AgencySuspended,
        Refusal::WrongAgencyKey | Refusal::BadSignature | Refusal::KeyMismatch => {
            Code::RequestForged
        }
        Refusal::UnknownTerm => Code::RequestUnknownTerm,
        _ => Code::NotARequest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_clock_and_a_full_disk_are_told_as_such() {
        let code = |error: WalletError| CommandError::from(error).code;
        let time = protocol::dpop::DpopError::Time.to_string();
        let refused = protocol::Problem::new(protocol::Code::InvalidDpop, Some(time));
        let refused = ClientError::Refused(Box::new(refused));
        assert_eq!(code(refused.into()), Code::OutOfTime);
        assert_eq!(code(WalletError::OutOfTime), Code::OutOfTime);
        let full = std::io::ErrorKind::StorageFull;
        assert_eq!(code(WalletError::AttachmentFile(full)), Code::DiskFull);
    }
}
