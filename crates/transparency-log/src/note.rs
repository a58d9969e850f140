//! Signed notes (C2SP signed-note): a text and the signatures under it. A note says nothing until
//! [`SignedNote::verify`] has found a known key on it, and one bad signature of a known key spoils it.

mod key;
mod signer;

use std::{fmt, str::FromStr};

use thiserror::Error;

pub use key::{SignatureType, VerifierKey};
pub use signer::{Cosigner, NoteSigner};

use crate::text;

/// The longest note that is read, in bytes: 16 signatures of 5 kB, which every verifier must take, and room for the text.
pub const MAX_NOTE_LEN: usize = 256 * 1024;
/// The most signatures on a note that is read; C2SP signed-note asks for at least 16.
pub const MAX_SIGNATURES: usize = 64;

/// Why a note, a signature or a verifier key was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NoteError {
    /// The note is longer than [`MAX_NOTE_LEN`] or has more than [`MAX_SIGNATURES`] signatures.
    #[error("the note is too long")]
    TooLong,
    /// The note has no text ending in a newline, no blank line, a control character or no signature.
    #[error("the note is malformed")]
    Malformed,
    /// A line after the blank line is not an em dash, a key name and base64.
    #[error("a signature line is malformed")]
    MalformedSignature,
    /// The key name is empty or has a space, a control character or a plus sign in it.
    #[error("the key name is not allowed")]
    BadKeyName,
    /// The verifier key is not name, id and key, or its key is not a point that may verify.
    #[error("the verifier key is malformed")]
    MalformedKey,
    /// The id in the verifier key is not that of its name and key: it was mistyped or changed.
    #[error("the verifier key's id does not match")]
    KeyIdMismatch,
    /// The verifier key's type is neither Ed25519 nor cosignature/v1.
    #[error("the signature type is not supported")]
    UnsupportedType,
    /// A signature under a known key's name and id does not verify: the note was changed or is forged.
    #[error("the signature of {0} does not verify")]
    BadSignature(String),
    /// None of the signatures is by a known key.
    #[error("no known key signed the note")]
    NoKnownSignature,
    /// A cosignature's time does not fit in 63 bits.
    #[error("the cosignature's time is out of range")]
    TimeOutOfRange,
}

/// A signature line: who signed, with which key, and what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NoteSignature {
    name: String,
    key_id: u32,
    signature: Vec<u8>,
}

impl NoteSignature {
    pub(crate) fn new(name: &str, key_id: u32, signature: Vec<u8>) -> Self {
        Self {
            name: name.to_owned(),
            key_id,
            signature,
        }
    }

    /// The name of the key.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The id of the key.
    pub fn key_id(&self) -> u32 {
        self.key_id
    }

    /// The signature's bytes, which mean what the key's type says.
    pub fn as_bytes(&self) -> &[u8] {
        &self.signature
    }
}

impl FromStr for NoteSignature {
    type Err = NoteError;

    /// Reads a signature line without its newline.
    fn from_str(line: &str) -> Result<Self, NoteError> {
        let rest = line.strip_prefix("— ");
        let (name, value) = rest
            .and_then(|rest| rest.split_once(' '))
            .ok_or(NoteError::MalformedSignature)?;
        check_key_name(name)?;
        let bytes = text::decode(value).ok_or(NoteError::MalformedSignature)?;
        match bytes.split_first_chunk::<4>() {
            Some((id, signature)) if !signature.is_empty() => {
                Ok(Self::new(name, u32::from_be_bytes(*id), signature.to_vec()))
            }
            _ => Err(NoteError::MalformedSignature),
        }
    }
}

impl fmt::Display for NoteSignature {
    /// Writes the line without its newline.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.key_id.to_be_bytes().to_vec();
        bytes.extend(&self.signature);
        write!(out, "— {} {}", self.name, text::encode(&bytes))
    }
}

/// A text with signatures under it, parsed but not verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedNote {
    text: String,
    signatures: Vec<NoteSignature>,
}

