//! An agency's HPKE keys (PROTOCOL section 1): in the registry as JWKs, `OKP`/`X25519` (RFC 8037) and
//! `AKP`/`MLKEM768-X25519` for X-Wing; the secret half never leaves the agency.

use std::{collections::BTreeMap, fmt};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use consent_token::key::Thumbprint;
use hpke::{
    Deserializable, Kem as _, Serializable,
    kem::{X25519HkdfSha256, XWing},
};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::{ShareError, stream, suite};
use crate::registry::{JwkSet, RegistryKey};

/// Which KEM: the numbers are those of IANA's HPKE registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kem {
    X25519,
    XWing,
}

impl Kem {
    pub(super) fn of(number: u16) -> Option<Self> {
        match number {
            X25519HkdfSha256::KEM_ID => Some(Kem::X25519),
            XWing::KEM_ID => Some(Kem::XWing),
            _ => None,
        }
    }

    const fn number(self) -> u16 {
        match self {
            Kem::X25519 => X25519HkdfSha256::KEM_ID,
            Kem::XWing => XWing::KEM_ID,
        }
    }

    /// RFC 9180 section 7.1 `Nenc`; the X-Wing draft's ciphertext.
    pub(super) const fn encapsulated_bytes(self) -> usize {
        match self {
            Kem::X25519 => 32,
            Kem::XWing => 1120,
        }
    }
}

/// An agency's public encryption key.
#[derive(Clone, PartialEq, Eq)]
pub struct KemKey(Public);

#[derive(Clone, PartialEq, Eq)]
enum Public {
    X25519(<X25519HkdfSha256 as hpke::Kem>::PublicKey),
    XWing(Box<<XWing as hpke::Kem>::PublicKey>),
}

/// An agency's secret encryption key; it cannot be cloned, printed or serialised.
pub struct KemSecret {
    secret: Secret,
    public: KemKey,
}

enum Secret {
    X25519(<X25519HkdfSha256 as hpke::Kem>::PrivateKey),
    XWing(Box<<XWing as hpke::Kem>::PrivateKey>),
}

/// The registry's key is an encryption key, but none that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the encryption key cannot be used")]
pub struct KeyError;

impl KemKey {
    /// The key in a JWK; none where it is no encryption key.
    ///
    /// # Errors
    /// [`KeyError`] where it says that it is one, and is not: nothing is sealed for it, not even by the other KEM.
    pub fn from_jwk(jwk: &RegistryKey) -> Result<Option<Self>, KeyError> {
        let text = |name: &str| jwk.parameters.get(name).and_then(|value| value.as_str());
        let bytes = |name: &str| {
            BASE64_URL_SAFE_NO_PAD
                .decode(text(name).unwrap_or_default())
                .map_err(|_| KeyError)
        };
        let public = match (text("kty"), text("crv"), text("alg")) {
            (Some("OKP"), Some("X25519"), _) => {
                let key = Deserializable::from_bytes(&bytes("x")?).map_err(|_| KeyError)?;
                Public::X25519(key)
            }
            (Some("AKP"), _, Some(XWING_ALG)) => {
                let key = Deserializable::from_bytes(&bytes("pub")?).map_err(|_| KeyError)?;
                Public::XWing(Box::new(key))
            }
            _ => return Ok(None),
        };
        let key = KemKey(public);
        let named = text("kid").is_none_or(|kid| kid == key.thumbprint().to_string());
        if named { Ok(Some(key)) } else { Err(KeyError) }
    }

    /// The key to seal for: X-Wing where the agency has one, else X25519. The last of a kind counts.
    ///
    /// # Errors
    /// [`KeyError`] where any encryption key of the set is unusable.
    pub fn preferred(jwks: &JwkSet) -> Result<Option<Self>, KeyError> {
        let keys: Result<Vec<_>, _> = jwks.keys.iter().map(KemKey::from_jwk).collect();
        let keys = keys?.into_iter().flatten();
        Ok(keys.max_by_key(|key| key.which() == Kem::XWing))
    }

