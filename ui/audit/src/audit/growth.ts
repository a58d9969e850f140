// Whether a log only grew between two checkpoints (RFC 9162 section 2.1.4): by the entries that were read, and
// by the hash tiles alone where they were not, or are not those of the checkpoint.
import { equal } from '../log/bytes';
import type { TreeHead } from '../log/hash';
import { EMPTY_ROOT, sameHead } from '../log/hash';
import type { HashReader } from '../log/merkle';
import { proveConsistency, rootAt, verifyConsistency } from '../log/merkle';
import { Refusal } from '../log/refusal';
import { tilesForConsistency } from '../log/tile';
import { TileSet } from '../log/tileSet';
import type { Freshness, Source } from './source';
import { fetchTile } from './source';

/** The old root, recomputed from a tree, and the proof between the two heads. */
export function grew(tree: HashReader, last: TreeHead, head: TreeHead): boolean {
  if (last.size === 0) return equal(last.root, EMPTY_ROOT);
  try {
    if (!equal(rootAt(tree, last.size), last.root)) return false;
    verifyConsistency(last, head, proveConsistency(tree, last.size, head.size));
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** What hash tiles can tell: nothing, where they do not lead to the new root. */
export type Growth = 'grew' | 'forked' | 'unknown';

/** The same from hash tiles. Two roots for one size need none. */
export async function growthByTiles(source: Source, last: TreeHead, head: TreeHead, freshness: Freshness): Promise<Growth> {
  if (last.size > head.size) return 'forked';
  if (last.size === head.size) return sameHead(last, head) ? 'grew' : 'forked';
  const set = new TileSet(head);
  try {
    for (const tile of tilesForConsistency(last.size, head.size)) {
      const bytes = await fetchTile(source, tile, freshness);
      if (bytes === null) return 'unknown';
      set.insert(tile, bytes);
    }
    set.verify();
  } catch (error) {
    if (error instanceof Refusal) return 'unknown';
    throw error;
  }
  return grew(set, last, head) ? 'grew' : 'forked';
}
