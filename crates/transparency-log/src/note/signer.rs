//! The keys that sign: a log's Ed25519 key and a witness's cosigning key. They never print themselves,
//! and are wiped when dropped.

use std::fmt;

use ed25519_dalek::{Signer as _, SigningKey};

use super::{
    NoteError, NoteSignature, SignatureType, SignedNote, VerifierKey,
    key::{MAX_TIME, cosigned_message},
};

/// An Ed25519 key (type 0x01) that signs notes under a name.
pub struct NoteSigner {
    key: SigningKey,
    verifier: VerifierKey,
}

impl NoteSigner {
    /// The signer of an RFC 8032 private key.
    ///
    /// # Errors
    /// [`NoteError::BadKeyName`].
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, NoteError> {
        let key = SigningKey::from_bytes(seed);
        let public_key = key.verifying_key().to_bytes();
        let verifier = VerifierKey::new(name, SignatureType::Ed25519, &public_key)?;
        Ok(Self { key, verifier })
    }

    /// The key that checks this signer's notes.
    pub fn verifier_key(&self) -> &VerifierKey {
        &self.verifier
    }

    /// The name that stands in the signature line.
    pub fn name(&self) -> &str {
        self.verifier.name()
    }

    /// Signs a note's text.
    ///
    /// # Errors
    /// As [`SignedNote::new`].
    pub fn sign(&self, text: String) -> Result<SignedNote, NoteError> {
        let signature = self.key.sign(text.as_bytes()).to_vec();
        let line = NoteSignature::new(self.name(), self.verifier.id(), signature);
        SignedNote::new(text, line)
    }
}

impl fmt::Debug for NoteSigner {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "NoteSigner({})", self.verifier)
    }
}

/// A witness's Ed25519 key (type 0x04) that cosigns checkpoints at a time.
pub struct Cosigner {
    key: SigningKey,
    verifier: VerifierKey,
}

impl Cosigner {
    /// The cosigner of an RFC 8032 private key.
    ///
    /// # Errors
    /// [`NoteError::BadKeyName`].
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, NoteError> {
        let key = SigningKey::from_bytes(seed);
        let public_key = key.verifying_key().to_bytes();
        let verifier = VerifierKey::new(name, SignatureType::CosignatureV1, &public_key)?;
        Ok(Self { key, verifier })
    }

    /// The key that checks this cosigner's lines.
    pub fn verifier_key(&self) -> &VerifierKey {
        &self.verifier
    }

    /// The name that stands in the signature line.
    pub fn name(&self) -> &str {
        self.verifier.name()
    }

    /// Cosigns a checkpoint's note as of `time`, in Unix seconds. The caller has checked that the
    /// checkpoint is consistent with all that it cosigned before.
    ///
    /// # Errors
    /// [`NoteError::TimeOutOfRange`] when `time` does not fit in 63 bits.
    pub fn cosign(&self, note: &SignedNote, time: u64) -> Result<NoteSignature, NoteError> {
        if time > MAX_TIME {
            return Err(NoteError::TimeOutOfRange);
        }
        let message = cosigned_message(note.text(), time);
        let mut signature = time.to_be_bytes().to_vec();
        signature.extend(self.key.sign(message.as_bytes()).to_bytes());
        Ok(NoteSignature::new(
            self.name(),
            self.verifier.id(),
            signature,
        ))
    }
}

impl fmt::Debug for Cosigner {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Cosigner({})", self.verifier)
    }
}
