//! Tokens that verified before are known by the hash of the whole of them; what may have changed since,
//! the agency's standing and the grant's status, is read live at every use.

use std::{collections::HashMap, sync::Arc};

use bytes::Bytes;
use consent_token::{
    Refusal,
    id::{AgencyId, Digest, UnixSeconds},
    key::{PublicKey, Thumbprint},
    token::{self, Expectation, Standing, VerifiedToken},
};
use protocol::{Version1, api::Introspection, registry::Agency};
use verifier_store::{GrantState, Ledger, State};

/// Known tokens in one generation at most; two are kept.
const GENERATION: usize = 50_000;
/// Bytes of them at most: anybody can make tokens of 8 KiB that verify.
const GENERATION_BYTES: usize = 64 << 20;
const SHARDS: usize = 16;

/// Who uses a token.
pub(crate) struct Caller<'a> {
    /// The agency that it proved to be.
    pub(crate) agency: &'a AgencyId,
    /// The key that it proved with; none where it proved by any of its own.
    pub(crate) key: Option<&'a PublicKey>,
}

/// What the token is held to, beyond itself.
pub(crate) struct Asked<'a> {
    /// A purpose.
    pub(crate) purpose: Option<&'a str>,
    /// Data paths.
    pub(crate) datatypes: &'a [&'a str],
}

/// The grant behind a token that verified, where it is in force for the caller now.
///
/// # Errors
/// The first refusal of section 2, from `wrong_audience` to the status. Uses are not counted here.
pub(crate) fn in_force<'l>(
    ledger: &'l Ledger,
    caller: &Caller<'_>,
    asked: &Asked<'_>,
    token: &VerifiedToken,
    now: UnixSeconds,
) -> Result<&'l Arc<GrantState>, Refusal> {
    let registry = ledger.registry().ok_or(Refusal::UnknownAgency)?;
    let agency = registry.registry.agency(caller.agency);
    let bound_to = token.claims().jkt;
    let caller_keys: &[Thumbprint] = match agency {
        Some(agency) if may_use(agency, &bound_to, caller.key) => &[bound_to],
        _ => &[],
    };
    token.check(&Expectation {
        now,
        audience: caller.agency,
        standing: agency.map_or(Standing::Unknown, standing),
        caller_keys,
        purpose: asked.purpose,
        datatypes: asked.datatypes,
    })?;
    let grant = ledger
        .grant(&token.claims().jti)
        .filter(|grant| grant.digest == token.digest())
        .ok_or(Refusal::Unregistered)?;
    match ledger.state(grant, now).1 {
        State::Valid => Ok(grant),
        State::Suspended => Err(Refusal::Suspended),
        State::Revoked => Err(Refusal::Revoked),
        State::Expired => Err(Refusal::Expired),
    }
}

/// Whether the proven key may use what is bound to `bound_to`: that key, or one that succeeds it. Where
/// the agency proved itself by any key, its current one has to be among them.
fn may_use(agency: &Agency, bound_to: &Thumbprint, proven: Option<&PublicKey>) -> bool {
    let acting = agency.keys_acting_for(bound_to);
    match proven {
        Some(key) => acting.contains(&key.thumbprint()),
        None => agency
            .current_key()
            .is_some_and(|key| acting.contains(&key.thumbprint())),
    }
}

fn standing(agency: &Agency) -> Standing {
    if agency.is_active() {
        Standing::Active
    } else {
        Standing::Suspended
    }
}

/// A token that verified, and the answer that goes out while it is active.
pub(crate) struct Known {
    /// The token.
    pub(crate) token: VerifiedToken,
    /// RFC 7662's answer while it is active.
    pub(crate) body: Bytes,
}

impl Known {
    /// Bytes that it takes, about: the token, its claims as read, and the answer.
    fn weight(&self) -> usize {
        2 * self.token.compact().len() + self.body.len()
    }
}

/// Tokens that verified, by the SHA-256 of the whole compact form; the oldest generation is forgotten.
#[derive(Default)]
pub struct KnownTokens {
    shards: [std::sync::Mutex<Generations>; SHARDS],
}

#[derive(Default)]
struct Generations {
    bytes: usize,
    now: HashMap<Digest, Arc<Known>>,
    before: HashMap<Digest, Arc<Known>>,
}

impl KnownTokens {
    pub(crate) fn find_or_verify(&self, compact: &str) -> Result<Arc<Known>, Refusal> {
        let digest = Digest::of(compact.as_bytes());
        let shard = self.shards.get(usize::from(digest.as_bytes()[0]) % SHARDS);
        let found = shard.and_then(|shard| shard.lock().ok()?.find(&digest));
        if let Some(known) = found {
            return Ok(known);
        }
        let token = token::verify(compact, &Version1)?;
        let known = Arc::new(Known {
            body: active_body(compact)?,
            token,
        });
        if let Some(mut generations) = shard.and_then(|shard| shard.lock().ok()) {
            generations.add(digest, known.clone());
        }
        Ok(known)
    }
}

impl Generations {
    fn find(&mut self, digest: &Digest) -> Option<Arc<Known>> {
        if let Some(known) = self.now.get(digest) {
            return Some(known.clone());
        }
        let known = self.before.remove(digest)?;
        self.add(*digest, known.clone());
        Some(known)
    }

    fn add(&mut self, digest: Digest, known: Arc<Known>) {
        if self.now.len() >= GENERATION / SHARDS || self.bytes >= GENERATION_BYTES / SHARDS {
            self.before = std::mem::take(&mut self.now);
            self.bytes = 0;
        }
        self.bytes += known.weight();
        self.now.insert(digest, known);
    }
}

/// RFC 7662 section 2.2: the token's own claims, `authorization_details` (RFC 9396) among them.
fn active_body(compact: &str) -> Result<Bytes, Refusal> {
    let jws = consent_token::jws::Compact::parse(compact, consent_token::MAX_COMPACT_BYTES)?;
    let mut claims: serde_json::Map<String, serde_json::Value> =
        consent_token::json::from_slice(jws.payload()).map_err(|_| Refusal::Malformed)?;
    claims.retain(|name, _| CLAIMS.contains(&name.as_str()));
    let body = Introspection {
        active: true,
        code: None,
        claims,
    };
    serde_json::to_vec(&body)
        .map(Bytes::from)
        .map_err(|_| Refusal::Malformed)
}

const CLAIMS: [&str; 9] = [
    "iss",
    "sub",
    "aud",
    "jti",
    "iat",
    "nbf",
    "exp",
    "cnf",
    "authorization_details",
];

#[cfg(test)]
mod tests {
    use super::*;
    use verifier_store::fixture;

    #[test]
    fn tokens_that_anybody_can_make_do_not_fill_the_memory() {
        let compact = fixture::token_of(
            1,
            (1, "https://v.example/v1/status/0"),
            UnixSeconds::new(1_790_000_000).unwrap(),
            fixture::consent(),
        );
        let known = Arc::new(Known {
            token: token::verify(&compact, &Version1).unwrap(),
            body: vec![b' '; 8192].into(),
        });
        let mut shard = Generations::default();
        let most = 2 * (GENERATION_BYTES / SHARDS / known.weight() + 1);
        for n in 0..2 * most as u64 {
            shard.add(Digest::of(&n.to_be_bytes()), known.clone());
            assert!(shard.now.len() + shard.before.len() <= most, "{n}");
        }
    }
}
