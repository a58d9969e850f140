// Every page, everywhere: narrow, with the largest words, in Welsh, from right to left, with words half as long
// again, and with the colours of the platform.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { faults } from '../../e2e/browser';
import type { Citizen } from './citizen';
import { newStage } from './stage';

const MESSAGES = join(import.meta.dirname, '..', 'messages');

const stage = newStage();
let citizen: Citizen;
let pages: string[];

const FIXED = [
  '/', '/information', '/information/import', '/information/add-file', '/information/item/home.address', '/information/item/health.allergies',
  '/information/item/needs.mobility', '/information/item/people.emergency_contacts', '/requests', '/share', '/sharing',
  '/sharing/stop-all', '/looked', '/card', '/offers', '/findings', '/settings', '/settings/passphrase',
  '/settings/recovery-phrase', '/settings/verifier', '/settings/delete-everything', '/more',
];
const OF_A_GRANT = ['', '/stop', '/narrow', '/receipt', '/proof'];
const PHONE = { width: 320, height: 640 };

beforeAll(async () => {
  citizen = await stage.settle('mared');
  await citizen.firstRun();
  await citizen.bringIn('mared-llwyd.wallet.json');
  await citizen.sayYes(await stage.county.request('ambulance-emergency'));
  await citizen.open('#/sharing');
  const grant = citizen.page.locator('main a[href^="#/sharing/"]:not([href*="stop"])').first();
  const address = ((await grant.getAttribute('href')) ?? '').slice(1);
  pages = [...FIXED, ...OF_A_GRANT.map((part) => address + part)];
});

afterEach(async () => {
  await citizen.page.emulateMedia({ forcedColors: 'none' });
  await citizen.reload();
  await citizen.page.locator('main h1').waitFor();
});

/** Opens each page in turn and looks at it once it has its answer. */
async function each(look: (page: string) => Promise<void>): Promise<void> {
  for (const page of pages) {
    await citizen.open(`#${page}`);
    await citizen.page.locator('main h1').waitFor();
    await citizen.page.locator('main .loading').waitFor({ state: 'detached' });
    await look(page);
  }
}

async function wide(): Promise<string[]> {
  const found: string[] = [];
  await each(async (page) => {
    const beyond = await citizen.overflow();
    if (beyond > 0) found.push(`${page}: ${beyond.toString()} px`);
  });
  return found;
}

const root = (change: (element: HTMLElement) => void) => citizen.page.evaluate(`(${change.toString()})(document.documentElement)`);

describe('no page reaches beyond its edge', () => {
  test('at 320 pixels, and axe finds nothing', async () => {
    await citizen.page.setViewportSize(PHONE);
    expect(await wide()).toEqual([]);
    const found: string[] = [];
    await each(async (page) => {
      found.push(...(await faults(citizen.page)).map((fault) => `${page}: ${fault}`));
    });
    expect(found).toEqual([]);
    await citizen.open('#/');
    await citizen.picture('home-phone');
    await citizen.open('#/settings');
    await citizen.picture('settings-phone');
    await citizen.open('#/more');
    await citizen.picture('more-phone');
  });

  test('at 320 pixels and at a desk, with words twice as large', async () => {
    await citizen.page.setViewportSize(PHONE);
    await root((element) => { element.dataset.text = '200'; });
    expect(await wide()).toEqual([]);
    await citizen.open('#/');
    await citizen.picture('home-phone-200');
    await citizen.page.setViewportSize({ width: 1280, height: 900 });
    expect(await wide()).toEqual([]);
    await citizen.open('#/');
    await citizen.picture('home-200');
  });

  test('from right to left', async () => {
    await root((element) => { element.dir = 'rtl'; });
    await citizen.page.setViewportSize(PHONE);
    expect(await wide()).toEqual([]);
    await citizen.page.setViewportSize({ width: 1280, height: 900 });
    expect(await wide()).toEqual([]);
    await citizen.open('#/information');
    await citizen.picture('information-rtl');
  });

  test('with words half as long again', async () => {
    await citizen.page.setViewportSize(PHONE);
    const found: string[] = [];
    await each(async (page) => {
      await citizen.page.evaluate(lengthen);
      const beyond = await citizen.overflow();
      if (beyond > 0) found.push(`${page}: ${beyond.toString()} px`);
    });
    expect(found).toEqual([]);
    await citizen.picture('longer-phone');
  });
});

test('with the platform’s own colours everything is still there', async () => {
  await citizen.page.setViewportSize({ width: 1280, height: 900 });
  await citizen.page.emulateMedia({ forcedColors: 'active' });
  await citizen.open('#/');
  await citizen.at('Your wallet');
  await citizen.picture('home-forced-colours');
});

test('in Welsh, at 320 pixels and at a desk, without a fault or a word of English', async () => {
  const { page } = citizen;
  await page.setViewportSize({ width: 1280, height: 900 });
  await citizen.open('#/settings');
  await page.getByLabel('Cymraeg').check();
  await citizen.at('Gosodiadau');
  await citizen.picture('settings-welsh');
  const found: string[] = [];
  const english = await sentences();
  await each(async (address) => {
    found.push(...(await faults(page)).map((fault) => `${address}: ${fault}`));
    const shown = await page.getByRole('main').innerText();
    found.push(...english.filter((sentence) => shown.includes(sentence)).map((sentence) => `${address}: ${sentence}`));
  });
  expect(found).toEqual([]);
  await page.setViewportSize(PHONE);
  expect(await wide()).toEqual([]);
  await citizen.open('#/');
  await citizen.at('Eich waled');
  await citizen.picture('home-welsh-phone');
  await page.setViewportSize({ width: 1280, height: 900 });
  await citizen.picture('home-welsh');
  await page.getByRole('button', { name: 'Cloi' }).click();
  await citizen.at('Agorwch eich waled');
  await citizen.picture('unlock-welsh');
  expect(citizen.complaints).toEqual([]);
});

/** Every English sentence of the wallet without gaps. */
async function sentences(): Promise<string[]> {
  const areas = await readdir(MESSAGES);
  const read = async (area: string) => JSON.parse(await readFile(join(MESSAGES, area, 'en.json'), 'utf8')) as Record<string, string>;
  const words = (await Promise.all(areas.map(read))).flatMap((messages) => Object.values(messages));
  // Two words may stand in a text that the citizen signed, which stays in its own language.
  return words.filter((sentence) => sentence.split(' ').length > 2 && !sentence.includes('{'));
}

/** Makes every word on the page half as long again, once, as the longest languages are. Runs in the page. */
function lengthen(): void {
  const holder = window as unknown as { lengthened?: WeakSet<Node> };
  const done = (holder.lengthened ??= new WeakSet());
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const accents: Record<string, string> = { a: 'á', e: 'ë', i: 'ï', o: 'ø', u: 'ŵ', y: 'ŷ' };
  const longer = (word: string) => word.replace(/[aeiouy]/g, (vowel) => (accents[vowel] ?? vowel) + vowel);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const isCode = node.parentElement?.closest('code, script, style') !== null;
    if (isCode || done.has(node)) continue;
    done.add(node);
    if (node.textContent !== null) node.textContent = node.textContent.replace(/\p{L}+/gu, longer);
  }
}
