//! Bits, bytes and the bounds of inflating.

use status_list::{Bits, Encoded, Status, StatusList, StatusListError};

const ALL: [Bits; 4] = [Bits::One, Bits::Two, Bits::Four, Bits::Eight];

#[test]
fn bits_are_1_2_4_or_8() {
    for bits in 0..=u8::MAX {
        let expected = [1, 2, 4, 8].contains(&bits);
        assert_eq!(Bits::try_from(bits).is_ok(), expected);
        let json = format!(r#"{{"bits":{bits},"lst":""}}"#);
        assert_eq!(serde_json::from_str::<Encoded>(&json).is_ok(), expected);
    }
    assert!(serde_json::from_str::<Encoded>(r#"{"bits":2.0,"lst":""}"#).is_err());
    assert!(serde_json::from_str::<Encoded>(r#"{"bits":"2","lst":""}"#).is_err());
    assert_eq!(ALL.map(Bits::max_value), [1, 3, 15, 255]);
}

#[test]
fn a_new_list_has_one_value_everywhere() {
    for bits in ALL {
        for fill in [0, 1, bits.max_value()] {
            let list = StatusList::new(bits, 24, fill).unwrap();
            assert_eq!(list.len(), 24);
            assert!((0..24).all(|idx| list.get(idx) == Ok(fill)));
        }
        let too_large = bits.max_value().checked_add(1);
        if let Some(fill) = too_large {
            assert_eq!(
                StatusList::new(bits, 8, fill),
                Err(StatusListError::ValueOutOfRange)
            );
        }
    }
    assert_eq!(StatusList::new(Bits::Two, 5, 3).unwrap().len(), 8);
    assert_eq!(
        StatusList::new(Bits::Two, 1 << 20, 3)
            .unwrap()
            .as_bytes()
            .len(),
        1 << 18
    );
    assert!(StatusList::new(Bits::One, 0, 0).unwrap().is_empty());
}

#[test]
fn lowest_bits_come_first() {
    let mut list = StatusList::new(Bits::Two, 8, 0).unwrap();
    list.set(0, 1).unwrap();
    list.set(5, 3).unwrap();
    assert_eq!(list.as_bytes(), [0b0000_0001, 0b0000_1100]);
    let mut list = StatusList::new(Bits::Four, 2, 0).unwrap();
    list.set(1, 0xa).unwrap();
    assert_eq!(list.as_bytes(), [0xa0]);
}

#[test]
fn setting_touches_one_index() {
    for bits in ALL {
        let mut list = StatusList::new(bits, 16, bits.max_value()).unwrap();
        list.set(7, 0).unwrap();
        for idx in 0..16 {
            let expected = if idx == 7 { 0 } else { bits.max_value() };
            assert_eq!(list.get(idx), Ok(expected), "{bits:?} {idx}");
        }
    }
}

#[test]
fn outside_the_list_there_is_no_status() {
    for bits in ALL {
        let mut list = StatusList::new(bits, 16, 0).unwrap();
        for idx in [16, 17, 1 << 20, u64::MAX / 2 + 1, u64::MAX] {
            assert_eq!(list.get(idx), Err(StatusListError::IndexOutOfRange));
            assert_eq!(list.set(idx, 0), Err(StatusListError::IndexOutOfRange));
        }
    }
    let mut list = StatusList::new(Bits::Two, 4, 0).unwrap();
    assert_eq!(list.set(0, 4), Err(StatusListError::ValueOutOfRange));
}

#[test]
fn the_four_states_have_the_values_of_the_protocol() {
    let states = [
        Status::Valid,
        Status::Invalid,
        Status::Suspended,
        Status::Unregistered,
    ];
    assert_eq!(states.map(Status::value), [0, 1, 2, 3]);
    let list = StatusList::from_bytes(Bits::Two, vec![0b1110_0100]);
    assert_eq!([0, 1, 2, 3].map(|idx| list.status(idx).unwrap()), states);
    let wide = StatusList::from_bytes(Bits::Eight, vec![4]);
    assert_eq!(wide.status(0), Err(StatusListError::ValueOutOfRange));
    assert_eq!(wide.status(1), Err(StatusListError::IndexOutOfRange));
}

#[test]
fn a_bomb_is_given_up_at_the_bound() {
    let bomb = StatusList::new(Bits::One, 8 * 4_000_000, 0)
        .unwrap()
        .compress();
    assert!(bomb.len() < 5_000);
    let inflate = |max| StatusList::decompress(Bits::One, &bomb, max);
    assert_eq!(inflate(1 << 18), Err(StatusListError::TooLarge));
    assert_eq!(inflate(4_000_000 - 1), Err(StatusListError::TooLarge));
    assert!(inflate(4_000_000).is_ok());
    assert_eq!(inflate(0), Err(StatusListError::TooLarge));
}

#[test]
fn a_list_of_another_size_is_refused() {
    let zlib = StatusList::new(Bits::Two, 400, 1).unwrap().compress();
    let inflate = |len| StatusList::decompress_exact(Bits::Two, &zlib, len);
    assert!(inflate(400).is_ok());
    assert_eq!(inflate(396), Err(StatusListError::TooLarge));
    assert_eq!(inflate(404), Err(StatusListError::WrongSize));
}

#[test]
fn every_cut_and_every_changed_byte_is_noticed() {
    let mut list = StatusList::new(Bits::Two, 4_096, 3).unwrap();
    (0..4_096)
        .step_by(7)
        .for_each(|idx| list.set(idx, 1).unwrap());
    let zlib = list.compress();
    let inflate = |zlib: &[u8]| StatusList::decompress_exact(Bits::Two, zlib, 4_096);
    assert_eq!(inflate(&zlib).as_ref(), Ok(&list));
    for cut in 0..zlib.len() {
        assert_eq!(
            inflate(&zlib[..cut]),
            Err(StatusListError::Truncated),
            "{cut}"
        );
    }
    for at in 0..zlib.len() {
        let mut changed = zlib.clone();
        changed[at] ^= 0x10;
        assert!(inflate(&changed).is_err(), "byte {at}");
    }
}

#[test]
fn nothing_may_follow() {
    let mut zlib = StatusList::new(Bits::Two, 400, 1).unwrap().compress();
    zlib.push(0);
    let inflated = StatusList::decompress(Bits::Two, &zlib, 1_000);
    assert_eq!(inflated, Err(StatusListError::TrailingBytes));
    let inflated = StatusList::decompress(Bits::Two, &zlib, 100);
    assert_eq!(inflated, Err(StatusListError::TrailingBytes));
}

#[test]
fn other_compressions_are_refused() {
    for bytes in [
        &b"\x1f\x8b\x08\x00\x00\x00\x00\x00"[..],
        b"not zlib",
        &[0x63, 0x60, 0x00, 0x00],
    ] {
        let inflated = StatusList::decompress(Bits::One, bytes, 100);
        assert_eq!(inflated, Err(StatusListError::Corrupt));
    }
    assert_eq!(
        StatusList::decompress(Bits::One, &[], 100),
        Err(StatusListError::Truncated)
    );
}

#[test]
fn base64_has_one_spelling() {
    let good = Encoded::new(&StatusList::from_bytes(Bits::One, vec![0xb9, 0xa3]));
    assert!(good.decode(2).is_ok());
    for lst in [
        format!("{}=", good.lst),
        format!("{}+/", good.lst),
        format!(" {}", good.lst),
    ] {
        let encoded = Encoded {
            lst,
            ..good.clone()
        };
        assert_eq!(encoded.decode(2), Err(StatusListError::NotBase64));
    }
    let trailing_bits = Encoded {
        lst: "eNrbuRgAAhcBXR".into(),
        ..good
    };
    assert_eq!(trailing_bits.decode(2), Err(StatusListError::NotBase64));
}
