//! The one place that prints. What others wrote is shown, never obeyed: no character of it moves the cursor, clears
//! the screen or turns the reading direction.

use std::{
    borrow::Cow,
    fmt::Write as _,
    io::{self, Write as _, stderr, stdout},
};

use serde_json::Value;

use crate::outcome::Failure;

/// Words for a person, on standard output.
///
/// # Errors
/// Where they cannot be written. A closed pipe is none: whoever reads has seen enough.
pub fn words(text: &str) -> Result<(), Failure> {
    forgiving(write_words(text))
}

/// One JSON object on one line, on standard output.
///
/// # Errors
/// As [`words`].
pub fn json(value: &Value) -> Result<(), Failure> {
    forgiving(write_json(value))
}

/// Text of our own that steers the terminal, such as a QR code; never what others wrote.
///
/// # Errors
/// As [`words`].
pub fn drawing(text: &str) -> Result<(), Failure> {
    forgiving(line(text))
}

/// Words beside the answer, on standard error. Where they cannot be written, nobody can be told.
pub fn aside(text: &str) {
    let _ = writeln!(stderr(), "{}", visible(text));
}

/// As [`words`], where a closed pipe counts.
pub fn write_words(text: &str) -> io::Result<()> {
    line(&visible(text))
}

/// As [`json`], where a closed pipe counts.
pub fn write_json(value: &Value) -> io::Result<()> {
    line(&escaped(&value.to_string()))
}

fn line(text: &str) -> io::Result<()> {
    let mut out = stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}

fn forgiving(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::unsaid(&error)),
        _ => Ok(()),
    }
}

/// The text with a mark in place of every character that would steer a terminal.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(steers) {
        return Cow::Borrowed(text);
    }
    // Lines that end as on Windows are lines.
    let lines = text.replace("\r\n", "\n");
    let mark = |c| {
        if steers(c) {
            char::REPLACEMENT_CHARACTER
        } else {
            c
        }
    };
    Cow::Owned(lines.chars().map(mark).collect())
}

/// JSON text says every such character by its number. They stand in strings only, where that means the same.
fn escaped(json: &str) -> Cow<'_, str> {
    if !json.chars().any(steers) {
        return Cow::Borrowed(json);
    }
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if steers(c) {
            let _ = write!(text, "\\u{:04x}", u32::from(c));
        } else {
            text.push(c);
        }
    }
    Cow::Owned(text)
}

/// C0 but for tab and newline, DEL, C1, and Unicode's Bidi_Control (UAX #9), all of them below U+10000.
fn steers(c: char) -> bool {
    let is_bidi = matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    is_bidi || (c.is_control() && !matches!(c, '\n' | '\t'))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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
        let value = json!({ "name": "\u{1b}[2J\u{9b}\u{7f}\u{202e}\r\n ŷ" });
        let text = value.to_string();
        let text = escaped(&text);
        assert!(
            !text.chars().any(steers) && text.contains("\\u009b"),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
