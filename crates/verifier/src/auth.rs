//! Who calls: an agency or auditor by bearer token, client assertion or DPoP, a holder by DPoP alone.
//! Standing is read from the registry at every call, so that a suspension holds at once.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use consent_token::{
    id::{AgencyId, UnixSeconds},
    key::PublicKey,
};
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, Method, header::AUTHORIZATION};
use protocol::{
    Code,
    client_assertion::{AssertionError, Unverified},
    dpop::{self, Expected},
};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use verifier_store::{Ledger, SignerKind};
use zeroize::Zeroizing;

use crate::{
    reject::Rejection,
    state::{App, now},
};

/// A client that proved who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its id in the registry.
    pub id: AgencyId,
    /// Agency or auditor.
    pub kind: SignerKind,
}

/// A client's kind in one letter.
mod kind {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use verifier_store::SignerKind;

    pub(super) fn serialize<S: Serializer>(
        kind: &SignerKind,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_char(if *kind == SignerKind::Agency {
            'a'
        } else {
            'u'
        })
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<SignerKind, D::Error> {
        match char::deserialize(deserializer)? {
            'a' => Ok(SignerKind::Agency),
            'u' => Ok(SignerKind::Auditor),
            _ => Err(D::Error::custom("a client's kind")),
        }
    }
}

/// Makes and reads our own bearer tokens: a MAC over client and end, so that any node can read them.
pub struct Bearers {
    /// Set up with the key once.
    mac: Hmac<Sha256>,
}

#[derive(Serialize, Deserialize)]
struct BearerClaims {
    #[serde(rename = "c")]
    id: AgencyId,
    #[serde(rename = "k", with = "kind")]
    kind: SignerKind,
    #[serde(rename = "e")]
    exp: UnixSeconds,
}

impl Bearers {
    /// With the verifier's key for bearers.
    pub fn new(key: &Zeroizing<[u8; 32]>) -> Self {
        let mac = Hmac::new_from_slice(&**key).expect("HMAC takes keys of any length");
        Bearers { mac }
    }

    /// A token for `client` until `exp`.
    pub fn issue(&self, client: Client, exp: UnixSeconds) -> String {
        let Client { id, kind } = client;
        let claims = serde_json::to_vec(&BearerClaims { id, kind, exp }).expect("plain JSON");
        let payload = BASE64_URL_SAFE_NO_PAD.encode(claims);
        let tag = BASE64_URL_SAFE_NO_PAD.encode(self.mac(&payload).finalize().into_bytes());
        format!("{payload}.{tag}")
    }

    /// The client of a token that is ours and not over.
    fn read(&self, token: &str, now: UnixSeconds) -> Option<Client> {
        let (payload, tag) = token.split_once('.')?;
        let tag = BASE64_URL_SAFE_NO_PAD.decode(tag).ok()?;
        self.mac(payload).verify_slice(&tag).ok()?;
        let BearerClaims { id, kind, exp } =
            serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
        (now < exp).then_some(Client { id, kind })
    }

    fn mac(&self, payload: &str) -> Hmac<Sha256> {
        let mut mac = self.mac.clone();
        mac.update(payload.as_bytes());
        mac
    }
}

/// Whether the client may act now, by the registry in force.
pub(crate) fn in_standing(ledger: &Ledger, client: &Client) -> bool {
    ledger.registry().is_some_and(|registry| match client.kind {
        SignerKind::Agency => registry
            .agency(&client.id)
            .is_some_and(|known| known.agency.is_active()),
        SignerKind::Auditor => registry.registry.auditor(&client.id).is_some(),
    })
}

impl App {
    /// The client of a call, by bearer or DPoP.
    pub fn client(
        &self,
        headers: &HeaderMap,
        method: &Method,
        path: &str,
    ) -> Result<Client, Rejection> {
        match bearer(headers) {
            Some(token) => {
                let client = self.bearers.read(token, now()).ok_or(Code::InvalidToken)?;
                if in_standing(&self.published.load().ledger, &client) {
                    Ok(client)
                } else {
                    Err(Code::InvalidClient.into())
                }
            }
            None => self.dpop(headers, method, path, |key| self.client_of_key(key)),
        }
    }

