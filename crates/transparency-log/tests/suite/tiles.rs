//! Tiles and bundles: the figures of C2SP tlog-tiles, and tiles that were tampered with.

use transparency_log::{
    BundleId, HashReader, HashTree, TileError, TileId, TileSet,
    entries::{BundleError, MAX_ENTRY_LEN, decode_bundle, encode_bundle},
    leaf_hash, prove_consistency, prove_inclusion, root_at,
    tile::{Resource, bundles_between, tiles_between},
    tiles_for_consistency, tiles_for_inclusion, tiles_for_root,
};

use crate::reference::{EDGE_SIZES, tree};

fn count(tiles: &[TileId], level: u8) -> (usize, Vec<u16>) {
    let level = tiles.iter().filter(|tile| tile.level() == level);
    let (full, partial): (Vec<_>, Vec<&TileId>) = level.partition(|tile| tile.is_full());
    (
        full.len(),
        partial.iter().map(|tile| tile.width()).collect(),
    )
}

#[test]
fn seventy_thousand_entries_have_the_tiles_of_the_specification() {
    let tiles = tiles_between(0, 70_000);
    assert_eq!(count(&tiles, 0), (273, vec![112]));
    assert_eq!(count(&tiles, 1), (1, vec![17]));
    assert_eq!(count(&tiles, 2), (0, vec![1]));
    assert_eq!(tiles.len(), 273 + 1 + 1 + 1 + 1);
}

#[test]
fn a_tree_of_256_has_a_full_tile_and_a_partial_one_above() {
    let paths: Vec<_> = tiles_between(0, 256).iter().map(TileId::path).collect();
    assert_eq!(paths, ["tile/0/000", "tile/1/000.p/1"]);
    assert_eq!(tiles_for_root(256), [TileId::new(1, 0, 1).unwrap()]);
}

#[test]
fn growth_writes_each_full_tile_once() {
    let mut all = Vec::new();
    for old in 0..1_000 {
        all.extend(
            tiles_between(old, old + 1)
                .into_iter()
                .filter(TileId::is_full),
        );
    }
    let mut expected: Vec<_> = tiles_between(0, 1_000)
        .into_iter()
        .filter(TileId::is_full)
        .collect();
    all.sort();
    expected.sort();
    assert_eq!(all, expected);
    assert!(tiles_between(5, 5).is_empty() && tiles_between(6, 5).is_empty());
}

#[test]
fn index_1234067_is_written_as_in_the_specification() {
    let tile = TileId::new(0, 1_234_067, 256).unwrap();
    assert_eq!(tile.path(), "tile/0/x001/x234/067");
    let bundle = BundleId::new(1_234_067, 7).unwrap();
    assert_eq!(bundle.path(), "tile/entries/x001/x234/067.p/7");
    assert_eq!(bundle.path().parse(), Ok(Resource::Entries(bundle)));
    assert_eq!(tile.path().parse(), Ok(tile));
    assert_eq!(tile.path().parse::<BundleId>(), Err(TileError::BadPath));
    assert_eq!(bundle.path().parse::<TileId>(), Err(TileError::BadPath));
}

#[test]
fn levels_and_widths_have_bounds() {
    assert_eq!(TileId::new(64, 0, 1), Err(TileError::OutOfRange));
    assert_eq!(TileId::new(63, 0, 0), Err(TileError::OutOfRange));
    assert_eq!(TileId::new(0, 0, 257), Err(TileError::OutOfRange));
    assert_eq!("tile/64/000".parse::<TileId>(), Err(TileError::OutOfRange));
    assert!("tile/63/000.p/255".parse::<TileId>().is_ok());
    assert_eq!(TileId::in_tree(0, 1, 256), None);
    assert_eq!(TileId::in_tree(8, 0, u64::MAX), None);
    assert_eq!(TileId::in_tree(0, u64::MAX, u64::MAX), None);
}

#[test]
fn bundles_follow_the_size() {
    let widths = |bundles: Vec<BundleId>| bundles.iter().map(BundleId::width).collect::<Vec<_>>();
    assert_eq!(widths(bundles_between(0, 600)), [256, 256, 88]);
    assert_eq!(widths(bundles_between(256, 600)), [256, 88]);
    assert_eq!(widths(bundles_between(255, 256)), [256]);
    assert!(bundles_between(600, 600).is_empty());
    assert_eq!(BundleId::in_tree(2, 600).unwrap().first_entry(), 512);
}

fn fetch(tree: &HashTree, size: u64, tiles: &[TileId]) -> TileSet {
    let root = root_at(tree, size).unwrap();
    let mut set = TileSet::new(transparency_log::TreeHead { size, root });
    for tile in tiles {
        set.insert(*tile, &tile.data(tree).unwrap()).unwrap();
    }
    set
}

#[test]
fn the_listed_tiles_are_enough_for_inclusion() {
    let tree = tree(65_537);
    for size in EDGE_SIZES.into_iter().chain([3, 17, 4_000]) {
        for index in [0, 1, 255, 256, size / 2, size - 1] {
            let Ok(needed) = tiles_for_inclusion(size, index) else {
                assert!(index >= size);
                continue;
            };
            let tiles = fetch(&tree, size, &needed).verify().unwrap();
            let proof = prove_inclusion(&tiles, size, index);
            assert_eq!(
                proof,
                prove_inclusion(&tree, size, index),
                "{index} of {size}"
            );
            assert_eq!(tiles.frontier().unwrap().head(), tiles.head());
        }
    }
}

