//! Chunks: pieces of large documents, each a sealed row of its own. They are opened when they are read, not
//! at unlock; that none is missing, swapped or put back is known from the manifest like that of a record.

use vault_crypto::{MAX_RECORD_BYTES, Place, Plaintext, RecordError, RowId, Stamp, Table, open};

use super::Changes;
use crate::{
    Unlocked, VaultError,
    database::{delete_row, read_row, write_row},
};

/// Which chunk it is. It is kept by whoever wrote it: a chunk has no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChunkId(pub u64);

impl Changes<'_> {
    /// Stores a chunk.
    ///
    /// # Errors
    /// [`VaultError::Record`] for more bytes than a record has, and nothing changed; any other means that the transaction can only be
    /// given up.
    pub fn put_chunk(&mut self, content: &[u8]) -> Result<ChunkId, VaultError> {
        if content.len() > MAX_RECORD_BYTES {
            return Err(RecordError::Value {
                bytes: content.len(),
            }
            .into());
        }
        self.guarded(|this| {
            let row = this.new_row();
            let (stamp, sealed) = this.sealer.seal(Table::Chunk, row, content.to_vec())?;
            write_row(&this.transaction, Table::Chunk, row, &stamp, &sealed)?;
            this.stamps.insert((Table::Chunk, row), Some(stamp));
            Ok(ChunkId(row.0))
        })
    }

    /// Removes a chunk; one that is not there is removed already.
    ///
    /// # Errors
    /// An error of the disk: the transaction can only be given up.
    pub fn remove_chunk(&mut self, chunk: ChunkId) -> Result<(), VaultError> {
        self.guarded(|this| {
            let row = RowId(chunk.0);
            if this.before.rows.stamp(Table::Chunk, row).is_none() {
                return Ok(());
            }
            delete_row(&this.transaction, Table::Chunk, row)?;
            this.stamps.insert((Table::Chunk, row), None);
            Ok(())
        })
    }
}

impl Unlocked {
    /// Reads a chunk, or nothing where there is no such chunk.
    ///
    /// # Errors
    /// [`VaultError::RowAltered`] or [`VaultError::RowRemoved`] when the file was altered since unlock,
    /// [`VaultError::MustReopen`], or an error of the disk.
    pub fn read_chunk(&self, chunk: ChunkId) -> Result<Option<Plaintext>, VaultError> {
        self.check_usable()?;
        let row = RowId(chunk.0);
        let Some(Stamp { revision, nonce }) = self.contents.rows.stamp(Table::Chunk, row) else {
            return Ok(None);
        };
        let sealed = read_row(&self.database.connection, Table::Chunk, row)?;
        let sealed = sealed.ok_or(VaultError::RowRemoved { missing: 1 })?;
        let place = Place {
            vault: self.database.vault,
            table: Table::Chunk,
            row,
            revision: *revision,
        };
        let opened = open(&self.key, &place, nonce, sealed);
        opened
            .map(Some)
            .map_err(|_| VaultError::RowAltered { rows: 1 })
    }
}
