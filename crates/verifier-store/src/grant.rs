//! What the ledger keeps of one grant: enough to judge the next act, no more.

use std::{num::NonZeroU32, sync::Arc};

use consent_token::{
    CLOCK_SKEW_SECONDS,
    id::{Digest, Jti, UnixSeconds},
    key::Thumbprint,
    term::Release,
};
use protocol::Slot;

/// One registered grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantState {
    /// The agency in `aud`.
    pub audience: Arc<str>,
    /// The agency's key in `cnf.jkt`.
    pub agency_key: Thumbprint,
    /// The holder's Ed25519 public key.
    pub holder: [u8; 32],
    /// Where its status stands.
    pub slot: Slot,
    /// When it starts.
    pub nbf: UnixSeconds,
    /// When it ends.
    pub exp: UnixSeconds,
    /// The `seq` of the holder's last statement; 0 before the first.
    pub seq: u64,
    /// The registration's index in the log.
    pub index: u64,
    /// The indexes of all that was done on it since, in order.
    pub acts: Vec<u64>,
    /// Those of them that announce a ciphertext.
    pub announcements: Vec<u64>,
    /// The index of the revocation, where there was one.
    pub revoked_at: Option<u64>,
    /// Digest of the compact token.
    pub digest: Digest,
    /// When its share may be read.
    pub release: Release,
    /// How many times its share may be read; without limit where there is none.
    pub uses: Option<NonZeroU32>,
    /// How many statements were recorded under which all of it was read.
    pub reads: u32,
    /// Its place in a circle.
    pub circle: Option<Place>,
    /// The agencies that its share was handed on to.
    pub recipients: Vec<Arc<str>>,
}

/// A grant's place in a circle: part of one case, at a tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The circle's id.
    pub circle: Box<str>,
    /// The case.
    pub case: Jti,
    /// The tier.
    pub tier: u8,
}

/// The state of a grant at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// In force.
    Valid,
    /// Paused by the holder.
    Suspended,
    /// Taken back by the holder, for ever.
    Revoked,
    /// Its time is over.
    Expired,
}

impl State {
    /// The state as the API writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            State::Valid => "valid",
            State::Suspended => "suspended",
            State::Revoked => "revoked",
            State::Expired => "expired",
        }
    }
}

impl GrantState {
    /// The indexes of its registration and of all that was done on it since, in order.
    #[must_use]
    pub fn history(&self) -> Vec<u64> {
        let since = self.acts.iter().copied();
        std::iter::once(self.index).chain(since).collect()
    }

    /// Whether both are tokens of one grant to a circle. The case's id alone does not say so: whom a token names
    /// could make others with it, but not by the holder's key, which is the same for a whole circle (PROTOCOL section 1).
    #[must_use]
    pub fn is_of_case_of(&self, other: &Self) -> bool {
        let place = |grant: &Self| {
            let place = grant.circle.as_ref()?;
            Some((place.case, place.circle.clone()))
        };
        self.holder == other.holder && place(self).is_some() && place(self) == place(other)
    }

    /// Whether the share was read as often as the consent allows.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        self.uses.is_some_and(|uses| self.reads >= uses.get())
    }

    /// The state at `now`, given the slot's status.
    #[must_use]
    pub fn state(&self, status: u8, now: UnixSeconds) -> State {
        match status {
            _ if self.revoked_at.is_some() => State::Revoked,
            1 => State::Revoked,
            _ if self.exp.plus(CLOCK_SKEW_SECONDS) <= now => State::Expired,
            2 => State::Suspended,
            _ => State::Valid,
        }
    }
}
