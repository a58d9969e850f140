//! ARCHITECTURE.md draws the crates that exist, each at its level, and nothing else.

use std::collections::BTreeMap;

use architecture::picture::{drawn, planned};
use architecture::tree::{root, text};
use architecture::workspace::{members, product};

#[test]
fn the_picture_is_true() {
    let document = text(&root().join("ARCHITECTURE.md"));
    let members = members(&root());
    let real: BTreeMap<String, u64> = product(&members)
        .map(|member| (member.folder.clone(), member.level.unwrap_or(99)))
        .collect();
    let mut drawn = drawn(&document);
    for name in planned(&document) {
        assert!(
            !real.contains_key(&name),
            "{name} exists and is no longer planned"
        );
        assert!(
            drawn.remove(&name).is_some(),
            "{name} is planned and not drawn"
        );
    }
    assert_eq!(drawn, real);
}
