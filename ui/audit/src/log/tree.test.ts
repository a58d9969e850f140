// Trees at the sizes where mistakes hide: roots, tiles and proofs agree, and a changed byte does not.
import { describe, expect, test } from 'vitest';
import type { Bytes } from './bytes';
import { concat, equal, utf8 } from './bytes';
import type { Hash } from './hash';
import { EMPTY_ROOT, leafHash, nodeHash } from './hash';
import { proveConsistency, proveInclusion, rootAt, verifyConsistency, verifyInclusion } from './merkle';
import type { TileId } from './tile';
import { hashesAt, tilesBetween, tilesForConsistency, tilesForInclusion, tilesForRoot } from './tile';
import { TileSet } from './tileSet';
import { HashTree } from './tree';

const SIZES = [1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 70_000];
const tree = new HashTree();
for (let entry = 0; entry < 70_000; entry += 1) tree.push(leafHash(utf8(`entry ${entry.toString()}`)));

/** The definition of RFC 6962, section 2.1, word for word. */
function byDefinition(start: number, end: number): Hash {
  if (end - start === 1) return leafHash(utf8(`entry ${start.toString()}`));
  let k = 1;
  while (k * 2 < end - start) k *= 2;
  return nodeHash(byDefinition(start, start + k), byDefinition(start + k, end));
}

function bytesOf({ level, index, width }: TileId): Bytes {
  const height = Number(level) * 8;
  const hashes = Array.from({ length: width }, (_, at) => tree.subtree(height, index * 256 + at) ?? EMPTY_ROOT);
  return concat(...hashes);
}

function setOf(size: number, tiles: TileId[]): TileSet {
  const set = new TileSet({ size, root: rootAt(tree, size) });
  for (const tile of tiles) set.insert(tile, bytesOf(tile));
  return set;
}

describe.each(SIZES)('a tree of %i entries', (size) => {
  const head = { size, root: rootAt(tree, size) };

  test('has the root of the definition', () => {
    expect(equal(head.root, byDefinition(0, size))).toBe(true);
  });

  test('proves its entries from tiles', () => {
    for (const index of new Set([0, size >> 1, size - 1])) {
      const set = setOf(size, tilesForInclusion(size, index));
      set.verify();
      const proof = proveInclusion(set, size, index);
      const leaf = leafHash(utf8(`entry ${index.toString()}`));
      verifyInclusion(head, index, leaf, proof);
      expect(() => { verifyInclusion(head, index, leafHash(utf8('other')), proof); }).toThrow('root_mismatch');
      expect(() => { verifyInclusion(head, index, leaf, [...proof, leaf]); }).toThrow('wrong_length');
    }
  });

  test('proves every smaller size from tiles', () => {
    for (const old of SIZES.filter((other) => other <= size)) {
      const set = setOf(size, tilesForConsistency(old, size));
      set.verify();
      const proof = proveConsistency(set, old, size);
      verifyConsistency({ size: old, root: rootAt(tree, old) }, head, proof);
      if (old < size) {
        expect(() => { verifyConsistency({ size: old, root: head.root }, head, proof); }).toThrow('root_mismatch');
      }
    }
  });

  test('notices a changed byte in any tile of its edge', () => {
    for (const changed of tilesForRoot(size)) {
      const set = new TileSet(head);
      for (const tile of tilesForRoot(size)) {
        const bytes = bytesOf(tile);
        if (tile.level === changed.level) bytes[0] = (bytes[0] ?? 0) ^ 1;
        set.insert(tile, bytes);
      }
      expect(() => { set.verify(); }).toThrow('root_mismatch');
    }
  });
});

test('a changed byte in a full tile is noticed by the tile above', () => {
  const tiles = tilesForInclusion(70_000, 300);
  const set = new TileSet({ size: 70_000, root: rootAt(tree, 70_000) });
  for (const tile of tiles) {
    const bytes = bytesOf(tile);
    if (tile.level === 0 && tile.index === 1) bytes[70] = (bytes[70] ?? 0) ^ 1;
    set.insert(tile, bytes);
  }
  expect(() => { set.verify(); }).toThrow('tile_mismatch');
});

test('a missing tile is named, and a wider one is cut', () => {
  const set = new TileSet({ size: 300, root: rootAt(tree, 300) });
  expect(() => { set.verify(); }).toThrow('tile_missing');
  set.insert({ level: 0, index: 1, width: 256 }, bytesOf({ level: 0, index: 1, width: 256 }));
  set.insert({ level: 1, index: 0, width: 1 }, bytesOf({ level: 1, index: 0, width: 1 }));
  set.verify();
  expect(() => { set.insert({ level: 0, index: 2, width: 1 }, new Uint8Array(32)); }).toThrow('tile_missing');
  expect(() => { set.insert({ level: 0, index: 1, width: 44 }, new Uint8Array(32)); }).toThrow('wrong_length');
});

test('tiles between two sizes are those that are new, each once', () => {
  const paths = tilesBetween(255, 65_537).filter((tile) => tile.width < 256 || tile.level !== 0);
  expect(paths).toEqual([
    { level: 0, index: 256, width: 1 },
    { level: 1, index: 0, width: 256 },
    { level: 2, index: 0, width: 1 },
  ]);
  expect(tilesBetween(0, 65_537)).toHaveLength(257 + 1 + 1);
  expect(tilesBetween(300, 300)).toEqual([]);
  expect(hashesAt(2, 65_537)).toBe(1);
});
