// The log read from its first entry to its last: the tree, and every status as it came to be. It believes
// nothing: what an entry may not say is a fault, and part of the tree all the same.
import type { Bytes } from '../log/bytes';
import { equal } from '../log/bytes';
import type { Hash, TreeHead } from '../log/hash';
import { leafHash } from '../log/hash';
import { rootAt } from '../log/merkle';
import { HashTree, Rows } from '../log/tree';
import type { Entry, EntryFault, Slot } from './entry';
import { SLOTS_PER_LIST, parseEntry } from './entry';

/** Where a slot starts: not registered (PROTOCOL section 3). */
export const UNREGISTERED = 3;
const REVOKED = 1;
const NO_DIGEST = new Uint8Array(32);

/** One change of a status, as the log has it. */
export interface Change {
  index: number;
  /** The batch's time, in Unix milliseconds. */
  at: number;
  slot: Slot;
  status: 0 | 1 | 2;
  /** When the consent ends, in seconds; with the first change of a slot only. */
  exp: number | null;
}

/** What an entry may not say. */
export type Fault = EntryFault | 'time_went_back' | 'status_unlawful';

/** Up to where a list is replayed: the first entries, or every entry dated at or before a time. */
export type Until = { size: number } | { at: number };

/** What the entries say, from the first on. */
export class Replay {
  readonly tree = new HashTree();
  readonly changes: Change[] = [];
  /** The times of the entries that change no status. */
  readonly acts: number[] = [];
  readonly #digests = new Rows();
  readonly #times: number[] = [];
  readonly #slots = new Map<number, number>();
  readonly #lists = new Map<number, Change[]>();
  #at = 0;

  /** The number of entries. */
  get size(): number {
    return this.tree.size;
  }

  /** The numbers of the lists that the log speaks of, in order. */
  get lists(): number[] {
    return [...this.#lists.keys()].sort((a, b) => a - b);
  }

  /** Reads the next entry; answers what it may not say. */
  push(bytes: Bytes): Fault | null {
    const index = this.size;
    this.tree.push(leafHash(bytes));
    const entry = parseEntry(bytes);
    this.#digests.push(typeof entry === 'string' ? NO_DIGEST : entry.digest);
    this.#times.push(typeof entry === 'string' ? this.#at : entry.at);
    if (typeof entry === 'string') return entry;
    const wentBack = entry.at < this.#at;
    this.#at = Math.max(this.#at, entry.at);
    const lawful = this.#take(entry, index);
    if (wentBack) return 'time_went_back';
    return lawful ? null : 'status_unlawful';
  }

  /** Whether the first entries are the tree of `head`. */
  beginsWith(head: TreeHead): boolean {
    return head.size <= this.size && equal(rootAt(this.tree, head.size), head.root);
  }

  /** The index of the entry with this digest, or −1. */
  indexOf(digest: Hash): number {
    return this.#digests.indexOf(digest);
  }

  /** The digest that the entry states, or null where there is none. */
  digestAt(index: number): Hash | null {
    return this.#digests.get(index);
  }

  /** When the entry was logged, in Unix milliseconds; one that says no time has that of the one before. */
  timeAt(index: number): number {
    return this.#times[index] ?? this.#at;
  }

  /** The changes of one list, in the log's order. */
  changesOf(list: number): readonly Change[] {
    return this.#lists.get(list) ?? [];
  }

  /** A list as the log had it then: two bits a slot, as status lists pack them. */
  list(number: number, until: Until): Bytes {
    const bits = new Uint8Array(SLOTS_PER_LIST / 4).fill(0xff);
    const covers = (change: Change) => ('size' in until ? change.index < until.size : change.at <= until.at);
    for (const { slot, status } of this.changesOf(number).filter(covers)) {
      const shift = (slot.idx % 4) * 2;
      const byte = Math.floor(slot.idx / 4);
      bits[byte] = ((bits[byte] ?? 0) & ~(3 << shift)) | (status << shift);
    }
    return bits;
  }

  #take(entry: Entry, index: number): boolean {
    if (entry.kind === 'act') {
      this.acts.push(entry.at);
      return true;
    }
    const { at, slot, status, exp } = entry;
    const place = slot.list * SLOTS_PER_LIST + slot.idx;
    const before = this.#slots.get(place) ?? UNREGISTERED;
    // A status that is not lawful counts nevertheless: it is what the log says.
    this.#slots.set(place, status);
    this.#note({ index, at, slot, status, exp });
    if (before === UNREGISTERED) return status === 0 && exp !== null;
    return before !== REVOKED && exp === null;
  }

  #note(change: Change): void {
    this.changes.push(change);
    const list = this.#lists.get(change.slot.list);
    if (list === undefined) this.#lists.set(change.slot.list, [change]);
    else list.push(change);
  }
}

/** The status of a slot in packed bits. */
export function statusAt(bits: Uint8Array, idx: number): number {
  return ((bits[Math.floor(idx / 4)] ?? 0xff) >> ((idx % 4) * 2)) & 3;
}
