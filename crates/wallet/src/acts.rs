//! Later acts on a consent: take back, pause, resume (PROTOCOL section 4). Each is signed and queued at
//! once and needs no connection; taking back is final and beats everything that waits.

use consent_token::{
    id::Jti,
    statement::{self, HolderAct, HolderStatement},
};
use serde::Serialize;

use crate::{
    Wallet, WalletError,
    grant::{self, Grant, Standing, State, Wish},
    outbox::{self, Act, Item, Parcel, Tried},
    records,
};

/// What an act came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Done {
    /// Signed and queued.
    Queued,
    /// The consent was never sent: it is gone from the queue and never will be.
    NeverSent,
    /// It was so already.
    Already,
}

impl Wallet {
    /// Takes a consent back, for ever, and asks the agency to delete what it read.
    ///
    /// # Errors
    /// [`WalletError::UnknownGrant`], or what the vault says.
    pub fn revoke(&mut self, id: &Jti, reason: Option<String>) -> Result<Done, WalletError> {
        self.give_narrowing_up(id)?;
        let grant = self.grant_of(id)?;
        if grant.is_over() || grant.wish == Wish::Ended {
            return Ok(Done::Already);
        }
        let waiting = self.outbox_of(id)?;
        if is_certainly_unsent(&grant, &waiting) {
            let replaced = grant.replaces.as_ref().map(|old| old.grant);
            let done = self.withdraw(grant, &waiting)?;
            // Who takes a narrower consent back does not want the wider one.
            return replaced.map_or(Ok(done), |old| self.revoke(&old, reason));
        }
        let overtaken: Vec<String> = waiting
            .into_iter()
            .filter(|(_, item)| is_overtaken(item))
            .map(|(key, _)| key)
            .collect();
        let acts = [
            (Act::Revoke, HolderAct::Revoke { reason }),
            (Act::EraseRequest, HolderAct::EraseRequest),
        ];
        self.queue(grant, Wish::Ended, acts, &overtaken)
    }

    /// A narrower consent that surely was not sent has no meaning once the wider one is taken back.
    fn give_narrowing_up(&mut self, old: &Jti) -> Result<(), WalletError> {
        let Some(new) = self.narrowing_of(old)? else {
            return Ok(());
        };
        let waiting = self.outbox_of(&new.id)?;
        if is_certainly_unsent(&new, &waiting) {
            self.withdraw(new, &waiting)?;
        }
        Ok(())
    }

    /// Asks the agency of a consent whose time is over to delete what it read (PROTOCOL section 7), once. The
    /// clock must have been held against the verifier's: a wrong one would ask too soon.
    pub(crate) fn ask_for_deletion_after_end(&mut self, id: &Jti) -> Result<bool, WalletError> {
        let (grant, now) = (self.grant_of(id)?, self.device.now());
        let asked = |act: Act| act == Act::EraseRequest;
        let is_asked = grant.receipts.iter().any(|kept| asked(kept.act))
            || grant.refusals.iter().any(|refused| asked(refused.act))
            || self.waiting_acts(id)?.into_iter().any(asked);
        if grant.state(now) != State::Expired || !grant.is_registered() || is_asked {
            return Ok(false);
        }
        let wish = grant.wish;
        let act = (Act::EraseRequest, HolderAct::EraseRequest);
        self.queue(grant, wish, [act], &[]).map(|_| true)
    }

    /// Takes every consent back that is not over; answers what each came to.
    ///
    /// # Errors
    /// As [`Wallet::revoke`]; what was taken back before the error stays so.
    pub fn revoke_all(&mut self) -> Result<Vec<(Jti, Done)>, WalletError> {
        let now = self.device.now();
        let open: Vec<Jti> = self
            .grants()?
            .iter()
            .filter(|grant| !grant.is_over() && grant.ends_at > now)
            .map(|grant| grant.id)
            .collect();
        open.into_iter()
            .map(|id| Ok((id, self.revoke(&id, None)?)))
            .collect()
    }

