// A request from its link to a signature, checked by the agency's own software; and a no that the agency hears.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launch } from '../../e2e/browser';
import { Citizen } from './citizen';
import { County } from './county';

let county: County;
let browser: Browser;
let citizen: Citizen;

beforeAll(async () => {
  [county, browser] = await Promise.all([County.open(), launch()]);
});

afterAll(async () => {
  await (browser as Browser | undefined)?.close();
  await (county as County | undefined)?.close();
});

afterEach(async () => {
  await citizen.leave();
});

test('a pasted request is read, answered, signed and good at the agency', async () => {
  citizen = await Citizen.arrive(browser, county, 'mared');
  const { page } = citizen;
  await citizen.firstRun();
  await citizen.bringIn('mared-llwyd.wallet.json');
  await citizen.open('#/requests');
  await citizen.at('Answer a request');
  await citizen.picture('requests');
  await citizen.press('Read the request');
  await page.getByText('Paste a link or a request first.').waitFor();
  await page.getByLabel('Link or request').fill(await county.request('fire-safety-visit'));
  await citizen.press('Read the request');
  await citizen.at('Cwm Derw Fire and Rescue asks to see some of your information');
  await citizen.picture('review');
  await page.emulateMedia({ colorScheme: 'dark' });
  await citizen.picture('review-dark');
  await page.emulateMedia({ colorScheme: 'light' });
});
