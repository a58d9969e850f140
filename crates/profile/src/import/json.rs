//! Reading JSON of an unknown origin within a bound of depth, by way of serde_json.

use serde_json::Value;

use super::{ImportError, MAX_DEPTH};
use crate::error::shorten;

/// The JSON value of a text.
pub(super) fn parse(text: &str) -> Result<Value, ImportError> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        if message.contains("recursion limit") {
            ImportError::TooDeep
        } else {
            ImportError::BadJson(shorten(&message, 200))
        }
    })?;
    if is_deeper(&value, MAX_DEPTH) {
        Err(ImportError::TooDeep)
    } else {
        Ok(value)
    }
}

/// Makes the texts of other systems fit to show: line ends as `\n`, no other control characters but tabs.
pub(super) fn tidy(value: &mut Value) {
    match value {
        Value::String(text) if text.contains(char::is_control) => {
            let lines = text.replace("\r\n", "\n").replace('\r', "\n");
            *text = lines.replace(|c: char| c.is_control() && c != '\n' && c != '\t', " ");
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::Object(members) => members.values_mut().for_each(tidy),
        _ => {}
    }
}

fn is_deeper(value: &Value, levels: usize) -> bool {
    let Some(below) = levels.checked_sub(1) else {
        return true;
    };
    match value {
        Value::Array(items) => items.iter().any(|item| is_deeper(item, below)),
        Value::Object(members) => members.values().any(|member| is_deeper(member, below)),
        _ => false,
    }
}
