//! Whether a log only grew between two checkpoints (RFC 9162 section 2.1.4): by the entries that were
//! read, and by the hash tiles alone where the entries are not those of the checkpoint.

use protocol::Transport;
use transparency_log::{
    HashReader, TileSet, TreeHead, prove_consistency, root_at, tiles_for_consistency,
    verify_consistency,
};

use crate::{AuditError, log, replay::Replay, source::Source};

/// The old root, recomputed from the entries, and the proof between the two heads.
pub(crate) fn by_entries(replay: &Replay, last: &TreeHead, head: &TreeHead) -> bool {
    proven(replay.tree(), last, head)
}

/// The same from hash tiles that lead to the new root; tiles that do not, prove nothing.
pub(crate) async fn by_tiles<T: Transport>(
    source: &Source<T>,
    last: &TreeHead,
    head: &TreeHead,
) -> Result<bool, AuditError> {
    let Ok(tiles) = tiles_for_consistency(last.size, head.size) else {
        return Ok(false);
    };
    let mut set = TileSet::new(*head);
    for tile in tiles {
        let (tile, Some(bytes)) = log::tile(source, tile).await? else {
            return Ok(false);
        };
        if set.insert(tile, &bytes).is_err() {
            return Ok(false);
        }
    }
    Ok(set.verify().is_ok_and(|tiles| proven(&tiles, last, head)))
}

fn proven<R: HashReader>(tree: &R, last: &TreeHead, head: &TreeHead) -> bool {
    if last.size == 0 {
        return *last == TreeHead::EMPTY;
    }
    let proof = prove_consistency(tree, last.size, head.size);
    root_at(tree, last.size) == Ok(last.root)
        && proof.is_ok_and(|proof| verify_consistency(last, head, &proof).is_ok())
}
