//! A consent as the wallet keeps it: the signed token, what was decided since, what is proven, and the
//! receipts. What is decided and what is proven are two things, and both are shown.

use consent_token::{
    id::{AgencyId, Jti, UnixSeconds},
    key::Thumbprint,
    token::Consent,
};
use protocol::{Slot, api::SlotTicket};
use serde::{Deserialize, Serialize};
use vault::Changes;

use crate::{Replaces, Wallet, WalletError, outbox::Act, receipts::Effect, records, slots};

/// One consent to one agency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grant {
    /// Its id.
    pub id: Jti,
    /// The consent token, a compact JWS.
    pub token: String,
    /// To whom.
    pub agency: AgencyId,
    /// The agency's name when the consent was signed.
    pub agency_name: String,
    /// The scope of the holder's key: the agency's id, or the circle's.
    pub scope: String,
    /// What, why and for how long.
    pub consent: Consent,
    /// The agency's key when the consent was signed.
    pub agency_key: Thumbprint,
    /// When it was signed.
    pub signed_at: UnixSeconds,
    /// When it ends.
    pub ends_at: UnixSeconds,
    /// The text that the citizen read.
    pub notice: String,
    /// The id of the request that it answers.
    pub answers: Option<Jti>,
    /// That request, a compact JWS.
    pub request: Option<String>,
    /// Its place in the status lists, with the ticket.
    pub slot: SlotTicket,
    /// The `seq` of the last statement.
    pub seq: u64,
    /// What is proven.
    pub standing: Standing,
    /// What the citizen decided last.
    pub wish: Wish,
    /// Every receipt, with what it is for.
    pub receipts: Vec<Recorded>,
    /// What the verifier refused for good.
    pub refusals: Vec<Refused>,
    /// The status as it was last seen published.
    pub published: Option<Published>,
    /// The wider consent that this one takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Replaces>,
}

/// What is proven about a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Not registered yet: no agency can use it.
    Unregistered,
    /// In force.
    Valid,
    /// Paused.
    Suspended,
    /// Taken back, for ever.
    Revoked,
    /// Taken back before it was sent: it never was of use to anybody.
    Withdrawn,
    /// The verifier refused it.
    Refused,
}

/// What the citizen decided last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// It shall be in force.
    InForce,
    /// It shall be paused.
    Paused,
    /// It shall be taken back.
    Ended,
}

/// The state of a consent as a person asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Signed, and waiting to be sent.
    Waiting,
    /// In force.
    Valid,
    /// Paused.
    Suspended,
    /// Taken back.
    Revoked,
    /// Its time is over.
    Expired,
    /// Refused by the verifier.
    Refused,
}

/// A proof that an act stands in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// The act.
    pub act: Act,
    /// The token or statement, a compact JWS.
    pub jws: String,
    /// When it was recorded, in milliseconds.
    pub at: i64,
    /// The entry's index in the log.
    pub index: u64,
    /// The text of the C2SP tlog-proof.
    pub proof: String,
}

/// An act that the verifier refused for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The act.
    pub act: Act,
    /// The problem code.
    pub code: String,
    /// When.
    pub at: UnixSeconds,
}

/// The status as anyone can see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The value in the status list.
    pub status: u8,
    /// When the list was made.
    pub as_of: UnixSeconds,
    /// After how many seconds an agency that is online asks for a newer list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewed_within: Option<u64>,
    /// For how many seconds an agency that is offline may go by it, at the longest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub good_for: Option<u64>,
}

impl Grant {
    /// The state at `now`, as far as it is proven.
    #[must_use]
    pub fn state(&self, now: UnixSeconds) -> State {
        match self.standing {
            Standing::Revoked | Standing::Withdrawn => State::Revoked,
            Standing::Refused => State::Refused,
            _ if self.ends_at <= now => State::Expired,
            Standing::Unregistered => State::Waiting,
            Standing::Valid => State::Valid,
            Standing::Suspended => State::Suspended,
        }
    }

