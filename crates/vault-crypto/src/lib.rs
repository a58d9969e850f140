#![doc = include_str!("../README.md")]

mod argon;
mod manifest;
#[cfg(test)]
mod official;
mod passphrase;
mod phrase;
mod place;
mod record;
mod row;
mod rowset;
mod secret;
mod seed;
mod slot;

pub use argon::{Argon2Params, CostError};
pub use manifest::{MANIFEST_BYTES, Manifest, ManifestError};
pub use passphrase::{Passphrase, PassphraseError};
pub use phrase::{PhraseError, RecoveryPhrase};
pub use place::{FORMAT_VERSION, Place, RowId, Table, VaultId};
pub use record::{MAX_KEY_BYTES, MAX_KIND_BYTES, MAX_RECORD_BYTES, Record, RecordError};
pub use row::{NONCE_BYTES, Nonce, NotAuthentic, TAG_BYTES, open, seal};
pub use rowset::{Patch, RowSet, Stamp};
pub use secret::{DerivedSecret, DeviceKey, Plaintext, VaultKey};
pub use seed::{WalletSeed, derive_holder_kem_ikm, derive_holder_signing_seed};
pub use slot::{SALT_BYTES, Slot, SlotError, SlotId, SlotKind, SlotRandom, slots_digest};
