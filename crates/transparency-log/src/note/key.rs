//! Verifier keys (vkeys) and the two kinds of signature that they check: Ed25519 over the text
//! (C2SP signed-note) and the timestamped cosignature/v1 (C2SP tlog-cosignature).

use std::{fmt, str::FromStr};

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};

use super::{NoteError, NoteSignature, check_key_name};
use crate::text;

/// The largest time that a cosignature may carry (C2SP tlog-cosignature, Format).
pub(crate) const MAX_TIME: u64 = i64::MAX as u64;

/// What a key signs, by its byte in C2SP signed-note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureType {
    /// Ed25519 over the note's text.
    Ed25519 = 0x01,
    /// A timestamped Ed25519 cosignature of a checkpoint.
    CosignatureV1 = 0x04,
}

impl SignatureType {
    fn from_byte(byte: u8) -> Result<Self, NoteError> {
        match byte {
            0x01 => Ok(Self::Ed25519),
            0x04 => Ok(Self::CosignatureV1),
            _ => Err(NoteError::UnsupportedType),
        }
    }
}

/// A public key with its name, as in `example.com/foo+530d903a+AekyeRrm56hA…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    id: u32,
    kind: SignatureType,
    key: VerifyingKey,
}

impl VerifierKey {
    /// Names a public key.
    ///
    /// # Errors
    /// [`NoteError::BadKeyName`]; [`NoteError::MalformedKey`] when the bytes are no canonical point of
    /// large order.
    pub fn new(name: &str, kind: SignatureType, public_key: &[u8; 32]) -> Result<Self, NoteError> {
        check_key_name(name)?;
        let key = VerifyingKey::from_bytes(public_key).map_err(|_| NoteError::MalformedKey)?;
        let canonical = key.to_edwards().compress().to_bytes() == *public_key;
        if !canonical || key.is_weak() {
            return Err(NoteError::MalformedKey);
        }
        Ok(Self {
            name: name.to_owned(),
            id: key_id(name, kind, public_key),
            kind,
            key,
        })
    }

    /// The key's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key's id: the first four bytes of a hash over name, type and key.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// What the key signs.
    pub fn kind(&self) -> SignatureType {
        self.kind
    }

    /// The 32 bytes of the public key.
    pub fn public_key(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// Whether the line carries this key's name and id.
    pub(crate) fn made(&self, signature: &NoteSignature) -> bool {
        signature.name() == self.name && signature.key_id() == self.id
    }

    /// Checks a signature of this key over `text`; the answer is the cosignature's time, if it is one.
    pub(crate) fn verify(
        &self,
        text: &str,
        signature: &NoteSignature,
    ) -> Result<Option<u64>, NoteError> {
        let bad = || NoteError::BadSignature(self.name.clone());
        let (time, bytes) = match self.kind {
            SignatureType::Ed25519 => (None, signature.as_bytes()),
            SignatureType::CosignatureV1 => {
                let (time, rest) = signature
                    .as_bytes()
                    .split_first_chunk::<8>()
                    .ok_or_else(bad)?;
                (Some(u64::from_be_bytes(*time)), rest)
            }
        };
        let ed25519 = Signature::from_slice(bytes).map_err(|_| bad())?;
        let message = match time {
            None => text.to_owned(),
            Some(time) if time <= MAX_TIME => cosigned_message(text, time),
            Some(_) => return Err(bad()),
        };
        self.key
            .verify_strict(message.as_bytes(), &ed25519)
            .map_err(|_| bad())?;
        Ok(time)
    }
}

impl FromStr for VerifierKey {
    type Err = NoteError;

    /// Reads `<name>+<hex id>+<base64 type and key>`.
    fn from_str(vkey: &str) -> Result<Self, NoteError> {
        let mut parts = vkey.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::MalformedKey);
        };
        let bytes = text::decode(key).ok_or(NoteError::MalformedKey)?;
        let (kind, public_key) = bytes.split_first().ok_or(NoteError::MalformedKey)?;
        let kind = SignatureType::from_byte(*kind)?;
        let public_key = public_key.try_into().map_err(|_| NoteError::MalformedKey)?;
        let key = Self::new(name, kind, public_key)?;
        match format!("{:08x}", key.id) == id {
            true => Ok(key),
            false => Err(NoteError::KeyIdMismatch),
        }
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![self.kind as u8];
        bytes.extend(self.key.as_bytes());
        write!(
            out,
            "{}+{:08x}+{}",
            self.name,
            self.id,
            text::encode(&bytes)
        )
    }
}

/// The message under a cosignature/v1 (C2SP tlog-cosignature, Ed25519 signed message).
pub(crate) fn cosigned_message(text: &str, time: u64) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

fn key_id(name: &str, kind: SignatureType, public_key: &[u8; 32]) -> u32 {
    let hash: [u8; 32] = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', kind as u8])
        .chain_update(public_key)
        .finalize()
        .into();
    let [a, b, c, d, ..] = hash;
    u32::from_be_bytes([a, b, c, d])
}
