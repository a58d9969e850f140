//! From what the agency's library and the verifier say to the code that a page has words for.

use agency::AgencyError;
use consent_token::Refusal;
use protocol::{ClientError, Code as Problem, share::ShareError};

use crate::{ApiError, Code};

/// The code of a failure.
pub(crate) fn of(error: &AgencyError) -> ApiError {
    match error {
        AgencyError::Client(error) => client(error).into(),
        AgencyError::NoVerifier => Code::NoVerifier.into(),
        AgencyError::VerifierChanged(..)
        | AgencyError::OtherLogKey(_)
        | AgencyError::NotAVerifier(_)
        | AgencyError::Registry(_)
        | AgencyError::RegistryUnproven
        | AgencyError::StatusList(_)
        | AgencyError::Receipt(_) => Code::VerifierChanged.into(),
        AgencyError::NoReading => Code::ReadingNotAllowed.into(),
        AgencyError::Share(error) => share(*error).into(),
        AgencyError::NoEncryptionKeys(_) => Code::NoEncryptionKeys.into(),
        AgencyError::Unsignable(Refusal::TooLarge) => Code::NoticeTooLong.at("notice"),
        AgencyError::Unsignable(_) => Code::NotUnderstood.into(),
        AgencyError::UnknownTerm(_) => Code::Item.at("items"),
        AgencyError::Randomness => Code::Randomness.into(),
        AgencyError::File { .. } | AgencyError::Damaged(_) | AgencyError::NewerFolder(_) => {
            Code::Storage.into()
        }
        _ => Code::Internal.into(),
    }
}

fn share(error: ShareError) -> Code {
    match error {
        ShareError::Unannounced
        | ShareError::NotTheHolders
        | ShareError::NotAnnounced
        | ShareError::OtherRevision => Code::ShareNotAnnounced,
        ShareError::Older => Code::ShareOlder,
        _ => Code::ShareRefused,
    }
}

fn client(error: &ClientError) -> Code {
    if error.is_passing() {
        return Code::Unreachable;
    }
    match error.code() {
        Some(Problem::Token(refusal)) => refused(refusal),
        Some(Problem::UnknownGrant) => Code::UnknownGrant,
        Some(Problem::GrantEnded) => Code::ConsentWithdrawn,
        Some(Problem::NoShare | Problem::ShareMissing) => Code::NothingShared,
        Some(Problem::WrongAct) => Code::WaitsForIncident,
        Some(Problem::InvalidClient | Problem::InvalidToken | Problem::Forbidden) => {
            Code::AgencyRefused
        }
        Some(_) => Code::VerifierRefused,
        None if matches!(error, ClientError::NotAVerifier(_)) => Code::VerifierChanged,
        None => Code::VerifierRefused,
    }
}

fn refused(refusal: Refusal) -> Code {
    match refusal {
        Refusal::Revoked => Code::ConsentWithdrawn,
        Refusal::Suspended => Code::ConsentPaused,
        Refusal::Expired => Code::ConsentExpired,
        Refusal::Exhausted => Code::ConsentExhausted,
        Refusal::DataNotCovered => Code::ItemNotCovered,
        Refusal::UnknownAgency | Refusal::AgencySuspended | Refusal::WrongAgencyKey => {
            Code::AgencyRefused
        }
        Refusal::StatusUnavailable => Code::Unreachable,
        _ => Code::VerifierRefused,
    }
}

#[cfg(test)]
mod tests {
    use protocol::{Problem as Body, TransportError};

    use super::*;

    fn refusal(code: Problem) -> Code {
        client(&ClientError::Refused(Box::new(Body::new(code, None))))
    }

    #[test]
    fn a_clear_no_and_a_cut_line_are_not_taken_for_each_other() {
        assert_eq!(
            refusal(Problem::Token(Refusal::Revoked)),
            Code::ConsentWithdrawn
        );
        assert_eq!(
            refusal(Problem::Token(Refusal::Suspended)),
            Code::ConsentPaused
        );
        assert_eq!(refusal(Problem::NoShare), Code::NothingShared);
        assert_eq!(refusal(Problem::Unavailable), Code::Unreachable);
        let cut = ClientError::Transport(TransportError::Unreachable("v.example".into()));
        assert_eq!(client(&cut), Code::Unreachable);
        assert_eq!(
            client(&ClientError::NotAVerifier("v.example".into())),
            Code::VerifierChanged
        );
    }
}
