//! Documents point at what exists, and give a reason for each dependency.

use std::collections::BTreeSet;
use std::path::Path;

use architecture::document::pointers;
use architecture::tree::{files, root, shown, text};
use architecture::workspace::members;

/// The documents whose paths in code must exist too: the ones a newcomer follows.
const GUIDES: [&str; 4] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
];

#[test]
fn every_link_leads_somewhere() {
    let root = root();
    let mut dead = Vec::new();
    for document in files(&root, &["md"]) {
        let folder = document.parent().unwrap_or(&root);
        for link in pointers(&text(&document)).links {
            if !folder.join(&link).exists() {
                dead.push(format!("{}: {link}", shown(&root, &document)));
            }
        }
    }
    assert_eq!(dead, Vec::<String>::new());
}

#[test]
fn every_path_in_the_guides_exists() {
    let root = root();
    let mut dead = Vec::new();
    for guide in GUIDES {
        let paths = pointers(&text(&root.join(guide))).paths;
        let absent = paths.into_iter().filter(|path| !root.join(path).exists());
        dead.extend(absent.map(|path| format!("{guide}: {path}")));
    }
    assert_eq!(dead, Vec::<String>::new());
}

#[test]
fn every_dependency_has_a_reason_and_every_reason_a_dependency() {
    let given = reasons(&text(&root().join("docs/decisions/dependencies.md")));
    let used: BTreeSet<String> = rust_dependencies()
        .into_iter()
        .chain(npm_dependencies())
        .collect();
    let known: BTreeSet<String> = used.iter().cloned().chain(listed_dependencies()).collect();
    let without: Vec<&String> = used.difference(&given).collect();
    assert_eq!(
        without,
        Vec::<&String>::new(),
        "these have no line in dependencies.md"
    );
    let stale: Vec<&String> = given.difference(&known).collect();
    assert_eq!(
        stale,
        Vec::<&String>::new(),
        "dependencies.md speaks of these, and nothing uses them"
    );
}

/// The names in lines such as "- `serde`: …" or "- `hkdf`, `hmac`: …", where a reason follows.
fn reasons(document: &str) -> BTreeSet<String> {
    let lines = document
        .lines()
        .filter_map(|line| line.strip_prefix("- `")?.split_once(": "));
    let said = lines.filter(|(_, reason)| reason.trim().len() > 10);
    said.flat_map(|(names, _)| names.split(", "))
        .map(|name| name.trim_matches('`').to_owned())
        .collect()
}

fn rust_dependencies() -> BTreeSet<String> {
    let members = members(&root());
    let own: BTreeSet<&String> = members.iter().map(|member| &member.name).collect();
    let all = members
        .iter()
        .flat_map(|member| member.dependencies.iter().chain(&member.dev_dependencies));
    all.filter(|name| !own.contains(name)).cloned().collect()
}

/// What the workspace's manifest lists, used already or not, and what the separate workspaces use.
fn listed_dependencies() -> BTreeSet<String> {
    let keys = |manifest: &Path, path: &[&str]| -> Vec<String> {
        let table: toml::Value = text(manifest)
            .parse::<toml::Table>()
            .unwrap_or_default()
            .into();
        let found = path.iter().try_fold(&table, |table, key| table.get(key));
        found
            .and_then(|each| each.as_table())
            .map(|each| each.keys().cloned().collect())
            .unwrap_or_default()
    };
    let mut names = keys(&root().join("Cargo.toml"), &["workspace", "dependencies"]);
    for workspace in ["tests/bench", "tests/fuzz"] {
        names.extend(keys(
            &root().join(workspace).join("Cargo.toml"),
            &["dependencies"],
        ));
    }
    names.into_iter().collect()
}

fn npm_dependencies() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for manifest in files(&root().join("ui"), &["json"]) {
        if !manifest.ends_with("package.json") {
            continue;
        }
        let package: serde_json::Value =
            serde_json::from_str(&text(&manifest)).expect("a package.json is JSON");
        for kind in ["dependencies", "devDependencies"] {
            let table = package.get(kind).and_then(serde_json::Value::as_object);
            names.extend(table.into_iter().flat_map(|table| table.keys().cloned()));
        }
    }
    names
        .into_iter()
        .filter(|name| !name.starts_with("@assent/"))
        .collect()
}
