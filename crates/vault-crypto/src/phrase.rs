//! The wallet seed as 24 English words: BIP-39's encoding of 256 bits of entropy with an 8-bit
//! checksum. BIP-39's own stretching (PBKDF2) is not used: the words *are* the seed.

use core::fmt;
use core::str::FromStr;

use bip39::{Language, Mnemonic};
use zeroize::{Zeroize, Zeroizing};

use crate::WalletSeed;

/// The 24 words that a citizen writes on paper.
pub struct RecoveryPhrase(Mnemonic);

/// A recovery phrase was typed wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PhraseError {
    /// There are more or fewer than 24 words.
    #[error("a recovery phrase has 24 words, this one has {found}")]
    WordCount {
        /// How many words were found.
        found: usize,
    },
    /// A word is not in the list of 2,048 English words: look at its spelling.
    #[error("word {position} is not one of the words that a recovery phrase can have")]
    UnknownWord {
        /// Which word, counted from 1.
        position: usize,
    },
    /// Every word exists, but together they do not fit: a word was swapped or mistaken for another.
    #[error("the words do not belong together: one of them is wrong, or two are swapped")]
    Checksum,
}

impl RecoveryPhrase {
    /// Number of words.
    pub const WORDS: usize = 24;

    /// Writes a seed as words.
    #[must_use]
    pub fn from_seed(seed: &WalletSeed) -> Self {
        let mnemonic = Mnemonic::from_entropy_in(Language::English, seed.expose_secret());
        Self(mnemonic.expect("32 bytes is a length that BIP-39 knows"))
    }

    /// Reads typed words; case and the amount of white space do not matter.
    ///
    /// # Errors
    /// [`PhraseError`]: a wrong count, an unknown word, or words that do not belong together.
    pub fn parse(typed: &str) -> Result<Self, PhraseError> {
        let found = typed.split_whitespace().count();
        if found != Self::WORDS {
            return Err(PhraseError::WordCount { found });
        }
        let lower = lower_case(typed);
        Mnemonic::parse_in_normalized(Language::English, &lower)
            .map(Self)
            .map_err(|e| match e {
                bip39::Error::UnknownWord(index) => PhraseError::UnknownWord {
                    position: index + 1,
                },
                bip39::Error::BadWordCount(found) => PhraseError::WordCount { found },
                _ => PhraseError::Checksum,
            })
    }

    /// The seed that the words stand for.
    #[must_use]
    pub fn wallet_seed(&self) -> WalletSeed {
        let (mut entropy, _) = self.0.to_entropy_array();
        let mut seed = [0; 32];
        seed.iter_mut()
            .zip(entropy.iter())
            .for_each(|(to, from)| *to = *from);
        entropy.zeroize();
        let kept = WalletSeed::from_bytes(seed);
        seed.zeroize();
        kept
    }

    /// Shows the words in order: for the citizen's eyes and paper, never for a log.
    pub fn expose_words(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.words()
    }

    /// The listed words that start with `prefix`, to help somebody who is typing.
    pub fn suggestions(prefix: &str) -> impl Iterator<Item = &'static str> {
        Language::English.words_by_prefix_iter(prefix)
    }
}

/// A lower-case copy that is wiped; room is taken at once so that growing leaves no copies behind.
fn lower_case(typed: &str) -> Zeroizing<String> {
    let mut lower = Zeroizing::new(String::with_capacity(typed.len() * 3));
    lower.extend(typed.chars().flat_map(char::to_lowercase));
    lower
}

impl FromStr for RecoveryPhrase {
    type Err = PhraseError;

    fn from_str(typed: &str) -> Result<Self, PhraseError> {
        Self::parse(typed)
    }
}

impl fmt::Debug for RecoveryPhrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryPhrase(24 secret words)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(seed: [u8; 32]) -> Vec<&'static str> {
        WalletSeed::from_bytes(seed)
            .to_phrase()
            .expose_words()
            .collect()
    }

    #[test]
    fn case_and_white_space_do_not_matter() {
        let typed = words([0x5a; 32]).join(" \t\n ").to_uppercase();
        let phrase = RecoveryPhrase::parse(&format!("  {typed}\n")).unwrap();
        assert_eq!(phrase.wallet_seed(), WalletSeed::from_bytes([0x5a; 32]));
    }

    #[test]
    fn each_mistake_has_its_own_error() {
        let right = words([0x5a; 32]);
        let error = |words: &[&str]| RecoveryPhrase::parse(&words.join(" ")).unwrap_err();
        assert_eq!(error(&right[..23]), PhraseError::WordCount { found: 23 });
        assert_eq!(error(&right[..12]), PhraseError::WordCount { found: 12 });
        assert_eq!(error(&[]), PhraseError::WordCount { found: 0 });
        let mut misspelt = right.clone();
        misspelt[6] = "ambulanse";
        assert_eq!(error(&misspelt), PhraseError::UnknownWord { position: 7 });
        let mut last_changed = right.clone();
        last_changed[23] = if right[23] == "zoo" { "zone" } else { "zoo" };
        assert_eq!(error(&last_changed), PhraseError::Checksum);
    }

    #[test]
    fn suggestions_start_with_what_was_typed() {
        let found: Vec<_> = RecoveryPhrase::suggestions("abs").collect();
        assert_eq!(found, ["absent", "absorb", "abstract", "absurd"]);
    }

    #[test]
    fn debug_output_is_redacted() {
        let phrase = WalletSeed::from_bytes([1; 32]).to_phrase();
        assert_eq!(format!("{phrase:?}"), "RecoveryPhrase(24 secret words)");
    }
}
