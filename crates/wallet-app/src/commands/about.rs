//! What is known before anything is unlocked, and what the first page shows once it is.

use serde::Serialize;
use ts_rs::TS;
use wallet::{Grant, State};

use super::{Nothing, sync};
use crate::{App, CommandError, app, desk::Desk};

/// What is known before anything is unlocked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct About {
    /// The program's version.
    pub version: &'static str,
    /// Where the vault is or will be.
    pub vault: String,
    /// Where files for the person are written.
    pub papers: String,
    /// Whether there is a vault.
    pub exists: bool,
    /// Whether it is unlocked.
    pub unlocked: bool,
    /// Seconds until the next passphrase may be tried.
    pub wait_seconds: u32,
    /// Whether this device can unlock it without the passphrase.
    pub device_unlock: bool,
    /// Whether the person can be asked where a file goes.
    pub can_choose: bool,
    /// How many links wait to be looked at.
    pub links: usize,
    /// The verifier to suggest on first use.
    pub suggested_verifier: Option<String>,
}

/// What the first page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Overview {
    /// How many items of data are written down.
    pub items: usize,
    /// How many consents are in force.
    pub in_force: usize,
    /// How many are paused.
    pub paused: usize,
    /// How many end within 30 days.
    pub ending: usize,
    /// How many decisions wait to be sent.
    pub waiting: usize,
    /// How many looks were not shown yet.
    pub looks: usize,
    /// How many of these were openings in an emergency.
    pub openings: usize,
    /// How many things agencies should have done by now.
    pub overdue: usize,
    /// How many findings against the verifier were not read yet.
    pub findings: usize,
    /// Agencies whose new encryption key the person was not told of yet, the oldest first.
    pub key_changes: Vec<KeyChanged>,
    /// The verifier in use.
    pub verifier: Option<String>,
    /// When the list of agencies was fetched last, in seconds.
    pub fetched_at: Option<i64>,
}

/// An agency that receives under another encryption key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct KeyChanged {
    /// Its name.
    pub agency: String,
    /// Where a person can ask it.
    pub contact: Option<String>,
    /// When the wallet found it, in seconds.
    pub at: i64,
}

/// A consent ends soon within this many seconds.
pub(super) const SOON_SECONDS: i64 = 30 * 86_400;

impl App {
    /// What is known before anything is unlocked. It does not count as use, and never waits.
    ///
    /// # Errors
    /// `no_place`.
    pub async fn about(&self, _: Nothing) -> Result<About, CommandError> {
        let place = self.place()?;
        let door = self.door();
        Ok(About {
            version: env!("CARGO_PKG_VERSION"),
            vault: place.display().to_string(),
            papers: self.papers()?.display().to_string(),
            exists: place.exists(),
            unlocked: self.is_unlocked(),
            wait_seconds: door.wait(app::now()),
            device_unlock: self.keychain.is_some() && door.device().is_some(),
            can_choose: self.chooser.is_some(),
            suggested_verifier: self.suggested_verifier().map(str::to_owned),
            links: self.links().len(),
        })
    }

    /// What the first page shows.
    ///
    /// # Errors
    /// `locked`, and what the vault says.
    pub async fn overview(&self, _: Nothing) -> Result<Overview, CommandError> {
        self.desk().await.glance()
    }
}

fn key_changes(changes: Vec<wallet::KeyChange>) -> Vec<KeyChanged> {
    let changed = |change: wallet::KeyChange| KeyChanged {
        agency: change.name,
        contact: change.contact,
        at: change.at.as_i64(),
    };
    changes.into_iter().map(changed).collect()
}

impl Desk {
    pub(crate) fn glance(&mut self) -> Result<Overview, CommandError> {
        let wallet = self.wallet()?;
        let (now, grants) = (wallet.now(), wallet.grants()?);
        let count =
            |fits: &dyn Fn(&Grant) -> bool| grants.iter().filter(|grant| fits(grant)).count();
        let is = |grant: &Grant, state| grant.state(now) == state;
        let looks = wallet.new_looks()?;
        let opening = |look: &&wallet::Looked| look.kind == wallet::LookKind::Opening;
        Ok(Overview {
            items: wallet.profile()?.len(),
            in_force: count(&|grant| is(grant, State::Valid)),
            paused: count(&|grant| is(grant, State::Suspended)),
            ending: count(&|grant| {
                is(grant, State::Valid) && grant.ends_at.since(now) < SOON_SECONDS
            }),
            waiting: sync::waiting(&wallet.waiting()?).len(),
            openings: looks.iter().filter(opening).count(),
            looks: looks.len(),
            overdue: wallet.overdue()?.len(),
            findings: wallet.unseen_evidence()?.len(),
            key_changes: key_changes(wallet.new_key_changes()?),
            verifier: wallet.verifier()?.map(|verifier| verifier.url),
            fetched_at: wallet.registry_fetched_at()?.map(|at| at.as_i64()),
        })
    }
}
