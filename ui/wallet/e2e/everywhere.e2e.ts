// Every screen, everywhere: wide and narrow, light and dark, with the platform's colours, with the largest words, in
// Welsh, from right to left, and with words half as long again. A picture of each is left, to be looked at.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Citizen } from './citizen';
import { PASSPHRASE } from './citizen';
import { SAMPLES } from './county';
import { MODES, wear } from './modes';
import type { Mode } from './modes';
import { newStage } from './stage';

const MESSAGES = join(import.meta.dirname, '..', 'messages');

const stage = newStage();
let citizen: Citizen;
let link: string;
let english: string[];
let agencies: string[];

const PAGES: Record<string, string> = {
  home: '/',
  'information': '/information',
  'import': '/information/import',
  'document-add': '/information/add-file',
  'item-address': '/information/item/home.address',
  'item-allergies': '/information/item/health.allergies',
  'item-needs': '/information/item/needs.mobility',
  'item-people': '/information/item/people.emergency_contacts',
  'requests': '/requests',
  'share': '/share',
  'sharing': '/sharing',
  'stop-all': '/sharing/stop-all',
  'looked': '/looked',
  'card': '/card',
  'offers': '/offers',
  'findings': '/findings',
  'settings': '/settings',
  'passphrase-change': '/settings/passphrase',
  'recovery-words': '/settings/recovery-phrase',
  'service-change': '/settings/verifier',
  'delete-everything': '/settings/delete-everything',
  'more': '/more',
};
const OF_A_GRANT = ['', '/stop', '/stop-circle', '/narrow', '/receipt', '/proof'];

beforeAll(async () => {
  english = await sentences();
  agencies = await englishNames();
  citizen = await stage.settle('mared');
  await citizen.firstRun();
  await citizen.bringIn('mared-llwyd.wallet.json');
  await citizen.sayYes(await stage.county.request('police-missing-person'));
  PAGES['stop'] = `/sharing/${await newest('police')}/stop`;
  await citizen.sayYes(await stage.county.request('ambulance-emergency'));
  const grant = await newest('ambulance');
  for (const part of OF_A_GRANT) PAGES[`grant${part.replace('/', '-')}`] = `/sharing/${grant}${part}`;
  await stage.county.agency('ambulance', ['open', grant, '--incident', 'INC-2026-0311', '--reason', 'call', '--actor', 'desk-2']);
  await stage.county.offerInTheHeat();
  await citizen.round();
  link = await stage.county.request('fire-safety-visit');
});

test('what a yes came to', async () => {
  const found: string[] = [];
  for (const mode of MODES) {
    await speak(citizen, mode);
    await wear(citizen.page, mode);
    await citizen.open('#/requests/review');
    await citizen.page.locator('main .notice.success').waitFor();
    found.push(...(await citizen.look(mode, 'request-done')));
  }
  expect(found).toEqual([]);
});

type Look = (name: string) => Promise<void>;

test.each(MODES)('every page and every step: $name', async (mode) => {
  await speak(citizen, mode);
  await wear(citizen.page, mode);
  const found: string[] = [];
  const look: Look = async (name) => {
    found.push(...(await citizen.look(mode, name)), ...(await leftInEnglish(mode, name)));
  };
  for (const [name, address] of Object.entries(PAGES)) {
    await citizen.open(`#${address}`);
    await citizen.page.locator('main h1').waitFor();
    await look(name);
  }
  await bringIn(look);
  await answer(look);
  await share(look);
  expect(found).toEqual([]);
  expect(citizen.complaints).toEqual([]);
});

/* By place and not by name: the steps are the same in every language. */

const press = (kind: string) => citizen.page.locator(`main .actions .${kind}`).last().click();

async function bringIn(look: Look): Promise<void> {
  await citizen.open('#/information/import');
  await citizen.page.locator('input[type=file]').setInputFiles(join(SAMPLES, 'residents', 'gwenllian-probert.vcf'));
  await citizen.page.locator('main .items').waitFor();
  await look('import-preview');
}

async function answer(look: Look): Promise<void> {
  const main = citizen.page.getByRole('main');
  await citizen.open('#/requests');
  await main.locator('textarea').fill(link);
  await main.locator('button[type=submit]').click();
  await main.locator('.promise').waitFor();
  await look('request');
  await press('main');
  await main.getByRole('radio').first().waitFor();
  await look('request-until');
  await press('main');
  await main.locator('form .summary').waitFor();
  await look('request-check');
  await press('quiet');
  await main.locator('.promise').waitFor();
  await press('second');
  await main.locator('.promise').waitFor({ state: 'detached' });
  await look('request-no');
}

async function share(look: Look): Promise<void> {
  const main = citizen.page.getByRole('main');
  await citizen.open('#/share');
  await main.getByRole('radio').first().check();
  await press('main');
  await main.getByRole('radio').nth(6).waitFor();
  await look('share-purpose');
  await main.getByRole('radio').first().check();
  await press('main');
  await main.getByRole('checkbox').first().waitFor();
  await look('share-items');
  await main.getByRole('checkbox').first().check();
  await press('main');
  await main.getByRole('radio').first().waitFor();
  await look('share-when');
}

