//! When an agency that the citizen shares with begins to receive under another encryption key. The registry is
//! signed and logged, yet nothing but the registrar's word says that the new key is the agency's: who shares with
//! it is told, and can ask it.

use consent_token::{
    id::{AgencyId, UnixSeconds},
    key::Thumbprint,
};
use protocol::{Registry, registry::Agency, share::KemKey};
use serde::{Deserialize, Serialize};
use vault::Changes;

use crate::{Wallet, WalletError, records};

const KEY: &str = "key-changes";

/// An encryption key that took another's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyChange {
    /// Whose.
    pub agency: AgencyId,
    /// Its registered name.
    pub name: String,
    /// Where a person reaches it.
    pub contact: Option<String>,
    /// When the wallet found it.
    pub at: UnixSeconds,
    /// The thumbprint of the key that the wallet sealed for until then.
    pub from: String,
    /// The thumbprint of the key that it seals for from then on.
    pub to: String,
    /// The `serial` of the registry that says so.
    pub serial: u64,
    /// Whether the citizen was told.
    pub told: bool,
}

impl Wallet {
    /// Every change of an encryption key of agencies that the citizen shared with, the oldest first.
    ///
    /// # Errors
    /// [`WalletError::Vault`] or [`WalletError::Record`].
    pub fn key_changes(&self) -> Result<Vec<KeyChange>, WalletError> {
        Ok(records::read(&self.vault, records::VERIFIER, KEY)?.unwrap_or_default())
    }

    /// Those that the citizen was not told of yet.
    ///
    /// # Errors
    /// As [`Wallet::key_changes`].
    pub fn new_key_changes(&self) -> Result<Vec<KeyChange>, WalletError> {
        let mut changes = self.key_changes()?;
        changes.retain(|change| !change.told);
        Ok(changes)
    }

    /// The citizen was told of all of them.
    ///
    /// # Errors
    /// As [`Wallet::key_changes`].
    pub fn mark_key_changes_told(&mut self) -> Result<(), WalletError> {
        let mut all = self.key_changes()?;
        if all.iter().all(|change| change.told) {
            return Ok(());
        }
        all.iter_mut().for_each(|change| change.told = true);
        self.vault
            .transaction(|changes| records::put(changes, records::VERIFIER, KEY, &all))
    }

    /// What changes from one registry to the next for agencies with a consent that is not over.
    pub(crate) fn changed_keys(
        &self,
        (before, after): (&Registry, &Registry),
        at: UnixSeconds,
    ) -> Result<Vec<KeyChange>, WalletError> {
        let grants = self.grants()?;
        let is_shared_with = |id: &AgencyId| {
            let mut own = grants.iter().filter(|grant| grant.agency == *id);
            own.any(|grant| !grant.is_over())
        };
        let change = |new: &Agency| {
            let old = before.agency(&new.id)?;
            let (from, to) = (key_of(old)?, key_of(new)?);
            (from != to).then(|| KeyChange {
                agency: new.id.clone(),
                name: new.name.clone(),
                contact: new.contact.clone(),
                at,
                from: from.to_string(),
                to: to.to_string(),
                serial: after.serial,
                told: false,
            })
        };
        let agencies = after.agencies.iter().filter(|new| is_shared_with(&new.id));
        Ok(agencies.filter_map(change).collect())
    }

    /// Adds what changed, in the transaction that takes the registry over.
    pub(crate) fn add_key_changes(
        changes: &mut Changes<'_>,
        mut known: Vec<KeyChange>,
        new: Vec<KeyChange>,
    ) -> Result<(), WalletError> {
        if new.is_empty() {
            return Ok(());
        }
        known.extend(new);
        records::put(changes, records::VERIFIER, KEY, &known)
    }
}

/// The key that is sealed for.
fn key_of(agency: &Agency) -> Option<Thumbprint> {
    let key = KemKey::preferred(&agency.jwks).ok().flatten()?;
    Some(key.thumbprint())
}
