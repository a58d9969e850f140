//! Signing and checking the JWTs of this crate: the same few lines for every `typ`.

use consent_token::{
    jws::{self, Compact, Header, JwsError},
    key::{PublicKey, SigningKey},
};
use serde::{Serialize, de::DeserializeOwned};

/// Signs `claims` with the key's thumbprint as `kid`.
pub(crate) fn sign(typ: &str, claims: &impl Serialize, key: &SigningKey) -> String {
    sign_with(&Header::with_kid(typ, key.thumbprint()), claims, key)
}

/// Signs `claims` with the key itself in the header.
pub(crate) fn sign_with_jwk(typ: &str, claims: &impl Serialize, key: &SigningKey) -> String {
    sign_with(&Header::with_jwk(typ, key.public().jwk()), claims, key)
}

fn sign_with(header: &Header<'_>, claims: &impl Serialize, key: &SigningKey) -> String {
    jws::sign(header, claims, key).expect("claims of this crate are plain JSON")
}

/// Checks the signature with the key that `kid` names, or with any where it names none.
pub(crate) fn verify_with_one_of(jws: &Compact<'_>, keys: &[PublicKey]) -> Result<(), JwsError> {
    let named = |key: &&PublicKey| {
        jws.kid()
            .is_none_or(|kid| kid == key.thumbprint().to_string())
    };
    let mut verdicts = keys.iter().filter(named).map(|key| jws.verify(key));
    if verdicts.any(|verdict| verdict.is_ok()) {
        Ok(())
    } else {
        Err(JwsError::BadSignature)
    }
}

/// Reads a payload strictly; an error says where it broke, never what it held.
pub(crate) fn claims<T: DeserializeOwned>(
    jws: &Compact<'_>,
) -> Result<T, consent_token::json::JsonError> {
    consent_token::json::from_slice(jws.payload())
}
