//! A passphrase as a person typed it, made the same on every keyboard: RFC 8265 OpaqueString
//! (spaces mapped to U+0020, NFC, no control characters, not empty).

use core::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// A passphrase, prepared for key derivation.
pub struct Passphrase(Zeroizing<String>);

/// A passphrase cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PassphraseError {
    /// Nothing was typed.
    #[error("the passphrase is empty")]
    Empty,
    /// A tab, line break or other control character is in it, most often from pasting.
    #[error("the passphrase contains a tab, a line break or another control character")]
    ControlCharacter,
    /// More than [`Passphrase::MAX_BYTES`] bytes.
    #[error("the passphrase is longer than 1024 bytes")]
    TooLong,
}

impl Passphrase {
    /// The longest passphrase in bytes of UTF-8.
    pub const MAX_BYTES: usize = 1024;

    /// Prepares what a person typed. How strong it must be is for the caller to judge.
    ///
    /// # Errors
    /// [`PassphraseError`] when it is empty, too long, or holds a control character.
    pub fn new(typed: &str) -> Result<Self, PassphraseError> {
        if typed.is_empty() {
            return Err(PassphraseError::Empty);
        }
        if typed.len() > Self::MAX_BYTES {
            return Err(PassphraseError::TooLong);
        }
        if typed.chars().any(char::is_control) {
            return Err(PassphraseError::ControlCharacter);
        }
        Ok(Self(prepare(typed)))
    }

    /// Shows the passphrase itself: for key derivation, never for a log.
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        &self.0
    }
}

/// Maps spaces and composes; room is taken at once, so that growing leaves no copies behind
/// (NFC grows UTF-8 threefold at most, Unicode Standard Annex 15).
fn prepare(typed: &str) -> Zeroizing<String> {
    let mut prepared = Zeroizing::new(String::with_capacity(typed.len() * 3));
    prepared.extend(typed.chars().map(plain_space).nfc());
    prepared
}

/// Any space separator becomes U+0020 (RFC 8265 section 4.2.2, additional mapping rule).
fn plain_space(c: char) -> char {
    if c.is_whitespace() { ' ' } else { c }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(secret)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_on_every_keyboard() {
        let same = |a, b| {
            let prepared = |t| Passphrase::new(t).unwrap().expose_secret().to_owned();
            prepared(a) == prepared(b)
        };
        assert!(
            same("caf\u{e9}", "cafe\u{301}"),
            "composed and decomposed accents"
        );
        assert!(same("two words", "two\u{a0}words"), "no-break space");
        assert!(same("two words", "two\u{3000}words"), "ideographic space");
        assert!(!same("Two words", "two words"), "case counts");
        assert!(!same(" two", "two"), "spaces at the ends count");
    }

    #[test]
    fn what_cannot_be_used() {
        let error = |typed: &str| Passphrase::new(typed).unwrap_err();
        assert_eq!(error(""), PassphraseError::Empty);
        assert_eq!(error("pasted\n"), PassphraseError::ControlCharacter);
        assert_eq!(error(&"x".repeat(1025)), PassphraseError::TooLong);
        assert!(Passphrase::new(&"x".repeat(1024)).is_ok());
    }

    #[test]
    fn debug_output_is_redacted() {
        assert_eq!(
            format!("{:?}", Passphrase::new("pw").unwrap()),
            "Passphrase(secret)"
        );
    }
}
