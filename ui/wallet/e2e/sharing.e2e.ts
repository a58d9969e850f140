// What is shared: stopped, paused, resumed and narrowed, checked each time by the agency's own software; and
// without a connection, told as it is.
import { expect, test } from 'vitest';
import { newStage } from './stage';

const stage = newStage();

test('a consent is paused, resumed and stopped, and the agency is refused', async () => {
  const citizen = await stage.arrive('mared');
  const { page } = citizen;
  await citizen.firstRun();
  await citizen.open('#/sharing');
  await page.getByText('You share nothing yet.').waitFor();
  await citizen.picture('sharing-empty');
  await citizen.bringIn('mared-llwyd.wallet.json');
  await citizen.sayYes(await stage.county.request('council-resilience'));
  await page.getByRole('link', { name: 'See this consent' }).click();
  await citizen.at('Cwm Derw County Council');
  expect(await stage.county.verdict('council')).toMatchObject({ verdict: 'yes' });

  await citizen.press('Pause');
  await page.getByText(/^Paused, recorded and proven/).waitFor();
  expect(await stage.county.verdict('council')).toMatchObject({ verdict: 'no', code: 'suspended' });
  await citizen.picture('grant-paused');
  await citizen.press('Resume');
  await page.getByText('Resumed, recorded and proven.').waitFor();
  expect(await stage.county.verdict('council')).toMatchObject({ verdict: 'yes' });

  await citizen.open('#/sharing');
  await page.getByRole('link', { name: /^Stop sharing with Cwm Derw County Council/ }).click();
  await citizen.at('Stop sharing with Cwm Derw County Council?');
  await page.getByText('An agency that is connected must refuse within').waitFor();
  await citizen.picture('stop');
  await citizen.inDark('stop');
  await citizen.press('Stop sharing now');
  await citizen.at('You stopped sharing with Cwm Derw County Council');
  await page.getByText(/It is recorded and proven/).waitFor();
  await citizen.picture('stopped');
  expect(await stage.county.verdict('council')).toMatchObject({ verdict: 'no', code: 'revoked' });

  await stage.county.catchUp('council');
  await page.getByRole('link', { name: 'See this consent' }).click();
  await citizen.round();
  await page.getByText(/^They took note after/).waitFor();
  await page.getByText('They never looked, so they hold nothing.').waitFor();
  await citizen.picture('grant-stopped');
  expect(citizen.complaints).toEqual([]);
});

test('without a connection a stop waits, and says that agencies are still told yes', async () => {
  const citizen = await stage.arrive('emrys', { viewport: { width: 360, height: 740 } });
  const { page } = citizen;
  await citizen.firstRun();
  await citizen.bringIn('emrys-bowen.ips.json');
  await citizen.sayYes(await stage.county.request('fire-safety-visit'));
  expect(await stage.county.verdict('fire')).toMatchObject({ verdict: 'yes' });
  await stage.county.disconnect();
  await citizen.open('#/sharing');
  await page.getByRole('link', { name: /^Stop sharing with/ }).click();
  await citizen.press('Stop sharing now');
  await page.getByText('It is signed, and waits to be sent').waitFor();
  await page.getByText(/agencies are still told yes/).first().waitFor();
  await citizen.picture('stopped-offline-phone');
  await page.getByRole('link', { name: 'See this consent' }).click();
  await page.getByText('Stopping: waits to be sent').waitFor();
  await citizen.picture('grant-stopping-phone');
  expect(await citizen.overflow()).toBe(0);
  await citizen.open('#/sharing');
  await page.getByText('Not sent yet').waitFor();
  await citizen.picture('sharing-offline-phone');

  await stage.county.reconnect();
  await citizen.round();
  await page.getByText('Not sent yet').waitFor({ state: 'detached' });
  expect(await stage.county.verdict('fire')).toMatchObject({ verdict: 'no', code: 'revoked' });
  expect(citizen.complaints.filter((each) => !each.includes('ERR_CONNECTION'))).toEqual([]);
});

test('a circle is one decision: shown together, narrowed one by one, stopped with one press', async () => {
  const citizen = await stage.arrive('nesta');
  const { page } = citizen;
  await citizen.firstRun();
  await citizen.bringIn('mared-llwyd.wallet.json');
  await citizen.sayYes(await stage.county.request('ambulance-emergency'));
  await citizen.sayYes(await stage.county.request('fire-safety-visit'));
  await citizen.open('#/sharing');
  await page.getByRole('heading', { name: 'Emergency response: 5 agencies' }).waitFor();
  await citizen.picture('sharing');
  await citizen.inDark('sharing');
  await page.getByRole('searchbox', { name: 'Find' }).fill('safety');
  await page.getByText('1 shown').waitFor();
  await page.getByRole('searchbox', { name: 'Find' }).fill('');

  await page.getByRole('link', { name: 'Cwm Derw Fire and Rescue', exact: true }).first().click();
  await page.getByRole('link', { name: 'Share less, or for a shorter time' }).click();
  await citizen.at('Share less with Cwm Derw Fire and Rescue');
  await citizen.press('Share less from now on');
  await page.getByRole('alert').getByText('Nothing is changed yet.').waitFor();
  await page.getByLabel('Animals').uncheck();
  await citizen.picture('narrow');
  await citizen.press('Share less from now on');
  await citizen.at('You share less with Cwm Derw Fire and Rescue now');
  await citizen.picture('narrowed');

  await citizen.open('#/sharing');
  await page.getByRole('link', { name: /^Stop for all/ }).click();
  await citizen.at('Stop sharing with everyone in “Emergency response”?');
  await citizen.picture('stop-circle');
  await citizen.press('Stop sharing now');
  await page.getByText(/^5 consents are stopped: Cwm Derw/).waitFor();
  for (const kind of ['ambulance', 'police', 'health', 'council']) {
    expect(await stage.county.verdict(kind), kind).toMatchObject({ verdict: 'no', code: 'revoked' });
  }
  await citizen.open('#/sharing/stop-all');
  await citizen.picture('stop-all');
  await citizen.press('Stop everything now');
  await citizen.at('You share nothing any more');
  await citizen.picture('stopped-all');
  expect(citizen.complaints).toEqual([]);
});
