//! What was fetched from the verifier, kept in the agency's folder so that a later process can check
//! offline: pins, registry and status lists. Everything is verified when it arrives and again when it is read.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use consent_token::{
    CLOCK_SKEW_SECONDS,
    id::{AgencyId, UnixSeconds},
    jws,
    key::Thumbprint,
};
use protocol::{
    ClientError, Registry, Transport, VerifierClient,
    client::{Tagged, issuer_of_status_uri},
    receipt,
    registry::RegistryError,
    status_token::{self, VerifiedList},
};
use serde::{Deserialize, Serialize};
use status_list::Freshness;

use crate::{
    AgencyError, Identity,
    check::{List, View},
    files,
    pins::Pins,
};

const PINS: &str = "verifier.json";
const REGISTRY: &str = "cache/registry.jwt";

/// The agency's copies.
#[derive(Debug)]
pub struct Cache {
    dir: PathBuf,
    pins: Option<Pins>,
    registry: Option<Registry>,
    /// The copy of the registry that does not hold.
    damaged: Option<PathBuf>,
    lists: Vec<Kept>,
}

/// A status list as it was fetched.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    uri: String,
    etag: Option<String>,
    /// When the verifier last said that it is the newest, in seconds.
    fetched: i64,
    token: String,
}

/// What a refresh did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// Lists that were fetched.
    pub fetched: usize,
    /// Lists that had not changed.
    pub unchanged: usize,
}

impl Cache {
    /// Reads the copies in the agency's folder.
    ///
    /// # Errors
    /// [`AgencyError::File`] and [`AgencyError::Damaged`]; a damaged copy of the registry or of a status list is
    /// left out instead and fetched again, since without it the answer is *no*.
    pub fn open(agency: &Identity) -> Result<Self, AgencyError> {
        let dir = agency.dir().to_owned();
        let pins: Option<Pins> = files::read_json(&dir.join(PINS))?;
        let mut cache = Cache {
            dir,
            pins,
            registry: None,
            damaged: None,
            lists: Vec::new(),
        };
        cache.read_registry()?;
        cache.lists = cache.read_lists()?;
        Ok(cache)
    }

