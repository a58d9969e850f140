//! The small text forms that checkpoints, proofs and witness bodies share, read strictly: one value, one spelling.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::Hash;

/// Reads an ASCII decimal without leading zeroes (`0` itself is one).
pub(crate) fn parse_decimal(text: &str) -> Option<u64> {
    let canonical =
        text == "0" || (!text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit()));
    canonical.then(|| text.parse().ok()).flatten()
}

/// Reads one hash in padded standard base64: 44 characters, 32 bytes.
pub(crate) fn parse_hash(text: &str) -> Option<Hash> {
    decode(text)?.try_into().ok()
}

/// Writes one hash in padded standard base64.
pub(crate) fn format_hash(hash: &Hash) -> String {
    STANDARD.encode(hash)
}

/// Reads padded standard base64 in its only spelling (RFC 4648, section 4).
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// Writes padded standard base64.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Appends one line per hash.
pub(crate) fn push_hash_lines(out: &mut String, hashes: &[Hash]) {
    for hash in hashes {
        STANDARD.encode_string(hash, out);
        out.push('\n');
    }
}

/// Takes one newline-terminated line off the front.
pub(crate) fn take_line<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let (line, after) = rest.split_once('\n')?;
    *rest = after;
    Some(line)
}
