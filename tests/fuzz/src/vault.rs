//! What is read out of a vault's file, which somebody may have altered, and what a person types to open it.

use sha2::{Digest, Sha256};
use vault_crypto::{
    DeviceKey, MANIFEST_BYTES, Manifest, Passphrase, Place, Plaintext, Record, RecoveryPhrase,
    RowId, Slot, SlotId, Table, VaultId, VaultKey, open, seal,
};

const VAULT: VaultId = VaultId([0x11; 16]);
const NONCE: [u8; 24] = [0x33; 24];

fn key() -> VaultKey {
    VaultKey::from_bytes([0x22; 32])
}

/// Opened records have one layout.
pub(crate) fn vault_record(data: &[u8]) -> bool {
    let Ok(record) = Record::decode(Plaintext::new(data.to_vec())) else {
        return false;
    };
    let (kind, key) = (record.kind().to_owned(), record.key().to_owned());
    let value = record.into_value();
    assert_eq!(
        Record::encode(&kind, &key, &value).expect("it was a record"),
        data
    );
    true
}

/// Sealed rows: bytes that were not sealed here never open, and what was sealed opens at its place only.
pub(crate) fn vault_row(data: &[u8]) -> bool {
    let place = Place {
        vault: VAULT,
        table: Table::Record,
        row: RowId(7),
        revision: 9,
    };
    assert!(
        open(
            &key(),
            &Place {
                revision: 8,
                ..place
            },
            &NONCE,
            data.to_vec()
        )
        .is_err()
    );
    let sealed = seal(&key(), &place, &NONCE, data.to_vec());
    assert!(
        open(
            &key(),
            &Place {
                row: RowId(8),
                ..place
            },
            &NONCE,
            sealed.clone()
        )
        .is_err()
    );
    assert_eq!(
        &*open(&key(), &place, &NONCE, sealed).expect("just sealed"),
        data
    );
    true
}

/// Manifests: sealed here around any content, they are a manifest or refused.
pub(crate) fn vault_manifest(data: &[u8]) -> bool {
    let place = Place {
        vault: VAULT,
        table: Table::Manifest,
        row: RowId(0),
        revision: 5,
    };
    let sealed = seal(&key(), &place, &NONCE, data.to_vec());
    assert!(
        Manifest::open(&key(), VAULT, 6, &NONCE, sealed.clone()).is_err(),
        "of another commit"
    );
    let Ok(manifest) = Manifest::open(&key(), VAULT, 5, &NONCE, sealed.clone()) else {
        return false;
    };
    assert_eq!((manifest.commit, data.len()), (5, MANIFEST_BYTES));
    assert_eq!(manifest.seal(&key(), VAULT, &NONCE), sealed);
    true
}

/// Slots, with the check at their end put right, as whoever alters one would: costs are bounded before
/// anything is derived, and a stranger's key opens none.
pub(crate) fn vault_slot(data: &[u8]) -> bool {
    let mut bytes = data.to_vec();
    if let Some(end) = bytes.len().checked_sub(16) {
        bytes.truncate(end);
        bytes.extend_from_slice(&Sha256::digest(data.get(..end).unwrap_or_default())[..16]);
    }
    let Ok(slot) = Slot::from_bytes(SlotId(3), &bytes) else {
        return false;
    };
    assert_eq!(slot.to_bytes(), bytes);
    assert!(
        slot.open_with_device(VAULT, &DeviceKey::from_bytes([0x5A; 32]))
            .is_err()
    );
    true
}

/// Recovery phrases: what is read has 24 words, which say the same.
pub(crate) fn phrase(data: &[u8]) -> bool {
    let Ok(typed) = std::str::from_utf8(data) else {
        return false;
    };
    let Ok(phrase) = RecoveryPhrase::parse(typed) else {
        return false;
    };
    let words: Vec<&str> = phrase.expose_words().collect();
    assert_eq!(words.len(), 24);
    let again =
        RecoveryPhrase::parse(&words.join(" ")).expect("the words of a phrase are a phrase");
    assert_eq!(again.wallet_seed(), phrase.wallet_seed());
    true
}

/// Passphrases: prepared once is prepared for good.
pub(crate) fn passphrase(data: &[u8]) -> bool {
    let Ok(typed) = std::str::from_utf8(data) else {
        return false;
    };
    let Ok(passphrase) = Passphrase::new(typed) else {
        return false;
    };
    if let Ok(again) = Passphrase::new(passphrase.expose_secret()) {
        assert_eq!(again.expose_secret(), passphrase.expose_secret());
    }
    true
}
