//! Log entries (PROTOCOL section 5): RFC 8785 JSON of one of two shapes, with no agency,
//! purpose, name or grant id in the clear.

use consent_token::id::{Digest, UnixSeconds, digest_in_log};
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z; the unit of `at` in log entries.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// The whole second that it falls into; times before 1970 or after 9999 are cut to those.
    #[must_use]
    pub fn as_seconds(self) -> UnixSeconds {
        let seconds = self.0.div_euclid(1000);
        UnixSeconds::new(seconds).unwrap_or(if seconds < 0 {
            UnixSeconds::MIN
        } else {
            UnixSeconds::MAX
        })
    }
}

/// A place in the status lists: list number, index in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Slot(pub u32, pub u32);

/// Slots in one status list (PROTOCOL section 3).
pub const SLOTS_PER_LIST: u32 = 1 << 20;

/// Status lists of one verifier at most: four thousand million slots, and an entry of a few bytes can make
/// nobody set memory aside for more.
pub const LISTS_AT_MOST: u32 = 1 << 12;

impl Slot {
    /// Whether there can be such a slot.
    #[must_use]
    pub const fn exists(self) -> bool {
        self.0 < LISTS_AT_MOST && self.1 < SLOTS_PER_LIST
    }
}

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Entry {
    /// What changes a status.
    Status {
        /// The batch's time.
        at: UnixMillis,
        /// SHA-256 of the compact JWS.
        #[serde(with = "digest_in_log")]
        digest: Digest,
        /// The token's `exp` in seconds, where the slot becomes valid for the first time.
        #[serde(skip_serializing_if = "Option::is_none")]
        exp: Option<i64>,
        /// Which slot changes.
        slot: Slot,
        /// 0 valid, 1 revoked, 2 suspended.
        status: u8,
        /// Always 1.
        v: u8,
    },
    /// Every other act.
    Act {
        /// The batch's time.
        at: UnixMillis,
        /// SHA-256 of the compact JWS.
        #[serde(with = "digest_in_log")]
        digest: Digest,
        /// Always 1.
        v: u8,
    },
}

/// The bytes are not an entry of this log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EntryError {
    /// Not JSON, or not one of the two shapes; the operator's software is at fault.
    #[error("the log entry is not one of the two shapes")]
    Shape,
    /// The right members, but not in RFC 8785 form.
    #[error("the log entry is not in canonical form")]
    NotCanonical,
}

/// All members of both shapes; which ones fit is decided after reading.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    at: UnixMillis,
    #[serde(with = "digest_in_log")]
    digest: Digest,
    exp: Option<i64>,
    kind: String,
    slot: Option<Slot>,
    status: Option<u8>,
    v: u8,
}

impl Entry {
    /// The entry as it is hashed: RFC 8785 canonical JSON.
    #[must_use]
    pub fn to_canonical(&self) -> Vec<u8> {
        serde_json_canonicalizer::to_vec(self)
            .expect("integers and text always have a canonical form")
    }

    /// Reads an entry and holds it to the canonical form.
    ///
    /// # Errors
    /// [`EntryError`] where the bytes are not exactly what [`Entry::to_canonical`] writes.
    pub fn parse(bytes: &[u8]) -> Result<Self, EntryError> {
        let wire: Wire = serde_json::from_slice(bytes).map_err(|_| EntryError::Shape)?;
        let entry = wire.into_entry().ok_or(EntryError::Shape)?;
        if entry.to_canonical() == bytes {
            Ok(entry)
        } else {
            Err(EntryError::NotCanonical)
        }
    }

    /// The batch's time.
    #[must_use]
    pub fn at(&self) -> UnixMillis {
        match self {
            Entry::Status { at, .. } | Entry::Act { at, .. } => *at,
        }
    }

    /// The digest of the JWS behind the entry.
    #[must_use]
    pub fn digest(&self) -> Digest {
        match self {
            Entry::Status { digest, .. } | Entry::Act { digest, .. } => *digest,
        }
    }
}

impl Wire {
    fn into_entry(self) -> Option<Entry> {
        let Wire {
            at,
            digest,
            exp,
            kind,
            slot,
            status,
            v,
        } = self;
        match (kind.as_str(), slot, status, v) {
            ("status", Some(slot), Some(status @ 0..=2), 1) if slot.exists() => {
                Some(Entry::Status {
                    at,
                    digest,
                    exp,
                    slot,
                    status,
                    v,
                })
            }
            ("act", None, None, 1) if exp.is_none() => Some(Entry::Act { at, digest, v }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry::Status {
            at: UnixMillis(1_790_000_000_123),
            digest: Digest::of(b"x"),
            exp: Some(1_800_000_000),
            slot: Slot(0, 4711),
            status: 0,
            v: 1,
        }
    }

    #[test]
    fn the_canonical_form_is_the_protocols_own_example() {
        let text = String::from_utf8(entry().to_canonical()).unwrap();
        let digest = Digest::of(b"x").in_log().to_string();
        assert_eq!(
            text,
            format!(
                r#"{{"at":1790000000123,"digest":"{digest}","exp":1800000000,"kind":"status","slot":[0,4711],"status":0,"v":1}}"#
            )
        );
        assert_eq!(Entry::parse(text.as_bytes()), Ok(entry()));
    }

    #[test]
    fn whatever_is_not_exactly_an_entry_is_refused() {
        let good = String::from_utf8(entry().to_canonical()).unwrap();
        for (bad, error) in [
            (good.replace("\"v\":1", "\"v\":2"), EntryError::Shape),
            (
                good.replace("\"status\":0", "\"status\":3"),
                EntryError::Shape,
            ),
            (good.replace("4711", "1048576"), EntryError::Shape),
            (
                good.replace("{\"at\"", "{\"agency\":\"x\",\"at\""),
                EntryError::Shape,
            ),
            (
                good.replace("{\"at\"", "{\"at\":1,\"at\""),
                EntryError::Shape,
            ),
            (
                good.replace("\"kind\":\"status\"", "\"kind\":\"act\""),
                EntryError::Shape,
            ),
            (
                good.replace("{\"at\"", "{ \"at\""),
                EntryError::NotCanonical,
            ),
            (good.replace("sha256:", "sha-256:"), EntryError::Shape),
            (String::new(), EntryError::Shape),
        ] {
            assert_eq!(Entry::parse(bad.as_bytes()), Err(error), "{bad}");
        }
    }

    #[test]
    fn a_slot_or_status_that_cannot_be_is_no_entry() {
        let with = |slot, status, exp| Entry::Status {
            at: UnixMillis(1),
            digest: Digest::of(b"x"),
            exp,
            slot,
            status,
            v: 1,
        };
        let last = Slot(LISTS_AT_MOST - 1, SLOTS_PER_LIST - 1);
        let good = with(last, 0, Some(5));
        assert_eq!(Entry::parse(&good.to_canonical()), Ok(good));
        for bad in [
            with(Slot(LISTS_AT_MOST, 0), 0, Some(5)),
            with(Slot(0, SLOTS_PER_LIST), 0, Some(5)),
            with(Slot(0, 0), 3, None),
        ] {
            assert_eq!(Entry::parse(&bad.to_canonical()), Err(EntryError::Shape));
        }
    }
}
