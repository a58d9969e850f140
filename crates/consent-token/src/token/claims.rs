//! The claims of a consent token, and how they are read: one pass straight into place, and only when
//! that fails a second, slow reading that finds out which refusal it is.

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use super::consent::{Consent, MEMBERS, NOTICE_MEMBERS};
use crate::id::{AgencyId, Jti, UnixSeconds, WebAddress};
use crate::json::{self, object, object_serde, present};
use crate::key::{ClosedJwk, HolderUri, Jwk, Thumbprint};
use crate::{Refusal, prune, term};

/// The claims of a consent token. `sub` is always the same as `iss` and has no field of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// The holder's name in this scope; on the wire as `iss` and as `sub`.
    pub iss: HolderUri,
    /// The holder's public key.
    pub sub_jwk: Jwk,
    /// The agency.
    pub aud: AgencyId,
    /// The grant's id.
    pub jti: Jti,
    /// When it was signed.
    pub iat: UnixSeconds,
    /// From when it is good; not before `iat`.
    pub nbf: UnixSeconds,
    /// Until when it is good; after `nbf`, and by no more than five years.
    pub exp: UnixSeconds,
    /// `cnf.jkt`: the thumbprint of the agency's signing key.
    pub jkt: Thumbprint,
    /// Where its status stands.
    pub status: StatusRef,
    /// The only object of `authorization_details`.
    pub consent: Consent,
    /// The consent request that it answers.
    pub req: Option<Jti>,
}

/// A slot of a Token Status List.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct StatusRef {
    /// The slot's index in the list.
    pub idx: u64,
    /// Where the list is.
    pub uri: WebAddress,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
struct Status {
    status_list: StatusRef,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
struct Confirmation {
    jkt: Thumbprint,
}

object_serde!(StatusRef, Status, Confirmation);

/// The claims as they are on the wire, with none that is unknown: serde then finds every repeated
/// member itself, at every level.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wire {
    iss: HolderUri,
    sub: HolderUri,
    sub_jwk: ClosedJwk,
    aud: AgencyId,
    jti: Jti,
    iat: UnixSeconds,
    nbf: UnixSeconds,
    exp: UnixSeconds,
    cnf: Confirmation,
    status: Status,
    authorization_details: [Consent; 1],
    #[serde(default, deserialize_with = "present")]
    req: Option<Jti>,
}

const CLAIMS: &[&str] = &[
    "iss",
    "sub",
    "sub_jwk",
    "aud",
    "jti",
    "iat",
    "nbf",
    "exp",
    "cnf",
    "status",
    "authorization_details",
    "req",
];

impl Wire {
    /// Reads the claims.
    ///
    /// # Errors
    /// [`Refusal::Malformed`], else [`Refusal::UnknownTerm`].
    pub(super) fn read(payload: &[u8]) -> Result<Self, Refusal> {
        json::closed(payload).map_or_else(|| Self::read_open(payload), Ok)
    }

    /// Unknown claims, and unknown members of what is open by its own standard, are left out; what
    /// is unknown inside the consent is refused once the rest is found to be well formed.
    fn read_open(payload: &[u8]) -> Result<Self, Refusal> {
        let mut value: Value = json::from_slice(payload).map_err(|_| Refusal::Malformed)?;
        prune::keep(Some(&mut value), CLAIMS);
        prune::keep(value.get_mut("sub_jwk"), &["kty", "crv", "x", "d"]);
        prune::keep(value.get_mut("cnf"), &["jkt"]);
        prune::keep(value.get_mut("status"), &["status_list"]);
        prune::keep(value.pointer_mut("/status/status_list"), &["idx", "uri"]);
        let known = prune::Known {
            consent: MEMBERS,
            notice: NOTICE_MEMBERS,
        };
        let unknown = prune::consents(value.get_mut("authorization_details"), &known);
        let wire: Self = object(value).map_err(|_| Refusal::Malformed)?;
        if unknown {
            let claims = wire.into_claims().1;
            return Err(claims.check_rules().err().unwrap_or(Refusal::UnknownTerm));
        }
        Ok(wire)
    }

    /// The `sub` as sent, and the claims.
    pub(super) fn into_claims(self) -> (HolderUri, Claims) {
        let [consent] = self.authorization_details;
        let claims = Claims {
            iss: self.iss,
            sub_jwk: self.sub_jwk.0,
            aud: self.aud,
            jti: self.jti,
            iat: self.iat,
            nbf: self.nbf,
            exp: self.exp,
            jkt: self.cnf.jkt,
            status: self.status.status_list,
            consent,
            req: self.req,
        };
        (self.sub, claims)
    }
}

impl Claims {
    /// The rules of section 2 that the types alone do not hold.
    pub(super) fn check_rules(&self) -> Result<(), Refusal> {
        let timely = self.nbf >= self.iat && self.exp > self.nbf && is_short(self.nbf, self.exp);
        timely.then_some(()).ok_or(Refusal::Malformed)?;
        self.consent.check_rules()
    }
}

/// The latest `exp` of a token good from `nbf`: five years of the calendar later, in UTC.
#[must_use]
pub fn latest_exp(nbf: UnixSeconds) -> UnixSeconds {
    let span = jiff::Span::new().years(super::MAX_YEARS);
    term::later(nbf, span).unwrap_or(UnixSeconds::MAX)
}

fn is_short(nbf: UnixSeconds, exp: UnixSeconds) -> bool {
    let least = super::MAX_YEARS * 365 * 86_400;
    exp.since(nbf) <= least || exp <= latest_exp(nbf)
}

#[derive(Serialize)]
struct Written<'a> {
    iss: HolderUri,
    sub: HolderUri,
    sub_jwk: Jwk,
    aud: &'a AgencyId,
    jti: Jti,
    iat: UnixSeconds,
    nbf: UnixSeconds,
    exp: UnixSeconds,
    cnf: Confirmation,
    status: Status,
    authorization_details: [&'a Consent; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    req: Option<Jti>,
}

impl Serialize for Claims {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = Written {
            iss: self.iss,
            sub: self.iss,
            sub_jwk: self.sub_jwk,
            aud: &self.aud,
            jti: self.jti,
            iat: self.iat,
            nbf: self.nbf,
            exp: self.exp,
            cnf: Confirmation { jkt: self.jkt },
            status: Status {
                status_list: self.status.clone(),
            },
            authorization_details: [&self.consent],
            req: self.req,
        };
        written.serialize(serializer)
    }
}
