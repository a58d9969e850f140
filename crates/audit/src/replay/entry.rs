//! Entries read as fast as a million of them asks for. What is accepted here is byte for byte one of the two
//! canonical forms; everything else is judged by [`Entry::parse`].

use std::fmt::Write;

use consent_token::id::Digest;
use protocol::{Entry, Slot, UnixMillis, entry::EntryError};
use serde::Deserialize;

/// Up to here an integer is written by RFC 8785 as it is (section 3.2.2.3: IEEE 754 doubles).
const EXACT: i64 = 1 << 53;

/// Reads an entry; `scratch` is memory to be used again.
pub(crate) fn parse(bytes: &[u8], scratch: &mut String) -> Result<Entry, EntryError> {
    quick(bytes, scratch).map_or_else(|| Entry::parse(bytes), Ok)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire<'a> {
    at: i64,
    digest: &'a str,
    exp: Option<i64>,
    kind: &'a str,
    slot: Option<(u32, u32)>,
    status: Option<u8>,
    v: u8,
}

fn quick(bytes: &[u8], scratch: &mut String) -> Option<Entry> {
    let wire: Wire<'_> = serde_json::from_slice(bytes).ok()?;
    let entry = wire.entry()?;
    scratch.clear();
    write_canonical(&entry, scratch).ok()?;
    (scratch.as_bytes() == bytes).then_some(entry)
}

impl Wire<'_> {
    fn entry(&self) -> Option<Entry> {
        let exact = |number: i64| (-EXACT..=EXACT).contains(&number);
        if !exact(self.at) || !self.exp.is_none_or(exact) || self.v != 1 {
            return None;
        }
        let (at, v, exp) = (UnixMillis(self.at), self.v, self.exp);
        let digest = Digest::from_log(self.digest).ok()?;
        let slot = self.slot.map(|(list, idx)| Slot(list, idx));
        match (self.kind, slot, self.status, exp) {
            ("status", Some(slot), Some(status @ 0..=2), _) if slot.exists() => {
                Some(Entry::Status {
                    at,
                    digest,
                    exp,
                    slot,
                    status,
                    v,
                })
            }
            ("act", None, None, None) => Some(Entry::Act { at, digest, v }),
            _ => None,
        }
    }
}

fn write_canonical(entry: &Entry, out: &mut String) -> std::fmt::Result {
    write!(
        out,
        r#"{{"at":{},"digest":"{}","#,
        entry.at().0,
        entry.digest().in_log()
    )?;
    match entry {
        Entry::Act { v, .. } => write!(out, r#""kind":"act","v":{v}}}"#),
        Entry::Status {
            exp,
            slot,
            status,
            v,
            ..
        } => {
            if let Some(exp) = exp {
                write!(out, r#""exp":{exp},"#)?;
            }
            write!(
                out,
                r#""kind":"status","slot":[{},{}],"status":{status},"v":{v}}}"#,
                slot.0, slot.1
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use protocol::{LISTS_AT_MOST, SLOTS_PER_LIST};

    use super::*;

    fn entries() -> Vec<Entry> {
        let digest = Digest::of(b"x");
        let at = |at| UnixMillis(at);
        let status = |at, exp, slot, status| Entry::Status {
            at,
            digest,
            exp,
            slot,
            status,
            v: 1,
        };
        vec![
            Entry::Act {
                at: at(1_790_000_000_123),
                digest,
                v: 1,
            },
            Entry::Act {
                at: at(-1),
                digest,
                v: 1,
            },
            Entry::Act {
                at: at(1 << 60),
                digest,
                v: 1,
            },
            status(at(0), Some(1_800_000_000), Slot(0, 0), 0),
            status(
                at(EXACT),
                None,
                Slot(LISTS_AT_MOST - 1, SLOTS_PER_LIST - 1),
                2,
            ),
        ]
    }

    #[test]
    fn the_quick_way_agrees_with_the_protocols() {
        let mut quickly = 0;
        for entry in entries() {
            let good = entry.to_canonical();
            quickly += usize::from(quick(&good, &mut String::new()).is_some());
            assert_eq!(parse(&good, &mut String::new()), Entry::parse(&good));
            for at in 0..good.len() {
                for byte in [b' ', b'"', b'0', b'3', b'9', b'-', b'_', b',', b'}', 0xC3] {
                    let mut changed = good.clone();
                    changed[at] = byte;
                    assert_eq!(parse(&changed, &mut String::new()), Entry::parse(&changed));
                    changed.insert(at, b' ');
                    assert_eq!(parse(&changed, &mut String::new()), Entry::parse(&changed));
                }
            }
        }
        assert_eq!(
            quickly, 4,
            "all but the integer that RFC 8785 writes otherwise"
        );
    }
}
