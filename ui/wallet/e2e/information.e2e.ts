// A person of the sample county is brought in, looked at, changed; at a desk, on a phone, in Welsh, by keyboard.
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launch } from '../../e2e/browser';
import { Citizen } from './citizen';
import { County, SAMPLES } from './county';

let county: County;
let browser: Browser;
let citizen: Citizen;

beforeAll(async () => {
  [county, browser] = await Promise.all([County.open(), launch()]);
});

afterAll(async () => {
  // What was never started need not be stopped.
  await (browser as Browser | undefined)?.close();
  await (county as County | undefined)?.close();
});

afterEach(async () => {
  await citizen.leave();
});

test('a patient summary is shown before it is written down, with what has no place', async () => {
  citizen = await Citizen.arrive(browser, county, 'emrys');
  const { page } = citizen;
  await citizen.firstRun();
  await citizen.open('#/information');
  await page.getByText('Nothing is written down yet').waitFor();
  await citizen.picture('information-empty');
  await citizen.open('#/information/import');
  await page.getByLabel('Choose a file, or drag it here').setInputFiles(join(SAMPLES, 'residents', 'emrys-bowen.ips.json'));
  await page.getByRole('heading', { name: /things that have a place/ }).waitFor();
  await page.getByRole('heading', { name: /left out/ }).waitFor();
  await citizen.picture('import-preview');
  await citizen.open('#/information');
  await page.getByText('Nothing is written down yet').waitFor();
  await citizen.bringIn('emrys-bowen.ips.json');
  await citizen.picture('import-done');
  await citizen.open('#/information');
  await page.getByText('Emrys Bowen').first().waitFor();
  await citizen.picture('information');
  expect(citizen.complaints).toEqual([]);
});

test('values are changed in fields that fit them', async () => {
  citizen = await Citizen.arrive(browser, county, 'mared');
  const { page } = citizen;
  await citizen.firstRun();
  await citizen.bringIn('mared-llwyd.wallet.json');
  await citizen.open('#/information/item/home.address');
  await page.getByLabel('Postcode').fill('CD1 2EF');
  await citizen.picture('item-address');
  await citizen.press('Save');
  await citizen.at('My information');
  await page.getByText('CD1 2EF').first().waitFor();
  await page.getByRole('status').getByText('Saved: Address').waitFor();

  await citizen.open('#/information/item/health.medication');
  await citizen.picture('item-medication');
  await citizen.press('Add another');
  const last = page.getByRole('group', { name: /^Medicines: number/ }).last();
  await last.getByLabel('How much and how often').fill('one each morning');
  await citizen.press('Save');
  await page.getByRole('alert').getByText('Something is missing').waitFor();
  await last.getByLabel('The medicine').fill('Vitamin D 800 units');
  await citizen.press('Save');
  await page.getByText('Vitamin D 800 units').first().waitFor();

  await citizen.open('#/information/item/needs.power_dependent');
  await citizen.picture('item-needs');
  await page.getByRole('checkbox').first().check();
  await citizen.press('Save');
  await citizen.at('My information');

  await citizen.open('#/information/item/identity.birth_date');
  await page.getByLabel('Month').fill('13');
  await citizen.press('Save');
  await page.getByRole('alert').getByText('That does not fit here').waitFor();
  await citizen.picture('item-refused');
  await page.getByLabel('Month').fill('12');
  await citizen.press('Save');
  await citizen.at('My information');

  await citizen.open('#/information/item/home.pets');
  await page.getByRole('heading', { level: 1, name: 'Animals' }).waitFor();
  await citizen.press('Remove');
  await page.getByRole('alertdialog').waitFor();
  await citizen.picture('item-remove');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await citizen.at('My information');
  await page.getByRole('link', { name: 'Animals', exact: true }).waitFor();
  await page.emulateMedia({ colorScheme: 'dark' });
  await citizen.picture('information-dark');
  expect(citizen.complaints).toEqual([]);
});

test('a file of no known kind is refused in words', async () => {
  citizen = await Citizen.arrive(browser, county, 'nia');
  await citizen.firstRun();
  await citizen.open('#/information/import');
  await citizen.page.getByLabel('Choose a file, or drag it here').setInputFiles({ name: 'photo.vcf', mimeType: 'text/vcard', buffer: Buffer.from('not a card') });
  await citizen.page.getByRole('alert').getByText('does not know this kind of file').waitFor();
  await citizen.picture('import-refused');
});
