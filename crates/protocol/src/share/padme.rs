//! Padmé (Nikitin et al., PETS 2019, section 4): a size is rounded up so that it tells at most
//! O(log log n) bits, for at most 12 % more bytes.

/// The padded size of `size` bytes.
///
/// ```
/// assert_eq!(protocol::share::padded_size(1000), 1024);
/// assert_eq!(protocol::share::padded_size(20_000), 20_480);
/// ```
#[must_use]
pub fn padded_size(size: usize) -> usize {
    if size < 2 {
        return size;
    }
    let exponent = size.ilog2();
    let kept = exponent.ilog2() + 1;
    let mask = (1_usize << exponent.saturating_sub(kept)) - 1;
    size.saturating_add(mask) & !mask
}

#[cfg(test)]
mod tests {
    use super::padded_size;

    #[test]
    fn sizes_are_those_of_the_paper() {
        for (size, padded) in [
            (0, 0),
            (1, 1),
            (2, 2),
            (7, 7),
            (8, 8),
            (9, 10),
            (63, 64),
            (65, 72),
            (129, 144),
            (1_000_000, 1_015_808),
        ] {
            assert_eq!(padded_size(size), padded, "{size}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_size_grows_by_at_most_an_eighth_and_stays_put(size in 1_usize..1 << 24) {
            let padded = padded_size(size);
            proptest::prop_assert!(padded >= size && (padded - size) * 8 <= size);
            proptest::prop_assert_eq!(padded_size(padded), padded);
        }
    }
}
