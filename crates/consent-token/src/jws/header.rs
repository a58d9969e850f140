//! The protected header (RFC 7515 section 4): `alg`, `typ`, `kid` and `jwk` are read, `crit` is
//! refused, others mean nothing here.

use std::borrow::Cow;

use serde::ser::SerializeMap as _;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use crate::json::{self, present};
use crate::key::{ClosedJwk, Jwk, Thumbprint};

/// The two names of Ed25519 in a JWS; the signature is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// `EdDSA` (RFC 8037), which we write.
    EdDsa,
    /// `Ed25519` (RFC 9864), which we accept.
    Ed25519,
}

impl Algorithm {
    /// The text on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EdDsa => "EdDSA",
            Self::Ed25519 => "Ed25519",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        [Self::EdDsa, Self::Ed25519]
            .into_iter()
            .find(|alg| alg.as_str() == name)
    }
}

/// A header to be signed: its type, and the key by name or as a whole.
#[derive(Clone, Copy, Debug)]
pub struct Header<'a> {
    typ: &'a str,
    kid: Option<Thumbprint>,
    jwk: Option<Jwk>,
}

impl<'a> Header<'a> {
    /// A header that names the key, as tokens, statements and requests have it.
    #[must_use]
    pub const fn with_kid(typ: &'a str, kid: Thumbprint) -> Self {
        Self {
            typ,
            kid: Some(kid),
            jwk: None,
        }
    }

    /// A header that carries the public key, as DPoP proofs have it (RFC 9449 section 4.2).
    #[must_use]
    pub const fn with_jwk(typ: &'a str, jwk: Jwk) -> Self {
        Self {
            typ,
            kid: None,
            jwk: Some(jwk),
        }
    }
}

impl Serialize for Header<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        members.serialize_entry("typ", self.typ)?;
        members.serialize_entry("alg", Algorithm::EdDsa.as_str())?;
        if let Some(kid) = &self.kid {
            members.serialize_entry("kid", kid)?;
        }
        if let Some(jwk) = &self.jwk {
            members.serialize_entry("jwk", jwk)?;
        }
        members.end()
    }
}

/// What was read of a header; `alg` is `None` when it is one that is not supported.
#[derive(Clone)]
pub(super) struct Members {
    pub(super) alg: Option<Algorithm>,
    pub(super) typ: Option<String>,
    pub(super) kid: Option<String>,
    pub(super) jwk: Option<Jwk>,
}

/// A header with known members only: in a closed object serde finds every repeated key itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Closed<'a> {
    #[serde(borrow)]
    alg: Cow<'a, str>,
    #[serde(default, deserialize_with = "present")]
    typ: Option<String>,
    #[serde(default, deserialize_with = "present")]
    kid: Option<String>,
    #[serde(default, deserialize_with = "present")]
    jwk: Option<ClosedJwk>,
}

impl Members {
    /// `None` when the header is malformed.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        Self::read_closed(bytes).or_else(|| Self::read_open(bytes))
    }

    fn read_closed(bytes: &[u8]) -> Option<Self> {
        let closed: Closed<'_> = json::closed(bytes)?;
        Some(Self {
            alg: Algorithm::from_name(&closed.alg),
            typ: closed.typ,
            kid: closed.kid,
            jwk: closed.jwk.map(|jwk| jwk.0),
        })
    }

    /// Any other header: scanned in full, then read; a key of another kind goes with another `alg`.
    fn read_open(bytes: &[u8]) -> Option<Self> {
        let Value::Object(mut members) = json::from_slice(bytes).ok()? else {
            return None;
        };
        let alg = Algorithm::from_name(members.get("alg")?.as_str()?);
        let mut text = |name| {
            members.remove(name).map_or(Some(None), |value| {
                value.as_str().map(|text| Some(text.to_owned()))
            })
        };
        let (typ, kid) = (text("typ")?, text("kid")?);
        let jwk = members
            .remove("jwk")
            .map(serde_json::from_value)
            .transpose();
        let jwk = if alg.is_some() { jwk.ok()? } else { None };
        (!members.contains_key("crit")).then_some(Self { alg, typ, kid, jwk })
    }
}
