//! Staging: acts that arrive together are judged one after the other on a copy of the ledger and become
//! one batch. Nothing here is true before the store has appended the batch.

use consent_token::{
    CLOCK_SKEW_SECONDS, Refusal,
    id::{AgencyId, Jti, UnixSeconds},
    key::PublicKey,
    statement::{
        AgencyAct, AgencyStatement, HolderAct, HolderStatement, Statement, VerifiedStatement,
    },
    term::Release,
    token::VerifiedToken,
};
use protocol::{Code, Entry, Registry, Slot, UnixMillis};
use transparency_log::TreeHead;

use crate::{
    grant::{GrantState, State},
    ledger::{Body, KnownAgency, Ledger, Reading},
    lists::UNREGISTERED,
    store::{Batch, NewEntry, ShareChange},
};

/// An act whose signature holds. Whether it may be done is judged here.
#[derive(Clone, Debug)]
pub enum Submission {
    /// A consent to register in `slot`; `replaces` revokes the grant that it narrows.
    Grant {
        /// The token.
        token: Box<VerifiedToken>,
        /// The slot that its status claim names, once the ticket was checked.
        slot: Slot,
        /// A `revoke` statement.
        replaces: Option<Box<SignedStatement>>,
    },
    /// A later act, with the key that verified it.
    Statement(Box<SignedStatement>),
    /// The registrar's next registry, compact and parsed.
    Registry(String, Box<Registry>),
}

/// A statement and the key that verified it.
#[derive(Clone, Debug)]
pub struct SignedStatement {
    /// The statement.
    pub statement: VerifiedStatement,
    /// The key.
    pub signer: PublicKey,
}

/// What became of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is new, and will be the entry at this index; its batch must be durable first.
    Recorded {
        /// The entry's index.
        index: u64,
        /// The index of the revocation that came with it.
        replaced: Option<u64>,
    },
    /// It was recorded before, at this index.
    Known(u64),
}

/// A copy of the ledger with acts that are not durable yet.
pub struct Staging {
    ledger: Ledger,
    from: TreeHead,
    at: UnixMillis,
    entries: Vec<NewEntry>,
    shares: Vec<ShareChange>,
}

impl Staging {
    /// Starts a batch at `now`; its time is never earlier than the entry before.
    #[must_use]
    pub fn new(ledger: &Ledger, now: UnixMillis) -> Self {
        Staging {
            ledger: ledger.clone(),
            from: ledger.head(),
            at: now.max(ledger.at()),
            entries: Vec::new(),
            shares: Vec::new(),
        }
    }

    /// Judges one act and takes it in.
    ///
    /// # Errors
    /// The code to answer with; the batch is as it was before.
    pub fn submit(&mut self, submission: &Submission) -> Result<Outcome, Code> {
        match submission {
            Submission::Grant {
                token,
                slot,
                replaces,
            } => self.grant(token, *slot, replaces.as_deref()),
            Submission::Statement(statement) => self.statement(statement),
            Submission::Registry(compact, registry) => self.registry(compact, registry),
        }
    }

    /// Whether nothing new was taken in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The ledger as it will be, and the batch that makes it so.
    #[must_use]
    pub fn finish(self) -> (Ledger, Batch) {
        let batch = Batch {
            expected: self.from,
            entries: self.entries,
            head: self.ledger.head(),
            shares: self.shares,
        };
        (self.ledger, batch)
    }

    fn now(&self) -> UnixSeconds {
        self.at.as_seconds()
    }

    fn grant(
        &mut self,
        token: &VerifiedToken,
        slot: Slot,
        replaces: Option<&SignedStatement>,
    ) -> Result<Outcome, Code> {
        let digest = token.digest();
        if let Some(known) = self.ledger.grant(&token.claims().jti) {
            let same = known.digest == digest;
            return same
                .then_some(Outcome::Known(known.index))
                .ok_or(Code::Conflict);
        }
        // Read as it will be after the next start: what the log could not be built up from again is not logged.
        let body = Body::read(token.compact(), digest).ok_or(Refusal::Malformed)?;
        self.may_register(token, slot)?;
        let replaced = match replaces {
            Some(revocation) => Some(self.replace(token, revocation)?),
            None => None,
        };
        let claims = token.claims();
        let index = self.record(
            Entry::Status {
                at: self.at,
                digest,
                exp: Some(claims.exp.as_i64()),
                slot,
                status: 0,
                v: 1,
            },
            token.compact(),
            body,
        );
        Ok(Outcome::Recorded { index, replaced })
    }

