//! A verifier and one agency of the sample county, as processes of their own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use journeys::{Verifier, program, root, run};
use serde_json::Value;
use tempfile::TempDir;

/// The verifier, with the fire service admitted.
pub(crate) struct County {
    folder: TempDir,
    pub(crate) verifier: Verifier,
}

impl County {
    pub(crate) fn open() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let county = County {
            verifier: Verifier::start(folder.path()),
            folder,
        };
        let agency = county.fire();
        let made = run(Command::new(program("assent"))
            .args([
                "agency",
                "init",
                "--json",
                "--id",
                "https://fire.cwmderw.example",
            ])
            .args([
                "--name",
                "Cwm Derw Fire and Rescue",
                "--kind",
                "fire",
                "--dir",
            ])
            .arg(&agency));
        assert_eq!(made.exit, 0, "{}", made.text);
        let entry = agency.join("registry-entry.json");
        let admitted = county.verifier.operator(&["agency", "add", text(&entry)]);
        assert_eq!(admitted.exit, 0, "{}", admitted.text);
        county
    }

    /// A resident of the sample county, as a file to be brought in.
    pub(crate) fn resident() -> PathBuf {
        root().join("samples/county/residents/mared-llwyd.wallet.json")
    }

    /// A request for name, address and dangers in the home, signed now.
    pub(crate) fn request(&self) -> String {
        let notice = self.folder.path().join("notice.txt");
        fs::write(&notice, "We look at this before we visit you.").expect("a file");
        let asked = run(Command::new(program("assent"))
            .args([
                "agency",
                "request",
                "--json",
                "--purpose",
                "fire-safety-visit",
            ])
            .args([
                "--data",
                "identity.name",
                "--data",
                "home.address",
                "--data",
                "home.hazards",
            ])
            .args([
                "--required",
                "home.address",
                "--until",
                "P90D",
                "--retention",
                "P30D",
            ])
            .arg("--notice")
            .arg(format!("en={}", notice.display()))
            .arg("--dir")
            .arg(self.fire()));
        assert_eq!(asked.exit, 0, "{}", asked.text);
        let link = asked.json.get("link").and_then(Value::as_str);
        link.expect("a link").to_owned()
    }

    /// The token of the one consent that the agency has, as the verifier hands it over.
    pub(crate) fn token(&self) -> String {
        let listed = self.agency(&["grants"]);
        let token = listed.pointer("/grants/0/token").and_then(Value::as_str);
        token
            .unwrap_or_else(|| panic!("no consent: {listed}"))
            .to_owned()
    }

    /// What `assent agency check` says of a token: the verdict and the code.
    pub(crate) fn check(&self, token: &str) -> (String, String) {
        let said = self.agency(&["check", token]);
        let word = |name: &str| {
            let word = said.get(name).and_then(Value::as_str);
            word.unwrap_or_default().to_owned()
        };
        (word("verdict"), word("code"))
    }

    fn agency(&self, words: &[&str]) -> Value {
        let said = run(Command::new(program("assent"))
            .arg("agency")
            .args(words)
            .args(["--json", "--verifier", &self.verifier.url, "--dir"])
            .arg(self.fire()));
        said.json
    }

    fn fire(&self) -> PathBuf {
        self.folder.path().join("fire")
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in Unicode")
}
