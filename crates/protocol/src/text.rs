//! Texts of others that people read: in the registry, on a terminal. They are shown, never obeyed.

use std::{borrow::Cow, fmt::Write as _};

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

/// The text with a mark in place of every character that would steer a terminal; lines and tabs stay.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    let stays = |c| matches!(c, '\n' | '\t') || !steers(c);
    if text.chars().all(stays) {
        return Cow::Borrowed(text);
    }
    // Lines that end as on Windows are lines.
    let lines = text.replace("\r\n", "\n");
    let mark = |c| {
        if stays(c) {
            c
        } else {
            char::REPLACEMENT_CHARACTER
        }
    };
    Cow::Owned(lines.chars().map(mark).collect())
}

/// JSON on one line that says every such character by its number. They stand in strings only, where that means the
/// same, and all of them are below U+10000.
#[must_use]
pub fn visible_json(json: &str) -> Cow<'_, str> {
    if !json.chars().any(steers) {
        return Cow::Borrowed(json);
    }
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if steers(c) {
            // Writing to a string does not fail.
            let _ = write!(text, "\\u{:04x}", u32::from(c));
        } else {
            text.push(c);
        }
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_shown_as_a_mark() {
        for (text, shown) in [
            ("\u{1b}[2J\u{1b}[HWho asks", "\u{fffd}[2J\u{fffd}[HWho asks"),
            ("\u{9b}2J", "\u{fffd}2J"),
            ("a\rb", "a\u{fffd}b"),
            ("a\u{8}\u{7f}", "a\u{fffd}\u{fffd}"),
            ("\u{202e}SHN\u{2066}", "\u{fffd}SHN\u{fffd}"),
            ("one\r\ntwo\u{7}", "one\ntwo\u{fffd}"),
            ("a\tb\nc Tŷ é עברית", "a\tb\nc Tŷ é עברית"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    #[test]
    fn json_keeps_what_was_written_without_steering() {
        let value = serde_json::json!({ "name": "\u{1b}[2J\u{9b}\u{7f}\u{202e}\r\n ŷ" });
        let text = value.to_string();
        let text = visible_json(&text);
        assert!(
            !text.chars().any(steers) && text.contains("\\u009b"),
            "{text}"
        );
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&text).unwrap(),
            value
        );
    }

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
