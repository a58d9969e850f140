//! The stage: a folder, a verifier process that can be killed, and every other party as its own process.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde_json::Value;

use crate::outcome::{Exit, Failure};

/// What every party can reach.
pub(crate) struct Stage {
    pub(crate) folder: PathBuf,
    pub(crate) url: String,
    assent: PathBuf,
    assent_verifier: PathBuf,
    address: String,
    curtain: Curtain,
}

/// Ends the play from outside: the verifier goes, and no program is started any more.
#[derive(Clone, Default)]
pub(crate) struct Curtain(Arc<Mutex<Serving>>);

#[derive(Default)]
struct Serving {
    verifier: Option<Child>,
    is_over: bool,
}

impl Curtain {
    /// Ends the play.
    pub(crate) fn fall(&self) {
        let mut serving = self.serving();
        serving.is_over = true;
        serving.kill();
    }

    fn serving(&self) -> MutexGuard<'_, Serving> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_up(&self) -> Result<(), Failure> {
        match self.serving().is_over {
            true => Err(step_failed("the story goes on", "it was stopped")),
            false => Ok(()),
        }
    }
}

impl Serving {
    fn kill(&mut self) {
        if let Some(mut child) = self.verifier.take() {
            // It may be gone already; either way it is waited for.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// What a program printed and how it ended.
pub(crate) struct Said {
    pub(crate) exit: i32,
    pub(crate) json: Value,
    pub(crate) text: String,
}

impl Stage {
    /// Finds both programs and a free port.
    pub(crate) fn new(folder: &Path) -> Result<Self, Failure> {
        let assent = std::env::current_exe().map_err(|e| Failure::file(Path::new("assent"), &e))?;
        let name = format!("assent-verifier{}", std::env::consts::EXE_SUFFIX);
        let assent_verifier = assent.with_file_name(&name);
        if !assent_verifier.exists() {
            let what = format!("{} is not there.", assent_verifier.display());
            return Err(Failure::new(
                Exit::Unknown,
                "no_verifier",
                what,
                "Build it: cargo xtask build.",
            ));
        }
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let address = free
            .map_err(|e| Failure::file(Path::new("127.0.0.1"), &e))?
            .to_string();
        let url = format!("http://{address}");
        Ok(Stage {
            folder: folder.to_owned(),
            url,
            assent,
            assent_verifier,
            address,
            curtain: Curtain::default(),
        })
    }

    /// What ends the play from outside.
    pub(crate) fn curtain(&self) -> Curtain {
        self.curtain.clone()
    }

    /// A path in the demo's folder, as text.
    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    /// Writes a file into the folder and gives its path.
    pub(crate) fn write(&self, name: &str, text: &str) -> Result<String, Failure> {
        let path = self.folder.join(name);
        std::fs::write(&path, text).map_err(|e| Failure::file(&path, &e))?;
        Ok(path.display().to_string())
    }

    /// Runs `assent-verifier` to its end.
    pub(crate) fn operator(&self, words: &[&str]) -> Result<Said, Failure> {
        self.run(Command::new(&self.assent_verifier).args(words).args([
            "--data",
            &self.path("verifier"),
            "--json",
        ]))
    }

    /// Runs `assent wallet` on the vault of `person`.
    pub(crate) fn wallet(&self, person: &str, words: &[&str]) -> Result<Said, Failure> {
        self.run(&mut self.wallet_command(person, words))
    }

    fn wallet_command(&self, person: &str, words: &[&str]) -> Command {
        let mut command = Command::new(&self.assent);
        command
            .arg("wallet")
            .args(words)
            .arg("--json")
            .arg("--vault")
            .arg(self.folder.join(format!("{person}.vault")));
        command
            .env("ASSENT_PASSPHRASE", "a quiet valley after the rain")
            .env("ASSENT_VERIFIER", &self.url);
        command
    }

    /// Starts `assent wallet` and does not wait for it.
    pub(crate) fn wallet_started(&self, person: &str, words: &[&str]) -> Result<Child, Failure> {
        let mut command = self.wallet_command(person, words);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        self.curtain.is_up()?;
        command.spawn().map_err(|e| Failure::file(&self.assent, &e))
    }

    /// Runs `assent agency` in the folder of `kind`.
    pub(crate) fn agency(&self, kind: &str, words: &[&str]) -> Result<Said, Failure> {
        let mut command = Command::new(&self.assent);
        command
            .arg("agency")
            .args(words)
            .args(["--dir", &self.path(kind), "--json"]);
        self.run(command.env("ASSENT_VERIFIER", &self.url))
    }

    /// Runs `assent audit` as the auditor `name`.
    pub(crate) fn audit(&self, name: &str, words: &[&str]) -> Result<Said, Failure> {
        let mut command = Command::new(&self.assent);
        command
            .arg("audit")
            .args(words)
            .args(["--state", &self.path(name), "--json"]);
        self.run(command.env("ASSENT_VERIFIER", &self.url))
    }

    /// Starts the verifier and waits for its line.
    pub(crate) fn start(&mut self) -> Result<(), Failure> {
        let mut command = Command::new(&self.assent_verifier);
        command.args([
            "serve",
            "--data",
            &self.path("verifier"),
            "--listen",
            &self.address,
        ]);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let out = {
            // Under the lock, so that a play that is over leaves no verifier behind.
            let mut serving = self.curtain.serving();
            if serving.is_over {
                return Err(step_failed("the story goes on", "it was stopped"));
            }
            let spawned = command.spawn();
            let mut child = spawned.map_err(|e| Failure::file(&self.assent_verifier, &e))?;
            let out = child.stdout.take();
            serving.verifier = Some(child);
            out
        };
        let mut line = String::new();
        if let Some(out) = out {
            let read = BufReader::new(out).read_line(&mut line);
            read.map_err(|e| Failure::file(&self.assent_verifier, &e))?;
        }
        if line.contains(&self.address) {
            Ok(())
        } else {
            Err(step_failed("the verifier did not start", &line))
        }
    }

    fn run(&self, command: &mut Command) -> Result<Said, Failure> {
        self.curtain.is_up()?;
        let output = command.stdin(Stdio::null()).output();
        let program = PathBuf::from(command.get_program());
        Ok(said(&output.map_err(|e| Failure::file(&program, &e))?))
    }

    /// Kills the verifier as a power cut would (SIGKILL): no warning, no goodbye.
    pub(crate) fn kill(&mut self) {
        self.curtain.serving().kill();
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.kill();
    }
}

/// What a finished process said.
pub(crate) fn said(output: &Output) -> Said {
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    let json = serde_json::from_str(&text).unwrap_or(Value::Null);
    let text = if text.is_empty() {
        errors.trim().to_owned()
    } else {
        text
    };
    Said {
        exit: output.status.code().unwrap_or(-1),
        json,
        text,
    }
}

/// A step of the story did not hold.
pub(crate) fn step_failed(step: &str, said: &str) -> Failure {
    Failure::new(
        Exit::No,
        "step_failed",
        format!("This did not hold: {step}. It said: {said}"),
        "Keep the output and report it.",
    )
}
