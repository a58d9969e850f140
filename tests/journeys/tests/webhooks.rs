//! Webhooks: every change reaches a system of the agency's own, checked there by a stock JOSE library; once,
//! in order, whatever stops meanwhile.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "in a test a panic is the finding"
)]

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

use journeys::{Said, Verifier, program, root, run};
use serde_json::Value;

struct Receiver {
    child: Child,
    lines: BufReader<ChildStdout>,
    url: String,
}

impl Receiver {
    fn start(entry: &str, audience: &str, port: &str, busy: &str) -> Self {
        let mut child = Command::new("node")
            .arg(root().join("tests/foreign/receiver.mjs"))
            .args([entry, audience, port, busy])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut url = String::new();
        lines.read_line(&mut url).unwrap();
        Receiver {
            child,
            lines,
            url: url.trim().to_owned(),
        }
    }

    fn port(&self) -> String {
        let (_, rest) = self.url.rsplit_once(':').unwrap();
        rest.trim_end_matches("/events").to_owned()
    }

    /// The acts of the next `count` tokens, and their ids.
    fn taken(&mut self, count: usize) -> (Vec<String>, Vec<String>) {
        let told = (0..count).map(|_| {
            let mut line = String::new();
            self.lines.read_line(&mut line).unwrap();
            serde_json::from_str::<Value>(&line).unwrap()
        });
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        told.map(|one| (text(&one["event"]["act"]), text(&one["jti"])))
            .unzip()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn assent(folder: &Path, verifier: &Verifier, who: &str, words: &[&str]) -> Said {
    let place = if who == "wallet" {
        ("--vault", "my.vault")
    } else {
        ("--dir", "fire")
    };
    run(Command::new(program("assent"))
        .arg(who)
        .args(words)
        .args([
            place.0,
            &folder.join(place.1).display().to_string(),
            "--json",
        ])
        .env("ASSENT_PASSPHRASE", "a quiet valley after the rain")
        .env("ASSENT_VERIFIER", &verifier.url))
}

#[test]
fn every_change_is_taken_once_in_order_across_failures_and_restarts() {
    let folder = tempfile::tempdir().unwrap();
    let verifier = Verifier::start(folder.path());
    let held = |who: &str, words: &[&str]| {
        let said = assent(folder.path(), &verifier, who, words);
        assert_eq!(said.exit, 0, "{words:?}: {}", said.text);
        said.json
    };
    held(
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
    let entry = folder
        .path()
        .join("fire/registry-entry.json")
        .display()
        .to_string();
    assert_eq!(verifier.operator(&["agency", "add", &entry]).exit, 0);
    held("wallet", &["init"]);
    held("wallet", &["data", "set", "identity.name", "Megan Powell"]);
    let direct = [
        "grant",
        "--agency",
        "https://fire.example",
        "--purpose",
        "fire-safety-visit",
        "--data",
        "identity.name",
        "--until",
        "2030-01-01",
    ];
    let grant = held("wallet", &direct)["grant"]
        .as_str()
        .unwrap()
        .to_owned();

    // It is busy twice: the change is sent again, and the one behind it waits.
    let mut receiver = Receiver::start(&entry, "case-system", "0", "2");
    let url = receiver.url.clone();
    let push = ["push", "--to", &url, "--audience", "case-system", "--once"];
    assert_eq!(last(&assent(folder.path(), &verifier, "agency", &push)), 2);
    let (acts, first) = receiver.taken(2);
    assert_eq!(acts, ["grant", "share"]);
    assert_eq!(
        last(&assent(folder.path(), &verifier, "agency", &push)),
        0,
        "nothing comes twice"
    );

    // The receiver is down while things change, and comes back.
    let port = receiver.port();
    drop(receiver);
    held("wallet", &["revoke", &grant]);
    let mut receiver = Receiver::start(&entry, "case-system", &port, "0");
    let taken = last(&assent(folder.path(), &verifier, "agency", &push));
    let (acts, later) = receiver.taken(usize::try_from(taken).unwrap());
    assert_eq!(acts[0], "revoke", "{acts:?}");
    assert!(later.iter().all(|id| !first.contains(id)));
}

#[test]
fn a_token_for_somebody_else_is_not_taken_and_the_change_not_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let verifier = Verifier::start(folder.path());
    let init = [
        "init",
        "--id",
        "https://fire.example",
        "--name",
        "Fire",
        "--kind",
        "fire",
    ];
    assert_eq!(assent(folder.path(), &verifier, "agency", &init).exit, 0);
    let entry = folder
        .path()
        .join("fire/registry-entry.json")
        .display()
        .to_string();
    assert_eq!(verifier.operator(&["agency", "add", &entry]).exit, 0);
    for words in [
        &["init"][..],
        &[
            "grant",
            "--agency",
            "https://fire.example",
            "--purpose",
            "fire-safety-visit",
            "--data",
            "identity.name",
            "--until",
            "2030-01-01",
        ],
    ] {
        assert_eq!(assent(folder.path(), &verifier, "wallet", words).exit, 0);
    }
    let mut receiver = Receiver::start(&entry, "case-system", "0", "0");
    let url = receiver.url.clone();
    let wrong = [
        "push",
        "--to",
        &url,
        "--audience",
        "another-system",
        "--once",
    ];
    assert_eq!(assent(folder.path(), &verifier, "agency", &wrong).exit, 3);
    let right = ["push", "--to", &url, "--audience", "case-system", "--once"];
    let taken = last(&assent(folder.path(), &verifier, "agency", &right));
    assert_eq!(
        receiver.taken(usize::try_from(taken).unwrap()).0[0],
        "grant"
    );
}

/// How many were taken: the last line's word.
fn last(said: &Said) -> u64 {
    assert_eq!(said.exit, 0, "{}", said.text);
    let line = said
        .text
        .lines()
        .rev()
        .find(|line| line.contains("\"taken\""))
        .map_or("", |line| line);
    let whole = serde_json::from_str::<Value>(&said.text)
        .ok()
        .or_else(|| serde_json::from_str(line).ok());
    whole.unwrap()["taken"].as_u64().unwrap()
}
