// What the pages say where there is little to say: an empty log, no answer, a browser that cannot check; and a
// checkpoint that witnesses signed too, truly or not.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launch } from '../../e2e/browser';
import { Verifier, freePort, operator } from '../../e2e/programs';
import { Proxy } from './proxy';
import { PAGES, Visitor } from './visitor';

const WITNESS = 'witness.example/w1';

let folder: string;
let vkey: string;
let verifier: Verifier;
let browser: Browser;
let proxy: Proxy;
let visitor: Visitor;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assent-audit-'));
  const port = await freePort();
  const data = join(folder, 'verifier');
  ({ log_vkey: vkey } = await operator<{ log_vkey: string }>(data, ['init', '--issuer', `http://127.0.0.1:${port.toString()}`]));
  verifier = await Verifier.serve(data, port);
  proxy = await Proxy.before(verifier.url);
  browser = await launch();
});

afterAll(async () => {
  // What was never started need not be stopped.
  await (browser as Browser | undefined)?.close();
  await (proxy as Proxy | undefined)?.close();
  await (verifier as Verifier | undefined)?.stop();
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  visitor = await Visitor.arrive(browser);
});

afterEach(async () => {
  await visitor.leave();
  proxy.behave();
});

test('an empty log holds, and every page says that there is nothing yet', async () => {
  await visitor.pin(proxy.url, vkey);
  await visitor.readAll();
  expect(await visitor.verdict()).toBe('Everything holds');
  for (const name of PAGES) {
    await visitor.go(name);
    expect(await visitor.picture(`empty-${name.toLowerCase().replaceAll(/\W+/g, '-')}`), name).toEqual([]);
  }
  expect(visitor.complaints).toEqual([]);
});

test('no answer is no verdict', async () => {
  await visitor.pin(proxy.url, vkey);
  await expect.poll(() => visitor.verdict()).toBe('So far, everything holds');
  await visitor.context.route(/\/(log|v1|\.well-known)\//, (route) => route.abort());
  await visitor.page.reload();
  await visitor.page.getByText('Nothing is known to be wrong.').waitFor();
  expect(await visitor.picture('unreachable')).toEqual([]);
  await visitor.context.unroute(/\/(log|v1|\.well-known)\//);
  await visitor.page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => visitor.verdict()).toBe('So far, everything holds');
});

test('a browser without Ed25519 says so, and believes nothing', async () => {
  await visitor.context.addInitScript(() => {
    const { subtle } = crypto;
    const known = subtle.importKey.bind(subtle) as (...given: unknown[]) => Promise<CryptoKey>;
    const importKey = (...given: unknown[]) =>
      given[2] === 'Ed25519' ? Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError')) : known(...given);
    Object.defineProperty(subtle, 'importKey', { value: importKey });
  });
  await visitor.page.goto(`${proxy.url}/audit/`);
  await visitor.page.getByLabel('Log key').fill(vkey);
  await visitor.page.getByRole('button', { name: 'Pin this key' }).click();
  await visitor.page.getByText('This browser cannot check signatures here.').waitFor();
  expect(await visitor.picture('no-ed25519')).toEqual([]);
});

describe('a checkpoint with a witness', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const typed = Buffer.concat([Buffer.from([0x04]), raw]);
  const id = createHash('sha256').update(`${WITNESS}\n`).update(typed).digest().subarray(0, 4);
  const witness = `${WITNESS}+${id.toString('hex')}+${typed.toString('base64')}`;

  test('shows who cosigned it and when', async () => {
    proxy.tamper(/^\/log\/checkpoint$/, (note) => cosigned(note, id, privateKey));
    await visitor.pin(proxy.url, vkey, witness);
    await visitor.page.getByText(`${WITNESS}, at 15 Jan 2027, 08:00:00 UTC`).waitFor();
    expect(await visitor.verdict()).toBe('So far, everything holds');
  });

  test('is refused where the witness did not sign it', async () => {
    const stranger = generateKeyPairSync('ed25519').privateKey;
    proxy.tamper(/^\/log\/checkpoint$/, (note) => cosigned(note, id, stranger));
    await visitor.pin(proxy.url, vkey, witness);
    await expect.poll(() => visitor.verdict()).toBe('Something does not hold');
    expect(await visitor.codes()).toEqual(['checkpoint_unsigned']);
    expect(await visitor.picture('unsigned')).toEqual([]);
  });
});

/** The note with a cosignature of a fixed time (C2SP tlog-cosignature, version 1). */
function cosigned(note: Buffer, id: Buffer, key: KeyObject): Buffer {
  const text = note.toString();
  const body = text.slice(0, text.indexOf('\n\n') + 1);
  const time = 1_800_000_000n;
  const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${time.toString()}\n${body}`), key);
  const stamp = Buffer.alloc(8);
  stamp.writeBigUInt64BE(time);
  return Buffer.from(`${text}— ${WITNESS} ${Buffer.concat([id, stamp, signature]).toString('base64')}\n`);
}
