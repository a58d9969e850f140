//! Sending what waits, in order. An answer that was lost is asked for again with the same bytes; a
//! refusal for good is kept and told; a receipt that does not hold is evidence and no receipt.

use std::collections::HashSet;

use consent_token::id::Jti;
use protocol::{
    ClientError, Code, Transport,
    api::{GrantRequest, Receipt},
};
use serde::Serialize;

use crate::{
    Line, Verifier, Wallet, WalletError,
    grant::{self, Grant, Standing, Wish},
    outbox::{Act, Item, Parcel, Tried},
    records, slots,
};

/// What became of one thing that waited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// On which consent.
    pub grant: Jti,
    /// What.
    pub act: Act,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of something that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It is in the log, proven.
    Recorded {
        /// The entry's index.
        index: u64,
    },
    /// The agency has the token.
    Delivered,
    /// Refused for good; it is out of the queue.
    Refused {
        /// The problem code.
        code: String,
    },
    /// It still waits; `reason` says for what.
    Waits {
        /// A code: `unreachable`, `refused`, `proof`, `no_slots` or a problem code.
        reason: String,
    },
    /// It comes from a backup and was never registered: it will not be. The citizen can grant anew.
    Dropped,
}

/// Whether to go on with the rest of the queue.
pub(crate) enum Next {
    /// Go on.
    Any,
    /// Go on with other consents.
    Others,
    /// Nothing can be sent now.
    Stop,
}

