//! Records of the vault as JSON: one kind for each sort of thing that the wallet remembers.

use serde::{Serialize, de::DeserializeOwned};
use vault::{Changes, Unlocked};

use crate::WalletError;

/// The data that the citizen wrote down, by path.
pub(crate) const PROFILE: &str = "profile";
/// The pinned verifier, the registry and the newest checkpoint.
pub(crate) const VERIFIER: &str = "verifier";
/// Status slots in stock.
pub(crate) const SLOT: &str = "slot";
/// Consents, by id.
pub(crate) const GRANT: &str = "grant";
/// All offers as they were fetched last.
pub(crate) const OFFER: &str = "offer";
/// What was shared last under each consent, by its id.
pub(crate) const SHARE: &str = "share";
/// Files beside the data, by path: their digest, and which chunks they are.
pub(crate) const ATTACHMENT: &str = "attachment";
/// Which files an agency was given, by the consent's id and path.
pub(crate) const GIVEN: &str = "given";
/// What waits to be sent, by its place in the queue.
pub(crate) const OUTBOX: &str = "outbox";
/// What became of each consent, by its id.
pub(crate) const HISTORY: &str = "history";
/// Which looks were shown to the citizen, by the consent's id: their indexes in the log.
pub(crate) const SHOWN: &str = "shown";
/// Requests that were declined, by the request's id.
pub(crate) const DECLINE: &str = "decline";
/// Signed checkpoints that still have to be compared with the newest.
pub(crate) const HEAD: &str = "head";
/// Proofs of misbehaviour.
pub(crate) const EVIDENCE: &str = "evidence";

/// Reads one record.
pub(crate) fn read<T: DeserializeOwned>(
    vault: &Unlocked,
    kind: &'static str,
    key: &str,
) -> Result<Option<T>, WalletError> {
    vault
        .read(kind, key)?
        .map(|bytes| decode(kind, &bytes))
        .transpose()
}

/// Reads all records of a kind, in ascending order of their keys.
pub(crate) fn read_all<T: DeserializeOwned>(
    vault: &Unlocked,
    kind: &'static str,
) -> Result<Vec<(String, T)>, WalletError> {
    let records = vault.read_all(kind)?;
    records
        .into_iter()
        .map(|(key, bytes)| Ok((key, decode(kind, &bytes)?)))
        .collect()
}

/// Stores one record.
pub(crate) fn put<T: Serialize>(
    changes: &mut Changes<'_>,
    kind: &'static str,
    key: &str,
    value: &T,
) -> Result<(), WalletError> {
    let bytes = serde_json::to_vec(value).map_err(|_| WalletError::Record(kind))?;
    Ok(changes.put(kind, key, &bytes)?)
}

fn decode<T: DeserializeOwned>(kind: &'static str, bytes: &[u8]) -> Result<T, WalletError> {
    serde_json::from_slice(bytes).map_err(|_| WalletError::Record(kind))
}
