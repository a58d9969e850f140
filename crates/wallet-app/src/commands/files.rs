//! What is written for the person and what is read back: backups, exports, and the bundle for a complaint.

use std::{fs, io::Write as _};

use ::vault::{Credential, Passphrase, Vault};
use ::wallet::Wallet;
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::{InLanguage, Language, Nothing, Overview, history, vault};
use crate::{App, Code, CommandError, paper, receipt};

/// A file or folder that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Saved {
    /// Where.
    pub path: String,
}

/// A backup to be brought back.
#[derive(Deserialize, Zeroize, ZeroizeOnDrop, TS)]
pub struct RestoreVault {
    /// The file, in base64.
    pub file: String,
    /// The passphrase of the backup.
    pub passphrase: String,
}

impl App {
    /// Copies the vault to a new file, sealed as it is, and reads the copy back.
    ///
    /// # Errors
    /// `storage`, `disk_full`, `locked`.
    pub async fn backup(&mut self, _: Nothing) -> Result<Saved, CommandError> {
        let target = paper::fresh(self.papers()?, "backup", "vault")?;
        self.wallet()?.vault().backup(&target)?;
        Ok(Saved {
            path: target.display().to_string(),
        })
    }

    /// Brings a backup back where there is no vault. Nothing in it may put a consent back into force.
    ///
    /// # Errors
    /// `vault_exists`, `wrong_passphrase`, `backup_unfinished`, `not_a_vault`, `vault_damaged`.
    pub async fn restore(&mut self, ask: RestoreVault) -> Result<Overview, CommandError> {
        let passphrase = Passphrase::new(&ask.passphrase)?;
        let place = self.place()?.to_owned();
        if place.exists() {
            return Err(Code::VaultExists.into());
        }
        let bytes = BASE64_STANDARD
            .decode(&ask.file)
            .map_err(|_| Code::NotAVault.at("file"))?;
        vault::make_folder(&place)?;
        let mut copy = tempfile::Builder::new().suffix(".vault").tempfile()?;
        copy.write_all(&bytes)?;
        copy.flush()?;
        let restored = Vault::restore(copy.path(), &place, &Credential::Passphrase(&passphrase))?;
        self.take_in(restored).settle_after_restore()?;
        self.apply_settings()?;
        self.overview(Nothing {}).await
    }

    /// Writes everything but the keys as JSON, which this program reads back.
    ///
    /// # Errors
    /// `storage`, `locked`.
    pub async fn export(&mut self, _: Nothing) -> Result<Saved, CommandError> {
        let export = self.wallet()?.export()?;
        paper::save(self.papers()?, "export", "json", &paper::json(&export)?)
    }

    /// Writes a folder for a complaint or an erasure request: each consent with its text, request, receipt
    /// and proofs, what happened, what was found, and a page that says which is which.
    ///
    /// # Errors
    /// `storage`, `locked`.
    pub async fn evidence_bundle(&mut self, ask: InLanguage) -> Result<Saved, CommandError> {
        let papers = self.papers()?.to_owned();
        let wallet = self.wallet()?;
        let folder = paper::fresh_folder(&papers, "evidence")?;
        let put = |name: String, bytes: &[u8]| paper::write_new(&folder.join(name), bytes);
        let happened = history::history(wallet, ask.lang.into())?;
        put("history.json".into(), &paper::json(&happened)?)?;
        put("findings.json".into(), &paper::json(&wallet.evidence()?)?)?;
        put(
            "verifier.json".into(),
            &paper::json(&(wallet.verifier()?, wallet.newest_checkpoint()?))?,
        )?;
        consents(wallet, &folder)?;
        put("READ-ME.txt".into(), read_me(ask.lang).as_bytes())?;
        Ok(Saved {
            path: folder.display().to_string(),
        })
    }
}

fn consents(wallet: &mut Wallet, folder: &std::path::Path) -> Result<(), CommandError> {
    let (now, issuer) = (
        wallet.now(),
        wallet.verifier()?.map(|verifier| verifier.issuer),
    );
    for grant in wallet.grants()? {
        let here = folder.join("consents").join(grant.id.to_string());
        fs::create_dir_all(&here)?;
        let put = |name: &str, bytes: &[u8]| paper::write_new(&here.join(name), bytes);
        put("consent.jwt", grant.token.as_bytes())?;
        put("notice.txt", grant.notice.as_bytes())?;
        put(
            "receipt.jsonld",
            &paper::json(&receipt::record(&grant, issuer.as_deref(), now))?,
        )?;
        if let Some(request) = &grant.request {
            put("request.jwt", request.as_bytes())?;
        }
        for kept in &grant.receipts {
            put(
                &format!("{}.statement.jwt", kept.index),
                kept.jws.as_bytes(),
            )?;
            put(&format!("{}.proof.txt", kept.index), kept.proof.as_bytes())?;
        }
        for event in wallet.history(&grant.id)? {
            if event.by == ::wallet::By::Agency {
                put(&format!("{}.agency.jwt", event.index), event.jws.as_bytes())?;
                put(
                    &format!("{}.agency-proof.txt", event.index),
                    event.proof.as_bytes(),
                )?;
            }
        }
    }
    Ok(())
}

const fn read_me(lang: Language) -> &'static str {
    match lang {
        Language::En => include_str!("read-me.en.txt"),
        Language::Cy => include_str!("read-me.cy.txt"),
    }
}
