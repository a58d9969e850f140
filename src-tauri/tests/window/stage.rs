//! The processes a window needs to be tested: a display, a bus, a driver. All end with the test.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::driver::Window;

/// How long a process may take to be ready, on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    Light,
    Dark,
}

/// A display with a driver on it, and an empty home.
pub(crate) struct Stage {
    program: PathBuf,
    port: u16,
    home: TempDir,
    // Ended in this order.
    _driver: Running,
    _bus: Running,
    _display: Running,
}

/// A process that is killed when it is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Stage {
    /// Starts everything; the error names the program that is missing.
    pub(crate) fn set(
        program: &Path,
        theme: Theme,
        environment: &[(&str, &str)],
    ) -> Result<Self, &'static str> {
        let home = tempfile::tempdir().expect("a temporary folder");
        let (display, number) = start(
            "Xvfb",
            &[
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1280x1024x24",
                "-nolisten",
                "tcp",
            ],
        )?;
        let (bus, address) = start(
            "dbus-daemon",
            &["--session", "--nofork", "--print-address=1"],
        )?;
        let port = free_port();
        let driver = Command::new("WebKitWebDriver")
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .envs([
                ("DISPLAY", format!(":{number}")),
                ("DBUS_SESSION_BUS_ADDRESS", address),
            ])
            .envs([("TAURI_WEBVIEW_AUTOMATION", "true"), ("LC_ALL", "C.UTF-8")])
            .envs([
                ("GDK_BACKEND", "x11"),
                ("NO_AT_BRIDGE", "1"),
                ("GSK_RENDERER", "cairo"),
            ])
            .env("GTK_THEME", theme.gtk())
            .envs(["DATA", "CONFIG", "CACHE", "STATE"].map(|kind| {
                (
                    format!("XDG_{kind}_HOME"),
                    home.path().join(kind.to_lowercase()),
                )
            }))
            .env("HOME", home.path())
            .envs(environment.iter().copied())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map(Running)
            .map_err(|_| "WebKitWebDriver")?;
        wait_for(port);
        Ok(Self {
            program: program.into(),
            port,
            home,
            _driver: driver,
            _bus: bus,
            _display: display,
        })
    }

    pub(crate) fn open_window(&self, words: &[&str]) -> Window {
        Window::open(self.port, &self.program, words)
    }

    pub(crate) fn data_folder(&self) -> PathBuf {
        self.home.path().join("data")
    }
}

impl Theme {
    fn gtk(self) -> &'static str {
        match self {
            Self::Light => "Adwaita",
            Self::Dark => "Adwaita:dark",
        }
    }
}

/// Starts a process that prints one line when it is ready, and returns that line.
fn start(program: &'static str, arguments: &[&str]) -> Result<(Running, String), &'static str> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map(Running)
        .map_err(|_| program)?;
    let mut line = String::new();
    BufReader::new(child.0.stdout.take().expect("stdout is a pipe"))
        .read_line(&mut line)
        .expect("the first line can be read");
    assert!(!line.is_empty(), "{program} ended before it was ready");
    Ok((child, line.trim().to_owned()))
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("a bound address").port()
}

/// Returns when something listens on the port.
fn wait_for(port: u16) {
    let start = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        assert!(
            start.elapsed() < PATIENCE,
            "WebKitWebDriver does not listen"
        );
        std::thread::park_timeout(Duration::from_millis(20));
    }
}
