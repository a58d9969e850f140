//! What comes back: a receipt that is checked before anything is done, or a refusal that is kept and told.

use protocol::{ClientError, Code, Problem, api::Receipt, receipt::Proven};

use crate::{
    EvidenceKind, Verifier, Wallet, WalletError,
    grant::{self, Grant, Recorded, Refused, Standing, Wish},
    heads::Seen,
    narrow::Settled,
    outbox::{Act, Parcel},
    receipts, records,
    send::{Next, Outcome, waits},
};

impl Wallet {
    /// Deals with the answer to a token or statement.
    pub(crate) fn answered(
        &mut self,
        verifier: &Verifier,
        key: &str,
        parcel: &Parcel,
        grant: Grant,
        answer: Result<Receipt, ClientError>,
    ) -> Result<(Outcome, Next), WalletError> {
        let error = match answer {
            Ok(receipt) => return self.received(verifier, key, parcel, grant, &receipt),
            Err(error) => error,
        };
        match (&error, error.code()) {
            (ClientError::Refused(problem), Some(Code::UnknownGrant)) if grant.is_registered() => {
                self.keep_forgotten(&grant, problem)?;
                Ok((
                    Outcome::Waits {
                        reason: problem.code.clone(),
                    },
                    Next::Others,
                ))
            }
            // No verifier may refuse a revocation: one that does changes nothing about what the citizen wants.
            (ClientError::Refused(problem), _)
                if !error.is_passing() && parcel.act() == Act::Revoke && grant.is_registered() =>
            {
                self.keep_refused_revocation(parcel, &grant, problem)?;
                Ok((
                    Outcome::Waits {
                        reason: problem.code.clone(),
                    },
                    Next::Others,
                ))
            }
            (ClientError::Refused(problem), _) if !error.is_passing() => {
                self.refuse(key, grant, parcel.act(), problem.code.clone())
            }
            _ => Ok(waits(&error)),
        }
    }

    /// That the verifier denies a consent, with its receipts for it.
    pub(crate) fn keep_forgotten(
        &mut self,
        grant: &Grant,
        problem: &Problem,
    ) -> Result<(), WalletError> {
        let proofs = grant.receipts.iter().map(|kept| kept.proof.clone());
        let finding = format!(
            "the verifier does not know consent {} ({})",
            grant.id, problem.code
        );
        self.keep_evidence(EvidenceKind::Forgotten, finding, proofs.collect())
    }

    /// What the citizen signed, what the verifier said to it, and that it had recorded the consent.
    fn keep_refused_revocation(
        &mut self,
        parcel: &Parcel,
        grant: &Grant,
        problem: &Problem,
    ) -> Result<(), WalletError> {
        let signed = match parcel {
            Parcel::Statement { jws, .. } => Some(jws.clone()),
            _ => None,
        };
        let answer = serde_json::to_string(problem).expect("a problem is plain JSON");
        let receipts = grant.receipts.iter().map(|kept| kept.proof.clone());
        let exhibits = signed.into_iter().chain([answer]).chain(receipts).collect();
        let finding = format!(
            "the verifier refused the revocation of consent {} ({})",
            grant.id, problem.code
        );
        self.keep_evidence(EvidenceKind::RevocationRefused, finding, exhibits)
    }

    /// Checks a receipt; only then is the item done.
    fn received(
        &mut self,
        verifier: &Verifier,
        key: &str,
        parcel: &Parcel,
        grant: Grant,
        receipt: &Receipt,
    ) -> Result<(Outcome, Next), WalletError> {
        let (act, log) = (parcel.act(), verifier.log_key()?);
        let jws = match parcel {
            Parcel::Statement { jws, .. } => jws,
            _ => &grant.token,
        };
        let mut proven = receipts::check(&receipt.proof, &log, jws, &grant.effect(act)?);
        if proven.is_err() && act == Act::Revoke {
            proven = receipts::check_revoked(&receipt.proof, &log, grant.place()?);
        }
        match proven {
            Ok(proven) if receipt.grant == grant.id => {
                let recorded = recorded(act, jws, &proven, &receipt.proof);
                let settled = match act {
                    Act::Register => self.settle_replaced(verifier, &grant, receipt)?,
                    _ => None,
                };
                self.keep_receipt(key, grant, (recorded, proven, receipt.status), settled)
            }
            other => {
                let finding = match other {
                    Err(fault) => {
                        format!("the receipt for {act:?} on consent {}: {fault}", grant.id)
                    }
                    Ok(_) => format!(
                        "the receipt for {act:?} is of consent {}, not of {}",
                        receipt.grant, grant.id
                    ),
                };
                self.keep_evidence(
                    EvidenceKind::WrongProof,
                    finding,
                    vec![jws.clone(), receipt.proof.clone()],
                )?;
                Ok((
                    Outcome::Waits {
                        reason: "proof".into(),
                    },
                    Next::Others,
                ))
            }
        }
    }

