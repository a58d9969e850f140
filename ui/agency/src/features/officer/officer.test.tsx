// The privacy officer's pages: what is processed, who stands out, what is owed, and the second look.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Actors, ReviewRow } from '../../host/types';
import { No, faults, show } from '../../testing/desk';
import { SOON, catalogue } from '../../testing/samples';

afterEach(() => {
  vi.unstubAllGlobals();
});

const actor = (name: string, reads: number, unusual = false) => ({ actor: name, reads, openings: 1, refused: 0, people: 2, at_night: 0, unusual, daily: [] });

const actors: Actors = {
  from: '2026-10-26', to: '2026-11-25', unusual_above: 12.4,
  rows: [actor('heron', 40, true), actor('wren', 6), actor('finch', 5), actor('robin', 4), actor('swift', 3)],
};

const review: ReviewRow = {
  grant: 'grant-1', opening: 'act-2', incident: 'INC-1', opened_at: SOON - 90_000, actor: 'actor-tomos', reason: 'call', due: SOON + 86_400 * 3, overdue: false, own: false, finding: null, reviewed_by: null,
};

test('the record of processing says everything that the law asks, and can be taken along', async () => {
  show({
    processing: {
      controller: 'https://fire.cwmderw.example', name: { en: 'Cwm Derw Fire and Rescue', cy: 'Tân ac Achub Cwm Derw' }, contact: 'data@fire.cwmderw.example',
      privacy_url: 'https://fire.cwmderw.example/privacy', erase_within: 'P30D', made_at: SOON,
      entries: [{ purpose: 'fire-safety-visit', label: 'Home fire safety visit', purpose_iri: 'x', basis: 'https://w3id.org/dpv/legal/eu/gdpr#A9-2-a', items: catalogue.items, people: 41, consents: 57, recipients: [], retention: 'P90D', readings: 12 }],
    },
  }, '#/officer');
  const entry = await screen.findByRole('region', { name: 'Home fire safety visit' });
  expect(within(entry).getByText('Explicit consent')).toBeTruthy();
  expect(within(entry).getByText('41 now; consents ever given: 57')).toBeTruthy();
  expect(within(entry).getByText('90 days')).toBeTruthy();
  expect(within(entry).getByText(/Conditions \(specially protected\)/)).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Download as CSV' }).getAttribute('href')).toBe('https://desk.example/api/processing.csv?lang=en');
  expect(await faults()).toEqual([]);
  const print = vi.spyOn(window, 'print').mockReturnValue(undefined);
  await userEvent.click(screen.getByRole('button', { name: 'Print' }));
  expect(print).toHaveBeenCalledOnce();
});

describe('who looked how often', () => {
  test('names whoever is far from the others, by pseudonym, in a plot and a table', async () => {
    show({ actors }, '#/officer/looks');
    await screen.findByText('Far from their colleagues: 1');
    expect(screen.getByText(/^heron\. That may have a good reason/)).toBeTruthy();
    expect(screen.getByRole('img', { name: /People: 5/ })).toBeTruthy();
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    expect(rows[1]?.textContent).toContain('Far from the others');
    expect(rows[2]?.textContent).not.toContain('Far from the others');
    expect(await faults()).toEqual([]);
  });

  test('says that it cannot tell with few people', async () => {
    show({ actors: { ...actors, unusual_above: null, rows: [actor('wren', 6)] } }, '#/officer/looks');
    await screen.findByText('There are too few people to say who is far from the others.');
  });

  test('asks for another span', async () => {
    const { calls } = show({ actors }, '#/officer/looks');
    await userEvent.selectOptions(await screen.findByLabelText('How far back'), '90 days');
    await waitFor(() => { expect(calls.at(-1)?.ask.days).toBe('90'); });
  });

  test('tells who a pseudonym is only with a reason, and keeps it nowhere', async () => {
    const shown = show({ actors, 'actor/resolve': new No('reason_missing') }, '#/officer/looks');
    await userEvent.type(await screen.findByLabelText('Pseudonym'), 'heron');
    await userEvent.click(screen.getByRole('button', { name: 'Find out' }));
    await screen.findByText('A reason is needed.');
    shown.answer({ 'actor/resolve': { user: 'tomos', name: 'Tomos Rhys', roles: ['caseworker'] } });
    await userEvent.type(screen.getByLabelText('Why do you need to know?'), 'Far from the others');
    await userEvent.click(screen.getByRole('button', { name: 'Find out' }));
    await screen.findByText('Tomos Rhys');
    expect(shown.calls.at(-1)?.ask).toEqual({ actor: 'heron', reason: 'Far from the others' });
  });
});

test('deletions: what is overdue is loud, what was confirmed has its entry', async () => {
  show({
    deletions: {
      overdue: 1,
      owed: [{ grant: 'grant-1', due: SOON - 86_400, overdue: true, because: 'withdrawn', read_at: SOON - 90_000 }],
      confirmed: [{ grant: 'grant-2', at: SOON - 3600, method: '<b>wiped</b>', index: 1234, withdrawn_at: SOON - 90_000, late: true }],
    },
  }, '#/officer/deletions');
  await screen.findByText('Overdue deletions: 1');
  const confirmed = within(screen.getByRole('table', { name: 'Confirmed' }));
  expect(confirmed.getByText('1,234')).toBeTruthy();
  expect(confirmed.getByText('<b>wiped</b>')).toBeTruthy();
  expect(confirmed.getByText('No, late')).toBeTruthy();
  expect(await faults()).toEqual([]);
});

describe('the second look', () => {
  test('is recorded by somebody else than who opened', async () => {
    const shown = show({ reviews: { reviews: [review] }, review: { statement: 's', index: 9, at: SOON } }, '#/officer/reviews');
    await userEvent.click(await screen.findByRole('radio', { name: 'It was right to open it' }));
    expect(await faults()).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Record the answer' }));
    await screen.findByText('The review is on record');
    expect(shown.calls.find(({ route }) => route === 'review')?.ask).toEqual({ grant: 'grant-1', opening: 'act-2', finding: 'justified' });
  });

  test('is not offered to whoever opened', async () => {
    show({ reviews: { reviews: [{ ...review, own: true }] } }, '#/officer/reviews');
    await screen.findByText('You opened this. A second person has to look at it.');
    expect(screen.queryByRole('button', { name: 'Record the answer' })).toBeNull();
  });
});

test('everything held about one consent is handed over as a file', async () => {
  const hand = vi.fn(() => 'blob:x');
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: hand, revokeObjectURL: () => undefined }));
  const shown = show({ 'subject-access': new Blob(['{}']) }, '#/officer/access');
  await userEvent.type(await screen.findByLabelText("Consent's number"), 'grant-1');
  await userEvent.type(screen.getByLabelText("The person's request"), 'Letter of 3 November');
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Make the file' }));
  await screen.findByText('The file was made');
  expect(hand).toHaveBeenCalledOnce();
  expect(shown.calls.at(-1)?.ask).toEqual({ grant: 'grant-1', reason: 'Letter of 3 November' });
});

test('the journal is paged, and shows what a stranger wrote as text', async () => {
  const lines = [{ at: SOON, actor: 'heron', act: 'consent/read', grant: 'grant-1', reason: '<i>curious</i>', refused: 'consent_paused' }];
  const { calls } = show({ journal: { total: 120, lines } }, '#/officer/journal');
  await screen.findByText('<i>curious</i>');
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Older' }));
  await waitFor(() => { expect(calls.at(-1)?.ask.offset).toBe('50'); });
});
