// Who looked, over faked answers of the program.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { App } from '../../App';
import type { Looks, LookReview, Overdue } from '../../host/host';
import type { Answers } from '../../testing/renderWithHost';
import { faults, refuse, renderWithHost } from '../../testing/renderWithHost';
import { peace } from '../../testing/samples';
import { access, ambulance, fire, grants, LATER, opening, said } from '../../testing/sharingSamples';

const show = (looks: Partial<Looks>, more: Answers = {}) =>
  renderWithHost(<App />, {
    ...peace,
    looks_list: { looks: [], overdue: [], ...looks },
    history_list: { happened: [said, { ...said, index: 4, doing: 'shared' }], overdue: [] },
    looks_seen: {},
    ...more,
  }, '#/looked');

test('where nobody looked, it says so, and what will be listed', async () => {
  show({});
  expect(await screen.findByRole('heading', { name: 'Nobody has looked.' })).toBeTruthy();
  expect(screen.queryByRole('img')).toBeNull();
  expect(await faults()).toEqual([]);
});

test('openings in an emergency come first and are marked, whatever came later', async () => {
  show({ looks: [access, opening] });
  const [first, second] = await screen.findAllByRole('article');
  if (first === undefined || second === undefined) throw new Error('two looks make two articles');
  expect(first.textContent).toContain('Cwm Derw Ambulance Trust opened your emergency information');
  expect(within(first).getByText('INC-7')).toBeTruthy();
  expect(within(first).getByText('A call for help')).toBeTruthy();
  expect(within(first).getByText('desk-2, at the control room')).toBeTruthy();
  expect(second.textContent).toContain('planning the visit');
  expect(screen.getByRole('img', { name: /Looks: 1\. Emergency openings: 1\./ })).toBeTruthy();
  expect(await faults()).toEqual([]);
});

const reviews: [LookReview, RegExp][] = [
  [{ state: 'due', by: LATER }, /A second person has to check it by/],
  [{ state: 'overdue', since: 1_700_000_000 }, /No second person has checked it/],
  [{ state: 'reviewed', at: 1_795_700_000_000, actor: 'officer-9', finding: 'justified' }, /it was right to open it/],
  [{ state: 'reviewed', at: 1_795_700_000_000, actor: 'officer-9', finding: 'unjustified' }, /it should not have been opened/],
  [{ state: 'reviewed', at: 1_795_700_000_000, actor: 'officer-9', finding: 'inconclusive' }, /it could not be decided/],
];
test.each(reviews)('the second person: %j', async (review, words) => {
  show({ looks: [{ ...opening, review }] });
  expect(await screen.findByText(words)).toBeTruthy();
});

const owed: [Overdue['what'], RegExp][] = [
  ['erasure_after_revocation', /You stopped this; the deletion was due by/],
  ['erasure_after_expiry', /Your consent has ended; the deletion was due by/],
  ['erasure_after_retention', /It was allowed to keep it until/],
  ['review', /no second person has checked that/],
];
test.each(owed)('what is overdue is flagged: %s', async (what, words) => {
  show({ overdue: [{ grant: 'g1', agency: fire.name, what, since: 1_795_000_000 }] }, { evidence_bundle: { path: '/home/alys/Assent/evidence' } });
  expect(await screen.findByText(words)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Save the evidence' }));
  expect(await screen.findByText('/home/alys/Assent/evidence')).toBeTruthy();
  expect(await faults()).toEqual([]);
});

test('the list narrows by agency, and shows more or less of the record', async () => {
  show({ looks: [access, opening] });
  await screen.findAllByRole('article');
  expect(screen.queryByText(/^Your information was sealed/)).toBeNull();
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'Everything in the record');
  expect(screen.getByText(/^Your information was sealed/)).toBeTruthy();
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'Only looks');
  expect(screen.queryByText(/^You said yes/)).toBeNull();
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Agency' }), ambulance.name);
  expect(screen.getAllByRole('article')).toHaveLength(1);
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Time' }), 'The last 7 days');
});

test('the chart says the same as a table', async () => {
  show({ looks: [access, opening] });
  await userEvent.click(await screen.findByText('The same as a table'));
  const rows = within(screen.getByRole('table', { name: 'How often' })).getAllByRole('row');
  expect(rows[1]?.textContent).toMatch(/11$/);
});

test('the record is saved as a table, or says why not', async () => {
  const shown = show({ looks: [access] }, { history_export: refuse('disk_full', undefined, true) });
  await userEvent.click(await screen.findByRole('button', { name: 'Save as a table' }));
  expect((await screen.findByRole('alert')).textContent).toContain('There is no room left');
  expect(shown.asked.find(({ command }) => command === 'history_export')?.ask).toEqual({ lang: 'en', format: 'csv' });
});

test('what was new is not new any more once the page is left', async () => {
  const shown = show({ looks: [opening] }, { grants_list: grants() });
  expect(await screen.findByText('New')).toBeTruthy();
  expect(shown.asked.some(({ command }) => command === 'looks_seen')).toBe(false);
  window.location.hash = '#/sharing/stop-all';
  await waitFor(() => {
    expect(shown.asked.some(({ command }) => command === 'looks_seen')).toBe(true);
  });
});

test('two thousand rows come twice as many at a time, and the focus goes to what is new', async () => {
  const happened = Array.from({ length: 2_000 }, (_, at) => ({ ...said, index: at + 100 }));
  show({ looks: [access] }, { history_list: { happened, overdue: [] } });
  const list = (await screen.findByRole('heading', { name: 'What happened' })).parentElement?.querySelector('ol');
  if (list == null) throw new Error('what happened is a list');
  expect(list.children).toHaveLength(25);
  for (const [more, shown] of [['Show 25 more', 50], ['Show 50 more', 100]] as const) {
    await userEvent.click(screen.getByRole('button', { name: more }));
    expect(list.children).toHaveLength(shown);
    expect(document.activeElement).toBe(list.children[shown / 2]);
  }
  expect(await faults()).toEqual([]);
  for (const more of ['100', '200', '400', '800']) await userEvent.click(screen.getByRole('button', { name: `Show ${more} more` }));
  await userEvent.click(screen.getByRole('button', { name: 'Show 401 more' }));
  expect(list.children).toHaveLength(2_001);
  expect(screen.queryByRole('button', { name: /^Show \d+ more$/ })).toBeNull();
});