    fn keep_receipt(
        &mut self,
        key: &str,
        mut grant: Grant,
        (recorded, proven, status): (Recorded, Proven, u8),
        settled: Option<Settled>,
    ) -> Result<(Outcome, Next), WalletError> {
        let index = recorded.index;
        grant.standing = after(recorded.act, grant.standing, status);
        grant.receipts.push(recorded);
        let seen = Seen::new(proven.head, proven.note);
        self.vault.transaction(|changes| {
            // Before this item leaves, so that its place in the queue is not given again.
            if let Some(settled) = settled {
                settled.store(changes)?;
            }
            changes.remove(records::OUTBOX, key)?;
            grant::put(changes, &grant)?;
            Self::note_head(changes, &seen)
        })?;
        Ok((Outcome::Recorded { index }, Next::Any))
    }

    /// Keeps a refusal for good; what waits behind a refused registration has no meaning any more.
    pub(crate) fn refuse(
        &mut self,
        key: &str,
        mut grant: Grant,
        act: Act,
        code: String,
    ) -> Result<(Outcome, Next), WalletError> {
        grant.refusals.push(Refused {
            act,
            code: code.clone(),
            at: self.device.now(),
        });
        let mut gone = vec![key.to_owned()];
        let old = match act {
            Act::Register => self.unreplaced(&grant)?,
            _ => None,
        };
        if act == Act::Register {
            grant.standing = Standing::Refused;
            gone.extend(self.outbox_of(&grant.id)?.into_iter().map(|(key, _)| key));
        }
        let left: Vec<Act> = self
            .outbox_of(&grant.id)?
            .iter()
            .filter(|(key, _)| !gone.contains(key))
            .map(|(_, item)| item.parcel.act())
            .collect();
        grant.wish = wish_of(grant.standing, &left, grant.wish);
        self.vault.transaction(|changes| {
            for key in &gone {
                changes.remove(records::OUTBOX, key)?;
            }
            old.iter().try_for_each(|old| grant::put(changes, old))?;
            grant::put(changes, &grant)
        })?;
        Ok((Outcome::Refused { code }, Next::Any))
    }
}

pub(crate) fn recorded(act: Act, jws: &str, proven: &Proven, proof: &str) -> Recorded {
    Recorded {
        act,
        jws: jws.to_owned(),
        at: proven.entry.at().0,
        index: proven.index,
        proof: proof.to_owned(),
    }
}

/// What is proven after an act. A registration that the verifier had already may have been followed by
/// more; the receipt says how it stands now, and the history proves it.
fn after(act: Act, before: Standing, status: u8) -> Standing {
    match (act, status) {
        _ if before == Standing::Revoked => Standing::Revoked,
        (Act::Revoke, _) | (Act::Register, 1) => Standing::Revoked,
        (Act::Suspend, _) | (Act::Register, 2) => Standing::Suspended,
        (Act::Resume | Act::Register, _) => Standing::Valid,
        (Act::EraseRequest | Act::Deliver, _) => before,
    }
}

/// What the citizen's wish is: the last decision that still waits, or else what is.
pub(crate) fn wish_of(standing: Standing, waiting: &[Act], before: Wish) -> Wish {
    let decided = waiting.iter().rev().find_map(|act| match act {
        Act::Revoke => Some(Wish::Ended),
        Act::Suspend => Some(Wish::Paused),
        Act::Resume => Some(Wish::InForce),
        Act::Register | Act::EraseRequest | Act::Deliver => None,
    });
    match standing {
        Standing::Revoked | Standing::Withdrawn | Standing::Refused => Wish::Ended,
        Standing::Unregistered => before,
        Standing::Valid => decided.unwrap_or(Wish::InForce),
        Standing::Suspended => decided.unwrap_or(Wish::Paused),
    }
}
