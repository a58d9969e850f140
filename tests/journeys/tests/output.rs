//! What others wrote is shown and never obeyed, what cannot be written is told, and what is stopped leaves nothing.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "in a test a panic is the finding"
)]

use std::{
    fs::{self, OpenOptions},
    io::{BufRead as _, BufReader, Read as _},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use journeys::{Said, Verifier, program};

const WORDS: &str = "seven quiet otters build a weir";
const HOSTILE: &str = "\u{1b}[2J\u{9b}2Jnothing\u{202e}";

fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(program("assent"));
    command
        .args(words)
        .current_dir(folder)
        .env("ASSENT_PASSPHRASE", WORDS)
        .stdin(Stdio::null());
    command
}

const FIRE_SERVICE: [&str; 8] = [
    "agency",
    "init",
    "--id",
    "https://fire.example",
    "--name",
    "Fire",
    "--dir",
    "fire",
];

fn run(folder: &Path, words: &[&str]) -> Output {
    command(folder, words).output().unwrap()
}

fn json(folder: &Path, words: &[&str]) -> Said {
    let said = journeys::run(&mut command(folder, &[words, &["--json"]].concat()));
    assert_eq!(said.exit, 0, "{words:?}: {}", said.text);
    said
}

/// A verifier, a fire service and a person who agreed; the grant's id.
fn county(folder: &Path) -> (Verifier, String) {
    let verifier = Verifier::start(folder);
    let url = verifier.url.as_str();
    json(folder, &FIRE_SERVICE);
    let entry = folder.join("fire/registry-entry.json");
    let added = verifier.operator(&["agency", "add", entry.to_str().unwrap()]);
    assert_eq!(added.exit, 0, "{}", added.text);
    let vault = ["--vault", "w.vault", "--verifier", url];
    json(folder, &[&["wallet", "init"], &vault[..]].concat());
    let set = ["wallet", "data", "set", "contact.phone", "+44 29 2018 0199"];
    json(folder, &[&set, &vault[..]].concat());
    let what = [
        "--agency",
        "https://fire.example",
        "--purpose",
        "fire-safety-visit",
        "--data",
        "contact.phone",
        "--until",
        "2027-06-30",
    ];
    let granted = json(folder, &[&["wallet", "grant"], &what[..], &vault].concat());
    let grant = granted.json["grant"].as_str().unwrap().to_owned();
    (verifier, grant)
}

fn assert_tame(ended: &Output) {
    let all = [ended.stdout.as_slice(), &ended.stderr].concat();
    let text = String::from_utf8(all).unwrap();
    let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    assert!(text.contains("nothing"), "{text:?}");
    assert!(!text.contains(steers), "{text:?}");
}

#[test]
fn an_agency_cannot_hide_its_look() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (verifier, grant) = county(folder);
    let line = ["--dir", "fire", "--verifier", verifier.url.as_str()];
    let why = ["--reason", HOSTILE, "--actor", "c7"];
    json(
        folder,
        &[&["agency", "read", &grant], &why[..], &line].concat(),
    );
    let vault = ["--vault", "w.vault"];
    assert_tame(&run(folder, &[&["wallet", "sync"], &vault[..]].concat()));
    assert_tame(&run(folder, &[&["wallet", "history"], &vault[..]].concat()));
    let listed = run(
        folder,
        &[&["wallet", "history", "--json"], &vault[..]].concat(),
    );
    assert_tame(&listed);
    let told: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
    let kept = told.to_string().contains('\u{9b}');
    assert!(kept, "JSON keeps what was written: {told}");
}

#[test]
fn changes_that_cannot_be_told_are_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (verifier, _) = county(folder);
    let words = [
        "agency",
        "watch",
        "--once",
        "--dir",
        "fire",
        "--verifier",
        &verifier.url,
    ];
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let ended = command(folder, &words).stdout(full).output().unwrap();
    assert_eq!(ended.status.code(), Some(3), "{ended:?}");
    // The one that could not be told is dealt with; there is another.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ended = command(folder, &words).stdout(writer).output().unwrap();
    assert_eq!(ended.status.code(), Some(0), "{ended:?}");
}

#[test]
fn watching_waits_for_a_verifier_that_is_away() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    json(folder, &FIRE_SERVICE);
    // Nobody listens on a port that was just given back.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let words = ["agency", "watch", "--dir", "fire", "--verifier", &url];
    let mut watching = command(folder, &words)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = String::new();
    let mut errors = BufReader::new(watching.stderr.take().unwrap());
    errors.read_line(&mut told).unwrap();
    assert!(told.contains("asked again until it answers"), "{told}");
    terminate(&watching);
    assert_eq!(watching.wait().unwrap().code(), Some(0));
}

#[test]
fn a_demo_that_is_stopped_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut playing = command(folder.path(), &["demo"])
        .env("TMPDIR", folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(playing.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains("makes its keys") {
        line.clear();
        assert_ne!(told.read_line(&mut line).unwrap(), 0, "the demo ended");
    }
    assert!(runs_in(folder.path()), "the verifier is up");
    terminate(&playing);
    std::io::copy(&mut told, &mut std::io::sink()).unwrap();
    assert_eq!(playing.wait().unwrap().code(), Some(3));
    assert!(!runs_in(folder.path()), "the verifier is gone");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

fn terminate(child: &Child) {
    let sent = Command::new("kill").arg(child.id().to_string()).status();
    assert!(sent.unwrap().success());
}

/// Whether any process names the folder in its command line.
fn runs_in(folder: &Path) -> bool {
    let folder = folder.to_str().unwrap();
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let mut lines = processes.filter_map(|process| {
        let mut text = String::new();
        let mut file = fs::File::open(process.path().join("cmdline")).ok()?;
        file.read_to_string(&mut text).ok()?;
        Some(text)
    });
    lines.any(|line| line.contains(folder))
}
