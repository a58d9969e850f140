//! The app between two commands: where its files are, the wallet while it is unlocked, and what was
//! reviewed but not signed. It decides when to lock by itself and how long to wait after a wrong passphrase.

use std::path::{Path, PathBuf};

use protocol::HttpTransport;
use vault::Unlocked;
use wallet::{Device as _, Line, Review, Wallet};

use crate::{Code, CommandError, SystemDevice, place, tries::Tries};

/// The state behind the window.
#[derive(Debug)]
pub struct App {
    places: Places,
    wallet: Option<Wallet>,
    reviewed: Option<Reviewed>,
    reviews: u32,
    links: Vec<String>,
    used_at: i64,
    lock_after: i64,
    pub(crate) tries: Tries,
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

/// What the person read and has not signed yet.
#[derive(Debug)]
pub(crate) struct Reviewed {
    pub(crate) number: u32,
    pub(crate) review: Review,
}

impl App {
    /// Minutes without a touch after which the wallet locks, unless the person says otherwise.
    pub const LOCK_AFTER_MINUTES: u32 = 5;

    /// An app over these places; nothing is opened yet.
    #[must_use]
    pub fn new(places: Places) -> Self {
        App {
            places: Places {
                vault: places.vault.or_else(place::default_vault),
                papers: places.papers.or_else(place::default_papers),
                ..places
            },
            wallet: None,
            reviewed: None,
            reviews: 0,
            links: Vec::new(),
            used_at: now(),
            lock_after: i64::from(Self::LOCK_AFTER_MINUTES) * 60,
            tries: Tries::default(),
            costs: vault::Argon2Params::DEFAULT,
        }
    }

    /// A link that the person opened outside the window; it waits until the wallet is unlocked.
    pub fn open_link(&mut self, link: String) {
        self.links.push(link);
    }

    /// Forgets the keys and what was reviewed. What waits to be sent stays in the vault.
    pub fn close(&mut self) {
        (self.wallet, self.reviewed) = (None, None);
    }

    /// Locks where nobody used the app for the time that the person chose. Call it every few seconds.
    pub fn lock_if_idle(&mut self) {
        // A clock that was set back counts as a long time: a machine that slept may wake with one.
        let idle = now() - self.used_at;
        if self.wallet.is_some() && !(0..self.lock_after).contains(&idle) {
            self.close();
        }
    }

    /// Whether the wallet is unlocked.
    #[must_use]
    pub const fn is_unlocked(&self) -> bool {
        self.wallet.is_some()
    }

    /// The wallet, if it is unlocked. What the window asks by itself is no use of it; a touch is.
    pub(crate) fn wallet(&mut self) -> Result<&mut Wallet, CommandError> {
        self.wallet.as_mut().ok_or(Code::Locked.into())
    }

    /// Somebody is there.
    pub(crate) fn used(&mut self) {
        self.used_at = now();
    }

    pub(crate) fn take_in(&mut self, vault: Unlocked) -> &mut Wallet {
        self.used();
        self.wallet
            .insert(Wallet::new(vault, Box::new(SystemDevice)))
    }

    pub(crate) fn take_out(&mut self) -> Result<Wallet, CommandError> {
        self.reviewed = None;
        self.wallet.take().ok_or(Code::Locked.into())
    }

    pub(crate) const fn lock_after(&mut self, minutes: u32) {
        self.lock_after = minutes as i64 * 60;
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

    pub(crate) const fn links(&mut self) -> &mut Vec<String> {
        &mut self.links
    }

    /// Keeps what is being read, under a number that the signature has to name.
    pub(crate) fn keep_review(&mut self, review: Review) -> u32 {
        self.reviews += 1;
        self.reviewed = Some(Reviewed {
            number: self.reviews,
            review,
        });
        self.reviews
    }

    /// What was read under this number; it can be signed once.
    pub(crate) fn reviewed(&mut self, number: u32) -> Result<Review, CommandError> {
        match &self.reviewed {
            Some(kept) if kept.number == number => Ok(kept.review.clone()),
            _ => Err(Code::NotReviewed.into()),
        }
    }

    pub(crate) fn forget_review(&mut self) {
        self.reviewed = None;
    }

    /// The way to the verifier that was used before.
    pub(crate) fn line(&mut self) -> Result<Line<HttpTransport>, CommandError> {
        let url = self.wallet()?.pinned()?.url;
        line_to(&url)
    }
}

/// The way to the verifier at `url`.
pub(crate) fn line_to(url: &str) -> Result<Line<HttpTransport>, CommandError> {
    let transport = HttpTransport::new().map_err(|_| CommandError::from(Code::Unreachable))?;
    Ok(Line::new(url, transport))
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
        let (_folder, mut app) = unlocked().await;
        app.lock_if_idle();
        assert!(app.is_unlocked());
        app.used_at = now() - 5 * 60;
        app.lock_if_idle();
        assert!(!app.is_unlocked());

        let (_folder, mut app) = unlocked().await;
        app.used_at = now() + 60;
        app.lock_if_idle();
        assert!(!app.is_unlocked());
    }

    #[tokio::test]
    async fn a_review_is_signed_under_its_own_number_only() {
        let (_folder, mut app) = unlocked().await;
        assert_eq!(app.reviewed(1).unwrap_err(), Code::NotReviewed.into());
    }
}
