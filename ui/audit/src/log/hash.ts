// The two hashes of RFC 6962, section 2.1, over SHA-256. A leaf and an inner node never hash alike.
import { sha256 } from '@noble/hashes/sha2.js';
import type { Bytes } from './bytes';
import { concat, equal, fromBase64, fromBase64Url } from './bytes';

/** A SHA-256 value: 32 bytes. */
export type Hash = Bytes;

/** A hash's length in bytes. */
export const HASH_LENGTH = 32;

/** The size of a tree and its root: what a checkpoint states and every proof is checked against. */
export interface TreeHead {
  size: number;
  root: Hash;
}

const LEAF = Uint8Array.of(0x00);
const NODE = Uint8Array.of(0x01);

/** SHA-256 of some bytes. */
export function digest(bytes: Uint8Array): Hash {
  return Uint8Array.from(sha256(bytes));
}

/** The root of a tree without entries: SHA-256 of nothing. */
export const EMPTY_ROOT: Hash = digest(new Uint8Array());

/** Hashes an entry to a leaf: SHA-256 of 0x00 and the entry. */
export function leafHash(entry: Uint8Array): Hash {
  return digest(concat(LEAF, entry));
}

/** Hashes two subtrees to their parent: SHA-256 of 0x01, left and right. */
export function nodeHash(left: Hash, right: Hash): Hash {
  return digest(concat(NODE, left, right));
}

/** Folds the hashes of a complete subtree, a power of two of them, to its root. */
export function fold(hashes: readonly Hash[]): Hash {
  let row = [...hashes];
  while (row.length > 1) {
    const above: Hash[] = [];
    for (let at = 0; at + 1 < row.length; at += 2) above.push(nodeHash(row[at] as Hash, row[at + 1] as Hash));
    row = above;
  }
  return row[0] ?? EMPTY_ROOT;
}

/** Reads a hash in padded base64, as notes and proofs have it. */
export function hashFromBase64(text: string): Hash | null {
  const bytes = fromBase64(text);
  return bytes?.length === HASH_LENGTH ? bytes : null;
}

/** Reads a hash in base64url, as log entries have it. */
export function hashFromBase64Url(text: string): Hash | null {
  const bytes = fromBase64Url(text);
  return bytes?.length === HASH_LENGTH ? bytes : null;
}

/** Whether both trees have the same size and root. */
export function sameHead(a: TreeHead, b: TreeHead): boolean {
  return a.size === b.size && equal(a.root, b.root);
}
