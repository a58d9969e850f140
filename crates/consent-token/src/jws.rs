//! Compact JWS (RFC 7515) as every JWT of the project has it: Ed25519 alone, strict base64url,
//! strict JSON, no critical extensions. A header never chooses the key or the algorithm by itself.

mod header;

use serde::Serialize;

pub use header::{Algorithm, Header};

use crate::id::Digest;
use crate::key::{Jwk, PublicKey, SigningKey};
use crate::{Refusal, base64url, json};

/// Why a compact JWS was not read, made or believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JwsError {
    /// Longer than the limit that its reader set.
    #[error("the JWS is too large")]
    TooLarge,
    /// Not three parts of strict base64url, or the header is not a strict JSON object with an `alg`,
    /// or it asks for a critical extension. Its maker must correct it.
    #[error("the JWS is malformed")]
    Malformed,
    /// `alg` is neither `EdDSA` nor `Ed25519`. Its maker must sign with Ed25519.
    #[error("the JWS is not signed with Ed25519")]
    UnsupportedAlg,
    /// `typ` is another one. The caller must send the right JWS.
    #[error("the JWS is of another type")]
    WrongType,
    /// The signature is not that of this key over these bytes.
    #[error("the signature of the JWS does not fit")]
    BadSignature,
    /// The payload cannot be written as JSON. The program that made it must correct it.
    #[error("the payload cannot be written as JSON")]
    NotJson,
}

impl From<JwsError> for Refusal {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::TooLarge => Self::TooLarge,
            JwsError::Malformed | JwsError::NotJson => Self::Malformed,
            JwsError::UnsupportedAlg => Self::UnsupportedAlg,
            JwsError::WrongType => Self::WrongType,
            JwsError::BadSignature => Self::BadSignature,
        }
    }
}

/// A compact JWS that was taken apart and not verified.
#[derive(Clone)]
pub struct Compact<'a> {
    text: &'a str,
    signing_input: &'a str,
    header: header::Members,
    payload: Vec<u8>,
    signature: Option<[u8; 64]>,
}

impl<'a> Compact<'a> {
    /// Takes a compact JWS of at most `max_len` bytes apart. The payload is decoded, and read only
    /// where the algorithm is refused, so that what is malformed is always called so first.
    ///
    /// # Errors
    /// [`JwsError::TooLarge`], [`JwsError::Malformed`], [`JwsError::UnsupportedAlg`], in this order.
    pub fn parse(compact: &'a str, max_len: usize) -> Result<Self, JwsError> {
        if compact.len() > max_len {
            return Err(JwsError::TooLarge);
        }
        let parsed = Self::take_apart(compact).ok_or(JwsError::Malformed)?;
        if parsed.header.alg.is_none() {
            parsed.scan_payload()?;
            return Err(JwsError::UnsupportedAlg);
        }
        Ok(parsed)
    }

    fn take_apart(text: &'a str) -> Option<Self> {
        let (signing_input, signature) = text.rsplit_once('.')?;
        let (header, payload) = signing_input.split_once('.')?;
        Some(Self {
            text,
            signing_input,
            header: header::Members::read(&base64url::decode(header)?)?,
            payload: base64url::decode(payload)?,
            signature: decode_signature(signature)?,
        })
    }

    /// The whole compact JWS.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.text
    }

    /// The member `typ` of the header.
    #[must_use]
    pub fn typ(&self) -> Option<&str> {
        self.header.typ.as_deref()
    }

    /// The member `kid` of the header; to be trusted only once it names the key that verified.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.header.kid.as_deref()
    }

    /// The member `jwk` of the header; it says which key signed, not that the key may.
    #[must_use]
    pub fn jwk(&self) -> Option<&Jwk> {
        self.header.jwk.as_ref()
    }

    /// The algorithm, as its maker wrote it.
    #[must_use]
    pub fn alg(&self) -> Algorithm {
        self.header.alg.unwrap_or(Algorithm::EdDsa)
    }

    /// The decoded payload.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// The bytes that are signed: header and payload as sent, with the dot between.
    #[must_use]
    pub const fn signing_input(&self) -> &'a [u8] {
        self.signing_input.as_bytes()
    }

    /// Checks `typ`, a media type: `application/` before it and the case of letters do not matter
    /// (RFC 7515 section 4.1.9).
    ///
    /// # Errors
    /// [`JwsError::WrongType`]; [`JwsError::Malformed`] when the payload is not strict JSON either.
    pub fn expect_typ(&self, typ: &str) -> Result<(), JwsError> {
        let given = self.typ().unwrap_or_default();
        let (start, rest) = given
            .split_at_checked("application/".len())
            .unwrap_or_default();
        let given = if start.eq_ignore_ascii_case("application/") {
            rest
        } else {
            given
        };
        if given.eq_ignore_ascii_case(typ) {
            return Ok(());
        }
        self.scan_payload()?;
        Err(JwsError::WrongType)
    }

    /// Checks the signature with this key.
    ///
    /// # Errors
    /// [`JwsError::BadSignature`], also when it is not of 64 bytes.
    pub fn verify(&self, key: &PublicKey) -> Result<(), JwsError> {
        let signature = self.signature.as_ref().ok_or(JwsError::BadSignature)?;
        key.verify(self.signing_input(), signature)
            .map_err(|_| JwsError::BadSignature)
    }

    fn scan_payload(&self) -> Result<(), JwsError> {
        json::scan(&self.payload).map_err(|_| JwsError::Malformed)
    }
}

impl std::fmt::Debug for Compact<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Compact({:?}, {} bytes)", self.typ(), self.text.len())
    }
}

/// Signs a payload as a compact JWS, with `alg` `EdDSA`.
///
/// # Errors
/// [`JwsError::NotJson`] when the payload has no JSON form.
pub fn sign(
    header: &Header<'_>,
    payload: &impl Serialize,
    key: &SigningKey,
) -> Result<String, JwsError> {
    let header = serde_json::to_vec(header).map_err(|_| JwsError::NotJson)?;
    let payload = serde_json::to_vec(payload).map_err(|_| JwsError::NotJson)?;
    let mut compact = base64url::encode(&header);
    compact.push('.');
    base64url::push(&payload, &mut compact);
    let signature = key.sign(compact.as_bytes());
    compact.push('.');
    base64url::push(&signature, &mut compact);
    Ok(compact)
}

/// The digest of a whole compact JWS, as the log and caches know it.
#[must_use]
pub fn digest(compact: &str) -> Digest {
    Digest::of(compact.as_bytes())
}

/// `None` when it is not base64url, `Some(None)` when it is and cannot be an Ed25519 signature.
fn decode_signature(text: &str) -> Option<Option<[u8; 64]>> {
    base64url::decode_array(text).map_or_else(
        || base64url::decode(text).map(|_| None),
        |bytes| Some(Some(bytes)),
    )
}
