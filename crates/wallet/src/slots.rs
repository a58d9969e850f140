//! The stock of status slots (PROTOCOL section 3): taken while online so that the citizen can grant
//! while offline. A ticket ends; what has ended is thrown away.

use consent_token::id::UnixSeconds;
use protocol::{SLOTS_PER_LIST, Slot, Transport, api::SlotTicket};
use vault::Changes;

use crate::{Line, Verifier, Wallet, WalletError, records};

/// How many slots the wallet keeps: a circle of five and a few more.
const STOCK: usize = 8;
/// The most slots in one request (PROTOCOL section 6).
const MOST_AT_ONCE: usize = 64;
/// A ticket that ends sooner than this many seconds from now may not arrive in time.
const MARGIN: i64 = 60;

/// The place in the status lists that a ticket stands for.
pub(crate) fn place(ticket: &SlotTicket) -> Option<Slot> {
    let list = ticket.uri.rsplit_once("/v1/status/")?.1.parse().ok()?;
    let idx = u32::try_from(ticket.idx)
        .ok()
        .filter(|idx| *idx < SLOTS_PER_LIST)?;
    Some(Slot(list, idx))
}

/// Whether the ticket can still be used.
pub(crate) fn is_usable(ticket: &SlotTicket, now: UnixSeconds) -> bool {
    ticket.exp.since(now) > MARGIN
}

fn key(ticket: &SlotTicket) -> String {
    format!("{}#{}", ticket.uri, ticket.idx)
}

impl Wallet {
    /// How many consents can be signed while offline.
    ///
    /// # Errors
    /// [`WalletError::Vault`] or [`WalletError::Record`].
    pub fn slots_in_stock(&mut self) -> Result<usize, WalletError> {
        Ok(self.usable_slots()?.len())
    }

    /// Fills the stock up to eight, or to `needed`, and throws away what has ended.
    ///
    /// # Errors
    /// [`WalletError::Client`], or [`WalletError::NotAVerifier`] where the slots are of another place.
    pub(crate) async fn refill<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
        needed: usize,
    ) -> Result<(), WalletError> {
        let missing = STOCK
            .max(needed)
            .saturating_sub(self.slots_in_stock()?)
            .min(MOST_AT_ONCE);
        let fresh = match u32::try_from(missing) {
            Ok(count @ 1..) => line.client.slots(count).await?,
            _ => Vec::new(),
        };
        let own = format!("{}/v1/status/", verifier.issuer);
        if fresh
            .iter()
            .any(|slot| place(slot).is_none() || !slot.uri.starts_with(&own))
        {
            return Err(WalletError::NotAVerifier(line.url().to_owned()));
        }
        let now = self.device.now();
        let spent: Vec<(String, SlotTicket)> = records::read_all(&self.vault, records::SLOT)?;
        self.vault.transaction(|changes| {
            for (key, _) in spent.iter().filter(|(_, slot)| !is_usable(slot, now)) {
                changes.remove(records::SLOT, key)?;
            }
            fresh
                .iter()
                .try_for_each(|slot| records::put(changes, records::SLOT, &key(slot), slot))
        })
    }

    /// `needed` slots out of the stock, those that last longest; [`take`] removes them.
    ///
    /// # Errors
    /// [`WalletError::NoSlots`].
    pub(crate) fn pick_slots(&mut self, needed: usize) -> Result<Vec<SlotTicket>, WalletError> {
        let mut slots = self.usable_slots()?;
        if slots.len() < needed {
            return Err(WalletError::NoSlots {
                needed,
                in_stock: slots.len(),
            });
        }
        slots.sort_by_key(|slot| std::cmp::Reverse(slot.exp));
        slots.truncate(needed);
        Ok(slots)
    }

    fn usable_slots(&mut self) -> Result<Vec<SlotTicket>, WalletError> {
        let now = self.device.now();
        let all: Vec<(String, SlotTicket)> = records::read_all(&self.vault, records::SLOT)?;
        Ok(all
            .into_iter()
            .map(|(_, slot)| slot)
            .filter(|slot| is_usable(slot, now))
            .collect())
    }
}

/// Takes a slot out of the stock, in the transaction that uses it.
pub(crate) fn take(changes: &mut Changes<'_>, slot: &SlotTicket) -> Result<(), WalletError> {
    changes.remove(records::SLOT, &key(slot))?;
    Ok(())
}
