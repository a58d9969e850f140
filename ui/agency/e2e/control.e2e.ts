// One incident across two consoles of a circle: matched, opened, followed on a second screen, reviewed, closed.
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '../../e2e/browser';
import { County } from '../../wallet/e2e/county';
import { Desk } from './desk';
import type { Person } from './desk';
import { Resident } from './resident';

let county: County;
let browser: Browser;
let fire: Desk;
let ambulance: Desk;
let resident: Resident;
let grants: string[];

beforeAll(async () => {
  [county, browser] = [await County.open(), await launch()];
  resident = await Resident.arrive(county, 'mared');
  grants = await resident.grant(await county.request('ambulance-emergency'));
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

async function declare(person: Person, phone: string, place: string): Promise<void> {
  await person.go('Control room');
  await person.page.getByLabel('What happened').selectOption('Fire or smoke');
  await person.fill({ "Caller's number": phone, Place: place });
  await person.press('Declare the incident');
  await person.page.getByRole('heading', { level: 1, name: /^Fire or smoke/ }).waitFor();
}

async function openIt(person: Person): Promise<void> {
  await person.fill({ 'Your position': 'desk-4' });
  await person.press('Open it');
  await person.page.locator('.safety').waitFor();
}

test('a place is asked first: a number, and no name', async () => {
  const huw = await fire.sit('control-room');
  await huw.live();
  await expect.poll(async () => {
    await huw.fill({ Address: 'Bwthin y Felin, Nant y derw' });
    await huw.press('Ask');
    return huw.page.locator('.place-answer').innerText();
  }, { timeout: 30_000 }).toContain('1');
  expect(await huw.text()).not.toContain('Mared');
  expect(await huw.picture('control')).toEqual([]);
  await huw.leave();
});

test('an incident across two consoles', async () => {
  const huw = await fire.sit('control-room');
  const eleri = await ambulance.sit('control-room');
  await huw.live();
  await eleri.live();

  // The fire service finds the caller by number, however it is written, and opens what its tier may.
  await declare(huw, '07700900481', 'Bwthyn y Felin');
  await huw.page.getByRole('heading', { name: 'The number is the same' }).waitFor();
  expect(await huw.picture('incident')).toEqual([]);
  expect(await huw.text()).not.toContain('Asthma');
  await openIt(huw);
  expect(await huw.picture('incident-open')).toEqual([]);
  expect(await huw.text()).not.toContain('Asthma');

  // A second screen of the same desk, live.
  const wall = await fire.sit('control-room', { viewport: { width: 1920, height: 1080 } });
  await wall.openAddress(new URL(huw.page.url()).hash.concat('/screen'));
  await wall.page.locator('.safety').waitFor();
  expect(await wall.picture('second-screen')).toEqual([]);

  // The ambulance service opens its own tier for its own incident.
  await declare(eleri, '+44 7700 900481', '');
  await eleri.page.getByRole('heading', { name: 'The number is the same' }).waitFor();
  await openIt(eleri);
  await eleri.page.getByText('Asthma').waitFor();
  expect(await eleri.picture('incident-ambulance')).toEqual([]);
  await eleri.page.getByRole('region', { name: /^Who answers together/ }).getByText('Cwm Derw Fire and Rescue').waitFor();

  // The file for call-handling software.
  const download = eleri.page.waitForEvent('download');
  await eleri.press('Hand over as a file (RFC 7852)');
  const file = await readFile(await (await download).path(), 'utf8');
  expect(file).toContain('EmergencyCallData.SubscriberInfo');
  expect(file).toContain('Mared Llwyd');

  // Whoever opened cannot review it; a second person can.
  const sioned = await fire.sit('privacy-officer');
  await sioned.openAddress('#/officer/reviews');
  await sioned.page.getByRole('radio', { name: 'It was right to open it' }).check();
  expect(await sioned.picture('officer-reviews')).toEqual([]);
  await sioned.press('Record the answer');
  await sioned.page.getByText('Reviewed', { exact: true }).waitFor();
  await sioned.leave();

  // The person takes it back from one agency: its screens are cleared at once, the other's stay.
  const own = await county.agency<{ grants: { grant: string }[] }>('fire', ['grants']);
  const [grant = ''] = own.grants.map((one) => one.grant).filter((one) => grants.includes(one));
  await resident.revoke(grant);
  await huw.page.getByText('The consent was taken back').first().waitFor();
  await wall.page.getByText('The consent was taken back').first().waitFor();
  expect(await huw.page.locator('.safety').count()).toBe(0);
  expect(await wall.page.locator('.safety').count()).toBe(0);
  expect(await wall.picture('second-screen-withdrawn')).toEqual([]);

  // Closing clears the other too.
  await huw.press('Close the incident');
  await huw.press('Yes, close it');
  await huw.page.getByText(/Nothing is opened for it any more/).waitFor();
  await wall.page.getByText(/Nothing is opened for it any more/).waitFor();
  for (const person of [huw, eleri, wall]) {
    expect(person.complaints).toEqual([]);
    await person.leave();
  }
});
