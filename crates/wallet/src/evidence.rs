//! Evidence of misbehaviour: what the verifier or its log signed and cannot both be true, kept word for
//! word, so that an auditor can judge it without trusting this wallet.

use consent_token::id::{Digest, UnixSeconds};
use serde::{Deserialize, Serialize};

use crate::{Wallet, WalletError, records};

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EvidenceKind {
    /// The log signed two different histories of the same length.
    Fork,
    /// The log signed a history that does not continue the one it signed before.
    Inconsistent,
    /// The log went back to a shorter history.
    Rollback,
    /// A receipt or a line of a history came without a proof that holds.
    WrongProof,
    /// The verifier shows other keys than those that were pinned on first use.
    KeysChanged,
    /// An agency's key changed without the old key's signature, or the registry went back or came unproven.
    RegistryRefused,
    /// The verifier says that it does not know a consent for which it gave a receipt.
    Forgotten,
    /// The verifier refuses to record that the citizen takes a consent back, which no verifier may.
    RevocationRefused,
    /// The published status is not the one that was acknowledged.
    StatusNotPublished,
}

/// One finding, with everything that proves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// When the wallet found it.
    pub at: UnixSeconds,
    /// What went wrong.
    pub kind: EvidenceKind,
    /// In technical words, for an auditor.
    pub finding: String,
    /// The signed texts and answers, as they came.
    pub exhibits: Vec<String>,
    /// Whether the citizen said that they have read it.
    pub seen: bool,
}

impl Wallet {
    /// Everything that was found so far, the oldest first.
    ///
    /// # Errors
    /// [`WalletError::Vault`] or [`WalletError::Record`].
    pub fn evidence(&self) -> Result<Vec<Evidence>, WalletError> {
        let mut found: Vec<Evidence> = records::read_all(&self.vault, records::EVIDENCE)?
            .into_iter()
            .map(|(_, evidence)| evidence)
            .collect();
        found.sort_by_key(|evidence| evidence.at);
        Ok(found)
    }

    /// What the citizen has not yet said to have read; every command shows it.
    ///
    /// # Errors
    /// As [`Wallet::evidence`].
    pub fn unseen_evidence(&self) -> Result<Vec<Evidence>, WalletError> {
        Ok(self
            .evidence()?
            .into_iter()
            .filter(|evidence| !evidence.seen)
            .collect())
    }

    /// The citizen has read all of it. It stays in the vault and in every export.
    ///
    /// # Errors
    /// As [`Wallet::evidence`].
    pub fn mark_evidence_seen(&mut self) -> Result<(), WalletError> {
        let all: Vec<(String, Evidence)> = records::read_all(&self.vault, records::EVIDENCE)?;
        self.vault.transaction(|changes| {
            for (key, mut evidence) in all {
                evidence.seen = true;
                records::put(changes, records::EVIDENCE, &key, &evidence)?;
            }
            Ok(())
        })
    }

    /// Keeps a finding; the same finding again is the same record, and is told of again even where it was read.
    pub(crate) fn keep_evidence(
        &mut self,
        kind: EvidenceKind,
        finding: String,
        exhibits: Vec<String>,
    ) -> Result<(), WalletError> {
        let key = Digest::of(format!("{kind:?}\n{}", exhibits.join("\n")).as_bytes())
            .in_jwt()
            .to_string();
        let known = records::read::<Evidence>(&self.vault, records::EVIDENCE, &key)?;
        if let Some(known) = known {
            if known.seen && !self.found_again.contains(&known) {
                self.found_again.push(known);
            }
            return Ok(());
        }
        let evidence = Evidence {
            at: self.device.now(),
            kind,
            finding,
            exhibits,
            seen: false,
        };
        self.vault
            .transaction(|changes| records::put(changes, records::EVIDENCE, &key, &evidence))
    }
}