impl Wallet {
    /// Sends what waits, as far as the verifier can be reached. What becomes of each item is in the answer;
    /// an item keeps its place until it is proven or refused for good.
    pub(crate) async fn flush<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
    ) -> Result<Vec<Sent>, WalletError> {
        let (mut report, mut held) = (Vec::new(), HashSet::new());
        let mut last = None;
        // Sending an item may take others out of the queue, and put others at its end.
        while let Some((key, item)) = self.next_in_outbox(last.as_deref())? {
            last = Some(key.clone());
            if held.contains(&item.grant) {
                continue;
            }
            let (grant, act) = (item.grant, item.parcel.act());
            let (outcome, next) = self.send_one(line, verifier, &key, item).await?;
            report.push(Sent {
                grant,
                act,
                outcome,
            });
            match next {
                Next::Any => {}
                Next::Others => drop(held.insert(grant)),
                Next::Stop => break,
            }
        }
        Ok(report)
    }

    async fn send_one<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
        key: &str,
        mut item: Item,
    ) -> Result<(Outcome, Next), WalletError> {
        let grant = self.grant_of(&item.grant)?;
        match &item.parcel {
            Parcel::Register
                if grant.ends_at <= self.device.now() && item.tried == Tried::Never =>
            {
                return self.refuse(key, grant, Act::Register, "expired".into());
            }
            Parcel::Register
                if !slots::is_usable(&grant.slot, self.device.now())
                    && item.tried == Tried::Never =>
            {
                return self.renew_and_register(line, verifier, key, grant).await;
            }
            Parcel::Confirm => return self.confirm(line, verifier, key, grant).await,
            Parcel::Deliver { .. } => return self.deliver(line, key, &item, &grant).await,
            _ => {}
        }
        item.tried = Tried::Perhaps;
        self.vault
            .transaction(|changes| records::put(changes, records::OUTBOX, key, &item))?;
        let answer = post(line, &item.parcel, &grant).await;
        let no_ticket = matches!(
            answer.as_ref().err().and_then(ClientError::code),
            Some(Code::ExpiredTicket | Code::InvalidTicket | Code::SlotTaken)
        );
        if no_ticket && item.parcel == Parcel::Register {
            return self.renew_and_register(line, verifier, key, grant).await;
        }
        self.answered(verifier, key, &item.parcel, grant, answer)
    }

    /// A fresh slot and a new signature over it: the verifier does not have the consent, and the ticket is over.
    async fn renew_and_register<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
        key: &str,
        grant: Grant,
    ) -> Result<(Outcome, Next), WalletError> {
        if self.pick_slots(1).is_err() {
            match self.refill(line, verifier, 1).await {
                Ok(()) => {}
                Err(WalletError::Client(error)) => return Ok(waits(&error)),
                Err(error) => return Err(error),
            }
        }
        let grant = self.resign(grant)?;
        let answer = post(line, &Parcel::Register, &grant).await;
        self.answered(verifier, key, &Parcel::Register, grant, answer)
    }

    /// Finds out whether a consent out of a backup was registered. If not, it stays unregistered for ever:
    /// the citizen may have taken it back before it was sent.
    async fn confirm<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
        key: &str,
        mut grant: Grant,
    ) -> Result<(Outcome, Next), WalletError> {
        match self.ask_history(line, verifier, &grant).await {
            Ok(history) => {
                self.vault.transaction(|changes| {
                    changes
                        .remove(records::OUTBOX, key)
                        .map(drop)
                        .map_err(WalletError::from)
                })?;
                self.take_history(verifier, grant.id, history)?;
                let registered = self
                    .grant_of(&grant.id)?
                    .receipts
                    .iter()
                    .map(|kept| kept.index)
                    .min();
                Ok((
                    Outcome::Recorded {
                        index: registered.unwrap_or_default(),
                    },
                    Next::Any,
                ))
            }
            Err(WalletError::Client(error)) if error.code() == Some(Code::UnknownGrant) => {
                let (waiting, old) = (self.outbox_of(&grant.id)?, self.unreplaced(&grant)?);
                (grant.standing, grant.wish) = (Standing::Withdrawn, Wish::Ended);
                self.vault.transaction(|changes| {
                    for (key, _) in &waiting {
                        changes.remove(records::OUTBOX, key)?;
                    }
                    old.iter().try_for_each(|old| grant::put(changes, old))?;
                    grant::put(changes, &grant)
                })?;
                Ok((Outcome::Dropped, Next::Any))
            }
            Err(WalletError::Client(error)) => Ok(waits(&error)),
            Err(error) => Err(error),
        }
    }

    /// Hands the token to the agency that asked, as long as it waits for it.
    async fn deliver<T: Transport>(
        &mut self,
        line: &Line<T>,
        key: &str,
        item: &Item,
        grant: &Grant,
    ) -> Result<(Outcome, Next), WalletError> {
        let Parcel::Deliver { uri, state, until } = &item.parcel else {
            return Ok((Outcome::Delivered, Next::Any));
        };
        let (over, late) = (
            grant.is_over() || grant.wish == Wish::Ended,
            *until <= self.device.now(),
        );
        let outcome = if over || late {
            Outcome::Refused {
                code: if over { "grant_ended" } else { "expired" }.into(),
            }
        } else {
            match line
                .post_form(uri, &[("consent_token", &grant.token), ("state", state)])
                .await
            {
                Ok(()) => Outcome::Delivered,
                // The agency finds it at the verifier too, so nothing behind it has to wait.
                Err(_) => {
                    return Ok((
                        Outcome::Waits {
                            reason: "unreachable".into(),
                        },
                        Next::Any,
                    ));
                }
            }
        };
        self.vault.transaction(|changes| {
            changes
                .remove(records::OUTBOX, key)
                .map(drop)
                .map_err(WalletError::from)
        })?;
        Ok((outcome, Next::Any))
    }
}

async fn post<T: Transport>(
    line: &Line<T>,
    parcel: &Parcel,
    grant: &Grant,
) -> Result<Receipt, ClientError> {
    match parcel {
        Parcel::Statement { jws, .. } => line.client.state(jws).await,
        _ => {
            let (token, ticket) = (grant.token.clone(), grant.slot.ticket.clone());
            line.client
                .register(&GrantRequest {
                    token,
                    ticket,
                    replaces: grant.replaces.as_ref().map(|old| old.statement.clone()),
                })
                .await
        }
    }
}

/// A fault of the verifier holds up one consent; no answer at all, or too many requests, holds up everything.
pub(crate) fn waits(error: &ClientError) -> (Outcome, Next) {
    match error {
        ClientError::Refused(problem) if problem.status != 429 => (
            Outcome::Waits {
                reason: problem.code.clone(),
            },
            Next::Others,
        ),
        ClientError::Refused(problem) => (
            Outcome::Waits {
                reason: problem.code.clone(),
            },
            Next::Stop,
        ),
        _ => (
            Outcome::Waits {
                reason: "unreachable".into(),
            },
            Next::Stop,
        ),
    }
}
