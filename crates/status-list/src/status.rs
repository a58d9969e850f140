//! What a status value of two bits means (draft-ietf-oauth-status-list, Status Types). The value 3 is
//! application specific: here a slot that no token has been registered for.

use crate::{StatusList, StatusListError};

/// The state of a token in a list of 2 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// 0: the token is valid.
    Valid = 0,
    /// 1: the token is revoked for ever.
    Invalid = 1,
    /// 2: the token is suspended and may become valid again.
    Suspended = 2,
    /// 3: no token has been registered at this index.
    Unregistered = 3,
}

impl Status {
    /// The value that stands in the list.
    pub const fn value(self) -> u8 {
        self as u8
    }
}

impl TryFrom<u8> for Status {
    type Error = StatusListError;

    fn try_from(value: u8) -> Result<Self, StatusListError> {
        match value {
            0 => Ok(Self::Valid),
            1 => Ok(Self::Invalid),
            2 => Ok(Self::Suspended),
            3 => Ok(Self::Unregistered),
            _ => Err(StatusListError::ValueOutOfRange),
        }
    }
}

impl StatusList {
    /// The state of the token at `idx`.
    ///
    /// # Errors
    /// [`StatusListError::IndexOutOfRange`]; [`StatusListError::ValueOutOfRange`] for a value above 3 in a
    /// list of more bits.
    pub fn status(&self, idx: u64) -> Result<Status, StatusListError> {
        self.get(idx)?.try_into()
    }
}
