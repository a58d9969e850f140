// The first page: what is in force, what is pressing, who looked last.
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { App } from '../../App';
import type { Look } from '../../host/host';
import { rememberPhraseChecked } from '../../session/remembered';
import { faults, renderWithHost } from '../../testing/renderWithHost';
import { about, overview, peace } from '../../testing/samples';

const look: Look = {
  grant: 'g1',
  agency_id: 'https://ambulance.example',
  agency: 'Cwm Derw Ambulance Trust',
  kind: 'opening',
  at: 1_795_600_000_000,
  index: 7,
  actor: 'crew 4',
  reason: 'call',
  items: ['Name'],
  incident: 'I-1',
  position: 'control-room',
  basis: null,
  review: null,
  new: true,
};
const quiet = { ...peace, looks_list: { looks: [], overdue: [] } };

beforeEach(() => {
  rememberPhraseChecked();
});

test('at peace it says what is in force and presses nothing', async () => {
  renderWithHost(<App />, quiet);
  expect(await screen.findByRole('heading', { name: '2 consents are in force' })).toBeTruthy();
  expect(screen.queryByRole('heading', { name: 'Needs your attention' })).toBeNull();
  expect(await faults()).toEqual([]);
});

test('an emergency comes first, then what is late, then the rest', async () => {
  const pressing = { ...overview, openings: 1, looks: 3, overdue: 2, ending: 1, verifier: null, items: 0 };
  renderWithHost(<App />, { ...quiet, overview: pressing, about: { ...about, links: 1 } });
  const list = (await screen.findByRole('heading', { name: 'Needs your attention' })).parentElement;
  if (list === null) throw new Error('the heading stands alone');
  const matters = within(list).getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(matters.map((words) => words.slice(0, 24))).toEqual([
    'Your information was open',
    'Agencies have not done 2 ',
    '2 new looks at your infor',
    'A request is waiting for ',
    '1 consent ends within 30',
    'You have not chosen a con',
    'You have not written anyt',
  ].map((words) => words.slice(0, 24)));
  expect(await faults()).toEqual([]);
});

test('nobody sees anything where nothing is in force', async () => {
  renderWithHost(<App />, { ...quiet, overview: { ...overview, in_force: 0 } });
  expect(await screen.findByRole('heading', { name: 'Nobody can see your information' })).toBeTruthy();
});

test('words that were never checked are asked for', async () => {
  localStorage.removeItem('assent-phrase-checked');
  renderWithHost(<App />, quiet);
  expect((await screen.findByRole('link', { name: 'Check them' })).getAttribute('href')).toBe('#/settings/recovery-phrase');
});

test('the last looks are told, emergencies marked', async () => {
  const looks = [look, { ...look, index: 6, kind: 'access' as const }, { ...look, index: 5 }, { ...look, index: 4, agency: 'A fourth' }];
  renderWithHost(<App />, { ...quiet, looks_list: { looks, overdue: [] } });
  const card = await screen.findByRole('region', { name: 'Who looked last' });
  expect(within(card).getAllByText('Emergency')).toHaveLength(2);
  expect(within(card).queryByText('A fourth')).toBeNull();
});

test('a new key of an agency is told until somebody has read it', async () => {
  const key_changes = [{ agency: 'Severn Vale Ambulance', contact: '01632 960 001', at: 1_795_600_000 }];
  const { asked } = renderWithHost(<App />, { ...quiet, overview: { ...overview, key_changes }, key_changes_told: {} });
  const heading = await screen.findByText('Severn Vale Ambulance has a new encryption key');
  expect(heading.parentElement?.textContent).toContain('ask: 01632 960 001. Found on');
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'I have read this' }));
  expect(asked.some(({ command }) => command === 'key_changes_told')).toBe(true);
});
