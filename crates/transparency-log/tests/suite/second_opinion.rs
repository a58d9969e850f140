//! What the crates `tlog_tiles` and `signed_note` make of our trees, proofs, tiles and notes, and we of theirs.

use signed_note::{Note, StandardSigner, StandardVerifier, VerifierList};
use tlog_tiles::{
    HashReader as _, Tile, TileHashReader, TileReader, check_record, check_tree, prove_record,
    prove_tree, split_stored_hash_index, stored_hashes_for_record_hash, tree_hash,
};
use transparency_log::{
    Checkpoint, HashReader, HashTree, NoteSigner, SignedNote, TileId, prove_consistency,
    prove_inclusion, root_at,
    tile::{Resource, tiles_between},
    verify_consistency, verify_inclusion,
};

use crate::reference::{EDGE_SIZES, leaves, tree};

type TheirHash = tlog_tiles::Hash;
type TheirError = tlog_tiles::Error;

/// Our tree as their hash source.
struct Ours<'a>(&'a HashTree);

impl tlog_tiles::HashReader for Ours<'_> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<TheirHash>, TheirError> {
        let read = |index: &u64| {
            let (height, number) = split_stored_hash_index(*index);
            let hash = self.0.subtree(height, number);
            hash.map(tlog_tiles::Hash)
                .ok_or(TheirError::IndexesNotInTree)
        };
        indexes.iter().map(read).collect()
    }
}

impl TileReader for Ours<'_> {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, TheirError> {
        let read = |tile: &Tile| {
            let width = u16::try_from(tile.width()).unwrap();
            let ours = TileId::new(tile.level(), tile.level_index(), width).unwrap();
            ours.data(self.0).ok_or(TheirError::InvalidTile)
        };
        tiles.iter().map(read).collect()
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

/// Hashes as they store them themselves.
#[derive(Default)]
struct Theirs(Vec<TheirHash>);

impl tlog_tiles::HashReader for Theirs {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<TheirHash>, TheirError> {
        let read = |index: &u64| self.0.get(*index as usize).copied();
        let hashes = indexes.iter().map(read).collect::<Option<_>>();
        hashes.ok_or(TheirError::IndexesNotInTree)
    }
}

#[test]
fn their_stored_hashes_give_our_roots() {
    let tree = tree(1_100);
    let mut theirs = Theirs::default();
    for (size, leaf) in leaves(1_100).into_iter().enumerate() {
        let leaf = tlog_tiles::Hash(leaf);
        let fresh = stored_hashes_for_record_hash(size as u64, leaf, &theirs).unwrap();
        theirs.0.extend(fresh);
        let size = size as u64 + 1;
        assert_eq!(
            tree_hash(size, &theirs).unwrap().0,
            root_at(&tree, size).unwrap()
        );
    }
}

#[test]
fn proofs_agree_both_ways() {
    let (tree, leaves) = (tree(65_537), leaves(65_537));
    for size in EDGE_SIZES {
        let root = root_at(&tree, size).unwrap();
        let head = transparency_log::TreeHead { size, root };
        for index in [0, size / 2, size - 1] {
            let ours = prove_inclusion(&tree, size, index).unwrap();
            let theirs = prove_record(size, index, &Ours(&tree)).unwrap();
            assert_eq!(ours, theirs.iter().map(|hash| hash.0).collect::<Vec<_>>());
            let leaf = leaves[index as usize];
            let their_leaf = tlog_tiles::Hash(leaf);
            check_record(&theirs, size, tlog_tiles::Hash(root), index, their_leaf).unwrap();
            assert_eq!(verify_inclusion(&head, index, &leaf, &ours), Ok(()));
        }
        for old in EDGE_SIZES.into_iter().filter(|old| *old <= size) {
            let ours = prove_consistency(&tree, old, size).unwrap();
            let theirs = prove_tree(size, old, &Ours(&tree)).unwrap();
            assert_eq!(ours, theirs.iter().map(|hash| hash.0).collect::<Vec<_>>());
            let old_root = root_at(&tree, old).unwrap();
            let (root, old_hash) = (tlog_tiles::Hash(root), tlog_tiles::Hash(old_root));
            check_tree(&theirs, size, root, old, old_hash).unwrap();
            let old = transparency_log::TreeHead {
                size: old,
                root: old_root,
            };
            assert_eq!(verify_consistency(&old, &head, &ours), Ok(()));
        }
    }
}

