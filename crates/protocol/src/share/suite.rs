//! The two HPKE suites (RFC 9180 section 7): HKDF-SHA256 and ChaCha20-Poly1305 under either KEM, base mode.

use std::convert::Infallible;

use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable,
    aead::{AeadCtxR, AeadCtxS, ChaCha20Poly1305},
    kdf::HkdfSha256,
    rand_core::{TryCryptoRng, TryRng},
    setup_receiver, setup_sender_with_rng, single_shot_open, single_shot_seal_with_rng,
};
use zeroize::Zeroizing;

use super::ShareError;

/// Bytes of the AEAD's tag.
pub(super) const TAG_BYTES: usize = 16;

pub(super) fn seal<K: Kem>(
    key: &K::PublicKey,
    info: &[u8],
    aad: &[u8],
    plain: &[u8],
    randomness: &[u8; 64],
) -> Result<(Vec<u8>, Vec<u8>), ShareError> {
    let mut drawn = Drawn::new(randomness);
    let (enc, ct) = single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, K>(
        &OpModeS::Base,
        key,
        info,
        plain,
        aad,
        &mut drawn,
    )
    .map_err(|_| ShareError::Key)?;
    Ok((enc.to_bytes().to_vec(), ct))
}

pub(super) fn open<K: Kem>(
    key: &K::PrivateKey,
    info: &[u8],
    aad: &[u8],
    enc: &[u8],
    ct: &[u8],
) -> Result<Zeroizing<Vec<u8>>, ShareError> {
    let enc = K::EncappedKey::from_bytes(enc).map_err(|_| ShareError::Malformed)?;
    single_shot_open::<ChaCha20Poly1305, HkdfSha256, K>(&OpModeR::Base, key, &enc, info, ct, aad)
        .map(Zeroizing::new)
        .map_err(|_| ShareError::Forged)
}

/// An HPKE context that seals many messages in order (RFC 9180 section 5.2).
pub(super) type Sealing<K> = AeadCtxS<ChaCha20Poly1305, HkdfSha256, K>;
/// Its counterpart.
pub(super) type Opening<K> = AeadCtxR<ChaCha20Poly1305, HkdfSha256, K>;

/// Starts a context for `key`, with its encapsulated key.
pub(super) fn start_sealing<K: Kem>(
    key: &K::PublicKey,
    info: &[u8],
    randomness: &[u8; 64],
) -> Result<(Vec<u8>, Sealing<K>), ShareError> {
    let mut drawn = Drawn::new(randomness);
    let started = setup_sender_with_rng::<ChaCha20Poly1305, HkdfSha256, K>(
        &OpModeS::Base,
        key,
        info,
        &mut drawn,
    );
    let (enc, context) = started.map_err(|_| ShareError::Key)?;
    Ok((enc.to_bytes().to_vec(), context))
}

/// Starts the context that `enc` is the key of.
pub(super) fn start_opening<K: Kem>(
    key: &K::PrivateKey,
    info: &[u8],
    enc: &[u8],
) -> Result<Opening<K>, ShareError> {
    let enc = K::EncappedKey::from_bytes(enc).map_err(|_| ShareError::Malformed)?;
    setup_receiver::<ChaCha20Poly1305, HkdfSha256, K>(&OpModeR::Base, key, &enc, info)
        .map_err(|_| ShareError::Forged)
}

/// Random bytes that were drawn before: encapsulation takes 32 of them (X25519) or 64 (X-Wing), once.
struct Drawn {
    bytes: Zeroizing<[u8; 64]>,
    used: usize,
}

impl Drawn {
    fn new(bytes: &[u8; 64]) -> Self {
        Drawn {
            bytes: Zeroizing::new(*bytes),
            used: 0,
        }
    }
}

impl TryRng for Drawn {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, target: &mut [u8]) -> Result<(), Infallible> {
        let end = self.used + target.len();
        let fresh = self.bytes.get(self.used..end);
        target.copy_from_slice(fresh.expect("no KEM draws more than 64 bytes to encapsulate once"));
        self.used = end;
        Ok(())
    }
}

impl TryCryptoRng for Drawn {}
