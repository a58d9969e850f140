//! What a sealed row holds: kind, key and value in one padded block, so that neither a name nor an
//! exact length shows outside. Layout in docs/spec/vault-format.md.

use crate::{Plaintext, TAG_BYTES};

/// Longest kind in bytes of UTF-8; the shortest is 1.
pub const MAX_KIND_BYTES: usize = 64;

/// Longest key in bytes of UTF-8; it may be empty.
pub const MAX_KEY_BYTES: usize = 2048;

/// Longest value in bytes: 8 MiB, twice the largest document of the protocol (the registry, 4 MiB).
pub const MAX_RECORD_BYTES: usize = 8 * 1024 * 1024;

/// Kind length (1), key length (2), value length (4).
const HEADER_BYTES: usize = 7;

/// Every record is padded with zeros to a multiple of this many bytes.
const BLOCK_BYTES: usize = 64;

/// An opened record.
#[derive(Debug, PartialEq, Eq)]
pub struct Record {
    content: Plaintext,
    kind_end: usize,
    key_end: usize,
    value_end: usize,
}

/// A record cannot be written, or what was read is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// The kind is empty or too long: a mistake of the calling program.
    #[error("a record's kind has 1 to 64 bytes, this one has {bytes}")]
    Kind {
        /// Length in bytes.
        bytes: usize,
    },
    /// The key is too long: a mistake of the calling program.
    #[error("a record's key has at most 2048 bytes, this one has {bytes}")]
    Key {
        /// Length in bytes.
        bytes: usize,
    },
    /// The value is too long.
    #[error("a record's value has at most 8388608 bytes, this one has {bytes}")]
    Value {
        /// Length in bytes.
        bytes: usize,
    },
    /// The opened bytes are no record: they were sealed by a faulty program.
    #[error("the opened bytes are not a record")]
    Malformed,
}

impl Record {
    /// Lays out a record, ready for sealing: the buffer has room for the tag.
    ///
    /// # Errors
    /// [`RecordError::Kind`], [`RecordError::Key`], [`RecordError::Value`] when a part is too long.
    pub fn encode(kind: &str, key: &str, value: &[u8]) -> Result<Vec<u8>, RecordError> {
        let (kind_len, key_len, value_len) = lengths(kind, key, value)?;
        let padded = padded_len(HEADER_BYTES + kind.len() + key.len() + value.len());
        let mut content = Vec::with_capacity(padded + TAG_BYTES);
        content.push(kind_len);
        content.extend_from_slice(&key_len.to_be_bytes());
        content.extend_from_slice(&value_len.to_be_bytes());
        content.extend_from_slice(kind.as_bytes());
        content.extend_from_slice(key.as_bytes());
        content.extend_from_slice(value);
        content.resize(padded, 0);
        Ok(content)
    }

    /// Reads an opened record.
    ///
    /// # Errors
    /// [`RecordError::Malformed`] unless [`Record::encode`] could have made it.
    pub fn decode(content: Plaintext) -> Result<Self, RecordError> {
        let (kind_end, key_end, value_end) = ends(&content).ok_or(RecordError::Malformed)?;
        let record = Self {
            content,
            kind_end,
            key_end,
            value_end,
        };
        if record.is_well_formed() {
            Ok(record)
        } else {
            Err(RecordError::Malformed)
        }
    }

    fn is_well_formed(&self) -> bool {
        let padding = self.content.get(self.value_end..);
        self.content.len() == padded_len(self.value_end)
            && padding.is_some_and(|rest| rest.iter().all(|byte| *byte == 0))
            && lengths(self.kind(), self.key(), &[]).is_ok()
            && self.value_end - self.key_end <= MAX_RECORD_BYTES
            && core::str::from_utf8(self.slice(HEADER_BYTES, self.kind_end)).is_ok()
            && core::str::from_utf8(self.slice(self.kind_end, self.key_end)).is_ok()
    }

    fn slice(&self, from: usize, to: usize) -> &[u8] {
        self.content.get(from..to).unwrap_or_default()
    }

    /// What sort of record it is, in the calling program's words.
    #[must_use]
    pub fn kind(&self) -> &str {
        core::str::from_utf8(self.slice(HEADER_BYTES, self.kind_end)).unwrap_or_default()
    }

    /// Which record of its kind it is.
    #[must_use]
    pub fn key(&self) -> &str {
        core::str::from_utf8(self.slice(self.kind_end, self.key_end)).unwrap_or_default()
    }

