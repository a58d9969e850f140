//! What the person set, kept in the vault; how the window looks is the window's own business.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Language, Nothing};
use crate::{App, Code, CommandError, desk::Desk};

/// The record in the vault.
const KIND: &str = "setting";
const KEY: &str = "app";

/// The person's settings and what they are about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Settings {
    /// Minutes until the wallet locks by itself.
    pub lock_after_minutes: u32,
    /// Signing asks for the passphrase, or for the person to show the device that they are there.
    pub ask_to_sign: bool,
    /// Notices are shown while the window is not looked at.
    pub notify: bool,
    /// The language of notices.
    pub language: Language,
    /// Unlocking with this device.
    pub device_unlock: DeviceUnlock,
    /// The verifier in use.
    pub verifier: Option<String>,
    /// Where the vault is.
    pub vault: String,
    /// Where files for the person are written.
    pub papers: String,
    /// The program's version.
    pub version: &'static str,
}

/// Unlocking with this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DeviceUnlock {
    /// The device has a keychain.
    pub available: bool,
    /// It unlocks this wallet.
    pub on: bool,
    /// It asks the person to show that they are there, so that it can sign too.
    pub can_sign: bool,
}

/// What the person changes. What is left out stays.
#[derive(Clone, Copy, Debug, Default, Deserialize, TS)]
#[serde(default)]
pub struct ChangeSettings {
    /// Minutes until the wallet locks by itself, from 1 to 60.
    #[ts(optional)]
    pub lock_after_minutes: Option<u32>,
    /// Signing asks for the passphrase.
    #[ts(optional)]
    pub ask_to_sign: Option<bool>,
    /// Notices are shown.
    #[ts(optional)]
    pub notify: Option<bool>,
    /// The language of notices.
    #[ts(optional)]
    pub language: Option<Language>,
}

/// Names the verifier.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct NameVerifier {
    /// Its address.
    pub url: String,
}

/// The settings as they are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Kept {
    pub(crate) lock_after_minutes: u32,
    pub(crate) ask_to_sign: bool,
    pub(crate) notify: bool,
    pub(crate) language: Language,
}

impl Default for Kept {
    fn default() -> Self {
        Kept {
            lock_after_minutes: App::LOCK_AFTER_MINUTES,
            ask_to_sign: false,
            notify: true,
            language: Language::En,
        }
    }
}

impl App {
    /// The person's settings.
    ///
    /// # Errors
    /// `locked`, and what the vault says.
    pub async fn settings(&self, _: Nothing) -> Result<Settings, CommandError> {
        self.told_settings(&mut *self.desk().await)
    }

    /// Changes them.
    ///
    /// # Errors
    /// `not_understood`, `locked`, and what the vault says.
    pub async fn settings_set(&self, ask: ChangeSettings) -> Result<Settings, CommandError> {
        let mut desk = self.desk().await;
        let before = desk.kept_settings()?;
        let kept = Kept {
            lock_after_minutes: ask.lock_after_minutes.unwrap_or(before.lock_after_minutes),
            ask_to_sign: ask.ask_to_sign.unwrap_or(before.ask_to_sign),
            notify: ask.notify.unwrap_or(before.notify),
            language: ask.language.unwrap_or(before.language),
        };
        if !(1..=60).contains(&kept.lock_after_minutes) {
            return Err(Code::NotUnderstood.at("lock_after_minutes"));
        }
        let text = serde_json::to_vec(&kept).map_err(|_| CommandError::from(Code::Unknown))?;
        desk.wallet()?.vault_mut().put(KIND, KEY, &text)?;
        self.lock_after(kept.lock_after_minutes);
        self.told_settings(&mut desk)
    }

    pub(crate) fn told_settings(&self, desk: &mut Desk) -> Result<Settings, CommandError> {
        let (kept, keychain) = (desk.kept_settings()?, self.keychain.as_ref());
        Ok(Settings {
            lock_after_minutes: kept.lock_after_minutes,
            ask_to_sign: kept.ask_to_sign,
            notify: kept.notify,
            language: kept.language,
            device_unlock: DeviceUnlock {
                available: keychain.is_some_and(|keychain| keychain.is_there()),
                on: self.door().device().is_some(),
                can_sign: keychain.is_some_and(|keychain| keychain.asks_the_person()),
            },
            verifier: desk.wallet()?.verifier()?.map(|verifier| verifier.url),
            vault: self.place()?.display().to_string(),
            papers: self.papers()?.display().to_string(),
            version: env!("CARGO_PKG_VERSION"),
        })
    }
}

impl Desk {
    /// The settings of the vault that is unlocked; what was never set is as usual.
    pub(crate) fn kept_settings(&mut self) -> Result<Kept, CommandError> {
        let kept = self.wallet()?.vault().read(KIND, KEY)?;
        let kept = kept.and_then(|bytes| serde_json::from_slice::<Kept>(&bytes).ok());
        let kept = kept.unwrap_or_default();
        Ok(Kept {
            lock_after_minutes: kept.lock_after_minutes.clamp(1, 60),
            ..kept
        })
    }
}
