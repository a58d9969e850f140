//! The registry of agencies as the wallet knows it: signed by the pinned registrar, in the log, and never
//! older or with a swapped key compared with the one before.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use consent_token::{
    id::{AgencyId, UnixSeconds},
    jws,
};
use profile::Lang;
use protocol::{
    ClientError, Registry, Transport,
    receipt::{self, Proven},
    registry::{Agency, AgencyKind, RegistryError},
};
use serde::{Deserialize, Serialize};

use crate::{EvidenceKind, Line, Verifier, Wallet, WalletError, records};

const KEY: &str = "registry";

/// The registry that the wallet goes by, as it was signed.
#[derive(Serialize, Deserialize)]
struct Kept {
    compact: String,
    registry: Registry,
    fetched_at: UnixSeconds,
}

/// An agency as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Party {
    /// Its id.
    pub id: AgencyId,
    /// Its registered name, in the language of the wallet where there is one.
    pub name: String,
    /// What kind of service it is.
    pub kind: AgencyKind,
    /// Where a person reaches it.
    pub contact: Option<String>,
    /// Where its privacy notice stands.
    pub privacy_url: Option<String>,
    /// Whether it may act now.
    pub active: bool,
}

impl Party {
    /// The agency in the words of `lang`.
    pub(crate) fn new(agency: &Agency, lang: Lang) -> Self {
        Party {
            id: agency.id.clone(),
            name: agency.names.get(lang.tag()).unwrap_or(&agency.name).clone(),
            kind: agency.kind,
            contact: agency.contact.clone(),
            privacy_url: agency.privacy_url.clone(),
            active: agency.is_active(),
        }
    }
}

impl Wallet {
    /// Every registered agency, from the copy that was fetched last.
    ///
    /// # Errors
    /// [`WalletError::NoRegistry`] before the first fetch.
    pub fn agencies(&self, lang: Lang) -> Result<Vec<Party>, WalletError> {
        Ok(self
            .registry()?
            .agencies
            .iter()
            .map(|agency| Party::new(agency, lang))
            .collect())
    }

    /// When the registry was fetched last.
    ///
    /// # Errors
    /// [`WalletError::Vault`] or [`WalletError::Record`].
    pub fn registry_fetched_at(&self) -> Result<Option<UnixSeconds>, WalletError> {
        Ok(self.kept_registry()?.map(|kept| kept.fetched_at))
    }

    /// The registry that was fetched last.
    pub(crate) fn registry(&self) -> Result<Registry, WalletError> {
        self.kept_registry()?
            .map(|kept| kept.registry)
            .ok_or(WalletError::NoRegistry)
    }

    fn kept_registry(&self) -> Result<Option<Kept>, WalletError> {
        records::read(&self.vault, records::VERIFIER, KEY)
    }

    /// Fetches the registry and takes it over if it may follow the one before. Its checkpoint is the answer,
    /// to be compared with the newest.
    ///
    /// # Errors
    /// [`WalletError::Registry`] and [`WalletError::RegistryUnproven`] keep evidence and the registry from before.
    pub(crate) async fn fetch_registry<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
    ) -> Result<Proven, WalletError> {
        let (compact, proof) = line.client.registry().await?;
        match self.judge_registry(&compact, proof.as_deref(), verifier) {
            Ok((registry, proven)) => {
                self.take_registry(compact, registry)?;
                Ok(proven)
            }
            Err(error @ WalletError::Client(_)) => Err(error),
            Err(error) => {
                let before = self.kept_registry()?.map(|kept| kept.compact);
                let exhibits = before.into_iter().chain([compact]).chain(proof).collect();
                self.keep_evidence(EvidenceKind::RegistryRefused, error.to_string(), exhibits)?;
                Err(error)
            }
        }
    }

    fn take_registry(&mut self, compact: String, registry: Registry) -> Result<(), WalletError> {
        let fetched_at = self.device.now();
        let changed = match self.kept_registry()? {
            Some(before) => self.changed_keys((&before.registry, &registry), fetched_at)?,
            None => Vec::new(),
        };
        let known = self.key_changes()?;
        let kept = Kept {
            compact,
            registry,
            fetched_at,
        };
        self.vault.transaction(|changes| {
            Self::add_key_changes(changes, known, changed)?;
            records::put(changes, records::VERIFIER, KEY, &kept)
        })
    }

    fn judge_registry(
        &self,
        compact: &str,
        proof: Option<&str>,
        verifier: &Verifier,
    ) -> Result<(Registry, Proven), WalletError> {
        let registry = verified(compact, verifier)?;
        if let Some(before) = self.kept_registry()? {
            registry.follows(&before.registry)?;
        }
        let proof = proof.and_then(|proof| BASE64_URL_SAFE_NO_PAD.decode(proof).ok());
        let proof = proof
            .and_then(|proof| String::from_utf8(proof).ok())
            .ok_or(WalletError::RegistryUnproven)?;
        let proven = receipt::verify(&proof, &verifier.log_key()?, &jws::digest(compact));
        Ok((registry, proven.map_err(|_| WalletError::RegistryUnproven)?))
    }
}

/// Signed by one of the registrar's keys, and for this verifier. What none of them signed is no registry, and
/// proves nothing against anybody.
fn verified(compact: &str, verifier: &Verifier) -> Result<Registry, WalletError> {
    let url = format!("{}/v1/registry", verifier.url);
    let mut refused = ClientError::NotAVerifier(url).into();
    for key in verifier.registry_keys() {
        match Registry::verify(compact, &key) {
            Ok(registry) if registry.iss == verifier.issuer => return Ok(registry),
            Ok(_) => refused = WalletError::NotAVerifier(verifier.url.clone()),
            Err(RegistryError::Signature(_)) => {}
            Err(error) => refused = error.into(),
        }
    }
    Err(refused)
}
