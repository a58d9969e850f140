//! After a vault was brought back from a backup: what was decided since is not in it, so nothing that it
//! holds may put a consent back into force (PROTOCOL section 4).

use crate::{
    Wallet, WalletError,
    outbox::{Act, Item, Parcel, Tried},
    records,
    share::Announced,
};

impl Wallet {
    /// Makes a vault out of a backup safe: an end of a pause that waits is dropped, and a consent that waits
    /// counts only if the verifier has it already. Call it once, after [`vault::Vault::restore`].
    ///
    /// # Errors
    /// [`WalletError::Vault`] or [`WalletError::Record`]; then nothing changed, and it has to be called again.
    pub fn settle_after_restore(&mut self) -> Result<(), WalletError> {
        let (items, now) = (self.outbox()?, self.device.now());
        self.vault.transaction(|changes| {
            for (key, item) in items {
                match settled(item) {
                    Some(item) => records::put(changes, records::OUTBOX, &key, &item)?,
                    None => drop(changes.remove(records::OUTBOX, &key)?),
                }
            }
            // Slots of the stock may have been used since.
            for key in changes.list(records::SLOT) {
                changes.remove(records::SLOT, &key)?;
            }
            // Other data may have been shared since: all of it is sealed and sent again, with numbers above
            // any that may have been used.
            let above = Announced::unknown(u64::try_from(now.as_i64()).unwrap_or(0));
            for key in changes.list(records::SHARE) {
                records::put(changes, records::SHARE, &key, &above)?;
            }
            Ok(())
        })
    }
}

/// What becomes of an item; nothing where it could put a consent back into force.
fn settled(item: Item) -> Option<Item> {
    let parcel = match item.parcel {
        Parcel::Register => Parcel::Confirm,
        Parcel::Statement {
            act: Act::Resume, ..
        } => return None,
        other => other,
    };
    Some(Item {
        parcel,
        tried: Tried::Perhaps,
        ..item
    })
}
