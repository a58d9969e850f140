// A made log of as many entries as asked for, none of them kept: each is written again when its bundle is asked for.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Hash } from '../src/log/hash';
import type { HashReader } from '../src/log/merkle';
import { rootAt } from '../src/log/merkle';
import type { TileId } from '../src/log/tile';
import { FULL_WIDTH, parseTilePath } from '../src/log/tile';
import { pageOf } from './proxy';

const ORIGIN = 'long.example/log';
const START = 1_800_000_000_000;

export class LongLog implements HashReader {
  readonly size: number;
  /** The hashes of every height, one after the other. */
  readonly #heights: Buffer[] = [];
  readonly #key: KeyObject;
  readonly #typed: Buffer;

  constructor(size: number) {
    this.size = size;
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    this.#key = privateKey;
    this.#typed = Buffer.concat([Buffer.from([1]), publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)]);
    let row: Buffer = Buffer.alloc(size * 32);
    for (let index = 0; index < size; index += 1) sha256([0], entryAt(index)).copy(row, index * 32);
    for (; row.length >= 32; row = above(row)) this.#heights.push(row);
  }

  /** The log's key, as an auditor pins it. */
  get vkey(): string {
    return `${ORIGIN}+${this.#keyId().toString('hex')}+${this.#typed.toString('base64')}`;
  }

  /** @inheritdoc */
  subtree(height: number, index: number): Hash | null {
    const row = this.#heights[height];
    const hash = row?.subarray(index * 32, (index + 1) * 32);
    return hash?.length === 32 ? Uint8Array.from(hash) : null;
  }

  /** Serves the log and the pages that were built into a folder; answers the address. */
  async serve(pages: string): Promise<{ url: string; close: () => void }> {
    const server = createServer((request, response) => {
      const path = request.url ?? '/';
      void pageOf(pages, path).then((page) => {
        const body = page?.body ?? this.#answer(path);
        if (body === null) response.writeHead(404).end();
        else response.writeHead(200, page?.headers).end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port.toString()}`;
    return { url, close: () => server.close() };
  }

  #answer(path: string): Buffer | null {
    if (path === '/.well-known/assent-verifier') {
      return Buffer.from(JSON.stringify({ issuer: `https://${ORIGIN}`, jwks: { keys: [] }, log_vkey: this.vkey }));
    }
    if (path === '/log/checkpoint') return this.#checkpoint();
    return path.startsWith('/log/tile/') ? this.#tile(parseTilePath(path.slice('/log/'.length))) : null;
  }

  #checkpoint(): Buffer {
    const text = `${ORIGIN}\n${this.size.toString()}\n${Buffer.from(rootAt(this, this.size)).toString('base64')}\n`;
    const signature = Buffer.concat([this.#keyId(), sign(null, Buffer.from(text), this.#key)]);
    return Buffer.from(`${text}\n— ${ORIGIN} ${signature.toString('base64')}\n`);
  }

  #tile({ level, index, width }: TileId): Buffer | null {
    const at = Array.from({ length: width }, (_, offset) => index * FULL_WIDTH + offset);
    if (level === 'entries') return Buffer.concat(at.map((entry) => framed(entryAt(entry))));
    const hashes = this.#heights[level * 8]?.subarray(index * FULL_WIDTH * 32, (index * FULL_WIDTH + width) * 32);
    return hashes?.length === width * 32 ? hashes : null;
  }

  #keyId(): Buffer {
    return createHash('sha256').update(`${ORIGIN}\n`).update(this.#typed).digest().subarray(0, 4);
  }
}

/** One of the two shapes that an entry may have, the same at every call. */
function entryAt(index: number): Buffer {
  const at = (START + index * 10).toString();
  const digest = createHash('sha256').update(index.toString()).digest('base64url');
  return Buffer.from(`{"at":${at},"digest":"sha256:${digest}","kind":"act","v":1}`);
}

function framed(entry: Buffer): Buffer {
  return Buffer.concat([Buffer.from([entry.length >> 8, entry.length & 255]), entry]);
}

/** The parents of a row of hashes; the last has none where it stands alone. */
function above(row: Buffer): Buffer {
  const pairs = Math.floor(row.length / 64);
  const parents = Buffer.alloc(pairs * 32);
  for (let at = 0; at < pairs; at += 1) sha256([1], row.subarray(at * 64, (at + 1) * 64)).copy(parents, at * 32);
  return parents;
}

function sha256(mark: number[], bytes: Buffer): Buffer {
  return createHash('sha256').update(Uint8Array.from(mark)).update(bytes).digest();
}
