// What is shared, and stopping, pausing and narrowing it, over faked answers of the program.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { App } from '../../App';
import type { GrantView } from '../../host/host';
import type { Answers } from '../../testing/renderWithHost';
import { faults, refuse, renderWithHost } from '../../testing/renderWithHost';
import { peace } from '../../testing/samples';
import { ambulance, grant, grants, said } from '../../testing/sharingSamples';

const quiet: Answers = { ...peace, history_list: { happened: [said], overdue: [] } };
const show = (answers: Answers, at: string) => renderWithHost(<App />, { ...quiet, ...answers }, at);
const with_ = (change: Partial<GrantView>): Answers => ({ grants_list: grants({ ...grant, ...change }) });
const asked = (shown: ReturnType<typeof renderWithHost>, command: string) => shown.asked.find((one) => one.command === command)?.ask;

const circle = (id: string, agency: typeof ambulance): GrantView => ({
  ...grant, id, agency: agency.id, agency_name: agency.name, kind: agency.kind, case: 'c1', circle_name: 'Emergency response', on_incident: true,
});

test('where nothing is shared, it says how to begin', async () => {
  show({ grants_list: grants() }, '#/sharing');
  expect(await screen.findByRole('heading', { name: 'You share nothing yet.' })).toBeTruthy();
  expect(screen.queryByRole('link', { name: 'Stop everything' })).toBeNull();
  expect(await faults()).toEqual([]);
});

test('the list groups by what is decided, and each open one can be stopped from it', async () => {
  show({
    grants_list: grants(
      grant,
      { ...grant, id: 'g2', agency_name: 'The council', state: 'suspended' },
      { ...grant, id: 'g3', agency_name: 'The police', state: 'valid', becoming: 'revoked' },
      { ...grant, id: 'g4', agency_name: 'The health board', state: 'expired', ending: { how: 'expired', at: 1_795_000_000_000, acknowledged_after: null, looked: false, erase_by: null, erased_at: null } },
    ),
  }, '#/sharing');
  const group = async (name: string) => (await screen.findByRole('heading', { level: 2, name })).closest('section');
  expect((await group('In force'))?.textContent).toContain('Cwm Derw Fire and Rescue');
  expect((await group('Paused'))?.textContent).toContain('The council');
  const ended = screen.getByText('Ended (2)').closest('details');
  expect(ended?.textContent).toContain('Stopping: waits to be sent');
  expect(screen.getAllByRole('link', { name: /^Stop sharing with/ })).toHaveLength(2);
  expect(await faults()).toEqual([]);
});

test('searching finds by agency, reason or item, and says how many', async () => {
  show({ grants_list: grants(grant, { ...grant, id: 'g2', agency_name: 'The council' }, { ...grant, id: 'g3' }, { ...grant, id: 'g4' }) }, '#/sharing');
  await userEvent.type(await screen.findByRole('searchbox', { name: 'Find' }), 'council animals');
  expect(await screen.findByText('1 shown')).toBeTruthy();
  await userEvent.type(screen.getByRole('searchbox', { name: 'Find' }), ' nothing like it');
  expect(await screen.findByText('Nothing fits what you are looking for.')).toBeTruthy();
  await userEvent.clear(screen.getByRole('searchbox', { name: 'Find' }));
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'Paused');
  expect(await screen.findByText('0 shown')).toBeTruthy();
});

