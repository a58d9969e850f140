//! A file that goes with a consent: kept by the wallet, read by the agency, gone when the consent is.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the finding")]

use std::{fs, path::Path, process::Command};

use journeys::{Said, Verifier, program, run};
use serde_json::{Value, json};

struct Stage {
    folder: tempfile::TempDir,
    verifier: Verifier,
}

impl Stage {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let verifier = Verifier::start(folder.path());
        Stage { folder, verifier }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn assent(&self, who: &str, words: &[&str]) -> Said {
        let place = if who == "wallet" {
            ("--vault", "my.vault")
        } else {
            ("--dir", "fire")
        };
        run(Command::new(program("assent"))
            .arg(who)
            .args(words)
            .args([place.0, &self.path(place.1), "--json"])
            .env("ASSENT_PASSPHRASE", "a quiet valley after the rain")
            .env("ASSENT_VERIFIER", &self.verifier.url))
    }

    fn held(&self, who: &str, words: &[&str]) -> Value {
        let said = self.assent(who, words);
        assert_eq!(said.exit, 0, "{words:?}: {}", said.text);
        said.json
    }
}

/// Nothing that a file says is anywhere in the verifier's folder.
fn holds(folder: &Path, needle: &[u8]) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        path.is_file()
            && fs::read(&path)
                .unwrap()
                .windows(needle.len())
                .any(|part| part == needle)
    })
}

#[test]
fn a_file_reaches_the_one_agency_and_goes_with_the_consent() {
    let stage = Stage::new();
    stage.held(
        "agency",
        &[
            "init",
            "--id",
            "https://fire.example",
            "--name",
            "Fire",
            "--kind",
            "fire",
        ],
    );
    let entry = stage.path("fire/registry-entry.json");
    assert_eq!(stage.verifier.operator(&["agency", "add", &entry]).exit, 0);
    stage.held("wallet", &["init"]);
    let file = stage.path("plan.pdf");
    let content: Vec<u8> = (0..180_000_u32)
        .flat_map(|number| (number.wrapping_mul(2_654_435_761)).to_be_bytes())
        .collect();
    fs::write(&file, &content).unwrap();
    stage.held("wallet", &["data", "set", "identity.name", "Megan Powell"]);
    stage.held(
        "wallet",
        &[
            "data",
            "attach",
            "documents.plan",
            &file,
            "--title",
            "Care plan",
        ],
    );
    let direct = [
        "grant",
        "--agency",
        "https://fire.example",
        "--purpose",
        "fire-safety-visit",
        "--data",
        "identity.name,documents.plan",
        "--until",
        "2030-01-01",
    ];
    let granted = stage.held("wallet", &direct);
    let grant = granted
        .get("grant")
        .and_then(Value::as_str)
        .unwrap()
        .to_owned();
    assert!(
        !holds(&stage.verifier.data, &content[70_000..70_032]),
        "the verifier holds the file"
    );

    let out = stage.path("out");
    let read = [
        "read",
        &grant,
        "--reason",
        "visit",
        "--actor",
        "crew-12",
        "--documents",
        &out,
    ];
    let answer = stage.held("agency", &read);
    assert!(fs::read(Path::new(&out).join("plan.pdf")).unwrap() == content);
    assert_eq!(
        answer.pointer("/documents/0/path").and_then(Value::as_str),
        Some("documents.plan")
    );

    fs::write(&file, b"the second version").unwrap();
    stage.held("wallet", &["data", "attach", "documents.plan", &file]);
    stage.held("agency", &read);
    assert_eq!(
        fs::read(Path::new(&out).join("plan.pdf")).unwrap(),
        b"the second version"
    );
    let saved = stage.path("saved");
    stage.held("wallet", &["data", "save", "documents.plan", &saved]);
    assert_eq!(fs::read(&saved).unwrap(), b"the second version");

    let exported = stage.held("wallet", &["export", &stage.path("export.json")]);
    assert_eq!(exported["without_files"], json!(["documents.plan"]));

    stage.held("wallet", &["revoke", &grant]);
    let refused = stage.assent("agency", &read);
    assert_eq!(refused.exit, 1, "{}", refused.text);
}
