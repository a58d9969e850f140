//! The picture at the top of ARCHITECTURE.md: which crate is drawn at which level.

use std::collections::BTreeMap;

/// What the levels are called in the picture.
const LABELS: [&str; 5] = ["pure", "exchange", "use cases", "adapters", "programs"];

/// Reads the first code block of a document: crate folder to level.
pub fn drawn(document: &str) -> BTreeMap<String, u64> {
    let block = document.split("```").nth(1).unwrap_or_default();
    let mut found = BTreeMap::new();
    for line in block.lines() {
        let Some((level, names)) = level_line(line) else {
            continue;
        };
        found.extend(names.into_iter().map(|name| (name, level)));
    }
    found
}

/// Reads ` 2 use cases   wallet   agency` as level 2 with its names.
fn level_line(line: &str) -> Option<(u64, Vec<String>)> {
    let line = without_asides(line);
    let (level, rest) = line.trim().split_once(' ')?;
    let level: u64 = level.parse().ok()?;
    let label = LABELS.get(usize::try_from(level).ok()?)?;
    let names = rest.trim().strip_prefix(label)?;
    let words = names.split(|mark: char| !(mark.is_ascii_alphanumeric() || mark == '-'));
    let is_name = |word: &&str| word.starts_with(|first: char| first.is_ascii_lowercase());
    Some((
        level,
        words
            .filter(is_name)
            .map(|name| name.trim_end_matches('-').to_owned())
            .collect(),
    ))
}

/// Leaves out what stands in parentheses.
fn without_asides(line: &str) -> String {
    let mut depth = 0_u32;
    line.chars()
        .filter(|mark| {
            match mark {
                '(' => depth += 1,
                ')' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

/// The names in the document's line that begins with `Planned:`, each in backticks.
pub fn planned(document: &str) -> Vec<String> {
    let line = document
        .lines()
        .find_map(|line| line.strip_prefix("Planned:"));
    let parts = line.unwrap_or_default().split('`');
    parts.skip(1).step_by(2).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_with_their_level_and_nothing_else_is() {
        let text = "# T\n```\n 4 programs   src-tauri (assent-wallet)   cli (assent)\n              \\   /  |\n \
                    3 adapters    wallet-app ----/    store-sqlite\n 0 pure   profile   (no I/O, no clock)\n```\n";
        let expected = [
            ("src-tauri", 4),
            ("cli", 4),
            ("wallet-app", 3),
            ("store-sqlite", 3),
            ("profile", 0),
        ];
        let expected = expected.map(|(name, level)| (name.to_owned(), level));
        assert_eq!(drawn(text), BTreeMap::from(expected));
    }

    #[test]
    fn planned_crates_are_read_from_their_line() {
        assert_eq!(
            planned("a\nPlanned: `one` and `two-three`.\n"),
            ["one", "two-three"]
        );
        assert_eq!(planned("nothing"), Vec::<String>::new());
    }
}
