//! Key slots: the vault key wrapped once for each way to unlock (PROTOCOL.md section 11). A slot's
//! costs are checked before any work is done with them. Layout in docs/spec/vault-format.md.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::row::{decrypt, encrypt};
use crate::seed::hkdf_sha256;
use crate::{
    Argon2Params, CostError, DeviceKey, FORMAT_VERSION, Nonce, Passphrase, VaultId, VaultKey,
    WalletSeed,
};

mod layout;

use layout::WRAPPED_BYTES;

/// Length of a slot's salt in bytes (RFC 9106 section 4).
pub const SALT_BYTES: usize = 16;

/// Number of a slot in its vault: 1 for the passphrase, 2 for the recovery phrase, from 3 devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SlotId(pub u64);

impl SlotId {
    /// The slot that the passphrase opens.
    pub const PASSPHRASE: Self = Self(1);
    /// The slot that the recovery phrase opens.
    pub const RECOVERY: Self = Self(2);
    /// The first slot that a device's secret may open.
    pub const FIRST_DEVICE: Self = Self(3);
}

/// Which secret opens a slot. The number is part of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum SlotKind {
    /// The passphrase, through Argon2id.
    Passphrase = 1,
    /// The 24 words of the recovery phrase, which are the wallet seed.
    Recovery = 2,
    /// A secret in the device's keychain.
    Device = 3,
}

/// Fresh random bytes for making one slot.
#[derive(Clone, Copy, Debug)]
pub struct SlotRandom {
    /// Salt of the key derivation.
    pub salt: [u8; SALT_BYTES],
    /// Nonce of the wrapping.
    pub nonce: Nonce,
}

/// The vault key, wrapped for one secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    id: SlotId,
    lock: Lock,
    salt: [u8; SALT_BYTES],
    nonce: Nonce,
    wrapped: [u8; WRAPPED_BYTES],
}

/// What opens a slot, with the costs where a passphrase does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lock {
    Passphrase(Argon2Params),
    Recovery,
    Device,
}

/// A slot cannot be read or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SlotError {
    /// Bits of the slot changed: the medium is failing, or somebody altered it.
    #[error("a key slot of the vault is damaged")]
    Damaged,
    /// A later version of the program wrote the slot: update the program.
    #[error("a key slot has version {found}, newer than this program knows")]
    NewerVersion {
        /// The version found.
        found: u8,
    },
    /// A later version of the program wrote a kind of slot that this one does not know.
    #[error("a key slot is of kind {found}, which this program does not know")]
    UnknownKind {
        /// The kind found.
        found: u8,
    },
    /// The slot's costs are outside the bounds, or more than the device can do.
    #[error(transparent)]
    Cost(#[from] CostError),
    /// The secret is not the one of this slot: the person tries again.
    #[error("this secret does not open the key slot")]
    WrongSecret,
    /// The slot is opened by another kind of secret: a mistake of the calling program.
    #[error("this kind of secret does not belong to the key slot")]
    OtherKind,
}

impl Slot {
    /// Wraps `key` for a passphrase.
    ///
    /// # Errors
    /// [`CostError::OutOfMemory`] when the derivation's memory cannot be had.
    pub fn for_passphrase(
        vault: VaultId,
        id: SlotId,
        key: &VaultKey,
        passphrase: &Passphrase,
        costs: Argon2Params,
        random: &SlotRandom,
    ) -> Result<Self, CostError> {
        let secret = costs.derive(passphrase, &random.salt)?;
        Ok(Self::wrap(
            vault,
            id,
            key,
            Lock::Passphrase(costs),
            &secret,
            random,
        ))
    }

    /// Wraps `key` for the wallet seed, and so for the recovery phrase.
    #[must_use]
    pub fn for_seed(
        vault: VaultId,
        id: SlotId,
        key: &VaultKey,
        seed: &WalletSeed,
        random: &SlotRandom,
    ) -> Self {
        Self::wrap(vault, id, key, Lock::Recovery, seed.expose_secret(), random)
    }

    /// Wraps `key` for a secret of the device's keychain.
    #[must_use]
    pub fn for_device(
        vault: VaultId,
        id: SlotId,
        key: &VaultKey,
        device: &DeviceKey,
        random: &SlotRandom,
    ) -> Self {
        Self::wrap(vault, id, key, Lock::Device, device.expose_secret(), random)
    }

    /// Unwraps the vault key with a passphrase.
    ///
    /// # Errors
    /// [`SlotError::WrongSecret`], [`SlotError::OtherKind`] or [`SlotError::Cost`].
    pub fn open_with_passphrase(
        &self,
        vault: VaultId,
        passphrase: &Passphrase,
    ) -> Result<VaultKey, SlotError> {
        let Lock::Passphrase(costs) = self.lock else {
            return Err(SlotError::OtherKind);
        };
        self.unwrap_key(vault, &*costs.derive(passphrase, &self.salt)?)
    }

