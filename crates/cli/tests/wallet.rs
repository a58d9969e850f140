//! `assent wallet` over a vault alone, without a verifier: what it writes, what it leaves, and what it says.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the finding")]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

/// A folder with a vault in it.
struct Home(TempDir);

impl Home {
    fn new(passphrase: &str) -> (Self, Value) {
        let home = Home(tempfile::tempdir().unwrap());
        fs::write(home.path("passphrase"), passphrase).unwrap();
        let made = home.run(&["init", "--json"]);
        assert!(made.status.success(), "{made:?}");
        let made = serde_json::from_slice(&made.stdout).unwrap();
        (home, made)
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_assent"));
        command.arg("wallet").args(words);
        command.args(["--vault", &self.path("w.vault")]);
        command.args(["--passphrase-file", &self.path("passphrase")]);
        for inherited in ["ASSENT_VERIFIER", "ASSENT_PASSPHRASE"] {
            command.env_remove(inherited);
        }
        command.output().unwrap()
    }

    /// The exit code and everything that was said.
    fn said(&self, words: &[&str]) -> (i32, String) {
        let output = self.run(words);
        let text = [output.stdout, output.stderr].concat();
        (
            output.status.code().unwrap(),
            String::from_utf8(text).unwrap(),
        )
    }

    fn names(&self) -> Vec<String> {
        let names = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> = names
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

const GOOD: &str = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Megan Powell\r\nEND:VCARD\r\n";
const STRONG: &str = "a quiet river under seven stones";

#[test]
fn of_several_files_all_are_imported_or_none() {
    let (home, _) = Home::new(STRONG);
    let (good, bad) = (home.path("good.vcf"), home.path("bad.json"));
    fs::write(&good, GOOD).unwrap();
    fs::write(&bad, "{ half").unwrap();
    let missing = home.path("missing.vcf");
    for (second, exit) in [(&bad, 2), (&missing, 3)] {
        let (code, text) = home.said(&["import", &good, second]);
        assert_eq!(code, exit, "{text}");
        assert!(text.contains("Nothing was imported."), "{text}");
        let (code, _) = home.said(&["data", "show", "identity.name"]);
        assert_eq!(code, 1, "it was imported all the same");
    }
    let (code, text) = home.said(&["import", &good]);
    assert_eq!(code, 0);
    assert!(text.contains("1 item imported."), "{text}");
}

#[test]
fn what_is_in_the_way_of_a_new_file_is_told_in_one_way() {
    let (home, _) = Home::new(STRONG);
    let (letter, kept) = (home.path("letter.txt"), b"Dear Megan");
    fs::write(&letter, kept).unwrap();
    let nowhere = home.path("nowhere/file");
    let before = home.names();
    for words in [
        &["backup"][..],
        &["export"],
        &["data", "save", "documents.plan"],
    ] {
        let (code, text) = home.said(&[words, &[&letter]].concat());
        assert_eq!(code, 2, "{text}");
        assert!(text.contains("letter.txt already"), "{text}");
        let (code, text) = home.said(&[words, &[&nowhere]].concat());
        assert_eq!(code, 2, "{text}");
        assert!(text.contains("There is no folder"), "{text}");
        assert!(text.contains("nowhere"), "{text}");
    }
    assert_eq!(fs::read(&letter).unwrap(), kept);
    let (code, text) = home.said(&["data", "save", "documents.plan", &home.path("plan.pdf")]);
    assert_eq!(code, 1, "{text}");
    assert_eq!(home.names(), before, "nothing is left behind");
}

#[test]
fn a_file_that_is_no_backup_is_named() {
    let (home, _) = Home::new(STRONG);
    let backup = home.path("b.vault");
    assert_eq!(home.said(&["backup", &backup]).0, 0);
    fs::remove_file(home.path("w.vault")).unwrap();
    let whole = fs::read(&backup).unwrap();
    fs::write(&backup, whole.get(..whole.len() / 2).unwrap()).unwrap();
    let (code, text) = home.said(&["restore", &backup]);
    assert_eq!(code, 3, "{text}");
    assert!(text.contains("b.vault is not whole"), "{text}");
    let (code, text) = home.said(&["restore", &home.path("nothing")]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("There is no file"), "{text}");
    let (code, text) = home.said(&["restore", &home.path("passphrase")]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("passphrase is not a backup"), "{text}");
    let (code, text) = home.said(&["status"]);
    assert_eq!(code, 2);
    assert!(text.contains("There is no vault at"), "{text}");
    assert!(text.contains("w.vault"), "{text}");
    assert!(!Path::new(&home.path("w.vault")).exists());
}

#[test]
fn a_passphrase_that_is_easy_to_guess_is_told_of() {
    let (home, made) = Home::new("password1");
    assert_eq!(made.get("weak_passphrase"), Some(&Value::Bool(true)));
    fs::write(home.path("new"), STRONG).unwrap();
    let new = home.path("new");
    let (code, text) = home.said(&["passphrase", "--new-passphrase-file", &new]);
    assert_eq!(code, 0, "{text}");
    assert!(!text.contains("easy to guess"), "{text}");
    fs::write(home.path("passphrase"), STRONG).unwrap();
    fs::write(&new, "assent").unwrap();
    let (code, text) = home.said(&["passphrase", "--new-passphrase-file", &new]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("easy to guess"), "{text}");
}
