//! Paths and bundles.

use serde_json::json;
use transparency_log::entries::encode_bundle;

use super::Case;

pub(super) fn paths() -> Vec<Case> {
    let case = |(name, path, expect): &(&str, &str, &str)| {
        let case = json!({ "kind": "path", "path": path, "expect": expect });
        (format!("path/{name}.json"), case)
    };
    [
        ("tile", "tile/0/x001/x234/067", "accepted"),
        ("partial-tile", "tile/1/000.p/17", "accepted"),
        ("bundle", "tile/entries/x001/x234/067", "accepted"),
        ("partial-bundle", "tile/entries/000.p/255", "accepted"),
        ("level-63", "tile/63/000", "accepted"),
        ("level-64", "tile/64/000", "OutOfRange"),
        ("level-zero-padded", "tile/00/000", "BadPath"),
        ("level-missing", "tile/000", "BadPath"),
        ("index-short", "tile/0/67", "BadPath"),
        ("index-empty-group", "tile/0//067", "BadPath"),
        ("index-leading-group", "tile/0/x000/067", "BadPath"),
        ("index-no-x", "tile/0/001/067", "BadPath"),
        ("index-last-x", "tile/0/x067", "BadPath"),
        (
            "index-too-large",
            "tile/0/x018/x446/x744/x073/x709/x551/616",
            "BadPath",
        ),
        ("width-0", "tile/0/000.p/0", "OutOfRange"),
        ("width-256", "tile/0/000.p/256", "BadPath"),
        ("width-zero-padded", "tile/0/000.p/017", "BadPath"),
        ("trailing-slash", "tile/0/000/", "BadPath"),
        ("leading-slash", "/tile/0/000", "BadPath"),
        ("dots", "tile/0/../000", "BadPath"),
    ]
    .iter()
    .map(case)
    .collect()
}

pub(super) fn bundles() -> Vec<Case> {
    let good = encode_bundle([&b"one"[..], b"", b"three"]).expect("the entries are short");
    let cut = &good[..good.len() - 1];
    let trailing = [&good[..], &[0]].concat();
    let case = |name: &str, about: &str, bytes: &[u8], width: u16, expect: &str| {
        let bytes: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let case = json!({ "about": about, "kind": "bundle", "bytes": bytes, "width": width, "expect": expect });
        (format!("bundle/{name}.json"), case)
    };
    vec![
        case(
            "accepted",
            "Three entries, one of them empty.",
            &good,
            3,
            "accepted",
        ),
        case("cut-off", "The last byte is missing.", cut, 3, "Truncated"),
        case(
            "one-more-expected",
            "Four entries were expected.",
            &good,
            4,
            "Truncated",
        ),
        case(
            "one-less-expected",
            "Two entries were expected.",
            &good,
            2,
            "TrailingBytes",
        ),
        case(
            "trailing-byte",
            "A byte follows.",
            &trailing,
            3,
            "TrailingBytes",
        ),
        case("half-a-length", "One byte.", &[0], 1, "Truncated"),
        case("no-entries", "A bundle of none.", &[], 0, "WrongCount"),
        case(
            "too-many-entries",
            "A bundle of 257.",
            &[0; 514],
            257,
            "WrongCount",
        ),
    ]
}
