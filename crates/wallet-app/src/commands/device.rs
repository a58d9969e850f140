//! Unlocking with this device: a random secret in the device's keychain opens a slot of the vault
//! (PROTOCOL section 11). The passphrase and the 24 words go on working.

use std::sync::Arc;

use ::vault::{DeviceKey, Vault};
use serde::Deserialize;
use ts_rs::TS;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{
    Nothing, Overview, Settings,
    vault::{aside, still_locked},
};
use crate::{App, Code, CommandError, Keychain, KeychainError};

/// Stops or lets this device unlock.
#[derive(Deserialize, Zeroize, ZeroizeOnDrop, TS)]
pub struct SetDeviceUnlock {
    /// Whether it may.
    pub on: bool,
    /// The passphrase; it is asked for before a new way in is made, and before one is closed.
    pub passphrase: String,
}

impl App {
    /// Unlocks the vault with the secret in the device's keychain.
    ///
    /// # Errors
    /// `keychain`, `device_refused`, `wrong_device`: then the passphrase is asked for; what the vault says.
    pub async fn unlock_with_device(&self, _: Nothing) -> Result<Overview, CommandError> {
        let key = self.device_key().await?;
        let mut desk = self.desk_at_once().await;
        desk.close();
        let locked = Vault::open(self.place()?)?;
        let opened = aside(move || locked.unlock_with_device_key(&key)).await?;
        let unlocked = opened.map_err(still_locked)?;
        self.door().was_right();
        self.open(&mut desk, unlocked)
    }

    /// Lets this device unlock from now on, or stops it.
    ///
    /// # Errors
    /// `wrong_passphrase`, `too_soon`, `keychain`; then it is as before.
    pub async fn device_unlock_set(&self, ask: SetDeviceUnlock) -> Result<Settings, CommandError> {
        let mut desk = self.desk().await;
        self.prove(&mut desk, &ask.passphrase, "passphrase")?;
        let vault = desk.wallet()?.vault_mut();
        let before = vault.device_slots();
        if ask.on {
            let mut secret = Zeroizing::new([0; 32]);
            getrandom::fill(&mut *secret).map_err(|_| CommandError::from(Code::Randomness))?;
            let name = self.place()?.display().to_string();
            let (kept, to_keep) = (name.clone(), secret.clone());
            self.ask_keychain(move |keychain| keychain.write(&kept, &*to_keep))
                .await?;
            vault.add_device_key(&DeviceKey::from_bytes(*secret))?;
            self.door().set_device(Some(name));
        } else {
            self.forget_device().await;
        }
        // What opened it before, on this device or another, opens it no longer.
        for slot in before {
            vault.remove_device_key(slot)?;
        }
        self.told_settings(&mut desk)
    }

    /// Whether the person showed the device that they are there.
    pub(crate) async fn prove_by_device(&self) -> Result<(), CommandError> {
        match &self.keychain {
            Some(keychain) if keychain.asks_the_person() => self.device_key().await.map(drop),
            _ => Err(Code::Keychain.into()),
        }
    }

    /// Nothing of this vault stays in the keychain, as far as it can be reached.
    pub(crate) async fn forget_device(&self) {
        let name = self.door().device().map(str::to_owned);
        if let Some(name) = name {
            // Without its slot the secret opens nothing.
            let _ = self
                .ask_keychain(move |keychain| keychain.remove(&name))
                .await;
        }
        self.door().set_device(None);
    }

    async fn device_key(&self) -> Result<DeviceKey, CommandError> {
        let name = self.door().device().map(str::to_owned);
        let name = name.ok_or(CommandError::from(Code::WrongDevice))?;
        let secret = self
            .ask_keychain(move |keychain| keychain.read(&name))
            .await?;
        let bytes = secret.and_then(|secret| <[u8; 32]>::try_from(secret.as_slice()).ok());
        let bytes = Zeroizing::new(bytes.ok_or(CommandError::from(Code::WrongDevice))?);
        Ok(DeviceKey::from_bytes(*bytes))
    }

    async fn ask_keychain<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&dyn Keychain) -> Result<T, KeychainError> + Send + 'static,
    ) -> Result<T, CommandError> {
        let keychain = self.keychain.clone();
        let keychain: Arc<dyn Keychain> = keychain.ok_or(CommandError::from(Code::Keychain))?;
        Ok(aside(move || ask(&*keychain)).await??)
    }
}

#[cfg(test)]
mod tests;