    fn read_registry(&mut self) -> Result<(), AgencyError> {
        let (Some(pins), path) = (&self.pins, self.dir.join(REGISTRY)) else {
            return Ok(());
        };
        match files::read(&path) {
            Ok(None) => {}
            Ok(Some(compact)) => match verified(&compact, pins) {
                Ok(registry) => self.registry = Some(registry),
                Err(_) => self.damaged = Some(path),
            },
            Err(AgencyError::Damaged(_)) => self.damaged = Some(path),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Whether the copy of the registry is one to judge by offline.
    ///
    /// # Errors
    /// [`AgencyError::DamagedCopy`] until it was fetched again.
    pub fn sound(&self) -> Result<(), AgencyError> {
        match &self.damaged {
            Some(path) => Err(AgencyError::DamagedCopy(path.display().to_string())),
            None => Ok(()),
        }
    }

    /// The verifier, once it was contacted.
    #[must_use]
    pub fn pins(&self) -> Option<&Pins> {
        self.pins.as_ref()
    }

    /// The registry that was fetched last.
    #[must_use]
    pub fn registry(&self) -> Option<&Registry> {
        self.registry.as_ref()
    }

    /// What a check at `now` looks at.
    #[must_use]
    pub fn view(&self, agency: &Identity, now: UnixSeconds) -> View {
        self.view_of(agency.id(), &agency.key().thumbprint(), now)
    }

    /// The same for another agency that acts with `key`.
    pub(crate) fn view_of(&self, agency: &AgencyId, key: &Thumbprint, now: UnixSeconds) -> View {
        let view = View::new(agency.clone(), key, self.registry.as_ref());
        let Some(pins) = &self.pins else { return view };
        let keys = pins.keys_for("status");
        self.lists.iter().fold(view, |view, kept| {
            match status_token::verify(&kept.token, &kept.uri, &keys, now) {
                Ok(list) => view.with_list(&kept.uri, kept.as_list(list)),
                Err(_) => view,
            }
        })
    }

    /// Contacts the verifier and pins it, or holds it to the pins.
    ///
    /// # Errors
    /// [`AgencyError::VerifierChanged`], [`AgencyError::OtherLogKey`] where `log_vkey` is given and is another
    /// one, [`AgencyError::Client`].
    pub async fn connect<T: Transport>(
        &mut self,
        client: &VerifierClient<T>,
        log_vkey: Option<&str>,
    ) -> Result<&Pins, AgencyError> {
        let metadata = client.metadata().await?;
        if log_vkey.is_some_and(|given| given.trim() != metadata.log_vkey) {
            return Err(AgencyError::OtherLogKey(client.base().to_owned()));
        }
        let mut pins = Pins::of(client.base(), &metadata)?;
        if let Some(pinned) = &self.pins {
            pinned.hold(&pins)?;
            pins.jwks = pinned.jwks.clone();
        }
        if self.pins.as_ref() != Some(&pins) {
            files::write_json(&self.dir.join(PINS), &pins)?;
        }
        Ok(self.pins.insert(pins))
    }

    /// Fetches the registry and takes it over if it is signed, logged, and may follow the one before.
    ///
    /// # Errors
    /// [`AgencyError::Registry`], [`AgencyError::RegistryUnproven`], [`AgencyError::Client`]; the registry
    /// from before stays in use.
    pub async fn refresh_registry<T: Transport>(
        &mut self,
        client: &VerifierClient<T>,
    ) -> Result<&Registry, AgencyError> {
        let pins = self.pins.clone().ok_or(AgencyError::NoVerifier)?;
        let (compact, proof) = client.registry().await?;
        let registry = verified(&compact, &pins)?;
        if let Some(before) = &self.registry {
            registry.follows(before)?;
        }
        let proof = proof.and_then(|proof| BASE64_URL_SAFE_NO_PAD.decode(proof).ok());
        let proof = proof
            .and_then(|proof| String::from_utf8(proof).ok())
            .ok_or(AgencyError::RegistryUnproven)?;
        receipt::verify(&proof, &pins.log_key()?, &jws::digest(&compact))
            .map_err(|_| AgencyError::RegistryUnproven)?;
        self.make_folder()?;
        files::write(&self.dir.join(REGISTRY), compact.as_bytes())?;
        self.damaged = None;
        Ok(self.registry.insert(registry))
    }

    /// Fetches every list that is kept and no longer fresh at `now`, the verifier's first list, and the one
    /// at `wanted`, where that is a list of the pinned verifier.
    ///
    /// # Errors
    /// [`AgencyError::Client`] where the verifier cannot be asked: what is kept stays in use until its `exp`.
    /// [`AgencyError::StatusList`] where a list does not hold; it is not taken over.
    pub async fn refresh_lists<T: Transport>(
        &mut self,
        client: &VerifierClient<T>,
        wanted: Option<&str>,
        now: UnixSeconds,
    ) -> Result<Refreshed, AgencyError> {
        let pins = self.pins.clone().ok_or(AgencyError::NoVerifier)?;
        let mut uris: Vec<String> = self.lists.iter().map(|kept| kept.uri.clone()).collect();
        uris.push(format!("{}/v1/status/0", pins.issuer));
        uris.extend(
            wanted
                .filter(|uri| issuer_of_status_uri(uri) == Some(&pins.issuer))
                .map(str::to_owned),
        );
        uris.sort_unstable();
        uris.dedup();
        uris.retain(|uri| !self.is_fresh(uri, now));
        self.fetch_lists(client, &pins, &uris, now).await
    }

    /// Fetches every list that is kept and may be older than what changed at `changed`, fresh or not: once the
    /// agency has heard that a consent ended, its checks offline say so too.
    ///
    /// # Errors
    /// As [`Cache::refresh_lists`].
    pub async fn renew_lists<T: Transport>(
        &mut self,
        client: &VerifierClient<T>,
        changed: UnixSeconds,
        now: UnixSeconds,
    ) -> Result<Refreshed, AgencyError> {
        let pins = self.pins.clone().ok_or(AgencyError::NoVerifier)?;
        let keys = pins.keys_for("status");
        let may_be_older = |kept: &&Kept| {
            let list = status_token::verify(&kept.token, &kept.uri, &keys, now);
            // A list may be signed later than it was made; never by more than the skew allowed everywhere.
            list.map_or(true, |list| {
                changed.as_i64() - list.claims.iat >= -CLOCK_SKEW_SECONDS
            })
        };
        let older = self.lists.iter().filter(may_be_older);
        let uris: Vec<String> = older.map(|kept| kept.uri.clone()).collect();
        self.fetch_lists(client, &pins, &uris, now).await
    }

    /// Asks for one list, fresh or not, and says whether the verifier confirmed or sent it. One of another
    /// verifier is not asked for.
    ///
    /// # Errors
    /// As [`Cache::refresh_lists`].
    pub async fn renew_list<T: Transport>(
        &mut self,
        client: &VerifierClient<T>,
        uri: &str,
        now: UnixSeconds,
    ) -> Result<bool, AgencyError> {
        let pins = self.pins.clone().ok_or(AgencyError::NoVerifier)?;
        if issuer_of_status_uri(uri) != Some(&pins.issuer) {
            return Ok(false);
        }
        let done = self
            .fetch_lists(client, &pins, &[uri.to_owned()], now)
            .await?;
        Ok(done.fetched + done.unchanged == 1)
    }

    async fn fetch_lists<T: Transport>(
        &mut self,
        client: &VerifierClient<T>,
        pins: &Pins,
        uris: &[String],
        now: UnixSeconds,
    ) -> Result<Refreshed, AgencyError> {
        let mut done = Refreshed::default();
        for uri in uris {
            match self.refresh_list(client, pins, uri, now).await {
                Ok(true) => done.fetched += 1,
                Ok(false) => done.unchanged += 1,
                // The verifier's first list exists only once a slot was handed out.
                Err(AgencyError::Client(error)) if is_missing(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(done)
    }

    fn is_fresh(&self, uri: &str, now: UnixSeconds) -> bool {
        let keys = self
            .pins
            .as_ref()
            .map(|pins| pins.keys_for("status"))
            .unwrap_or_default();
        let kept = self.lists.iter().find(|kept| kept.uri == uri);
        let list = kept.and_then(|kept| {
            Some((
                kept,
                status_token::verify(&kept.token, uri, &keys, now).ok()?,
            ))
        });
        list.is_some_and(|(kept, list)| kept.as_list(list).freshness.is_fresh(now.as_i64()))
    }

    async fn refresh_list<T: Transport>(
        &mut self,
        client: &VerifierClient<T>,
        pins: &Pins,
        uri: &str,
        now: UnixSeconds,
    ) -> Result<bool, AgencyError> {
        let keys = pins.keys_for("status");
        let kept = self.lists.iter().find(|kept| kept.uri == uri).cloned();
        // A list that no longer holds must not be confirmed by its tag.
        let kept = kept.and_then(|kept| {
            Some((
                status_token::verify(&kept.token, uri, &keys, now)
                    .ok()?
                    .claims
                    .iat,
                kept,
            ))
        });
        let etag = kept.as_ref().and_then(|(_, kept)| kept.etag.as_deref());
        let address = format!(
            "{}{}",
            pins.url,
            uri.strip_prefix(&pins.issuer).unwrap_or_default()
        );
        let (fetched, list) = match (client.document(&address, etag).await?, kept) {
            (Some(Tagged { body, etag }), kept) => {
                let list = status_token::verify(&body, uri, &keys, now)?;
                // A cache on the way may hold an older list: what was revoked since must not come back.
                if kept.is_some_and(|(iat, _)| list.claims.iat < iat) {
                    return Ok(false);
                }
                (
                    true,
                    Kept {
                        uri: uri.to_owned(),
                        etag,
                        fetched: now.as_i64(),
                        token: body,
                    },
                )
            }
            (None, Some((_, kept))) => (
                false,
                Kept {
                    fetched: now.as_i64(),
                    ..kept
                },
            ),
            (None, None) => return Err(AgencyError::NotAVerifier(pins.url.clone())),
        };
        self.make_folder()?;
        files::write_json(&self.list_path(&list.uri), &list)?;
        self.lists.retain(|kept| kept.uri != list.uri);
        self.lists.push(list);
        Ok(fetched)
    }

    fn list_path(&self, uri: &str) -> PathBuf {
        let number = uri.rsplit('/').next().unwrap_or_default();
        self.dir.join(format!("cache/status-{number}.json"))
    }

    fn make_folder(&self) -> Result<(), AgencyError> {
        let folder = self.dir.join("cache");
        fs::create_dir_all(&folder).map_err(AgencyError::file(&folder))
    }

    fn read_lists(&self) -> Result<Vec<Kept>, AgencyError> {
        let folder = self.dir.join("cache");
        let Ok(entries) = fs::read_dir(&folder) else {
            return Ok(Vec::new());
        };
        let paths = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| is_list(path));
        Ok(paths
            .filter_map(|path| files::read_json(&path).ok().flatten())
            .collect())
    }
}

impl Kept {
    /// The verified list with the freshness that it has had since it was fetched.
    fn as_list(&self, list: VerifiedList) -> List {
        let ttl = list
            .claims
            .ttl
            .and_then(|ttl| i64::try_from(ttl).ok())
            .unwrap_or(i64::MAX);
        let fresh_until = self.fetched.saturating_add(ttl).min(list.freshness.expires);
        let freshness = Freshness {
            fresh_until,
            expires: list.freshness.expires,
        };
        List {
            bits: Arc::new(list.list),
            freshness,
        }
    }
}

fn is_missing(error: &ClientError) -> bool {
    matches!(error, ClientError::Refused(problem) if problem.status == 404)
}

fn is_list(path: &Path) -> bool {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    name.starts_with("status-") && name.ends_with(".json")
}

/// Signed by one of the registrar's keys, and for this verifier.
fn verified(compact: &str, pins: &Pins) -> Result<Registry, AgencyError> {
    let mut refused = AgencyError::NotAVerifier(pins.url.clone());
    for key in pins.keys_for("registry") {
        match Registry::verify(compact, &key) {
            Ok(registry) if registry.iss.trim_end_matches('/') == pins.issuer => {
                return Ok(registry);
            }
            Ok(_) => refused = RegistryError::Malformed("it is another verifier's".into()).into(),
            Err(error) => refused = error.into(),
        }
    }
    Err(refused)
}
