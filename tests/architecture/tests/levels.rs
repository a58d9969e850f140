//! Edges point down, and each dangerous dependency has one home.

use std::collections::BTreeSet;
use std::fs;

use architecture::tree::root;
use architecture::workspace::{Member, edges_not_down, members, product, trespasses};

/// Who alone may use what. `deny.toml` says the same of the whole dependency graph.
const HOMES: [(&str, &[&str]); 9] = [
    ("argon2", &["agency-desk", "vault-crypto"]),
    ("bip39", &["vault-crypto"]),
    ("chacha20poly1305", &["vault-crypto"]),
    ("ed25519-dalek", &["consent-token", "transparency-log"]),
    ("hkdf", &["vault-crypto"]),
    ("reqwest", &["protocol"]),
    ("rusqlite", &["store-sqlite", "vault"]),
    ("tauri", &["assent-wallet"]),
    ("tokio-postgres", &["store-postgres"]),
];

#[test]
fn every_member_has_a_level() {
    let without: Vec<String> = members(&root())
        .into_iter()
        .filter(|m| m.level.is_none_or(|l| l > 4))
        .map(|m| m.name)
        .collect();
    assert_eq!(without, Vec::<String>::new());
}

#[test]
fn every_edge_points_down() {
    assert_eq!(edges_not_down(&members(&root())), Vec::<String>::new());
}

#[test]
fn nothing_depends_on_what_stands_beside_the_product() {
    let members = members(&root());
    let beside = architecture::workspace::BESIDE_THE_PRODUCT;
    let wrong: Vec<&str> = product(&members)
        .filter(|member| {
            beside
                .iter()
                .any(|name| member.dependencies.contains(*name))
        })
        .map(|member| member.name.as_str())
        .collect();
    assert_eq!(wrong, Vec::<&str>::new());
}

#[test]
fn each_dangerous_dependency_stays_at_home() {
    let members = members(&root());
    for (dependency, homes) in HOMES {
        assert_eq!(
            trespasses(&members, dependency, homes),
            Vec::<String>::new()
        );
    }
}

#[test]
fn deny_toml_names_the_same_homes() {
    let text = fs::read_to_string(root().join("deny.toml")).unwrap();
    let deny: toml::Table = text.parse().unwrap();
    let rules = deny["bans"]["deny"].as_array().unwrap();
    let names: BTreeSet<String> = members(&root())
        .into_iter()
        .map(|member| member.name)
        .collect();
    for (dependency, homes) in HOMES {
        let rule = rules
            .iter()
            .find(|rule| rule["name"].as_str() == Some(dependency));
        let wrappers =
            rule.unwrap_or_else(|| panic!("deny.toml says nothing of {dependency}"))["wrappers"]
                .as_array()
                .unwrap();
        let ours: BTreeSet<&str> = wrappers
            .iter()
            .filter_map(|each| each.as_str())
            .filter(|each| names.contains(*each))
            .collect();
        let homes: BTreeSet<&str> = homes
            .iter()
            .copied()
            .filter(|each| names.contains(*each))
            .collect();
        assert_eq!(ours, homes, "{dependency}");
    }
}

fn member(name: &str, level: u64, dependencies: &[&str]) -> Member {
    Member {
        name: name.to_owned(),
        folder: name.to_owned(),
        level: Some(level),
        dependencies: dependencies.iter().map(|each| (*each).to_owned()).collect(),
        dev_dependencies: BTreeSet::new(),
    }
}

#[test]
fn an_edge_up_or_sideways_is_seen() {
    let members = [
        member("a", 0, &["b"]),
        member("b", 1, &["c", "serde"]),
        member("c", 1, &["a"]),
    ];
    let wrong = edges_not_down(&members);
    assert_eq!(wrong, ["a must not depend on b", "b must not depend on c"]);
}

#[test]
fn a_trespass_is_seen() {
    let members = [
        member("vault", 1, &["rusqlite"]),
        member("wallet", 2, &["rusqlite"]),
    ];
    assert_eq!(
        trespasses(&members, "rusqlite", &["vault"]),
        ["wallet must not use rusqlite"]
    );
}
