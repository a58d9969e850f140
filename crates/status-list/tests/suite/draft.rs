//! The examples of draft-ietf-oauth-status-list: exact bytes, decoded to the statuses that the draft names.

use std::{collections::HashMap, fs, path::Path};

use status_list::{Bits, Encoded, StatusList};

use crate::published;

/// 2^20, the number of indexes in the long examples.
const LONG: u64 = 1 << 20;

/// The JSON object in one file of the shared vectors; `None` says that they are not here.
fn example(name: &str) -> Option<Encoded> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/status-list");
    if !shared.exists() {
        assert!(
            std::env::var_os("CI").is_none(),
            "shared vectors are missing"
        );
        println!("skipped: shared/vectors/status-list/{name}");
        return None;
    }
    let text = fs::read_to_string(shared.join(name)).unwrap();
    let object = &text[text.find('{').unwrap()..];
    // The draft folds long strings; JSON does not.
    let unfolded: String = object.split('\n').map(str::trim_start).collect();
    Some(serde_json::from_str(&unfolded).unwrap())
}

fn check_long(name: &str, bits: Bits, published: &[(u64, u8)]) {
    let Some(encoded) = example(name) else { return };
    assert_eq!(encoded.bits, bits);
    let list = encoded.decode_exact(LONG).unwrap();
    let published: HashMap<_, _> = published.iter().copied().collect();
    for idx in 0..LONG {
        let expected = published.get(&idx).copied().unwrap_or(0);
        assert_eq!(list.get(idx), Ok(expected), "{name}: index {idx}");
    }
    check_own_encoding(&list);
}

/// What we write ourselves inflates to the same bytes.
fn check_own_encoding(list: &StatusList) {
    let again = Encoded::new(list).decode_exact(list.len()).unwrap();
    assert_eq!(&again, list);
}

#[test]
fn one_bit() {
    let Some(encoded) = example("status_list_encoding_json.md") else {
        return;
    };
    let list = encoded.decode(2).unwrap();
    assert_eq!(list.as_bytes(), [0xb9, 0xa3]);
    let statuses = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1];
    assert_eq!(values(&list), statuses);
}

#[test]
fn two_bits() {
    let Some(encoded) = example("status_list_encoding2_json.md") else {
        return;
    };
    let list = encoded.decode(3).unwrap();
    assert_eq!(list.as_bytes(), [0xc9, 0x44, 0xf9]);
    assert_eq!(values(&list), [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]);
}

#[test]
fn one_bit_long() {
    check_long(
        "status_list_encoding1_long_json.md",
        Bits::One,
        &published::ONE,
    );
}

#[test]
fn two_bits_long() {
    check_long(
        "status_list_encoding2_long_json.md",
        Bits::Two,
        &published::TWO,
    );
}

#[test]
fn four_bits_long() {
    check_long(
        "status_list_encoding4_json.md",
        Bits::Four,
        &published::FOUR,
    );
}

#[test]
fn eight_bits_long() {
    check_long(
        "status_list_encoding8_json.md",
        Bits::Eight,
        &published::EIGHT,
    );
}

/// The draft's two short examples in hex, which need no file.
#[test]
fn the_compressed_arrays_of_the_text() {
    let one = [0x78, 0xda, 0xdb, 0xb9, 0x18, 0x00, 0x02, 0x17, 0x01, 0x5d];
    let list = StatusList::decompress(Bits::One, &one, 2).unwrap();
    assert_eq!(list.as_bytes(), [0xb9, 0xa3]);
    let two = [
        0x78, 0xda, 0x3b, 0xe9, 0xf2, 0x13, 0x00, 0x03, 0xdf, 0x02, 0x07,
    ];
    let list = StatusList::decompress(Bits::Two, &two, 3).unwrap();
    assert_eq!(list.as_bytes(), [0xc9, 0x44, 0xf9]);
}

fn values(list: &StatusList) -> Vec<u8> {
    (0..list.len()).map(|idx| list.get(idx).unwrap()).collect()
}
