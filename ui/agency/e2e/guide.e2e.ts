// The walk that docs/guide/agency.md tells, with its pictures.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '../../e2e/browser';
import { County } from '../../wallet/e2e/county';
import { Desk } from './desk';
import { Resident } from './resident';

const WINDOW = { viewport: { width: 1000, height: 720 } };

let county: County;
let browser: Browser;
let fire: Desk;
let ambulance: Desk;
let resident: Resident;

beforeAll(async () => {
  [county, browser] = [await County.open(), await launch()];
  resident = await Resident.arrive(county, 'mared');
  fire = await Desk.open(browser, county, 'fire');
  ambulance = await Desk.open(browser, county, 'ambulance');
  await (await fire.setUp()).leave();
  await (await ambulance.setUp()).leave();
});

afterAll(async () => {
  await (browser as Browser | undefined)?.close();
  await (fire as Desk | undefined)?.close();
  await (ambulance as Desk | undefined)?.close();
  await (county as County | undefined)?.close();
});

test('ask, read, and see it end', async () => {
  const mari = await fire.sit('caseworker', WINDOW);
  await mari.live();
  await mari.go('Ask');
  await mari.page.getByRole('link', { name: 'New request' }).click();
  await mari.page.getByRole('radio', { name: /visit/i }).first().check();
  await mari.press('Continue');
  await mari.at('Word the request');
  await mari.press('See it as a citizen');
  const citizen = mari.page.getByRole('region', { name: 'The request as the wallet shows it' });
  await citizen.evaluate((phone) => { phone.scrollIntoView(); });
  await mari.shot('preview');
  await mari.press('Sign and publish the request');
  await mari.page.getByRole('img', { name: 'QR code of the link' }).evaluate((code) => (code as HTMLImageElement).decode());
  await mari.page.evaluate(() => { window.scrollTo(0, 0); });
  await mari.shot('request');
  const [grant = ''] = await resident.grant(await mari.page.getByLabel('Link for the wallet').inputValue());
  await mari.page.getByRole('link', { name: /^Agreed/ }).click();
  await mari.fill({ 'Why do you need to see it now?': 'Planning the visit on Friday' });
  await mari.press('Read what is shared');
  await mari.page.getByText('Mared Llwyd', { exact: true }).waitFor();
  await mari.page.evaluate(() => { window.scrollTo(0, 0); });
  await mari.shot('read');
  await resident.revoke(grant);
  await mari.page.getByRole('heading', { name: /^Delete within/ }).waitFor();
  await mari.shot('withdrawn');
  expect(await mari.text()).not.toContain('Mared Llwyd');
  await mari.leave();
});

test('an incident', async () => {
  await resident.grant(await county.request('ambulance-emergency'));
  const eleri = await ambulance.sit('control-room', WINDOW);
  await eleri.live();
  await eleri.fill({ Address: 'Bwthin y Felin, Nant y derw' });
  await expect.poll(async () => {
    await eleri.press('Ask');
    return eleri.page.locator('.place-answer').innerText();
  }, { timeout: 30_000 }).toContain('1');
  await eleri.shot('place');
  await eleri.fill({ "Caller's number": '07700 900481', Place: 'Bwthyn y Felin, Nant-y-derw' });
  await eleri.press('Declare the incident');
  await eleri.page.getByRole('heading', { name: 'The number is the same' }).waitFor();
  await eleri.page.getByRole('heading', { name: 'The number is the same' }).evaluate((heading) => { heading.scrollIntoView(); });
  await eleri.shot('match');
  await eleri.fill({ 'Your position': 'desk-4' });
  await eleri.press('Open it');
  await eleri.page.locator('.safety').waitFor();
  await eleri.openAddress(new URL(eleri.page.url()).hash.concat('/screen'));
  await eleri.page.locator('.safety').waitFor();
  await eleri.shot('screen');
  await eleri.openAddress('#/check');
  const { grants } = await county.agency<{ grants: { token: string }[] }>('ambulance', ['grants']);
  await eleri.page.getByRole('textbox', { name: 'Consent token' }).fill(grants[0]?.token ?? '');
  await eleri.press('Check it');
  await eleri.page.getByRole('heading', { name: 'Yes: it holds' }).waitFor();
  await eleri.page.evaluate(() => { window.scrollTo(0, 0); });
  await eleri.shot('check');
  await eleri.leave();

  const sioned = await ambulance.sit('privacy-officer', WINDOW);
  await sioned.openAddress('#/officer/reviews');
  await sioned.page.getByRole('radio', { name: 'It was right to open it' }).check();
  await sioned.page.evaluate(() => { window.scrollTo(0, 0); });
  await sioned.shot('review');
  await sioned.leave();
});
