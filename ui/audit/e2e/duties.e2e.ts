// An auditor makes a key, is admitted by the operator, and sees what was opened and what is overdue; a verifier
// that shows other bodies than it logged is caught.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launch } from '../../e2e/browser';
import { County } from './county';
import { Proxy } from './proxy';
import { Visitor } from './visitor';

const AMBULANCE = 'https://ambulance.cwmderw.example';

let county: County;
let browser: Browser;
let proxy: Proxy;
let visitor: Visitor;

beforeAll(async () => {
  county = await County.open();
  await county.admit('Ambulance', AMBULANCE, county.verifier.data, { erase_within: 'PT1S' });
  await county.resident('gwen');
  const opened = await county.grant('gwen', { agency: AMBULANCE, isSealed: true });
  const read = await county.grant('gwen', { agency: AMBULANCE });
  await county.wallet('gwen', ['sync']);
  await county.agency('Ambulance', ['open', opened, '--incident', 'INC-2041', '--reason', 'call', '--actor', 'kestrel-17']);
  await county.agency('Ambulance', ['read', read, '--reason', 'visit', '--actor', 'kestrel-17']);
  await county.wallet('gwen', ['revoke', read]);
  await county.catchUp('Ambulance');
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
  // A minute later the promised second is over.
  await visitor.page.clock.setSystemTime(Date.now() + 60_000);
});

afterEach(async () => {
  await visitor.leave();
  proxy.behave();
});

/** Makes a key and reads the log; the entry is in a file then. */
async function signUp(): Promise<string> {
  const { page } = visitor;
  await visitor.pin(proxy.url, county.vkey);
  await visitor.go('Openings');
  await page.getByLabel('Your address').fill('https://audit.cwmderw.example');
  await page.getByLabel('Your name').fill('Public Services Auditor');
  await page.getByRole('button', { name: 'Make my key' }).click();
  await visitor.readAll();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download my entry' }).click();
  return (await download).path();
}

async function ask(): Promise<void> {
  await visitor.page.getByRole('button', { name: 'Show what stands behind the entries' }).click();
  await visitor.page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
}

test('an admitted auditor sees openings, acknowledgements and overdue deletions', async () => {
  const { page } = visitor;
  const entry = await signUp();
  await ask();
  await page.getByText('does not know your key').waitFor();
  expect(await visitor.picture('duties-not-admitted')).toEqual([]);
  await county.admitAuditor(entry);
  await ask();
  const tile = (name: string) => page.locator('.tile', { hasText: name }).locator('dd').innerText();
  expect(await tile('Openings')).toBe('1');
  expect(await tile('Deletions overdue')).toBe('1');
  expect(await tile('Revocations not acknowledged')).toBe('0');
  await page.getByRole('img', { name: /^How soon agencies acknowledged a revocation: 1 in all/ }).waitFor();
  const overdue = page.getByRole('region', { name: 'Deletions overdue', exact: true });
  await overdue.getByText('Show the table').first().click();
  expect(await overdue.getByRole('table').innerText()).toContain('taken back');
  expect(await visitor.picture('duties')).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await visitor.width()).toBe(320);
  expect(await visitor.picture('320-duties')).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await visitor.picture('dark-320-duties')).toEqual([]);
  // The key is still there at the next visit, and cannot be read back.
  await page.reload();
  await visitor.readAll();
  await page.getByText('https://audit.cwmderw.example').waitFor();
  expect(await page.evaluate(canReadKeyBack)).toBe(false);
  await ask();
  expect(await tile('Openings')).toBe('1');
  // A refusal is an answer, and the browser notes each.
  expect(visitor.complaints.filter((text) => !text.includes('status of 401'))).toEqual([]);
});

test('bodies that are not those of the entries are told and left out', async () => {
  await county.admitAuditor(await signUp());
  proxy.tamper(/^\/v1\/audit\/statements/, (body) => {
    const page = JSON.parse(body.toString()) as { statements: { jws: string }[] };
    // Another body for every entry: each is signed by the right key, and none is of its entry.
    const [first, ...rest] = page.statements.map(({ jws }) => jws);
    const moved = [...rest, first ?? ''];
    return Buffer.from(JSON.stringify({ ...page, statements: page.statements.map((one, at) => ({ ...one, jws: moved[at] })) }));
  });
  await ask();
  await visitor.page.getByRole('alert').getByText(/signed acts are not what they should be/).waitFor();
  expect(await visitor.page.locator('.tile', { hasText: 'Openings' }).locator('dd').innerText()).toBe('0');
});

/** Runs in the page: whether the kept key gives out its private half. */
async function canReadKeyBack(): Promise<boolean> {
  const answer = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => { resolve(request.result); };
      request.onerror = () => { reject(new Error('no database')); };
    });
  const database = await answer(indexedDB.open('assent-audit', 1));
  const [kept] = await answer(database.transaction('admissions').objectStore('admissions').getAll() as IDBRequest<{ key: CryptoKey }[]>);
  database.close();
  if (kept === undefined) throw new Error('no key');
  return crypto.subtle.exportKey('jwk', kept.key).then(() => true, () => false);
}
