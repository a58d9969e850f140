// Whether a log only grew between two checkpoints (RFC 9162 section 2.1.4): by the entries that were read, and
// by the hash tiles alone where they were not, or are not those of the checkpoint.
import { equal } from '../log/bytes';
import type { TreeHead } from '../log/hash';
import { EMPTY_ROOT } from '../log/hash';
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

/** The same from hash tiles that lead to the new root; tiles that do not, prove nothing. */
export async function grewByTiles(source: Source, last: TreeHead, head: TreeHead, freshness: Freshness): Promise<boolean> {
  if (last.size > head.size) return false;
  const set = new TileSet(head);
  try {
    for (const tile of tilesForConsistency(last.size, head.size)) {
      const bytes = await fetchTile(source, tile, freshness);
      if (bytes === null) return false;
      set.insert(tile, bytes);
    }
    set.verify();
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
  return grew(set, last, head);
}
