//! Names of keys: the JWK thumbprint (RFC 7638) and its URI (RFC 9278).

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use crate::base64url;
use crate::id::FormError;
use crate::json::text_serde;

/// The SHA-256 JWK thumbprint of a key (RFC 7638): its `kid`, 43 characters in base64url.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Thumbprint([u8; 32]);

impl Thumbprint {
    /// The thumbprint of an Ed25519 public key: RFC 8037 section 2 names its members.
    #[must_use]
    pub(crate) fn of_ed25519(key: &[u8; 32]) -> Self {
        let mut hash = Sha256::new();
        hash.update(br#"{"crv":"Ed25519","kty":"OKP","x":""#);
        hash.update(base64url::encode(key));
        hash.update(br#""}"#);
        Self(hash.finalize().into())
    }

    /// A thumbprint that was made elsewhere.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl FromStr for Thumbprint {
    type Err = FormError;

    fn from_str(text: &str) -> Result<Self, FormError> {
        base64url::decode_array(text)
            .map(Self)
            .ok_or(FormError::Thumbprint)
    }
}

impl fmt::Display for Thumbprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        base64url::write(&self.0, f)
    }
}

impl fmt::Debug for Thumbprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Thumbprint({self})")
    }
}

/// A holder's name: the RFC 9278 URI of the holder's key for one scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HolderUri(pub(super) Thumbprint);

impl HolderUri {
    const PREFIX: &'static str = "urn:ietf:params:oauth:jwk-thumbprint:sha-256:";

    /// The name of the key with this thumbprint.
    #[must_use]
    pub const fn new(thumbprint: Thumbprint) -> Self {
        Self(thumbprint)
    }

    /// The thumbprint in the URI.
    #[must_use]
    pub const fn thumbprint(&self) -> Thumbprint {
        self.0
    }
}

impl FromStr for HolderUri {
    type Err = FormError;

    fn from_str(text: &str) -> Result<Self, FormError> {
        let thumbprint = text
            .strip_prefix(Self::PREFIX)
            .and_then(|rest| rest.parse().ok());
        thumbprint.map(Self).ok_or(FormError::HolderUri)
    }
}

impl fmt::Display for HolderUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", Self::PREFIX, self.0)
    }
}

text_serde!(Thumbprint, HolderUri);
