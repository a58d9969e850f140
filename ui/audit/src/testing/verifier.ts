// A verifier in memory for the tests: its own keys, a log, a registry and status lists, served as files that a
// test may change before they are read.
import { deflateSync } from 'node:zlib';
import type { Entry } from '../audit/entry';
import { formatEntry } from '../audit/entry';
import { jwsDigest } from '../audit/jws';
import { Replay } from '../audit/replay';
import type { Document, Source } from '../audit/source';
import type { Bytes } from '../log/bytes';
import { concat, toBase64, toBase64Url, utf8 } from '../log/bytes';
import type { Hash } from '../log/hash';
import { EMPTY_ROOT, digest } from '../log/hash';
import { proveInclusion, rootAt } from '../log/merkle';
import { formatProof } from '../log/proof';
import { parseTilePath } from '../log/tile';

/** When the tests' verifier signs, in Unix milliseconds. */
export const NOW = 1_800_000_000_000;
export const ISSUER = 'https://verifier.example';
const ORIGIN = 'verifier.example/log';

interface Answer {
  body: Bytes;
  headers: Record<string, string>;
}

/** Changes an answer; null takes it away. */
export type Change = (answer: Answer) => Answer | null;

/** A key pair and its public half. */
export interface Key {
  pair: CryptoKeyPair;
  bytes: Bytes;
}

/** An honest verifier, until a test makes it another. */
export class FakeVerifier implements Source {
  entries: Bytes[] = [];
  registry = '';
  /** The bodies behind the entries, by index. */
  readonly bodies = new Map<number, string>();
  /** What the registry says of agencies. */
  agencies: unknown[] = [];
  readonly #changes: [RegExp, Change][] = [];
  #log!: Key;
  #status!: Key;
  #registrar!: Key;

