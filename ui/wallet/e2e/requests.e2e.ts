// A request from its link to a signature that the agency's own software accepts; and a no.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launch } from '../../e2e/browser';
import { Citizen } from './citizen';
import { County } from './county';

let county: County;
let browser: Browser;
let citizen: Citizen;

beforeAll(async () => {
  [county, browser] = await Promise.all([County.open(), launch()]);
});

afterAll(async () => {
  await (browser as Browser | undefined)?.close();
  await (county as County | undefined)?.close();
});

afterEach(async () => {
  await citizen.leave();
});

test('a pasted request is read, answered, signed and good at the agency', async () => {
  citizen = await Citizen.arrive(browser, county, 'mared');
  const { page } = citizen;
  await citizen.firstRun();
  await citizen.bringIn('mared-llwyd.wallet.json');
  await citizen.open('#/requests');
  await citizen.at('Answer a request');
  await citizen.picture('requests');
  await citizen.press('Read the request');
  await page.getByText('Paste a link or a request first.').waitFor();
  await page.getByLabel('Link or request').fill(await county.request('fire-safety-visit'));
  await citizen.press('Read the request');
  await citizen.at('Cwm Derw Fire and Rescue asks to see some of your information');
  await citizen.picture('review');
  await citizen.inDark('review');

  await citizen.press(/^Write it down now: Hearing/);
  await citizen.at('Hearing');
  await citizen.press('Save and go back to the request');
  await page.getByRole('alert').getByText('Nothing is written down yet').waitFor();
  await page.getByRole('checkbox').first().check();
  await citizen.picture('review-write');
  await citizen.press('Save and go back to the request');
  await citizen.at(/asks to see some of your information/);
  await page.getByRole('checkbox', { name: 'Animals' }).uncheck();
  await page.getByText('8 of 10 items chosen').waitFor();
  await citizen.press('Continue');

  await citizen.at('Until when may Cwm Derw Fire and Rescue see it?');
  await page.getByLabel(/^One month/).check();
  await citizen.picture('review-until');
  await citizen.press('Continue');
  await citizen.at('Check before you sign');
  await citizen.picture('review-check');
  await citizen.press('Say yes and sign');
  await citizen.at('You said yes to Cwm Derw Fire and Rescue');
  await page.getByText('Signed, recorded and proven').waitFor();
  await citizen.picture('review-done');
  expect(await county.verdict('fire')).toMatchObject({ verdict: 'yes' });

  await page.getByRole('link', { name: 'Check the proof yourself' }).click();
  await page.getByText('Everything holds').waitFor();
  await page.getByText('Details for an expert').click();
  await citizen.picture('proof');
  await page.getByRole('link', { name: /^Back to/ }).click();
  await citizen.at('Cwm Derw Fire and Rescue');
  await page.getByText('You said yes').first().waitFor();
  await citizen.picture('grant');
  await citizen.inDark('grant');
  await page.getByRole('link', { name: 'Receipt to print or save' }).click();
  await citizen.at('Consent receipt');
  await citizen.press('Save as a file');
  await page.getByText('Saved. The file is here:').waitFor();
  await citizen.picture('receipt');
  await citizen.print('receipt');
  const [receipt = ''] = (await readdir(citizen.papers)).filter((name) => name.endsWith('.jsonld'));
  expect(await readFile(join(citizen.papers, receipt), 'utf8')).toContain('ISO/IEC TS 27560');
  expect(citizen.complaints).toEqual([]);
});

test('a circle is shown with what each sees, and a no is signed and told', async () => {
  citizen = await Citizen.arrive(browser, county, 'emrys', { viewport: { width: 360, height: 740 } });
  const { page } = citizen;
  await citizen.firstRun();
  await citizen.bringIn('emrys-bowen.ips.json');
  await citizen.follow(await county.request('ambulance-emergency'));
  await citizen.open('#/requests');
  await page.getByText('Requests that were opened with Assent').waitFor();
  await citizen.picture('requests-phone');
  await page.getByRole('button', { name: 'Read the request' }).first().click();
  await citizen.at(/^Cwm Derw Ambulance Trust asks/);
  await page.getByText('One yes goes to several services').waitFor();
  await citizen.picture('review-circle-phone');
  expect(await citizen.overflow()).toBe(0);
  await citizen.press('Say no');
  await citizen.at('Say no to Cwm Derw Ambulance Trust?');
  await citizen.picture('review-no-phone');
  await citizen.press('Say no and tell them');
  await citizen.at('You said no to Cwm Derw Ambulance Trust');
  await citizen.picture('review-said-no-phone');
  await page.getByRole('link', { name: 'Answer another request' }).click();
  await page.getByText('Requests you said no to').click();
  await page.getByText(/^Cwm Derw Ambulance Trust, on/).waitFor();
  expect(citizen.complaints).toEqual([]);
});

