//! The encodings that a strict verification refuses (RFC 8032 section 5.1.3, and the eight points
//! of small order): decided from the 32 bytes alone, without arithmetic on the curve.

/// The five `y` of the eight points of small order, little-endian. The sign of `x` does not matter:
/// whichever it is, the point has small order or does not exist.
const SMALL_ORDER_Y: [[u8; 32]; 5] = [
    // y = 0: the two points of order 4
    [0; 32],
    // y = 1: the neutral element
    [
        1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0,
    ],
    // y = -1: the point of order 2
    [
        0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, //
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0x7f,
    ],
    // the four points of order 8
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98,
        0xf0, //
        0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc,
        0x05,
    ],
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67,
        0x0f, //
        0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03,
        0x7a,
    ],
];

/// True when a canonical encoding is that of a point of small order.
pub(super) fn has_small_order(encoding: &[u8; 32]) -> bool {
    SMALL_ORDER_Y.contains(&y_of(encoding))
}

/// True when `y` is below the field's prime, 2^255 - 19, so that no other encoding has the same.
pub(super) fn is_canonical(encoding: &[u8; 32]) -> bool {
    let [lowest, middle @ .., highest] = y_of(encoding);
    highest < 0x7f || lowest < 0xed || middle.iter().any(|byte| *byte != 0xff)
}

fn y_of(encoding: &[u8; 32]) -> [u8; 32] {
    let mut y = *encoding;
    if let Some(highest) = y.last_mut() {
        *highest &= 0x7f;
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_the_eight_points_of_small_order() {
        let mut points = std::collections::HashSet::new();
        for (y, sign) in SMALL_ORDER_Y.iter().flat_map(|y| [(y, 0), (y, 0x80)]) {
            let mut encoding = *y;
            encoding[31] |= sign;
            assert!(is_canonical(&encoding) && has_small_order(&encoding));
            if let Ok(point) = ed25519_dalek::VerifyingKey::from_bytes(&encoding) {
                assert!(point.is_weak());
                points.insert(point.to_edwards().compress().to_bytes());
            }
        }
        assert_eq!(points.len(), 8);
    }

    #[test]
    fn canonical_is_below_the_prime() {
        let mut encoding = [0xff; 32];
        for sign in [0x7f, 0xff] {
            encoding[31] = sign;
            for lowest in 0..=255 {
                encoding[0] = lowest;
                assert_eq!(is_canonical(&encoding), lowest < 0xed);
            }
        }
        assert!(is_canonical(&[0xfe; 32]));
    }
}
