//! What the import tests share: looking a field up, and the account of an import.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test binary uses its own part"
)]

pub mod fhir;

use profile::Profile;
use profile::import::{Extent, Imported, Reason};
use serde_json::Value;

/// The value at a path, or null.
pub fn field(found: &Imported, path: &str) -> Value {
    found
        .fields
        .iter()
        .find(|(name, _)| name.to_string() == path)
        .map(|(_, value)| value.clone())
        .unwrap_or_default()
}

/// The reasons of every unmapped part whose location or text contains `text`.
pub fn reasons(found: &Imported, text: &str) -> Vec<Reason> {
    let about = found
        .unmapped
        .iter()
        .filter(|part| part.location.contains(text) || part.what.contains(text));
    about.map(|part| part.reason).collect()
}

/// Every part is used or listed, and every field is one that the profile accepts unchanged.
pub fn assert_accounted(found: &Imported) {
    let whole = found
        .unmapped
        .iter()
        .filter(|part| part.extent == Extent::Whole)
        .count();
    assert_eq!(found.found, found.used + whole, "{:#?}", found.unmapped);
    let mut profile = Profile::new();
    for (path, value) in &found.fields {
        assert!(
            profile
                .set(path.clone(), value.clone())
                .expect("imports are valid")
                .is_none(),
            "{path} once"
        );
        assert_eq!(
            profile.value(path).as_ref(),
            Some(value),
            "{path} is canonical"
        );
    }
}
