//! `jsonwebtoken`: decoding and verifying the very same token, without its consent being judged.

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde::Deserialize;

use crate::Failure;

/// The claims, as a careful user of the library would take them.
#[derive(Deserialize)]
#[allow(dead_code, reason = "they are read, which is what costs")]
struct Claims {
    iss: String,
    sub: String,
    sub_jwk: Jwk,
    aud: String,
    jti: String,
    iat: i64,
    nbf: i64,
    exp: i64,
    cnf: Confirmation,
    status: Status,
    authorization_details: Vec<Consent>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "they are read, which is what costs")]
struct Jwk {
    kty: String,
    crv: String,
    x: String,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "they are read, which is what costs")]
struct Confirmation {
    jkt: String,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "they are read, which is what costs")]
struct Status {
    status_list: Slot,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "they are read, which is what costs")]
struct Slot {
    idx: u64,
    uri: String,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "they are read, which is what costs")]
struct Consent {
    purposes: Vec<String>,
    datatypes: Vec<String>,
    actions: Vec<String>,
    release: String,
    retention: String,
    jurisdiction: String,
}

/// A token with its key, ready.
pub(crate) struct Jwt {
    compact: String,
    key: DecodingKey,
}

impl Jwt {
    pub(crate) fn new(compact: &str, key: &[u8; 32]) -> Self {
        Self {
            compact: compact.into(),
            key: DecodingKey::from_ed_der(key),
        }
    }

    /// Decodes and verifies; true where the token is good.
    pub(crate) fn is_good(&self, rules: &Validation) -> bool {
        decode::<Claims>(&self.compact, &self.key, rules).is_ok()
    }
}

/// EdDSA, the audience, and the times.
pub(crate) fn rules(audience: &str) -> Result<Validation, Failure> {
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.set_audience(&[audience]);
    rules.set_required_spec_claims(&["exp", "nbf", "aud", "iss", "sub"]);
    rules.validate_nbf = true;
    Ok(rules)
}