impl SignedNote {
    /// A note of `text`, which ends in a newline, and its first signature.
    ///
    /// # Errors
    /// [`NoteError::Malformed`] when the text does not end in a newline or holds another control
    /// character, [`NoteError::TooLong`].
    pub fn new(text: String, signature: NoteSignature) -> Result<Self, NoteError> {
        check_characters(&text)?;
        if !text.ends_with('\n') {
            return Err(NoteError::Malformed);
        }
        let note = Self {
            text,
            signatures: vec![signature],
        };
        match note.to_string().len() {
            ..=MAX_NOTE_LEN => Ok(note),
            _ => Err(NoteError::TooLong),
        }
    }

    /// The text, its last newline included. It is not to be believed before [`Self::verify`].
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All signatures, of unknown keys too.
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// Adds a signature; one that the same key already has here is replaced, so that a witness's newest
    /// cosignature stands.
    ///
    /// # Errors
    /// [`NoteError::TooLong`] when the note is full.
    pub fn add(&mut self, signature: NoteSignature) -> Result<(), NoteError> {
        let same_key = |other: &&mut NoteSignature| {
            other.name == signature.name && other.key_id == signature.key_id
        };
        if let Some(older) = self.signatures.iter_mut().find(same_key) {
            *older = signature;
            return Ok(());
        }
        let length = self.to_string().len() + signature.to_string().len() + 1;
        if self.signatures.len() == MAX_SIGNATURES || length > MAX_NOTE_LEN {
            return Err(NoteError::TooLong);
        }
        self.signatures.push(signature);
        Ok(())
    }

    /// Checks every signature of a known key. Signatures of other keys are ignored.
    ///
    /// The answer names each key once, in the order of `keys`.
    ///
    /// # Errors
    /// [`NoteError::BadSignature`] when a known key's signature fails, though others hold;
    /// [`NoteError::NoKnownSignature`] when there is none.
    pub fn verify<'k>(
        &self,
        keys: &'k [VerifierKey],
    ) -> Result<Vec<VerifiedSignature<'k>>, NoteError> {
        let mut verified = Vec::new();
        for key in keys {
            verified.extend(self.verify_key(key)?);
        }
        match verified.is_empty() {
            true => Err(NoteError::NoKnownSignature),
            false => Ok(verified),
        }
    }

    /// Checks every signature of one key and answers with the last of them.
    fn verify_key<'k>(
        &self,
        key: &'k VerifierKey,
    ) -> Result<Option<VerifiedSignature<'k>>, NoteError> {
        let mut verified = None;
        for signature in self.signatures.iter().filter(|line| key.made(line)) {
            let time = key.verify(&self.text, signature)?;
            verified = Some(VerifiedSignature { key, time });
        }
        Ok(verified)
    }
}

impl FromStr for SignedNote {
    type Err = NoteError;

    fn from_str(note: &str) -> Result<Self, NoteError> {
        if note.len() > MAX_NOTE_LEN {
            return Err(NoteError::TooLong);
        }
        check_characters(note)?;
        let (text, lines) = note.rsplit_once("\n\n").ok_or(NoteError::Malformed)?;
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Malformed)?;
        if lines.split('\n').count() > MAX_SIGNATURES {
            return Err(NoteError::TooLong);
        }
        Ok(Self {
            text: format!("{text}\n"),
            signatures: lines
                .split('\n')
                .map(str::parse)
                .collect::<Result<_, _>>()?,
        })
    }
}

impl fmt::Display for SignedNote {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}", self.text)?;
        self.signatures
            .iter()
            .try_for_each(|signature| writeln!(out, "{signature}"))
    }
}

/// A signature that a known key made over the note's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerifiedSignature<'k> {
    /// The key, out of those that were asked about.
    pub key: &'k VerifierKey,
    /// When the cosigner saw this text, in Unix seconds; `None` for a plain Ed25519 signature.
    pub time: Option<u64>,
}

pub(crate) fn check_key_name(name: &str) -> Result<(), NoteError> {
    let forbidden = |c: char| c.is_whitespace() || c < ' ' || c == '+';
    match name.is_empty() || name.contains(forbidden) {
        true => Err(NoteError::BadKeyName),
        false => Ok(()),
    }
}

fn check_characters(text: &str) -> Result<(), NoteError> {
    match text.chars().any(|c| c < ' ' && c != '\n') {
        true => Err(NoteError::Malformed),
        false => Ok(()),
    }
}
