//! Entry bundles: up to 256 entries, each behind its length as a big-endian 16-bit number
//! (C2SP tlog-tiles, log entries).

use thiserror::Error;

use crate::tile::FULL_WIDTH;

/// The longest entry that a bundle can carry, in bytes.
pub const MAX_ENTRY_LEN: usize = u16::MAX as usize;

/// Why a bundle could not be written or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BundleError {
    /// An entry is longer than 65,535 bytes: its author must refuse it before it is logged.
    #[error("an entry is longer than 65535 bytes")]
    EntryTooLong,
    /// There are more than 256 entries, or none.
    #[error("a bundle holds 1 to 256 entries")]
    WrongCount,
    /// The bytes end inside an entry: the fetch was cut off, or the store is corrupt.
    #[error("the bundle is cut off")]
    Truncated,
    /// Bytes follow the last entry.
    #[error("bytes follow the last entry")]
    TrailingBytes,
}

/// Writes a bundle.
///
/// # Errors
/// [`BundleError::EntryTooLong`] and [`BundleError::WrongCount`].
pub fn encode_bundle<T: AsRef<[u8]>>(
    entries: impl IntoIterator<Item = T>,
) -> Result<Vec<u8>, BundleError> {
    let (mut bytes, mut count) = (Vec::new(), 0);
    for entry in entries {
        let entry = entry.as_ref();
        let length = u16::try_from(entry.len()).map_err(|_| BundleError::EntryTooLong)?;
        bytes.extend(length.to_be_bytes());
        bytes.extend(entry);
        count += 1;
    }
    check_count(count)?;
    Ok(bytes)
}

/// Reads a bundle of exactly `width` entries, which borrow from `bytes`.
///
/// # Errors
/// [`BundleError::WrongCount`], [`BundleError::Truncated`] and [`BundleError::TrailingBytes`].
pub fn decode_bundle(bytes: &[u8], width: u16) -> Result<Vec<&[u8]>, BundleError> {
    check_count(width.into())?;
    let mut rest = bytes;
    let entries = (0..width)
        .map(|_| take_entry(&mut rest).ok_or(BundleError::Truncated))
        .collect::<Result<_, _>>()?;
    match rest {
        [] => Ok(entries),
        _ => Err(BundleError::TrailingBytes),
    }
}

fn check_count(count: usize) -> Result<(), BundleError> {
    match count {
        1..=256 => Ok(()),
        _ => Err(BundleError::WrongCount),
    }
}

fn take_entry<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, after) = rest.split_first_chunk::<2>()?;
    let (entry, after) = after.split_at_checked(u16::from_be_bytes(*length).into())?;
    *rest = after;
    Some(entry)
}

const _: () = assert!(FULL_WIDTH == 256);
