//! Attachments (PROTOCOL sections 7 and 9, `documents.*`): files beside a share, sealed for the one agency
//! chunk by chunk, so that neither side ever holds a whole one. Each chunk is bound to the consent, to its
//! path, to the digest that the share names and to its place; the last is marked, so that none can be cut off.

use std::io;

use consent_token::{id::Digest, key::Thumbprint};
use sha2::{Digest as _, Sha256};

use super::{
    KemKey, KemSecret, ShareError, binding, key::Kem, padded_size, stream, suite::TAG_BYTES,
};

/// HPKE's `info` for attachments.
pub const INFO: &[u8] = b"assent/attachment/1";
/// Bytes of an attachment at most (20 MiB).
pub const MAX_BYTES: u64 = 20 << 20;
/// Bytes of a chunk before it is sealed; the last may have fewer.
pub const CHUNK_BYTES: usize = 64 << 10;
/// Bytes of each upload of a sealed attachment but the last (1 MiB).
pub const PIECE_BYTES: usize = 1 << 20;
/// Pieces of a sealed attachment at most: 20 MiB, their tags and the head.
pub const MAX_PIECES: u32 = 21;

/// The KEM's number and the key's thumbprint.
const KEY_BYTES: usize = 2 + 32;
const SEALED_CHUNK_BYTES: usize = CHUNK_BYTES + TAG_BYTES;

/// What a sealed attachment belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Attached<'a> {
    /// The compact consent token.
    pub token: &'a str,
    /// Its data path, such as `documents.care-plan`.
    pub path: &'a str,
    /// SHA-256 of the file.
    pub digest: Digest,
    /// The file's size in bytes.
    pub size: u64,
}

impl Attached<'_> {
    /// What each chunk is bound to: the token, the file, whether the chunk is the last, and the path.
    fn aad(&self, last: Last) -> Vec<u8> {
        let mut aad = Vec::with_capacity(65 + self.path.len());
        aad.extend_from_slice(&binding(self.token));
        aad.extend_from_slice(self.digest.as_bytes());
        aad.push(u8::from(last == Last::Yes));
        aad.extend_from_slice(self.path.as_bytes());
        aad
    }

    /// Bytes of the whole when it is sealed for `key`.
    ///
    /// # Errors
    /// [`ShareError::TooLarge`], for an empty file too.
    pub fn sealed_bytes(&self, key: &KemKey) -> Result<u64, ShareError> {
        let padded = self.padded()?;
        let head = Kem::of(key.kem()).map_or(0, Kem::encapsulated_bytes) + KEY_BYTES;
        let tags = padded.div_ceil(CHUNK_BYTES as u64) * TAG_BYTES as u64;
        Ok(head as u64 + padded + tags)
    }

    fn padded(&self) -> Result<u64, ShareError> {
        if self.size == 0 || self.size > MAX_BYTES {
            return Err(ShareError::TooLarge);
        }
        let size = usize::try_from(self.size).map_err(|_| ShareError::TooLarge)?;
        Ok(padded_size(size) as u64)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    No,
    Yes,
}

/// Seals a file while it is read.
pub struct Writer<'a> {
    attached: Attached<'a>,
    context: stream::Sealing,
    held: Vec<u8>,
    /// Bytes that are not sealed yet, padding included.
    left: u64,
    taken: u64,
    hash: Sha256,
}

/// Why a file could not be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// It cannot be shared, or the key cannot be used.
    #[error(transparent)]
    Share(#[from] ShareError),
    /// It is not the file that was written down: its size or digest differs.
    #[error("the file is not the one that was attached")]
    Changed,
}

impl<'a> Writer<'a> {
    /// Starts sealing for `key`; the head goes to `out`. `randomness` is fresh from the operating system for
    /// every call.
    ///
    /// # Errors
    /// [`ShareError::TooLarge`], for an empty file too, and [`ShareError::Key`].
    pub fn start(
        attached: Attached<'a>,
        key: &KemKey,
        randomness: &[u8; 64],
        out: &mut Vec<u8>,
    ) -> Result<Self, ShareError> {
        let left = attached.padded()?;
        let (enc, context) = key.start_sealing(INFO, randomness)?;
        out.extend_from_slice(&key.kem().to_be_bytes());
        out.extend_from_slice(key.thumbprint().as_bytes());
        out.extend_from_slice(&enc);
        Ok(Writer {
            attached,
            context,
            held: Vec::new(),
            left,
            taken: 0,
            hash: Sha256::new(),
        })
    }

    /// Takes the next bytes of the file; what is sealed goes to `out`.
    ///
    /// # Errors
    /// [`SealError::Changed`] for more bytes than the file has.
    pub fn take(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), SealError> {
        self.taken += bytes.len() as u64;
        if self.taken > self.attached.size {
            return Err(SealError::Changed);
        }
        self.hash.update(bytes);
        self.held.extend_from_slice(bytes);
        while self.held.len() >= CHUNK_BYTES && self.left > CHUNK_BYTES as u64 {
            let rest = self.held.split_off(CHUNK_BYTES);
            let chunk = std::mem::replace(&mut self.held, rest);
            self.seal(&chunk, Last::No, out)?;
        }
        Ok(())
    }

