//! The bytes of a slot: 118, fixed. Version (1), kind (1), memory in KiB, passes, lanes (4 each, zero
//! unless a passphrase opens it), salt (16), nonce (24), wrapped key and tag (48), check (16).

use super::{Lock, SALT_BYTES, Slot, SlotError, SlotId, SlotKind, check_matches, check_of};
use crate::{Argon2Params, NONCE_BYTES, Nonce, TAG_BYTES};

/// Length of a slot in bytes.
pub(super) const SLOT_BYTES: usize = HEAD_BYTES + NONCE_BYTES + WRAPPED_BYTES + CHECK_BYTES;

/// Length of the wrapped key with its tag.
pub(super) const WRAPPED_BYTES: usize = 32 + TAG_BYTES;

/// Version, kind, costs and salt.
const HEAD_BYTES: usize = 14 + SALT_BYTES;

/// Length of the check at the end.
const CHECK_BYTES: usize = 16;

/// The version of the layout.
const SLOT_VERSION: u8 = 1;

impl Slot {
    /// Length of a slot in bytes.
    pub const BYTES: usize = SLOT_BYTES;

    /// Writes the slot.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(SLOT_BYTES);
        bytes.extend_from_slice(&self.head());
        bytes.extend_from_slice(&self.nonce);
        bytes.extend_from_slice(&self.wrapped);
        let check = check_of(&bytes);
        bytes.extend_from_slice(&check);
        bytes
    }

    /// Reads a slot, and checks its costs before anything is derived with them.
    ///
    /// # Errors
    /// [`SlotError::Damaged`], [`SlotError::NewerVersion`], [`SlotError::UnknownKind`], or
    /// [`SlotError::Cost`].
    pub fn from_bytes(id: SlotId, bytes: &[u8]) -> Result<Self, SlotError> {
        let (content, check) = bytes
            .split_last_chunk::<CHECK_BYTES>()
            .ok_or(SlotError::Damaged)?;
        if !check_matches(content, check) {
            return Err(SlotError::Damaged);
        }
        let (version, rest) = content.split_first().ok_or(SlotError::Damaged)?;
        if *version > SLOT_VERSION {
            return Err(SlotError::NewerVersion { found: *version });
        }
        let fields = Fields::read(rest).ok_or(SlotError::Damaged)?;
        fields.into_slot(id)
    }

    /// The slot up to and including its salt.
    pub(super) fn head(&self) -> [u8; HEAD_BYTES] {
        let costs = self.costs();
        let cost = |of: fn(&Argon2Params) -> u32| costs.as_ref().map_or(0, of).to_be_bytes();
        let parts: [&[u8]; 5] = [
            &[SLOT_VERSION, self.kind() as u8],
            &cost(Argon2Params::memory_kib),
            &cost(Argon2Params::passes),
            &cost(Argon2Params::lanes),
            &self.salt,
        ];
        let mut head = [0; HEAD_BYTES];
        for (to, from) in head.iter_mut().zip(parts.into_iter().flatten()) {
            *to = *from;
        }
        head
    }
}

/// The fields behind the version, as read.
struct Fields {
    kind: u8,
    costs: [u32; 3],
    salt: [u8; SALT_BYTES],
    nonce: Nonce,
    wrapped: [u8; WRAPPED_BYTES],
}

impl Fields {
    fn read(bytes: &[u8]) -> Option<Self> {
        let (kind, rest) = bytes.split_first()?;
        let (memory, rest) = rest.split_first_chunk()?;
        let (passes, rest) = rest.split_first_chunk()?;
        let (lanes, rest) = rest.split_first_chunk()?;
        let (salt, rest) = rest.split_first_chunk()?;
        let (nonce, rest) = rest.split_first_chunk()?;
        let wrapped = rest.try_into().ok()?;
        let costs = [memory, passes, lanes].map(|cost| u32::from_be_bytes(*cost));
        Some(Self {
            kind: *kind,
            costs,
            salt: *salt,
            nonce: *nonce,
            wrapped,
        })
    }

    fn into_slot(self, id: SlotId) -> Result<Slot, SlotError> {
        let [memory_kib, passes, lanes] = self.costs;
        let lock = match self.kind {
            1 => Lock::Passphrase(Argon2Params::new(memory_kib, passes, lanes)?),
            2 | 3 if self.costs != [0; 3] => return Err(SlotError::Damaged),
            2 => Lock::Recovery,
            3 => Lock::Device,
            found => return Err(SlotError::UnknownKind { found }),
        };
        let Self {
            salt,
            nonce,
            wrapped,
            ..
        } = self;
        Ok(Slot {
            id,
            lock,
            salt,
            nonce,
            wrapped,
        })
    }
}

const _: () = assert!(SLOT_BYTES == 118, "the documented length");
const _: () = assert!(
    SlotKind::Passphrase as u8 == 1 && SlotKind::Recovery as u8 == 2 && SlotKind::Device as u8 == 3,
    "the documented kinds"
);
