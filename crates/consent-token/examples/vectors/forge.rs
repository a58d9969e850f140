//! Makes JWS of any header and payload, right and wrong, with keys from fixed seeds.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use consent_token::id::{Digest, Jti};
use consent_token::key::{Jwk, SigningKey};
use curve25519_dalek::Scalar;
use ed25519_dalek::SigningKey as Ed25519;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha512};

pub const NOW: i64 = 1_800_000_000;
pub const DAY: i64 = 86_400;
pub const AGENCY: &str = "https://fire.riverton.example";
pub const OTHER_AGENCY: &str = "https://care.riverton.example";

/// The order of the base point, little-endian.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
    0x14, //
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

pub fn holder() -> SigningKey {
    SigningKey::from_seed([1; 32])
}

pub fn other_holder() -> SigningKey {
    SigningKey::from_seed([2; 32])
}

pub fn agency() -> SigningKey {
    SigningKey::from_seed([3; 32])
}

pub fn other_agency() -> SigningKey {
    SigningKey::from_seed([4; 32])
}

pub fn jti(byte: u8) -> String {
    Jti::from_bytes([byte; 16]).to_string()
}

pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub fn header(typ: &str, key: &SigningKey) -> Value {
    json!({"typ": typ, "alg": "EdDSA", "kid": key.thumbprint()})
}

/// The claims of a good token.
pub fn claims() -> Value {
    let holder = holder();
    json!({
        "iss": holder.holder_uri(),
        "sub": holder.holder_uri(),
        "sub_jwk": holder.public().jwk(),
        "aud": AGENCY,
        "jti": jti(1),
        "iat": NOW - DAY,
        "nbf": NOW - DAY,
        "exp": NOW + 90 * DAY,
        "cnf": {"jkt": agency().thumbprint()},
        "status": {"status_list": {"idx": 70_000, "uri": "https://verifier.example/v1/status/0"}},
        "authorization_details": [{
            "type": "urn:assent:consent:1",
            "purposes": ["emergency-response", "fire-safety-visit"],
            "datatypes": ["identity.name", "home.address", "home.access", "needs.mobility"],
            "actions": ["read", "store"],
            "release": "on_grant",
            "retention": "P30D",
            "notice": {"digest": Digest::of(b"We read this when you call us.").in_jwt().to_string(), "lang": "en", "version": "2026-1"},
            "basis": "https://w3id.org/dpv/legal/eu/gdpr#A9-2-a",
            "jurisdiction": "GB-WLS"
        }]
    })
}

/// The signing input of two texts.
pub fn input(header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>) -> String {
    format!("{}.{}", encode(header), encode(payload))
}

/// A JWS of two texts, signed well.
pub fn jws(header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>, key: &SigningKey) -> String {
    let input = input(header, payload);
    let signature = key.sign(input.as_bytes());
    with_signature(&input, signature)
}

pub fn with_signature(input: &str, signature: impl AsRef<[u8]>) -> String {
    format!("{input}.{}", encode(signature))
}

/// A good token of these claims.
pub fn token(claims: &Value) -> String {
    let key = holder();
    jws(
        header("consent+jwt", &key).to_string(),
        claims.to_string(),
        &key,
    )
}

/// A good token whose payload is this text.
pub fn token_of_text(payload: impl AsRef<[u8]>) -> String {
    let key = holder();
    jws(header("consent+jwt", &key).to_string(), payload, &key)
}

/// A good token with claims that were changed.
pub fn changed(change: impl FnOnce(&mut Value)) -> String {
    let mut claims = claims();
    change(&mut claims);
    token(&claims)
}

/// A good token with a consent that was changed.
pub fn consent(change: impl FnOnce(&mut Value)) -> String {
    changed(|claims| {
        change(
            claims
                .pointer_mut("/authorization_details/0")
                .expect("claims have a consent"),
        )
    })
}

/// A good token with one member of the consent set.
pub fn member(name: &str, value: Value) -> String {
    consent(|consent| consent[name] = value)
}

/// A token whose key is this point, with every name in order, and a signature that the plain
/// equation of RFC 8032 accepts for a point of order 1: `R` is the base point times `s`.
pub fn by_point(point: [u8; 32]) -> String {
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": encode(point)});
    let parsed: Jwk = serde_json::from_value(jwk.clone()).expect("any 32 bytes are a JWK");
    let mut claims = claims();
    for name in ["iss", "sub"] {
        claims[name] = json!(parsed.holder_uri());
    }
    claims["sub_jwk"] = jwk;
    let header = json!({"typ": "consent+jwt", "alg": "EdDSA", "kid": parsed.thumbprint()});
    let key = ed25519(&holder());
    let (r, s) = (key.verifying_key().to_bytes(), key.to_scalar().to_bytes());
    with_signature(
        &input(header.to_string(), claims.to_string()),
        [r, s].concat(),
    )
}

/// A good token but for its signature: `R` is this encoding of the neutral element.
pub fn with_neutral_r(r: [u8; 32]) -> String {
    let key = holder();
    let input = input(
        header("consent+jwt", &key).to_string(),
        claims().to_string(),
    );
    let hash = Sha512::new()
        .chain_update(r)
        .chain_update(key.public().as_bytes())
        .chain_update(&input)
        .finalize();
    let k = Scalar::from_bytes_mod_order_wide(&hash.into());
    let s = (k * ed25519(&key).to_scalar()).to_bytes();
    with_signature(&input, [r, s].concat())
}

/// The same signature with the order of the group added to `s`.
pub fn with_large_s(token: &str) -> String {
    let (input, signature) = token.rsplit_once('.').expect("a token has dots");
    let mut bytes = URL_SAFE_NO_PAD
        .decode(signature)
        .expect("a token is base64url");
    let mut carry = 0;
    for (byte, order) in bytes.iter_mut().skip(32).zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        [*byte, _] = sum.to_le_bytes();
        carry = sum >> 8;
    }
    with_signature(input, bytes)
}

fn ed25519(key: &SigningKey) -> Ed25519 {
    Ed25519::from_bytes(&key.expose_seed())
}
