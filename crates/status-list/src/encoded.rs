//! The JSON form of a status list (draft-ietf-oauth-status-list, Status List in JSON Format).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{Bits, StatusList, StatusListError};

/// The `status_list` member of a status list token: bits and the compressed list in base64url.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encoded {
    /// How many bits each status has.
    pub bits: Bits,
    /// The zlib form of the list in base64url without padding.
    pub lst: String,
    /// Where the issuer's other lists are named; not used here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aggregation_uri: Option<String>,
}

impl Encoded {
    /// Compresses and encodes a list.
    pub fn new(list: &StatusList) -> Self {
        Self {
            bits: list.bits(),
            lst: URL_SAFE_NO_PAD.encode(list.compress()),
            aggregation_uri: None,
        }
    }

    /// Decodes and inflates a list of at most `max_bytes` bytes.
    ///
    /// # Errors
    /// [`StatusListError::NotBase64`], and as [`StatusList::decompress`].
    pub fn decode(&self, max_bytes: usize) -> Result<StatusList, StatusListError> {
        StatusList::decompress(self.bits, &self.zlib()?, max_bytes)
    }

    /// Decodes and inflates a list whose number of statuses is known.
    ///
    /// # Errors
    /// [`StatusListError::NotBase64`], and as [`StatusList::decompress_exact`].
    pub fn decode_exact(&self, len: u64) -> Result<StatusList, StatusListError> {
        StatusList::decompress_exact(self.bits, &self.zlib()?, len)
    }

    fn zlib(&self) -> Result<Vec<u8>, StatusListError> {
        URL_SAFE_NO_PAD
            .decode(&self.lst)
            .map_err(|_| StatusListError::NotBase64)
    }
}
