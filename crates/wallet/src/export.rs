//! Everything in plain JSON: for the citizen's own records, for another program, or for a complaint.

use consent_token::id::UnixSeconds;
use profile::Profile;
use serde::Serialize;

use crate::{Event, Evidence, Grant, Verifier, Wallet, WalletError, heads::Seen};

/// The version of the export's form.
const VERSION: u32 = 1;

/// What an export holds. Secrets are not in it.
#[derive(Clone, Debug, Serialize)]
pub struct Export {
    /// The version of the form.
    pub version: u32,
    /// When it was made.
    pub exported_at: UnixSeconds,
    /// The citizen's data, by path; [`profile::import`] reads it back.
    pub fields: Profile,
    /// Every consent, with its token, notice, request and receipts.
    pub grants: Vec<Exported>,
    /// The verifier and its keys.
    pub verifier: Option<Verifier>,
    /// The newest checkpoint.
    pub checkpoint: Option<Seen>,
    /// Everything that was found against the verifier.
    pub evidence: Vec<Evidence>,
}

/// One consent and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct Exported {
    /// The consent.
    #[serde(flatten)]
    pub grant: Grant,
    /// What happened, with every proof.
    pub history: Vec<Event>,
}

impl Wallet {
    /// Puts everything but the secrets together.
    ///
    /// # Errors
    /// [`WalletError::Vault`] or [`WalletError::Record`].
    pub fn export(&mut self) -> Result<Export, WalletError> {
        let mut grants = Vec::new();
        for grant in self.grants()? {
            grants.push(Exported {
                history: self.history(&grant.id)?,
                grant,
            });
        }
        Ok(Export {
            version: VERSION,
            exported_at: self.device.now(),
            fields: self.profile()?,
            grants,
            verifier: self.verifier()?,
            checkpoint: self.newest_checkpoint()?,
            evidence: self.evidence()?,
        })
    }
}
