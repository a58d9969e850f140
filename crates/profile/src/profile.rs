//! A citizen's profile: a map from path to typed value, which refuses what does not fit.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::{Path, TypedValue, ValueError};

/// What a citizen wrote down: for each path at most one typed value.
///
/// Its JSON form is the object `{path: value}` of [`crate::SCHEMA`]; the same form travels in a share.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    fields: BTreeMap<Path, TypedValue>,
}

impl Profile {
    /// A profile with nothing in it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The typed value at `path`.
    #[must_use]
    pub fn typed(&self, path: &Path) -> Option<&TypedValue> {
        self.fields.get(path)
    }

    /// The value at `path` in canonical JSON.
    #[must_use]
    pub fn value(&self, path: &Path) -> Option<Value> {
        self.fields.get(path).map(TypedValue::to_json)
    }

    /// Sets the value at `path` and returns the one before; see [`TypedValue::parse`] for what is accepted.
    ///
    /// # Errors
    /// [`ValueError`]: what is wrong, and what is allowed at this path. The profile is unchanged.
    pub fn set(&mut self, path: Path, value: Value) -> Result<Option<TypedValue>, ValueError> {
        let typed = TypedValue::parse(&path, value)?;
        Ok(self.fields.insert(path, typed))
    }

    /// Takes the value at `path` out.
    pub fn remove(&mut self, path: &Path) -> Option<TypedValue> {
        self.fields.remove(path)
    }

    /// Whether there is a value at `path`; for the path of no document in particular use [`Profile::iter`].
    #[must_use]
    pub fn has(&self, path: &Path) -> bool {
        self.fields.contains_key(path)
    }

    /// Paths and values in the order of the profile's pages.
    pub fn iter(&self) -> impl Iterator<Item = (&Path, &TypedValue)> {
        self.fields.iter()
    }

    /// How many paths have a value.
    #[must_use]
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether nothing has a value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The codes at `path` (needs, clinical codings, gender), for rules over codes (PROTOCOL section 12).
    #[must_use]
    pub fn codes(&self, path: &Path) -> Vec<String> {
        let mut found = Vec::new();
        if let Some(value) = self.value(path) {
            collect_codes(&value, &mut found);
        }
        found
    }
}

fn collect_codes(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_codes(item, found)),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(code) if name == "code" => found.push(code.clone()),
                    other => collect_codes(other, found),
                }
            }
        }
        _ => {}
    }
}

impl Serialize for Profile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.fields
                .iter()
                .map(|(path, value)| (path, value.to_json())),
        )
    }
}

impl<'de> Deserialize<'de> for Profile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut profile = Self::new();
        for (path, value) in BTreeMap::<Path, Value>::deserialize(deserializer)? {
            profile.set(path, value).map_err(D::Error::custom)?;
        }
        Ok(profile)
    }
}