test('on a phone, the way on is in sight before anything is moved', async () => {
  const phone = MODES.filter(({ name }) => name.startsWith('phone'));
  const ways: [string, string][] = [['stop', '.button.danger'], ['grant', '.button.danger'], ['home', '.in-force'], ['sharing', '.button.second'], ['card', '.button.main']];
  const hidden: string[] = [];
  for (const mode of phone) {
    await speak(citizen, mode);
    await wear(citizen.page, mode);
    for (const [name, way] of ways) {
      await citizen.open(`#${PAGES[name] ?? ''}`);
      const box = await citizen.page.locator(`main ${way}`).first().boundingBox();
      const foot = await citizen.page.locator('.places').boundingBox();
      if (box === null || foot === null || box.y + box.height > foot.y) hidden.push(`${mode.name}: ${name}`);
    }
  }
  expect(hidden).toEqual([]);
});

test('without a connection', async () => {
  await stage.county.disconnect();
  const found: string[] = [];
  for (const mode of MODES) {
    await speak(citizen, mode);
    await wear(citizen.page, mode);
    await citizen.round();
    for (const name of ['home', 'sharing', 'grant']) {
      await citizen.open(`#${PAGES[name] ?? ''}`);
      await citizen.page.locator('main .notice.offline').first().waitFor();
      found.push(...(await citizen.look(mode, `${name}-offline`)));
    }
  }
  await stage.county.reconnect();
  expect(found).toEqual([]);
});

test('the door, and before there is one: a first run', async () => {
  const newcomer = await stage.arrive('newcomer');
  const { page } = newcomer;
  const main = page.getByRole('main');
  const press = (place: number) => main.getByRole('button').nth(place).click();
  const found: string[] = [];
  const look = async (name: string) => {
    for (const mode of MODES) {
      await speakAtTheDoor(newcomer, mode);
      await wear(page, mode);
      found.push(...(await newcomer.look(mode, name)));
    }
  };
  await look('start-1-welcome');
  await press(1);
  await look('start-restore');
  await press(0);
  await press(2);
  await look('start-recover');
  await press(0);
  await press(0);
  for (const field of await main.locator('input').all()) await field.fill('password');
  await main.locator('button[type=submit]').click();
  await main.getByRole('alert').waitFor();
  await look('start-2-passphrase');
  for (const field of await main.locator('input').all()) await field.fill(PASSPHRASE);
  await main.locator('button[type=submit]').click();
  await main.locator('ol').waitFor();
  await look('start-3-words');
  await main.locator('.actions button').first().click();
  await main.locator('button[type=submit]').click();
  await main.getByRole('alert').waitFor();
  await look('start-4-check');
  await main.locator('.actions button').last().click();
  await main.locator('input[type=url]').waitFor();
  await look('start-5-service');
  await main.locator('button[type=submit]').click();
  await page.getByRole('navigation').waitFor();
  for (const mode of MODES) {
    await speak(newcomer, mode);
    await wear(page, mode);
    for (const name of ['home', 'information', 'requests', 'sharing', 'looked', 'card', 'offers']) {
      await newcomer.open(`#${PAGES[name] ?? ''}`);
      await page.locator('main h1').waitFor();
      found.push(...(await newcomer.look(mode, `${name}-empty`)));
    }
  }
  await page.locator('.frame-head button').click();
  await main.locator('input[type=password]').waitFor();
  await look('unlock');
  await main.locator('input').fill('not the one');
  await main.locator('button[type=submit]').click();
  await main.getByRole('alert').waitFor();
  await look('unlock-wrong');
  expect(found).toEqual([]);
  expect(newcomer.complaints).toEqual([]);
});

/** The consent that an agency was given last. */
async function newest(kind: string): Promise<string> {
  const { grants } = await stage.county.agency<{ grants: { grant: string }[] }>(kind, ['grants']);
  return grants.at(-1)?.grant ?? '';
}

/** The choice under Settings, where the wallet is open. */
async function speak(who: Citizen, { language }: Mode): Promise<void> {
  const { page } = who;
  await who.open('#/settings');
  await page.getByRole('main').getByRole('radio').nth(language === 'cy' ? 1 : 0).check();
  await page.locator(`html[lang=${language}]`).waitFor();
}

async function speakAtTheDoor({ page }: Citizen, { language }: Mode): Promise<void> {
  await page.locator('.language-choice button').nth(language === 'cy' ? 1 : 0).click();
  await page.locator(`html[lang=${language}]`).waitFor();
}

async function leftInEnglish({ language }: Mode, name: string): Promise<string[]> {
  if (language === 'en') return [];
  const shown = await citizen.page.getByRole('main').innerText();
  // What an agency promised stays in the words that were signed.
  const names = name.startsWith('grant') ? [] : agencies;
  return [...english, ...names].filter((sentence) => shown.includes(sentence)).map((sentence) => `${name}: ${sentence}`);
}

/** The agencies' names that are others in Welsh. */
async function englishNames(): Promise<string[]> {
  const county = JSON.parse(await readFile(join(SAMPLES, 'agencies.json'), 'utf8')) as { agencies: { name: { en: string; cy: string } }[] };
  return county.agencies.filter(({ name }) => name.en !== name.cy).map(({ name }) => name.en);
}

/** Every English sentence of the wallet without gaps. */
async function sentences(): Promise<string[]> {
  const areas = await readdir(MESSAGES);
  const read = async (area: string) => JSON.parse(await readFile(join(MESSAGES, area, 'en.json'), 'utf8')) as Record<string, string>;
  const words = (await Promise.all(areas.map(read))).flatMap((messages) => Object.values(messages));
  // Two words may stand in a text that the citizen signed, which stays in its own language.
  return words.filter((sentence) => sentence.split(' ').length > 2 && !sentence.includes('{'));
}