    /// Whether nothing can bring it back.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        matches!(
            self.standing,
            Standing::Revoked | Standing::Withdrawn | Standing::Refused
        )
    }

    /// Whether the verifier has it.
    #[must_use]
    pub const fn is_registered(&self) -> bool {
        matches!(
            self.standing,
            Standing::Valid | Standing::Suspended | Standing::Revoked
        )
    }

    /// Its place in the status lists.
    pub(crate) fn place(&self) -> Result<Slot, WalletError> {
        slots::place(&self.slot).ok_or(WalletError::Record(records::GRANT))
    }

    /// What an act on this consent must do to the log.
    pub(crate) fn effect(&self, act: Act) -> Result<Effect, WalletError> {
        let slot = self.place()?;
        Ok(match act {
            Act::Register => Effect::Registered {
                slot,
                exp: self.ends_at.as_i64(),
            },
            Act::Revoke => Effect::Status { slot, status: 1 },
            Act::Suspend => Effect::Status { slot, status: 2 },
            Act::Resume => Effect::Status { slot, status: 0 },
            Act::EraseRequest | Act::Deliver => Effect::Recorded,
        })
    }

    /// The `seq` of the next statement: rising, and never below one that was used after a backup was made.
    pub(crate) fn next_seq(&self, now: UnixSeconds) -> u64 {
        (self.seq + 1).max(u64::try_from(now.as_i64()).unwrap_or(0))
    }
}

impl Wallet {
    /// Every consent, the newest first.
    ///
    /// # Errors
    /// [`WalletError::Vault`] or [`WalletError::Record`].
    pub fn grants(&self) -> Result<Vec<Grant>, WalletError> {
        let all = records::read_all::<Grant>(&self.vault, records::GRANT)?;
        let mut grants: Vec<Grant> = all.into_iter().map(|(_, grant)| grant).collect();
        grants.sort_by_key(|grant| (std::cmp::Reverse(grant.signed_at), grant.id));
        Ok(grants)
    }

    /// The consent with this id, or the only one whose id begins like this.
    ///
    /// # Errors
    /// [`WalletError::UnknownGrant`] for none or several.
    pub fn grant_called(&self, name: &str) -> Result<Grant, WalletError> {
        let unknown = || WalletError::UnknownGrant(name.to_owned());
        let mut fitting = self
            .vault
            .list(records::GRANT)
            .filter(|id| !name.is_empty() && id.starts_with(name));
        match (fitting.next(), fitting.next()) {
            (Some(id), None) => records::read(&self.vault, records::GRANT, id)?.ok_or_else(unknown),
            _ => Err(unknown()),
        }
    }

    /// The consent of that name, or every consent of the circle's case whose id is or begins like that.
    ///
    /// # Errors
    /// [`WalletError::UnknownGrant`] for no consent and no case, or where it fits several.
    pub fn grants_called(&self, name: &str) -> Result<Vec<Grant>, WalletError> {
        let unknown = || WalletError::UnknownGrant(name.to_owned());
        let case_of = |grant: &Grant| grant.consent.circle.as_ref().map(|circle| circle.case);
        let fits = |case: Jti| !name.is_empty() && case.to_string().starts_with(name);
        let single = match self.grant_called(name) {
            Err(WalletError::UnknownGrant(_)) => None,
            other => Some(other?),
        };
        let mut of_case = self.grants()?;
        of_case.retain(|grant| case_of(grant).is_some_and(fits));
        let first = of_case.first().and_then(case_of);
        match single {
            Some(grant) if of_case.is_empty() => Ok(vec![grant]),
            None if first.is_some() && of_case.iter().all(|grant| case_of(grant) == first) => {
                Ok(of_case)
            }
            _ => Err(unknown()),
        }
    }

    /// The consent with this id.
    pub(crate) fn grant_of(&self, id: &Jti) -> Result<Grant, WalletError> {
        let id = id.to_string();
        records::read(&self.vault, records::GRANT, &id)?.ok_or(WalletError::UnknownGrant(id))
    }
}

/// Stores a consent.
pub(crate) fn put(changes: &mut Changes<'_>, grant: &Grant) -> Result<(), WalletError> {
    records::put(changes, records::GRANT, &grant.id.to_string(), grant)
}
