//! The operating system's packages: found by what they provide, installed by the system's manager.

use std::io::{IsTerminal as _, stdin};
use std::process::{Command, Stdio};

use crate::error::XtaskError;
use crate::process::{on_path, run};
use crate::setup::Needs;

/// Something that the operating system provides.
struct Piece {
    /// What it is called in words.
    what: &'static str,
    /// Debian's and Ubuntu's package.
    debian: &'static str,
    /// The first kind of task that needs it.
    needed_for: Needs,
    present: fn() -> bool,
}

const PIECES: [Piece; 8] = [
    Piece {
        what: "a C compiler",
        debian: "build-essential",
        needed_for: Needs::Programs,
        present: || on_path("cc"),
    },
    Piece {
        what: "pkg-config",
        debian: "pkg-config",
        needed_for: Needs::Window,
        present: || on_path("pkg-config"),
    },
    Piece {
        what: "the WebKitGTK 4.1 headers",
        debian: "libwebkit2gtk-4.1-dev",
        needed_for: Needs::Window,
        present: || quietly(Command::new("pkg-config").args(["--exists", "webkit2gtk-4.1"])),
    },
    Piece {
        what: "Xvfb, a display in memory",
        debian: "xvfb",
        needed_for: Needs::Tests,
        present: || on_path("Xvfb"),
    },
    Piece {
        what: "dbus-daemon",
        debian: "dbus",
        needed_for: Needs::Tests,
        present: || on_path("dbus-daemon"),
    },
    Piece {
        what: "WebKitWebDriver",
        debian: "webkit2gtk-driver",
        needed_for: Needs::Tests,
        present: || on_path("WebKitWebDriver"),
    },
    Piece {
        what: "Chromium",
        debian: "chromium",
        needed_for: Needs::Tests,
        present: || on_path("chromium"),
    },
    Piece {
        what: "xmllint, a second opinion on XML",
        debian: "libxml2-utils",
        needed_for: Needs::Tests,
        present: || on_path("xmllint"),
    },
];

/// Installs the packages that are missing for a kind of task.
///
/// # Errors
/// Names what is missing when it cannot be installed from here.
pub(crate) fn install(needs: Needs) -> Result<(), XtaskError> {
    if !cfg!(target_os = "linux") {
        return elsewhere();
    }
    let missing: Vec<&Piece> = PIECES
        .iter()
        .filter(|piece| piece.needed_for <= needs && !(piece.present)())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|piece| piece.debian).collect();
    let what: Vec<&'static str> = missing.iter().map(|piece| piece.what).collect();
    let Some(manager) = Manager::find() else {
        return Err(XtaskError::Missing {
            what,
            todo: by_hand(&packages),
        });
    };
    println!("Installing {} ({}).", what.join(", "), packages.join(" "));
    run(manager.apt_get().args(["update", "-qq"]))?;
    run(manager
        .apt_get()
        .args(["install", "-y", "-qq", "--no-install-recommends"])
        .args(&packages))
}

/// How apt may be used here.
enum Manager {
    Root,
    Sudo,
}

impl Manager {
    /// Finds apt and the right to use it. `sudo` may ask for a password only where someone can answer.
    fn find() -> Option<Self> {
        let is_root = || {
            let id = Command::new("id").arg("-u").output();
            id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
        };
        let sudo = || {
            on_path("sudo")
                && (stdin().is_terminal() || quietly(Command::new("sudo").args(["-n", "true"])))
        };
        match () {
            () if !on_path("apt-get") => None,
            () if is_root() => Some(Self::Root),
            () if sudo() => Some(Self::Sudo),
            () => None,
        }
    }

    fn apt_get(&self) -> Command {
        match self {
            Self::Root => {
                let mut command = Command::new("apt-get");
                command.env("DEBIAN_FRONTEND", "noninteractive");
                command
            }
            Self::Sudo => {
                let mut command = Command::new("sudo");
                command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
                command
            }
        }
    }
}

fn by_hand(packages: &[&str]) -> String {
    if on_path("apt-get") {
        format!("As root: apt-get install {}", packages.join(" "))
    } else {
        format!(
            "Install them with your system's package manager (on Debian they are called {}), then try again.",
            packages.join(", ")
        )
    }
}

/// macOS and Windows bring the web view; only the compiler may be missing.
fn elsewhere() -> Result<(), XtaskError> {
    if cfg!(target_os = "macos") && !quietly(Command::new("xcode-select").arg("-p")) {
        return Err(XtaskError::Missing {
            what: vec!["Apple's command line tools"],
            todo: "Run: xcode-select --install".to_owned(),
        });
    }
    Ok(())
}

/// Whether a program runs and succeeds; what it prints is not shown.
fn quietly(command: &mut Command) -> bool {
    let command = command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bigger_task_needs_all_that_a_smaller_one_needs() {
        let count = |needs| {
            PIECES
                .iter()
                .filter(|piece| piece.needed_for <= needs)
                .count()
        };
        assert!(count(Needs::Programs) < count(Needs::Window));
        assert!(count(Needs::Window) < count(Needs::Tests));
        assert_eq!(count(Needs::Tests), PIECES.len());
    }

    #[test]
    fn what_is_missing_is_told_with_what_to_do() {
        let error = XtaskError::Missing {
            what: vec!["Xvfb"],
            todo: by_hand(&["xvfb"]),
        };
        assert_eq!(error.to_string(), "This computer lacks: Xvfb.");
        assert!(error.todo().contains("xvfb"));
    }
}