test('consents of a circle stand together and are stopped with one press', async () => {
  const shown = show({
    grants_list: grants(circle('g1', ambulance), circle('g2', { ...ambulance, name: 'The police', kind: 'police' })),
    grant_revoke: { done: 'recorded', grants: 2, trouble: null },
  }, '#/sharing');
  expect(await screen.findByRole('heading', { name: 'Emergency response: 2 agencies' })).toBeTruthy();
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByRole('link', { name: /^Stop for all agencies/ }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Stop sharing with everyone in “Emergency response”?' })).toBeTruthy();
  expect(screen.queryByRole('radio')).toBeNull();
  expect(screen.getAllByRole('term').map(({ textContent }) => textContent)).toEqual(['Cwm Derw Ambulance Trust', 'The police']);
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Stop sharing now' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'You stopped sharing with everyone in “Emergency response”' })).toBeTruthy();
  expect(screen.getByText('2 consents are stopped: Cwm Derw Ambulance Trust and The police.')).toBeTruthy();
  expect(asked(shown, 'grant_revoke')).toEqual({ grant: 'c1' });
});

test('one of a circle is stopped alone from its own page, unless all are chosen', async () => {
  const shown = show({
    grants_list: grants(circle('g1', ambulance), circle('g2', { ...ambulance, name: 'The police', kind: 'police' })),
    grant_revoke: { done: 'recorded', grants: 1, trouble: null },
  }, '#/sharing/g2/stop');
  expect(await screen.findByRole('heading', { level: 1, name: 'Stop sharing with The police?' })).toBeTruthy();
  await userEvent.click(screen.getByLabelText('All 2 agencies'));
  expect(screen.getByRole('heading', { level: 1, name: /everyone in “Emergency response”/ })).toBeTruthy();
  await userEvent.click(screen.getByLabelText('Only The police'));
  await userEvent.click(screen.getByRole('button', { name: 'Stop sharing now' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'You stopped sharing with The police' })).toBeTruthy();
  expect(asked(shown, 'grant_revoke')).toEqual({ grant: 'g2' });
});

test('before stopping it says how soon, and what stopping does not stop', async () => {
  show(with_({ other_basis: true, basis_words: 'a task in the public interest', recipients: ['The council'] }), '#/sharing/g1/stop');
  expect(await screen.findByRole('heading', { level: 1, name: 'Stop sharing with Cwm Derw Fire and Rescue?' })).toBeTruthy();
  expect(screen.getByText(/must refuse within 1 minute\. One that has no connection goes by its last list, for 24 hours/)).toBeTruthy();
  expect(screen.getByText(/another right in law: a task in the public interest/)).toBeTruthy();
  expect(screen.getByText(/allowed to pass it on to The council/)).toBeTruthy();
  expect(await faults()).toEqual([]);
});

test.each([
  ['recorded', /^It is recorded and proven/],
  ['queued', 'It is signed, and waits to be sent'],
  ['never_sent', /It was never sent, and never will be/],
  ['already', 'It was stopped already.'],
] as const)('a stop that is %s is told as that', async (done, words) => {
  show({ ...with_({}), grant_revoke: { done, grants: 1, trouble: done === 'queued' ? 'unreachable' : null } }, '#/sharing/g1/stop');
  await userEvent.click(await screen.findByRole('button', { name: 'Stop sharing now' }));
  expect(await screen.findByText(words)).toBeTruthy();
  expect(screen.queryByText(/Every agency that is connected must refuse from/) !== null).toBe(done === 'recorded');
  expect(await faults()).toEqual([]);
});

test('what is over is not stopped again', async () => {
  show(with_({ state: 'expired' }), '#/sharing/g1/stop');
  expect(await screen.findByText(/^This is over already/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Stop sharing now' })).toBeNull();
});

test('a stop that fails stays a question', async () => {
  show({ ...with_({}), grant_revoke: refuse('storage', undefined, true) }, '#/sharing/g1/stop');
  await userEvent.click(await screen.findByRole('button', { name: 'Stop sharing now' }));
  expect((await screen.findByRole('alert')).textContent).toContain('The disk would not read or write.');
  expect(screen.getByRole('button', { name: 'Stop sharing now' })).toBeTruthy();
});

test('a consent says where it stands, what was agreed to and what has happened', async () => {
  show(with_({ on_incident: true, published: false, share: 'waits' }), '#/sharing/g1');
  expect(await screen.findByText('It is in force, and sealed until an emergency is declared.')).toBeTruthy();
  expect(screen.getByText(/was not checked since/)).toBeTruthy();
  expect(screen.getByText(/What you wrote down has not reached them/)).toBeTruthy();
  expect(screen.getByText('We keep it until 90 days after the visit.')).toBeTruthy();
  expect(await screen.findByText('You said yes')).toBeTruthy();
  expect(await faults()).toEqual([]);
});

test.each([
  [{ state: 'waiting' } as const, /signed, but not sent yet/],
  [{ becoming: 'revoked' } as const, /Until it is, agencies are still told yes/],
  [{ state: 'suspended', becoming: 'revoked' } as const, /It is paused until then/],
  [{ state: 'refused', refusal: 'wrong_agency_key' } as const, /The agency has a new key/],
  [{ state: 'refused', refusal: 'something_new' } as const, /gave this code: something_new/],
  [{ share: 'no_key' } as const, /are given nothing/],
  [{ share: 'too_large' } as const, /more than one consent can carry.*Make it shorter, or share less/],
])('%j is told in words', async (change, words) => {
  show(with_(change), '#/sharing/g1');
  expect(await screen.findByText(words)).toBeTruthy();
  expect(await faults()).toEqual([]);
});

test.each([
  [{ acknowledged_after: null, looked: true, erase_by: 1_700_000_000, erased_at: null }, [/have not said that they took note/, /had to delete what they read by/]],
  [{ acknowledged_after: 1_200, looked: true, erase_by: null, erased_at: 1_795_600_000_000 }, [/took note after 2 seconds/, /stated on .* that they deleted/]],
  [{ acknowledged_after: 300, looked: false, erase_by: null, erased_at: null }, [/took note after 1 second\b/, /never looked, so they hold nothing/]],
])('after a stop, what the agency did is told: %j', async (after, lines) => {
  const ending = { how: 'revoked' as const, at: 1_795_600_000_000, ...after };
  show(with_({ state: 'revoked', revoked_at: ending.at, ending }), '#/sharing/g1');
  const card = (await screen.findByRole('heading', { name: 'Since you stopped it' })).closest('section');
  for (const line of lines) expect(card?.textContent).toMatch(line);
  expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
});

test('pausing tells how soon, and resuming that nobody may look until it is sent', async () => {
  let paused = false;
  show({
    grants_list: () => grants({ ...grant, state: paused ? 'suspended' : 'valid' }),
    grant_suspend: () => {
      paused = true;
      return { done: 'recorded', grants: 1, trouble: null };
    },
    grant_resume: { done: 'queued', grants: 1, trouble: 'unreachable' },
  }, '#/sharing/g1');
  await userEvent.click(await screen.findByRole('button', { name: 'Pause' }));
  expect(await screen.findByText(/Agencies must refuse within 1 minute/)).toBeTruthy();
  await userEvent.click(await screen.findByRole('button', { name: 'Resume' }));
  expect(await screen.findByText(/Until it is, nobody may look/)).toBeTruthy();
});

test('sharing less: nothing changed is told, needed items stay, and what is asked is what was unticked', async () => {
  const shown = show({ ...with_({}), grant_narrow: { grants: ['g9'], recorded: 1, trouble: null } }, '#/sharing/g1/narrow');
  await userEvent.click(await screen.findByRole('button', { name: 'Share less from now on' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing is changed yet.');
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Name' }).disabled).toBe(true);
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByRole('checkbox', { name: 'Animals' }));
  await userEvent.click(screen.getByRole('button', { name: 'Share less from now on' }));
  expect(await screen.findByText(/The narrower consent is in force/)).toBeTruthy();
  expect(asked(shown, 'grant_narrow')).toEqual({ grant: 'g1', without: ['home.pets'], ends_at: null });
});

test('only what is in force can be narrowed', async () => {
  show(with_({ state: 'suspended' }), '#/sharing/g1/narrow');
  expect(await screen.findByText('Only a consent in force can be made narrower.')).toBeTruthy();
});

test('stopping everything warns of the emergency, and tells what waits', async () => {
  show({ ...with_({ on_incident: true }), revoke_all: { stopped: 3, waiting: 2, trouble: 'unreachable' } }, '#/sharing/stop-all');
  expect(await screen.findByText(/the agencies will know nothing/)).toBeTruthy();
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Stop everything now' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Everything is stopped, but not sent yet' })).toBeTruthy();
  expect(screen.getByText(/Of these, 2 wait to be sent/)).toBeTruthy();
});

test('the receipt prints and is saved as a file', async () => {
  const print = vi.spyOn(window, 'print').mockImplementation(() => undefined);
  show({ ...with_({}), grant_receipt: { path: '/home/alys/Assent/receipt.jsonld' } }, '#/sharing/g1/receipt');
  const sheet = await screen.findByRole('article', { name: 'Consent receipt' });
  expect(within(sheet).getByText('Wales')).toBeTruthy();
  expect(within(sheet).getByText('Your explicit consent')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Print this page' }));
  expect(print).toHaveBeenCalledOnce();
  await userEvent.click(screen.getByRole('button', { name: 'Save as a file' }));
  expect(await screen.findByText('/home/alys/Assent/receipt.jsonld')).toBeTruthy();
  expect(await faults()).toEqual([]);
});

test.each(['#/sharing/nobody', '#/sharing/nobody/stop', '#/sharing/nobody/receipt'])('%s is no consent, and says so', async (at) => {
  show(with_({}), at);
  const summary = await screen.findByRole('alert');
  expect(summary.textContent).toContain('There is no such consent.');
  await waitFor(() => {
    expect(document.activeElement).toBe(summary);
  });
});

test('what waits to be sent is listed with what it is', async () => {
  show({ grants_list: { ...grants(grant), waiting: [{ grant: 'g1', agency: 'The council', what: 'revoke', since: 1_795_600_000 }] } }, '#/sharing');
  const card = (await screen.findByRole('heading', { name: 'Not sent yet' })).closest('section');
  expect(card?.textContent).toContain('Stop: The council, since');
  expect(await faults()).toEqual([]);
});
