//! What a Markdown document points at.

use pulldown_cmark::{Event, Parser, Tag};

/// What a document points at.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Pointers {
    /// Links and pictures to other files of the tree, without their fragment.
    pub links: Vec<String>,
    /// Pieces of code that look like a path from the root.
    pub paths: Vec<String>,
}

/// Folders whose name at the start of a piece of code makes it a path.
const ROOTS: [&str; 8] = [
    "crates/",
    "src-tauri/",
    "ui/",
    "tests/",
    "docs/",
    "samples/",
    ".ci/",
    ".cargo/",
];

/// Reads a document's links and paths.
pub fn pointers(markdown: &str) -> Pointers {
    let mut found = Pointers::default();
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                found.links.extend(local(&dest_url));
            }
            Event::Code(code) if is_path(&code) => found.paths.push(code.into_string()),
            _ => {}
        }
    }
    found
}

/// A link's file, unless it leads out of the tree or stays on the page.
fn local(link: &str) -> Option<String> {
    let outside = link.contains("://") || link.starts_with("mailto:");
    let file = link.split('#').next().unwrap_or_default();
    (!outside && !file.is_empty()).then(|| file.to_owned())
}

fn is_path(code: &str) -> bool {
    let plain = !code.contains(|mark: char| mark.is_whitespace() || "*<>{}…".contains(mark));
    plain && ROOTS.iter().any(|root| code.starts_with(root))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_paths_are_found_and_what_leads_out_is_not() {
        let text = "[a](docs/a.md#b) [b](#c) [c](https://example.org/x) ![d](d.svg) \
                    `crates/x` `cargo xtask` `crates/*/src`\n```\n[e](e.md)\n```\n";
        let found = pointers(text);
        assert_eq!(found.links, ["docs/a.md", "d.svg"]);
        assert_eq!(found.paths, ["crates/x"]);
    }
}
