// Who may come in and what they see: signing in, roles, languages, and a session that ends without losing a word.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { No, faults, show } from './testing/desk';
import { read, session, signedIn } from './testing/samples';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const out = session(null);

describe('signing in', () => {
  test('asks for name and password, and goes on to the first page of the role', async () => {
    const { calls } = show({ session: out, 'sign-in': session(signedIn(['caseworker'])) });
    await userEvent.type(await screen.findByLabelText('User name'), 'mair');
    await userEvent.type(screen.getByLabelText('Password'), 'three quiet words');
    expect(await faults()).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    await screen.findByRole('heading', { level: 1, name: 'Ask for consent' });
    expect(calls.find(({ route }) => route === 'sign-in')?.ask).toEqual({ user: 'mair', password: 'three quiet words' });
  });

  test('says what is wrong where the focus goes, and empties the password', async () => {
    show({ session: out, 'sign-in': new No('wrong_sign_in', 401) });
    await userEvent.type(await screen.findByLabelText('User name'), 'mair');
    await userEvent.type(screen.getByLabelText('Password'), 'wrong');
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    const summary = await screen.findByRole('alert');
    expect(document.activeElement).toBe(summary);
    expect(screen.getByLabelText<HTMLInputElement>('Password').value).toBe('');
    expect(screen.getByLabelText<HTMLInputElement>('User name').value).toBe('mair');
  });

  test('asks nothing of the server while a field is empty', async () => {
    const { calls } = show({ session: out });
    await userEvent.click(await screen.findByRole('button', { name: 'Sign in' }));
    await screen.findByText('Fill in both.');
    expect(calls.map(({ route }) => route)).toEqual(['session']);
  });

  test('offers the agency\'s own provider, where there is one', async () => {
    show({ session: { ...out, ways: { password: false, passkey: false, oidc: 'Cwm Derw ID' } } });
    const link = await screen.findByRole('link', { name: 'Sign in with Cwm Derw ID' });
    expect(link.getAttribute('href')).toBe('https://desk.example/sign-in/oidc');
    expect(screen.queryByLabelText('Password')).toBeNull();
  });

  test('in the sample county, one press is enough', async () => {
    const { calls } = show({
      session: { ...out, demo: true, demo_users: [{ user: 'casework', password: 'sample password', roles: ['caseworker'] }] },
      'sign-in': session(signedIn(['caseworker'])),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Sign in as casework' }));
    await screen.findByRole('heading', { level: 1, name: 'Ask for consent' });
    expect(calls.find(({ route }) => route === 'sign-in')?.ask).toEqual({ user: 'casework', password: 'sample password' });
  });

  test('makes the first administrator with the code', async () => {
    const { calls } = show({ session: { ...out, set_up: true }, 'set-up': session(signedIn(['admin'])), users: { users: [] }, settings: new No('internal', 500) });
    await userEvent.type(await screen.findByLabelText('Code'), '1234');
    await userEvent.type(screen.getByLabelText('User name'), 'ann');
    expect(await faults()).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Set up' }));
    await screen.findByRole('heading', { level: 1, name: 'Users and settings' });
    expect(calls.find(({ route }) => route === 'set-up')?.ask).toMatchObject({ code: '1234', user: 'ann' });
  });

  test('a console that does not answer says so', async () => {
    const shown = show({ session: new No('storage', 500) });
    await screen.findByRole('alert');
    expect(shown.getByText('The console does not answer.')).toBeTruthy();
  });
});

describe('roles decide what there is', () => {
  test.each([
    ['caseworker', ['Ask', 'Consents', 'Check']],
    ['control-room', ['Control room', 'Consents', 'Check']],
    ['privacy-officer', ['Consents', 'Check', 'Privacy']],
    ['admin', ['Users']],
  ] as const)('%s', async (role, names) => {
    show({ session: session(signedIn([role])), users: { users: [] }, settings: new No('internal', 500) });
    const pages = await screen.findByRole('navigation', { name: 'Pages' });
    expect(within(pages).getAllByRole('link').map((link) => link.textContent)).toEqual(names);
  });

  test('a page of another role is not shown, and nothing is asked for it', async () => {
    const { calls } = show({ session: session(signedIn(['caseworker'])) }, '#/officer/journal');
    await screen.findByRole('heading', { level: 1, name: 'There is nothing here' });
    expect(calls.map(({ route }) => route)).not.toContain('journal');
    expect(await faults()).toEqual([]);
  });

  test('nobody without a role sees anything', async () => {
    show({ session: session(signedIn([])) });
    await screen.findByRole('heading', { level: 1, name: 'Your account has no role yet' });
  });
});

describe('a session', () => {
  test('every act carries its token, and signing out shows nothing any more', async () => {
    const shown = show();
    await userEvent.click(await screen.findByRole('link', { name: 'Consents' }));
    shown.answer({ session: out });
    await userEvent.click(screen.getByRole('button', { name: 'Sign out' }));
    await screen.findByRole('heading', { level: 1, name: 'Sign in' });
    const signOut = shown.calls.find(({ route }) => route === 'sign-out');
    expect(signOut?.headers.get('Assent-CSRF')).toBe('csrf-mair');
    expect(screen.queryByRole('navigation')).toBeNull();
  });

  test('that ends loses no word, hides the page, and goes on when the same person is back', async () => {
    const shown = show({ 'consent/read': new No('signed_out', 401) }, '#/consents/grant-1');
    await userEvent.type(await screen.findByLabelText('Why do you need to see it now?'), 'Visit on Friday');
    await waitFor(() => { expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Read what is shared' }).disabled).toBe(false); });
    shown.answer({ session: out, 'sign-in': session(signedIn(['caseworker'])) });
    await userEvent.click(screen.getByRole('button', { name: 'Read what is shared' }));
    await screen.findByRole('heading', { level: 1, name: 'Your session has ended' });
    expect(screen.queryByRole('heading', { name: 'Home fire safety visit' })).toBeNull();
    expect(await faults()).toEqual([]);
    expect(screen.getByLabelText<HTMLInputElement>('User name').value).toBe('mair');
    await userEvent.type(screen.getByLabelText('Password'), 'three quiet words');
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    await screen.findByRole('heading', { level: 1, name: 'Home fire safety visit' });
    expect(screen.getByLabelText<HTMLInputElement>('Why do you need to see it now?').value).toBe('Visit on Friday');
  });

  test('that another person takes up shows nothing of the first', async () => {
    const shown = show({}, '#/consents/grant-1');
    await userEvent.type(await screen.findByLabelText('Why do you need to see it now?'), 'Visit on Friday');
    shown.answer({ session: out });
    shown.tell({ kind: 'signed_out' });
    await screen.findByRole('heading', { level: 1, name: 'Your session has ended' });
    await userEvent.clear(screen.getByLabelText('User name'));
    await userEvent.type(screen.getByLabelText('User name'), 'tomos');
    await userEvent.type(screen.getByLabelText('Password'), 'x');
    shown.answer({ 'sign-in': session(signedIn(['caseworker'], 'tomos')), session: session(signedIn(['caseworker'], 'tomos')) });
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    const field = await screen.findByLabelText<HTMLInputElement>('Why do you need to see it now?');
    expect(field.value).toBe('');
  });

  test('that ends takes away what was read', async () => {
    const shown = show({ 'consent/read': read() }, '#/consents/grant-1');
    await userEvent.type(await screen.findByLabelText('Why do you need to see it now?'), 'Visit');
    await userEvent.click(screen.getByRole('button', { name: 'Read what is shared' }));
    await screen.findByText('Mared Llwyd');
    shown.answer({ session: out });
    shown.tell({ kind: 'signed_out' });
    await screen.findByRole('heading', { level: 1, name: 'Your session has ended' });
    expect(document.body.textContent).not.toContain('Mared Llwyd');
  });

  test('tells in good time that it is about to end, and can be kept', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const now = Math.floor(Date.now() / 1000);
    const short = { ...session({ ...signedIn(['caseworker']), idle_until: now + 100 }), now };
    const shown = show({ session: short });
    await screen.findByRole('heading', { level: 1, name: 'Ask for consent' });
    await vi.advanceTimersByTimeAsync(55_000);
    await screen.findByText(/You will be signed out in/);
    expect(await faults()).toEqual([]);
    shown.answer({ session: { ...session({ ...signedIn(['caseworker']), idle_until: now + 900 }), now: now + 50 } });
    await userEvent.setup({ advanceTimers: vi.advanceTimersByTime }).click(screen.getByRole('button', { name: 'Stay signed in' }));
    await waitFor(() => { expect(screen.queryByText(/You will be signed out in/)).toBeNull(); });
    expect(shown.calls.filter(({ route }) => route === 'session').at(-1)?.headers.has('Assent-Background')).toBe(false);
  });

  test('what the page asks by itself does not keep it alive', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const shown = show({}, '#/consents');
    await screen.findByRole('heading', { level: 1, name: 'Consents' });
    await vi.advanceTimersByTimeAsync(30_000);
    shown.tell({ kind: 'consent', grant: 'grant-1', act: 'suspend', state: 'paused', index: 9 });
    await waitFor(() => { expect(shown.calls.at(-1)?.headers.get('Assent-Background')).toBe('1'); });
  });
});

test('every part speaks Welsh too', async () => {
  show();
  await screen.findByRole('heading', { level: 1, name: 'Control room' });
  await userEvent.click(screen.getByRole('button', { name: 'Cymraeg' }));
  await screen.findByRole('heading', { level: 1, name: 'Ystafell reoli' });
  expect(screen.getByText('Tân ac Achub Cwm Derw')).toBeTruthy();
  expect(document.documentElement.lang).toBe('cy');
  expect(await faults()).toEqual([]);
});
