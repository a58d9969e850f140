// Who looked: an emergency opening comes first and is marked; the card says beforehand what would open; and help
// that fits is offered without anybody being told.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { newStage } from './stage';

const stage = newStage();

/** The consent that an agency was given last. */
async function newest(kind: string): Promise<string> {
  const { grants } = await stage.county.agency<{ grants: { grant: string }[] }>(kind, ['grants']);
  return grants.at(-1)?.grant ?? '';
}

test('an emergency opening is shown first, with what a second person found', async () => {
  const citizen = await stage.arrive('mared');
  const { page } = citizen;
  await citizen.firstRun();
  await citizen.open('#/looked');
  await page.getByText('Nobody has looked.').waitFor();
  await citizen.picture('looked-empty');
  await citizen.open('#/card');
  await page.getByText('Nothing opens in an emergency.').waitFor();
  await citizen.picture('card-empty');
  await citizen.bringIn('mared-llwyd.wallet.json');
  await citizen.sayYes(await stage.county.request('ambulance-emergency'));
  await citizen.sayYes(await stage.county.request('fire-safety-visit'));

  await citizen.open('#/card');
  await page.getByRole('heading', { name: 'Emergency information of Mared Llwyd' }).waitFor();
  await citizen.picture('card');
  await citizen.inDark('card');
  expect(await citizen.print('card')).toBe(1);

  const visit = await newest('fire');
  await stage.county.agency('fire', ['read', visit, '--reason', 'planning the visit', '--actor', 'crew-12']);
  for (const kind of ['ambulance', 'fire'] as const) {
    const grants = await stage.county.agency<{ grants: { grant: string }[] }>(kind, ['grants']);
    const sealed = grants.grants.map(({ grant }) => grant).find((grant) => grant !== visit) ?? '';
    const words = ['--incident', 'INC-2026-1125-03', '--reason', 'call', '--actor', 'desk-2'];
    const opened = await stage.county.agency<{ statement: string }>(kind, ['open', sealed, ...words]);
    if (kind === 'fire') {
      await stage.county.agency(kind, ['review', sealed, '--of', opened.statement, '--actor', 'officer-9', '--finding', 'justified']);
    }
  }
  await citizen.round();
  await citizen.open('#/looked');
  const cards = page.getByRole('article');
  await cards.filter({ hasText: 'Cwm Derw Ambulance Trust opened your emergency information' }).waitFor();
  expect(await cards.first().innerText()).toContain('opened your emergency information');
  await page.getByText('A second person (officer-9) checked it').waitFor();
  await page.getByText('A second person has to check it by').waitFor();
  await page.getByText('planning the visit').waitFor();
  await page.getByRole('link', { name: 'You said yes to Cwm Derw Fire and Rescue' }).first().waitFor();
  await citizen.picture('looked');
  await citizen.inDark('looked');
  await page.setViewportSize({ width: 360, height: 740 });
  await citizen.picture('looked-phone');
  expect(await citizen.overflow()).toBe(0);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByLabel('Agency').selectOption('Cwm Derw Ambulance Trust');
  await page.getByText('planning the visit').waitFor({ state: 'detached' });
  await citizen.press('Save as a table');
  const file = await page.locator('.notice code').innerText();
  expect(await readFile(file, 'utf8')).toContain('INC-2026-1125-03');
  expect(citizen.complaints).toEqual([]);
});

test('help that fits is offered, and accepted like any request', async () => {
  await stage.county.offerInTheHeat();
  const citizen = await stage.arrive('emrys');
  const { page } = citizen;
  await citizen.firstRun();
  await citizen.open('#/offers');
  await page.getByText('No offer fits what you wrote down.').waitFor();
  await citizen.picture('offers-empty');
  await citizen.bringIn('emrys-bowen.ips.json');
  await citizen.open('#/offers');
  await page.getByRole('heading', { name: 'Help in the heat' }).waitFor();
  await page.getByText('Why you see this').click();
  await citizen.picture('offers');
  await page.getByRole('link', { name: /^See what they need/ }).click();
  await citizen.at('What Cwm Derw County Council needs for this help');
  await citizen.press('Continue');
  await citizen.press('Continue');
  await citizen.press('Say yes and sign');
  await citizen.at('You said yes to Cwm Derw County Council');
  expect(await stage.county.verdict('council')).toMatchObject({ verdict: 'yes' });
  await citizen.open('#/offers');
  await page.getByText('You accepted this').waitFor();
  expect(citizen.complaints).toEqual([]);
});
