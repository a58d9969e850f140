//! Everything in plain JSON: for the citizen's own records, for another program, or for a complaint.

use consent_token::id::UnixSeconds;
use profile::Profile;
use serde::Serialize;

use crate::{
    Announcement, Declined, Ending, Event, Evidence, Grant, KeyChange, Looked, Overdue, Verifier,
    Wallet, WalletError, heads::Seen,
};

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
    /// Every request that was declined, with the signed no.
    pub declined: Vec<Declined>,
    /// Agencies whose encryption key changed while something was shared with them.
    pub key_changes: Vec<KeyChange>,
    /// How consents ended, and what the agencies did about it.
    pub endings: Vec<Ending>,
    /// What agencies should have done by now.
    pub overdue: Vec<Overdue>,
}

/// One consent and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct Exported {
    /// The consent.
    #[serde(flatten)]
    pub grant: Grant,
    /// What happened, with every proof.
    pub history: Vec<Event>,
    /// Who looked, openings first; the signed statement of each is in the history, by its index.
    pub looked: Vec<Looked>,
    /// Which ciphertexts were announced, the oldest first; the signed statement of each is in the history.
    pub shares: Vec<Announced>,
}

/// A ciphertext that was announced. The data themselves are in [`Export::fields`] as they are now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Announced {
    /// The entry's index in the log.
    pub index: u64,
    /// When it was recorded, in milliseconds.
    pub at: i64,
    /// Digest, size and number.
    #[serde(flatten)]
    pub share: Announcement,
}

impl Wallet {
    /// Puts everything but the secrets together.
    ///
    /// # Errors
    /// [`WalletError::Vault`] or [`WalletError::Record`].
    pub fn export(&mut self) -> Result<Export, WalletError> {
        let mut grants = Vec::new();
        for grant in self.grants()? {
            let history = self.history(&grant.id)?;
            grants.push(Exported {
                shares: history.iter().filter_map(announced).collect(),
                looked: self.looked(Some(&grant.id))?,
                history,
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
            key_changes: self.key_changes()?,
            declined: self.declined()?,
            endings: self.endings()?,
            overdue: self.overdue()?,
        })
    }
}

fn announced(event: &Event) -> Option<Announced> {
    Some(Announced {
        index: event.index,
        at: event.at,
        share: event.share.clone()?,
    })
}
