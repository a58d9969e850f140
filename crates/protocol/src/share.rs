//! Shares (PROTOCOL section 7): the data behind a grant, sealed with HPKE (RFC 9180) for the one agency
//! that the consent token names, and bound to that token. The verifier sees sizes and nothing else.

mod announced;
pub mod attachment;
mod handover;
mod key;
mod padme;
mod stream;
mod suite;

pub use announced::Announced;
pub use handover::{HANDOVER_TYP, Handover};
pub use key::{KemKey, KemSecret, KeyError};
pub use padme::padded_size;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use consent_token::{
    id::{Digest, UnixSeconds},
    key::Thumbprint,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

/// HPKE's `info` for shares.
pub const INFO: &[u8] = b"assent/share/1";
/// Bytes of an envelope at most (1 MiB).
pub const MAX_BYTES: usize = 1 << 20;

/// A share in the clear: what the agency reads.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    v: u32,
    /// Rises with every replacement.
    pub revision: u64,
    /// The values by data path; `null` where the citizen wrote nothing down.
    pub fields: Map<String, Value>,
    /// When the wallet sealed it.
    pub issued: UnixSeconds,
}

/// Which part of a share it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Part {
    /// Everything that the consent names.
    Whole,
    /// What lets an agency match a call to a person: read on grant where the rest waits for an incident.
    Locator,
}

/// A sealed share as it is stored and sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Envelope {
    /// The envelope's version: 1.
    pub v: u32,
    /// The KEM's number in IANA's HPKE registry: 32 for DHKEM(X25519, HKDF-SHA256), 25722 for X-Wing.
    pub kem: u16,
    /// The thumbprint (RFC 7638) of the agency's key.
    pub kid: String,
    /// HPKE's encapsulated key, base64url.
    pub enc: String,
    /// The ciphertext, base64url.
    pub ct: String,
}

/// Why a share cannot be sealed or opened. None of it says anything about its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ShareError {
    /// More than 1 MiB, or an attachment of more than 20 MiB; the citizen shares less.
    #[error("this is larger than can be shared")]
    TooLarge,
    /// Not an envelope of this version, or cut short.
    #[error("this is not a sealed share")]
    Malformed,
    /// The sealing failed: the key is not one of its kind.
    #[error("the agency's encryption key cannot be used")]
    Key,
    /// It was sealed for a key that is not at hand.
    #[error("the share is sealed for another key")]
    OtherRecipient,
    /// The ciphertext was changed, or belongs to another grant.
    #[error("the share was changed, or belongs to another consent")]
    Forged,
    /// It holds other fields than the consent names; nothing of it may be used.
    #[error("the share holds other fields than the consent names")]
    OtherFields,
    /// Nothing that the person signed came with it; the verifier gives it, an old one does not.
    #[error("nothing that the person signed came with the share")]
    Unannounced,
    /// What came with it is not the word of who gave the consent, on this consent.
    #[error("the share is not announced by the person who gave the consent")]
    NotTheHolders,
    /// The person announced another ciphertext: an older one, or somebody else sealed this one.
    #[error("the share is not the one that the person announced")]
    NotAnnounced,
    /// It says another revision than the person announced.
    #[error("the share's revision is not the one that the person announced")]
    OtherRevision,
    /// A newer one was read before: the verifier keeps that back.
    #[error("the share is older than the one that was read before")]
    Older,
    /// No agency signed what was handed on; who handed it on makes the file again.
    #[error("no agency signed what was handed on")]
    Unsigned,
    /// What was handed on was not put together by the agency whose statement is with it.
    #[error("what was handed on is not what that agency sealed")]
    NotTheForwarders,
}

impl ShareError {
    /// The stable code, for scripts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            ShareError::TooLarge => "too_large",
            ShareError::Malformed => "share_malformed",
            ShareError::Key => "unusable_key",
            ShareError::OtherRecipient => "other_recipient",
            ShareError::Forged => "share_forged",
            ShareError::OtherFields => "other_fields",
            ShareError::Unannounced => "share_unannounced",
            ShareError::NotTheHolders => "share_not_the_holders",
            ShareError::NotAnnounced => "share_not_announced",
            ShareError::OtherRevision => "share_other_revision",
            ShareError::Older => "share_older",
            ShareError::Unsigned => "handover_unsigned",
            ShareError::NotTheForwarders => "handover_forged",
        }
    }
}

impl Share {
    /// A share of these values.
    #[must_use]
    pub fn new(revision: u64, fields: Map<String, Value>, issued: UnixSeconds) -> Self {
        Share {
            v: 1,
            revision,
            fields,
            issued,
        }
    }

    /// Whether this is more than an envelope for `key` holds.
    #[must_use]
    pub fn is_too_large(&self, key: &KemKey) -> bool {
        let plain = Zeroizing::new(serde_json::to_vec(self).expect("a share is plain JSON"));
        let text = |bytes| base64::encoded_len(bytes, false).unwrap_or(usize::MAX);
        let empty = Envelope::of(key, &[], &[]).to_bytes().len();
        let enc = text(key.which().encapsulated_bytes());
        let ct = text(padded_size(plain.len()) + suite::TAG_BYTES);
        empty + enc + ct > MAX_BYTES
    }

