//! The one place that prints. What others wrote is shown, never obeyed: no character of it moves the cursor, clears
//! the screen or turns the reading direction.

use std::io::{self, Write as _, stderr, stdout};

use protocol::text::{visible, visible_json};
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
    line(&visible_json(&value.to_string()))
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
