//! Why a token is refused: the closed list of section 2, one variant for one problem code.

use std::fmt;
use std::str::FromStr;

/// The answer *no*, with its reason; the order is the order in which a token is checked.
///
/// The list is closed (protocol section 2), so a match over it needs no other arm. Statements and
/// request objects use the same codes. The last five come from the status, which this crate does
/// not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Refusal {
    /// Longer than 8 KiB. Its maker must ask for less at once.
    TooLarge,
    /// Not a compact JWS of strict JSON, or a member is missing, repeated, of the wrong type or
    /// against a rule of its own. Its maker must correct it.
    Malformed,
    /// Signed with anything but `EdDSA` or `Ed25519`. Its maker must sign with Ed25519.
    UnsupportedAlg,
    /// A JWS of another type (`typ`), shown in the wrong place. The caller must send the right one.
    WrongType,
    /// Names something that the reader does not know; what is not fully understood is not a consent.
    /// The reader may be out of date.
    UnknownTerm,
    /// The names of the signing key (`iss`, `sub`, `sub_jwk`, `kid`) disagree. Its maker must
    /// correct it.
    KeyMismatch,
    /// The signature is not that of the key over these bytes. Nobody can repair this token.
    BadSignature,
    /// Meant for another agency. Only the agency in `aud` can use it.
    WrongAudience,
    /// `nbf` is more than 60 seconds away. The caller can come back then.
    NotYetValid,
    /// `exp` was 60 seconds ago or more. The citizen can grant again.
    Expired,
    /// The agency is not in the registry. The registrar can admit it.
    UnknownAgency,
    /// The agency is suspended. The registrar can lift it.
    AgencySuspended,
    /// The caller's key is not that of `cnf.jkt` or a registered successor. The agency must use the
    /// right key.
    WrongAgencyKey,
    /// The purpose asked for is not in the consent. The agency can send a new request.
    PurposeNotCovered,
    /// Data asked for is not in the consent. The agency can send a new request.
    DataNotCovered,
    /// The status slot was never set: the grant was not registered. The wallet can register it.
    Unregistered,
    /// The citizen has paused the grant, and can resume it.
    Suspended,
    /// The citizen has taken the grant back, for ever.
    Revoked,
    /// The share was fetched as often as the grant allows. The citizen can grant again.
    Exhausted,
    /// No status list that is still good could be had, and that is a *no*. The caller can try again.
    StatusUnavailable,
}

impl Refusal {
    /// Every refusal, in the order of checking.
    pub const ALL: [Self; 20] = [
        Self::TooLarge,
        Self::Malformed,
        Self::UnsupportedAlg,
        Self::WrongType,
        Self::UnknownTerm,
        Self::KeyMismatch,
        Self::BadSignature,
        Self::WrongAudience,
        Self::NotYetValid,
        Self::Expired,
        Self::UnknownAgency,
        Self::AgencySuspended,
        Self::WrongAgencyKey,
        Self::PurposeNotCovered,
        Self::DataNotCovered,
        Self::Unregistered,
        Self::Suspended,
        Self::Revoked,
        Self::Exhausted,
        Self::StatusUnavailable,
    ];

    /// The problem code that crosses a boundary, for example `bad_signature`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::Malformed => "malformed",
            Self::UnsupportedAlg => "unsupported_alg",
            Self::WrongType => "wrong_type",
            Self::UnknownTerm => "unknown_term",
            Self::KeyMismatch => "key_mismatch",
            Self::BadSignature => "bad_signature",
            Self::WrongAudience => "wrong_audience",
            Self::NotYetValid => "not_yet_valid",
            Self::Expired => "expired",
            Self::UnknownAgency => "unknown_agency",
            Self::AgencySuspended => "agency_suspended",
            Self::WrongAgencyKey => "wrong_agency_key",
            Self::PurposeNotCovered => "purpose_not_covered",
            Self::DataNotCovered => "data_not_covered",
            Self::Unregistered => "unregistered",
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
            Self::Exhausted => "exhausted",
            Self::StatusUnavailable => "status_unavailable",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for Refusal {}

/// The text is not one of the closed list of refusal codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a refusal code")]
pub struct UnknownCode;

impl FromStr for Refusal {
    type Err = UnknownCode;

    fn from_str(code: &str) -> Result<Self, UnknownCode> {
        let found = Self::ALL.into_iter().find(|refusal| refusal.code() == code);
        found.ok_or(UnknownCode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_variants_are_one_to_one() {
        for refusal in Refusal::ALL {
            assert_eq!(refusal.code().parse(), Ok(refusal));
        }
        assert_eq!("ok".parse::<Refusal>(), Err(UnknownCode));
        assert_eq!("Expired".parse::<Refusal>(), Err(UnknownCode));
    }

    #[test]
    fn the_list_is_in_the_order_of_checking() {
        assert!(Refusal::ALL.is_sorted());
        assert_eq!(size_of::<Result<(), Refusal>>(), 1);
    }
}
