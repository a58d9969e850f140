//! Well-signed JWTs of any payload, so that mutations get behind the signature: bytes that begin with `{`
//! are taken as a payload and signed, everything else as a compact JWS.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use consent_token::{id::UnixSeconds, key::SigningKey};

/// The time at which everything here happens: that of the vectors.
pub(crate) const NOW: UnixSeconds =
    UnixSeconds::new(1_800_000_000).expect("a time of this century");

/// The holder of the vectors.
pub(crate) fn holder() -> SigningKey {
    SigningKey::from_seed([1; 32])
}

/// The agency of the vectors.
pub(crate) fn agency() -> SigningKey {
    SigningKey::from_seed([3; 32])
}

/// The bytes as text, or signed with `key` under its thumbprint.
pub(crate) fn compact(data: &[u8], typ: &str, key: &SigningKey) -> Option<String> {
    let header = format!(
        r#"{{"typ":"{typ}","alg":"EdDSA","kid":"{}"}}"#,
        key.thumbprint()
    );
    signed_or_text(data, &header, key)
}

/// The bytes as text, or signed with `key`, which stands in the header.
pub(crate) fn compact_with_jwk(data: &[u8], typ: &str, key: &SigningKey) -> Option<String> {
    let x = key.public().jwk().x();
    let header = format!(
        r#"{{"typ":"{typ}","alg":"EdDSA","jwk":{{"kty":"OKP","crv":"Ed25519","x":"{x}"}}}}"#
    );
    signed_or_text(data, &header, key)
}

fn signed_or_text(data: &[u8], header: &str, key: &SigningKey) -> Option<String> {
    if data.first() != Some(&b'{') {
        return std::str::from_utf8(data).ok().map(str::to_owned);
    }
    let input = format!(
        "{}.{}",
        BASE64_URL_SAFE_NO_PAD.encode(header),
        BASE64_URL_SAFE_NO_PAD.encode(data)
    );
    let signature = BASE64_URL_SAFE_NO_PAD.encode(key.sign(input.as_bytes()));
    Some(format!("{input}.{signature}"))
}
