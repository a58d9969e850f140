//! What agencies are given (PROTOCOL section 7): for every consent that stands, the present values of
//! exactly the items it names, sealed for that agency alone. What was sent is compared with what is
//! written down at every contact, so that an edit reaches the agencies and a cut connection is mended.

use consent_token::{
    id::{Digest, Jti},
    key::Thumbprint,
    statement::HolderAct,
    term::Release,
};
use profile::{Path, Profile};
use protocol::{
    ClientError, Credential, Transport,
    api::Uploaded,
    dpop,
    registry::Agency,
    share::{Envelope, KemKey, Part, Share, ShareError, locator_paths},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    EvidenceKind, Grant, Line, Standing, Verifier, Wallet, WalletError, Wish,
    attachment::Due,
    grant,
    heads::Seen,
    receipts::{self, Effect},
    records,
};

/// What became of the data behind one consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shared {
    /// Under which consent.
    pub grant: Jti,
    /// The agency's name.
    pub agency: String,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: ShareOutcome,
}

/// What became of data to share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum ShareOutcome {
    /// The agency can read it as it is now.
    Sent {
        /// Rises with every replacement.
        revision: u64,
    },
    /// It waits; `reason` is `unreachable`, `proof` or a problem code.
    Waits {
        /// For what.
        reason: String,
    },
    /// The agency has no encryption key: it can check the consent, and is given nothing.
    NoKey,
    /// More than 1 MiB.
    TooLarge,
}

/// What was announced last, as the vault keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Announced {
    /// The highest number that may have been used.
    revision: u64,
    /// SHA-256 over the fields and the agency's key: what makes a new sealing necessary. None where the
    /// last sending is not proven to be complete.
    content: Option<[u8; 32]>,
}

impl Announced {
    /// Nothing is known to have arrived, and numbers up to `revision` may have been used.
    pub(crate) const fn unknown(revision: u64) -> Self {
        Announced {
            revision,
            content: None,
        }
    }
}

/// What a consent shares at present.
pub(crate) struct Content {
    fields: Map<String, Value>,
    digest: [u8; 32],
    key: KemKey,
}

impl Wallet {
    /// The consents whose data have not reached the agency as they are written down now.
    ///
    /// # Errors
    /// [`WalletError::Vault`] or [`WalletError::Record`].
    pub fn shares_waiting(&mut self) -> Result<Vec<Jti>, WalletError> {
        let profile = self.profile()?;
        let mut waiting = Vec::new();
        for grant in self.grants()? {
            if self.is_shared(&grant)
                && self
                    .content(&grant, &profile)?
                    .is_some_and(|due| due.is_ok())
            {
                waiting.push(grant.id);
            }
        }
        Ok(waiting)
    }