    /// Unwraps the vault key with the wallet seed.
    ///
    /// # Errors
    /// [`SlotError::WrongSecret`] or [`SlotError::OtherKind`].
    pub fn open_with_seed(&self, vault: VaultId, seed: &WalletSeed) -> Result<VaultKey, SlotError> {
        match self.lock {
            Lock::Recovery => self.unwrap_key(vault, seed.expose_secret()),
            _ => Err(SlotError::OtherKind),
        }
    }

    /// Unwraps the vault key with a secret of the device's keychain.
    ///
    /// # Errors
    /// [`SlotError::WrongSecret`] or [`SlotError::OtherKind`].
    pub fn open_with_device(
        &self,
        vault: VaultId,
        device: &DeviceKey,
    ) -> Result<VaultKey, SlotError> {
        match self.lock {
            Lock::Device => self.unwrap_key(vault, device.expose_secret()),
            _ => Err(SlotError::OtherKind),
        }
    }

    /// The slot's number.
    #[must_use]
    pub const fn id(&self) -> SlotId {
        self.id
    }

    /// Which kind of secret opens it.
    #[must_use]
    pub const fn kind(&self) -> SlotKind {
        match self.lock {
            Lock::Passphrase(_) => SlotKind::Passphrase,
            Lock::Recovery => SlotKind::Recovery,
            Lock::Device => SlotKind::Device,
        }
    }

    /// What a guess costs, where a passphrase opens it.
    #[must_use]
    pub const fn costs(&self) -> Option<Argon2Params> {
        match self.lock {
            Lock::Passphrase(costs) => Some(costs),
            _ => None,
        }
    }

    fn wrap(
        vault: VaultId,
        id: SlotId,
        key: &VaultKey,
        lock: Lock,
        secret: &[u8; 32],
        random: &SlotRandom,
    ) -> Self {
        let SlotRandom { salt, nonce } = *random;
        let mut slot = Self {
            id,
            lock,
            salt,
            nonce,
            wrapped: [0; WRAPPED_BYTES],
        };
        let kek = slot.wrapping_key(secret);
        let aad = slot.associated_data(vault);
        let sealed = encrypt(&kek, &aad, &nonce, key.expose_secret().to_vec());
        slot.wrapped
            .iter_mut()
            .zip(sealed)
            .for_each(|(to, from)| *to = from);
        slot
    }

    fn unwrap_key(&self, vault: VaultId, secret: &[u8; 32]) -> Result<VaultKey, SlotError> {
        let kek = self.wrapping_key(secret);
        let aad = self.associated_data(vault);
        let opened = decrypt(&kek, &aad, &self.nonce, self.wrapped.to_vec())
            .map_err(|_| SlotError::WrongSecret)?;
        let key: &[u8; 32] = opened.first_chunk().ok_or(SlotError::Damaged)?;
        Ok(VaultKey::from_bytes(*key))
    }

    /// HKDF-SHA256 of the secret, salted with the slot's salt, bound to the kind of secret.
    fn wrapping_key(&self, secret: &[u8; 32]) -> Zeroizing<[u8; 32]> {
        let info: &[&[u8]] = &[b"assent/vault/kek/", &[self.kind() as u8]];
        Zeroizing::new(hkdf_sha256(secret, &self.salt, info))
    }

    /// Domain, format version, vault id, slot id, then the slot up to and including its salt.
    fn associated_data(&self, vault: VaultId) -> Vec<u8> {
        let mut aad = b"assent/vault/slot".to_vec();
        aad.extend_from_slice(&FORMAT_VERSION.to_be_bytes());
        aad.extend_from_slice(&vault.0);
        aad.extend_from_slice(&self.id.0.to_be_bytes());
        aad.extend_from_slice(&self.head());
        aad
    }
}

/// SHA-256 over the bytes of all slots, which come in ascending order of their numbers; the
/// manifest keeps it. It is over bytes, so that a slot of a later version counts too.
#[must_use]
pub fn slots_digest<'a>(slots: impl IntoIterator<Item = (SlotId, &'a [u8])>) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"assent/vault/slots");
    for (id, bytes) in slots {
        hash.update(id.0.to_be_bytes());
        hash.update(Sha256::digest(bytes));
    }
    hash.finalize().into()
}

/// The first 16 bytes of SHA-256: tells damage from a wrong secret. It protects against accidents
/// only; the wrapping's tag and the manifest protect against people.
fn check_of(bytes: &[u8]) -> [u8; 16] {
    let mut check = [0; 16];
    check
        .iter_mut()
        .zip(Sha256::digest(bytes))
        .for_each(|(to, from)| *to = from);
    check
}

fn check_matches(bytes: &[u8], check: &[u8]) -> bool {
    check_of(bytes).as_slice().ct_eq(check).into()
}

#[cfg(test)]
mod tests;