    /// Pauses a consent: the agency's next check is a no.
    ///
    /// # Errors
    /// [`WalletError::GrantEnded`], or as [`Wallet::revoke`].
    pub fn suspend(&mut self, id: &Jti) -> Result<Done, WalletError> {
        self.change(id, Wish::Paused, (Act::Suspend, HolderAct::Suspend))
    }

    /// Ends a pause.
    ///
    /// # Errors
    /// As [`Wallet::suspend`].
    pub fn resume(&mut self, id: &Jti) -> Result<Done, WalletError> {
        self.change(id, Wish::InForce, (Act::Resume, HolderAct::Resume))
    }

    fn change(&mut self, id: &Jti, wish: Wish, act: (Act, HolderAct)) -> Result<Done, WalletError> {
        let grant = self.grant_of(id)?;
        if grant.is_over() || grant.wish == Wish::Ended || grant.ends_at <= self.device.now() {
            return Err(WalletError::GrantEnded);
        }
        if grant.wish == wish {
            return Ok(Done::Already);
        }
        self.queue(grant, wish, [act], &[])
    }

    /// Signs acts on a consent and queues them, all in one transaction.
    fn queue(
        &mut self,
        mut grant: Grant,
        wish: Wish,
        acts: impl IntoIterator<Item = (Act, HolderAct)>,
        overtaken: &[String],
    ) -> Result<Done, WalletError> {
        let now = self.device.now();
        let mut parcels = Vec::new();
        for (act, done) in acts {
            let jws = self.sign_statement(&mut grant, done)?;
            parcels.push(Parcel::Statement { act, jws });
        }
        grant.wish = wish;
        self.vault.transaction(|changes| {
            for key in overtaken {
                changes.remove(records::OUTBOX, key)?;
            }
            grant::put(changes, &grant)?;
            parcels
                .into_iter()
                .try_for_each(|parcel| outbox::push(changes, now, grant.id, parcel))?;
            Ok(Done::Queued)
        })
    }

    pub(crate) fn sign_statement(
        &mut self,
        grant: &mut Grant,
        act: HolderAct,
    ) -> Result<String, WalletError> {
        let key = self.holder_key(&grant.scope)?;
        let (now, jti) = (self.device.now(), self.fresh_id()?);
        grant.seq = grant.next_seq(now);
        let statement = HolderStatement {
            iss: key.holder_uri(),
            jti,
            iat: now,
            grant: grant.id,
            seq: grant.seq,
            act,
        };
        Ok(statement::sign_holder(&statement, &key)?)
    }

    /// Takes an unsent consent out of the queue: it never reaches anybody.
    fn withdraw(
        &mut self,
        mut grant: Grant,
        waiting: &[(String, Item)],
    ) -> Result<Done, WalletError> {
        let old = self.unreplaced(&grant)?;
        grant.standing = Standing::Withdrawn;
        grant.wish = Wish::Ended;
        self.vault.transaction(|changes| {
            for (key, _) in waiting {
                changes.remove(records::OUTBOX, key)?;
            }
            old.iter().try_for_each(|old| grant::put(changes, old))?;
            grant::put(changes, &grant)?;
            Ok(Done::NeverSent)
        })
    }
}

/// Not registered, and its registration surely never left.
fn is_certainly_unsent(grant: &Grant, waiting: &[(String, Item)]) -> bool {
    let unsent = |item: &Item| item.parcel == Parcel::Register && item.tried == Tried::Never;
    grant.standing == Standing::Unregistered && waiting.iter().any(|(_, item)| unsent(item))
}

/// A pause or its end that surely never left has no meaning once the consent is taken back.
fn is_overtaken(item: &Item) -> bool {
    item.tried == Tried::Never && matches!(item.parcel.act(), Act::Suspend | Act::Resume)
}