    /// Keeps the value only.
    #[must_use]
    pub fn into_value(self) -> Plaintext {
        self.content.narrow(self.key_end..self.value_end)
    }
}

/// The three length fields, checked.
fn lengths(kind: &str, key: &str, value: &[u8]) -> Result<(u8, u16, u32), RecordError> {
    let kind_error = RecordError::Kind { bytes: kind.len() };
    if kind.is_empty() || kind.len() > MAX_KIND_BYTES {
        return Err(kind_error);
    }
    let key_error = RecordError::Key { bytes: key.len() };
    if key.len() > MAX_KEY_BYTES {
        return Err(key_error);
    }
    let value_error = RecordError::Value { bytes: value.len() };
    if value.len() > MAX_RECORD_BYTES {
        return Err(value_error);
    }
    Ok((
        u8::try_from(kind.len()).map_err(|_| kind_error)?,
        u16::try_from(key.len()).map_err(|_| key_error)?,
        u32::try_from(value.len()).map_err(|_| value_error)?,
    ))
}

/// Where kind, key and value end, or nothing where they do not fit into `content`.
fn ends(content: &[u8]) -> Option<(usize, usize, usize)> {
    let (kind_len, rest) = content.split_first()?;
    let (key_len, rest) = rest.split_first_chunk()?;
    let (value_len, _) = rest.split_first_chunk()?;
    let kind_end = HEADER_BYTES + usize::from(*kind_len);
    let key_end = kind_end + usize::from(u16::from_be_bytes(*key_len));
    let value_end = key_end.checked_add(usize::try_from(u32::from_be_bytes(*value_len)).ok()?)?;
    (value_end <= content.len()).then_some((kind_end, key_end, value_end))
}

fn padded_len(len: usize) -> usize {
    len.next_multiple_of(BLOCK_BYTES)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decode(bytes: Vec<u8>) -> Result<Record, RecordError> {
        Record::decode(Plaintext::new(bytes))
    }

    #[test]
    fn length_shows_only_in_steps_of_64() {
        let len = |value: usize| Record::encode("k", "", &vec![1; value]).unwrap().len();
        assert_eq!((len(0), len(56), len(57), len(120)), (64, 64, 128, 128));
    }

    #[test]
    fn parts_that_are_too_long_are_named() {
        assert_eq!(
            Record::encode("", "a", b""),
            Err(RecordError::Kind { bytes: 0 })
        );
        assert_eq!(
            Record::encode(&"k".repeat(65), "", b""),
            Err(RecordError::Kind { bytes: 65 })
        );
        let key = "k".repeat(2049);
        assert_eq!(
            Record::encode("k", &key, b""),
            Err(RecordError::Key { bytes: 2049 })
        );
        let value = vec![0; MAX_RECORD_BYTES + 1];
        let bytes = value.len();
        assert_eq!(
            Record::encode("k", "", &value),
            Err(RecordError::Value { bytes })
        );
    }

    #[test]
    fn what_encode_cannot_make_is_refused() {
        let good = Record::encode("kind", "key", b"value").unwrap();
        assert!(decode(good.clone()).is_ok());
        let mut dirty_padding = good.clone();
        *dirty_padding.last_mut().unwrap() = 1;
        let mut too_much_padding = good.clone();
        too_much_padding.resize(128, 0);
        let mut not_utf8 = good.clone();
        not_utf8[HEADER_BYTES] = 0xff;
        let mut no_kind = good.clone();
        no_kind[0] = 0;
        let mut past_the_end = good.clone();
        past_the_end[3] = 0xff;
        for bad in [
            dirty_padding,
            too_much_padding,
            not_utf8,
            no_kind,
            past_the_end,
            vec![],
            vec![1; 6],
        ] {
            assert_eq!(decode(bad), Err(RecordError::Malformed));
        }
    }

    proptest! {
        #[test]
        fn records_come_back_as_they_were(
            kind in "[a-z-]{1,64}",
            key in ".{0,40}",
            value in proptest::collection::vec(any::<u8>(), 0..500),
        ) {
            let encoded = Record::encode(&kind, &key, &value).unwrap();
            let record = decode(encoded).unwrap();
            prop_assert_eq!(record.kind(), kind);
            prop_assert_eq!(record.key(), key);
            prop_assert_eq!(&*record.into_value(), &value[..]);
        }

        #[test]
        fn no_bytes_make_the_decoder_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(bytes);
        }
    }
}
