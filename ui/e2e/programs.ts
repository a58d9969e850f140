// The built programs, each as a process of its own.
import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

export const run = promisify(execFile);
const PROGRAMS = process.env.ASSENT_PROGRAMS ?? join(import.meta.dirname, '..', '..', 'target', 'debug');
const ENDING = process.platform === 'win32' ? '.exe' : '';

/** Where a program is. */
export function program(name: string): string {
  return join(PROGRAMS, `${name}${ENDING}`);
}

/** Runs `assent` and reads its answer. */
export async function assent<T>(words: string[], environment: Record<string, string> = {}): Promise<T> {
  const { stdout } = await run(program('assent'), [...words, '--json'], { env: { ...process.env, ...environment } });
  return JSON.parse(stdout) as T;
}

/** Runs `assent-verifier` on a folder and reads its answer. */
export async function operator<T>(data: string, words: string[]): Promise<T> {
  const { stdout } = await run(program('assent-verifier'), [...words, '--data', data, '--json']);
  return JSON.parse(stdout) as T;
}

/** A program that serves, and the line that it printed when it was ready. */
export class Serving {
  readonly said: string;
  readonly #process: ChildProcess;

  private constructor(said: string, process: ChildProcess) {
    this.said = said;
    this.#process = process;
  }

  static async start(name: string, words: string[]): Promise<Serving> {
    const child = spawn(program(name), words, { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: child.stdout })) return new Serving(line, child);
    throw new Error(`${name} did not start`);
  }

  /** Stops it and waits for its end. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGTERM');
    await ended;
  }
}

/** A verifier that serves, and the folder it serves from. */
export class Verifier {
  readonly url: string;
  readonly data: string;
  readonly #serving: Serving;

  private constructor(url: string, data: string, serving: Serving) {
    this.url = url;
    this.data = data;
    this.#serving = serving;
  }

  /** Serves a folder, on a free port unless one is named. */
  static async serve(data: string, port = 0): Promise<Verifier> {
    const words = ['serve', '--data', data, '--listen', `127.0.0.1:${port.toString()}`, '--json'];
    const serving = await Serving.start('assent-verifier', words);
    const { listening } = JSON.parse(serving.said) as { listening: string };
    return new Verifier(listening, data, serving);
  }

  async stop(): Promise<void> {
    await this.#serving.stop();
  }
}

/** A port that was free a moment ago: the address has to be known before the keys are made. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
