// What a verifier tells an admitted auditor beyond its public files (PROTOCOL section 6): a bearer token for a
// client assertion, and the bodies behind the entries, page by page.
import type { Bytes } from '../log/bytes';
import { fromUtf8 } from '../log/bytes';
import type { Json } from './json';
import { members, strictJson } from './json';
import { AuditError, bodyOf } from './source';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** The JWS behind one entry. */
export interface Body {
  index: number;
  jws: string;
}

/** Bodies in the log's order, and where the next page begins; null on the last. */
export interface BodyPage {
  bodies: Body[];
  next: number | null;
}

/** Where an auditor shows a key and is answered. */
export interface Desk {
  /** A bearer token for a signed assertion (RFC 7523). */
  signIn: (assertion: string) => Promise<string>;
  /** The bodies of the entries from `from` up to, and without, `to`. */
  bodies: (from: number, to: number, bearer: string) => Promise<BodyPage>;
}

/** The desk of the verifier at a URL that ends in a slash. */
export class HttpDesk implements Desk {
  readonly #base: URL;

  constructor(base: URL) {
    this.#base = base;
  }

  /** @inheritdoc */
  async signIn(assertion: string): Promise<string> {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: assertion,
    });
    const answer = members(await this.#ask('token', { method: 'POST', body }));
    if (typeof answer?.access_token !== 'string') throw new AuditError('unreachable');
    return answer.access_token;
  }

  /** @inheritdoc */
  async bodies(from: number, to: number, bearer: string): Promise<BodyPage> {
    const path = `v1/audit/statements?from=${from.toString()}&to=${to.toString()}`;
    const page = readPage(await this.#ask(path, { headers: { Authorization: `Bearer ${bearer}` } }));
    if (page === null) throw new AuditError('unreachable');
    return page;
  }

  async #ask(path: string, init: RequestInit): Promise<Json | undefined> {
    const how: RequestInit = { ...init, cache: 'no-store', credentials: 'omit', redirect: 'error' };
    const response = await fetch(new URL(path, this.#base), how).catch(() => null);
    if (response === null) throw new AuditError('unreachable');
    if ([400, 401, 403].includes(response.status)) throw new AuditError('not_admitted');
    if (response.status !== 200) throw new AuditError('unreachable');
    const bytes: Bytes = await bodyOf(response);
    return strictJson(fromUtf8(bytes) ?? '');
  }
}

function readPage(answer: Json | undefined): BodyPage | null {
  const page = members(answer);
  if (page === null || !Array.isArray(page.statements)) return null;
  const bodies = page.statements.flatMap((value) => {
    const body = members(value);
    return typeof body?.index === 'number' && typeof body.jws === 'string' ? [{ index: body.index, jws: body.jws }] : [];
  });
  return { bodies, next: typeof page.next === 'number' ? page.next : null };
}
