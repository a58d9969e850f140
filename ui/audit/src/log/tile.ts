// The names of a log's resources and the bytes of its hash tiles and entry bundles (C2SP tlog-tiles, height 8).
// A path has one spelling; every other is refused.
import { fromDecimal } from './bytes';
import type { Bytes } from './bytes';
import type { Hash } from './hash';
import { HASH_LENGTH } from './hash';
import { Refusal } from './refusal';

/** Hashes in a full tile, entries in a full bundle. */
export const FULL_WIDTH = 256;
/** The highest tile level that a path may name. */
const MAX_LEVEL = 63;
/** Tile levels that a tree of fewer than 2^53 entries can have. */
const LEVELS = 7;

/** A hash tile, or an entry bundle where the level says so. */
export interface TileId {
  level: number | 'entries';
  index: number;
  width: number;
}

/** The path below the log's prefix, such as `tile/0/x001/x234/067.p/5`. */
export function tilePath({ level, index, width }: TileId): string {
  const groups = index.toString().padStart(Math.ceil(index.toString().length / 3) * 3, '0').match(/.{3}/g) ?? [];
  const last = groups.length - 1;
  const place = groups.map((group, at) => (at === last ? group : `x${group}`)).join('/');
  const partial = width === FULL_WIDTH ? '' : `.p/${width.toString()}`;
  return `tile/${level.toString()}/${place}${partial}`;
}

/** Reads a path such as `tile/1/003.p/7` or `tile/entries/x001/000`. */
export function parseTilePath(path: string): TileId {
  const [, kind = '', groups = '', partial] = /^tile\/([a-z0-9]+)\/([x0-9/]+?)(?:\.p\/([0-9]+))?$/.exec(path) ?? [];
  const level: TileId['level'] | null = kind === 'entries' ? 'entries' : fromDecimal(kind);
  const digits = groups.replaceAll(/[x/]/g, '').replace(/^0+(?=.)/, '');
  const index = fromDecimal(digits);
  const width = partial === undefined ? FULL_WIDTH : fromDecimal(partial);
  if (level === null || index === null || width === null) throw new Refusal('bad_path');
  if ((level !== 'entries' && level > MAX_LEVEL) || width < 1 || width > FULL_WIDTH) throw new Refusal('bad_path');
  const id: TileId = { level, index, width };
  if (tilePath(id) !== path) throw new Refusal('bad_path');
  return id;
}

/** The number of hashes that a tree of `size` entries has at a tile level. */
export function hashesAt(level: number, size: number): number {
  return Math.floor(size / FULL_WIDTH ** level);
}

/** The tile at `index` of `level` as wide as a tree of `size` entries has it, or null where it has none. */
export function tileInTree(level: number | 'entries', index: number, size: number): TileId | null {
  const hashes = level === 'entries' ? size : hashesAt(level, size);
  const width = Math.min(hashes - index * FULL_WIDTH, FULL_WIDTH);
  return width > 0 ? { level, index, width } : null;
}

/** The tiles that make the root of a tree: its partial ones, lowest level first. */
export function tilesForRoot(size: number): TileId[] {
  return levels().flatMap((level) => tileInTree(level, hashesAt(level + 1, size), size) ?? []);
}

/** The tiles that prove entry `index`, and themselves up to the root. */
export function tilesForInclusion(size: number, index: number): TileId[] {
  if (index < 0 || index >= size) throw new Refusal('out_of_range');
  return withAncestors(size, 0, index);
}

/** The tiles that prove a tree of `old` entries to be a prefix of one of `size`, and themselves up to its root. */
export function tilesForConsistency(old: number, size: number): TileId[] {
  if (old > size) throw new Refusal('out_of_range');
  if (old === 0 || old === size) return tilesForRoot(size);
  let level = 0;
  while (old % FULL_WIDTH ** (level + 1) === 0) level += 1;
  return withAncestors(size, level, hashesAt(level, old) - 1);
}

/** The hash tiles that a tree of `size` entries has and one of `old` entries has not. */
export function tilesBetween(old: number, size: number): TileId[] {
  const tiles: TileId[] = [];
  for (const level of levels()) {
    if (hashesAt(level, old) >= hashesAt(level, size)) break;
    for (let index = hashesAt(level + 1, old); ; index += 1) {
      const tile = tileInTree(level, index, size);
      if (tile === null) break;
      tiles.push(tile);
    }
  }
  return tiles;
}

function withAncestors(size: number, level: number, index: number): TileId[] {
  const tiles = new Map(tilesForRoot(size).map((tile) => [tilePath(tile), tile]));
  let at = index;
  for (const each of levels().slice(level)) {
    at = Math.floor(at / FULL_WIDTH);
    const tile = tileInTree(each, at, size);
    if (tile !== null) tiles.set(tilePath(tile), tile);
  }
  return [...tiles.values()];
}

function levels(): number[] {
  return Array.from({ length: LEVELS }, (_, level) => level);
}

/** Splits a tile's bytes into its hashes. */
export function tileHashes(bytes: Bytes, width: number): Hash[] {
  if (bytes.length !== width * HASH_LENGTH) throw new Refusal('wrong_length');
  return Array.from({ length: width }, (_, at) => bytes.slice(at * HASH_LENGTH, (at + 1) * HASH_LENGTH));
}

/** Splits a bundle of exactly `width` entries, each behind its length as a big-endian 16-bit number. */
export function bundleEntries(bytes: Bytes, width: number): Bytes[] {
  if (width < 1 || width > FULL_WIDTH) throw new Refusal('bundle_malformed');
  const entries: Bytes[] = [];
  let at = 0;
  for (let entry = 0; entry < width; entry += 1) {
    const [high, low] = [bytes[at], bytes[at + 1]];
    if (high === undefined || low === undefined) throw new Refusal('bundle_malformed');
    const end = at + 2 + high * 256 + low;
    if (end > bytes.length) throw new Refusal('bundle_malformed');
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  if (at !== bytes.length) throw new Refusal('bundle_malformed');
  return entries;
}
