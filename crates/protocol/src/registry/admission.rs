//! What a registrar asks of an entry before it is published. Readers ask less: a registry that was signed stays
//! readable, whatever was admitted before.

use std::collections::BTreeMap;

use consent_token::{id::UnixSeconds, key::Thumbprint, term::Language};
use serde::Serialize;

use super::{Agency, Auditor, Circle, JwkSet, RegistryError, RegistryKey};
use crate::{
    share::{KemKey, Share},
    text::steers,
};

/// Characters of a name at most: it stands on one line of a telephone's screen, or two.
const NAME_AT_MOST: usize = 200;
/// Characters of everything else that a person reads or follows.
const TEXT_AT_MOST: usize = 1000;
/// Bytes of an entry's JSON at most: a registry of 4 MiB has room for dozens of the largest.
const ENTRY_AT_MOST: usize = 64 << 10;

type Fault = Result<(), &'static str>;

impl Agency {
    /// Checks what a registrar may admit: texts that can be read, and keys that can be used.
    ///
    /// # Errors
    /// [`RegistryError::Entry`] says what to mend.
    pub fn check_admission(&self) -> Result<(), RegistryError> {
        let texts = [&self.contact, &self.privacy_url].into_iter().flatten();
        admit(self, self.id.as_str(), || {
            name(&self.name)?;
            names(&self.names)?;
            texts.clone().try_for_each(|one| text(one, TEXT_AT_MOST))?;
            keys(&self.jwks)
        })
    }
}

impl Auditor {
    /// Checks what a registrar may admit: a name that can be read, and a key to prove oneself with.
    ///
    /// # Errors
    /// [`RegistryError::Entry`] says what to mend.
    pub fn check_admission(&self) -> Result<(), RegistryError> {
        admit(self, self.id.as_str(), || {
            name(&self.name)?;
            keys(&self.jwks)?;
            let proves = self.jwks.signing_keys().next().is_some();
            ensure(proves, "it has no Ed25519 signing key")
        })
    }
}

impl Circle {
    /// Checks what a registrar may publish: texts that can be read.
    ///
    /// # Errors
    /// [`RegistryError::Entry`] says what to mend.
    pub fn check_admission(&self) -> Result<(), RegistryError> {
        admit(self, &self.id, || {
            name(&self.name)?;
            names(&self.names)?;
            let mut tiers = self.tiers.iter();
            tiers.try_for_each(|tier| {
                names(&tier.names)?;
                let mut paths = tier.datatypes.iter();
                paths.try_for_each(|path| text(path, NAME_AT_MOST))
            })
        })
    }
}

/// `check`, and what holds for every entry.
fn admit(
    entry: &impl Serialize,
    id: &str,
    check: impl FnOnce() -> Fault,
) -> Result<(), RegistryError> {
    let size = serde_json::to_vec(entry).map_or(usize::MAX, |json| json.len());
    let held = ensure(size <= ENTRY_AT_MOST, "it has more than 64 KiB")
        .and_then(|()| text(id, TEXT_AT_MOST))
        .and_then(|()| check());
    held.map_err(|what| RegistryError::Entry(id.to_owned(), what))
}

fn ensure(holds: bool, fault: &'static str) -> Fault {
    if holds { Ok(()) } else { Err(fault) }
}

fn name(name: &str) -> Fault {
    ensure(!name.trim().is_empty(), "it has no name")?;
    text(name, NAME_AT_MOST)
}

fn names(names: &BTreeMap<String, String>) -> Fault {
    let mut names = names.iter();
    names.try_for_each(|(language, one)| {
        let is_language = language.parse::<Language>().is_ok();
        ensure(is_language, "a name's language is no BCP 47 tag")?;
        name(one)
    })
}

fn text(text: &str, at_most: usize) -> Fault {
    ensure(!text.chars().any(steers), "a text has control characters")?;
    ensure(text.chars().count() <= at_most, "a text is too long")
}

fn keys(jwks: &JwkSet) -> Fault {
    jwks.keys.iter().try_for_each(key)
}

fn key(key: &RegistryKey) -> Fault {
    // RFC 8037 section 2; `priv` is that of `AKP`.
    let shows = |name: &str| key.parameters.contains_key(name);
    ensure(!shows("d") && !shows("priv"), "a key shows its secret half")?;
    if let Some(public) = key.public_key() {
        return named(key, &public.thumbprint());
    }
    let mut unnamed = key.clone();
    unnamed.parameters.remove("kid");
    let Ok(Some(public)) = KemKey::from_jwk(&unnamed) else {
        return Err("a key can be used neither for signing nor for sealing");
    };
    named(key, &public.thumbprint())?;
    ensure(can_be_sealed_for(&public), "nobody can seal for a key")
}

fn named(key: &RegistryKey, thumbprint: &Thumbprint) -> Fault {
    let kid = key.parameters.get("kid");
    ensure(
        kid.is_none_or(|kid| *kid == thumbprint.to_string()),
        "a key's kid is not its thumbprint (RFC 7638)",
    )
}

/// Tried out: some keys of the right length are of no use, such as X25519's points of small order (RFC 7748 section 6.1).
fn can_be_sealed_for(key: &KemKey) -> bool {
    let empty = Share::new(1, serde_json::Map::new(), UnixSeconds::MIN);
    empty.seal("a.b.c", key, &[1; 64]).is_ok()
}
