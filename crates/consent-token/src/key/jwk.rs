//! An Ed25519 public key as a JWK (RFC 7517, RFC 8037 section 2).

use std::fmt;

use serde::de::{Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{HolderUri, KeyError, PublicKey, Thumbprint};
use crate::base64url;
use crate::json::object;

/// A public JWK with `kty` `OKP` and `crv` `Ed25519`; whether its point is usable is found by
/// [`Jwk::public_key`].
///
/// Other members are ignored when read, as RFC 7517 asks, save `d`: a private key is refused.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Jwk([u8; 32]);

impl Jwk {
    pub(crate) const fn from_bytes(x: [u8; 32]) -> Self {
        Self(x)
    }

    /// The key to verify with.
    ///
    /// # Errors
    /// [`KeyError::UnusableKey`] when `x` is not canonical, not on the curve or of small order.
    pub fn public_key(&self) -> Result<PublicKey, KeyError> {
        PublicKey::from_bytes(&self.0)
    }

    /// The 32 bytes of `x`. Whether they are a key is another question.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The RFC 7638 thumbprint.
    #[must_use]
    pub fn thumbprint(&self) -> Thumbprint {
        Thumbprint::of_ed25519(&self.0)
    }

    /// The RFC 9278 URI of the thumbprint.
    #[must_use]
    pub fn holder_uri(&self) -> HolderUri {
        HolderUri::new(self.thumbprint())
    }

    /// The member `x`, in base64url.
    #[must_use]
    pub fn x(&self) -> String {
        base64url::encode(&self.0)
    }
}

impl fmt::Debug for Jwk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Jwk({})", self.x())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClosedMembers {
    kty: Okp,
    crv: Ed25519,
    x: X,
}

#[derive(Deserialize)]
struct OpenMembers {
    #[serde(rename = "kty")]
    _kty: Okp,
    #[serde(rename = "crv")]
    _crv: Ed25519,
    x: X,
    d: Option<IgnoredAny>,
}

impl Serialize for Jwk {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let members = ClosedMembers {
            kty: Okp,
            crv: Ed25519,
            x: X(self.0),
        };
        members.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Jwk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members: OpenMembers = object(deserializer)?;
        match members.d {
            Some(IgnoredAny) => Err(D::Error::custom("a private key")),
            None => Ok(Self(members.x.0)),
        }
    }
}

/// A JWK with the three public members and nothing else; so serde itself finds a repeated one.
#[derive(Clone, Copy)]
pub(crate) struct ClosedJwk(pub(crate) Jwk);

impl Serialize for ClosedJwk {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ClosedJwk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members: ClosedMembers = object(deserializer)?;
        Ok(Self(Jwk(members.x.0)))
    }
}

macro_rules! constant {
    ($name:ident, $text:literal) => {
        struct $name;

        impl std::str::FromStr for $name {
            type Err = &'static str;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                if text == $text {
                    Ok(Self)
                } else {
                    Err(concat!("not ", $text))
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($text)
            }
        }

        crate::json::text_serde!($name);
    };
}

constant!(Okp, "OKP");
constant!(Ed25519, "Ed25519");

struct X([u8; 32]);

impl std::str::FromStr for X {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        base64url::decode_array(text)
            .map(Self)
            .ok_or("not 32 bytes in base64url")
    }
}

impl fmt::Display for X {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        base64url::write(&self.0, f)
    }
}

crate::json::text_serde!(X);

#[cfg(test)]
mod tests {
    use super::*;

    const X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    fn read(text: &str) -> Option<Jwk> {
        crate::json::from_slice(text.as_bytes()).ok()
    }

    #[test]
    fn other_public_members_are_ignored() {
        let jwk = read(&format!(
            r#"{{"kty":"OKP","crv":"Ed25519","x":"{X}","use":"sig","kid":"1"}}"#
        ));
        assert_eq!(jwk.map(|jwk| jwk.x()), Some(X.into()));
        let text = serde_json::to_string(&jwk).unwrap();
        assert_eq!(
            text,
            format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{X}"}}"#)
        );
    }

    #[test]
    fn other_and_private_keys_are_refused() {
        for bad in [
            format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{X}","d":"{X}"}}"#),
            format!(r#"{{"kty":"OKP","crv":"X25519","x":"{X}"}}"#),
            format!(r#"{{"kty":"EC","crv":"Ed25519","x":"{X}"}}"#),
            format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{X}="}}"#),
            format!(r#"{{"kty":"OKP","x":"{X}"}}"#),
            format!(r#"["OKP","Ed25519","{X}",null]"#),
        ] {
            assert_eq!(read(&bad), None, "{bad}");
        }
    }
}
