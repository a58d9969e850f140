//! Whose a ciphertext is (PROTOCOL sections 4 and 7). HPKE's base mode says nothing of who sealed: whoever knows
//! the agency's key and the token can. What the holder's `share` statement announces is the holder's, and nothing else.

use consent_token::{
    id::Digest,
    statement::{HolderAct, HolderStatement, Statement, UnverifiedStatement},
    token::VerifiedToken,
};

use super::{Share, ShareError};

/// What a holder's `share` statement says about a ciphertext.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Announced {
    /// The statement's number among the holder's on this grant: a later one is newer.
    pub seq: u64,
    /// SHA-256 of the ciphertext.
    pub digest: Digest,
    /// The ciphertext's size in bytes.
    pub size: u64,
    /// The revision of what is sealed.
    pub revision: u64,
}

impl Announced {
    /// Reads the statement that came with a ciphertext, and holds it to be the holder's, on this grant.
    ///
    /// # Errors
    /// [`ShareError::Unannounced`] where none came, [`ShareError::NotTheHolders`].
    pub fn verify(compact: Option<&str>, token: &VerifiedToken) -> Result<Self, ShareError> {
        let compact = compact.ok_or(ShareError::Unannounced)?;
        let unverified = UnverifiedStatement::parse(compact);
        let verified = unverified.and_then(|read| read.verify(token.holder_key()));
        let verified = verified.map_err(|_| ShareError::NotTheHolders)?;
        match verified.statement() {
            Statement::Holder(HolderStatement {
                grant,
                seq,
                act:
                    HolderAct::Share {
                        digest,
                        size,
                        revision,
                    },
                ..
            }) if *grant == token.claims().jti => Ok(Announced {
                seq: *seq,
                digest: *digest,
                size: *size,
                revision: *revision,
            }),
            _ => Err(ShareError::NotTheHolders),
        }
    }

    /// Refuses every ciphertext but the announced one.
    ///
    /// # Errors
    /// [`ShareError::NotAnnounced`].
    pub fn expect_bytes(&self, ciphertext: &[u8]) -> Result<(), ShareError> {
        let same = ciphertext.len() as u64 == self.size && Digest::of(ciphertext) == self.digest;
        same.then_some(()).ok_or(ShareError::NotAnnounced)
    }

    /// Refuses a share that says another revision than the one that was announced.
    ///
    /// # Errors
    /// [`ShareError::OtherRevision`].
    pub fn expect_revision(&self, share: &Share) -> Result<(), ShareError> {
        let same = share.revision == self.revision;
        same.then_some(()).ok_or(ShareError::OtherRevision)
    }
}
