//! What the journeys share: the real programs, built first, each run as its own process.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
};

use serde_json::Value;

/// What a program printed and how it ended.
#[derive(Debug)]
pub struct Said {
    /// The exit code.
    pub exit: i32,
    /// Standard output, trimmed.
    pub text: String,
    /// Standard output as JSON, or null.
    pub json: Value,
}

/// The workspace's root.
///
/// # Panics
/// Never in a checkout of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors()
        .nth(2)
        .expect("tests/journeys is two levels down")
        .to_owned()
}

/// The path of a program of the workspace, built from the present sources.
///
/// # Panics
/// Where it does not build.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args(["build", "--quiet", "-p", "cli", "-p", "verifier"])
            .current_dir(root());
        assert!(
            cargo.status().expect("cargo runs").success(),
            "the programs build"
        );
        let test = std::env::current_exe().expect("a test is a program");
        // target/debug/deps/journey-…
        test.ancestors()
            .nth(2)
            .expect("a test lies in target/debug/deps")
            .to_owned()
    });
    folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Runs a program to its end.
///
/// # Panics
/// Where it does not start.
pub fn run(command: &mut Command) -> Said {
    let output = command
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let json = serde_json::from_str(&text).unwrap_or(Value::Null);
    let text = if text.is_empty() {
        String::from_utf8_lossy(&output.stderr).trim().to_owned()
    } else {
        text
    };
    Said {
        exit: output.status.code().unwrap_or(-1),
        text,
        json,
    }
}

/// A verifier process on a port that the system picked, killed when dropped.
#[derive(Debug)]
pub struct Verifier {
    child: Child,
    /// Its address.
    pub url: String,
    /// Its folder.
    pub data: PathBuf,
    /// The log key that `init` printed.
    pub log_vkey: String,
}

impl Verifier {
    /// Makes a verifier in `folder` and serves it.
    ///
    /// # Panics
    /// Where it does not start.
    #[must_use]
    pub fn start(folder: &Path) -> Self {
        let data = folder.join("verifier");
        let made = run(Command::new(program("assent-verifier"))
            .args(["init", "--json", "--data"])
            .arg(&data));
        let mut child = Command::new(program("assent-verifier"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(&data)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the verifier starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("its output is ours");
        BufReader::new(out)
            .read_line(&mut line)
            .expect("it prints its address");
        let url = line
            .split_whitespace()
            .last()
            .expect("the address ends the line")
            .to_owned();
        let log_vkey = made
            .json
            .get("log_vkey")
            .and_then(Value::as_str)
            .expect("init prints the log key")
            .to_owned();
        Verifier {
            child,
            url,
            data,
            log_vkey,
        }
    }

    /// Runs one of the operator's commands.
    pub fn operator(&self, words: &[&str]) -> Said {
        run(Command::new(program("assent-verifier"))
            .args(words)
            .arg("--json")
            .arg("--data")
            .arg(&self.data))
    }
}

impl Drop for Verifier {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
