// What an auditor sees: an honest log passes, and a tampered tile, a rewritten entry, a fork and a flipped bit
// are each caught by the page.
import { createPrivateKey, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { deflateSync, inflateSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launch } from '../../e2e/browser';
import { Verifier } from '../../e2e/programs';
import { County } from './county';
import { Proxy } from './proxy';
import { PAGES, Visitor } from './visitor';

let county: County;
let browser: Browser;
let proxy: Proxy;
let visitor: Visitor;
let page: Page;
let revoked: string;
let kept: string;

beforeAll(async () => {
  county = await County.open();
  await county.resident('gwen');
  revoked = await county.grant('gwen');
  kept = await county.grant('gwen');
  await county.wallet('gwen', ['suspend', kept]);
  await county.wallet('gwen', ['resume', kept]);
  await county.wallet('gwen', ['revoke', revoked]);
  proxy = await Proxy.before(county.verifier.url);
  browser = await launch();
});

afterAll(async () => {
  // What was never started need not be stopped.
  await (browser as Browser | undefined)?.close();
  await (proxy as Proxy | undefined)?.close();
  await (county as County | undefined)?.close();
});

beforeEach(async () => {
  visitor = await Visitor.arrive(browser);
  ({ page } = visitor);
});

afterEach(async () => {
  await visitor.leave();
  proxy.behave();
  proxy.target = county.verifier.url;
});

function pin(witnesses = ''): Promise<void> {
  return visitor.pin(proxy.url, county.vkey, witnesses);
}

const readAll = () => visitor.readAll();
const verdict = () => visitor.verdict();
const codes = () => visitor.codes();
const go = (name: string) => visitor.go(name);

describe('an honest log', () => {
  test('holds in every part, on every page, without a complaint of the browser', async () => {
    await pin();
    await expect.poll(verdict).toBe('So far, everything holds');
    await readAll();
    expect(await verdict()).toBe('Everything holds');
    expect(await codes()).toEqual([]);
    for (const name of PAGES) await go(name);
    expect(visitor.complaints).toEqual([]);
  });

  test('is still consistent at the next visit, when it has grown', async () => {
    await pin();
    await expect.poll(verdict).toBe('So far, everything holds');
    await county.wallet('gwen', ['suspend', kept]);
    await county.wallet('gwen', ['resume', kept]);
    await page.reload();
    await page.getByText('It only grew').waitFor();
    expect(await verdict()).toBe('So far, everything holds');
  });

  test('answers whether a consent was in force, from its token', async () => {
    const { token } = await county.wallet<{ token: string }>('gwen', ['token', revoked]);
    await pin();
    await go('In force?');
    await page.getByRole('button', { name: 'Read the whole log' }).click();
    await page.getByLabel('Token, receipt or proof').fill(token);
    await page.getByRole('button', { name: 'Answer' }).click();
    await page.getByRole('heading', { name: 'No: it had been taken back' }).waitFor();
    await page.getByLabel('At what time? (UTC)').fill('2020-01-01T00:00:00');
    await page.getByRole('button', { name: 'Answer' }).click();
    await page.getByRole('heading', { name: 'No: it was not registered yet' }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download a proof' }).click();
    const proof = await readFile((await (await download).path()), 'utf8');
    expect(proof.startsWith('c2sp.org/tlog-proof@v1\nextra ')).toBe(true);
  });

  test('answers from what the wallet shows, and refuses what proves nothing', async () => {
    const shown = JSON.stringify(await county.wallet('gwen', ['show', kept]));
    await pin();
    await go('In force?');
    await page.getByRole('button', { name: 'Read the whole log' }).click();
    await page.getByLabel('Token, receipt or proof').fill(shown);
    await page.getByRole('button', { name: 'Answer' }).click();
    await page.getByRole('heading', { name: 'Yes: it was in force' }).waitFor();
    expect(await visitor.picture('answer')).toEqual([]);
    await page.getByLabel('Token, receipt or proof').fill('nothing of the kind');
    await page.getByRole('button', { name: 'Answer' }).click();
    await page.getByText('There is no token and no proof in this text.').waitFor();
  });

  test('can be walked through by keyboard', async () => {
    await pin();
    await go('The log');
    const list = page.getByRole('listbox');
    await list.focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('heading', { name: 'Entry 1', exact: true }).waitFor();
    await page.getByText('It leads to the signed root.').waitFor();
    await page.keyboard.press('End');
    expect(await list.getByRole('option', { selected: true }).getAttribute('aria-posinset')).not.toBe('2');
  });

  test.each(['light', 'dark'] as const)('has no faults that axe can find, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${proxy.url}/audit/`);
    expect(await visitor.picture(`${colorScheme}-pin`)).toEqual([]);
    await pin();
    await readAll();
    for (const name of PAGES) {
      await go(name);
      expect(await visitor.picture(`${colorScheme}-${named(name)}`), name).toEqual([]);
    }
  });
});

test.each([320, 360])('every page fits a screen of %i pixels, in both languages', async (width) => {
  await page.setViewportSize({ width, height: 640 });
  await pin();
  await readAll();
  for (const name of PAGES) {
    await go(name);
    expect(await visitor.width(), name).toBe(width);
    expect(await visitor.picture(`${width.toString()}-en-${named(name)}`), name).toEqual([]);
    await page.getByRole('button', { name: 'Cymraeg' }).click();
    expect(await visitor.width(), `${name}, in Welsh`).toBe(width);
    await visitor.picture(`${width.toString()}-cy-${named(name)}`);
    await page.getByRole('button', { name: 'English' }).click();
  }
});

/** A page's name as a file's. */
function named(page: string): string {
  return page.toLowerCase().replaceAll(/\W+/g, '-');
}

describe('a verifier that cheats is caught', () => {
  const flip = (at: number) => (body: Buffer) => {
    const changed = Buffer.from(body);
    changed[at] = (changed[at] ?? 0) ^ 1;
    return changed;
  };

  test('a tampered hash tile', async () => {
    await pin();
    await expect.poll(verdict).toBe('So far, everything holds');
    proxy.tamper(/^\/log\/tile\/0\//, flip(3));
    await readAll();
    expect(await verdict()).toBe('Something does not hold');
    expect(await codes()).toEqual(['tile_mismatch']);
    // Damaged tiles prove nothing about growth: nobody is accused of a fork.
    await county.wallet('gwen', ['suspend', kept]);
    await county.wallet('gwen', ['resume', kept]);
    await page.reload();
    await expect.poll(verdict).toBe('Something does not hold');
    expect(await codes()).toEqual(['tile_mismatch']);
    await go('The log');
    await page.getByText('It does not lead to the signed root.').waitFor();
  });

  test('a rewritten entry', async () => {
    await pin();
    proxy.tamper(/^\/log\/tile\/entries\//, (body) => Buffer.from(body.toString('latin1').replace('"status":1', '"status":2'), 'latin1'));
    await readAll();
    expect(await verdict()).toBe('Something does not hold');
    expect(await codes()).toContain('root_mismatch');
    await page.getByRole('button', { name: /^Download checkpoint-\d+-root.txt$/ }).waitFor();
  });

  test('a state that the pinned key did not sign', async () => {
    await pin();
    await expect.poll(verdict).toBe('So far, everything holds');
    proxy.tamper(/^\/log\/checkpoint$/, (body) => Buffer.from(body.toString().replace(/\n(\d+)\n/, (_, size) => `\n${(Number(size) + 1).toString()}\n`)));
    await page.reload();
    await expect.poll(verdict).toBe('Something does not hold');
    expect(await codes()).toEqual(['checkpoint_unsigned']);
  });

  test('two histories under the same key, with both states to download', async () => {
    const other = await Verifier.serve(await county.copy('other'));
    try {
      await county.admit('elsewhere', 'https://elsewhere.example', other.data);
      await county.admit('housing', 'https://housing.example');
      await pin();
      await expect.poll(verdict).toBe('So far, everything holds');
      proxy.target = other.url;
      await page.reload();
      await expect.poll(verdict).toBe('The log was rewritten');
      expect(await codes()).toEqual(['log_forked']);
      expect(await visitor.picture('forked')).toEqual([]);
      const names = await page.getByRole('button', { name: /^Download checkpoint/ }).allInnerTexts();
      expect(names).toHaveLength(2);
      // What was seen first stays the measure: the fork is told again, and honesty is recognised.
      await page.reload();
      await expect.poll(verdict).toBe('The log was rewritten');
      proxy.target = county.verifier.url;
      await page.reload();
      await expect.poll(verdict).toBe('So far, everything holds');
    } finally {
      await other.stop();
    }
  });

  test('a log that is shorter than before', async () => {
    const other = await Verifier.serve(await county.copy('shorter'));
    try {
      await county.admit('parks', 'https://parks.example');
      await pin();
      await expect.poll(verdict).toBe('So far, everything holds');
      proxy.target = other.url;
      await page.reload();
      await expect.poll(verdict).toBe('The log was rewritten');
      expect(await codes()).toEqual(['log_rolled_back']);
    } finally {
      await other.stop();
    }
  });

  test('a flipped status bit, signed by the verifier itself', async () => {
    const seed = await county.statusSeed();
    await pin();
    proxy.tamper(/^\/v1\/status\/0(\?|$)/, (body) => resigned(body, seed));
    await go('Check a list');
    await readAll();
    expect(await verdict()).toBe('The list says something else than the log');
    expect(await codes()).toContain('list_mismatch');
    const differing = page.getByRole('region', { name: 'The list says something else than the log' }).locator('tbody tr');
    expect(await differing.count()).toBe(1);
    expect(await visitor.picture('flipped')).toEqual([]);
  });

  test('a flipped status bit that nobody signed', async () => {
    await pin();
    proxy.tamper(/^\/v1\/status\/0(\?|$)/, (body) => Buffer.from(body.toString().replace(/\.(.{200})./, '.$1A')));
    await readAll();
    expect(await codes()).toContain('list_unsigned');
  });
});

/** The list with the first revoked place set back to valid, under a good signature. */
function resigned(token: Buffer, seed: Buffer): Buffer {
  const [header = '', payload = ''] = token.toString().split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { status_list: { lst: string } };
  const bits = inflateSync(Buffer.from(claims.status_list.lst, 'base64url'));
  for (let slot = 0; slot < bits.length * 4; slot += 1) {
    const [byte, shift] = [Math.floor(slot / 4), (slot % 4) * 2];
    if ((((bits[byte] ?? 0) >> shift) & 3) !== 1) continue;
    bits[byte] = (bits[byte] ?? 0) & ~(3 << shift);
    break;
  }
  claims.status_list.lst = deflateSync(bits).toString('base64url');
  const input = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  // PKCS #8 around an Ed25519 seed (RFC 8410, section 7).
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const signature = sign(null, Buffer.from(input), createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  return Buffer.from(`${input}.${signature.toString('base64url')}`);
}
