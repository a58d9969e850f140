//! A stock JOSE library in another language verifies a token and its status from nothing but the URLs in it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed"
)]

use std::{fs, path::Path, process::Command};

use journeys::{Said, Verifier, program, root, run};
use serde_json::{Value, json};

struct County {
    folder: tempfile::TempDir,
    verifier: Verifier,
}

impl County {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let verifier = Verifier::start(folder.path());
        County { folder, verifier }
    }

    /// With our own agency in it.
    fn with_agency() -> Self {
        let county = County::open();
        let id = [
            "init",
            "--id",
            "https://fire.cwmderw.example",
            "--name",
            "Cwm Derw Fire and Rescue",
        ];
        assert_eq!(county.agency(&id).exit, 0);
        let entry = county.path("agency/registry-entry.json");
        assert_eq!(county.verifier.operator(&["agency", "add", &entry]).exit, 0);
        county
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn agency(&self, words: &[&str]) -> Said {
        let mut command = Command::new(program("assent"));
        command
            .arg("agency")
            .args(words)
            .args(["--json", "--dir", &self.path("agency")]);
        run(command.env("ASSENT_VERIFIER", &self.verifier.url))
    }

    fn wallet(&self, words: &[&str]) -> Said {
        let mut command = Command::new(program("assent"));
        command
            .arg("wallet")
            .args(words)
            .args(["--json", "--vault", &self.path("person.vault")]);
        run(command
            .env("ASSENT_VERIFIER", &self.verifier.url)
            .env("ASSENT_PASSPHRASE", "seven quiet herons"))
    }
}

/// Runs a program of `tests/foreign`; nothing where its packages are not installed, which CI does not allow.
fn node(program: &str, words: &[&str]) -> Option<Said> {
    let folder = root().join("tests/foreign");
    if !folder.join("node_modules").is_dir() {
        assert!(
            std::env::var_os("CI").is_none(),
            "tests/foreign has no node_modules: npm ci --prefix tests/foreign"
        );
        return None;
    }
    Some(run(Command::new("node")
        .arg(Path::new(program))
        .args(words)
        .current_dir(folder)))
}

fn jose(token: &str) -> Option<Said> {
    node("check.mjs", &[token])
}

#[test]
fn a_stock_jose_library_verifies_a_token_and_follows_its_status() {
    let county = County::with_agency();
    assert_eq!(county.wallet(&["init"]).exit, 0);
    assert_eq!(
        county
            .wallet(&["data", "set", "contact.phone", "+44 29 2018 0199"])
            .exit,
        0
    );
    let granted = county.wallet(&[
        "grant",
        "--agency",
        "https://fire.cwmderw.example",
        "--purpose",
        "fire-safety-visit",
        "--data",
        "contact.phone",
        "--until",
        "2030-01-01",
    ]);
    assert_eq!(granted.exit, 0, "{}", granted.text);
    let grant = granted.json["grant"].as_str().unwrap().to_owned();
    let token = county.wallet(&["token", &grant]).json["token"]
        .as_str()
        .unwrap()
        .to_owned();
    let Some(said) = jose(&token) else {
        println!(
            "skipped: a_stock_jose_library_verifies_a_token_and_follows_its_status needs tests/foreign/node_modules"
        );
        return;
    };
    assert_eq!(
        (said.exit, &said.json["signature"], &said.json["status"]),
        (0, &true.into(), &0.into()),
        "{}",
        said.text
    );
    for (act, status) in [("suspend", 2), ("resume", 0), ("revoke", 1)] {
        assert_eq!(county.wallet(&[act, &grant]).exit, 0);
        assert_eq!(jose(&token).unwrap().json["status"], status, "after {act}");
    }
    let mut forged = token;
    let last = forged.pop().unwrap();
    forged.push(if last == 'A' { 'Q' } else { 'A' });
    assert_ne!(jose(&forged).unwrap().json["signature"], true);
}

#[test]
fn an_agency_made_of_stock_libraries_reads_a_share_and_follows_the_events() {
    let county = County::open();
    let (dir, url) = (county.path("foreign"), county.verifier.url.clone());
    let id = "https://fire.aberderw.example";
    let Some(made) = node("agency.mjs", &["init", &dir, id, "Aberderw Fire"]) else {
        println!("skipped: an_agency_made_of_stock_libraries needs tests/foreign/node_modules");
        return;
    };
    assert_eq!(made.exit, 0, "{}", made.text);
    let entry = county.path("foreign/registry-entry.json");
    let added = county.verifier.operator(&["agency", "add", &entry]);
    assert_eq!(added.exit, 0, "{}", added.text);
    assert_eq!(county.wallet(&["init"]).exit, 0);
    let phone = ["data", "set", "contact.phone", "+44 29 2018 0199"];
    assert_eq!(county.wallet(&phone).exit, 0);
    let words = "grant --purpose fire-safety-visit --data contact.phone,home.pets --until 2030-01-01 --agency";
    let words: Vec<&str> = words.split(' ').chain([id]).collect();
    let granted = county.wallet(&words);
    assert_eq!(granted.exit, 0, "{}", granted.text);
    let grant = granted.json["grant"].as_str().unwrap().to_owned();
    let token = county.wallet(&["token", &grant]).json["token"]
        .as_str()
        .unwrap()
        .to_owned();
    let read = node("agency.mjs", &["read", &dir, &url, &token]).unwrap();
    assert_eq!(read.exit, 0, "{}", read.text);
    assert_eq!(read.json["contact.phone"][0]["number"], "+44 29 2018 0199");
    assert!(read.json["home.pets"].is_null() && read.json.as_object().unwrap().len() == 2);
    // As if it had read a newer one before.
    let newest = county.path("foreign/newest.json");
    let seen: Value = serde_json::from_slice(&fs::read(&newest).unwrap()).unwrap();
    let later = json!({ &grant: seen[&grant].as_u64().unwrap() + 1 });
    fs::write(&newest, later.to_string()).unwrap();
    let older = node("agency.mjs", &["read", &dir, &url, &token]).unwrap();
    assert_eq!(older.json["error"], "share_older", "{}", older.text);
    assert_eq!(county.wallet(&["revoke", &grant]).exit, 0);
    let refused = node("agency.mjs", &["read", &dir, &url, &token]).unwrap();
    assert_eq!(refused.json["error"], "revoked", "{}", refused.text);
    let events = node("agency.mjs", &["events", &dir, &url]).unwrap();
    let acts: Vec<&str> = events
        .json
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["act"].as_str().unwrap())
        .collect();
    assert_eq!(
        acts,
        [
            "grant",
            "share",
            "access",
            "access",
            "revoke",
            "erase-request"
        ]
    );
}
