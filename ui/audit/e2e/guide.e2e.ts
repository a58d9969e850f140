// The walk of docs/guide/auditor.md, step by step, with its pictures.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '../../e2e/browser';
import { COUNCIL, County } from './county';
import { Proxy } from './proxy';
import { Visitor } from './visitor';

const AMBULANCE = 'https://ambulance.cwmderw.example';
const FIRE = 'https://fire.cwmderw.example';

let county: County;
let proxy: Proxy;
let browser: Browser;

beforeAll(async () => {
  county = await County.open();
  await county.admit('Ambulance', AMBULANCE, county.verifier.data, { erase_within: 'PT1S' });
  await county.admit('Fire', FIRE);
  await county.resident('gwen');
  proxy = await Proxy.before(county.verifier.url);
  browser = await launch();
});

afterAll(async () => {
  // What was never started need not be stopped.
  await (browser as Browser | undefined)?.close();
  await (proxy as Proxy | undefined)?.close();
  await (county as County | undefined)?.close();
});

/** What a county does on a quiet day. */
async function aQuietDay(): Promise<string> {
  const sealed = await county.grant('gwen', { agency: AMBULANCE, isSealed: true });
  const seen = await county.grant('gwen', { agency: AMBULANCE });
  const atFire = await county.grant('gwen', { agency: FIRE, isSealed: true });
  await county.grant('gwen', { agency: COUNCIL });
  await county.wallet('gwen', ['sync']);
  await county.agency('Ambulance', ['open', sealed, '--incident', 'INC-2041', '--reason', 'call', '--actor', 'kestrel-17']);
  await county.agency('Ambulance', ['open', sealed, '--incident', 'INC-2042', '--reason', 'call', '--actor', 'kestrel-17']);
  await county.agency('Fire', ['open', atFire, '--incident', 'INC-2041', '--reason', 'call', '--actor', 'wren-4']);
  await county.agency('Ambulance', ['read', seen, '--reason', 'visit', '--actor', 'kestrel-17']);
  await county.wallet('gwen', ['revoke', seen]);
  await county.catchUp('Ambulance');
  return seen;
}

test('five minutes as an auditor', async () => {
  const visitor = await Visitor.arrive(browser, { viewport: { width: 1040, height: 700 } });
  const { page } = visitor;
  await page.goto(`${proxy.url}/audit/`);
  await page.getByLabel('Log key').fill(county.vkey);
  await visitor.picture('guide-pin');
  await visitor.pin(proxy.url, county.vkey);
  await page.getByText('This is the first visit in this browser').waitFor();

  const revoked = await aQuietDay();
  await page.reload();
  await page.getByText('It only grew').waitFor();
  await visitor.readAll();
  expect(await visitor.verdict()).toBe('Everything holds');
  await visitor.picture('guide-overview');

  await visitor.go('In force?');
  const { token } = await county.wallet<{ token: string }>('gwen', ['token', revoked]);
  await page.getByLabel('Token, receipt or proof').fill(token);
  await page.getByRole('button', { name: 'Answer' }).click();
  await page.getByRole('heading', { name: 'No: it had been taken back' }).waitFor();
  await visitor.picture('guide-in-force');

  await visitor.go('The log');
  await page.getByText('It leads to the signed root.').waitFor();
  await visitor.picture('guide-log');

  await visitor.go('Openings');
  await page.getByLabel('Your address').fill('https://audit.cwmderw.example');
  await page.getByLabel('Your name').fill('Public Services Auditor');
  await page.getByRole('button', { name: 'Make my key' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download my entry' }).click();
  await county.admitAuditor(await (await download).path());
  await page.getByRole('button', { name: 'Show what stands behind the entries' }).click();
  await page.getByRole('img', { name: 'Openings by agency: 3 in all' }).waitFor();
  await visitor.picture('guide-openings');

  // A made lie: the newest entry is changed on its way.
  proxy.tamper(/^\/log\/tile\/entries\//, (body) => Buffer.from(body.toString('latin1').replace('"status":1', '"status":0'), 'latin1'));
  await visitor.go('Overview');
  await page.getByRole('button', { name: 'Read it again' }).click();
  await page.getByRole('heading', { name: 'Something does not hold' }).waitFor();
  expect(await visitor.codes()).toContain('root_mismatch');
  await visitor.picture('guide-caught');
  await visitor.leave();
});
