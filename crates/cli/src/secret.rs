//! Passphrases: from `--passphrase-file`, `ASSENT_PASSPHRASE` or a prompt, never from an argument.

use std::path::{Path, PathBuf};

use clap::Args;
use zeroize::Zeroizing;

use crate::outcome::{Exit, Failure};
#[cfg(unix)]
use crate::{print, stop::Stop};

/// Where the passphrase comes from.
#[derive(Args, Clone, Debug, Default)]
pub struct PassphraseArgs {
    /// Read the passphrase from the first line of this file.
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

impl PassphraseArgs {
    /// The passphrase of an existing vault.
    pub fn read(&self, prompt: &str) -> Result<Zeroizing<String>, Failure> {
        if let Some(path) = &self.passphrase_file {
            return first_line(path);
        }
        if let Ok(secret) = std::env::var("ASSENT_PASSPHRASE") {
            return Ok(Zeroizing::new(secret));
        }
        ask(prompt).map_err(|e| {
            Failure::new(
                Exit::Usage,
                "no_passphrase",
                format!("The passphrase could not be read: {e}"),
                "Type it when asked, or use --passphrase-file or ASSENT_PASSPHRASE.",
            )
        })
    }

    /// A new passphrase; asked twice when typed.
    pub fn read_new(&self, prompt: &str) -> Result<Zeroizing<String>, Failure> {
        let typed =
            self.passphrase_file.is_none() && std::env::var_os("ASSENT_PASSPHRASE").is_none();
        let first = self.read(prompt)?;
        if typed && *first != *self.read("The same again: ")? {
            return Err(Failure::usage(
                "The two passphrases are not the same.",
                "Try again.",
            ));
        }
        Ok(first)
    }
}

/// Asks for what nobody may see. Whoever ends the program meanwhile has a terminal that shows again what is typed.
pub fn ask(prompt: &str) -> std::io::Result<Zeroizing<String>> {
    #[cfg(unix)]
    guard_terminal();
    rpassword::prompt_password(prompt).map(Zeroizing::new)
}

/// From the first question on, the program ends by itself no more: the terminal is put back first.
#[cfg(unix)]
fn guard_terminal() {
    use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let Ok(terminal) = std::fs::File::open("/dev/tty") else {
            return;
        };
        let (Ok(before), Ok(runtime)) =
            (tcgetattr(&terminal), tokio::runtime::Handle::try_current())
        else {
            return;
        };
        let mut stop = Stop::listen();
        runtime.spawn(async move {
            stop.asked().await;
            let _ = tcsetattr(&terminal, OptionalActions::Now, &before);
            print::aside("");
            std::process::exit(INTERRUPTED);
        });
    });
}

/// The exit code that shells give a program that Ctrl-C ended.
#[cfg(unix)]
const INTERRUPTED: i32 = 128 + 2;

/// The first line of a file, without its line ending.
pub fn first_line(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let text = Zeroizing::new(std::fs::read_to_string(path).map_err(|e| Failure::file(path, &e))?);
    Ok(Zeroizing::new(
        text.lines().next().unwrap_or_default().to_owned(),
    ))
}
