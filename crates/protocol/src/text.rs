//! Texts of others that people read: in the registry, on a terminal.

/// Whether a character acts on who shows it and is not shown itself: C0, DEL and C1 (ECMA-48), the separators of
/// lines and paragraphs, and Unicode's Bidi_Control (UAX #9), which turns the reading direction.
#[must_use]
pub fn steers(c: char) -> bool {
    let unseen = matches!(
        c,
        '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
    );
    unseen || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_told_from_what_is_read() {
        for c in [
            '\0', '\u{1b}', '\n', '\u{7f}', '\u{9b}', '\u{2028}', '\u{202e}', '\u{2066}',
        ] {
            assert!(steers(c), "{c:?}");
        }
        assert!(!"Tŷ é עברית 消防 🚒 \u{200d}".chars().any(steers));
    }
}
