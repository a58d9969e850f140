// Asking for consent: from a template to a published request, and what becomes of it.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import type { Preview } from '../../host/types';
import { No, faults, show } from '../../testing/desk';
import { SOON, draft, request } from '../../testing/samples';

afterEach(() => {
  vi.unstubAllGlobals();
});

const preview: Preview = {
  agency: { id: 'https://fire.cwmderw.example', name: 'Cwm Derw Fire and Rescue', kind: 'fire' },
  circle: null,
  purposes: [{ code: 'fire-safety-visit', label: 'Home fire safety visit', explanation: 'To visit your home.', needs: [] }],
  items: [
    { path: 'identity.name', label: 'Name', required: true, special: false },
    { path: 'health.conditions', label: 'Conditions', required: false, special: true },
  ],
  stores: false, recipients: [], on_incident: true, retention: '90 days', ends_at: SOON, answer_by: SOON,
  notice: draft.notice.en, notice_lang: 'en', concerns: [{ code: 'more_than_needed', path: 'health.conditions' }],
};

test('lists requests with their state, and changes when an event says so', async () => {
  const shown = show({}, '#/ask');
  const list = await screen.findByRole('list', { name: 'Ask for consent' });
  expect(within(list).getByText('Waiting for an answer')).toBeTruthy();
  expect(await faults()).toEqual([]);
  shown.answer({ requests: { requests: [{ ...request, state: 'granted', granted: [{ grant: 'grant-1', at: SOON, without: [], registered: true }] }] } });
  shown.tell({ kind: 'request', id: 'request-1', state: 'granted' });
  await within(list).findByText('Agreed');
});

test('an empty desk says how to begin', async () => {
  show({ requests: { requests: [] } }, '#/ask');
  await screen.findByText('Nothing was asked yet');
  expect(await faults()).toEqual([]);
});

test('builds a request from a template, previews it in both languages, and publishes it', async () => {
  const shown = show({ 'request/preview': preview, 'request/make': request }, '#/ask/new');
  await userEvent.click(await screen.findByRole('radio', { name: 'Safety visit' }));
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
  await screen.findByRole('heading', { level: 1, name: 'Word the request' });
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'See it as a citizen' }));
  const citizen = await screen.findByRole('region', { name: 'The request as the wallet shows it' });
  expect(within(citizen).getByText('Cwm Derw Fire and Rescue asks you')).toBeTruthy();
  expect(within(citizen).getByText('More is asked than this purpose needs: Conditions.')).toBeTruthy();
  expect(within(citizen).getByText('It stays sealed until there is an emergency')).toBeTruthy();
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByRole('radio', { name: 'Cymraeg' }));
  await screen.findByRole('region', { name: "Y cais fel mae'r waled yn ei ddangos" });
  expect(shown.calls.filter(({ route }) => route === 'request/preview').map(({ ask }) => ask.lang)).toEqual(['en', 'cy']);
  await userEvent.click(screen.getByRole('button', { name: 'Sign and publish the request' }));
  await screen.findByRole('img', { name: 'QR code of the link' });
  expect(shown.calls.find(({ route }) => route === 'request/make')?.ask).toEqual({ ...draft });
});

test('going back from the preview loses nothing', async () => {
  show({ 'request/preview': preview }, '#/ask/new');
  await userEvent.click(await screen.findByRole('button', { name: 'Continue' }));
  await userEvent.type(await screen.findByLabelText(/^Note/), 'For Mill Lane');
  await userEvent.click(screen.getByRole('button', { name: 'See it as a citizen' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Change it' }));
  expect(screen.getByLabelText<HTMLInputElement>(/^Note/).value).toBe('For Mill Lane');
});

test('an empty request is stopped at what is missing', async () => {
  const shown = show({}, '#/ask/new');
  await userEvent.click(await screen.findByRole('radio', { name: 'An empty request' }));
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
  await userEvent.click(await screen.findByRole('button', { name: 'See it as a citizen' }));
  await screen.findByText('The request does not say what it is for.');
  await userEvent.selectOptions(screen.getByLabelText('Purpose'), 'Home fire safety visit');
  await userEvent.click(screen.getByRole('button', { name: 'See it as a citizen' }));
  await screen.findByText('The request asks for nothing.');
  expect(shown.calls.map(({ route }) => route)).not.toContain('request/preview');
});

test('marks an item that the purpose does not need, and one that never opens', async () => {
  show({ templates: { templates: [{ id: 'a', name: { en: 'A', cy: 'A' }, built_in: false, draft: { ...draft, on_incident: true, items: ['identity.name', 'home.key_safe', 'health.conditions'] } }] } }, '#/ask/new');
  await userEvent.click(await screen.findByRole('button', { name: 'Continue' }));
  await screen.findByRole('heading', { level: 1, name: 'Word the request' });
  expect(await screen.findAllByText('More than this purpose needs')).toHaveLength(2);
  expect(screen.getAllByText('Never opens in an emergency')).toHaveLength(1);
});

test('tells a text that is hard to read, with the sentence to shorten', async () => {
  show({ readability: { age: 15, words: 40, sentences: 1, long_sentence: 'A very long sentence', long_words: ['notwithstanding'] } }, '#/ask/new');
  await userEvent.click(await screen.findByRole('button', { name: 'Continue' }));
  expect((await screen.findAllByText(/Reading age about 15/)).length).toBe(2);
  expect(screen.getAllByText('notwithstanding')).toHaveLength(2);
});

test('a refusal of the server is told in two lines', async () => {
  show({ 'request/preview': preview, 'request/make': new No('notice_too_long') }, '#/ask/new');
  await userEvent.click(await screen.findByRole('button', { name: 'Continue' }));
  await userEvent.click(await screen.findByRole('button', { name: 'See it as a citizen' }));
  await screen.findByRole('region', { name: 'The request as the wallet shows it' });
  await userEvent.click(screen.getByRole('button', { name: 'Sign and publish the request' }));
  await screen.findByText('The notice is too long for a request.');
});

test('a request is taken back after a second press', async () => {
  const shown = show({ 'request/close': { ...request, state: 'closed' } }, '#/ask/request-1');
  await userEvent.click(await screen.findByRole('button', { name: 'Take it back' }));
  expect(shown.calls.map(({ route }) => route)).not.toContain('request/close');
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Yes, take it back' }));
  await screen.findByText('Taken back');
  expect(screen.queryByRole('img', { name: 'QR code of the link' })).toBeNull();
});

test('a yes that the verifier has not confirmed does not count yet', async () => {
  show({ request: { ...request, state: 'granted', granted: [{ grant: 'grant-1', at: SOON, without: ['home.hazards'], registered: false }] } }, '#/ask/request-1');
  await screen.findByText(/has not confirmed this yet/);
  await waitFor(() => { expect(screen.getByText('Left out: Dangers')).toBeTruthy(); });
});
