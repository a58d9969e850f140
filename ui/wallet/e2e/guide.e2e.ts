// From the first run to a consent that was taken back, as docs/guide/citizen.md tells it, with its pictures.
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Citizen } from './citizen';
import { PASSPHRASE } from './citizen';
import { SAMPLES } from './county';
import { newStage } from './stage';

const stage = newStage();
let citizen: Citizen;

beforeAll(async () => {
  citizen = await stage.settle('mared', { viewport: { width: 1000, height: 720 } });
});

test('first run to revoke', async () => {
  const { page } = citizen;
  await citizen.shot('welcome');
  await citizen.press('Make my wallet');
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByText('Very strong').first().waitFor();
  await citizen.shot('passphrase');
  await citizen.reload();
  await citizen.firstRun();

  await citizen.open('#/information/import');
  await page.getByLabel('Choose a file, or drag it here').setInputFiles(join(SAMPLES, 'residents', 'mared-llwyd.wallet.json'));
  await page.getByText(/^Found in the file/).waitFor();
  await citizen.shot('import');
  await citizen.press('Write this down');
  await citizen.at('The file was brought in');
  await citizen.open('#/information');
  await page.getByText('Mared Llwyd').first().waitFor();
  await citizen.shot('information');

  await citizen.follow(await stage.county.request('ambulance-emergency'));
  await citizen.open('#/');
  await page.getByText('A request is waiting for you to read it.').waitFor();
  await page.getByRole('link', { name: 'Read it' }).click();
  await page.getByText('Requests that were opened with Assent').waitFor();
  await page.getByRole('button', { name: 'Read the request' }).first().click();
  await citizen.at(/^Cwm Derw Ambulance Trust asks/);
  await citizen.shot('request');
  await citizen.press('Continue');
  await citizen.press('Continue');
  await citizen.at('Check before you sign');
  await citizen.shot('sign');
  await citizen.press('Say yes and sign');
  await citizen.at(/^You said yes to/);

  const { grants } = await stage.county.agency<{ grants: { grant: string }[] }>('ambulance', ['grants']);
  const incident = ['--incident', 'INC-2026-0311', '--reason', 'call', '--actor', 'desk-2'];
  await stage.county.agency('ambulance', ['open', grants.at(-1)?.grant ?? '', ...incident]);
  await citizen.round();
  await citizen.open('#/');
  await page.getByText('Your information was opened in an emergency.').waitFor();
  await citizen.shot('home');
  await citizen.picture('home-busy');
  await citizen.inDark('home-busy');
  await citizen.open('#/looked');
  await page.getByRole('article').first().waitFor();
  await citizen.shot('looked');
  await citizen.open('#/card');
  await page.getByRole('heading', { name: /^Emergency information/ }).waitFor();
  await citizen.shot('card');

  await citizen.open('#/sharing');
  await citizen.at('What you share');
  await citizen.shot('sharing');
  await page.getByRole('link', { name: /^Stop for all/ }).click();
  await citizen.at(/^Stop/);
  await citizen.shot('stop');
  await citizen.press('Stop sharing now');
  await citizen.at(/^You stopped/);
  expect(await stage.county.verdict('ambulance')).toMatchObject({ verdict: 'no', code: 'revoked' });
  expect(await stage.county.verdict('fire')).toMatchObject({ verdict: 'no' });
  expect(citizen.complaints).toEqual([]);
});

test('the rest of settings, and the end', async () => {
  const { page } = citizen;
  await citizen.open('#/settings');
  await page.getByLabel('Lock by itself after').selectOption('10 minutes');
  await page.getByRole('status').getByText('Saved').waitFor();
  await citizen.picture('settings');
  await citizen.inDark('settings');
  await citizen.press('Save the evidence');
  await page.getByText('The file was written to').waitFor();
  await citizen.open('#/settings/recovery-phrase');
  await page.getByLabel('Your passphrase now').fill(PASSPHRASE);
  await citizen.press('Show the words');
  await page.getByRole('list', { name: 'Your recovery words' }).waitFor();
  const words = (await page.getByRole('list', { name: 'Your recovery words' }).getByRole('listitem').allInnerTexts()).join(' ');
  await citizen.open('#/findings');
  await page.getByText('Everything holds').waitFor();
  await citizen.picture('findings-none');
  await citizen.open('#/settings/passphrase');
  await page.getByLabel('Your passphrase now').fill(PASSPHRASE);
  await page.getByLabel('Passphrase', { exact: true }).fill('seven slow herons wade');
  await page.getByLabel('The same passphrase again').fill('seven slow herons wade');
  await citizen.picture('passphrase-change');
  await citizen.press('Change it');
  await citizen.at('Settings');
  await citizen.press('Lock');
  await citizen.at('Open your wallet');
  await citizen.press('I forgot my passphrase');
  await page.getByLabel('Your 24 words').fill(words);
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByLabel('The same passphrase again').fill(PASSPHRASE);
  await citizen.picture('recover');
  await citizen.press('Open my wallet');
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  await citizen.open('#/settings/delete-everything');
  await page.getByLabel('I understand that this cannot be undone').check();
  await page.getByLabel('Your passphrase now').fill(PASSPHRASE);
  await citizen.picture('delete-everything');
  await citizen.press('Delete everything');
  await citizen.at('Your information, shared on your terms');
  expect(citizen.complaints).toEqual([]);
});
