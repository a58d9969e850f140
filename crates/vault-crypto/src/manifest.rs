//! The manifest: one sealed row that says how many commits there were, which rows the vault has and
//! which slots, so that a row removed, swapped or put back inside the file is found at unlock.

use subtle::ConstantTimeEq;

use crate::{Nonce, NotAuthentic, Place, RowId, Table, VaultId, VaultKey, open, seal};

/// Length of a manifest before sealing, in bytes.
pub const MANIFEST_BYTES: usize = 88;

/// What a vault holds, as of one commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The commit it describes, counted from 1.
    pub commit: u64,
    /// How many rows there are, in all tables.
    pub rows: u64,
    /// The number that the next new row gets.
    pub next_row: u64,
    /// [`RowSet::digest`](crate::RowSet::digest) of all rows.
    pub row_digest: [u8; 32],
    /// [`slots_digest`](crate::slots_digest) of all slots.
    pub slots_digest: [u8; 32],
}

/// A manifest cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// It was altered, or its commit number was.
    #[error("the vault's manifest was altered")]
    NotAuthentic,
    /// It opened, but is no manifest: it was sealed by a faulty program.
    #[error("the vault's manifest is not one of this format")]
    Malformed,
}

impl From<NotAuthentic> for ManifestError {
    fn from(_: NotAuthentic) -> Self {
        Self::NotAuthentic
    }
}

impl Manifest {
    /// Seals the manifest as row 0 of its table, at the revision of its commit.
    #[must_use]
    pub fn seal(&self, key: &VaultKey, vault: VaultId, nonce: &Nonce) -> Vec<u8> {
        seal(
            key,
            &place(vault, self.commit),
            nonce,
            self.to_bytes().to_vec(),
        )
    }

    /// Opens the manifest of `commit`.
    ///
    /// # Errors
    /// [`ManifestError::NotAuthentic`] when anything was altered, [`ManifestError::Malformed`]
    /// when what opened is not a manifest.
    pub fn open(
        key: &VaultKey,
        vault: VaultId,
        commit: u64,
        nonce: &Nonce,
        sealed: Vec<u8>,
    ) -> Result<Self, ManifestError> {
        let content = open(key, &place(vault, commit), nonce, sealed)?;
        Self::from_bytes(commit, &content).ok_or(ManifestError::Malformed)
    }

    /// Whether `digest` is the one of the manifest's rows; takes the same time whatever it is.
    #[must_use]
    pub fn describes_rows(&self, digest: &[u8; 32]) -> bool {
        self.row_digest.ct_eq(digest).into()
    }

    /// Whether `digest` is the one of the manifest's slots; takes the same time whatever it is.
    #[must_use]
    pub fn describes_slots(&self, digest: &[u8; 32]) -> bool {
        self.slots_digest.ct_eq(digest).into()
    }

    fn to_bytes(&self) -> [u8; MANIFEST_BYTES] {
        let parts: [&[u8]; 5] = [
            &self.rows.to_be_bytes(),
            &self.next_row.to_be_bytes(),
            &self.row_digest,
            &self.slots_digest,
            &self.commit.to_be_bytes(),
        ];
        let mut bytes = [0; MANIFEST_BYTES];
        for (slot, byte) in bytes.iter_mut().zip(parts.into_iter().flatten()) {
            *slot = *byte;
        }
        bytes
    }

    fn from_bytes(commit: u64, bytes: &[u8]) -> Option<Self> {
        let (rows, rest) = bytes.split_first_chunk()?;
        let (next_row, rest) = rest.split_first_chunk()?;
        let (row_digest, rest) = rest.split_first_chunk()?;
        let (slots_digest, rest) = rest.split_first_chunk()?;
        (rest == commit.to_be_bytes()).then_some(Self {
            commit,
            rows: u64::from_be_bytes(*rows),
            next_row: u64::from_be_bytes(*next_row),
            row_digest: *row_digest,
            slots_digest: *slots_digest,
        })
    }
}

fn place(vault: VaultId, commit: u64) -> Place {
    Place {
        vault,
        table: Table::Manifest,
        row: RowId(0),
        revision: commit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VAULT: VaultId = VaultId([1; 16]);

    fn manifest() -> Manifest {
        Manifest {
            commit: 7,
            rows: 3,
            next_row: 9,
            row_digest: [4; 32],
            slots_digest: [5; 32],
        }
    }

    #[test]
    fn opens_only_as_the_commit_it_was_sealed_for() {
        let key = VaultKey::from_bytes([2; 32]);
        let sealed = manifest().seal(&key, VAULT, &[6; 24]);
        let open = |vault, commit| Manifest::open(&key, vault, commit, &[6; 24], sealed.clone());
        assert_eq!(open(VAULT, 7), Ok(manifest()));
        assert_eq!(open(VAULT, 8), Err(ManifestError::NotAuthentic));
        assert_eq!(open(VaultId([9; 16]), 7), Err(ManifestError::NotAuthentic));
    }

    #[test]
    fn what_is_no_manifest_is_refused() {
        let key = VaultKey::from_bytes([2; 32]);
        let sealed = seal(&key, &place(VAULT, 7), &[6; 24], vec![0; MANIFEST_BYTES]);
        let opened = Manifest::open(&key, VAULT, 7, &[6; 24], sealed);
        assert_eq!(opened, Err(ManifestError::Malformed));
    }

    #[test]
    fn digests_are_compared_in_full() {
        let mut digest = [4; 32];
        assert!(manifest().describes_rows(&digest));
        digest[31] ^= 1;
        assert!(!manifest().describes_rows(&digest));
        let mut digest = [5; 32];
        assert!(manifest().describes_slots(&digest));
        digest[31] ^= 1;
        assert!(!manifest().describes_slots(&digest));
    }
}
