// A proxy that tampers with what a verifier serves, file by file.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Pages built here take the place of those in the program: for work on them without building it anew. */
const PAGES = process.env.ASSENT_AUDIT_PAGES;

/** What an answer is turned into. */
export type Tamper = (body: Buffer) => Buffer;

/** A server that hands on another one's answers, changed where it was told so. */
export class Proxy {
  /** The verifier that is asked; another one may take its place. */
  target: string;
  readonly #tampered: { path: RegExp; tamper: Tamper }[] = [];
  readonly #server: Server;

  private constructor(target: string) {
    this.target = target;
    this.#server = createServer((request, response) => {
      this.#answer(request).then(
        ({ status, headers, body }) => response.writeHead(status, headers).end(body),
        () => response.writeHead(502).end(),
      );
    });
  }

  /** Listens on a free port. */
  static async before(target: string): Promise<Proxy> {
    const proxy = new Proxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port.toString()}`;
  }

  /** From now on, answers to these paths are changed. */
  tamper(path: RegExp, tamper: Tamper): void {
    this.#tampered.push({ path, tamper });
  }

  /** From now on, nothing is changed. */
  behave(): void {
    this.#tampered.length = 0;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage) {
    const path = request.url ?? '/';
    const asked = await this.#ask(request, path);
    const page = PAGES === undefined ? null : await pageOf(PAGES, path);
    // The policy that the program serves its own pages with holds for these too.
    const answer = page === null ? asked : await fetch(`${this.target}/audit/`);
    let body: Buffer = page?.body ?? Buffer.from(await answer.arrayBuffer());
    for (const one of this.#tampered) if (one.path.test(path)) body = one.tamper(body);
    const skipped = ['content-length', 'content-encoding', 'transfer-encoding', 'connection', 'keep-alive'];
    const headers = Object.fromEntries([...answer.headers].filter(([name]) => !skipped.includes(name)));
    return { status: answer.status, headers: { ...headers, ...page?.headers }, body };
  }

  async #ask(request: IncomingMessage, path: string): Promise<Response> {
    const headers = Object.fromEntries(
      ['authorization', 'content-type'].flatMap((name) => {
        const value = request.headers[name];
        return typeof value === 'string' ? [[name, value]] : [];
      }),
    );
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = parts.length === 0 ? {} : { body: Buffer.concat(parts) };
    return fetch(`${this.target}${path}`, { method: request.method ?? 'GET', redirect: 'manual', headers, ...body });
  }
}

const TYPES: Record<string, string> = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };

/** A file of pages that were built into a folder; null where the path is none of theirs. */
export async function pageOf(folder: string, path: string): Promise<{ body: Buffer; headers: Record<string, string> } | null> {
  const name = /^\/audit\/([\w./-]*)$/.exec(path)?.[1];
  if (name === undefined) return null;
  const file = name === '' ? 'index.html' : name;
  const type = TYPES[file.split('.').pop() ?? ''] ?? 'application/octet-stream';
  return { body: await readFile(join(folder, file)), headers: { 'content-type': type } };
}
