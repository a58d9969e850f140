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
