//! Whether the rows in a file are the ones that its manifest describes; if not, in what way.

use vault_crypto::{Manifest, RowSet, Stamp};

use crate::VaultError;

/// What was seen while reading all rows.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// Rows that do not open in their places.
    pub(crate) altered: u64,
    /// The newest revision among rows that open.
    pub(crate) newest: u64,
}

impl Findings {
    /// Takes note of a row that opened.
    pub(crate) fn opened(&mut self, stamp: &Stamp) {
        self.newest = self.newest.max(stamp.revision);
    }

    /// Names what is wrong with the rows, the most telling finding first.
    ///
    /// # Errors
    /// [`VaultError::ManifestRolledBack`], [`VaultError::RowAltered`], [`VaultError::RowRemoved`],
    /// [`VaultError::RowAdded`] or [`VaultError::RowRolledBack`].
    pub(crate) fn judge(&self, rows: &RowSet, manifest: &Manifest) -> Result<(), VaultError> {
        if self.newest > manifest.commit {
            return Err(VaultError::ManifestRolledBack);
        }
        if self.altered > 0 {
            return Err(VaultError::RowAltered { rows: self.altered });
        }
        if let Some(missing @ 1..) = manifest.rows.checked_sub(rows.len()) {
            return Err(VaultError::RowRemoved { missing });
        }
        if let Some(extra @ 1..) = rows.len().checked_sub(manifest.rows) {
            return Err(VaultError::RowAdded { extra });
        }
        if !manifest.describes_rows(&rows.digest()) {
            return Err(VaultError::RowRolledBack);
        }
        Ok(())
    }
}