    /// The registered client whose key that is.
    pub fn client_of_key(&self, key: &PublicKey) -> Result<Client, Rejection> {
        let published = self.published.load();
        let registry = published.ledger.registry().ok_or(Code::InvalidClient)?;
        let thumbprint = key.thumbprint();
        let signer = registry.signer(&thumbprint).ok_or(Code::InvalidClient)?;
        let client = Client {
            id: signer.id.clone(),
            kind: signer.kind,
        };
        if in_standing(&published.ledger, &client) {
            Ok(client)
        } else {
            Err(Code::InvalidClient.into())
        }
    }

    /// What `who` makes of the key that a DPoP proof of this call shows. The proof counts as used only where the key
    /// may call: strangers, who can make any number of keys, do not fill the memory of what was used.
    pub fn dpop<A>(
        &self,
        headers: &HeaderMap,
        method: &Method,
        path: &str,
        who: impl FnOnce(&PublicKey) -> Result<A, Rejection>,
    ) -> Result<A, Rejection> {
        self.dpop_for(headers, method, path, None, who)
    }

    /// As [`App::dpop`], where the call shows `token` as well.
    pub fn dpop_for<A>(
        &self,
        headers: &HeaderMap,
        method: &Method,
        path: &str,
        token: Option<&str>,
        who: impl FnOnce(&PublicKey) -> Result<A, Rejection>,
    ) -> Result<A, Rejection> {
        let url = format!("{}{path}", self.issuer);
        let at = now();
        let expected = Expected {
            method: method.as_str(),
            url: &url,
            token,
            now: at,
        };
        let held = dpop::verify(only_proof(headers)?, &expected)
            .map_err(|e| Rejection::new(Code::InvalidDpop, e.to_string()))?;
        let known = who(&held.key)?;
        self.once
            .take(&held.key.thumbprint().to_string(), &held.jti, held.iat, at)?;
        Ok(known)
    }

    /// The client of a `private_key_jwt` assertion, which a `client_id` beside it has to name (RFC 7521 section 4.2).
    pub fn client_of_assertion(
        &self,
        assertion: &str,
        client_id: Option<&str>,
    ) -> Result<Client, Rejection> {
        let invalid = |e: AssertionError| {
            Rejection::oauth(Code::InvalidClient, "invalid_client", e.to_string())
        };
        let at = now();
        let endpoint = format!("{}/token", self.issuer);
        let introspection = format!("{}/introspect", self.issuer);
        let audiences = [self.issuer.as_str(), &endpoint, &introspection];
        let assertion = Unverified::parse(assertion, &audiences, at).map_err(invalid)?;
        if client_id.is_some_and(|id| id != assertion.claims.iss.as_str()) {
            let detail = "client_id names another client than the assertion";
            return Err(Rejection::oauth(
                Code::InvalidClient,
                "invalid_client",
                detail,
            ));
        }
        let published = self.published.load();
        let unknown = || {
            Rejection::oauth(
                Code::InvalidClient,
                "invalid_client",
                "the client is not registered",
            )
        };
        let registry = published.ledger.registry().ok_or_else(unknown)?;
        let issuer = assertion.claims.iss.clone();
        let kind = registry.keys_of(&issuer).next().ok_or_else(unknown)?.kind;
        let keys: Vec<PublicKey> = registry.keys_of(&issuer).map(|signer| signer.key).collect();
        let claims = assertion.verify(&keys).map_err(invalid)?;
        let client = Client {
            id: claims.iss,
            kind,
        };
        if !in_standing(&published.ledger, &client) {
            return Err(unknown());
        }
        self.once
            .take(client.id.as_str(), &claims.jti, claims.iat, at)?;
        Ok(client)
    }
}

/// The one DPoP header of a call (RFC 9449 section 4.3).
fn only_proof(headers: &HeaderMap) -> Result<&str, Rejection> {
    let mut proofs = headers.get_all("dpop").iter();
    let proof = proofs
        .next()
        .and_then(|value| value.to_str().ok())
        .ok_or(Code::InvalidDpop)?;
    match proofs.next() {
        None => Ok(proof),
        Some(_) => Err(Rejection::new(
            Code::InvalidDpop,
            "more than one DPoP header",
        )),
    }
}

/// The token of `Authorization: Bearer …` (RFC 6750 section 2.1).
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}