    /// Seals the share for `key`, bound to the compact consent token `token`. `randomness` is fresh from
    /// the operating system for every call.
    ///
    /// # Errors
    /// [`ShareError::TooLarge`] and [`ShareError::Key`].
    pub fn seal(
        &self,
        token: &str,
        key: &KemKey,
        randomness: &[u8; 64],
    ) -> Result<Envelope, ShareError> {
        if self.is_too_large(key) {
            return Err(ShareError::TooLarge);
        }
        let mut plain = Zeroizing::new(serde_json::to_vec(self).expect("a share is plain JSON"));
        let padded = padded_size(plain.len());
        plain.resize(padded, b' ');
        let (enc, ct) = key.seal(INFO, &binding(token), &plain, randomness)?;
        Ok(Envelope::of(key, &enc, &ct))
    }

    /// Refuses a share that holds more or fewer fields than `paths`.
    ///
    /// # Errors
    /// [`ShareError::OtherFields`].
    pub fn expect_fields<'a>(
        &self,
        paths: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), ShareError> {
        let expected: std::collections::BTreeSet<&str> = paths.into_iter().collect();
        let held: std::collections::BTreeSet<&str> =
            self.fields.keys().map(String::as_str).collect();
        if held == expected {
            Ok(())
        } else {
            Err(ShareError::OtherFields)
        }
    }
}

impl std::fmt::Debug for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let paths: Vec<&String> = self.fields.keys().collect();
        write!(f, "Share(revision {}, {paths:?})", self.revision)
    }
}

impl Envelope {
    fn of(key: &KemKey, enc: &[u8], ct: &[u8]) -> Self {
        Envelope {
            v: 1,
            kem: key.kem(),
            kid: key.thumbprint().to_string(),
            enc: BASE64_URL_SAFE_NO_PAD.encode(enc),
            ct: BASE64_URL_SAFE_NO_PAD.encode(ct),
        }
    }

    /// Reads an envelope.
    ///
    /// # Errors
    /// [`ShareError::TooLarge`] and [`ShareError::Malformed`].
    pub fn parse(bytes: &[u8]) -> Result<Self, ShareError> {
        if bytes.len() > MAX_BYTES {
            return Err(ShareError::TooLarge);
        }
        let envelope: Envelope =
            consent_token::json::from_slice(bytes).map_err(|_| ShareError::Malformed)?;
        if envelope.v != 1 || envelope.kid.parse::<Thumbprint>().is_err() {
            return Err(ShareError::Malformed);
        }
        let kem = key::Kem::of(envelope.kem).ok_or(ShareError::Malformed)?;
        let (enc, ct) = envelope.decoded()?;
        if enc.len() != kem.encapsulated_bytes() || ct.len() <= suite::TAG_BYTES {
            return Err(ShareError::Malformed);
        }
        Ok(envelope)
    }

    /// The envelope as it is sent; its digest is what a `share` statement announces.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("an envelope is plain JSON")
    }

    /// Opens the share with the one of `keys` that it is sealed for.
    ///
    /// # Errors
    /// [`ShareError::OtherRecipient`], [`ShareError::Forged`], [`ShareError::Malformed`].
    pub fn open(&self, token: &str, keys: &[KemSecret]) -> Result<Share, ShareError> {
        let key = keys
            .iter()
            .find(|key| key.kem() == self.kem && key.thumbprint().to_string() == self.kid)
            .ok_or(ShareError::OtherRecipient)?;
        let (enc, ct) = self.decoded()?;
        let plain = key.open(INFO, &binding(token), &enc, &ct)?;
        let share: Share =
            consent_token::json::from_slice(&plain).map_err(|_| ShareError::Malformed)?;
        if share.v == 1 {
            Ok(share)
        } else {
            Err(ShareError::Malformed)
        }
    }

    fn decoded(&self) -> Result<(Vec<u8>, Vec<u8>), ShareError> {
        let decode = |text: &str| {
            BASE64_URL_SAFE_NO_PAD
                .decode(text)
                .map_err(|_| ShareError::Malformed)
        };
        Ok((decode(&self.enc)?, decode(&self.ct)?))
    }
}

/// The AAD of everything sealed under a grant: SHA-256 of the compact token.
fn binding(token: &str) -> [u8; 32] {
    *Digest::of(token.as_bytes()).as_bytes()
}

/// The paths of `datatypes` that a locator holds: what a caller's number or address is matched with.
pub fn locator_paths<'a>(
    datatypes: impl IntoIterator<Item = &'a str>,
) -> impl Iterator<Item = &'a str> {
    const LOCATOR: [&str; 3] = ["contact.phone", "home.address", "home.geo"];
    datatypes.into_iter().filter(|path| LOCATOR.contains(path))
}

#[cfg(test)]
mod tests;