    fn may_register(&self, token: &VerifiedToken, slot: Slot) -> Result<(), Code> {
        let claims = token.claims();
        if claims.exp.plus(CLOCK_SKEW_SECONDS) <= self.now() {
            return Err(Refusal::Expired.into());
        }
        let agency = self.active_agency(&claims.aud)?;
        if !agency.has_key(&claims.jkt) {
            return Err(Refusal::WrongAgencyKey.into());
        }
        if self.ledger.lists().status(slot) != UNREGISTERED {
            return Err(Code::SlotTaken);
        }
        Ok(())
    }

    /// Revokes the grant that a new one narrows: same holder key, and a revocation indeed.
    fn replace(
        &mut self,
        token: &VerifiedToken,
        revocation: &SignedStatement,
    ) -> Result<u64, Code> {
        let Statement::Holder(statement) = revocation.statement.statement() else {
            return Err(Code::InvalidStatement);
        };
        let old = self
            .ledger
            .grant(&statement.grant)
            .ok_or(Code::UnknownGrant)?;
        if !matches!(statement.act, HolderAct::Revoke { .. }) {
            return Err(Code::InvalidStatement);
        }
        if old.holder != *token.holder_key().as_bytes() {
            return Err(Code::WrongSigner);
        }
        match self.statement(revocation)? {
            Outcome::Recorded { index, .. } | Outcome::Known(index) => Ok(index),
        }
    }

    fn statement(&mut self, signed: &SignedStatement) -> Result<Outcome, Code> {
        let SignedStatement {
            statement: verified,
            signer,
        } = signed;
        let grant_id = verified.statement().grant().ok_or(Code::InvalidStatement)?;
        let grant = self
            .ledger
            .grant(&grant_id)
            .cloned()
            .ok_or(Code::UnknownGrant)?;
        let known = self
            .ledger
            .acts
            .get(&(grant_id, verified.statement().jti()))
            .copied();
        let status = match verified.statement() {
            Statement::Holder(statement) => {
                if grant.holder != *signer.as_bytes() {
                    return Err(Code::WrongSigner);
                }
                match known_act(&grant, statement, known) {
                    Some(index) => return Ok(Outcome::Known(index)),
                    None => self.judge_holder(&grant, statement)?,
                }
            }
            Statement::Agency(statement) => {
                self.judge_agency_signer(&grant, statement, signer)?;
                match known {
                    Some(index) => return Ok(Outcome::Known(index)),
                    None => self.judge_agency(&grant, statement)?,
                }
            }
            Statement::Decline(_) => return Err(Code::InvalidStatement),
        };
        let digest = verified.digest();
        let body = Body::read(verified.compact(), digest).ok_or(Code::InvalidStatement)?;
        let entry = match status {
            Some(status) => Entry::Status {
                at: self.at,
                digest,
                exp: None,
                slot: grant.slot,
                status,
                v: 1,
            },
            None => Entry::Act {
                at: self.at,
                digest,
                v: 1,
            },
        };
        let index = self.record(entry, verified.compact(), body);
        self.shares
            .extend(share_change(grant_id, verified.statement()));
        Ok(Outcome::Recorded {
            index,
            replaced: None,
        })
    }

    /// The status that a holder's act sets; none where it sets none.
    fn judge_holder(
        &self,
        grant: &GrantState,
        statement: &HolderStatement,
    ) -> Result<Option<u8>, Code> {
        let (_, state) = self.ledger.state(grant, self.now());
        let ended = matches!(state, State::Revoked | State::Expired);
        match &statement.act {
            HolderAct::Revoke { .. } => return Ok(Some(1)),
            _ if statement.seq <= grant.seq => return Err(Code::StaleStatement),
            HolderAct::EraseRequest => return Ok(None),
            _ if ended => return Err(Code::GrantEnded),
            _ => {}
        }
        Ok(match &statement.act {
            HolderAct::Suspend => Some(2),
            HolderAct::Resume => Some(0),
            _ => None,
        })
    }

    fn judge_agency_signer(
        &self,
        grant: &GrantState,
        statement: &AgencyStatement,
        signer: &PublicKey,
    ) -> Result<(), Code> {
        if *grant.audience != *statement.iss.as_str() {
            return self.judge_recipient(grant, statement, signer);
        }
        let agency = self.author(statement)?;
        if agency.may_act_for(&grant.agency_key, &signer.thumbprint()) {
            Ok(())
        } else {
            Err(Code::WrongSigner)
        }
    }

    /// An agency that the share was handed on to says what it owes afterwards, and nothing else.
    fn judge_recipient(
        &self,
        grant: &GrantState,
        statement: &AgencyStatement,
        signer: &PublicKey,
    ) -> Result<(), Code> {
        let mut recipients = grant.recipients.iter();
        if !recipients.any(|agency| **agency == *statement.iss.as_str()) {
            return Err(Code::UnknownGrant);
        }
        let agency = self.author(statement)?;
        if !agency.is_current(signer) {
            return Err(Code::WrongSigner);
        }
        match statement.act {
            AgencyAct::Acknowledged { .. } | AgencyAct::Erased { .. } => Ok(()),
            _ => Err(Code::WrongAct),
        }
    }

