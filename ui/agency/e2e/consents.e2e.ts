// From a question to a consent, a look and its end: a console open while the wallet revokes.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '../../e2e/browser';
import { County } from '../../wallet/e2e/county';
import { Desk } from './desk';
import type { Person } from './desk';
import { Resident } from './resident';

let county: County;
let browser: Browser;
let desk: Desk;
let admin: Person;
let resident: Resident;

beforeAll(async () => {
  [county, browser] = [await County.open(), await launch()];
  desk = await Desk.open(browser, county, 'fire');
  admin = await desk.setUp();
  resident = await Resident.arrive(county, 'mared');
});

afterAll(async () => {
  // What was never started need not be stopped.
  await (browser as Browser | undefined)?.close();
  await (desk as Desk | undefined)?.close();
  await (county as County | undefined)?.close();
});

/** Builds the sample's visit request in the browser; answers its link. */
async function ask(person: Person): Promise<string> {
  await person.go('Ask');
  await person.page.getByRole('link', { name: 'New request' }).click();
  await person.page.getByRole('radio', { name: /visit/i }).first().check();
  await person.press('Continue');
  await person.at('Word the request');
  await person.press('See it as a citizen');
  await person.page.getByRole('region', { name: 'The request as the wallet shows it' }).waitFor();
  await person.press('Sign and publish the request');
  await person.page.getByRole('img', { name: 'QR code of the link' }).waitFor();
  return person.page.getByLabel('Link for the wallet').inputValue();
}

test('the first administrator sets the desk up, and manages users without reading anything', async () => {
  expect(await admin.picture('admin')).toEqual([]);
  expect(await admin.page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allInnerTexts()).toEqual(['Users']);
  expect(admin.complaints).toEqual([]);
});

test('a request is answered while its page is open, read with a reason, and cleared when the wallet revokes', async () => {
  const mari = await desk.sit('caseworker');
  await mari.live();
  const link = await ask(mari);
  expect(await mari.picture('request')).toEqual([]);
  const [grant = ''] = await resident.grant(link);
  await mari.page.getByRole('link', { name: /^Agreed/ }).click();
  await mari.at('Home fire safety visit');
  await mari.fill({ 'Why do you need to see it now?': 'Planning the visit on Friday' });
  await mari.press('Read what is shared');
  await mari.page.getByText('Mared Llwyd', { exact: true }).waitFor();
  expect(await mari.picture('consent-read')).toEqual([]);

  await resident.revoke(grant);
  await mari.page.getByText('The consent was taken back').waitFor();
  expect(await mari.text()).not.toContain('Mared Llwyd');
  expect(await mari.picture('consent-withdrawn')).toEqual([]);
  await mari.page.getByRole('heading', { name: /^Delete within/ }).waitFor();
  await mari.press('State that it is deleted');
  await mari.page.getByText(/^The deletion was stated/).waitFor();
  await mari.page.getByText('Proofs checked just now').waitFor();
  expect(mari.complaints).toEqual([]);
  await mari.leave();

  // The person sees who looked and why, and that it was deleted.
  await resident.run(['sync']);
  const history = JSON.stringify(await resident.run(['history', grant]));
  expect(history).toContain('Planning the visit on Friday');
});

test('a paused consent is cleared too, and may be read again when it goes on', async () => {
  const mari = await desk.sit('caseworker');
  await mari.live();
  const [grant = ''] = await resident.grant(await ask(mari));
  await mari.openAddress(`#/consents/${grant}`);
  await mari.fill({ 'Why do you need to see it now?': 'Planning' });
  await mari.press('Read what is shared');
  await mari.page.getByText('Mared Llwyd', { exact: true }).waitFor();
  await resident.suspend(grant);
  await mari.page.getByText('The consent is paused').waitFor();
  expect(await mari.text()).not.toContain('Mared Llwyd');
  await resident.run(['resume', grant]);
  await mari.page.getByText('In force', { exact: true }).waitFor();
  await mari.leave();
});

test('what was read is cleared when the verifier is out of reach', async () => {
  const mari = await desk.sit('caseworker');
  await mari.live();
  const [grant = ''] = await resident.grant(await ask(mari));
  await mari.openAddress(`#/consents/${grant}`);
  await mari.fill({ 'Why do you need to see it now?': 'Planning' });
  await mari.press('Read what is shared');
  await mari.page.getByText('Mared Llwyd', { exact: true }).waitFor();
  await county.disconnect();
  await mari.page.getByText('The connection is cut').waitFor();
  expect(await mari.text()).not.toContain('Mared Llwyd');
  expect(await mari.picture('consent-line-cut')).toEqual([]);
  await county.reconnect();
  await mari.live();
  await mari.leave();
});

test('a token is checked: yes, forged, and taken back', async () => {
  const mari = await desk.sit('caseworker');
  const [grant = ''] = await resident.grant(await ask(mari));
  const { token } = await resident.run<{ token: string }>(['token', grant]);
  await mari.go('Check');
  const check = async (given: string) => {
    await mari.page.getByRole('textbox', { name: 'Consent token' }).fill(given);
    await mari.press('Check it');
  };
  await check(token);
  await mari.page.getByRole('heading', { name: 'Yes: it holds' }).waitFor();
  expect(await mari.picture('check-yes')).toEqual([]);
  await check(`${token.slice(0, -6)}AAAAAA`);
  await mari.page.getByText('It was changed, or forged.').waitFor();
  await resident.revoke(grant);
  await check(token);
  await mari.page.getByText('The person took it back.').waitFor();
  expect(await mari.picture('check-no')).toEqual([]);
  await mari.leave();
});

test('the privacy officer sees what was done, and who is behind a pseudonym only with a reason', async () => {
  const sioned = await desk.sit('privacy-officer');
  await sioned.go('Privacy');
  await sioned.page.getByRole('heading', { name: 'Home fire safety visit' }).waitFor();
  expect(await sioned.picture('officer-processing')).toEqual([]);
  const csv = await sioned.page.evaluate(async () => (await fetch('/api/processing.csv?lang=en')).text());
  expect(csv).toContain('Home fire safety visit,https://w3id.org/dpv/legal/eu/gdpr#A9-2-a');
  await sioned.openAddress('#/officer/deletions');
  await sioned.page.getByText('No deletion is overdue.').waitFor();
  await sioned.page.getByRole('table', { name: 'Confirmed' }).waitFor();
  expect(await sioned.picture('officer-deletions')).toEqual([]);
  await sioned.openAddress('#/officer/looks');
  const actor = await sioned.page.getByRole('table').getByRole('rowheader').first().innerText();
  expect(await sioned.picture('officer-looks')).toEqual([]);
  await sioned.fill({ Pseudonym: actor, 'Why do you need to know?': 'A complaint of 3 November' });
  await sioned.press('Find out');
  await sioned.page.getByText('The caseworker', { exact: true }).waitFor();
  await sioned.openAddress('#/officer/journal');
  await sioned.page.getByText('A complaint of 3 November').waitFor();
  expect(await sioned.picture('officer-journal')).toEqual([]);
  expect(sioned.complaints).toEqual([]);
  await sioned.leave();
});
