//! The whole story, as a person plays it.

use std::process::Command;

use journeys::{program, run};

#[test]
fn the_demo_holds_in_every_step() {
    let told = run(Command::new(program("assent")).arg("demo"));
    assert_eq!(told.exit, 0, "{}", told.text);
    assert!(
        told.text.contains("the verifier was killed (SIGKILL)"),
        "{}",
        told.text
    );
}
