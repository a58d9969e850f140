// Users, settings, and one's own account.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import type { Settings, User } from '../../host/types';
import { No, faults, show } from '../../testing/desk';
import { SOON } from '../../testing/samples';

afterEach(() => {
  vi.unstubAllGlobals();
});

const tomos: User = { user: 'tomos', name: 'Tomos Rhys', actor: 'heron', roles: ['caseworker'], from_provider: false, disabled: false, passkeys: 1, signed_in_at: SOON - 3600 };
const settings: Settings = { public_url: 'http://127.0.0.1:8450', idle_minutes: 15, longest_hours: 10, oidc_issuer: null, verifier: 'http://127.0.0.1:8440', connected: true, adr_token_made_at: null, adr_url: 'http://127.0.0.1:8450/Adr/v1/AdditionalData' };
const answers = { users: { users: [tomos] }, settings };

test('adds a user with roles', async () => {
  const { calls } = show({ ...answers, 'user/add': { users: [tomos, { ...tomos, user: 'non', name: 'Non Huws' }] } }, '#/admin');
  const form = within(await screen.findByRole('region', { name: 'Add a user' }));
  await userEvent.type(form.getByLabelText('User name'), 'non');
  await userEvent.type(form.getByLabelText('Name'), 'Non Huws');
  await userEvent.type(form.getByLabelText('First password'), 'three quiet words');
  await userEvent.click(form.getByRole('checkbox', { name: 'Control room' }));
  expect(await faults()).toEqual([]);
  await userEvent.click(form.getByRole('button', { name: 'Add a user' }));
  await screen.findByRole('heading', { name: 'Non Huws' });
  expect(calls.find(({ route }) => route === 'user/add')?.ask).toEqual({ user: 'non', name: 'Non Huws', password: 'three quiet words', roles: ['control-room'] });
});

test('changes roles, and stops somebody from signing in', async () => {
  const { calls } = show({ ...answers, 'user/change': { users: [{ ...tomos, disabled: true }] } }, '#/admin');
  const card = within(await screen.findByRole('region', { name: 'Tomos Rhys' }));
  await userEvent.click(card.getByText('Change'));
  await userEvent.click(card.getByRole('checkbox', { name: 'Privacy officer' }));
  await userEvent.click(card.getByRole('button', { name: 'Save the roles' }));
  await waitFor(() => { expect(calls.find(({ route }) => route === 'user/change')?.ask).toEqual({ user: 'tomos', roles: ['caseworker', 'privacy-officer'] }); });
  await card.findByText('Cannot sign in');
});

test('the last administrator is kept', async () => {
  show({ ...answers, 'user/change': new No('last_admin', 409) }, '#/admin');
  const card = within(await screen.findByRole('region', { name: 'Tomos Rhys' }));
  await userEvent.click(card.getByText('Change'));
  await userEvent.click(card.getByRole('button', { name: 'Stop them from signing in' }));
  await screen.findByText('Somebody has to be able to manage users.');
});

test('the token for call-handling software is shown once', async () => {
  show({ ...answers, 'adr-token': { token: 'secret-token' } }, '#/admin');
  await userEvent.click(await screen.findByRole('button', { name: 'Make a token' }));
  expect((await screen.findByLabelText<HTMLInputElement>('Token')).value).toBe('secret-token');
  expect(await faults()).toEqual([]);
});

test('one\'s own account: passkeys and password', async () => {
  const account = { user: 'mair', name: 'Mair Puw', actor: 'wren', roles: ['admin' as const], from_provider: false, passkeys: [{ id: 'k1', name: 'Work phone', added_at: SOON - 90_000, used_at: null }] };
  const shown = show({ account, 'account/passkey/remove': { ...account, passkeys: [] }, 'account/password': new No('wrong_password', 403) }, '#/account');
  await screen.findByText('Work phone');
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Remove Work phone' }));
  await waitFor(() => { expect(screen.queryByText('Work phone')).toBeNull(); });
  await userEvent.type(screen.getByLabelText('Old password'), 'x');
  await userEvent.type(screen.getByLabelText('New password'), 'three quiet words');
  await userEvent.click(screen.getByRole('button', { name: 'Change the password' }));
  await screen.findByText('The old password is wrong.');
  expect(shown.calls.at(-1)?.ask).toEqual({ old: 'x', new: 'three quiet words' });
});
