//! Sealing and opening one row: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) under the vault key
//! with a random 24-byte nonce. 192 bits of nonce make a chance repeat negligible without a counter.

use chacha20poly1305::{AeadInOut, Key, KeyInit, Tag, XChaCha20Poly1305, XNonce};
use zeroize::Zeroize;

use crate::{Place, Plaintext, VaultKey};

/// Length of a nonce in bytes.
pub const NONCE_BYTES: usize = 24;

/// Length of the tag that follows every ciphertext, in bytes.
pub const TAG_BYTES: usize = 16;

/// A nonce: 24 random bytes, used for one sealing only.
pub type Nonce = [u8; NONCE_BYTES];

/// The bytes were not sealed under this key, for this place: altered, moved or of another vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sealed bytes were altered, moved, or belong to another vault")]
pub struct NotAuthentic;

/// Seals `content` for one place; the answer is the ciphertext followed by its 16-byte tag.
///
/// `nonce` must be fresh random bytes: the same nonce twice under one key gives both contents away.
/// `content` is encrypted in its own buffer, so no readable copy of it stays behind.
#[must_use]
pub fn seal(key: &VaultKey, place: &Place, nonce: &Nonce, content: Vec<u8>) -> Vec<u8> {
    encrypt(
        key.expose_secret(),
        &place.associated_data(),
        nonce,
        content,
    )
}

/// Opens what [`seal`] made for the same key, place and nonce.
///
/// # Errors
/// [`NotAuthentic`] when a bit of the ciphertext, the nonce or the place differs.
pub fn open(
    key: &VaultKey,
    place: &Place,
    nonce: &Nonce,
    sealed: Vec<u8>,
) -> Result<Plaintext, NotAuthentic> {
    decrypt(key.expose_secret(), &place.associated_data(), nonce, sealed)
}

/// XChaCha20-Poly1305 encryption in place, tag appended.
pub(crate) fn encrypt(key: &[u8; 32], aad: &[u8], nonce: &Nonce, mut content: Vec<u8>) -> Vec<u8> {
    reserve_wiped(&mut content, TAG_BYTES);
    let tag = XChaCha20Poly1305::new(&Key::from(*key))
        .encrypt_inout_detached(&XNonce::from(*nonce), aad, content.as_mut_slice().into())
        .expect("content stays far below the cipher's limit of 256 GiB");
    content.extend_from_slice(&tag);
    content
}

/// XChaCha20-Poly1305 decryption in place.
pub(crate) fn decrypt(
    key: &[u8; 32],
    aad: &[u8],
    nonce: &Nonce,
    mut sealed: Vec<u8>,
) -> Result<Plaintext, NotAuthentic> {
    let body = sealed.len().checked_sub(TAG_BYTES).ok_or(NotAuthentic)?;
    let (content, tag) = sealed.split_at_mut_checked(body).ok_or(NotAuthentic)?;
    let tag = Tag::try_from(&*tag).map_err(|_| NotAuthentic)?;
    XChaCha20Poly1305::new(&Key::from(*key))
        .decrypt_inout_detached(&XNonce::from(*nonce), aad, content.into(), &tag)
        .map_err(|_| NotAuthentic)?;
    sealed.truncate(body);
    Ok(Plaintext::new(sealed))
}

/// Makes room for `more` bytes; where that moves the content, the old place is wiped.
fn reserve_wiped(content: &mut Vec<u8>, more: usize) {
    if content.capacity() - content.len() < more {
        let mut roomy = Vec::with_capacity(content.len() + more);
        roomy.extend_from_slice(content);
        core::mem::swap(content, &mut roomy);
        roomy.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{RowId, Table, VaultId};

    const PLACE: Place = Place {
        vault: VaultId([1; 16]),
        table: Table::Record,
        row: RowId(5),
        revision: 9,
    };

    fn key() -> VaultKey {
        VaultKey::from_bytes([3; 32])
    }

    #[test]
    fn a_row_moved_to_any_other_place_does_not_open() {
        let sealed = seal(&key(), &PLACE, &[4; 24], b"value".to_vec());
        let elsewhere = [
            Place {
                vault: VaultId([2; 16]),
                ..PLACE
            },
            Place {
                table: Table::Chunk,
                ..PLACE
            },
            Place {
                row: RowId(6),
                ..PLACE
            },
            Place {
                revision: 8,
                ..PLACE
            },
        ];
        for place in elsewhere {
            assert_eq!(
                open(&key(), &place, &[4; 24], sealed.clone()),
                Err(NotAuthentic)
            );
        }
        assert_eq!(&*open(&key(), &PLACE, &[4; 24], sealed).unwrap(), b"value");
    }

    #[test]
    fn less_than_a_tag_is_refused() {
        for len in 0..TAG_BYTES {
            assert_eq!(
                open(&key(), &PLACE, &[4; 24], vec![0; len]),
                Err(NotAuthentic)
            );
        }
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens_and_one_flipped_bit_does_not(
            content in proptest::collection::vec(any::<u8>(), 0..300),
            nonce in any::<[u8; 24]>(),
            at in any::<prop::sample::Index>(),
            bit in 0..8_u8,
        ) {
            let sealed = seal(&key(), &PLACE, &nonce, content.clone());
            prop_assert_eq!(&*open(&key(), &PLACE, &nonce, sealed.clone()).unwrap(), &content[..]);
            let mut bad = sealed;
            let at = at.index(bad.len());
            bad[at] ^= 1 << bit;
            prop_assert_eq!(open(&key(), &PLACE, &nonce, bad), Err(NotAuthentic));
        }
    }
}
