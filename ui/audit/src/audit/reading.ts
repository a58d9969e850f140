// The log fetched and replayed (C2SP tlog-tiles): entry bundles, several at once and in order, then the hash
// tiles that others would make their proofs from, each compared with the tree of the entries.
import type { Bytes } from '../log/bytes';
import { concat, equal } from '../log/bytes';
import type { TreeHead } from '../log/hash';
import { EMPTY_ROOT } from '../log/hash';
import type { TileId } from '../log/tile';
import { FULL_WIDTH, tileInTree, tilePath, tilesBetween } from '../log/tile';
import type { Findings } from './finding';
import { Replay } from './replay';
import type { Freshness, Source } from './source';
import { fetchBundle, fetchTile } from './source';

/** Requests under way at once. */
const PARALLEL = 8;

/** How far an audit is. */
export interface Step {
  what: 'entries' | 'tiles' | 'lists' | 'statements';
  done: number;
  of: number;
}

/** Hears how far an audit is; a signal that is aborted ends it with the signal's reason. */
export interface Progress {
  step: (step: Step) => void;
  signal: AbortSignal;
}

/** What was read of a log, and whether every entry was to be had. */
export interface Reading {
  replay: Replay;
  complete: boolean;
}

/** Reads the log of `head` from its first entry on. */
export async function readLog(
  source: Source,
  head: TreeHead,
  freshness: Freshness,
  findings: Findings,
  { step, signal }: Progress,
): Promise<Reading> {
  const replay = new Replay();
  const ids = bundles(head.size);
  const fetched = inOrder(ids, (id) => fetchBundle(source, id, freshness));
  step({ what: 'entries', done: 0, of: head.size });
  for await (const [id, entries] of fetched) {
    signal.throwIfAborted();
    if (entries === null) {
      findings.add('entry_missing', { first: id.index * FULL_WIDTH, last: id.index * FULL_WIDTH + id.width - 1 });
      return { replay, complete: false };
    }
    for (const entry of entries) take(replay, entry, findings);
    step({ what: 'entries', done: replay.size, of: head.size });
  }
  return { replay, complete: true };
}

/** Compares the hash tiles that are new since a log of `old` entries with the tree of the entries. */
export async function compareTiles(
  source: Source,
  replay: Replay,
  old: number,
  freshness: Freshness,
  findings: Findings,
  { step, signal }: Progress,
): Promise<void> {
  const tiles = tilesBetween(old, replay.size);
  let done = 0;
  for await (const [id, bytes] of inOrder(tiles, (tile) => fetchTile(source, tile, freshness))) {
    signal.throwIfAborted();
    if (bytes === null || !equal(bytes, ownTile(replay, id))) findings.add('tile_mismatch', { tile: tilePath(id) });
    done += 1;
    step({ what: 'tiles', done, of: tiles.length });
  }
}

function take(replay: Replay, entry: Bytes, findings: Findings): void {
  const index = replay.size;
  const fault = replay.push(entry);
  if (fault !== null) findings.add(fault, { index });
}

function ownTile(replay: Replay, { level, index, width }: TileId): Bytes {
  const hash = (at: number) => replay.tree.subtree(Number(level) * 8, index * FULL_WIDTH + at) ?? EMPTY_ROOT;
  return concat(...Array.from({ length: width }, (_, at) => hash(at)));
}

function bundles(size: number): TileId[] {
  const count = Math.ceil(size / FULL_WIDTH);
  return Array.from({ length: count }, (_, index) => tileInTree('entries', index, size)).filter((id) => id !== null);
}

/** Asks for several at once and hands them on in order. */
async function* inOrder<I, T>(ids: readonly I[], ask: (id: I) => Promise<T>): AsyncGenerator<[I, T]> {
  const waiting: Promise<T>[] = [];
  let next = 0;
  const fill = () => {
    while (waiting.length < PARALLEL && next < ids.length) {
      const asked = ask(ids[next] as I);
      // Whoever takes it in its turn hears of the fault; one that is not taken must not go unhandled.
      asked.catch(() => undefined);
      waiting.push(asked);
      next += 1;
    }
  };
  for (const id of ids) {
    fill();
    const first = waiting.shift();
    if (first === undefined) return;
    yield [id, await first];
  }
}
