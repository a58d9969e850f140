//! Tokens that verified before are known by the whole of their text; what may have changed since,
//! the agency's standing and the grant's status, is read live at every use.

use std::sync::Arc;

use bytes::Bytes;
use consent_token::{
    Refusal,
    id::{AgencyId, Digest, UnixSeconds},
    key::{PublicKey, Thumbprint},
    token::{self, Expectation, Standing, VerifiedToken},
};
use protocol::{Version1, api::Introspection};
use verifier_store::{GrantState, KnownAgency, Ledger, State};

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
    known: &Known,
    now: UnixSeconds,
) -> Result<&'l Arc<GrantState>, Refusal> {
    let registry = ledger.registry().ok_or(Refusal::UnknownAgency)?;
    let agency = registry.agency(caller.agency);
    let claims = known.token.claims();
    let bound_to = claims.jkt;
    let caller_keys: &[Thumbprint] = match agency {
        Some(agency) if agency.may_use(&bound_to, caller.key) => &[bound_to],
        _ => &[],
    };
    known.token.check(&Expectation {
        now,
        audience: caller.agency,
        standing: agency.map_or(Standing::Unknown, standing),
        caller_keys,
        purpose: asked.purpose,
        datatypes: asked.datatypes,
    })?;
    let grant = ledger
        .grant(&claims.jti)
        .filter(|grant| grant.digest == known.digest)
        .ok_or(Refusal::Unregistered)?;
    match ledger.state(grant, now).1 {
        State::Valid => Ok(grant),
        State::Suspended => Err(Refusal::Suspended),
        State::Revoked => Err(Refusal::Revoked),
        State::Expired => Err(Refusal::Expired),
    }
}

fn standing(agency: &KnownAgency) -> Standing {
    if agency.agency.is_active() {
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
    digest: Digest,
}

impl AsRef<str> for Known {
    fn as_ref(&self) -> &str {
        self.token.compact()
    }
}

/// Tokens that verified.
#[derive(Default)]
pub struct KnownTokens(token::KnownTokens<Known>);

impl KnownTokens {
    pub(crate) fn find_or_verify(&self, compact: &str) -> Result<Arc<Known>, Refusal> {
        self.0.find_or_verify(compact, || {
            let token = token::verify(compact, &Version1)?;
            Ok(Known {
                digest: token.digest(),
                body: active_body(compact)?,
                token,
            })
        })
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
