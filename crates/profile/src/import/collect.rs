//! The account of an import: every part of the file goes in once, as used or as unmapped.

use serde::Serialize;
use serde_json::Value;

use super::{Extent, Format, Imported, Reason, Unmapped};
use crate::{Path, TypedValue, ValueError};

/// Fields and leftovers while a file is read.
#[derive(Debug)]
pub(super) struct Collector {
    imported: Imported,
}

impl Collector {
    pub(super) fn new(format: Format) -> Self {
        let imported = Imported {
            format,
            fields: Vec::new(),
            unmapped: Vec::new(),
            found: 0,
            used: 0,
        };
        Self { imported }
    }

    /// Counts one part of the file as imported.
    pub(super) fn used(&mut self) {
        self.imported.found += 1;
        self.imported.used += 1;
    }

    /// Counts one part of the file as not imported.
    pub(super) fn unmapped(&mut self, location: impl Into<String>, what: &str, reason: Reason) {
        self.imported.found += 1;
        self.imported
            .unmapped
            .push(Unmapped::new(location, what, reason, Extent::Whole));
    }

    /// Lists a detail of a part that is counted elsewhere.
    pub(super) fn detail(&mut self, location: impl Into<String>, what: &str, reason: Reason) {
        self.imported
            .unmapped
            .push(Unmapped::new(location, what, reason, Extent::Detail));
    }

    /// Sets a field after checking it; the value before, if any, is replaced.
    pub(super) fn set(&mut self, path: &str, value: &impl Serialize) -> Result<(), ValueError> {
        let path: Path = path.parse().expect("importers name paths of the catalogue");
        let value = serde_json::to_value(value)
            .expect("the value types have string keys and finite numbers only");
        self.set_value(path, value)
    }

    /// As [`Collector::set`], for a path and a value that came from a file.
    pub(super) fn set_value(&mut self, path: Path, value: Value) -> Result<(), ValueError> {
        let value = TypedValue::parse(&path, value)?.to_json();
        match self
            .imported
            .fields
            .iter_mut()
            .find(|(known, _)| *known == path)
        {
            Some((_, old)) => *old = value,
            None => self.imported.fields.push((path, value)),
        }
        Ok(())
    }

    /// Adds one entry to the list at a path; false where it does not fit.
    pub(super) fn append(&mut self, path: &str, entry: &impl Serialize) -> bool {
        let path: Path = path.parse().expect("importers name paths of the catalogue");
        let entry = serde_json::to_value(entry)
            .expect("the value types have string keys and finite numbers only");
        let before = self
            .imported
            .fields
            .iter()
            .find(|(known, _)| *known == path)
            .map(|(_, value)| value.clone());
        let mut list = if let Some(Value::Array(list)) = before {
            list
        } else {
            Vec::new()
        };
        list.push(entry);
        self.set_value(path, Value::Array(list)).is_ok()
    }

    /// Whether one entry alone would be accepted at `path`.
    pub(super) fn fits(path: &str, value: &impl Serialize) -> bool {
        let path: Path = path.parse().expect("importers name paths of the catalogue");
        serde_json::to_value(value).is_ok_and(|value| TypedValue::parse(&path, value).is_ok())
    }

    /// All that the fields and the list say so far.
    pub(super) fn told(&self) -> String {
        let fields = self
            .imported
            .fields
            .iter()
            .map(|(_, value)| value.to_string());
        let listed = self.imported.unmapped.iter().map(|part| part.what.clone());
        fields.chain(listed).collect::<Vec<_>>().join("\n")
    }

    pub(super) fn finish(mut self) -> Imported {
        self.imported.fields.sort_by(|(a, _), (b, _)| a.cmp(b));
        self.imported
    }
}