  /** One with a registry and six entries: two consents, of which one is taken back and one paused and resumed. */
  static async open(): Promise<FakeVerifier> {
    const verifier = new FakeVerifier();
    [verifier.#log, verifier.#status, verifier.#registrar] = await Promise.all([newKey(), newKey(), newKey()]);
    await verifier.publishRegistry(1);
    verifier.set(1, 0, NOW / 1000 + 9999);
    verifier.set(2, 0, NOW / 1000 + 9999);
    verifier.set(1, 2);
    verifier.set(1, 0);
    verifier.set(2, 1);
    return verifier;
  }

  get vkey(): string {
    return `${ORIGIN}+${hex(this.#keyId())}+${toBase64(this.#typed())}`;
  }

  /** Logs a change of a place in list 0; answers the entry's index. */
  set(idx: number, status: 0 | 1 | 2, exp: number | null = null, token = `token ${idx.toString()}`): number {
    const at = NOW - 100_000 + this.entries.length * 10;
    return this.log({ kind: 'status', at, digest: jwsDigest(token), exp, slot: { list: 0, idx }, status });
  }

  log(entry: Entry): number {
    return this.entries.push(utf8(formatEntry(entry))) - 1;
  }

  /** Logs a body as an act, or as a change of a place's status; answers the entry's index. */
  act(jws: string, status: { idx: number; status: 0 | 1 | 2; exp: number | null } | null = null): number {
    const at = NOW - 100_000 + this.entries.length * 10;
    const digest = jwsDigest(jws);
    const slot = { list: 0, idx: status?.idx ?? 0 };
    const index = this.log(status === null ? { kind: 'act', at, digest } : { kind: 'status', at, digest, slot, status: status.status, exp: status.exp });
    this.bodies.set(index, jws);
    return index;
  }

  async publishRegistry(serial: number): Promise<void> {
    const claims = { iss: ISSUER, iat: NOW / 1000, serial, agencies: this.agencies, circles: [] };
    this.registry = await jwt('agency-registry+jwt', claims, this.#registrar);
    this.log({ kind: 'act', at: NOW - 100_000 + this.entries.length * 10, digest: jwsDigest(this.registry) });
  }

  /** From now on, answers to these paths are changed. */
  change(path: RegExp, change: Change): void {
    this.#changes.push([path, change]);
  }

  /** @inheritdoc */
  async find(path: string): Promise<Document | null> {
    let answer = await this.#answer(path);
    for (const [pattern, change] of this.#changes) if (answer !== null && pattern.test(path)) answer = change(answer);
    if (answer === null) return null;
    const { body, headers } = answer;
    return { bytes: body, header: (name) => headers[name] ?? null };
  }

  /** A receipt of the entry at an index, as the verifier hands it out. */
  async receipt(index: number): Promise<string> {
    const { tree } = this.#replay();
    const hashes = proveInclusion(tree, tree.size, index);
    const extra = this.entries[index] ?? new Uint8Array();
    return formatProof({ extra, index, hashes, checkpoint: await this.checkpoint() });
  }

  async checkpoint(): Promise<string> {
    const { tree } = this.#replay();
    const text = `${ORIGIN}\n${tree.size.toString()}\n${toBase64(rootAt(tree, tree.size))}\n`;
    const signed = new Uint8Array(await crypto.subtle.sign('Ed25519', this.#log.pair.privateKey, utf8(text)));
    return `${text}\n— ${ORIGIN} ${toBase64(concat(this.#keyId(), signed))}\n`;
  }

  /** A status list token over these bits, under the verifier's own key. */
  async list(bits: Bytes, claims: Record<string, unknown> = {}): Promise<string> {
    const lst = toBase64Url(deflateSync(bits));
    const [iat, sub] = [NOW / 1000, `${ISSUER}/v1/status/0`];
    const all = { iss: ISSUER, sub, iat, exp: iat + 86_400, ttl: 60, status_list: { bits: 2, lst }, ...claims };
    return jwt('statuslist+jwt', all, this.#status);
  }

  /** The bits that follow from the log. */
  bits(): Bytes {
    return this.#replay().list(0, { at: NOW });
  }

  async #answer(path: string): Promise<Answer | null> {
    if (path === '/.well-known/assent-verifier') return text(JSON.stringify(this.#metadata()));
    if (path === '/log/checkpoint') return text(await this.checkpoint());
    if (path === '/v1/registry') {
      const index = this.#replay().indexOf(jwsDigest(this.registry));
      if (index < 0) return null;
      return { ...text(this.registry), headers: { 'assent-proof': toBase64Url(utf8(await this.receipt(index))) } };
    }
    if (path === '/v1/status/0') return { ...text(await this.list(this.bits())), headers: this.#listHeaders() };
    return path.startsWith('/log/tile/') ? this.#tile(path.slice('/log/'.length)) : null;
  }

  #tile(path: string): Answer | null {
    const { level, index, width } = parseTilePath(path);
    if (level === 'entries') {
      const entries = this.entries.slice(index * 256, index * 256 + width);
      const framed = entries.flatMap((entry) => [Uint8Array.of(entry.length >> 8, entry.length & 255), entry]);
      return { body: concat(...framed), headers: {} };
    }
    const { tree } = this.#replay();
    const hashes = Array.from({ length: width }, (_, at): Hash => tree.subtree(level * 8, index * 256 + at) ?? EMPTY_ROOT);
    return { body: concat(...hashes), headers: {} };
  }

  #replay(): Replay {
    const replay = new Replay();
    for (const entry of this.entries) replay.push(entry);
    return replay;
  }

  #metadata() {
    const keys = [jwk(this.#status, 'status'), jwk(this.#registrar, 'registry')];
    return { issuer: ISSUER, jwks: { keys }, log_vkey: this.vkey };
  }

  #listHeaders(): Record<string, string> {
    return { etag: `"0-${this.entries.length.toString()}-1"`, 'cache-control': 'public, max-age=60' };
  }

  #typed(): Bytes {
    return concat(Uint8Array.of(1), this.#log.bytes);
  }

  #keyId(): Bytes {
    return digest(concat(utf8(`${ORIGIN}\n`), this.#typed())).slice(0, 4);
  }
}

/** Makes a key. */
export async function newKey(): Promise<Key> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  return { pair, bytes: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)) };
}

/** Signs claims as a compact JWS. */
export async function jwt(typ: string, claims: unknown, key: Key): Promise<string> {
  const part = (value: unknown) => toBase64Url(utf8(JSON.stringify(value)));
  const input = `${part({ typ, alg: 'EdDSA' })}.${part(claims)}`;
  const signature = await crypto.subtle.sign('Ed25519', key.pair.privateKey, utf8(input));
  return `${input}.${toBase64Url(new Uint8Array(signature))}`;
}

/** The public half as a JWK. */
export function publicJwk(key: Key) {
  return { kty: 'OKP', crv: 'Ed25519', x: toBase64Url(key.bytes) };
}

function jwk(key: Key, purpose: string) {
  return { ...publicJwk(key), use: 'sig', purpose };
}

function text(body: string): Answer {
  return { body: utf8(body), headers: {} };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
