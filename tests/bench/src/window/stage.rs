//! A display, a bus, a home with a locked wallet in it, and a driver where somebody has to act.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Instant,
};

use vault::{Argon2Params, Passphrase, Unlocked, Vault};

use crate::{Failure, machine::Place};

use super::{
    driver::Window,
    screen::{Screen, patient},
};

/// As large as the window wants to be.
const SIZE: &str = "1180x820x24";
/// Of every wallet here.
pub(crate) const PASSPHRASE: &str = "a quiet river in the morning";

/// Where the program is started.
pub(crate) struct Stage {
    program: PathBuf,
    home: PathBuf,
    display: String,
    address: String,
    screen: Screen,
    // Ended in this order.
    _bus: Running,
    _display: Running,
}

/// The program, until it is dropped.
pub(crate) struct App<'a> {
    program: Running,
    started: Instant,
    screen: &'a Screen,
}

/// The program with somebody who acts in it, until it is dropped.
pub(crate) struct Driven {
    // Ended in this order.
    window: Window,
    _driver: Running,
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Stage {
    /// Starts display and bus; the error says what is missing.
    pub(crate) fn set(program: PathBuf, place: &Place) -> Result<Self, Failure> {
        let home = place.subfolder("home")?;
        let frames = place.subfolder("frames")?;
        drop(lay_wallet(&home)?);
        let (xvfb, number) = start(
            Command::new("Xvfb")
                .args([
                    "-displayfd",
                    "1",
                    "-screen",
                    "0",
                    SIZE,
                    "-nolisten",
                    "tcp",
                    "-fbdir",
                ])
                .arg(&frames),
        )?;
        let (bus, address) = start(Command::new("dbus-daemon").args([
            "--session",
            "--nofork",
            "--print-address=1",
        ]))?;
        Ok(Self {
            program,
            home,
            display: format!(":{number}"),
            address,
            screen: Screen::of(&frames)?,
            _bus: bus,
            _display: xvfb,
        })
    }

    pub(crate) const fn screen(&self) -> &Screen {
        &self.screen
    }

    /// Starts the program as a desktop does.
    pub(crate) fn open(&self) -> Result<App<'_>, Failure> {
        let mut program = Command::new(&self.program);
        self.furnish(&mut program, &self.home);
        let started = Instant::now();
        let program = Running(program.spawn()?);
        Ok(App {
            program,
            started,
            screen: &self.screen,
        })
    }

    /// Starts the program in another home, through a driver.
    pub(crate) fn drive(&self, home: &Path) -> Result<Driven, Failure> {
        let port = free_port()?;
        let mut driver = Command::new("WebKitWebDriver");
        driver
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .env("TAURI_WEBVIEW_AUTOMATION", "true");
        self.furnish(&mut driver, home);
        let started = driver.spawn();
        let driver = Running(started.map_err(|_| "WebKitWebDriver is not installed")?);
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            patient(start, "WebKitWebDriver does not listen")?;
        }
        Ok(Driven {
            window: Window::open(port, &self.program.canonicalize()?)?,
            _driver: driver,
        })
    }

    /// What a program finds on this stage.
    fn furnish(&self, program: &mut Command, home: &Path) {
        program
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .envs([
                ("GDK_BACKEND", "x11"),
                ("NO_AT_BRIDGE", "1"),
                ("LC_ALL", "C.UTF-8"),
                // There is no graphics device here, and one made of software is no desk's.
                ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
            ])
            .env("HOME", home)
            .envs(
                ["DATA", "CONFIG", "CACHE", "STATE"]
                    .map(|kind| (format!("XDG_{kind}_HOME"), home.join(kind.to_lowercase()))),
            )
            .stdout(Stdio::null())
            .stderr(Stdio::null());
    }
}

impl App<'_> {
    pub(crate) const fn started(&self) -> Instant {
        self.started
    }

    pub(crate) fn id(&self) -> u32 {
        self.program.0.id()
    }
}

impl Drop for App<'_> {
    /// The next one must not be taken for a second start of this one.
    fn drop(&mut self) {
        let _ = self.program.0.kill();
        let _ = self.program.0.wait();
        let _ = self.screen.until_empty();
    }
}

impl Driven {
    pub(crate) const fn window(&self) -> &Window {
        &self.window
    }
}

/// A vault in the usual place: the first page asks for its passphrase.
pub(crate) fn lay_wallet(home: &Path) -> Result<Unlocked, Failure> {
    let folder = home.join("data").join("assent");
    fs::create_dir_all(&folder)?;
    let passphrase = Passphrase::new(PASSPHRASE)?;
    let place = folder.join("wallet.vault");
    let (unlocked, _phrase) = Vault::create(place, &passphrase, Argon2Params::MINIMUM)?;
    Ok(unlocked)
}

fn free_port() -> Result<u16, Failure> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}

/// Starts a program that prints one line when it is ready, and returns that line.
fn start(command: &mut Command) -> Result<(Running, String), Failure> {
    let name = command.get_program().to_string_lossy().into_owned();
    let started = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut running = Running(started.map_err(|_| format!("{name} is not installed"))?);
    let mut line = String::new();
    if let Some(output) = running.0.stdout.take() {
        BufReader::new(output).read_line(&mut line)?;
    }
    let line = line.trim().to_owned();
    if line.is_empty() {
        return Err(format!("{name} does not start").into());
    }
    Ok((running, line))
}
