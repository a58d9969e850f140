// Every page of the sample county's console: no fault that axe can find, by day and by night, and none that is wider
// than the smallest screen, in either language.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '../../e2e/browser';
import { Desk } from './desk';
import type { Person } from './desk';

let browser: Browser;
let desk: Desk;

beforeAll(async () => {
  browser = await launch();
  desk = await Desk.sample(browser);
});

afterAll(async () => {
  await (browser as Browser | undefined)?.close();
  await (desk as Desk | undefined)?.close();
});

const PAGES = [
  'control', 'ask', 'ask/new', 'consents', 'check', 'officer/processing', 'officer/looks', 'officer/deletions', 'officer/reviews',
  'officer/access', 'officer/journal', 'admin', 'account',
];

async function visitAll(person: Person, name: string): Promise<void> {
  for (const page of PAGES) {
    await person.openAddress(`#/${page}`);
    await person.page.getByRole('heading', { level: 1 }).waitFor();
    // Numbers that are not there yet are a dash.
    await expect.poll(() => person.page.locator('.loading, .part-count:text-is("–")').count()).toBe(0);
    expect(await person.picture(`${name}-${page.replace('/', '-')}`), page).toEqual([]);
  }
  // One consent, and one incident, from their lists.
  for (const [list, link] of [['consents', /visit|ymweliad/i], ['control', /FIRE-/]] as const) {
    await person.openAddress(`#/${list}`);
    await person.page.getByRole('main').getByRole('link', { name: link }).first().click();
    await person.page.locator('.back').waitFor();
    expect(await person.picture(`${name}-${list}-one`), list).toEqual([]);
  }
}

test.each(['light', 'dark'] as const)('on a desk, %s', async (colorScheme) => {
  const all = await desk.sitAsAll({ colorScheme });
  await visitAll(all, colorScheme);
  expect(all.complaints).toEqual([]);
  await all.leave();
});

test('on a phone of 320 pixels, in English', async () => {
  const all = await desk.sitAsAll({ viewport: { width: 320, height: 700 } });
  await visitAll(all, 'phone');
  await all.leave();
});

test('on a phone of 360 pixels, dark', async () => {
  const all = await desk.sitAsAll({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
  await visitAll(all, 'phone-dark');
  await all.leave();
});

test('on a phone of 320 pixels, in Welsh', async () => {
  const all = await desk.sitAsAll({ viewport: { width: 320, height: 700 } });
  await all.press('Cymraeg');
  await visitAll(all, 'phone-cy');
  expect(await all.page.evaluate(() => document.documentElement.lang)).toBe('cy');
  await all.leave();
});

test('with the text twice as large', async () => {
  const all = await desk.sitAsAll({ viewport: { width: 640, height: 700 }, deviceScaleFactor: 2 });
  await all.page.evaluate(() => { localStorage.setItem('assent-text', '200'); });
  await all.page.reload();
  await visitAll(all, 'large');
  await all.leave();
});

test('by keyboard alone: past the top, to a page, into a field', async () => {
  const all = await desk.sitAsAll();
  await all.openAddress('#/consents');
  await all.at('Consents');
  const skip = all.page.getByRole('link', { name: 'Skip to the main part' });
  await skip.focus();
  expect(await skip.isVisible()).toBe(true);
  await all.page.keyboard.press('Enter');
  expect(await all.page.evaluate(() => document.activeElement?.id)).toBe('main');
  const row = all.page.getByRole('table', { name: 'Consents' }).getByRole('link').first();
  for (let presses = 0; presses < 40 && !(await row.evaluate((link) => link === document.activeElement)); presses += 1) await all.page.keyboard.press('Tab');
  await all.page.keyboard.press('Enter');
  await all.page.getByRole('heading', { name: 'What was agreed' }).waitFor();
  await all.leave();
});
