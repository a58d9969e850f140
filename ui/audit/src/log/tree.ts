// A whole tree in memory, grown leaf by leaf (RFC 6962, section 2.1). Every complete node is kept, in one
// growing block of bytes a height, so that a million entries need 64 MB and no million objects.
import type { Hash } from './hash';
import { HASH_LENGTH, nodeHash } from './hash';
import type { HashReader } from './merkle';

/** Fixed-length records in one block that doubles when it is full. */
export class Rows {
  #bytes = new Uint8Array(1024 * HASH_LENGTH);
  #count = 0;

  /** How many there are. */
  get count(): number {
    return this.#count;
  }

  push(row: Hash): void {
    const at = this.#count * HASH_LENGTH;
    if (at === this.#bytes.length) {
      const wider = new Uint8Array(at * 2);
      wider.set(this.#bytes);
      this.#bytes = wider;
    }
    this.#bytes.set(row, at);
    this.#count += 1;
  }

  get(index: number): Hash | null {
    if (index < 0 || index >= this.#count) return null;
    return this.#bytes.slice(index * HASH_LENGTH, (index + 1) * HASH_LENGTH);
  }

  /** The first index at which the row stands, or −1. */
  indexOf(row: Hash): number {
    const [first] = row;
    for (let index = 0; index < this.#count; index += 1) {
      const at = index * HASH_LENGTH;
      if (this.#bytes[at] === first && row.every((byte, offset) => byte === this.#bytes[at + offset])) return index;
    }
    return -1;
  }
}

/** The tree over the entries that were read. */
export class HashTree implements HashReader {
  readonly #heights: Rows[] = [new Rows()];

  /** The number of entries. */
  get size(): number {
    return this.#heights[0]?.count ?? 0;
  }

  /** Adds the next leaf hash. */
  push(leaf: Hash): void {
    let hash = leaf;
    for (let height = 0; ; height += 1) {
      const row = (this.#heights[height] ??= new Rows());
      row.push(hash);
      const left = row.count % 2 === 0 ? row.get(row.count - 2) : null;
      if (left === null) return;
      hash = nodeHash(left, hash);
    }
  }

  /** @inheritdoc */
  subtree(height: number, index: number): Hash | null {
    return this.#heights[height]?.get(index) ?? null;
  }
}