test('a square code in a picture is a request like any other', async () => {
  citizen = await Citizen.arrive(browser, county, 'gwenllian');
  const { page } = citizen;
  await citizen.firstRun();
  await citizen.bringIn('gwenllian-probert.vcf');
  await citizen.open('#/requests');
  const file = join(county.folder, 'nothing.png');
  await writeFile(file, await page.screenshot());
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('alert').getByText('There is no square code').waitFor();
  await citizen.picture('requests-no-code');
  const code = join(county.folder, 'code.png');
  await county.request('council-resilience', code);
  await page.locator('input[type=file]').setInputFiles(code);
  await citizen.at(/^Cwm Derw County Council asks/);
  expect(citizen.complaints).toEqual([]);
});

test('sharing what nobody asked for, question by question', async () => {
  citizen = await Citizen.arrive(browser, county, 'nesta');
  const { page } = citizen;
  await citizen.firstRun();
  await citizen.bringIn('mared-llwyd.wallet.json');
  await citizen.open('#/share');
  await citizen.at('Who may see it?');
  await citizen.press('Continue');
  await page.getByRole('alert').getByText('Choose an agency.').waitFor();
  await citizen.picture('share-1-agency');
  await page.getByLabel('Cwm Derw Police').check();
  await citizen.press('Continue');
  await citizen.at('What for?');
  await page.getByLabel('Welfare check').check();
  await citizen.picture('share-2-purpose');
  await citizen.press('Continue');
  await citizen.at('What may they see?');
  await page.getByLabel('Name', { exact: true }).check();
  await page.getByLabel('Key safe').check();
  await page.getByLabel('Address').check();
  await citizen.picture('share-3-items');
  await citizen.press('Continue');
  await citizen.at('When may they look?');
  await citizen.press('Continue');
  await citizen.at('Share with Cwm Derw Police');
  await citizen.picture('share-5-review');
  await citizen.press('Continue');
  await citizen.press('Continue');
  await citizen.press('Say yes and sign');
  await citizen.at('You said yes to Cwm Derw Police');
  expect(await county.verdict('police')).toMatchObject({ verdict: 'yes' });
  expect(citizen.complaints).toEqual([]);
});

test('the same in Welsh on the smallest phone: read, signed, found and stopped', async () => {
  citizen = await Citizen.arrive(browser, county, 'alun', { viewport: { width: 320, height: 640 } });
  const { page } = citizen;
  await citizen.firstRun();
  await citizen.bringIn('mared-llwyd.wallet.json');
  await citizen.open('#/settings');
  await page.getByLabel('Cymraeg').check();
  await citizen.at('Gosodiadau');
  await citizen.open('#/requests');
  await page.getByLabel('Dolen neu gais').fill(await county.request('police-missing-person'));
  await citizen.press('Darllen y cais');
  await citizen.at('Mae Heddlu Cwm Derw yn gofyn am weld rhywfaint o’ch gwybodaeth');
  await page.getByText('Mae Heddlu Cwm Derw yn gofyn am gael darllen hyn').waitFor();
  for (const name of ['review', 'until', 'check']) {
    await citizen.picture(`${name}-welsh-phone`);
    expect(await citizen.overflow(), name).toBe(0);
    if (name !== 'check') await citizen.press('Parhau');
  }
  await citizen.press('Dweud ie a llofnodi');
  await citizen.at('Dywedoch ie wrth Heddlu Cwm Derw');
  await citizen.open('#/card');
  await page.getByRole('heading', { name: 'Gwybodaeth argyfwng Mared Llwyd' }).waitFor();
  await citizen.picture('card-welsh-phone');
  expect(await citizen.overflow()).toBe(0);
  await citizen.open('#/sharing');
  await page.getByRole('link', { name: /^Atal rhannu gyda/ }).click();
  await citizen.picture('stop-welsh-phone');
  await citizen.press('Atal rhannu nawr');
  await citizen.at('Rydych wedi atal rhannu gyda Heddlu Cwm Derw');
  await citizen.picture('stopped-welsh-phone');
  expect(await citizen.overflow()).toBe(0);
  expect(await county.verdict('police')).toMatchObject({ verdict: 'no', code: 'revoked' });
  expect(citizen.complaints).toEqual([]);
});
