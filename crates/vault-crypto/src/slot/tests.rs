use super::*;

const VAULT: VaultId = VaultId([1; 16]);
const RANDOM: SlotRandom = SlotRandom {
    salt: [2; 16],
    nonce: [3; 24],
};

fn key() -> VaultKey {
    VaultKey::from_bytes([4; 32])
}

fn seed_slot(id: u64) -> Slot {
    Slot::for_seed(
        VAULT,
        SlotId(id),
        &key(),
        &WalletSeed::from_bytes([5; 32]),
        &RANDOM,
    )
}

/// A slot with its check made right again after `change`.
fn forged(slot: &Slot, change: impl FnOnce(&mut [u8])) -> Result<Slot, SlotError> {
    let mut bytes = slot.to_bytes();
    let content = bytes.len() - 16;
    change(&mut bytes[..content]);
    let check = check_of(&bytes[..content]);
    bytes[content..].copy_from_slice(&check);
    Slot::from_bytes(slot.id(), &bytes)
}

#[test]
fn each_kind_opens_with_its_own_secret_only() {
    let passphrase = Passphrase::new("a quiet river").unwrap();
    let costs = Argon2Params::MINIMUM;
    let slot = Slot::for_passphrase(VAULT, SlotId(1), &key(), &passphrase, costs, &RANDOM).unwrap();
    assert_eq!(slot.open_with_passphrase(VAULT, &passphrase), Ok(key()));
    let other = Passphrase::new("a quiet rivet").unwrap();
    assert_eq!(
        slot.open_with_passphrase(VAULT, &other),
        Err(SlotError::WrongSecret)
    );
    let device = DeviceKey::from_bytes([5; 32]);
    assert_eq!(
        slot.open_with_device(VAULT, &device),
        Err(SlotError::OtherKind)
    );

    let seed = WalletSeed::from_bytes([5; 32]);
    assert_eq!(seed_slot(2).open_with_seed(VAULT, &seed), Ok(key()));
    let other = WalletSeed::from_bytes([6; 32]);
    assert_eq!(
        seed_slot(2).open_with_seed(VAULT, &other),
        Err(SlotError::WrongSecret)
    );
    assert_eq!(
        seed_slot(2).open_with_passphrase(VAULT, &passphrase),
        Err(SlotError::OtherKind)
    );

    let slot = Slot::for_device(VAULT, SlotId(3), &key(), &device, &RANDOM);
    assert_eq!(slot.open_with_device(VAULT, &device), Ok(key()));
    assert_eq!(slot.open_with_seed(VAULT, &seed), Err(SlotError::OtherKind));
}

#[test]
fn the_same_secret_in_another_vault_slot_or_kind_does_not_open_it() {
    let slot = seed_slot(2);
    let seed = WalletSeed::from_bytes([5; 32]);
    assert_eq!(
        slot.open_with_seed(VaultId([9; 16]), &seed),
        Err(SlotError::WrongSecret)
    );
    let moved = Slot::from_bytes(SlotId(8), &slot.to_bytes()).unwrap();
    assert_eq!(
        moved.open_with_seed(VAULT, &seed),
        Err(SlotError::WrongSecret)
    );
    let recast = forged(&slot, |bytes| bytes[1] = 3).unwrap();
    let device = DeviceKey::from_bytes([5; 32]);
    assert_eq!(
        recast.open_with_device(VAULT, &device),
        Err(SlotError::WrongSecret)
    );
}

#[test]
fn damage_is_told_from_a_wrong_secret_at_every_bit() {
    let bytes = seed_slot(2).to_bytes();
    assert_eq!(Slot::from_bytes(SlotId(2), &bytes), Ok(seed_slot(2)));
    for bit in 0..bytes.len() * 8 {
        let mut bad = bytes.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(
            Slot::from_bytes(SlotId(2), &bad),
            Err(SlotError::Damaged),
            "bit {bit}"
        );
    }
    for len in 0..bytes.len() {
        assert_eq!(
            Slot::from_bytes(SlotId(2), &bytes[..len]),
            Err(SlotError::Damaged)
        );
    }
}

#[test]
fn forged_heads_are_refused_before_any_work() {
    let slot = seed_slot(2);
    assert_eq!(
        forged(&slot, |b| b[0] = 2),
        Err(SlotError::NewerVersion { found: 2 })
    );
    assert_eq!(
        forged(&slot, |b| b[1] = 9),
        Err(SlotError::UnknownKind { found: 9 })
    );
    assert_eq!(
        forged(&slot, |b| b[2] = 1),
        Err(SlotError::Damaged),
        "costs without a passphrase"
    );
    let costs = |memory: u32, passes: u32, lanes: u32| {
        forged(&slot, |b| {
            b[1] = 1;
            b[2..6].copy_from_slice(&memory.to_be_bytes());
            b[6..10].copy_from_slice(&passes.to_be_bytes());
            b[10..14].copy_from_slice(&lanes.to_be_bytes());
        })
    };
    let refused = |slot| matches!(slot, Err(SlotError::Cost(_)));
    assert!(costs(65_536, 3, 4).is_ok());
    assert!(refused(costs(u32::MAX, 3, 4)));
    assert!(refused(costs(65_536, u32::MAX, 4)));
    assert!(refused(costs(65_536, 3, u32::MAX)));
    assert!(refused(costs(8, 1, 1)));
    assert!(refused(costs(0, 0, 0)));
}

#[test]
fn the_digest_depends_on_every_number_and_byte() {
    let digest =
        |slots: &[(u64, &[u8])]| slots_digest(slots.iter().map(|(id, b)| (SlotId(*id), *b)));
    let base = digest(&[(1, b"ab"), (2, b"c")]);
    assert_eq!(base, digest(&[(1, b"ab"), (2, b"c")]));
    assert_ne!(base, digest(&[(1, b"ab"), (3, b"c")]));
    assert_ne!(base, digest(&[(1, b"ab"), (2, b"d")]));
    assert_ne!(base, digest(&[(1, b"ab")]));
    assert_ne!(base, digest(&[(1, b"a"), (2, b"bc")]));
}
