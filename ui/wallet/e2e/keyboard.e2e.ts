// From nothing to a consent that was taken back, with the keyboard alone.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { PASSPHRASE } from './citizen';
import { newStage } from './stage';

const stage = newStage();

/** Presses Tab until what has the focus has this name; a hundred times at most. */
async function tabUntil(page: Page, name: string | RegExp): Promise<void> {
  const isIt = (found: string) => (typeof name === 'string' ? found === name : name.test(found));
  for (let presses = 0; presses < 100; presses += 1) {
    await page.keyboard.press('Tab');
    if (isIt(await focused(page))) return;
  }
  throw new Error(`Tab does not lead to ${String(name)}`);
}

/** The name of what has the focus. */
async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return '';
    const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])] : [];
    const named = element.getAttribute('aria-label') ?? labels[0]?.textContent ?? element.innerText;
    return named.trim();
  });
}

test('everything can be done without a mouse', async () => {
  const citizen = await stage.arrive('alys');
  const { page } = citizen;
  const tabTo = (name: string | RegExp) => tabUntil(page, name);
  const type = (words: string) => page.keyboard.type(words);
  const enter = () => page.keyboard.press('Enter');
  await tabTo('Make my wallet');
  await enter();
  await citizen.at('Choose a passphrase');
  await tabTo('Passphrase');
  await type(PASSPHRASE);
  await tabTo('The same passphrase again');
  await type(PASSPHRASE);
  await enter();
  await citizen.at('Write down your 24 recovery words');
  await tabTo('I have written them down');
  await enter();
  await citizen.at('Check your paper');
  await tabTo('Do this later');
  await enter();
  await citizen.at('Choose your consent service');
  await tabTo('Use this service');
  await enter();
  await citizen.at('Your wallet');

  await page.keyboard.press('Tab');
  await tabTo('My information');
  await enter();
  await citizen.at('My information');
  await expect.poll(() => focused(page)).toBe('My information');
  await tabTo('Begin with my name');
  await enter();
  await citizen.at('Name');
  await tabTo('Full name');
  await type('Alys Rhydderch');
  await tabTo('Save');
  await enter();
  await page.getByText('Alys Rhydderch').waitFor();
  await citizen.open('#/information/item/home.address');
  await citizen.at('Address');
  await tabTo(/^House and street/);
  await type('1 Heol y Nant');
  await tabTo('Save');
  await enter();
  await page.getByText('1 Heol y Nant').waitFor();

  await tabTo('Requests');
  await enter();
  await citizen.at('Answer a request');
  await tabTo('Link or request');
  await page.keyboard.insertText(await stage.county.request('fire-safety-visit'));
  await tabTo('Read the request');
  await enter();
  await citizen.at(/^Cwm Derw Fire and Rescue asks/);
  await tabTo('Continue');
  await enter();
  await citizen.at(/^Until when/);
  await tabTo('Continue');
  await enter();
  await citizen.at('Check before you sign');
  await tabTo('Say yes and sign');
  await enter();
  await citizen.at('You said yes to Cwm Derw Fire and Rescue');
  await tabTo('Sharing');
  await enter();
  await citizen.at('What you share');
  await tabTo(/^Stop sharing with/);
  await enter();
  await citizen.at(/^Stop sharing with/);
  await tabTo('Stop sharing now');
  await enter();
  await citizen.at(/^You stopped sharing/);
  await expect.poll(() => stage.county.verdict('fire')).toMatchObject({ verdict: 'no' });
  expect(citizen.complaints).toEqual([]);
});
