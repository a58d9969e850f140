//! What is sealed opens for its agency, path, consent and file; everything else is refused.

use proptest::prelude::*;
use zeroize::Zeroizing;

use super::*;

fn x25519(seed: u8) -> KemSecret {
    KemSecret::derive_x25519(&Zeroizing::new([seed; 32]))
}

fn xwing() -> KemSecret {
    KemSecret::derive_xwing(&Zeroizing::new([9; 32]))
}

fn file(size: usize) -> Vec<u8> {
    (0..size).map(|at| (at * 31 % 251) as u8).collect()
}

fn attached(file: &[u8]) -> Attached<'static> {
    Attached {
        token: "token",
        path: "documents.plan",
        digest: Digest::of(file),
        size: file.len() as u64,
    }
}

fn seal_all(attached: &Attached<'_>, file: &[u8], key: &KemKey) -> Result<Vec<u8>, SealError> {
    let mut sealed = Vec::new();
    let mut writer = Writer::start(*attached, key, &[7; 64], &mut sealed)?;
    for piece in file.chunks(50_000) {
        writer.take(piece, &mut sealed)?;
    }
    writer.finish(&mut sealed)?;
    assert_eq!(attached.sealed_bytes(key), Ok(sealed.len() as u64));
    Ok(sealed)
}

fn open_in(
    attached: Attached<'_>,
    sealed: &[u8],
    keys: &[KemSecret],
    cut: usize,
) -> Result<Vec<u8>, OpenError> {
    let mut reader = Reader::new(attached, keys, Vec::new())?;
    sealed
        .chunks(cut)
        .try_for_each(|bytes| reader.take(bytes))?;
    reader.finish()
}

fn refusal(attached: Attached<'_>, sealed: &[u8], keys: &[KemSecret]) -> ShareError {
    match open_in(attached, sealed, keys, 8_000) {
        Err(OpenError::Share(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_size_opens_again_with_either_key() {
    for key in [x25519(1), xwing()] {
        for size in [1, 2, 65_535, 65_536, 65_537, 131_072, 200_000, 1 << 20] {
            let file = file(size);
            let sealed = seal_all(&attached(&file), &file, key.public()).unwrap();
            let opened =
                open_in(attached(&file), &sealed, std::slice::from_ref(&key), 9_999).unwrap();
            assert!(opened == file, "{size}");
        }
    }
}

#[test]
fn the_largest_fits_its_pieces_and_one_byte_more_is_refused() {
    let file = file(MAX_BYTES as usize + 1);
    let (largest, more) = (&file[..MAX_BYTES as usize], &file[..]);
    let sealed = seal_all(&attached(largest), largest, xwing().public()).unwrap();
    assert!(sealed.len().div_ceil(PIECE_BYTES) <= MAX_PIECES as usize);
    for refused in [more, &[]] {
        let error = seal_all(&attached(refused), refused, xwing().public()).unwrap_err();
        assert!(matches!(error, SealError::Share(ShareError::TooLarge)));
    }
}

#[test]
fn a_file_that_changed_since_it_was_attached_is_not_sealed() {
    let file = file(100_000);
    let mut other = file.clone();
    other[99_999] ^= 1;
    for changed in [&file[..99_999], &other[..], &[&file[..], &[0]].concat()] {
        let sealed = seal_all(&attached(&file), changed, x25519(1).public());
        assert!(matches!(sealed, Err(SealError::Changed)));
    }
}

#[test]
fn another_key_consent_path_or_file_is_refused() {
    let file = file(70_000);
    let right = attached(&file);
    let sealed = seal_all(&right, &file, x25519(1).public()).unwrap();
    assert_eq!(
        refusal(right, &sealed, &[x25519(2), xwing()]),
        ShareError::OtherRecipient
    );
    for wrong in [
        Attached {
            token: "other",
            ..right
        },
        Attached {
            path: "documents.other",
            ..right
        },
        Attached {
            digest: Digest::of(b"other"),
            ..right
        },
        Attached {
            size: right.size - 1,
            ..right
        },
        Attached {
            size: right.size + 30_000,
            ..right
        },
    ] {
        assert_eq!(
            refusal(wrong, &sealed, &[x25519(1)]),
            ShareError::Forged,
            "{wrong:?}"
        );
    }
}

#[test]
fn one_that_is_cut_anywhere_or_has_its_chunks_swapped_is_refused() {
    let file = file(200_000);
    let right = attached(&file);
    let sealed = seal_all(&right, &file, x25519(1).public()).unwrap();
    let head = KEY_BYTES + 32;
    let boundary = head + SEALED_CHUNK_BYTES;
    for end in [
        0,
        1,
        KEY_BYTES,
        head,
        head + 1,
        boundary - 1,
        boundary,
        boundary + 1,
        sealed.len() - 1,
    ] {
        assert!(
            open_in(right, &sealed[..end], &[x25519(1)], 1_000).is_err(),
            "{end}"
        );
    }
    let chunk = |at: usize| head + at * SEALED_CHUNK_BYTES..head + (at + 1) * SEALED_CHUNK_BYTES;
    let mut swapped = sealed.clone();
    swapped[chunk(0)].copy_from_slice(&sealed[chunk(1)]);
    swapped[chunk(1)].copy_from_slice(&sealed[chunk(0)]);
    let mut repeated = sealed.clone();
    repeated.splice(chunk(1).start..chunk(1).start, sealed[chunk(0)].to_vec());
    let without = [&sealed[..chunk(1).start], &sealed[chunk(1).end..]].concat();
    let longer = [&sealed[..], &[0]].concat();
    for forged in [swapped, repeated, without, longer] {
        assert_eq!(refusal(right, &forged, &[x25519(1)]), ShareError::Forged);
    }
}

proptest! {
    #[test]
    fn no_bit_can_be_changed(at in 0_usize..70_200, bit in 0_u8..8) {
        let file = file(70_000);
        let right = attached(&file);
        let mut sealed = seal_all(&right, &file, x25519(1).public()).unwrap();
        let at = at % sealed.len();
        sealed[at] ^= 1 << bit;
        prop_assert!(open_in(right, &sealed, &[x25519(1)], 4_096).is_err());
    }
}
