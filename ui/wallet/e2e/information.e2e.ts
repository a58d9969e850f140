// A person of the sample county is brought in, looked at, changed; at a desk, on a phone, in Welsh, by keyboard.
import { randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Citizen } from './citizen';
import { SAMPLES } from './county';
import { newStage } from './stage';

const stage = newStage();

test('a patient summary is shown before it is written down, with what has no place', async () => {
  const citizen = await stage.arrive('emrys');
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
  const citizen = await stage.arrive('mared');
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
  expect(await page.getByLabel('Month').getAttribute('aria-invalid')).toBe('true');
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

test('a file is kept, goes to the agency that may see it, is replaced, and comes out as it was', async () => {
  const citizen = await stage.arrive('olwen');
  const { page } = citizen;
  await citizen.firstRun();
  await citizen.bringIn('mared-llwyd.wallet.json');
  await citizen.open('#/information');
  await page.getByRole('link', { name: 'Add a file' }).click();
  await citizen.at('Add a file');
  const choose = async (buffer: Buffer, name = 'Front_door.png') => {
    await page.getByLabel(/^Choose (a|another) file/).setInputFiles({ name, mimeType: 'image/png', buffer });
  };
  await choose(Buffer.alloc(21 << 20));
  await page.getByText(/^This file has 22 MB/).waitFor();
  await citizen.picture('document-too-large');
  const first = randomBytes(3 << 20);
  await choose(first);
  expect(await page.getByLabel(/^What it is/).inputValue()).toBe('Front door');
  await citizen.picture('document-add');
  await citizen.press('Save');
  await page.getByRole('status').getByText('Saved: Front door').waitFor();
  await page.getByText('Picture · 3.1 MB').waitFor();
  await citizen.picture('information-document');

  await shareTheDoor(citizen);
  const read = ['read', await newest(), '--reason', 'planning', '--actor', 'crew-1', '--documents', join(citizen.papers, '..', 'seen')];
  await stage.county.agency('health', read);
  const seen = join(citizen.papers, '..', 'seen');
  expect(await readFile(join(seen, (await readdir(seen))[0] ?? ''))).toEqual(first);

  await citizen.open('#/information/item/documents.front-door');
  await citizen.at('Front door');
  await page.getByRole('link', { name: 'Cwm Derw Health Board' }).waitFor();
  await citizen.picture('document');
  await citizen.inDark('document');
  const second = randomBytes(100_000);
  await choose(second, 'new.png');
  await citizen.press('Save');
  await page.getByText('Picture · 100 kB').waitFor();
  await citizen.open('#/information/item/documents.front-door');
  await citizen.press('Save a copy');
  expect(await readFile(await page.locator('.notice code').innerText())).toEqual(second);
  await citizen.press('Remove');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Picture · 100 kB').waitFor({ state: 'detached' });
  expect(citizen.complaints).toEqual([]);
});

/** The health board may see the file, at any time. */
async function shareTheDoor(citizen: Citizen): Promise<void> {
  await citizen.open('#/share');
  await citizen.page.getByLabel('Cwm Derw Health Board').check();
  await citizen.press('Continue');
  await citizen.page.getByLabel('Coordinating care').check();
  await citizen.press('Continue');
  await citizen.page.getByLabel('Front door', { exact: true }).check();
  await citizen.press('Continue');
  await citizen.press('Continue');
  await citizen.at('Share with Cwm Derw Health Board');
  await citizen.press('Continue');
  await citizen.press('Continue');
  await citizen.press('Say yes and sign');
  await citizen.at('You said yes to Cwm Derw Health Board');
}

async function newest(): Promise<string> {
  const { grants } = await stage.county.agency<{ grants: { grant: string }[] }>('health', ['grants']);
  return grants.at(-1)?.grant ?? '';
}

test('a file of no known kind is refused in words', async () => {
  const citizen = await stage.arrive('nia');
  await citizen.firstRun();
  await citizen.open('#/information/import');
  await citizen.page.getByLabel('Choose a file, or drag it here').setInputFiles({ name: 'photo.vcf', mimeType: 'text/vcard', buffer: Buffer.from('not a card') });
  await citizen.page.getByRole('alert').getByText('does not know this kind of file').waitFor();
  await citizen.picture('import-refused');
});
