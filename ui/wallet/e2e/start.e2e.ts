// From nothing to an open wallet, wrong passphrases, and the ways back in.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PASSPHRASE } from './citizen';
import { newStage } from './stage';

const stage = newStage();

test('a new wallet, step by step, in both themes', async () => {
  const citizen = await stage.arrive('alys');
  const { page } = citizen;
  await citizen.picture('start-1-welcome');
  await citizen.press('Make my wallet');
  await page.getByLabel('Passphrase', { exact: true }).fill('password');
  await page.getByText('Guessed at once').first().waitFor();
  await citizen.press('Make my wallet');
  await page.getByText('The two are not the same').first().waitFor();
  await page.getByLabel('The same passphrase again').fill('password');
  await citizen.press('Make my wallet');
  await page.getByRole('alert').getByText('too easy to guess').waitFor();
  await citizen.picture('start-2-passphrase-weak');
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.getByLabel('The same passphrase again').fill(PASSPHRASE);
  await citizen.press('Make my wallet');
  await citizen.at('Write down your 24 recovery words');
  await citizen.picture('start-3-words');
  // One sheet of paper, with the words and nothing to press.
  expect(await citizen.print('start-3-words')).toBe(1);
  await citizen.press('I have written them down');
  await citizen.press('Check');
  await page.getByRole('alert').getByText('At least one word is not right').waitFor();
  await citizen.picture('start-4-check');
  await citizen.press('Do this later');
  await citizen.picture('start-5-service');
  await citizen.press('Use this service');
  await citizen.at('Your wallet');
  await page.getByText('Nobody can see your information').waitFor();
  await citizen.picture('home-new');
  await page.emulateMedia({ colorScheme: 'dark' });
  await citizen.picture('home-new-dark');
  expect(citizen.complaints).toEqual([]);
});

test('wrong passphrases are told, and the wait too', async () => {
  const citizen = await stage.arrive('bryn');
  const { page } = citizen;
  await citizen.firstRun();
  await citizen.press('Lock');
  await citizen.at('Open your wallet');
  await citizen.picture('unlock');
  for (let tries = 0; tries < 5; tries += 1) {
    await page.getByLabel('Your passphrase').fill('not the one');
    const answered = page.waitForResponse('**/command/unlock');
    await page.locator('button[type=submit]:not([disabled]):not([aria-disabled])').click();
    expect(await (await answered).json()).toMatchObject({ code: 'wrong_passphrase' });
    if (tries > 0) continue;
    await page.getByRole('alert').getByText('not the passphrase').waitFor();
    await citizen.picture('unlock-wrong');
  }
  await page.getByText('You can try again in').first().waitFor();
  await citizen.picture('unlock-wait');
  // The right one is not taken while the wait lasts, and is once it is over.
  await page.getByLabel('Your passphrase').fill(PASSPHRASE);
  await page.locator('button[type=submit]:not([disabled])').click();
  await citizen.at('Your wallet');
  expect(citizen.complaints).toEqual([]);
});

test('a backup comes back on another device', async () => {
  const citizen = await stage.arrive('carys');
  await citizen.firstRun();
  await citizen.bringIn('gwenllian-probert.vcf');
  await citizen.open('#/settings');
  await citizen.press('Make a backup');
  await citizen.page.getByText('The file was written to').waitFor();
  const [file = ''] = await readdir(citizen.papers);
  const backup = join(citizen.papers, file);
  expect((await readFile(backup)).length).toBeGreaterThan(1000);

  const elsewhere = await stage.arrive('carys-phone', { viewport: { width: 360, height: 740 } });
  await elsewhere.press('Bring back a backup');
  await elsewhere.picture('restore-phone');
  expect(await elsewhere.overflow()).toBe(0);
  await elsewhere.press('Bring it back');
  await elsewhere.page.getByText('Choose the backup file first').waitFor();
  await elsewhere.page.getByLabel('Choose the backup, or drag it here').setInputFiles(backup);
  await elsewhere.page.getByLabel('The passphrase of the backup').fill(PASSPHRASE);
  await elsewhere.press('Bring it back');
  await elsewhere.at('Your wallet');
  await elsewhere.open('#/information');
  await elsewhere.page.getByText('Gwenllian').first().waitFor();
  await elsewhere.picture('information-phone');
});
