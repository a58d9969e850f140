// Tiles fetched from a log, checked up to its root before any hash of them is used. Every partial tile lies on
// the tree's right edge, and together they make the root; every full tile is one hash of the tile above it.
import type { Bytes } from './bytes';
import { equal } from './bytes';
import type { Hash, TreeHead } from './hash';
import { fold, nodeHash } from './hash';
import type { HashReader } from './merkle';
import { rootAt } from './merkle';
import { Refusal } from './refusal';
import type { TileId } from './tile';
import { FULL_WIDTH, hashesAt, tileHashes, tileInTree, tilesForRoot } from './tile';

interface Kept {
  level: number;
  index: number;
  hashes: Hash[];
}

/** Tiles of the tree of a verified checkpoint. Nothing is to be read from it before {@link TileSet.verify}. */
export class TileSet implements HashReader {
  readonly #head: TreeHead;
  readonly #tiles = new Map<string, Kept>();

  constructor(head: TreeHead) {
    this.#head = head;
  }

  /** Adds a fetched tile; one that is wider than the tree has it is cut to the tree's width. */
  insert(tile: TileId, bytes: Bytes): void {
    if (tile.level === 'entries') throw new Refusal('bad_path');
    const hashes = tileHashes(bytes, tile.width);
    const there = tileInTree(tile.level, tile.index, this.#head.size);
    if (there === null || there.width > tile.width) throw new Refusal('tile_missing');
    const kept = { level: tile.level, index: tile.index, hashes: hashes.slice(0, there.width) };
    this.#tiles.set(place(tile.level, tile.index), kept);
  }

  /** Checks every tile up to the root. */
  verify(): void {
    for (const tile of tilesForRoot(this.#head.size)) {
      if (!this.#tiles.has(place(tile.level, tile.index))) throw new Refusal('tile_missing');
    }
    if (!equal(rootAt(this, this.#head.size), this.#head.root)) throw new Refusal('root_mismatch');
    for (const { level, index, hashes } of this.#tiles.values()) {
      if (hashes.length < FULL_WIDTH) continue;
      const stated = this.#hash(level + 1, index);
      // A full tile of the highest level has nothing above it; the root has spoken for it.
      if (stated === null && hashesAt(level + 1, this.#head.size) > index) throw new Refusal('tile_missing');
      if (stated !== null && !equal(stated, fold(hashes))) throw new Refusal('tile_mismatch');
    }
  }

  /** @inheritdoc */
  subtree(height: number, index: number): Hash | null {
    if (height % 8 === 0) return this.#hash(height / 8, index);
    const left = this.subtree(height - 1, index * 2);
    const right = this.subtree(height - 1, index * 2 + 1);
    return left === null || right === null ? null : nodeHash(left, right);
  }

  #hash(level: number, index: number): Hash | null {
    const tile = this.#tiles.get(place(level, Math.floor(index / FULL_WIDTH)));
    return tile?.hashes[index % FULL_WIDTH] ?? null;
  }
}

function place(level: number | 'entries', index: number): string {
  return `${level.toString()}/${index.toString()}`;
}
