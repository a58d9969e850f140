//! The transparency log's texts and tiles, which come from logs, witnesses and whoever stands between.

use transparency_log::{
    Checkpoint, Hash, NoteSigner, SignedNote, TileSet, TlogProof, TreeHead, VerifierKey,
    entries::{decode_bundle, encode_bundle},
    leaf_hash,
    tile::Resource,
    tiles_for_root,
    witness::{self, AddCheckpoint, Answer, Response},
};

/// The log of the seeds that are made here.
pub(crate) fn log_signer() -> NoteSigner {
    NoteSigner::from_seed("log.example/consents", &[9; 32]).expect("a key name")
}

fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

/// Signed notes have one spelling.
pub(crate) fn note(data: &[u8]) -> bool {
    let Some(text) = text(data) else { return false };
    let Ok(note) = text.parse::<SignedNote>() else {
        return false;
    };
    assert_eq!(note.to_string(), text);
    let log = log_signer();
    if let Ok(verified) = note.verify(std::slice::from_ref(log.verifier_key())) {
        assert!(verified.len() <= note.signatures().len());
    }
    true
}

/// Checkpoints: what a log signed bears its name.
pub(crate) fn checkpoint(data: &[u8]) -> bool {
    let Some(note) = text(data).and_then(|text| text.parse::<SignedNote>().ok()) else {
        return false;
    };
    let Ok(checkpoint) = note.text().parse::<Checkpoint>() else {
        return false;
    };
    assert_eq!(checkpoint.to_string(), note.text());
    let log = log_signer();
    if let Ok(opened) = Checkpoint::open(&note, log.verifier_key(), &[]) {
        assert_eq!(
            (opened.checkpoint(), opened.checkpoint().origin()),
            (&checkpoint, log.name())
        );
    }
    true
}

/// tlog-proofs have one spelling, and what verifies is in the tree.
pub(crate) fn tlog_proof(data: &[u8]) -> bool {
    let Some(text) = text(data) else { return false };
    let Ok(proof) = text.parse::<TlogProof>() else {
        return false;
    };
    assert_eq!(proof.to_string(), text);
    assert!(proof.hashes().len() <= 63);
    if let Ok(verified) = proof.verify(&leaf_hash(proof.extra()), log_signer().verifier_key(), &[])
    {
        assert!(proof.index() < verified.head().size);
    }
    true
}

/// Paths of tiles and bundles have one spelling.
pub(crate) fn log_path(data: &[u8]) -> bool {
    let Some(text) = text(data) else { return false };
    let Ok(resource) = text.parse::<Resource>() else {
        return false;
    };
    assert_eq!(resource.path(), text);
    match resource {
        Resource::Tile(tile) => assert_eq!(tile.byte_len(), usize::from(tile.width()) * 32),
        Resource::Entries(bundle) => assert!(bundle.is_full() || bundle.width() < 256),
    }
    true
}

/// Entry bundles: the first two bytes are the width. What is read writes back.
pub(crate) fn entry_bundle(data: &[u8]) -> bool {
    let Some((width, bytes)) = data.split_first_chunk::<2>() else {
        return false;
    };
    let width = u16::from_be_bytes(*width);
    let Ok(entries) = decode_bundle(bytes, width) else {
        return false;
    };
    assert_eq!(entries.len(), usize::from(width));
    assert_eq!(
        encode_bundle(entries).expect("they came out of a bundle"),
        bytes
    );
    true
}

/// Tiles: the tree's size (2 bytes), its root, then its right edge. What verifies has that root.
pub(crate) fn tiles(data: &[u8]) -> bool {
    let Some((size, rest)) = data.split_first_chunk::<2>() else {
        return false;
    };
    let Some((root, mut rest)) = rest.split_first_chunk::<32>() else {
        return false;
    };
    let head = TreeHead {
        size: u16::from_be_bytes(*size).into(),
        root: *root as Hash,
    };
    let mut set = TileSet::new(head);
    for tile in tiles_for_root(head.size) {
        let Some((bytes, left)) = rest.split_at_checked(tile.byte_len()) else {
            return false;
        };
        rest = left;
        if set.insert(tile, bytes).is_err() {
            return false;
        }
    }
    let Ok(verified) = set.verify() else {
        return false;
    };
    assert_eq!(verified.head(), head);
    assert_eq!(
        verified.frontier().map(|frontier| frontier.head()),
        Ok(head)
    );
    true
}

/// Verifier keys have one spelling.
pub(crate) fn vkey(data: &[u8]) -> bool {
    let Some(text) = text(data) else { return false };
    let Ok(key) = text.parse::<VerifierKey>() else {
        return false;
    };
    assert_eq!(key.to_string(), text);
    assert_eq!(
        VerifierKey::new(key.name(), key.kind(), key.public_key()),
        Ok(key)
    );
    true
}

/// What a witness is sent: one spelling.
pub(crate) fn witness_request(data: &[u8]) -> bool {
    let Some(text) = text(data) else { return false };
    let Ok(request) = text.parse::<AddCheckpoint>() else {
        return false;
    };
    assert_eq!(request.to_string(), text);
    true
}

/// What a witness answers: the first byte chooses the status. Only a known key's line is ever taken.
pub(crate) fn witness_answer(data: &[u8]) -> bool {
    let Some((choice, body)) = data.split_first() else {
        return false;
    };
    let status = [200, 409, 400, 403, 404, 422, 500][usize::from(choice % 7)];
    let log = log_signer();
    let checkpoint =
        Checkpoint::new(log.name(), TreeHead::EMPTY).and_then(|checkpoint| checkpoint.sign(&log));
    let mut checkpoint = checkpoint.expect("the signer's name is the origin");
    let key = crate::seeds::witness().verifier_key().clone();
    let response = Response {
        status,
        content_type: Some(witness::SIZE_MEDIA_TYPE),
        body,
    };
    match witness::parse_response(&response, &checkpoint, &[key]) {
        Ok(Answer::Cosigned(lines)) => {
            assert!(status == 200 && !lines.is_empty());
            let _ = lines.into_iter().try_for_each(|line| checkpoint.add(line));
            true
        }
        Ok(Answer::OldSize(_)) => status == 409,
        Err(_) => false,
    }
}
