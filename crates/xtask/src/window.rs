//! What the window may do: each command of the list has its permission and nothing else has one, and the
//! content policy lets in nothing from elsewhere and nothing that is made at run time (CSP level 3). On Android
//! the system hands links to it and leaves its vault alone.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::error::XtaskError;
use crate::place::Place;

/// The directives without which something would be allowed by silence, and what each may name.
const POLICY: [(&str, &[&str]); 10] = [
    ("default-src", &["'none'"]),
    ("script-src", &["'self'"]),
    ("style-src", &["'self'"]),
    ("img-src", &["'self'"]),
    ("font-src", &["'self'"]),
    ("connect-src", &["ipc:", "http://ipc.localhost"]),
    ("base-uri", &["'none'"]),
    ("form-action", &["'none'"]),
    ("frame-ancestors", &["'none'"]),
    ("object-src", &["'none'"]),
];

/// The Android app's manifest, which its tool wrote and people changed.
const MANIFEST: &str = "gen/android/app/src/main/AndroidManifest.xml";

/// What has to stand in it, and what is wrong where it does not.
const ON_ANDROID: [(&str, &str); 4] = [
    (
        r#"<data android:scheme="assent" />"#,
        "does not take assent:// links",
    ),
    (
        r#""android.permission.CAMERA""#,
        "cannot ask for the camera",
    ),
    (
        r#"android:allowBackup="false""#,
        "lets the phone's backup take the vault",
    ),
    (
        "@xml/data_extraction_rules",
        "lets another phone take the vault",
    ),
];

/// Checks all of it.
///
/// # Errors
/// Every fault, as a sentence each.
pub(crate) fn check(place: &Place) -> Result<(), XtaskError> {
    let window = place.root.join("src-tauri");
    let list = place.root.join("crates/wallet-app/src/commands/list.rs");
    let commands = commands(&read(&list)?);
    let mut faults = permissions(&commands, &json(&window.join("capabilities/main.json"))?);
    faults.extend(only_one(&window.join("capabilities"))?);
    faults.extend(configuration(&json(&window.join("tauri.conf.json"))?));
    faults.extend(android(&read(&window.join(MANIFEST))?));
    if faults.is_empty() {
        Ok(())
    } else {
        Err(XtaskError::Window { faults })
    }
}

/// The names in the list of commands.
fn commands(list: &str) -> BTreeSet<String> {
    let name = |line: &str| {
        let (name, rest) = line.trim().split_once('(')?;
        rest.contains(") -> ").then(|| name.to_owned())
    };
    list.lines().filter_map(name).collect()
}

fn permissions(commands: &BTreeSet<String>, capability: &Value) -> Vec<String> {
    let wanted: BTreeSet<String> = commands
        .iter()
        .map(|name| format!("allow-{}", name.replace('_', "-")))
        .collect();
    let given = capability.get("permissions").and_then(Value::as_array);
    let given: BTreeSet<String> = given
        .into_iter()
        .flatten()
        .map(|permission| {
            permission
                .as_str()
                .map_or_else(|| permission.to_string(), str::to_owned)
        })
        .collect();
    let lacking = wanted
        .difference(&given)
        .map(|name| format!("capabilities/main.json lacks {name}"));
    let beyond = given
        .difference(&wanted)
        .map(|name| format!("no command needs the permission {name}"));
    let mut faults: Vec<String> = lacking.chain(beyond).collect();
    if capability.get("remote").is_some() {
        faults.push("capabilities/main.json lets a remote page in".to_owned());
    }
    faults
}

/// A second capability would be read as well.
fn only_one(folder: &Path) -> Result<Vec<String>, XtaskError> {
    let failed = |source| XtaskError::File {
        path: folder.to_path_buf(),
        source,
    };
    let entries = fs::read_dir(folder).map_err(failed)?;
    let paths: Result<Vec<PathBuf>, _> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect();
    let others = paths.map_err(failed)?;
    let others = others
        .into_iter()
        .filter(|path| !path.ends_with("main.json"));
    Ok(others
        .map(|path| format!("{} is one capability file too many", path.display()))
        .collect())
}

