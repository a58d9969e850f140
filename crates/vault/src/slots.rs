//! The ways to unlock an unlocked vault: a new passphrase, devices added and removed. Only slots
//! change; the vault key and the rows stay.

use vault_crypto::{Argon2Params, DeviceKey, Passphrase, Slot, SlotId};

use crate::locked::device_slots;
use crate::{Unlocked, VaultError, random};

/// More devices than a person has; bounds the work of an unlock.
const MAX_DEVICE_SLOTS: usize = 16;

impl Unlocked {
    /// Sets a new passphrase; the old one no longer opens this file. Copies and backups made before
    /// still open with the old one.
    ///
    /// # Errors
    /// [`VaultError::KeyDerivation`] when memory is short, or as [`Unlocked::transaction`]; then the
    /// old passphrase still holds.
    pub fn change_passphrase(
        &mut self,
        passphrase: &Passphrase,
        costs: Argon2Params,
    ) -> Result<(), VaultError> {
        let (vault, id) = (self.database.vault, SlotId::PASSPHRASE);
        let slot = Slot::for_passphrase(vault, id, &self.key, passphrase, costs, &random::slot()?)?;
        self.transaction(|changes| changes.put_slot(id, slot.to_bytes()))?;
        self.flush_journal();
        Ok(())
    }

    /// Lets `device`, 32 random bytes that the caller keeps in the device's keychain, open the vault.
    ///
    /// # Errors
    /// [`VaultError::TooManySlots`] after 16 devices, or as [`Unlocked::transaction`].
    pub fn add_device_key(&mut self, device: &DeviceKey) -> Result<SlotId, VaultError> {
        if self.device_slots().len() >= MAX_DEVICE_SLOTS {
            return Err(VaultError::TooManySlots);
        }
        let id = self.free_device_slot();
        let slot = Slot::for_device(self.database.vault, id, &self.key, device, &random::slot()?);
        self.transaction(|changes| changes.put_slot(id, slot.to_bytes()))?;
        Ok(id)
    }

    /// Stops a device's secret from opening the vault.
    ///
    /// # Errors
    /// [`VaultError::NoSuchSlot`] when the number is not a device's, or as [`Unlocked::transaction`].
    pub fn remove_device_key(&mut self, id: SlotId) -> Result<(), VaultError> {
        if id < SlotId::FIRST_DEVICE || !self.contents.slots.contains_key(&id) {
            return Err(VaultError::NoSuchSlot);
        }
        self.transaction(|changes| changes.remove_slot(id))?;
        self.flush_journal();
        Ok(())
    }

    /// The slots that devices' secrets open, in ascending order.
    #[must_use]
    pub fn device_slots(&self) -> Vec<SlotId> {
        device_slots(&self.contents.slots)
            .map(|slot| slot.id())
            .collect()
    }

    fn free_device_slot(&self) -> SlotId {
        let last = self
            .contents
            .slots
            .last_key_value()
            .map_or(0, |(id, _)| id.0);
        SlotId(last.saturating_add(1).max(SlotId::FIRST_DEVICE.0))
    }

    /// Moves the journal into the file and empties it, so that an old slot does not stay behind in
    /// it. The change itself is committed already: should this fail, the next checkpoint does it.
    fn flush_journal(&self) {
        let done =
            self.database
                .connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
                    row.get::<_, i64>(0)
                });
        drop(done);
    }
}
