//! The log fetched and replayed (C2SP tlog-tiles): entry bundles in parallel and in order, then the hash
//! tiles that others would make their proofs from, each compared with the tree of the entries.

use futures_util::{StreamExt, TryStreamExt, stream};
use protocol::Transport;
use transparency_log::{
    BundleId, TileId, TreeHead, entries::decode_bundle, leaf_hash, root_at, tile::bundles_between,
    tile::tiles_between,
};

use crate::{
    AuditError,
    finding::{Code, Findings},
    replay::{self, Fault, Replay},
    source::Source,
    state::{Kept, State},
    visit::Step,
};

/// Requests under way at once.
const PARALLEL: usize = 16;
/// Entries that are parsed and hashed together, on all cores.
const CHUNK: usize = 8192;

/// What was read of a log.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) replay: Replay,
    pub(crate) findings: Findings,
    /// The part that the state folder holds.
    pub(crate) kept: Kept,
    /// Full bundles fetched now, as they go into the state folder.
    pub(crate) fresh: Vec<u8>,
    /// Whether every entry was to be had.
    pub(crate) complete: bool,
}

impl Reading {
    /// Takes many entries: parsing and hashing go to all cores, the rules need the order.
    fn take_all(&mut self, entries: &[Vec<u8>]) {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let part = entries.len().div_ceil(cores).max(1);
        let parse = |part: &[Vec<u8>]| {
            let mut scratch = String::new();
            let both = |bytes: &Vec<u8>| (leaf_hash(bytes), replay::parse(bytes, &mut scratch));
            part.iter().map(both).collect::<Vec<_>>()
        };
        let parsed: Vec<_> = std::thread::scope(|scope| {
            let parts: Vec<_> = entries
                .chunks(part)
                .map(|part| scope.spawn(move || parse(part)))
                .collect();
            parts
                .into_iter()
                .flat_map(|part| {
                    part.join()
                        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                })
                .collect()
        });
        for (leaf, entry) in parsed {
            let fault = self.replay.push_parsed(leaf, entry);
            self.note(fault);
        }
    }

    fn note(&mut self, result: Result<(), Fault>) {
        let index = self.replay.size().saturating_sub(1);
        let Err(fault) = result else { return };
        let code = match fault {
            Fault::Entry(protocol::entry::EntryError::NotCanonical) => Code::EntryNotCanonical,
            Fault::Entry(_) => Code::EntryMalformed,
            Fault::TimeWentBack(_) => Code::TimeWentBack,
            Fault::BadStart(..) | Fault::AfterRevocation(..) | Fault::SecondEnd(_) => {
                Code::StatusUnlawful
            }
        };
        self.findings
            .add_at(code, index, format!("Entry {index}: {fault}."));
    }
}

/// Where a reading starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum From {
    /// With the entries in the state folder.
    Kept,
    /// With nothing.
    Nothing,
}

/// Reads the log of `head`.
pub(crate) async fn read<T: Transport>(
    source: &Source<T>,
    state: &State,
    head: &TreeHead,
    from: From,
    step: &(dyn Fn(Step) + Send + Sync),
) -> Result<Reading, AuditError> {
    let mut reading = Reading {
        complete: true,
        ..Reading::default()
    };
    if from == From::Kept {
        read_kept(state, head.size, &mut reading)?;
    }
    step(Step::Entries {
        done: reading.replay.size(),
        of: head.size,
    });
    let bundles = bundles_between(reading.replay.size(), head.size);
    let mut fetched = stream::iter(bundles)
        .map(|id| bundle(source, id))
        .buffered(PARALLEL);
    let mut chunk = Vec::with_capacity(CHUNK);
    while let Some((id, found)) = fetched.try_next().await? {
        let Some(entries) = found else {
            let what = format!(
                "Entries {} to {} are not to be had whole.",
                id.first_entry(),
                id.first_entry() + u64::from(id.width()) - 1
            );
            reading.take_all(&chunk);
            reading
                .findings
                .add_at(Code::EntryMissing, id.first_entry(), what);
            reading.complete = false;
            return Ok(reading);
        };
        if id.is_full() {
            entries
                .iter()
                .for_each(|entry| keep(&mut reading.fresh, entry));
        }
        chunk.extend(entries);
        if chunk.len() >= CHUNK {
            reading.take_all(&chunk);
            chunk.clear();
            step(Step::Entries {
                done: reading.replay.size(),
                of: head.size,
            });
        }
    }
    reading.take_all(&chunk);
    step(Step::Entries {
        done: reading.replay.size(),
        of: head.size,
    });
    Ok(reading)
}

