// A status list token (draft-ietf-oauth-status-list, JWT form): its claims, and its list, inflated only up to
// a bound. A list past its `exp` never answers: no clock skew is given there.
import type { Bytes } from '../log/bytes';
import { fromBase64Url } from '../log/bytes';
import { SLOTS_PER_LIST } from './entry';
import type { Json } from './json';
import { members } from './json';
import type { Compact, PublicKey } from './jws';
import { isSignedBy, parseCompact } from './jws';

/** How far in the future `iat` may lie, in seconds. */
const CLOCK_SKEW = 60;
/** A list of 2^20 slots of two bits, uncompressed, in bytes. */
const LIST_LENGTH = SLOTS_PER_LIST / 4;
/** Incompressible bits in base64, with room for the claims. */
const TOKEN_MAX_LENGTH = LIST_LENGTH * 2;

/** Why a status list is refused. */
export type ListFault =
  | 'malformed'
  | 'bad_signature'
  | 'wrong_subject'
  | 'not_yet_issued'
  | 'expired'
  | 'empty_lifetime'
  | 'bad_time_to_live'
  | 'unreadable'
  | 'other_shape';

/** What a list says about itself; times in Unix seconds. */
export interface ListClaims {
  sub: string;
  iat: number;
  exp: number;
  ttl: number | null;
  bits: 1 | 2 | 4 | 8;
  lst: string;
}

/** A list whose signature and claims held. */
export interface VerifiedList {
  claims: ListClaims;
  list: Bytes;
}

/** Verifies a status list token for `uri`, fresh at `now`. */
export async function verifyList(
  compact: string,
  uri: string,
  keys: readonly PublicKey[],
  now: number,
): Promise<VerifiedList | ListFault> {
  const jws = parseList(compact);
  if (jws === null || !(await isSignedBy(jws, keys))) return 'bad_signature';
  const claims = readClaims(jws.claims);
  if (claims === null) return 'malformed';
  const fault = checkClaims(claims, uri, now);
  if (fault !== null) return fault;
  if (claims.bits !== 2) return 'other_shape';
  const list = await inflateList(claims, LIST_LENGTH);
  return list === null ? 'unreadable' : { claims, list };
}

/** Whether the token is a list without `exp`, which could be shown for ever. */
export function lacksExp(compact: string): boolean {
  const jws = parseList(compact);
  return jws !== null && !('exp' in jws.claims);
}

function parseList(compact: string): Compact | null {
  return parseCompact(compact, 'statuslist+jwt', TOKEN_MAX_LENGTH);
}

/** Reads the claims; null where one is missing or of another type. */
export function readClaims(claims: Record<string, Json>): ListClaims | null {
  const { iss, sub, iat, exp, ttl } = claims;
  const list = members(claims.status_list);
  const bits = list?.bits;
  const lst = list?.lst;
  const isText = (value: Json | undefined) => value === undefined || value === null || typeof value === 'string';
  if (!isText(iss) || !isText(list?.aggregation_uri) || typeof sub !== 'string' || typeof lst !== 'string') return null;
  if (!isWhole(iat) || !isWhole(exp) || (ttl != null && !(isWhole(ttl) && ttl >= 0))) return null;
  if (bits !== 1 && bits !== 2 && bits !== 4 && bits !== 8) return null;
  return { sub, iat, exp, ttl: ttl ?? null, bits, lst };
}

/** Checks the claims of a list just fetched at `now` for the URI `uri`, after its signature. */
export function checkClaims(claims: ListClaims, uri: string, now: number): ListFault | null {
  if (claims.sub !== uri) return 'wrong_subject';
  if (claims.exp <= claims.iat) return 'empty_lifetime';
  if (claims.ttl === 0) return 'bad_time_to_live';
  if (claims.iat > now + CLOCK_SKEW) return 'not_yet_issued';
  return now >= claims.exp ? 'expired' : null;
}

/** Inflates a list of exactly `length` bytes; null where it is corrupt, cut off, followed by more or of another length. */
export async function inflateList(claims: ListClaims, length: number): Promise<Bytes | null> {
  const zlib = fromBase64Url(claims.lst);
  if (zlib === null) return null;
  const list = await inflate(zlib, length);
  // Not every engine refuses bytes after the end; a stream that is still whole without its last byte has some.
  const isWhole = (await inflate(zlib.slice(0, -1), length)) === null;
  return isWhole && list?.length === length ? list : null;
}

async function inflate(zlib: Bytes, maxLength: number): Promise<Bytes | null> {
  const { readable, writable } = new DecompressionStream('deflate');
  const writer = writable.getWriter();
  // A fault of the bytes is the reader's to tell.
  void writer.write(zlib).catch(() => undefined);
  void writer.close().catch(() => undefined);
  const reader = readable.getReader();
  const inflated = new Uint8Array(maxLength);
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return inflated.slice(0, length);
      if (length + value.length > maxLength) return null;
      inflated.set(value, length);
      length += value.length;
    }
  } catch {
    // The checksum is wrong, or the stream is cut off.
    return null;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function isWhole(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}
