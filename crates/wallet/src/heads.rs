//! The log's checkpoints as this wallet has seen them (PROTOCOL section 5): each must continue the one
//! before. A log that forks or goes back is kept as evidence; nothing that it signed is forgotten.

use consent_token::id::Digest;
use protocol::{ClientError, Transport};
use serde::{Deserialize, Serialize};
use transparency_log::{
    Checkpoint, SignedNote, TileId, TileSet, TreeHead, prove_consistency, tiles_for_consistency,
    verify_consistency,
};

use crate::{EvidenceKind, Line, Verifier, Wallet, WalletError, records};

const NEWEST: &str = "checkpoint";

/// A signed checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// How many entries the log had.
    pub size: u64,
    /// The root of its tree.
    pub root: [u8; 32],
    /// The signed note, word for word.
    pub note: String,
}

impl Seen {
    /// A checkpoint whose signature held.
    pub(crate) fn new(head: TreeHead, note: String) -> Self {
        Seen {
            size: head.size,
            root: head.root,
            note,
        }
    }

    fn head(&self) -> TreeHead {
        TreeHead {
            size: self.size,
            root: self.root,
        }
    }

    fn key(&self) -> String {
        format!(
            "{:020}-{}",
            self.size,
            Digest::from_bytes(self.root).in_log()
        )
    }
}

/// How a checkpoint relates to the newest one.
enum Relation {
    Same,
    Continues,
    Precedes,
    Faulty(EvidenceKind),
}

impl Wallet {
    /// The newest checkpoint that the wallet knows to continue all it has seen.
    ///
    /// # Errors
    /// [`WalletError::Vault`] or [`WalletError::Record`].
    pub fn newest_checkpoint(&self) -> Result<Option<Seen>, WalletError> {
        records::read(&self.vault, records::VERIFIER, NEWEST)
    }

    /// Keeps a verified checkpoint until it is compared with the newest.
    pub(crate) fn note_head(
        changes: &mut vault::Changes<'_>,
        seen: &Seen,
    ) -> Result<(), WalletError> {
        records::put(changes, records::HEAD, &seen.key(), seen)
    }

    /// Fetches the log's checkpoint. One that is shorter than the newest known is a rollback.
    pub(crate) async fn fetch_checkpoint<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
    ) -> Result<(), WalletError> {
        let text = line.client.checkpoint().await?;
        let log = verifier.log_key()?;
        let opened = text
            .parse::<SignedNote>()
            .ok()
            .and_then(|note| Checkpoint::open(&note, &log, &[]).ok());
        let Some(opened) = opened else {
            // What the log did not sign proves nothing against it: a page of the network may stand there.
            return Err(ClientError::NotAVerifier(line.client.url("/log/checkpoint")).into());
        };
        let seen = Seen::new(opened.head(), text);
        if let Some(newest) = self
            .newest_checkpoint()?
            .filter(|newest| newest.size > seen.size)
        {
            let finding = format!(
                "the log went back from {} to {} entries",
                newest.size, seen.size
            );
            self.keep_evidence(
                EvidenceKind::Rollback,
                finding,
                vec![newest.note, seen.note.clone()],
            )?;
        }
        self.vault
            .transaction(|changes| Self::note_head(changes, &seen))
    }

    /// Compares every checkpoint that waits with the newest, the largest first. What cannot be compared
    /// for want of an answer waits on.
    ///
    /// # Errors
    /// [`WalletError::Client`] where the log's tiles cannot be fetched.
    pub(crate) async fn compare_heads<T: Transport>(
        &mut self,
        line: &Line<T>,
    ) -> Result<(), WalletError> {
        let mut waiting: Vec<(String, Seen)> = records::read_all(&self.vault, records::HEAD)?;
        waiting.reverse();
        for (key, seen) in waiting {
            let relation = self.relate(line, &seen).await?;
            self.settle(&key, &seen, &relation)?;
        }
        Ok(())
    }

    async fn relate<T: Transport>(
        &mut self,
        line: &Line<T>,
        seen: &Seen,
    ) -> Result<Relation, WalletError> {
        let Some(newest) = self.newest_checkpoint()? else {
            return Ok(Relation::Continues);
        };
        Ok(match seen.size.cmp(&newest.size) {
            std::cmp::Ordering::Equal if seen.root == newest.root => Relation::Same,
            std::cmp::Ordering::Equal => Relation::Faulty(EvidenceKind::Fork),
            std::cmp::Ordering::Greater if is_prefix(line, newest.head(), seen.head()).await? => {
                Relation::Continues
            }
            std::cmp::Ordering::Less if is_prefix(line, seen.head(), newest.head()).await? => {
                Relation::Precedes
            }
            _ => Relation::Faulty(EvidenceKind::Inconsistent),
        })
    }

    fn settle(&mut self, key: &str, seen: &Seen, relation: &Relation) -> Result<(), WalletError> {
        if let Relation::Faulty(kind) = relation {
            let newest = self.newest_checkpoint()?.map(|newest| newest.note);
            let finding = "the log signed two histories that do not continue each other".to_owned();
            self.keep_evidence(
                *kind,
                finding,
                newest.into_iter().chain([seen.note.clone()]).collect(),
            )?;
        }
        self.vault.transaction(|changes| {
            if matches!(relation, Relation::Continues) {
                records::put(changes, records::VERIFIER, NEWEST, seen)?;
            }
            changes.remove(records::HEAD, key)?;
            Ok(())
        })
    }
}

/// Whether the tree of `old` is the beginning of the tree of `new`, by the log's own tiles. Tiles that do
/// not lead to the signed root prove nothing in the log's favour.
async fn is_prefix<T: Transport>(
    line: &Line<T>,
    old: TreeHead,
    new: TreeHead,
) -> Result<bool, WalletError> {
    if old.size == 0 {
        return Ok(old == TreeHead::EMPTY);
    }
    let Ok(needed) = tiles_for_consistency(old.size, new.size) else {
        return Ok(false);
    };
    let mut tiles = TileSet::new(new);
    for tile in needed {
        let Some((tile, bytes)) = fetch_tile(line, tile).await? else {
            return Ok(false);
        };
        if tiles.insert(tile, &bytes).is_err() {
            return Ok(false);
        }
    }
    let Ok(tiles) = tiles.verify() else {
        return Ok(false);
    };
    let proof = prove_consistency(&tiles, old.size, new.size);
    Ok(proof.is_ok_and(|proof| verify_consistency(&old, &new, &proof).is_ok()))
}

/// A tile, or the full one where the log has grown and dropped the partial (C2SP tlog-tiles, Partial Tiles).
/// Nothing where the log refuses both.
async fn fetch_tile<T: Transport>(
    line: &Line<T>,
    tile: TileId,
) -> Result<Option<(TileId, bytes::Bytes)>, WalletError> {
    let full = TileId::new(
        tile.level(),
        tile.index(),
        transparency_log::tile::FULL_WIDTH,
    )
    .ok()
    .filter(|_| !tile.is_full());
    for tile in [Some(tile), full].into_iter().flatten() {
        match line.client.log_file(&tile.path()).await {
            Ok(bytes) => return Ok(Some((tile, bytes))),
            Err(ClientError::Refused(problem)) if problem.status == 404 => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(None)
}
