//! A reader that closes the pipe, as `head` does, changes nothing about the exit code.

use std::process::{Command, Stdio};

#[test]
fn the_exit_code_stands_when_nobody_reads_on() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_assent"))
        .args(["wallet", "status", "--vault", "absent.vault", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    drop(program.stdout.take());
    let ended = program.wait().expect("the program ends");
    assert_eq!(ended.code(), Some(2));
}

#[cfg(target_os = "linux")]
mod full_disk {
    use std::{
        fs::OpenOptions,
        process::{Command, Output, Stdio},
    };

    /// Runs the program with an output that takes nothing.
    fn run(words: &[&str], dir: &std::path::Path) -> Output {
        let full = OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("it is there");
        Command::new(env!("CARGO_BIN_EXE_assent"))
            .args(words)
            .current_dir(dir)
            .env("ASSENT_PASSPHRASE", "seven quiet otters build a weir")
            .stdin(Stdio::null())
            .stdout(full)
            .output()
            .expect("the program starts")
    }

    #[test]
    fn recovery_words_that_nobody_has_make_no_vault() {
        let dir = tempfile::tempdir().unwrap();
        for words in [
            &["wallet", "init", "--vault", "w.vault"][..],
            &["wallet", "init", "--vault", "w.vault", "--json"],
        ] {
            let ended = run(words, dir.path());
            assert_eq!(ended.status.code(), Some(3));
            let told = String::from_utf8_lossy(&ended.stderr);
            assert!(told.contains("no vault was made"), "{told}");
            assert!(!dir.path().join("w.vault").exists());
        }
    }

    #[test]
    fn an_answer_that_cannot_be_written_is_no_yes() {
        let dir = tempfile::tempdir().unwrap();
        let id = ["--id", "https://fire.example", "--name", "Fire"];
        for json in [&[][..], &["--json"]] {
            let made = dir.path().join(json.len().to_string());
            let folder = made.to_str().unwrap();
            let words = [&["agency", "init", "--dir", folder], &id[..], json].concat();
            let ended = run(&words, dir.path());
            assert_eq!(ended.status.code(), Some(3));
            let told = String::from_utf8_lossy(&ended.stderr);
            assert!(told.contains("the disk is full"), "{told}");
        }
    }
}
