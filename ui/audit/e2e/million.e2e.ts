// A log of a million entries: the explorer asks for the few files around what it shows. How long that took is
// printed, never judged.
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '../../e2e/browser';
import { LongLog } from './longLog';
import { Visitor } from './visitor';

const ENTRIES = 1_000_000;
const PAGES = process.env.ASSENT_AUDIT_PAGES ?? join(import.meta.dirname, '..', 'dist');
/** Files of a jump at most: a bundle and its neighbour, each with the tiles above it, and those of the right edge. */
const FILES_OF_A_JUMP = 8;

let log: LongLog;
let served: Awaited<ReturnType<LongLog['serve']>>;
let browser: Browser;

beforeAll(async () => {
  log = new LongLog(ENTRIES);
  served = await log.serve(PAGES);
  browser = await launch();
});

afterAll(async () => {
  // What was never started need not be stopped.
  await (browser as Browser | undefined)?.close();
  (served as Awaited<ReturnType<LongLog['serve']>> | undefined)?.close();
});

test('a million entries are looked through with a few files at a time', async () => {
  const visitor = await Visitor.arrive(browser);
  const { page } = visitor;
  let asked = 0;
  page.on('request', () => (asked += 1));
  const measured = async (what: string, act: () => Promise<unknown>): Promise<number> => {
    const [before, start] = [asked, performance.now()];
    await act();
    console.info(`${what}: ${(asked - before).toString()} requests, ${Math.round(performance.now() - start).toString()} ms`);
    return asked - before;
  };
  await measured('the first visit', () => visitor.pin(served.url, log.vkey));
  await measured('the log opens', async () => {
    await visitor.go('The log');
    await page.getByText('It leads to the signed root.').waitFor();
  });
  for (const index of [500_000, 17, 999_999, 730_211]) {
    const files = await measured(`entry ${index.toString()}`, async () => {
      await page.getByLabel('Go to entry').fill(index.toString());
      await page.getByRole('button', { name: 'Go', exact: true }).click();
      await page.getByRole('heading', { name: `Entry ${index.toLocaleString('en-GB')}`, exact: true }).waitFor();
      await page.getByText('It leads to the signed root.').waitFor();
      await page.getByText('Fetching…').waitFor({ state: 'detached' });
    });
    expect(files).toBeLessThanOrEqual(FILES_OF_A_JUMP);
    expect(await page.getByRole('option').count()).toBeLessThan(20);
  }
  await visitor.picture('million');
  await visitor.leave();
});