fn configuration(configuration: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let security = configuration
        .pointer("/app/security")
        .cloned()
        .unwrap_or_default();
    for (directive, allowed) in POLICY {
        let named = security.pointer(&format!("/csp/{directive}"));
        match named.and_then(Value::as_str) {
            None => faults.push(format!("the policy says nothing of {directive}")),
            Some(sources) => {
                let more = sources
                    .split_whitespace()
                    .filter(|source| !allowed.contains(source));
                faults.extend(more.map(|source| format!("{directive} lets {source} in")));
            }
        }
    }
    let rules = security.get("csp").and_then(Value::as_object);
    let unknown = rules.into_iter().flat_map(|rules| rules.keys());
    let unknown = unknown.filter(|name| !POLICY.iter().any(|(known, _)| known == name));
    faults.extend(unknown.map(|name| format!("the policy has a directive of its own: {name}")));
    let dangerous = security
        .as_object()
        .into_iter()
        .flat_map(|rules| rules.keys());
    let dangerous =
        dangerous.filter(|name| name.starts_with("dangerous") || *name == "assetProtocol");
    faults.extend(dangerous.map(|name| format!("tauri.conf.json sets {name}")));
    if security.get("freezePrototype") != Some(&Value::Bool(true)) {
        faults.push("freezePrototype is not set".to_owned());
    }
    if configuration.pointer("/app/withGlobalTauri") != Some(&Value::Bool(false)) {
        faults.push("withGlobalTauri is not off".to_owned());
    }
    faults
}

/// What a manifest that was made anew has lost.
fn android(manifest: &str) -> Vec<String> {
    let lacks = ON_ANDROID
        .iter()
        .filter(|(words, _)| !manifest.contains(words));
    lacks
        .map(|(_, fault)| format!("the Android app {fault}"))
        .collect()
}

fn read(path: &Path) -> Result<String, XtaskError> {
    fs::read_to_string(path).map_err(|source| XtaskError::File {
        path: path.to_path_buf(),
        source,
    })
}

fn json(path: &Path) -> Result<Value, XtaskError> {
    serde_json::from_str(&read(path)?).map_err(|error| XtaskError::File {
        path: path.to_path_buf(),
        source: error.into(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn root() -> PathBuf {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        own.ancestors().nth(2).unwrap().to_owned()
    }

    fn sound() -> Value {
        json(&root().join("src-tauri/tauri.conf.json")).unwrap()
    }

    #[test]
    fn the_window_is_as_closed_as_it_has_to_be() {
        let place = Place {
            root: root(),
            target: root().join("target"),
        };
        check(&place).unwrap();
    }

    #[test]
    fn a_command_without_a_permission_and_a_permission_without_a_command_are_faults() {
        let list =
            "            grants_list(InLanguage) -> Grants;\n            // a comment (of sorts)\n";
        let given = json!({ "permissions": ["allow-grants-list", "core:default"] });
        assert_eq!(
            permissions(&commands(list), &given),
            ["no command needs the permission core:default"]
        );
        let none = json!({ "permissions": [], "remote": { "urls": ["https://*"] } });
        assert_eq!(permissions(&commands(list), &none).len(), 2);
    }

    #[test]
    fn an_android_project_that_was_made_anew_is_a_fault() {
        assert_eq!(
            android("<manifest><application /></manifest>").len(),
            ON_ANDROID.len()
        );
    }

    #[test]
    fn a_policy_that_loosens_is_a_fault() {
        for (pointer, value) in [
            (
                "/app/security/csp/script-src",
                json!("'self' 'unsafe-eval'"),
            ),
            (
                "/app/security/csp/connect-src",
                json!("ipc: https://example.com"),
            ),
            (
                "/app/security/csp/style-src",
                json!("'self' 'unsafe-inline'"),
            ),
            ("/app/security/csp/default-src", json!("*")),
            ("/app/security/freezePrototype", json!(false)),
            ("/app/withGlobalTauri", json!(true)),
        ] {
            let mut changed = sound();
            *changed.pointer_mut(pointer).unwrap() = value;
            assert_eq!(configuration(&changed).len(), 1, "{pointer}");
        }
        let mut changed = sound();
        let security = changed
            .pointer_mut("/app/security")
            .unwrap()
            .as_object_mut()
            .unwrap();
        security.insert("dangerousDisableAssetCspModification".into(), json!(true));
        security.remove("csp");
        assert_eq!(configuration(&changed).len(), 11);
    }
}
