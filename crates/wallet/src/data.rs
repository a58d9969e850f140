//! The citizen's own data: the profile, item by item, and what imports bring into it.

use profile::{
    Path, Profile,
    import::{self, Imported},
};
use serde_json::Value;

use crate::{Wallet, WalletError, records};

impl Wallet {
    /// Everything that the citizen wrote down.
    ///
    /// # Errors
    /// [`WalletError::Vault`], or [`WalletError::Record`] for a value that does not fit its path.
    pub fn profile(&self) -> Result<Profile, WalletError> {
        let mut profile = Profile::new();
        for (key, value) in records::read_all::<Value>(&self.vault, records::PROFILE)? {
            let path: Path = key
                .parse()
                .map_err(|_| WalletError::Record(records::PROFILE))?;
            profile
                .set(path, value)
                .map_err(|_| WalletError::Record(records::PROFILE))?;
        }
        Ok(profile)
    }

    /// Writes one item down, in place of what was there.
    ///
    /// # Errors
    /// [`WalletError::Value`] says what is allowed at this path; nothing changed.
    pub fn set_data(&mut self, path: &Path, value: Value) -> Result<(), WalletError> {
        self.set_all(vec![(path.clone(), value)])
    }

    /// Removes one item; answers whether there was one.
    ///
    /// # Errors
    /// [`WalletError::Vault`].
    pub fn remove_data(&mut self, path: &Path) -> Result<bool, WalletError> {
        self.remove_with_file(path)
    }

    /// Reads a vCard, a FHIR patient summary or wallet JSON into the profile, all of it or nothing. What
    /// has no place is in [`Imported::unmapped`], to be shown.
    ///
    /// # Errors
    /// [`WalletError::Import`] where the file cannot be read at all.
    pub fn import(&mut self, file: &[u8]) -> Result<Imported, WalletError> {
        let imported = import::any(file)?;
        self.set_all(imported.fields.clone())?;
        Ok(imported)
    }

    fn set_all(&mut self, fields: Vec<(Path, Value)>) -> Result<(), WalletError> {
        let mut profile = Profile::new();
        for (path, value) in fields {
            profile.set(path, value)?;
        }
        self.vault.transaction(|changes| {
            for (path, value) in profile.iter() {
                records::put(
                    changes,
                    records::PROFILE,
                    &path.to_string(),
                    &value.to_json(),
                )?;
            }
            Ok(())
        })
    }
}