#[test]
fn the_listed_tiles_are_enough_for_consistency() {
    let tree = tree(65_537);
    for new in EDGE_SIZES.into_iter().chain([3, 17, 4_000]) {
        for old in EDGE_SIZES
            .into_iter()
            .chain([0, 3, 768, 3_840])
            .filter(|old| *old <= new)
        {
            let needed = tiles_for_consistency(old, new).unwrap();
            let tiles = fetch(&tree, new, &needed).verify().unwrap();
            let proof = prove_consistency(&tiles, old, new);
            assert_eq!(proof, prove_consistency(&tree, old, new), "{old} to {new}");
        }
    }
    assert!(tiles_for_consistency(2, 1).is_err());
}

#[test]
fn every_listed_tile_is_needed() {
    let tree = tree(70_000);
    let needed = tiles_for_inclusion(70_000, 5).unwrap();
    for left_out in &needed {
        let rest: Vec<_> = needed
            .iter()
            .filter(|tile| *tile != left_out)
            .copied()
            .collect();
        let proof = fetch(&tree, 70_000, &rest)
            .verify()
            .map(|tiles| prove_inclusion(&tiles, 70_000, 5));
        assert!(!matches!(proof, Ok(Ok(_))), "{left_out} is not needed");
    }
}

#[test]
fn one_flipped_bit_in_any_tile_is_found() {
    let tree = tree(66_000);
    let needed = tiles_for_inclusion(66_000, 70).unwrap();
    for tampered in &needed {
        for bit in [0, 9, usize::from(tampered.width()) * 256 - 1] {
            let mut set = fetch(&tree, 66_000, &needed);
            let mut bytes = tampered.data(&tree).unwrap();
            bytes[bit / 8] ^= 1 << (bit % 8);
            set.insert(*tampered, &bytes).unwrap();
            let error = set.verify().unwrap_err();
            let expected = matches!(error, TileError::Mismatch(_) | TileError::RootMismatch);
            assert!(expected, "{tampered}: {error}");
        }
    }
}

#[test]
fn a_full_tile_stands_in_for_a_partial_one() {
    let tree = tree(512);
    let root = root_at(&tree, 300).unwrap();
    let mut set = TileSet::new(transparency_log::TreeHead { size: 300, root });
    for (level, index) in [(0, 1), (1, 0)] {
        let tile = TileId::in_tree(level, index, 512).unwrap();
        set.insert(tile, &tile.data(&tree).unwrap()).unwrap();
    }
    let tiles = set.verify().unwrap();
    assert_eq!(tiles.hash(0, 299), tree.hash(0, 299));
    assert_eq!(tiles.hash(0, 300), None);
}

#[test]
fn tiles_of_another_size_or_length_are_refused() {
    let tree = tree(300);
    let mut set = TileSet::new(tree.head());
    let narrow = TileId::new(0, 1, 43).unwrap();
    assert_eq!(
        set.insert(narrow, &narrow.data(&tree).unwrap()),
        Err(TileError::NotInTree)
    );
    let beyond = TileId::new(0, 2, 1).unwrap();
    assert_eq!(set.insert(beyond, &[0; 32]), Err(TileError::NotInTree));
    let edge = TileId::new(0, 1, 44).unwrap();
    assert_eq!(
        set.insert(edge, &[0; 44 * 32 + 1]),
        Err(TileError::WrongLength)
    );
    assert_eq!(set.insert(edge, &[0; 43 * 32]), Err(TileError::WrongLength));
    assert_eq!(set.verify().err(), Some(TileError::Missing(edge)));
}

#[test]
fn a_tile_has_no_data_beyond_the_tree() {
    let tree = tree(300);
    assert_eq!(
        TileId::new(0, 1, 44).unwrap().data(&tree).unwrap().len(),
        44 * 32
    );
    assert_eq!(TileId::new(0, 1, 45).unwrap().data(&tree), None);
    assert_eq!(TileId::new(9, 0, 1).unwrap().data(&tree), None);
    assert_eq!(TileId::new(63, u64::MAX, 256).unwrap().data(&tree), None);
}

#[test]
fn a_bundle_hashes_to_its_tile() {
    let entries: Vec<_> = (256..300).map(|index: u64| index.to_string()).collect();
    let bytes = encode_bundle(&entries).unwrap();
    let bundle = BundleId::in_tree(1, 300).unwrap();
    let decoded = decode_bundle(&bytes, bundle.width()).unwrap();
    let hashes = bundle
        .tile()
        .hashes(&bundle.tile().data(&tree(300)).unwrap())
        .unwrap();
    assert_eq!(
        decoded.into_iter().map(leaf_hash).collect::<Vec<_>>(),
        hashes
    );
}

#[test]
fn bundles_have_exact_lengths() {
    let longest = vec![7_u8; MAX_ENTRY_LEN];
    let bytes = encode_bundle([&longest]).unwrap();
    assert_eq!(&bytes[..2], [0xff, 0xff]);
    assert_eq!(decode_bundle(&bytes, 1).unwrap(), [&longest[..]]);
    assert_eq!(
        encode_bundle([vec![7; MAX_ENTRY_LEN + 1]]),
        Err(BundleError::EntryTooLong)
    );
    assert_eq!(
        encode_bundle(Vec::<Vec<u8>>::new()),
        Err(BundleError::WrongCount)
    );
    assert_eq!(encode_bundle(vec![b"x"; 257]), Err(BundleError::WrongCount));
    assert_eq!(decode_bundle(&bytes, 0), Err(BundleError::WrongCount));
    assert_eq!(decode_bundle(&bytes, 2), Err(BundleError::Truncated));
    assert_eq!(decode_bundle(&bytes[..9], 1), Err(BundleError::Truncated));
    assert_eq!(decode_bundle(&[0], 1), Err(BundleError::Truncated));
    assert_eq!(
        decode_bundle(&[0, 0, 0], 1),
        Err(BundleError::TrailingBytes)
    );
    assert_eq!(decode_bundle(&[0, 0], 1).unwrap(), [b""]);
}