    /// Seals and sends what agencies do not have as it is written down now.
    pub(crate) async fn send_shares<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
    ) -> Result<Vec<Shared>, WalletError> {
        let profile = self.profile()?;
        let mut report = Vec::new();
        for grant in self.grants()? {
            if !self.is_shared(&grant) {
                continue;
            }
            let outcome = match self.content(&grant, &profile)? {
                None => continue,
                Some(Err(outcome)) => outcome,
                Some(Ok(content)) => self.send_share(line, verifier, &grant, content).await?,
            };
            report.push(Shared {
                grant: grant.id,
                agency: grant.agency_name,
                outcome,
            });
        }
        Ok(report)
    }

    /// The consents under which agencies are given `path`, as they stand now.
    ///
    /// # Errors
    /// [`WalletError::Vault`] or [`WalletError::Record`].
    pub fn given_to(&mut self, path: &Path) -> Result<Vec<Grant>, WalletError> {
        let path = path.to_string();
        let mut grants = self.grants()?;
        grants.retain(|grant| self.is_shared(grant) && grant.consent.datatypes.contains(&path));
        Ok(grants)
    }

    /// Whether the verifier takes data for it: registered, and not ended by time or wish.
    pub(crate) fn is_shared(&mut self, grant: &Grant) -> bool {
        matches!(grant.standing, Standing::Valid | Standing::Suspended)
            && grant.wish != Wish::Ended
            && grant.ends_at > self.device.now()
    }

    /// What is due under a consent; none where the agency has it already.
    pub(crate) fn content(
        &self,
        grant: &Grant,
        profile: &Profile,
    ) -> Result<Option<Result<Content, ShareOutcome>>, WalletError> {
        let registry = self.registry()?;
        let agency = registry
            .agency(&grant.agency)
            .filter(|agency| agency.is_active());
        let Some(key) = agency.and_then(key_of) else {
            return Ok(Some(Err(ShareOutcome::NoKey)));
        };
        let fields = fields(&grant.consent.datatypes, profile);
        let digest = digest(&fields, &key.thumbprint());
        let announced = self.announced(&grant.id)?;
        if announced.is_some_and(|announced| announced.content == Some(digest)) {
            return Ok(None);
        }
        // The longest number, so that none that it is sent under makes it larger.
        if Share::new(u64::MAX, fields.clone(), grant.signed_at).is_too_large(&key) {
            return Ok(Some(Err(ShareOutcome::TooLarge)));
        }
        Ok(Some(Ok(Content {
            fields,
            digest,
            key,
        })))
    }

    fn announced(&self, grant: &Jti) -> Result<Option<Announced>, WalletError> {
        records::read(&self.vault, records::SHARE, &grant.to_string())
    }

    fn keep_announced(&mut self, grant: &Jti, announced: &Announced) -> Result<(), WalletError> {
        self.vault.transaction(|changes| {
            records::put(changes, records::SHARE, &grant.to_string(), announced)
        })
    }

    async fn send_share<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
        grant: &Grant,
        content: Content,
    ) -> Result<ShareOutcome, WalletError> {
        let last = self.announced(&grant.id)?;
        let revision = last.map_or(0, |last| last.revision) + 1;
        self.keep_announced(&grant.id, &Announced::unknown(revision))?;
        for (part, fields) in parts(
            &grant.consent.datatypes,
            grant.consent.release,
            &content.fields,
        ) {
            let share = Share::new(revision, fields, self.device.now());
            let mut randomness = [0; 64];
            self.device.fill_random(&mut randomness)?;
            let envelope = match share.seal(&grant.token, &content.key, &randomness) {
                Ok(envelope) => envelope,
                Err(ShareError::TooLarge) => return Ok(ShareOutcome::TooLarge),
                Err(_) => return Ok(ShareOutcome::NoKey),
            };
            if let Err(reason) = self
                .send_part(line, verifier, grant, (part, revision, &envelope))
                .await?
            {
                return Ok(ShareOutcome::Waits { reason });
            }
        }
        let due = Due {
            grant,
            key: &content.key,
            revision,
        };
        if let Err(reason) = self.send_attachments(line, verifier, &due).await? {
            return Ok(ShareOutcome::Waits { reason });
        }
        let announced = Announced {
            revision,
            content: Some(content.digest),
        };
        self.keep_announced(&grant.id, &announced)?;
        Ok(ShareOutcome::Sent { revision })
    }

    /// Uploads one part and announces it; done when the announcement is proven to be in the log.
    async fn send_part<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
        grant: &Grant,
        (part, revision, envelope): (Part, u64, &Envelope),
    ) -> Result<Result<(), String>, WalletError> {
        let credential = self.upload_credential(verifier, grant)?;
        let bytes = envelope.to_bytes();
        let put = line
            .client
            .put_share(&grant.id, part, envelope, &credential);
        if let Err(error) = put.await {
            return Ok(Err(reason(&error)));
        }
        let uploaded = Uploaded {
            digest: Digest::of(&bytes),
            size: bytes.len() as u64,
        };
        self.announce(line, verifier, grant, (uploaded, revision))
            .await
    }

    /// Announces what was uploaded; done when the announcement is proven to be in the log.
    pub(crate) async fn announce<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
        grant: &Grant,
        (uploaded, revision): (Uploaded, u64),
    ) -> Result<Result<(), String>, WalletError> {
        let act = HolderAct::Share {
            digest: uploaded.digest,
            size: uploaded.size,
            revision,
        };
        // The number rises even where the answer is lost: it is kept before anything is sent.
        let mut current = self.grant_of(&grant.id)?;
        let statement = self.sign_statement(&mut current, act)?;
        self.vault
            .transaction(|changes| grant::put(changes, &current))?;
        let receipt = match line.client.state(&statement).await {
            Ok(receipt) => receipt,
            Err(error) => return Ok(Err(reason(&error))),
        };
        let log = verifier.log_key()?;
        match receipts::check(&receipt.proof, &log, &statement, &Effect::Recorded) {
            Ok(proven) if receipt.grant == grant.id => {
                let seen = Seen::new(proven.head, proven.note);
                self.vault
                    .transaction(|changes| Self::note_head(changes, &seen))?;
                Ok(Ok(()))
            }
            _ => {
                let finding = format!("the receipt for the data shared under consent {}", grant.id);
                let exhibits = vec![statement, receipt.proof];
                self.keep_evidence(EvidenceKind::WrongProof, finding, exhibits)?;
                Ok(Err("proof".into()))
            }
        }
    }

    fn upload_credential(
        &mut self,
        verifier: &Verifier,
        grant: &Grant,
    ) -> Result<Credential, WalletError> {
        let url = format!("{}/v1/grants/{}/share", verifier.issuer, grant.id);
        let key = self.holder_key(&grant.scope)?;
        let expected = dpop::Expected {
            method: "PUT",
            url: &url,
            token: None,
            now: self.device.now(),
        };
        Ok(Credential::Dpop(dpop::prove(
            &key,
            &expected,
            self.fresh_id()?,
        )))
    }
}

fn key_of(agency: &Agency) -> Option<KemKey> {
    KemKey::preferred(&agency.jwks).ok().flatten()
}

/// Exactly the items that the consent names; `null` where nothing is written down.
fn fields(datatypes: &[String], profile: &Profile) -> Map<String, Value> {
    let value = |path: &String| {
        let parsed = path.parse::<Path>().ok();
        let value = parsed.and_then(|path| profile.value(&path));
        (path.clone(), value.unwrap_or(Value::Null))
    };
    datatypes.iter().map(value).collect()
}

fn digest(fields: &Map<String, Value>, key: &Thumbprint) -> [u8; 32] {
    let mut bytes = serde_json::to_vec(fields).expect("values of the profile are plain JSON");
    bytes.extend_from_slice(key.as_bytes());
    *Digest::of(&bytes).as_bytes()
}

/// The locator, where there is one, before the part that waits for an incident.
fn parts(
    datatypes: &[String],
    release: Release,
    fields: &Map<String, Value>,
) -> Vec<(Part, Map<String, Value>)> {
    let whole = (Part::Whole, fields.clone());
    if release == Release::OnGrant {
        return vec![whole];
    }
    let locator: Map<String, Value> = locator_paths(datatypes.iter().map(String::as_str))
        .filter_map(|path| Some((path.to_owned(), fields.get(path)?.clone())))
        .collect();
    if locator.is_empty() {
        vec![whole]
    } else {
        vec![(Part::Locator, locator), whole]
    }
}

pub(crate) fn reason(error: &ClientError) -> String {
    match error {
        ClientError::Refused(problem) => problem.code.clone(),
        _ => "unreachable".into(),
    }
}
