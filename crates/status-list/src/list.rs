//! The byte array of a Token Status List (draft-ietf-oauth-status-list, Compressed Byte Array): statuses of
//! 1, 2, 4 or 8 bits, packed from the least significant bit of each byte, and its zlib form. What comes from
//! outside is inflated only up to a bound.

use std::io::{self, ErrorKind, Read, Write};

use flate2::{Compression, bufread::ZlibDecoder, write::ZlibEncoder};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a list was refused or could not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum StatusListError {
    /// The bit size is not 1, 2, 4 or 8: the issuer is at fault.
    #[error("a status has 1, 2, 4 or 8 bits")]
    UnsupportedBits,
    /// The list has no such index: nothing is known about the token, which must be rejected.
    #[error("the index is outside the list")]
    IndexOutOfRange,
    /// The value does not fit the list's bits, or is none of the statuses asked for.
    #[error("the status value is out of range")]
    ValueOutOfRange,
    /// The list is not base64url without padding.
    #[error("the list is not base64url")]
    NotBase64,
    /// The compressed list is corrupt, or its checksum does not match.
    #[error("the compressed list is corrupt")]
    Corrupt,
    /// The compressed list ends too early.
    #[error("the compressed list is cut off")]
    Truncated,
    /// Bytes follow the compressed list.
    #[error("bytes follow the compressed list")]
    TrailingBytes,
    /// The list inflates to more bytes than the caller allows.
    #[error("the list is too large")]
    TooLarge,
    /// The list does not inflate to the number of bytes that was agreed.
    #[error("the list has the wrong size")]
    WrongSize,
}

/// How many bits each status has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Bits {
    /// 1 bit: two statuses.
    One,
    /// 2 bits: four statuses.
    Two,
    /// 4 bits: 16 statuses.
    Four,
    /// 8 bits: 256 statuses.
    Eight,
}

impl Bits {
    /// The number of bits.
    pub const fn get(self) -> u8 {
        1 << self.log2()
    }

    /// The largest status value.
    pub const fn max_value(self) -> u8 {
        u8::MAX >> (8 - self.get())
    }

    const fn log2(self) -> u8 {
        match self {
            Self::One => 0,
            Self::Two => 1,
            Self::Four => 2,
            Self::Eight => 3,
        }
    }

    /// The byte that holds index `idx` and the shift of its bits in that byte.
    const fn place(self, idx: u64) -> (u64, u32) {
        let per_byte_log2 = 3 - self.log2();
        let position = idx & ((1 << per_byte_log2) - 1);
        (idx >> per_byte_log2, (position as u32) << self.log2())
    }
}

impl TryFrom<u8> for Bits {
    type Error = StatusListError;

    fn try_from(bits: u8) -> Result<Self, StatusListError> {
        match bits {
            1 => Ok(Self::One),
            2 => Ok(Self::Two),
            4 => Ok(Self::Four),
            8 => Ok(Self::Eight),
            _ => Err(StatusListError::UnsupportedBits),
        }
    }
}

impl From<Bits> for u8 {
    fn from(bits: Bits) -> Self {
        bits.get()
    }
}

/// A list of statuses, one per index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusList {
    bits: Bits,
    bytes: Vec<u8>,
}

impl StatusList {
    /// A list of at least `len` statuses (rounded up to whole bytes), all of the value `fill`.
    ///
    /// # Errors
    /// [`StatusListError::ValueOutOfRange`] when `fill` does not fit, [`StatusListError::TooLarge`] when
    /// the list does not fit in memory.
    pub fn new(bits: Bits, len: u64, fill: u8) -> Result<Self, StatusListError> {
        if fill > bits.max_value() {
            return Err(StatusListError::ValueOutOfRange);
        }
        let bytes = len.div_ceil(8 / u64::from(bits.get()));
        let bytes = usize::try_from(bytes).map_err(|_| StatusListError::TooLarge)?;
        // 0xff, 0x55, 0x11 and 0x01 repeat a status of 1, 2, 4 and 8 bits through a byte.
        let repeat = u8::MAX / bits.max_value();
        Ok(Self::from_bytes(bits, vec![fill * repeat; bytes]))
    }