    /// Seals the rest, padded. What went out before is of no use where this fails.
    ///
    /// # Errors
    /// [`SealError::Changed`] where it was another file.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<(), SealError> {
        let digest = Digest::from_bytes(std::mem::take(&mut self.hash).finalize().into());
        if self.taken != self.attached.size || digest != self.attached.digest {
            return Err(SealError::Changed);
        }
        while self.left > 0 {
            let size = self.left.min(CHUNK_BYTES as u64);
            let mut chunk = std::mem::take(&mut self.held);
            chunk.resize(usize::try_from(size).unwrap_or(CHUNK_BYTES), 0);
            let last = if size == self.left {
                Last::Yes
            } else {
                Last::No
            };
            self.seal(&chunk, last, out)?;
        }
        Ok(())
    }

    fn seal(&mut self, chunk: &[u8], last: Last, out: &mut Vec<u8>) -> Result<(), SealError> {
        let sealed = self.context.seal(chunk, &self.attached.aad(last))?;
        self.left -= chunk.len() as u64;
        out.extend_from_slice(&sealed);
        Ok(())
    }
}

/// Opens an attachment as it comes. Nothing of what was written may be used before [`Reader::finish`] held.
pub struct Reader<'a, W> {
    attached: Attached<'a>,
    keys: &'a [KemSecret],
    context: Option<stream::Opening>,
    held: Vec<u8>,
    padded: u64,
    opened: u64,
    hash: Sha256,
    to: W,
}

/// Why an attachment cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It is sealed for another key, was changed or cut, or belongs elsewhere.
    #[error(transparent)]
    Share(#[from] ShareError),
    /// What was opened could not be written.
    #[error("the attachment could not be written: {0}")]
    Write(#[from] io::Error),
}

impl<'a, W: io::Write> Reader<'a, W> {
    /// A reader of what belongs to `attached`, which writes to `to`.
    ///
    /// # Errors
    /// [`ShareError::TooLarge`] for a size that no attachment has.
    pub fn new(attached: Attached<'a>, keys: &'a [KemSecret], to: W) -> Result<Self, ShareError> {
        Ok(Reader {
            padded: attached.padded()?,
            attached,
            keys,
            context: None,
            held: Vec::new(),
            opened: 0,
            hash: Sha256::new(),
            to,
        })
    }

    /// Takes the next bytes, however they are cut.
    ///
    /// # Errors
    /// [`OpenError`]: the attachment is refused, and nothing that was written of it may be used.
    pub fn take(&mut self, bytes: &[u8]) -> Result<(), OpenError> {
        self.held.extend_from_slice(bytes);
        if self.context.is_none() && !self.read_head()? {
            return Ok(());
        }
        // One more byte shows that a chunk is not the last.
        while self.held.len() > SEALED_CHUNK_BYTES {
            let rest = self.held.split_off(SEALED_CHUNK_BYTES);
            let sealed = std::mem::replace(&mut self.held, rest);
            self.chunk(&sealed, Last::No)?;
        }
        Ok(())
    }

    /// Takes the end: the attachment is whole, and is the file that the share names.
    ///
    /// # Errors
    /// [`OpenError`], as [`Reader::take`].
    pub fn finish(mut self) -> Result<W, OpenError> {
        let sealed = std::mem::take(&mut self.held);
        self.chunk(&sealed, Last::Yes)?;
        let digest = Digest::from_bytes(self.hash.finalize().into());
        if self.opened != self.padded || digest != self.attached.digest {
            return Err(ShareError::Forged.into());
        }
        self.to.flush()?;
        Ok(self.to)
    }

    /// Whether the head is there, and was read.
    fn read_head(&mut self) -> Result<bool, ShareError> {
        let Some((named, rest)) = self.held.split_at_checked(KEY_BYTES) else {
            return Ok(false);
        };
        let (number, kid) = named
            .split_first_chunk::<2>()
            .ok_or(ShareError::Malformed)?;
        let kem = Kem::of(u16::from_be_bytes(*number)).ok_or(ShareError::Malformed)?;
        let Some((enc, rest)) = rest.split_at_checked(kem.encapsulated_bytes()) else {
            return Ok(false);
        };
        let kid: [u8; 32] = kid.try_into().map_err(|_| ShareError::Malformed)?;
        let kid = Thumbprint::from_bytes(kid);
        let mut keys = self.keys.iter();
        let key =
            keys.find(|key| key.kem() == u16::from_be_bytes(*number) && key.thumbprint() == kid);
        self.context = Some(
            key.ok_or(ShareError::OtherRecipient)?
                .start_opening(INFO, enc)?,
        );
        self.held = rest.to_vec();
        Ok(true)
    }

    fn chunk(&mut self, sealed: &[u8], last: Last) -> Result<(), OpenError> {
        let context = self.context.as_mut().ok_or(ShareError::Malformed)?;
        let plain = context.open(sealed, &self.attached.aad(last))?;
        // Of what was padded, only the file itself is written; the rest has to be zeros.
        let left = self.attached.size.saturating_sub(self.opened);
        let real = usize::try_from(left).unwrap_or(usize::MAX).min(plain.len());
        let (file, padding) = plain.split_at(real);
        self.opened += plain.len() as u64;
        if self.opened > self.padded || padding.iter().any(|byte| *byte != 0) {
            return Err(ShareError::Forged.into());
        }
        self.hash.update(file);
        Ok(self.to.write_all(file)?)
    }
}

#[cfg(test)]
mod tests;