    /// The key as it stands in the registry, with its `kid`.
    #[must_use]
    pub fn to_jwk(&self) -> RegistryKey {
        let mut parameters: BTreeMap<String, serde_json::Value> = self
            .required_members()
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.into()))
            .collect();
        parameters.insert("use".into(), "enc".into());
        parameters.insert("kid".into(), self.thumbprint().to_string().into());
        RegistryKey { parameters }
    }

    /// The JWK thumbprint (RFC 7638; RFC 8037 section 2 for `OKP`; `alg`, `kty`, `pub` for `AKP`).
    #[must_use]
    pub fn thumbprint(&self) -> Thumbprint {
        let members = serde_json::to_vec(&self.required_members()).expect("texts are plain JSON");
        Thumbprint::from_bytes(Sha256::digest(&members).into())
    }

    /// The KEM's number in IANA's registry.
    #[must_use]
    pub fn kem(&self) -> u16 {
        self.which().number()
    }

    pub(super) fn which(&self) -> Kem {
        match self.0 {
            Public::X25519(_) => Kem::X25519,
            Public::XWing(_) => Kem::XWing,
        }
    }

    /// Sorted by name, as RFC 7638 section 3 hashes them.
    fn required_members(&self) -> BTreeMap<&'static str, String> {
        let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        match &self.0 {
            Public::X25519(key) => BTreeMap::from([
                ("crv", "X25519".to_owned()),
                ("kty", "OKP".to_owned()),
                ("x", encode(&key.to_bytes())),
            ]),
            Public::XWing(key) => BTreeMap::from([
                ("alg", XWING_ALG.to_owned()),
                ("kty", "AKP".to_owned()),
                ("pub", encode(&key.to_bytes())),
            ]),
        }
    }

    pub(super) fn start_sealing(
        &self,
        info: &[u8],
        randomness: &[u8; 64],
    ) -> Result<(Vec<u8>, stream::Sealing), ShareError> {
        match &self.0 {
            Public::X25519(key) => suite::start_sealing::<X25519HkdfSha256>(key, info, randomness)
                .map(|(enc, context)| (enc, stream::Sealing::X25519(context))),
            Public::XWing(key) => suite::start_sealing::<XWing>(key, info, randomness)
                .map(|(enc, context)| (enc, stream::Sealing::XWing(context))),
        }
    }

    pub(super) fn seal(
        &self,
        info: &[u8],
        aad: &[u8],
        plain: &[u8],
        randomness: &[u8; 64],
    ) -> Result<(Vec<u8>, Vec<u8>), ShareError> {
        match &self.0 {
            Public::X25519(key) => {
                suite::seal::<X25519HkdfSha256>(key, info, aad, plain, randomness)
            }
            Public::XWing(key) => suite::seal::<XWing>(key, info, aad, plain, randomness),
        }
    }
}

/// The name that HPKE's registry gives X-Wing.
const XWING_ALG: &str = "MLKEM768-X25519";

impl KemSecret {
    /// The X25519 key that RFC 9180's `DeriveKeyPair` makes of 32 random bytes.
    #[must_use]
    pub fn derive_x25519(ikm: &Zeroizing<[u8; 32]>) -> Self {
        let (secret, public) = X25519HkdfSha256::derive_keypair(ikm.as_slice());
        KemSecret {
            secret: Secret::X25519(secret),
            public: KemKey(Public::X25519(public)),
        }
    }

    /// The X-Wing key that `DeriveKeyPair` makes of 32 random bytes.
    #[must_use]
    pub fn derive_xwing(ikm: &Zeroizing<[u8; 32]>) -> Self {
        let (secret, public) = XWing::derive_keypair(ikm.as_slice());
        KemSecret {
            secret: Secret::XWing(Box::new(secret)),
            public: KemKey(Public::XWing(Box::new(public))),
        }
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> &KemKey {
        &self.public
    }

    pub(super) fn kem(&self) -> u16 {
        self.public.kem()
    }

    pub(super) fn thumbprint(&self) -> Thumbprint {
        self.public.thumbprint()
    }

    pub(super) fn start_opening(
        &self,
        info: &[u8],
        enc: &[u8],
    ) -> Result<stream::Opening, ShareError> {
        match &self.secret {
            Secret::X25519(key) => suite::start_opening::<X25519HkdfSha256>(key, info, enc)
                .map(stream::Opening::X25519),
            Secret::XWing(key) => {
                suite::start_opening::<XWing>(key, info, enc).map(stream::Opening::XWing)
            }
        }
    }

    pub(super) fn open(
        &self,
        info: &[u8],
        aad: &[u8],
        enc: &[u8],
        ct: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, ShareError> {
        match &self.secret {
            Secret::X25519(key) => suite::open::<X25519HkdfSha256>(key, info, aad, enc, ct),
            Secret::XWing(key) => suite::open::<XWing>(key, info, aad, enc, ct),
        }
    }
}

impl fmt::Debug for KemKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KemKey({:?} {})", self.which(), self.thumbprint())
    }
}

impl fmt::Debug for KemSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KemSecret(of {})", self.public.thumbprint())
    }
}
