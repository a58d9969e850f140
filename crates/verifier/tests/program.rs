//! The program as an operator starts it: one on a folder, and never on a log that is lost.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed"
)]

use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use serde_json::Value;
use verifier_store::fixture;

/// A folder with a verifier in it.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Place(tempfile::tempdir().unwrap());
        assert_eq!(place.run(&["init"]).0, 0);
        place
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    fn database(&self) -> PathBuf {
        self.data().join("verifier.db")
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_assent-verifier"));
        command.args(words).arg("--data").arg(self.data());
        command
    }

    /// The exit code and the JSON that the program ends with.
    fn run(&self, words: &[&str]) -> (i32, Value) {
        let output = self.command(words).arg("--json").output().unwrap();
        let Output { status, stdout, .. } = output;
        let said = serde_json::from_slice(&stdout).unwrap_or_default();
        (status.code().unwrap(), said)
    }

    /// The exit code and the code of a refusal.
    fn refused(&self, words: &[&str]) -> (i32, String) {
        let (exit, said) = self.run(words);
        (exit, said["error"]["code"].as_str().unwrap().to_owned())
    }

    fn entry(&self) -> String {
        let agency = &fixture::registry(1, Default::default()).agencies[0];
        self.file("entry.json", &serde_json::to_vec(agency).unwrap())
    }

    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn serve(&self) -> Serving {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0", "--json"]);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        said.read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).unwrap();
        let url = said["listening"].as_str().unwrap();
        let address = url.strip_prefix("http://").unwrap().to_owned();
        Serving { child, address }
    }
}

/// A verifier that serves until the test is over.
struct Serving {
    child: Child,
    address: String,
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn in_use() -> (i32, String) {
    (3, "in_use".to_owned())
}

#[test]
fn one_folder_is_served_once() {
    let place = Place::new();
    let serving = place.serve();
    // On an address that is taken: a second one that came so far would end too, and say so.
    let again = place.refused(&["serve", "--listen", &serving.address]);
    assert_eq!(again, in_use());
    drop(serving);
    let serving = place.serve();
    let control = place.data().join("control.json");
    assert!(control.exists());
    assert_eq!(place.run(&["agency", "add", &place.entry()]).1["serial"], 1);
    drop(serving);
}

#[test]
fn nothing_is_written_past_a_verifier_that_does_not_answer() {
    let place = Place::new();
    let serving = place.serve();
    fs::remove_file(place.data().join("control.json")).unwrap();
    let entry = place.entry();
    assert_eq!(place.refused(&["agency", "add", &entry]), in_use());
    drop(serving);
    assert_eq!(place.run(&["agency", "add", &entry]).1["serial"], 1);
}

/// Everything that reads the log, on an address that is taken.
fn every_command(place: &Place, taken: &str) -> Vec<(i32, String)> {
    let (entry, copy) = (place.entry(), place.0.path().join("copy"));
    [
        &["serve", "--listen", taken][..],
        &["agency", "add", &entry],
        &["agency", "list"],
        &["backup", copy.to_str().unwrap()],
    ]
    .map(|words| place.refused(words))
    .into()
}

fn remove(database: &Path) {
    for file in fs::read_dir(database.parent().unwrap()).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if name.starts_with("verifier.db") {
            fs::remove_file(path).unwrap();
        }
    }
}

#[test]
fn a_lost_database_is_not_made_anew() {
    let place = Place::new();
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = other.local_addr().unwrap().to_string();
    assert_eq!(place.run(&["agency", "add", &place.entry()]).0, 0);
    remove(&place.database());
    let missing = vec![(3, "no_database".to_owned()); 4];
    assert_eq!(every_command(&place, &taken), missing);
    assert!(!place.database().exists());
    fs::write(place.database(), []).unwrap();
    assert_eq!(every_command(&place, &taken), missing);
    let (exit, said) = place.run(&["init"]);
    assert_eq!((exit, &said["error"]["code"]), (2, &"exists".into()));
    assert!(fs::read(place.database()).unwrap().is_empty());
}

#[test]
fn whoever_stops_reading_has_seen_enough() {
    let place = Place::new();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    for words in [&["agency", "list"][..], &["agency", "list", "--json"]] {
        let mut command = place.command(words);
        let ended = command
            .stdout(writer.try_clone().unwrap())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!((ended.status.code(), said.as_str()), (Some(0), ""));
    }
}

#[test]
fn what_agencies_write_does_not_steer_the_terminal() {
    let place = Place::new();
    let circle = "{\"id\":\"\u{202e}x\\u001b[2J\",\"name\":\"x\",\"tiers\":[],\"members\":[]}";
    let file = place.file("circle.json", circle.as_bytes());
    let mut command = place.command(&["circle", "add", &file]);
    let said = command.output().unwrap().stderr;
    let said = String::from_utf8(said).unwrap();
    assert!(said.contains("\u{fffd}x\u{fffd}[2J"), "{said:?}");
    assert!(!said.contains('\u{202e}') && !said.contains('\u{1b}'));
    let said = place.command(&["circle", "add", &file, "--json"]).output();
    let said = String::from_utf8(said.unwrap().stdout).unwrap();
    assert!(
        said.contains("\\u202e") && !said.contains('\u{202e}'),
        "{said:?}"
    );
}

#[test]
fn a_refused_act_says_why_and_an_unknown_agency_is_unknown_served_or_not() {
    let place = Place::new();
    let mut agency = fixture::registry(1, Default::default()).agencies.remove(0);
    agency.name = "x".repeat(300);
    let long = place.file("long.json", &serde_json::to_vec(&agency).unwrap());
    let keyless = "{\"id\":\"https://audit.example\",\"name\":\"A\",\"jwks\":{\"keys\":[]}}";
    let keyless = place.file("auditor.json", keyless.as_bytes());
    let refused = |code: &str| (1, code.to_owned());
    let judged = || {
        [
            &["agency", "add", &long][..],
            &["auditor", "add", &keyless],
            &["agency", "suspend", "https://nobody.example"],
        ]
        .map(|words| place.refused(words))
    };
    let expected = ["entry_refused", "entry_refused", "unknown_agency"].map(refused);
    assert_eq!(judged(), expected);
    let _serving = place.serve();
    assert_eq!(judged(), expected);
}
