//! Which record is in which row: built at unlock, because outside memory no column says so.

use std::collections::HashMap;

use vault_crypto::RowId;

/// Kind and key to row. Hashed, because a read looks up one among many thousands; sorted when listed.
#[derive(Debug, Default)]
pub(crate) struct Index {
    kinds: HashMap<String, HashMap<String, RowId>>,
}

impl Index {
    pub(crate) fn row(&self, kind: &str, key: &str) -> Option<RowId> {
        self.kinds.get(kind)?.get(key).copied()
    }

    /// The keys of a kind, in ascending order.
    pub(crate) fn keys(&self, kind: &str) -> impl Iterator<Item = &str> {
        sorted(self.kinds.get(kind).into_iter().flat_map(HashMap::keys))
    }

    /// The kinds, in ascending order.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = &str> {
        sorted(self.kinds.keys())
    }

    /// Enters a record; answers whether it was new.
    pub(crate) fn insert(&mut self, kind: &str, key: &str, row: RowId) -> bool {
        let keys = match self.kinds.get_mut(kind) {
            Some(keys) => keys,
            None => self.kinds.entry(kind.to_owned()).or_default(),
        };
        keys.insert(key.to_owned(), row).is_none()
    }

    pub(crate) fn remove(&mut self, kind: &str, key: &str) {
        if let Some(keys) = self.kinds.get_mut(kind) {
            keys.remove(key);
            if keys.is_empty() {
                self.kinds.remove(kind);
            }
        }
    }
}

fn sorted<'a>(names: impl Iterator<Item = &'a String>) -> impl Iterator<Item = &'a str> {
    let mut names: Vec<&str> = names.map(String::as_str).collect();
    names.sort_unstable();
    names.into_iter()
}