fn read_kept(state: &State, size: u64, reading: &mut Reading) -> Result<(), AuditError> {
    let mut chunk: Vec<Vec<u8>> = Vec::with_capacity(CHUNK);
    let read = state.entries(size, |entry| {
        chunk.push(entry.to_vec());
        reading.kept.add(entry);
        if chunk.len() == CHUNK {
            reading.take_all(&chunk);
            chunk.clear();
        }
    })?;
    reading.take_all(&chunk);
    // A file that was cut off in the middle of a bundle is read up to the last whole one.
    if read % 256 != 0 {
        *reading = Reading {
            complete: true,
            ..Reading::default()
        };
    }
    Ok(())
}

fn keep(bundles: &mut Vec<u8>, entry: &[u8]) {
    bundles.extend(u16::try_from(entry.len()).unwrap_or(u16::MAX).to_be_bytes());
    bundles.extend(entry);
}

/// A bundle's entries, or `None` where they are not there or cut off. A partial bundle may be gone once
/// the full one is there (tlog-tiles, partial tiles).
async fn bundle<T: Transport>(
    source: &Source<T>,
    id: BundleId,
) -> Result<(BundleId, Option<Vec<Vec<u8>>>), AuditError> {
    let width = usize::from(id.width());
    let own = |bytes: &[u8], width| {
        decode_bundle(bytes, width)
            .ok()
            .map(|all| all.iter().map(|e| e.to_vec()).collect::<Vec<_>>())
    };
    if let Some(found) = source.find(&format!("/log/{}", id.path())).await? {
        return Ok((id, own(&found.body, id.width())));
    }
    let full = BundleId::new(id.index(), 256).map_err(|_| AuditError::TooLarge)?;
    let found = source.find(&format!("/log/{}", full.path())).await?;
    let entries = found
        .and_then(|found| own(&found.body, 256))
        .map(|mut all| {
            all.truncate(width);
            all
        });
    Ok((id, entries))
}

/// Compares the hash tiles that are new since a log of `old` entries with the tree of the entries.
pub(crate) async fn compare_tiles<T: Transport>(
    source: &Source<T>,
    replay: &Replay,
    old: u64,
    findings: &mut Findings,
    step: &(dyn Fn(Step) + Send + Sync),
) -> Result<(), AuditError> {
    let tiles = tiles_between(old, replay.size());
    let (mut done, of) = (0, tiles.len() as u64);
    let mut fetched = stream::iter(tiles)
        .map(|id| tile(source, id))
        .buffered(PARALLEL);
    while let Some((id, found)) = fetched.try_next().await? {
        done += 1;
        if done % 64 == 0 || done == of {
            step(Step::Tiles { done, of });
        }
        match found {
            Some(bytes) if id.data(replay.tree()).is_some_and(|own| bytes == own) => {}
            Some(bytes) => findings.add_at(
                Code::TileMismatch,
                first_difference(&id, replay, &bytes),
                format!("The hash tile {id} is not that of the entries."),
            ),
            None => findings.add(
                Code::TileMismatch,
                format!("The hash tile {id} is not to be had."),
            ),
        }
    }
    Ok(())
}

/// The index of the first entry under the first hash that differs.
fn first_difference(id: &TileId, replay: &Replay, bytes: &[u8]) -> u64 {
    let own = id.data(replay.tree()).unwrap_or_default();
    let same = own
        .chunks(32)
        .zip(bytes.chunks(32))
        .take_while(|(own, theirs)| own == theirs)
        .count() as u64;
    (id.index() * 256 + same)
        .checked_shl(8 * u32::from(id.level()))
        .unwrap_or(u64::MAX)
}

/// A hash tile, or the full one that took its place; `None` where it is not there or not of its length.
pub(crate) async fn tile<T: Transport>(
    source: &Source<T>,
    id: TileId,
) -> Result<(TileId, Option<Vec<u8>>), AuditError> {
    let fits = |bytes: &[u8], width: usize| bytes.len() == width * 32;
    if let Some(found) = source.find(&format!("/log/{}", id.path())).await? {
        let whole = fits(&found.body, id.width().into());
        return Ok((id, whole.then(|| found.body.to_vec())));
    }
    let full = TileId::new(id.level(), id.index(), 256).map_err(|_| AuditError::TooLarge)?;
    let found = source.find(&format!("/log/{}", full.path())).await?;
    let cut = |mut bytes: Vec<u8>| {
        bytes.truncate(id.byte_len());
        bytes
    };
    Ok((
        id,
        found
            .filter(|found| fits(&found.body, 256))
            .map(|found| cut(found.body.to_vec())),
    ))
}

/// Whether the first entries of what was read are the tree of `head`.
pub(crate) fn begins_with(replay: &Replay, head: &TreeHead) -> bool {
    head.size <= replay.size() && root_at(replay.tree(), head.size) == Ok(head.root)
}
