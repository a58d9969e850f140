//! What waits to be sent, in the order in which it was decided. An item stays until the verifier has
//! proven that it is recorded, or has refused it for good; sending it twice is sending it once.

use consent_token::id::{Jti, UnixSeconds};
use serde::{Deserialize, Serialize};
use vault::Changes;

use crate::{Wallet, WalletError, records};

/// What a citizen does, as it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Registers a consent.
    Register,
    /// Takes it back.
    Revoke,
    /// Pauses it.
    Suspend,
    /// Ends the pause.
    Resume,
    /// Asks the agency to delete what it read.
    EraseRequest,
    /// Hands the token to the agency that asked.
    Deliver,
}

/// One thing that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Item {
    /// When it was decided.
    pub(crate) at: UnixSeconds,
    /// On which consent.
    pub(crate) grant: Jti,
    /// What is sent.
    pub(crate) parcel: Parcel,
    /// Whether it may have arrived already.
    pub(crate) tried: Tried,
}

/// Whether an item may have arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Tried {
    /// It surely was not sent.
    Never,
    /// It was sent, or this vault comes from a backup made before it may have been.
    Perhaps,
}

/// What is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Parcel {
    /// The consent's token.
    Register,
    /// Nothing: the vault comes from a backup, and the consent counts only if the verifier has it already.
    Confirm,
    /// A statement.
    Statement {
        /// What it does.
        act: Act,
        /// The compact JWS.
        jws: String,
    },
    /// The token, to the agency's own address.
    Deliver {
        /// The address.
        uri: String,
        /// The agency's note of where it was.
        state: String,
        /// When the agency stops waiting.
        until: UnixSeconds,
    },
}

impl Parcel {
    /// What it does.
    pub(crate) const fn act(&self) -> Act {
        match self {
            Self::Register | Self::Confirm => Act::Register,
            Self::Statement { act, .. } => *act,
            Self::Deliver { .. } => Act::Deliver,
        }
    }
}

/// What waits, for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// When it was decided.
    pub since: UnixSeconds,
    /// On which consent.
    pub grant: Jti,
    /// The agency's name.
    pub agency: String,
    /// What.
    pub act: Act,
}

impl Wallet {
    /// What waits to be sent, in the order in which it will be.
    ///
    /// # Errors
    /// [`WalletError::Vault`] or [`WalletError::Record`].
    pub fn waiting(&self) -> Result<Vec<Waiting>, WalletError> {
        let waiting = |(_, item): (String, Item)| {
            let agency = self.grant_of(&item.grant)?.agency_name;
            Ok(Waiting {
                since: item.at,
                grant: item.grant,
                agency,
                act: item.parcel.act(),
            })
        };
        self.outbox()?.into_iter().map(waiting).collect()
    }

    /// Everything that waits, by its place in the queue.
    pub(crate) fn outbox(&self) -> Result<Vec<(String, Item)>, WalletError> {
        records::read_all(&self.vault, records::OUTBOX)
    }

    /// What waits first behind a place in the queue.
    pub(crate) fn next_in_outbox(
        &self,
        behind: Option<&str>,
    ) -> Result<Option<(String, Item)>, WalletError> {
        let mut keys = self.vault.list(records::OUTBOX);
        let Some(key) = keys.find(|key| behind.is_none_or(|behind| *key > behind)) else {
            return Ok(None);
        };
        let item = records::read(&self.vault, records::OUTBOX, key)?;
        Ok(item.map(|item| (key.to_owned(), item)))
    }

    /// What waits for one consent.
    pub(crate) fn outbox_of(&self, grant: &Jti) -> Result<Vec<(String, Item)>, WalletError> {
        Ok(self
            .outbox()?
            .into_iter()
            .filter(|(_, item)| item.grant == *grant)
            .collect())
    }
}

/// Puts an item at the end of the queue.
pub(crate) fn push(
    changes: &mut Changes<'_>,
    at: UnixSeconds,
    grant: Jti,
    parcel: Parcel,
) -> Result<(), WalletError> {
    let last = changes
        .list(records::OUTBOX)
        .last()
        .and_then(|key| key.parse::<u64>().ok());
    let key = format!("{:020}", last.map_or(0, |last| last + 1));
    records::put(
        changes,
        records::OUTBOX,
        &key,
        &Item {
            at,
            grant,
            parcel,
            tried: Tried::Never,
        },
    )
}
