//! The examples of RFC 7515, 7638, 8037 and 9278, and a second opinion by `jsonwebtoken`.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use consent_token::Refusal;
use consent_token::jws::{Compact, Header, JwsError, sign};
use consent_token::key::{HolderUri, Jwk, SigningKey};
use consent_token::token::{self, Terms};

struct Nothing;

impl Terms for Nothing {
    fn knows_purpose(&self, _: &str) -> bool {
        false
    }

    fn knows_path(&self, _: &str) -> bool {
        false
    }
}

/// RFC 8037 appendix A.1.
const SEED: &str = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
/// RFC 8037 appendix A.2.
const JWK: &str =
    r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
/// RFC 8037 appendix A.3.
const THUMBPRINT: &str = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";
/// RFC 8037 appendix A.4; its payload is not JSON.
const JWS: &str = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

/// RFC 7515 appendix A.1: HS256.
const HS256: &str = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// RFC 7515 appendix A.3: ES256.
const ES256: &str = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
/// RFC 7515 appendix A.5: none.
const NONE: &str = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.";
/// RFC 7515 appendix E: a critical extension that nobody knows.
const CRITICAL: &str = "eyJhbGciOiJub25lIiwNCiAiY3JpdCI6WyJodHRwOi8vZXhhbXBsZS5jb20vVU5ERUZJTkVEIl0sDQogImh0dHA6Ly9leGFtcGxlLmNvbS9VTkRFRklORUQiOnRydWUNCn0.RkFJTA.";

fn key() -> SigningKey {
    use base64::Engine as _;
    let seed = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(SEED)
        .unwrap();
    SigningKey::from_seed(seed.try_into().unwrap())
}

#[test]
fn rfc_8037_key_thumbprint_and_signature() {
    let jwk: Jwk = consent_token::json::from_slice(JWK.as_bytes()).unwrap();
    assert_eq!(jwk, key().public().jwk());
    assert_eq!(jwk.thumbprint().to_string(), THUMBPRINT);
    assert_eq!(key().thumbprint(), jwk.thumbprint());

    let jws = Compact::parse(JWS, 8192).unwrap();
    assert_eq!(jws.payload(), b"Example of Ed25519 signing");
    assert_eq!(jws.verify(&jwk.public_key().unwrap()), Ok(()));
    let other = SigningKey::from_seed([9; 32]).public();
    assert_eq!(jws.verify(&other), Err(JwsError::BadSignature));
}

#[test]
fn rfc_9278_names_a_key_by_its_thumbprint() {
    let text = format!("urn:ietf:params:oauth:jwk-thumbprint:sha-256:{THUMBPRINT}");
    let uri: HolderUri = text.parse().unwrap();
    assert_eq!(uri, key().holder_uri());
    assert_eq!(uri.to_string(), text);
    // The example of RFC 9278 section 5, whose key is that of RFC 7638 section 3.1.
    let example =
        "urn:ietf:params:oauth:jwk-thumbprint:sha-256:NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
    assert_eq!(example.parse::<HolderUri>().unwrap().to_string(), example);
    for bad in [
        text.replace("sha-256", "sha-512"),
        text.replace("urn:ietf", "URN:ietf"),
        format!("{text}="),
        THUMBPRINT.into(),
    ] {
        assert!(bad.parse::<HolderUri>().is_err(), "{bad}");
    }
}

#[test]
fn rfc_7515_examples_of_other_algorithms_are_refused() {
    for jws in [HS256, ES256, NONE] {
        assert_eq!(
            Compact::parse(jws, 8192).err(),
            Some(JwsError::UnsupportedAlg)
        );
        assert_eq!(
            token::verify(jws, &Nothing).err(),
            Some(Refusal::UnsupportedAlg)
        );
    }
    assert_eq!(
        Compact::parse(CRITICAL, 8192).err(),
        Some(JwsError::Malformed)
    );
}

#[test]
fn jsonwebtoken_reads_what_we_sign() {
    use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};

    let claims = serde_json::json!({"sub": "fictional", "exp": 4_000_000_000_u64});
    let key = key();
    let jws = sign(&Header::with_kid("JWT", key.thumbprint()), &claims, &key).unwrap();
    let decoding = DecodingKey::from_ed_components(&key.public().jwk().x()).unwrap();
    let read =
        decode::<serde_json::Value>(&jws, &decoding, &Validation::new(Algorithm::EdDSA)).unwrap();
    assert_eq!(read.claims, claims);
    assert_eq!(read.header.kid, Some(THUMBPRINT.into()));
}

#[test]
fn a_header_may_carry_the_key() {
    let key = key();
    let jws = sign(&Header::with_jwk("dpop+jwt", key.public().jwk()), &1, &key).unwrap();
    let jws = Compact::parse(&jws, 8192).unwrap();
    assert_eq!(jws.jwk(), Some(&key.public().jwk()));
    assert_eq!(
        (jws.typ(), jws.kid(), jws.payload()),
        (Some("dpop+jwt"), None, b"1".as_slice())
    );
    assert_eq!(jws.expect_typ("dpop+jwt"), Ok(()));
    assert_eq!(
        jws.expect_typ("application/dpop+jwt"),
        Err(JwsError::WrongType)
    );
}
