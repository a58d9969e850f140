//! What is written for the person and what is read back: backups, exports, and the bundle for a complaint.

use std::{fs, io::Write as _};

use ::vault::{Credential, Passphrase, Vault};
use ::wallet::Wallet;
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::{Language, Overview, history, vault};
use crate::{App, Code, CommandError, paper, receipt};
use vault::aside;

/// A file or folder that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Saved {
    /// Where.
    pub path: String,
}

/// Whether the person says where the file goes. Where the platform has no dialogs, it goes to the usual place.
#[derive(Clone, Copy, Debug, Default, Deserialize, TS)]
#[serde(default)]
pub struct SaveFile {
    /// Ask them.
    #[ts(optional, as = "Option<bool>")]
    pub choose: bool,
}

/// The same, for a file with words in it.
#[derive(Clone, Copy, Debug, Default, Deserialize, TS)]
pub struct SaveWords {
    /// The language of the words.
    pub lang: Language,
    /// Ask where it goes.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub choose: bool,
}

/// A consent's receipt to be written.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SaveReceipt {
    /// The consent.
    pub grant: String,
    /// Ask where it goes.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub choose: bool,
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
    /// `storage`, `disk_full`, `cancelled`, `locked`.
    pub async fn backup(&self, ask: SaveFile) -> Result<Saved, CommandError> {
        let chosen = self.chosen(ask.choose.into(), "backup", "vault").await?;
        let mut desk = self.desk().await;
        let vault = desk.wallet()?.vault();
        if let Some(path) = chosen {
            paper::replace(&path, |new| Ok(vault.backup(new).map(drop)?))?;
            return Ok(paper::saved(&path));
        }
        let path = paper::fresh(self.papers()?, "backup", "vault")?;
        vault.backup(&path)?;
        Ok(paper::saved(&path))
    }

    /// Brings a backup back where there is no vault. Nothing in it may put a consent back into force.
    ///
    /// # Errors
    /// `vault_exists`, `wrong_passphrase`, `backup_unfinished`, `not_a_vault`, `vault_damaged`.
    pub async fn restore(&self, ask: RestoreVault) -> Result<Overview, CommandError> {
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
        let mut desk = self.desk_at_once().await;
        self.try_now()?;
        let restored = aside(move || {
            Vault::restore(copy.path(), &place, &Credential::Passphrase(&passphrase))
        });
        let restored = self.tried(restored.await?)?;
        desk.take_in(restored).settle_after_restore()?;
        self.used();
        self.lock_after(desk.kept_settings()?.lock_after_minutes);
        desk.glance()
    }

    /// Writes everything but the keys as JSON, which this program reads back.
    ///
    /// # Errors
    /// `storage`, `locked`.
    pub async fn export(&self, ask: SaveFile) -> Result<Saved, CommandError> {
        let text = paper::json(&self.desk().await.wallet()?.export()?)?;
        self.save(ask.choose.into(), ("export", "json"), &text)
            .await
    }

    /// Writes the consent's receipt as ISO/IEC TS 27560 JSON-LD.
    ///
    /// # Errors
    /// `unknown_grant`, `storage`, `cancelled`, `locked`.
    pub async fn grant_receipt(&self, ask: SaveReceipt) -> Result<Saved, CommandError> {
        let mut desk = self.desk().await;
        let wallet = desk.wallet()?;
        let grant = wallet.grant_called(&ask.grant)?;
        let issuer = wallet.verifier()?.map(|verifier| verifier.issuer);
        let text = paper::json(&receipt::record(&grant, issuer.as_deref(), wallet.now()))?;
        drop(desk);
        self.save(ask.choose.into(), ("receipt", "jsonld"), &text)
            .await
    }

    /// Writes a folder for a complaint or an erasure request: each consent with its text, request, receipt
    /// and proofs, what happened, what was found, and a page that says which is which.
    ///
    /// # Errors
    /// `storage`, `locked`.
    pub async fn evidence_bundle(&self, ask: SaveWords) -> Result<Saved, CommandError> {
        let parent = self.chosen_folder(ask.choose.into()).await?;
        let mut desk = self.desk().await;
        let wallet = desk.wallet()?;
        let folder = paper::fresh_folder(&parent, "evidence")?;
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
        Ok(paper::saved(&folder))
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
