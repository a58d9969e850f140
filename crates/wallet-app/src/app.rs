//! The app between two commands: where its files are, who may be at the door, and the desk on which an
//! unlocked wallet lies. It decides when to lock by itself; who waits for the desk is in `talk.rs`.

use std::{
    path::{Path, PathBuf},
    pin::pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::{self, Notify},
    time::timeout,
};
use wallet::Device as _;

use crate::{Chooser, Code, CommandError, Keychain, SystemDevice, desk::Desk, door::Door, place};

/// The state behind the window. Commands may run at the same time.
pub struct App {
    places: Places,
    desk: sync::Mutex<Desk>,
    /// Somebody waits for the desk while there is a conversation with the verifier at it.
    pub(crate) knock: Notify,
    /// One conversation with the verifier at a time.
    pub(crate) turn: sync::Mutex<()>,
    door: Mutex<Door>,
    links: Mutex<Vec<String>>,
    unlocked: Arc<AtomicBool>,
    used_at: AtomicI64,
    seen_at: AtomicI64,
    lock_after: AtomicU32,
    pub(crate) keychain: Option<Arc<dyn Keychain>>,
    pub(crate) chooser: Option<Arc<dyn Chooser>>,
    pub(crate) costs: vault::Argon2Params,
}

/// What the app is told about the machine it runs on. What is not told is in its usual place.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The vault's file.
    pub vault: Option<PathBuf>,
    /// The folder that files for the person are written to.
    pub papers: Option<PathBuf>,
    /// The verifier to suggest on first use.
    pub verifier: Option<String>,
}

/// For this long a command waits until a conversation with the verifier leaves the desk by itself.
const PATIENCE: Duration = Duration::from_millis(150);

/// A longer pause than this between two calls of [`App::lock_if_idle`] means that the machine slept.
const NAP_SECONDS: i64 = 30;

impl App {
    /// Minutes without a touch after which the wallet locks, unless the person says otherwise.
    pub const LOCK_AFTER_MINUTES: u32 = 5;

    /// An app over these places; nothing is opened yet.
    #[must_use]
    pub fn new(places: Places) -> Self {
        let places = Places {
            vault: places.vault.or_else(place::default_vault),
            papers: places.papers.or_else(place::default_papers),
            ..places
        };
        let unlocked = Arc::new(AtomicBool::new(false));
        App {
            door: Mutex::new(Door::at(places.vault.as_deref())),
            desk: sync::Mutex::new(Desk::new(unlocked.clone())),
            places,
            unlocked,
            knock: Notify::new(),
            turn: sync::Mutex::new(()),
            links: Mutex::default(),
            used_at: AtomicI64::new(now()),
            seen_at: AtomicI64::new(now()),
            lock_after: AtomicU32::new(Self::LOCK_AFTER_MINUTES),
            keychain: None,
            chooser: None,
            costs: vault::Argon2Params::DEFAULT,
        }
    }

    /// The same app, which may keep a secret in the device's keychain.
    #[must_use]
    pub fn with_keychain(self, keychain: impl Keychain + 'static) -> Self {
        App {
            keychain: Some(Arc::new(keychain)),
            ..self
        }
    }

    /// The same app, which may ask the person where a file goes.
    #[must_use]
    pub fn with_chooser(self, chooser: impl Chooser + 'static) -> Self {
        App {
            chooser: Some(Arc::new(chooser)),
            ..self
        }
    }

    /// A link that the person opened outside the window; it waits until the wallet is unlocked.
    pub fn open_link(&self, link: String) {
        held(&self.links).push(link);
    }

    /// Forgets the keys and what was reviewed, at once. What waits to be sent stays in the vault.
    pub async fn close(&self) {
        self.desk_at_once().await.close();
    }

    /// Locks where nobody used the app for the time that the person chose, and where the machine slept.
    /// Call it every few seconds; answers whether it locked.
    pub async fn lock_if_idle(&self) -> bool {
        let now = now();
        let nap = now - self.seen_at.swap(now, Ordering::Relaxed);
        let idle = now - self.used_at.load(Ordering::Relaxed);
        let longest = i64::from(self.lock_after.load(Ordering::Relaxed)) * 60;
        // A clock that was set back counts as a long time: a machine that slept may wake with one.
        let stays = (0..longest).contains(&idle) && (0..NAP_SECONDS).contains(&nap);
        if stays || !self.is_unlocked() {
            return false;
        }
        self.close().await;
        true
    }

    /// Whether the wallet is unlocked.
    #[must_use]
    pub fn is_unlocked(&self) -> bool {
        self.unlocked.load(Ordering::Acquire)
    }

    /// The desk, for as long as the guard lives. A conversation that is at it goes on later.
    pub(crate) async fn desk(&self) -> sync::MutexGuard<'_, Desk> {
        let mut desk = pin!(self.desk.lock());
        if let Ok(desk) = timeout(PATIENCE, desk.as_mut()).await {
            return desk;
        }
        self.knock.notify_one();
        desk.await
    }

    /// The desk, without patience.
    pub(crate) async fn desk_at_once(&self) -> sync::MutexGuard<'_, Desk> {
        if let Ok(desk) = self.desk.try_lock() {
            return desk;
        }
        self.knock.notify_one();
        self.desk.lock().await
    }

    /// The desk, for a conversation: it waits for everybody else.
    pub(crate) async fn desk_in_turn(&self) -> sync::MutexGuard<'_, Desk> {
        self.desk.lock().await
    }

    /// Somebody is there.
    pub(crate) fn used(&self) {
        self.used_at.store(now(), Ordering::Relaxed);
    }

    pub(crate) fn lock_after(&self, minutes: u32) {
        self.lock_after.store(minutes, Ordering::Relaxed);
    }

    pub(crate) fn door(&self) -> MutexGuard<'_, Door> {
        held(&self.door)
    }

    /// Where the vault is or will be.
    pub(crate) fn place(&self) -> Result<&Path, CommandError> {
        self.places.vault.as_deref().ok_or(Code::NoPlace.into())
    }

    /// Where files for the person are written.
    pub(crate) fn papers(&self) -> Result<&Path, CommandError> {
        self.places.papers.as_deref().ok_or(Code::NoPlace.into())
    }

    pub(crate) fn suggested_verifier(&self) -> Option<&str> {
        self.places.verifier.as_deref()
    }

    pub(crate) fn links(&self) -> MutexGuard<'_, Vec<String>> {
        held(&self.links)
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App")
            .field("places", &self.places)
            .field("unlocked", &self.is_unlocked())
            .finish_non_exhaustive()
    }
}

/// Nothing that is kept under these locks can be left half done.
fn held<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn now() -> i64 {
    SystemDevice.now().as_i64()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::unlocked;

    #[tokio::test]
    async fn it_locks_when_nobody_was_there_and_when_the_clock_went_back() {
        for away in [5 * 60, -60] {
            let (_folder, app) = unlocked().await;
            assert!(!app.lock_if_idle().await);
            app.used_at.store(now() - away, Ordering::Relaxed);
            assert!(app.lock_if_idle().await);
            assert!(!app.is_unlocked());
        }
    }

    #[tokio::test]
    async fn it_locks_when_the_machine_slept() {
        let (_folder, app) = unlocked().await;
        app.seen_at.store(now() - 40, Ordering::Relaxed);
        assert!(app.lock_if_idle().await);
    }
}
