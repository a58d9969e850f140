//! The one place that prints. What agencies wrote is shown, never obeyed: no character of it moves the cursor,
//! clears the screen or turns the reading direction.

use std::io::{self, Write as _};

use protocol::text::{visible, visible_json};
use serde_json::Value;

/// Words for a person, on standard output.
pub(crate) fn words(text: &str) -> io::Result<()> {
    line(&visible(text))
}

/// One JSON object on one line, on standard output.
pub(crate) fn json(value: &Value) -> io::Result<()> {
    line(&visible_json(&value.to_string()))
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
