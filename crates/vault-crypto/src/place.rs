//! Where a sealed row stands: the associated data that ties a ciphertext to one vault, one table,
//! one row and one revision (PROTOCOL.md section 11), so that none can be moved to another place.

/// The format version that this crate writes and reads.
pub const FORMAT_VERSION: u16 = 1;

/// Random name of one vault, 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VaultId(pub [u8; 16]);

/// Number of a row inside its table; never used twice in one vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub u64);

/// The tables whose rows are sealed. The number is part of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Table {
    /// The one row that describes all others.
    Manifest = 0,
    /// Records: kind, key and value.
    Record = 1,
    /// Pieces of large documents.
    Chunk = 2,
}

/// The place of one sealed row: its associated data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The vault.
    pub vault: VaultId,
    /// The table.
    pub table: Table,
    /// The row in the table.
    pub row: RowId,
    /// The commit that wrote the row, counted from 1.
    pub revision: u64,
}

/// First bytes of the associated data of every row.
const DOMAIN: &[u8; 16] = b"assent/vault/row";

/// Length of the associated data in bytes.
const AAD_BYTES: usize = 51;

impl Place {
    /// Writes the associated data, 51 bytes, integers big-endian:
    /// `"assent/vault/row"`, format version (2), vault id (16), table (1), row (8), revision (8).
    #[must_use]
    pub fn associated_data(&self) -> [u8; AAD_BYTES] {
        let parts: [&[u8]; 6] = [
            DOMAIN,
            &FORMAT_VERSION.to_be_bytes(),
            &self.vault.0,
            &[self.table as u8],
            &self.row.0.to_be_bytes(),
            &self.revision.to_be_bytes(),
        ];
        let mut aad = [0; AAD_BYTES];
        let mut rest = aad.as_mut_slice();
        for part in parts {
            let (here, after) = rest.split_at_mut(part.len());
            here.copy_from_slice(part);
            rest = after;
        }
        aad
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_is_the_documented_one() {
        let place = Place {
            vault: VaultId([0xaa; 16]),
            table: Table::Chunk,
            row: RowId(0x0102),
            revision: 0x0304,
        };
        let mut expected = b"assent/vault/row\x00\x01".to_vec();
        expected.extend([0xaa; 16]);
        expected.extend([2, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 3, 4]);
        assert_eq!(place.associated_data().as_slice(), expected);
    }
}
