// A proxy that tampers with what a verifier serves, file by file.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

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
      this.#answer(request.url ?? '/').then(
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

  async #answer(path: string) {
    const answer = await fetch(`${this.target}${path}`, { redirect: 'manual' });
    let body: Buffer = Buffer.from(await answer.arrayBuffer());
    for (const one of this.#tampered) if (one.path.test(path)) body = one.tamper(body);
    const skipped = ['content-length', 'content-encoding', 'transfer-encoding', 'connection', 'keep-alive'];
    const headers = Object.fromEntries([...answer.headers].filter(([name]) => !skipped.includes(name)));
    return { status: answer.status, headers, body };
  }
}
