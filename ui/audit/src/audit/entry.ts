// Log entries (PROTOCOL section 5): RFC 8785 JSON of one of two shapes. What is not exactly what the verifier
// may write is refused.
import type { Bytes } from '../log/bytes';
import { fromUtf8, toBase64Url } from '../log/bytes';
import type { Hash } from '../log/hash';
import { hashFromBase64Url } from '../log/hash';
import type { Json } from './json';
import { members, strictJson } from './json';

/** Slots in one status list (PROTOCOL section 3). */
export const SLOTS_PER_LIST = 2 ** 20;
/** Status lists of one verifier at most; an entry of a few bytes can make nobody set memory aside for more. */
export const LISTS_AT_MOST = 2 ** 12;

/** A place in the status lists. */
export interface Slot {
  list: number;
  idx: number;
}

/** What changes a status, or every other act. Times in Unix milliseconds, `exp` in seconds. */
export type Entry =
  | { kind: 'status'; at: number; digest: Hash; exp: number | null; slot: Slot; status: 0 | 1 | 2 }
  | { kind: 'act'; at: number; digest: Hash };

/** Why the bytes are no entry: another shape, or the right members written otherwise. */
export type EntryFault = 'entry_malformed' | 'entry_not_canonical';

const MEMBERS = ['at', 'digest', 'exp', 'kind', 'slot', 'status', 'v'];
const I64 = 2 ** 63;

/** Reads an entry and holds it to the canonical form. */
export function parseEntry(bytes: Bytes): Entry | EntryFault {
  const text = fromUtf8(bytes);
  const value = text === null ? null : members(strictJson(text));
  const entry = value === null ? null : shaped(value);
  if (entry === null) return 'entry_malformed';
  return formatEntry(entry) === text ? entry : 'entry_not_canonical';
}

/** Writes an entry as it is hashed: RFC 8785 canonical JSON. */
export function formatEntry(entry: Entry): string {
  const at = String(entry.at);
  const digest = `sha256:${toBase64Url(entry.digest)}`;
  if (entry.kind === 'act') return `{"at":${at},"digest":"${digest}","kind":"act","v":1}`;
  const exp = entry.exp === null ? '' : `"exp":${String(entry.exp)},`;
  const slot = `[${String(entry.slot.list)},${String(entry.slot.idx)}]`;
  return `{"at":${at},"digest":"${digest}",${exp}"kind":"status","slot":${slot},"status":${String(entry.status)},"v":1}`;
}

function shaped(value: Record<string, Json>): Entry | null {
  const { at, v, kind } = value;
  const digest = typeof value.digest === 'string' ? digestOf(value.digest) : null;
  const exp = value.exp ?? null;
  const isKnown = Object.keys(value).every((name) => MEMBERS.includes(name));
  if (!isKnown || !isWhole(at) || digest === null || v !== 1 || (exp !== null && !isWhole(exp))) return null;
  if (kind === 'act') return (value.slot ?? value.status ?? exp) === null ? { kind, at, digest } : null;
  const slot = slotOf(value.slot);
  const { status } = value;
  if (kind !== 'status' || slot === null || (status !== 0 && status !== 1 && status !== 2)) return null;
  return { kind, at, digest, exp, slot, status };
}

function slotOf(value: Json | undefined): Slot | null {
  if (!Array.isArray(value) || value.length !== 2) return null;
  const [list, idx] = value;
  const isIn = (number: Json | undefined, end: number): number is number => isWhole(number) && number >= 0 && number < end;
  return isIn(list, LISTS_AT_MOST) && isIn(idx, SLOTS_PER_LIST) ? { list, idx } : null;
}

function digestOf(text: string): Hash | null {
  return text.startsWith('sha256:') ? hashFromBase64Url(text.slice('sha256:'.length)) : null;
}

function isWhole(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= -I64 && value < I64;
}