    /// A list from its uncompressed bytes.
    pub fn from_bytes(bits: Bits, bytes: Vec<u8>) -> Self {
        Self { bits, bytes }
    }

    /// How many bits each status has.
    pub fn bits(&self) -> Bits {
        self.bits
    }

    /// The number of statuses.
    pub fn len(&self) -> u64 {
        self.bytes.len() as u64 * (8 / u64::from(self.bits.get()))
    }

    /// Whether the list has no status.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The uncompressed bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The status value at `idx`.
    ///
    /// # Errors
    /// [`StatusListError::IndexOutOfRange`].
    pub fn get(&self, idx: u64) -> Result<u8, StatusListError> {
        let (byte, shift) = self.bits.place(idx);
        let byte = usize::try_from(byte).ok().and_then(|at| self.bytes.get(at));
        let byte = byte.ok_or(StatusListError::IndexOutOfRange)?;
        Ok(byte >> shift & self.bits.max_value())
    }

    /// Sets the status value at `idx`.
    ///
    /// # Errors
    /// [`StatusListError::IndexOutOfRange`] and [`StatusListError::ValueOutOfRange`].
    pub fn set(&mut self, idx: u64, value: u8) -> Result<(), StatusListError> {
        let mask = self.bits.max_value();
        if value > mask {
            return Err(StatusListError::ValueOutOfRange);
        }
        let (byte, shift) = self.bits.place(idx);
        let byte = usize::try_from(byte)
            .ok()
            .and_then(|at| self.bytes.get_mut(at))
            .ok_or(StatusListError::IndexOutOfRange)?;
        *byte = *byte & !(mask << shift) | value << shift;
        Ok(())
    }

    /// Compresses the list with zlib at the highest level, as the draft recommends.
    ///
    /// # Panics
    /// Never: writing to memory does not fail.
    pub fn compress(&self) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder
            .write_all(&self.bytes)
            .and_then(|()| encoder.finish())
            .expect("a Vec takes every write")
    }

    /// Inflates a list of at most `max_bytes` bytes; one byte more and it is refused unread.
    ///
    /// # Errors
    /// [`StatusListError::Corrupt`], [`StatusListError::Truncated`], [`StatusListError::TrailingBytes`]
    /// and [`StatusListError::TooLarge`].
    pub fn decompress(bits: Bits, zlib: &[u8], max_bytes: usize) -> Result<Self, StatusListError> {
        let bound = (max_bytes as u64).saturating_add(1);
        let mut inflated = Vec::new();
        let mut decoder = ZlibDecoder::new(zlib).take(bound);
        decoder.read_to_end(&mut inflated).map_err(refusal)?;
        if inflated.len() > max_bytes {
            return Err(StatusListError::TooLarge);
        }
        match decoder.into_inner().into_inner() {
            [] => Ok(Self::from_bytes(bits, inflated)),
            _ => Err(StatusListError::TrailingBytes),
        }
    }

    /// Inflates a list whose number of statuses is known.
    ///
    /// # Errors
    /// As [`Self::decompress`], and [`StatusListError::WrongSize`] when the list is shorter.
    pub fn decompress_exact(bits: Bits, zlib: &[u8], len: u64) -> Result<Self, StatusListError> {
        let bytes = len.div_ceil(8 / u64::from(bits.get()));
        let bytes = usize::try_from(bytes).map_err(|_| StatusListError::TooLarge)?;
        let list = Self::decompress(bits, zlib, bytes)?;
        match list.bytes.len() == bytes {
            true => Ok(list),
            false => Err(StatusListError::WrongSize),
        }
    }
}

fn refusal(error: io::Error) -> StatusListError {
    match error.kind() {
        ErrorKind::UnexpectedEof => StatusListError::Truncated,
        _ => StatusListError::Corrupt,
    }
}
