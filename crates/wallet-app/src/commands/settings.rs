//! What the person set, kept in the vault; how the window looks is the window's own business.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Nothing;
use crate::{App, Code, CommandError};

/// The record in the vault.
const KIND: &str = "setting";
const KEY: &str = "app";

/// The person's settings and what they are about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Settings {
    /// Minutes until the wallet locks by itself.
    pub lock_after_minutes: u32,
    /// The verifier in use.
    pub verifier: Option<String>,
    /// Where the vault is.
    pub vault: String,
    /// Where files for the person are written.
    pub papers: String,
    /// The program's version.
    pub version: &'static str,
}

/// What the person changes.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct ChangeSettings {
    /// Minutes until the wallet locks by itself, from 1 to 60.
    pub lock_after_minutes: u32,
}

/// Names the verifier.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct NameVerifier {
    /// Its address.
    pub url: String,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    lock_after_minutes: u32,
}

impl App {
    /// The person's settings.
    ///
    /// # Errors
    /// `locked`, and what the vault says.
    pub async fn settings(&mut self, _: Nothing) -> Result<Settings, CommandError> {
        self.told_settings()
    }

    /// Changes them.
    ///
    /// # Errors
    /// `not_understood`, `locked`, and what the vault says.
    pub async fn settings_set(&mut self, ask: ChangeSettings) -> Result<Settings, CommandError> {
        let minutes = ask.lock_after_minutes;
        if !(1..=60).contains(&minutes) {
            return Err(Code::NotUnderstood.at("lock_after_minutes"));
        }
        let kept = serde_json::to_vec(&Kept {
            lock_after_minutes: minutes,
        })
        .map_err(|_| CommandError::from(Code::Unknown))?;
        self.wallet()?.vault_mut().put(KIND, KEY, &kept)?;
        self.lock_after(minutes);
        self.told_settings()
    }

    /// Goes by what is kept in the vault that was just unlocked.
    pub(crate) fn apply_settings(&mut self) -> Result<(), CommandError> {
        let minutes = self.kept_minutes()?;
        self.lock_after(minutes);
        Ok(())
    }

    fn kept_minutes(&mut self) -> Result<u32, CommandError> {
        let kept = self.wallet()?.vault().read(KIND, KEY)?;
        let kept = kept.and_then(|bytes| serde_json::from_slice::<Kept>(&bytes).ok());
        Ok(kept.map_or(Self::LOCK_AFTER_MINUTES, |kept| {
            kept.lock_after_minutes.clamp(1, 60)
        }))
    }

    fn told_settings(&mut self) -> Result<Settings, CommandError> {
        Ok(Settings {
            lock_after_minutes: self.kept_minutes()?,
            verifier: self.wallet()?.verifier()?.map(|verifier| verifier.url),
            vault: self.place()?.display().to_string(),
            papers: self.papers()?.display().to_string(),
            version: env!("CARGO_PKG_VERSION"),
        })
    }
}
