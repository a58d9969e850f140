// Checking a token: the verdict in plain words, its reason and its proof, however the token came.
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Verdict } from '../../host/types';
import { faults, show } from '../../testing/desk';
import { SOON, catalogue } from '../../testing/samples';
import { tokenIn } from './token';

afterEach(() => {
  vi.unstubAllGlobals();
});

const TOKEN = `${'a'.repeat(20)}.${'b'.repeat(40)}.${'c'.repeat(40)}`;

const yes: Verdict = {
  verdict: 'yes', why: null, good_until: SOON,
  consent: { grant: 'grant-1', audience: 'https://fire.cwmderw.example', purposes: catalogue.purposes.slice(0, 1), items: catalogue.items.slice(0, 2), begins_at: SOON - 90_000, ends_at: SOON + 86_400, on_incident: false },
  proof: { index: 5, at: SOON - 90_000, text: 'c2sp.org/tlog-proof@v1' },
};

async function check(verdict: Verdict, pasted = TOKEN) {
  const shown = show({ check: verdict }, '#/check');
  await userEvent.type(await screen.findByLabelText('Consent token'), pasted);
  await userEvent.click(screen.getByRole('button', { name: 'Check it' }));
  return shown;
}

test('yes: with what it says and its proof', async () => {
  const { calls } = await check(yes);
  await screen.findByRole('heading', { name: 'Yes: it holds' });
  expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Verdict' }));
  expect(screen.getByText('https://fire.cwmderw.example')).toBeTruthy();
  expect(screen.getByText(/^Proof: entry 5 of the public record/)).toBeTruthy();
  expect(calls.find(({ route }) => route === 'check')?.ask).toEqual({ token: TOKEN, items: [], offline: false, lang: 'en' });
  expect(await faults()).toEqual([]);
});

test.each([
  ['revoked', 'The person took it back.'],
  ['bad_signature', 'It was changed, or forged.'],
  ['wrong_audience', 'It was given to another agency.'],
] as const)('no: %s', async (why, words) => {
  await check({ ...yes, verdict: 'no', why, proof: null });
  await screen.findByRole('heading', { name: 'No' });
  expect(screen.getByText(words)).toBeTruthy();
  expect(screen.getByText(why)).toBeTruthy();
  expect(await faults()).toEqual([]);
});

test('nobody can tell is not a yes', async () => {
  await check({ ...yes, verdict: 'unknown', why: 'status_unavailable', proof: null });
  await screen.findByRole('heading', { name: 'Nobody can tell: do not act on it' });
});

test('offline, nothing is sent on', async () => {
  const shown = show({ check: { ...yes, proof: null } }, '#/check');
  await userEvent.type(await screen.findByLabelText('Consent token'), TOKEN);
  await userEvent.click(screen.getByRole('checkbox', { name: 'Judge by what is known here' }));
  await userEvent.click(screen.getByRole('button', { name: 'Check it' }));
  await waitFor(() => { expect(shown.calls.find(({ route }) => route === 'check')?.ask.offline).toBe(true); });
});

describe('the token', () => {
  test('is taken out of a file', async () => {
    const { calls } = show({ check: yes }, '#/check');
    const file = new File([`{"token":"${TOKEN}"}`], 'consent.json', { type: 'application/json' });
    await userEvent.upload(await screen.findByLabelText(/Or drop a file here/, { selector: 'input' }), file);
    await screen.findByRole('heading', { name: 'Yes: it holds' });
    expect(calls.find(({ route }) => route === 'check')?.ask.token).toBe(TOKEN);
  });

  test('that is missing is asked for', async () => {
    const { calls } = show({ check: yes }, '#/check');
    await userEvent.click(await screen.findByRole('button', { name: 'Check it' }));
    await screen.findByText('There is no token to check.');
    expect(calls.map(({ route }) => route)).not.toContain('check');
  });

  test('a file that is far too large is not read', async () => {
    const { calls } = show({ check: yes }, '#/check');
    await userEvent.upload(await screen.findByLabelText(/Or drop a file here/, { selector: 'input' }), new File(['a'.repeat(300_000)], 'x.txt', { type: 'text/plain' }));
    await screen.findByText('The file is too large to be a token.');
    expect(calls.map(({ route }) => route)).not.toContain('check');
  });

  test('is found in a longer text, and a text without one is given as it is', () => {
    expect(tokenIn(`Here: ${TOKEN}\nthanks`)).toBe(TOKEN);
    expect(tokenIn('  nothing of the kind ')).toBe('nothing of the kind');
  });
});

test('without a camera, the page says what else to do', async () => {
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: { getUserMedia: () => Promise.reject(new Error('no camera')) } });
  show({}, '#/check');
  await userEvent.click(await screen.findByRole('button', { name: 'Scan a code with the camera' }));
  await screen.findByText('The camera cannot be used.');
});
