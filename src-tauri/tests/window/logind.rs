//! A logind that sleeps when a test says so, on a bus of its own.

use std::io::{BufRead as _, BufReader, ErrorKind, Read as _};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use zbus::blocking::{Connection, connection::Builder};
use zbus::{fdo, interface, zvariant};

const PATIENCE: Duration = Duration::from_secs(60);
const PATH: &str = "/org/freedesktop/login1";
const INTERFACE: &str = "org.freedesktop.login1.Manager";

/// What it answers who wants a sleep put off.
#[derive(Clone, Copy)]
pub(crate) enum Gives {
    Delays,
    Nothing,
}

/// What it tells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sleep {
    Begins,
    IsOver,
}

/// The bus, and logind on it.
pub(crate) struct Logind {
    daemon: Child,
    address: String,
    connection: Connection,
    asked: Receiver<Option<Delay>>,
}

/// logind's end of a lock.
pub(crate) struct Delay(UnixStream);

impl Logind {
    /// Nothing where `dbus-daemon` is not installed.
    pub(crate) fn start(gives: Gives) -> Option<Self> {
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut address = String::new();
        let output = daemon.stdout.take().expect("stdout is a pipe");
        BufReader::new(output)
            .read_line(&mut address)
            .expect("dbus-daemon says where it listens");
        let address = address.trim().to_owned();
        let (ask, asked) = channel();
        let connection = Builder::address(address.as_str())
            .and_then(|bus| bus.name("org.freedesktop.login1"))
            .and_then(|bus| bus.serve_at(PATH, Manager { gives, ask }))
            .and_then(Builder::build)
            .expect("the bus takes logind");
        Some(Logind {
            daemon,
            address,
            connection,
            asked,
        })
    }

    /// Where the bus listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Another connection to the bus.
    pub(crate) fn bus(&self) -> Connection {
        let bus = Builder::address(self.address()).and_then(Builder::build);
        bus.expect("the bus takes a guest")
    }

    /// The lock that somebody asked for, once they did; nothing where they were refused.
    pub(crate) fn asked(&self) -> Option<Delay> {
        self.asked
            .recv_timeout(PATIENCE)
            .expect("somebody asks for a lock")
    }

    pub(crate) fn tell(&self, sleep: Sleep) {
        let begins = (sleep == Sleep::Begins,);
        self.connection
            .emit_signal(None::<&str>, PATH, INTERFACE, "PrepareForSleep", &begins)
            .expect("the bus takes the signal");
    }
}

impl Drop for Logind {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

impl Delay {
    pub(crate) fn is_held(&self) -> bool {
        self.0.set_nonblocking(true).expect("a socket");
        let read = (&self.0).read(&mut [0]);
        self.0.set_nonblocking(false).expect("a socket");
        read.is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
    }

    /// Returns once nobody holds it any more.
    pub(crate) fn until_released(&self) {
        self.0.set_read_timeout(Some(PATIENCE)).expect("a socket");
        let read = (&self.0).read(&mut [0]);
        assert_eq!(read.ok(), Some(0), "the lock is not released");
    }
}

/// The part of logind that the wallet talks to.
struct Manager {
    gives: Gives,
    ask: Sender<Option<Delay>>,
}

#[interface(name = "org.freedesktop.login1.Manager")]
impl Manager {
    fn inhibit(
        &self,
        what: &str,
        who: &str,
        why: &str,
        mode: &str,
    ) -> fdo::Result<zvariant::OwnedFd> {
        if (what, mode) != ("sleep", "delay") || who.is_empty() || why.is_empty() {
            return Err(fdo::Error::InvalidArgs(
                "a delay of a sleep is asked for".into(),
            ));
        }
        let (given, kept) = UnixStream::pair().expect("two sockets");
        let refused = matches!(self.gives, Gives::Nothing);
        let _ = self.ask.send((!refused).then_some(Delay(kept)));
        if refused {
            return Err(fdo::Error::AccessDenied("not now".into()));
        }
        Ok(OwnedFd::from(given).into())
    }
}
