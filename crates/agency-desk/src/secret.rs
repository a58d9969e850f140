//! Random names and tokens, and how two of them are compared.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::{ApiError, Code};

/// A random text of 256 bits, base64url.
pub(crate) fn generate_token() -> Result<Zeroizing<String>, ApiError> {
    let mut bytes = Zeroizing::new([0; 32]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| Code::Randomness)?;
    Ok(Zeroizing::new(BASE64_URL_SAFE_NO_PAD.encode(*bytes)))
}

/// Letters and digits that are not taken for each other, in lower case.
const PLAIN: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// A random text of `length` plain letters and digits, 5 bits each, for people to read and type.
pub(crate) fn generate_plain(length: usize) -> Result<String, ApiError> {
    let mut bytes = Zeroizing::new(vec![0; length]);
    getrandom::fill(&mut bytes).map_err(|_| Code::Randomness)?;
    let letter = |byte: &u8| PLAIN.get(usize::from(byte % 32)).copied().map(char::from);
    Ok(bytes.iter().filter_map(letter).collect())
}

/// What is kept of a token that only its owner has.
pub(crate) fn digest(token: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_text_has_its_length_and_no_letter_that_is_taken_for_another() {
        let text = generate_plain(400).unwrap();
        assert_eq!(text.len(), 400);
        assert!(!text.contains(['l', 'i', 'o', '1']));
        assert_ne!(generate_plain(12).unwrap(), generate_plain(12).unwrap());
    }

    #[test]
    fn tokens_are_compared_whole() {
        assert!(same("abc", "abc"));
        assert!(!same("abc", "abd") && !same("abc", "ab") && !same("", "a"));
    }
}
