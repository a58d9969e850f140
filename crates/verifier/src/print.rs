//! The one place that prints. What agencies wrote is shown, never obeyed: no character of it moves the cursor,
//! clears the screen or turns the reading direction.

use std::{
    fmt::Write as _,
    io::{self, Write as _},
};

use protocol::text::steers;
use serde_json::Value;

/// Words for a person, on standard output.
pub(crate) fn words(text: &str) -> io::Result<()> {
    line(&visible(text))
}

/// One JSON object on one line, on standard output.
pub(crate) fn json(value: &Value) -> io::Result<()> {
    line(&escaped(&value.to_string()))
}

/// Words beside the answer, on standard error. Where they cannot be written, nobody can be told.
pub(crate) fn aside(text: &str) {
    let _ = writeln!(io::stderr(), "{}", visible(text));
}

fn line(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}

/// The text with a mark in place of every character that would steer a terminal; lines stay lines.
fn visible(text: &str) -> String {
    let mark = |c| match c {
        '\n' => c,
        _ if steers(c) => char::REPLACEMENT_CHARACTER,
        _ => c,
    };
    text.chars().map(mark).collect()
}

/// JSON text says every such character by its number. They stand in strings only, where that means the same.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if steers(c) {
            let _ = write!(text, "\\u{:04x}", u32::from(c));
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_shown_as_a_mark() {
        assert_eq!(
            visible("Fire\u{1b}[2J\r\nT\u{202e}\u{9b}ŷ"),
            "Fire\u{fffd}[2J\u{fffd}\nT\u{fffd}\u{fffd}ŷ"
        );
    }

    #[test]
    fn json_keeps_what_was_written_without_steering() {
        let value = serde_json::json!({ "name": "\u{1b}[2J\u{9b}\u{7f}\u{202e}\r\n ŷ" });
        let text = escaped(&value.to_string());
        assert!(!text.chars().any(steers), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
