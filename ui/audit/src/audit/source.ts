// What is fetched from a verifier, and how: plain GETs of its public files. What is missing is told apart from
// what could not be asked, and no answer is read further than its kind may be long.
import type { Bytes } from '../log/bytes';
import { concat, fromUtf8 } from '../log/bytes';
import type { TileId } from '../log/tile';
import { FULL_WIDTH, bundleEntries, tilePath } from '../log/tile';
import { HASH_LENGTH } from '../log/hash';
import { Refusal } from '../log/refusal';

/** 256 entries of at most 65,535 bytes, each behind its length. */
const MAX_LENGTH = FULL_WIDTH * (2 + 65_535);

/** A document that was there. */
export interface Document {
  bytes: Bytes;
  header: (name: string) => string | null;
}

/** Why an audit could not be made at all; what it finds wrong is a finding instead. */
export type AuditErrorCode = 'unreachable' | 'not_a_verifier' | 'not_admitted' | 'no_crypto' | 'storage' | 'too_large';

/** The auditor could not tell. Nothing is known to be wrong, and nothing is known to be right. */
export class AuditError extends Error {
  readonly code: AuditErrorCode;

  constructor(code: AuditErrorCode) {
    super(code);
    this.name = 'AuditError';
    this.code = code;
  }
}

/** Whether copies that the browser kept will do. */
export type Freshness = 'cached' | 'fresh';

/** A verifier's public files. */
export interface Source {
  /** A document, or null where the verifier says that there is none. */
  find: (path: string, freshness: Freshness) => Promise<Document | null>;
}

/** The public files of the verifier at a URL that ends in a slash. */
export class HttpSource implements Source {
  readonly #base: URL;

  constructor(base: URL) {
    this.#base = base;
  }

  /** @inheritdoc */
  async find(path: string, freshness: Freshness): Promise<Document | null> {
    const url = new URL(path.replace(/^\//, ''), this.#base);
    const cache = freshness === 'fresh' ? 'no-store' : 'default';
    const response = await fetch(url, { cache, credentials: 'omit', redirect: 'error' }).catch(() => null);
    if (response === null) throw new AuditError('unreachable');
    if ([404, 406, 410].includes(response.status)) return null;
    if (response.status !== 200) throw new AuditError('unreachable');
    const bytes = await bodyOf(response);
    return { bytes, header: (name) => response.headers.get(name) };
  }
}

/** A body, read no further than it may be long. */
export async function bodyOf(response: Response): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const part = await reader?.read();
      if (part === undefined || part.done) return concat(...parts);
      length += part.value.length;
      if (length > MAX_LENGTH) throw new AuditError('too_large');
      parts.push(part.value);
    }
  } catch (error) {
    throw error instanceof AuditError ? error : new AuditError('unreachable');
  } finally {
    await reader?.cancel().catch(() => undefined);
  }
}

/** A document's text; empty where it is none, which every reader refuses. */
export function textOf(document: Document): string {
  return fromUtf8(document.bytes) ?? '';
}

/** A hash tile, or the full one that took its place; null where it is not there or not of its length. */
export async function fetchTile(source: Source, id: TileId, freshness: Freshness): Promise<Bytes | null> {
  const fits = (bytes: Bytes, width: number) => bytes.length === width * HASH_LENGTH;
  const found = await source.find(`/log/${tilePath(id)}`, freshness);
  if (found !== null) return fits(found.bytes, id.width) ? found.bytes : null;
  if (id.width === FULL_WIDTH) return null;
  const full = await source.find(`/log/${tilePath({ ...id, width: FULL_WIDTH })}`, freshness);
  return full !== null && fits(full.bytes, FULL_WIDTH) ? full.bytes.slice(0, id.width * HASH_LENGTH) : null;
}

/** A bundle's entries, or null where they are not there or cut off. A partial one may have become a full one. */
export async function fetchBundle(source: Source, id: TileId, freshness: Freshness): Promise<Bytes[] | null> {
  const found = await source.find(`/log/${tilePath(id)}`, freshness);
  if (found !== null) return split(found.bytes, id.width);
  if (id.width === FULL_WIDTH) return null;
  const full = await source.find(`/log/${tilePath({ ...id, width: FULL_WIDTH })}`, freshness);
  return full === null ? null : (split(full.bytes, FULL_WIDTH)?.slice(0, id.width) ?? null);
}

function split(bytes: Bytes, width: number): Bytes[] | null {
  try {
    return bundleEntries(bytes, width);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