    /// Reading and handing on need a grant in force; reading, one that is not used up, and the act that its
    /// release asks for. What is owed afterwards does not.
    fn judge_agency(
        &self,
        grant: &GrantState,
        statement: &AgencyStatement,
    ) -> Result<Option<u8>, Code> {
        if let AgencyAct::Forward { to, .. } = &statement.act {
            self.active_agency(to)?;
            self.in_force(grant)?;
            return Ok(None);
        }
        let Some(reading) = Reading::of(&statement.act) else {
            return Ok(None);
        };
        if reading == Reading::Open && grant.release == Release::OnGrant {
            return Err(Code::WrongAct);
        }
        self.in_force(grant)?;
        if reading.is_use(grant.release) && grant.is_exhausted() {
            return Err(Refusal::Exhausted.into());
        }
        Ok(None)
    }

    fn in_force(&self, grant: &GrantState) -> Result<(), Refusal> {
        match self.ledger.state(grant, self.now()).1 {
            State::Valid if grant.nbf > self.now().plus(CLOCK_SKEW_SECONDS) => {
                Err(Refusal::NotYetValid)
            }
            State::Valid => Ok(()),
            State::Suspended => Err(Refusal::Suspended),
            State::Revoked => Err(Refusal::Revoked),
            State::Expired => Err(Refusal::Expired),
        }
    }

    fn registry(&mut self, compact: &str, registry: &Registry) -> Result<Outcome, Code> {
        if let Some(current) = self.ledger.registry() {
            if current.compact == compact {
                return Ok(Outcome::Known(current.index));
            }
            if registry.serial <= current.registry.serial {
                return Err(Code::StaleStatement);
            }
        }
        let digest = consent_token::jws::digest(compact);
        let body = Body::Registry(compact.to_owned(), registry.clone());
        let index = self.record(
            Entry::Act {
                at: self.at,
                digest,
                v: 1,
            },
            compact,
            body,
        );
        Ok(Outcome::Recorded {
            index,
            replaced: None,
        })
    }

    /// Who makes a statement. A suspended agency owes what it owed before, and may say that it did it.
    fn author(&self, statement: &AgencyStatement) -> Result<&KnownAgency, Code> {
        match statement.act {
            AgencyAct::Acknowledged { .. } | AgencyAct::Erased { .. } => {
                self.agency(&statement.iss)
            }
            _ => self.active_agency(&statement.iss),
        }
    }

    fn agency(&self, id: &AgencyId) -> Result<&KnownAgency, Code> {
        let registry = self.ledger.registry().ok_or(Refusal::UnknownAgency)?;
        let found = registry.agency(id);
        found.ok_or_else(|| Refusal::UnknownAgency.into())
    }

    fn active_agency(&self, id: &AgencyId) -> Result<&KnownAgency, Code> {
        let known = self.agency(id)?;
        if known.agency.is_active() {
            Ok(known)
        } else {
            Err(Refusal::AgencySuspended.into())
        }
    }

    fn record(&mut self, entry: Entry, compact: &str, body: Body) -> u64 {
        let index = self.ledger.tree().size();
        let bytes = entry.to_canonical();
        self.ledger.apply(&entry, &bytes, Some(body));
        let list = match &entry {
            Entry::Status { slot, .. } => Some(slot.0),
            Entry::Act { .. } => None,
        };
        self.entries.push(NewEntry {
            at: self.at,
            entry: bytes,
            body: compact.to_owned(),
            list,
        });
        index
    }
}

/// What a recorded act does to the ciphertexts behind its grant.
fn share_change(grant: Jti, statement: &Statement) -> Option<ShareChange> {
    let Statement::Holder(statement) = statement else {
        return None;
    };
    match statement.act {
        HolderAct::Revoke { .. } => Some(ShareChange::Destroy { grant }),
        HolderAct::Share { digest, .. } => Some(ShareChange::Announce { grant, digest }),
        _ => None,
    }
}

/// Where an act was recorded before: by its id, but a revocation only as a revocation, so that no earlier
/// act under the same id can stand in its way. A second revocation, whatever its id, is the first one's act.
fn known_act(grant: &GrantState, statement: &HolderStatement, known: Option<u64>) -> Option<u64> {
    match statement.act {
        HolderAct::Revoke { .. } => grant.revoked_at,
        _ => known,
    }
}

#[cfg(test)]
mod tests;
