//! The registry that is served, held against the log and against the one seen before (PROTOCOL section 1):
//! signed by the registrar, logged, never rolled back, and no agency's key swapped in silence.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use consent_token::{jws, key::PublicKey};
use protocol::{
    Registry, Transport,
    client::REGISTRY_PROOF_HEADER,
    receipt,
    registry::{JwkSet, REGISTRY_MAX_BYTES, RegistryError},
};
use transparency_log::VerifierKey;

use crate::{
    AuditError,
    finding::{Code, Findings},
    log,
    replay::Replay,
    source::{Document, Source},
};

/// The registry as it was served, if there is one.
pub(crate) async fn fetch<T: Transport>(
    source: &Source<T>,
) -> Result<Option<Document>, AuditError> {
    source.find("/v1/registry").await
}

/// A registry that was checked before.
pub(crate) fn parse(compact: &str) -> Option<Registry> {
    let read = jws::Compact::parse(compact, REGISTRY_MAX_BYTES).ok()?;
    consent_token::json::from_slice(read.payload()).ok()
}

/// The verifier's keys for one purpose; a set that names no purposes has every key for each.
pub(crate) fn keys_for(jwks: &JwkSet, purpose: &str) -> Vec<PublicKey> {
    let named = |key: &&protocol::registry::RegistryKey| {
        key.parameters
            .get("purpose")
            .is_none_or(|value| value.as_str() == Some(purpose))
    };
    jwks.keys
        .iter()
        .filter(named)
        .filter_map(protocol::registry::RegistryKey::public_key)
        .collect()
}

/// Checks the registry, its proof against the log as it was read where that held; answers it where it may be
/// kept as the newest.
pub(crate) fn check(
    served: &Document,
    keys: &[PublicKey],
    log: &VerifierKey,
    replay: Option<&Replay>,
    seen: Option<&str>,
    findings: &mut Findings,
) -> Option<String> {
    let compact = served.text();
    let registry = open(compact, keys, findings)?;
    if !is_logged(served, log, replay) {
        let what = format!(
            "The registry with serial {} is not proven to be in the log.",
            registry.serial
        );
        findings.add(Code::RegistryUnlogged, what);
        return None;
    }
    // What was kept was verified when it was kept, and the keys may have changed since.
    let seen = seen.and_then(|seen| keys.iter().find_map(|key| Registry::verify(seen, key).ok()));
    let twofold = seen
        .as_ref()
        .is_some_and(|seen| seen.serial == registry.serial && *seen != registry);
    if twofold {
        findings.add(
            Code::RegistryRolledBack,
            format!("There are two registries with serial {}.", registry.serial),
        );
        return None;
    }
    match seen.map_or(Ok(()), |seen| registry.follows(&seen)) {
        Ok(()) => Some(compact.to_owned()),
        Err(error) => {
            let code = match error {
                RegistryError::KeySwapped(_) => Code::AgencyKeySwapped,
                _ => Code::RegistryRolledBack,
            };
            findings.add(code, format!("{error}."));
            None
        }
    }
}

fn open(compact: &str, keys: &[PublicKey], findings: &mut Findings) -> Option<Registry> {
    let mut fault = String::from("the verifier names no registrar's key");
    for key in keys {
        match Registry::verify(compact, key) {
            Ok(registry) => return Some(registry),
            Err(error) => fault = error.to_string(),
        }
    }
    findings.add(
        Code::RegistryUnsigned,
        format!("The registry does not hold: {fault}."),
    );
    None
}

/// The proof must be of this registry, signed by the pinned log key, and of the log that was read.
fn is_logged(served: &Document, log: &VerifierKey, replay: Option<&Replay>) -> bool {
    let proof = served
        .header(REGISTRY_PROOF_HEADER)
        .and_then(|proof| BASE64_URL_SAFE_NO_PAD.decode(proof).ok());
    let Some(proof) = proof.and_then(|proof| String::from_utf8(proof).ok()) else {
        return false;
    };
    receipt::verify(&proof, log, &jws::digest(served.text()))
        .is_ok_and(|proven| replay.is_none_or(|replay| log::begins_with(replay, &proven.head)))
}
