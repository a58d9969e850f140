//! DPoP proofs (RFC 9449) with Ed25519: the caller shows that it holds a key, for this method and
//! address, now, once. Whether a `jti` was seen before is the server's to remember.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use consent_token::{
    MAX_COMPACT_BYTES,
    id::{Jti, UnixSeconds},
    jws::{Compact, JwsError},
    key::{PublicKey, SigningKey},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::signing;

/// `typ` of a DPoP proof.
pub const DPOP_TYP: &str = "dpop+jwt";
/// How far `iat` may be from the server's clock, in seconds, either way.
pub const DPOP_WINDOW: i64 = 60;

#[derive(Serialize, Deserialize)]
struct Claims {
    jti: String,
    htm: String,
    htu: String,
    iat: UnixSeconds,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ath: Option<String>,
}

/// A proof that held, save for the question whether it was used before.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The key that was proven.
    pub key: PublicKey,
    /// The proof's id: accept each once.
    pub jti: String,
    /// When it was made.
    pub iat: UnixSeconds,
}

/// Why a DPoP proof is refused (RFC 9449 section 4.3).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DpopError {
    /// Not a signed JWT of the right `typ` with its key in the header.
    #[error("the DPoP proof is not valid: {0}")]
    Jws(#[from] JwsError),
    /// The header has no `jwk`, or not an Ed25519 one.
    #[error("the DPoP proof carries no Ed25519 key")]
    Key,
    /// A claim is missing or not of its type.
    #[error("the DPoP proof's claims cannot be read")]
    Malformed,
    /// `htm` or `htu` is of another request.
    #[error("the DPoP proof is for another request")]
    OtherRequest,
    /// `iat` is not within 60 seconds of now; the caller sets its clock.
    #[error("the DPoP proof is too old or from the future")]
    Time,
    /// `ath` is missing or of another token.
    #[error("the DPoP proof is for another token")]
    OtherToken,
}

/// What a proof is held against.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The request's method.
    pub method: &'a str,
    /// The request's absolute URL; query and fragment do not count.
    pub url: &'a str,
    /// The token that is shown with it, where one is.
    pub token: Option<&'a str>,
    /// The server's clock.
    pub now: UnixSeconds,
}

/// Makes a proof for one request. `jti` is 16 fresh random bytes.
///
/// # Panics
/// Never: an URL that does not parse is sent as it is, and refused by the server.
#[must_use]
pub fn prove(key: &SigningKey, expected: &Expected<'_>, jti: Jti) -> String {
    let claims = Claims {
        jti: jti.to_string(),
        htm: expected.method.to_owned(),
        htu: normal_url(expected.url).unwrap_or_else(|| expected.url.to_owned()),
        iat: expected.now,
        ath: expected.token.map(token_hash),
    };
    signing::sign_with_jwk(DPOP_TYP, &claims, key)
}

/// Verifies a proof.
///
/// # Errors
/// [`DpopError`] with the first of RFC 9449 section 4.3's checks that fails.
pub fn verify(proof: &str, expected: &Expected<'_>) -> Result<Proof, DpopError> {
    let jws = Compact::parse(proof, MAX_COMPACT_BYTES)?;
    jws.expect_typ(DPOP_TYP)?;
    let key = jws
        .jwk()
        .ok_or(DpopError::Key)?
        .public_key()
        .map_err(|_| DpopError::Key)?;
    jws.verify(&key)?;
    let claims: Claims = signing::claims(&jws).map_err(|_| DpopError::Malformed)?;
    let same_url = normal_url(&claims.htu).is_some_and(|url| Some(url) == normal_url(expected.url));
    if claims.htm != expected.method || !same_url {
        return Err(DpopError::OtherRequest);
    }
    if claims.iat.since(expected.now).abs() > DPOP_WINDOW {
        return Err(DpopError::Time);
    }
    if claims.ath != expected.token.map(token_hash) {
        return Err(DpopError::OtherToken);
    }
    if claims.jti.is_empty() || claims.jti.len() > 128 {
        return Err(DpopError::Malformed);
    }
    Ok(Proof {
        key,
        jti: claims.jti,
        iat: claims.iat,
    })
}

/// RFC 9449 section 4.2: base64url SHA-256 of the token's ASCII form.
fn token_hash(token: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}

/// Syntax-based normalisation (RFC 3986 section 6.2.2) by the URL parser, without query and fragment.
fn normal_url(url: &str) -> Option<String> {
    let mut url = Url::parse(url).ok()?;
    url.set_query(None);
    url.set_fragment(None);
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixSeconds = UnixSeconds::new(1_790_000_000).unwrap();

    fn expected<'a>(method: &'a str, url: &'a str, token: Option<&'a str>) -> Expected<'a> {
        Expected {
            method,
            url,
            token,
            now: NOW,
        }
    }

    fn key() -> SigningKey {
        SigningKey::from_seed([7; 32])
    }

    fn proof(method: &str, url: &str, token: Option<&str>) -> String {
        prove(
            &key(),
            &expected(method, url, token),
            Jti::from_bytes([1; 16]),
        )
    }

    #[test]
    fn a_proof_holds_for_its_request_and_names_its_key() {
        let text = proof("GET", "https://v.example/v1/grants/x?y=1", Some("abc"));
        let held = verify(
            &text,
            &expected("GET", "https://V.example:443/v1/grants/x", Some("abc")),
        )
        .unwrap();
        assert_eq!(held.key.thumbprint(), key().thumbprint());
    }

    #[test]
    fn a_proof_for_anything_else_is_refused() {
        let text = proof("GET", "https://v.example/a", Some("abc"));
        for (other, error) in [
            (
                expected("POST", "https://v.example/a", Some("abc")),
                DpopError::OtherRequest,
            ),
            (
                expected("GET", "https://v.example/b", Some("abc")),
                DpopError::OtherRequest,
            ),
            (
                expected("GET", "https://w.example/a", Some("abc")),
                DpopError::OtherRequest,
            ),
            (
                expected("GET", "https://v.example/a", Some("abd")),
                DpopError::OtherToken,
            ),
            (
                expected("GET", "https://v.example/a", None),
                DpopError::OtherToken,
            ),
        ] {
            assert_eq!(verify(&text, &other).unwrap_err(), error);
        }
        for late in [-61, 61] {
            let then = Expected {
                now: NOW.plus(late),
                ..expected("GET", "https://v.example/a", Some("abc"))
            };
            assert_eq!(verify(&text, &then).unwrap_err(), DpopError::Time);
        }
    }

    /// RFC 9449 section 4.1, figure 2: a good proof, by an algorithm that the protocol does not take.
    #[test]
    fn the_rfcs_own_proof_is_of_another_algorithm_and_refused() {
        let proof = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";
        let asked = Expected {
            now: UnixSeconds::new(1_562_262_616).unwrap(),
            ..expected("POST", "https://server.example.com/token", None)
        };
        assert_eq!(
            verify(proof, &asked).unwrap_err(),
            DpopError::Jws(JwsError::UnsupportedAlg)
        );
    }

    /// RFC 9449 section 7.1, figure 13: the token of the example and its hash.
    #[test]
    fn the_rfcs_own_token_has_the_rfcs_hash() {
        let token = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";
        assert_eq!(
            token_hash(token),
            "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"
        );
    }

    #[test]
    fn a_proof_with_a_changed_byte_is_refused() {
        let text = proof("GET", "https://v.example/a", None);
        for at in (0..text.len()).step_by(7) {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert!(
                verify(&changed, &expected("GET", "https://v.example/a", None)).is_err(),
                "byte {at}"
            );
        }
    }
}
