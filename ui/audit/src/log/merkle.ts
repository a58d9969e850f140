// Inclusion and consistency proofs of RFC 6962, section 2.1, checked as RFC 9162, sections 2.1.3.2 and
// 2.1.4.2, spell it out. A proof that is too long, too short or about another tree is refused.
import { equal } from './bytes';
import type { Hash, TreeHead } from './hash';
import { EMPTY_ROOT, HASH_LENGTH, nodeHash } from './hash';
import { Refusal } from './refusal';

/** A source of tree hashes: the roots of complete subtrees. */
export interface HashReader {
  /** The root of entries index × 2^height up to (index + 1) × 2^height; null when it is not at hand. */
  subtree: (height: number, index: number) => Hash | null;
}

/** The root of the first `size` entries. */
export function rootAt(reader: HashReader, size: number): Hash {
  return size === 0 ? EMPTY_ROOT : rangeRoot(reader, 0, size);
}

/** Proves that entry `index` is in the tree of the first `size` entries: siblings from the leaf up. */
export function proveInclusion(reader: HashReader, size: number, index: number): Hash[] {
  if (index < 0 || index >= size) throw new Refusal('out_of_range');
  const proof: Hash[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + split(end - start);
    if (index < middle) {
      proof.push(rangeRoot(reader, middle, end));
      end = middle;
    } else {
      proof.push(rangeRoot(reader, start, middle));
      start = middle;
    }
  }
  return proof.reverse();
}

/** Proves that the first `old` entries are a prefix of the first `size`; empty where `old` is 0 or `size`. */
export function proveConsistency(reader: HashReader, old: number, size: number): Hash[] {
  if (old > size) throw new Refusal('out_of_range');
  if (old === 0) return [];
  const proof: Hash[] = [];
  let [start, end] = [0, size];
  while (end !== old) {
    const middle = start + split(end - start);
    if (old <= middle) {
      proof.push(rangeRoot(reader, middle, end));
      end = middle;
    } else {
      proof.push(rangeRoot(reader, start, middle));
      start = middle;
    }
  }
  if (start !== 0) proof.push(rangeRoot(reader, start, end));
  return proof.reverse();
}

/** Checks that the leaf hash `leaf` stands at `index` in the tree of `head`. */
export function verifyInclusion(head: TreeHead, index: number, leaf: Hash, proof: readonly Hash[]): void {
  if (index < 0 || index >= head.size) throw new Refusal('out_of_range');
  const climb = new Climb(index, head.size - 1);
  let root = leaf;
  for (const sibling of proof) {
    root = climb.step() === 'left' ? nodeHash(sibling, root) : nodeHash(root, sibling);
  }
  climb.finish();
  sameRoot(root, head.root);
}

/** Checks that the tree of `old` is a prefix of the tree of `head`. Equal sizes need equal roots and no proof. */
export function verifyConsistency(old: TreeHead, head: TreeHead, proof: readonly Hash[]): void {
  if (old.size > head.size) throw new Refusal('out_of_range');
  if (old.size === head.size) {
    if (proof.length > 0) throw new Refusal('wrong_length');
    if (old.size === 0) sameRoot(old.root, EMPTY_ROOT);
    sameRoot(old.root, head.root);
    return;
  }
  if (old.size === 0) throw new Refusal('empty_tree');
  verifyPrefix(old, head, proof);
}

function verifyPrefix(old: TreeHead, head: TreeHead, proof: readonly Hash[]): void {
  const isPower = isPowerOfTwo(old.size);
  const seed = isPower ? old.root : proof[0];
  if (seed === undefined || proof.length === 0) throw new Refusal('wrong_length');
  let [node, last] = [old.size - 1, head.size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  const climb = new Climb(node, last);
  let [oldRoot, newRoot] = [seed, seed];
  for (const sibling of isPower ? proof : proof.slice(1)) {
    if (climb.step() === 'left') {
      oldRoot = nodeHash(sibling, oldRoot);
      newRoot = nodeHash(sibling, newRoot);
    } else {
      newRoot = nodeHash(newRoot, sibling);
    }
  }
  climb.finish();
  sameRoot(oldRoot, old.root);
  sameRoot(newRoot, head.root);
}

/** The way from a node to the root: the node's index, and that of the rightmost node at the same height. */
class Climb {
  #node: number;
  #last: number;

  constructor(node: number, last: number) {
    this.#node = node;
    this.#last = last;
  }

  /** On which side the next sibling stands. */
  step(): 'left' | 'right' {
    if (this.#last === 0) throw new Refusal('wrong_length');
    const isRight = this.#node % 2 === 1 || this.#node === this.#last;
    // A rightmost node without a sibling of its own height rises until it is a right child.
    while (isRight && this.#node % 2 === 0 && this.#node !== 0) this.#rise();
    this.#rise();
    return isRight ? 'left' : 'right';
  }

  finish(): void {
    if (this.#last !== 0) throw new Refusal('wrong_length');
  }

  #rise(): void {
    this.#node = half(this.#node);
    this.#last = half(this.#last);
  }
}

function sameRoot(computed: Hash, stated: Hash): void {
  if (stated.length !== HASH_LENGTH || !equal(computed, stated)) throw new Refusal('root_mismatch');
}

function rangeRoot(reader: HashReader, start: number, end: number): Hash {
  const size = end - start;
  if (isPowerOfTwo(size)) {
    const found = reader.subtree(Math.round(Math.log2(size)), start / size);
    if (found === null) throw new Refusal('tile_missing');
    return found;
  }
  const middle = start + split(size);
  return nodeHash(rangeRoot(reader, start, middle), rangeRoot(reader, middle, end));
}

/** The largest power of two below `size`, which is at least 2. Sizes stay below 2^53: no bit operations. */
function split(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

function isPowerOfTwo(size: number): boolean {
  return size > 0 && Number.isInteger(Math.log2(size)) && 2 ** Math.log2(size) === size;
}

function half(index: number): number {
  return Math.floor(index / 2);
}
