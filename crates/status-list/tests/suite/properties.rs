//! Properties: what is set is got, and every list survives being sent.

use proptest::{collection::vec, prelude::*};
use status_list::{Bits, Encoded, StatusList};

fn bits() -> impl Strategy<Value = Bits> {
    prop::sample::select(&[Bits::One, Bits::Two, Bits::Four, Bits::Eight][..])
}

proptest! {
    #[test]
    fn the_last_value_set_is_got(bits in bits(), sets in vec((0..500_u64, any::<u8>()), 0..200)) {
        let mut list = StatusList::new(bits, 500, 0).unwrap();
        let mut plain = vec![0; 500];
        for (idx, value) in sets {
            let value = value & bits.max_value();
            list.set(idx, value).unwrap();
            plain[idx as usize] = value;
        }
        for (idx, value) in (0_u64..).zip(plain) {
            prop_assert_eq!(list.get(idx), Ok(value));
        }
    }

    #[test]
    fn a_list_survives_being_sent(bits in bits(), bytes in vec(any::<u8>(), 0..2_000)) {
        let list = StatusList::from_bytes(bits, bytes);
        let encoded = Encoded::new(&list);
        let json = serde_json::to_string(&encoded).unwrap();
        let read: Encoded = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(read.decode_exact(list.len()), Ok(list));
    }

    #[test]
    fn no_input_inflates_beyond_its_bound(bits in bits(), bytes: Vec<u8>, max in 0..100_usize) {
        for zlib in [bytes.clone(), [&[0x78, 0xda], &bytes[..]].concat()] {
            if let Ok(list) = StatusList::decompress(bits, &zlib, max) {
                prop_assert!(list.as_bytes().len() <= max);
            }
        }
    }
}