#[test]
fn their_client_accepts_our_tiles() {
    let tree = tree(70_000);
    let ours = Ours(&tree);
    for size in [1, 255, 256, 257, 65_536, 65_537, 70_000] {
        let root = tlog_tiles::Hash(root_at(&tree, size).unwrap());
        let reader = TileHashReader::new(size, root, &ours);
        for index in [0, size / 2, size - 1] {
            let index = tlog_tiles::stored_hash_index(0, index);
            let expected = ours.read_hashes(&[index]).unwrap();
            assert_eq!(reader.read_hashes(&[index]).unwrap(), expected);
        }
    }
}

#[test]
fn new_tiles_and_their_paths_agree() {
    let sizes = [
        0, 1, 2, 255, 256, 257, 511, 512, 600, 65_535, 65_536, 65_537, 70_000,
    ];
    for old in sizes {
        for new in sizes.into_iter().filter(|new| *new >= old) {
            let mut ours: Vec<_> = tiles_between(old, new)
                .iter()
                .map(|tile| tile.path())
                .collect();
            let theirs = Tile::new_tiles(8, old, new);
            let mut theirs: Vec<_> = theirs.iter().map(|tile| c2sp(&tile.path())).collect();
            ours.sort();
            theirs.sort();
            assert_eq!(ours, theirs, "{old} to {new}");
        }
    }
}

#[test]
fn paths_are_read_alike() {
    let paths = [
        "tile/0/000",
        "tile/0/x001/234",
        "tile/5/x001/x234/067",
        "tile/0/x000/067",
        "tile/0/67",
        "tile/00/067",
        "tile/0/0067",
        "tile/0/067.p/1",
        "tile/0/067.p/255",
        "tile/0/067.p/256",
        "tile/0/067.p/01",
        "tile/0/001/067",
        "tile/0/x067",
        "tile/0/-01",
        "tile/0/+01",
        "tile/0/",
        "tile/0",
        "tile",
        "",
        "tile/0/067.p/",
        "tile/0/067.p/1/2",
        "tile/0/067/",
        "/tile/0/067",
        "tile/0/x018/x446/x744/x073/x709/x551/615",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
        "tile/0/xx01/234",
        "tile/0/067.q/1",
        "tile/a/067",
        "tile/+1/067",
        "tile/0/X001/067",
    ];
    for path in paths {
        let theirs = path
            .strip_prefix("tile/")
            .is_some_and(|rest| Tile::from_path(&format!("tile/8/{rest}")).is_ok());
        assert_eq!(path.parse::<Resource>().is_ok(), theirs, "{path}");
    }
}

#[test]
fn notes_agree_both_ways() {
    let signer = NoteSigner::from_seed("log.example/one", &[3; 32]).unwrap();
    let vkey = signer.verifier_key().to_string();
    let known = VerifierList::new(vec![Box::new(StandardVerifier::new(&vkey).unwrap())]);

    let ours = signer
        .sign("a text\n\nwith a gap\n".into())
        .unwrap()
        .to_string();
    let read = Note::from_bytes(ours.as_bytes()).unwrap();
    assert_eq!(read.verify(&known).unwrap().0.len(), 1);

    let mut theirs = Note::new(b"their text\n", &[]).unwrap();
    let their_signer = StandardSigner::new(&private_key(&vkey)).unwrap();
    theirs.add_sigs(&[&their_signer]).unwrap();
    let text = String::from_utf8(theirs.to_bytes()).unwrap();
    let note: SignedNote = text.parse().unwrap();
    assert_eq!(
        note.verify(&[signer.verifier_key().clone()]).unwrap().len(),
        1
    );
    assert_eq!(signer.sign("their text\n".into()).unwrap(), note);
}

#[test]
fn their_checkpoint_is_ours() {
    let tree = tree(300);
    let ours = Checkpoint::new("log.example/one", tree.head()).unwrap();
    let theirs = tlog_tiles::Checkpoint::from_bytes(ours.to_string().as_bytes()).unwrap();
    assert_eq!(theirs.origin(), ours.origin());
    assert_eq!(theirs.size(), 300);
    assert_eq!(&theirs.hash().0, ours.root());
    assert_eq!(theirs.to_bytes(), ours.to_string().into_bytes());
}

/// Their paths name the tile height too, which C2SP fixes at 8.
fn c2sp(path: &str) -> String {
    path.replacen("tile/8/", "tile/", 1)
}

/// The private key of `[3; 32]` in their text form.
fn private_key(vkey: &str) -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let (name, rest) = vkey.split_once('+').unwrap();
    let (id, _) = rest.split_once('+').unwrap();
    let mut key = vec![1];
    key.extend([3; 32]);
    format!("PRIVATE+KEY+{name}+{id}+{}", STANDARD.encode(key))
}
