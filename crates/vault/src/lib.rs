#![doc = include_str!("../README.md")]

mod backup;
mod changes;
mod check;
mod contents;
mod create;
mod database;
mod error;
mod file;
mod index;
mod locked;
mod random;
mod schema;
mod slots;
mod unlocked;

pub use changes::{Changes, ChunkId};
pub use error::VaultError;
pub use locked::{Credential, Locked, StillLocked};
pub use unlocked::Unlocked;
pub use vault_crypto::{
    Argon2Params, CostError, DerivedSecret, DeviceKey, Passphrase, PassphraseError, PhraseError,
    Plaintext, RecordError, RecoveryPhrase, SlotId, WalletSeed, derive_holder_kem_ikm,
    derive_holder_signing_seed,
};

/// A vault file: where making, opening and restoring one begins.
#[derive(Debug)]
pub enum Vault {}
