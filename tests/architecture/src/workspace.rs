//! The workspace's members, their levels and what they depend on, as `cargo metadata` tells it.

use std::collections::BTreeSet;
use std::path::Path;

use cargo_metadata::{Dependency, DependencyKind, MetadataCommand, Package};

/// Members that build, check or try the product and are no part of it.
pub const BESIDE_THE_PRODUCT: [&str; 4] = ["architecture", "devhost", "journeys", "xtask"];

/// One member of the workspace.
#[derive(Debug)]
pub struct Member {
    /// The package's name.
    pub name: String,
    /// The last part of its folder, which is what the picture shows.
    pub folder: String,
    /// Its level, from `[package.metadata] level`.
    pub level: Option<u64>,
    /// What its code and its build script depend on.
    pub dependencies: BTreeSet<String>,
    /// What only its tests depend on.
    pub dev_dependencies: BTreeSet<String>,
}

/// Reads the members of the workspace in a folder.
///
/// # Panics
/// When cargo cannot read the workspace: then no rule can be checked.
pub fn members(root: &Path) -> Vec<Member> {
    let metadata = MetadataCommand::new()
        .manifest_path(root.join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo can read the workspace");
    metadata.packages.iter().map(Member::of).collect()
}

/// The members that the picture shows.
pub fn product(members: &[Member]) -> impl Iterator<Item = &Member> {
    members
        .iter()
        .filter(|member| !BESIDE_THE_PRODUCT.contains(&member.name.as_str()))
}

/// Every edge that does not point down, as a sentence.
pub fn edges_not_down(members: &[Member]) -> Vec<String> {
    let level = |name: &str| {
        members
            .iter()
            .find(|member| member.name == name)
            .map(|m| m.level)
    };
    let mut wrong = Vec::new();
    for member in members {
        for dependency in &member.dependencies {
            let Some(below) = level(dependency) else {
                continue;
            };
            if below >= member.level {
                wrong.push(format!("{} must not depend on {dependency}", member.name));
            }
        }
    }
    wrong
}

/// Every use of a dependency by a member that may not, as a sentence.
pub fn trespasses(members: &[Member], dependency: &str, allowed: &[&str]) -> Vec<String> {
    members
        .iter()
        .filter(|member| member.dependencies.contains(dependency))
        .filter(|member| !allowed.contains(&member.name.as_str()))
        .map(|member| format!("{} must not use {dependency}", member.name))
        .collect()
}

impl Member {
    fn of(package: &Package) -> Self {
        let folder = package
            .manifest_path
            .parent()
            .and_then(|folder| folder.file_name());
        let names = |test: bool| {
            let of_kind =
                move |each: &&Dependency| (each.kind == DependencyKind::Development) == test;
            package
                .dependencies
                .iter()
                .filter(of_kind)
                .map(|each| each.name.clone())
                .collect()
        };
        Self {
            name: package.name.to_string(),
            folder: folder.unwrap_or_default().to_owned(),
            level: package
                .metadata
                .get("level")
                .and_then(serde_json::Value::as_u64),
            dependencies: names(false),
            dev_dependencies: names(true),
        }
    }
}
