// Entries on demand: the bundle that a row needs, checked by its tiles up to the signed root, and kept while it
// is near.
import { useEffect, useRef, useState } from 'react';
import type { Entry } from '../../audit/entry';
import { parseEntry } from '../../audit/entry';
import type { Source } from '../../audit/source';
import { fetchBundle, fetchTile } from '../../audit/source';
import { equal } from '../../log/bytes';
import type { Hash, TreeHead } from '../../log/hash';
import { leafHash } from '../../log/hash';
import { Refusal } from '../../log/refusal';
import { FULL_WIDTH, tileInTree, tilesForInclusion } from '../../log/tile';
import { TileSet } from '../../log/tileSet';

/** Bundles that are kept; a screen shows entries of two. */
const KEPT = 64;

/** One row: what the entry says, its leaf hash, and whether it leads to the signed root. */
export interface Row {
  entry: Entry | null;
  leaf: Hash;
  holds: boolean;
}

/** The rows of a bundle, or that it is not to be had. */
export type Rows = Row[] | 'gone';

/** Answers a row by its index: undefined while it is being fetched. Rows around the window are asked for. */
export function useEntries(source: Source, head: TreeHead, first: number, last: number): (index: number) => Row | 'gone' | undefined {
  const bundles = useRef(new Map<number, Rows | 'asked'>());
  const [, setVersion] = useState(0);
  useEffect(() => {
    for (let bundle = Math.floor(first / FULL_WIDTH); bundle <= Math.floor(last / FULL_WIDTH); bundle += 1) {
      if (bundles.current.has(bundle)) continue;
      bundles.current.set(bundle, 'asked');
      void rowsOf(source, head, bundle)
        .catch((): Rows => 'gone')
        .then((rows) => {
          bundles.current.set(bundle, rows);
          forgetFar(bundles.current, bundle);
          // Also where the window has moved on meanwhile: it may still need this bundle, and does not ask twice.
          setVersion((version) => version + 1);
        });
    }
  }, [source, head, first, last]);
  return (index) => {
    const rows = bundles.current.get(Math.floor(index / FULL_WIDTH));
    return rows === 'gone' || rows === undefined || rows === 'asked' ? (rows === 'gone' ? rows : undefined) : rows[index % FULL_WIDTH];
  };
}

/** Fetches a bundle and holds its leaves against the tree. */
export async function rowsOf(source: Source, head: TreeHead, bundle: number): Promise<Rows> {
  const id = tileInTree('entries', bundle, head.size);
  const entries = id === null ? null : await fetchBundle(source, id, 'cached');
  if (entries === null) return 'gone';
  const proven = await provenTiles(source, head, bundle);
  return entries.map((bytes, at) => {
    const leaf = leafHash(bytes);
    const parsed = parseEntry(bytes);
    const inTree = proven?.subtree(0, bundle * FULL_WIDTH + at) ?? null;
    return { entry: typeof parsed === 'string' ? null : parsed, leaf, holds: inTree !== null && equal(inTree, leaf) };
  });
}

async function provenTiles(source: Source, head: TreeHead, bundle: number): Promise<TileSet | null> {
  const set = new TileSet(head);
  try {
    for (const tile of tilesForInclusion(head.size, bundle * FULL_WIDTH)) {
      const bytes = await fetchTile(source, tile, 'cached');
      if (bytes === null) return null;
      set.insert(tile, bytes);
    }
    set.verify();
    return set;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** Asks for each file once; neighbours share the tiles above them, and the list and the detail all they show. */
export function askedOnce(source: Source): Source {
  const asked = new Map<string, ReturnType<Source['find']>>();
  return {
    find: (path, freshness) => {
      const known = asked.get(path);
      if (known !== undefined) return known;
      if (asked.size > 4 * KEPT) asked.clear();
      const answer = source.find(path, freshness);
      asked.set(path, answer);
      answer.catch(() => asked.delete(path));
      return answer;
    },
  };
}

function forgetFar(bundles: Map<number, unknown>, near: number): void {
  if (bundles.size <= KEPT) return;
  const far = [...bundles.keys()].sort((a, b) => Math.abs(b - near) - Math.abs(a - near));
  for (const bundle of far.slice(0, bundles.size - KEPT)) bundles.delete(bundle);
}
