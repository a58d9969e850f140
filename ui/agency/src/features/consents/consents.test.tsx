// The table of thousands, one consent, and data that are shown only while the consent stands.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { No, faults, show, withRoom } from '../../testing/desk';
import { SOON, consent, page, read, row, session, signedIn } from '../../testing/samples';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the table', () => {
  test('draws a few rows of thousands, and fetches only their page', async () => {
    withRoom(600);
    const { calls } = show({ consents: page(12_345, (index) => row({ grant: `grant-${index.toString()}` })) }, '#/consents');
    const table = await screen.findByRole('table', { name: 'Consents' });
    expect(table.getAttribute('aria-rowcount')).toBe('12346');
    await waitFor(() => { expect(within(table).getAllByRole('link').length).toBeGreaterThan(5); });
    expect(within(table).getAllByRole('row').length).toBeLessThan(60);
    expect(new Set(calls.filter(({ route }) => route === 'consents').map(({ ask }) => ask.offset))).toEqual(new Set(['0']));
    expect(screen.getByText('Consents found: 12,345')).toBeTruthy();
    expect(await faults()).toEqual([]);
  });

  test('is searched and narrowed by the server', async () => {
    withRoom(600);
    const { calls } = show({}, '#/consents');
    await userEvent.type(await screen.findByLabelText('Search'), 'mill');
    await userEvent.click(screen.getByRole('button', { name: /To delete/ }));
    await userEvent.selectOptions(screen.getByLabelText('Order'), 'Due first');
    await waitFor(() => {
      expect(calls.at(-1)?.ask).toMatchObject({ search: 'mill', only: 'owed', order: 'due' });
    });
    expect(screen.getByRole('button', { name: /To delete/ }).getAttribute('aria-pressed')).toBe('true');
  });

  test('says what is owed, what ends soon, and what was deleted', async () => {
    withRoom(600);
    const rows = [
      row({ grant: 'a', state: 'withdrawn', owed: { due: SOON - 86_400, overdue: true, because: 'withdrawn' } }),
      row({ grant: 'b', ends_at: SOON + 3 * 86_400, ending_soon: true }),
      row({ grant: 'c', state: 'expired', erased_at: SOON - 86_400 }),
    ];
    show({ consents: page(3, (index) => rows[index] ?? row()) }, '#/consents');
    await screen.findByText(/^Was due/);
    expect(screen.getByText(/^in 3 days/)).toBeTruthy();
    expect(screen.getByText(/^Deleted /)).toBeTruthy();
  });

  test('changes when somebody takes a consent back', async () => {
    withRoom(600);
    const shown = show({}, '#/consents');
    const table = await screen.findByRole('table', { name: 'Consents' });
    await within(table).findByText('In force');
    shown.answer({ consents: page(1, () => row({ state: 'withdrawn' })) });
    shown.tell({ kind: 'consent', grant: 'grant-1', act: 'revoke', state: 'withdrawn', index: 9 });
    await within(table).findByText('Taken back');
  });

  test('that fits nothing says so', async () => {
    show({ consents: page(0, () => row()) }, '#/consents');
    await screen.findByText('No consent fits');
    expect(await faults()).toEqual([]);
  });
});

async function openAndRead(answers: Parameters<typeof show>[0] = {}) {
  const shown = show({ 'consent/read': read(), ...answers }, '#/consents/grant-1');
  await userEvent.type(await screen.findByLabelText('Why do you need to see it now?'), 'Visit on Friday');
  await waitFor(() => { expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Read what is shared' }).disabled).toBe(false); });
  await userEvent.click(screen.getByRole('button', { name: 'Read what is shared' }));
  return shown;
}

describe('one consent', () => {
  test('says what was agreed, and what happened with its proof', async () => {
    show({}, '#/consents/grant-1');
    await screen.findByRole('heading', { level: 1, name: 'Home fire safety visit' });
    expect(screen.getByText('Explicit consent')).toBeTruthy();
    await userEvent.click(screen.getByText('Proof: entry 5 of the public record'));
    expect(screen.getByText('c2sp.org/tlog-proof@v1')).toBeTruthy();
    expect(await faults()).toEqual([]);
  });

  test('is read with a reason that goes to the server', async () => {
    const { calls } = await openAndRead();
    await screen.findByText('Mared Llwyd');
    expect(calls.find(({ route }) => route === 'consent/read')?.ask).toMatchObject({ grant: 'grant-1', reason: 'Visit on Friday' });
    expect(await faults()).toEqual([]);
  });

  test('without a reason, the field says so', async () => {
    show({ 'consent/read': new No('reason_missing') }, '#/consents/grant-1');
    await waitFor(() => { expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Read what is shared' }).disabled).toBe(false); });
    await userEvent.click(screen.getByRole('button', { name: 'Read what is shared' }));
    await screen.findByText('Say in a few words why.');
  });

  test.each([
    ['withdrawn', 'The consent was taken back'],
    ['paused', 'The consent is paused'],
    ['expired', 'The consent has ended'],
  ] as const)('what was read is cleared the moment it is %s', async (state, words) => {
    const shown = await openAndRead();
    await screen.findByText('Mared Llwyd');
    shown.answer({ consent: consent({ row: row({ state }), readable: 'no' }) });
    shown.tell({ kind: 'consent', grant: 'grant-1', act: 'revoke', state, index: 9 });
    // At once: not after another question to the server.
    expect(document.body.textContent).not.toContain('Mared Llwyd');
    expect(screen.getByRole('alert').textContent).toContain(words);
    expect(await faults()).toEqual([]);
  });

  test('another consent\'s end clears nothing', async () => {
    const shown = await openAndRead();
    await screen.findByText('Mared Llwyd');
    shown.tell({ kind: 'consent', grant: 'grant-2', act: 'revoke', state: 'withdrawn', index: 9 });
    expect(screen.getByText('Mared Llwyd')).toBeTruthy();
  });

  test('what was read is cleared when nobody can tell whether the consent stands', async () => {
    const shown = await openAndRead();
    await screen.findByText('Mared Llwyd');
    shown.cut();
    expect(document.body.textContent).not.toContain('Mared Llwyd');
    expect(screen.getByText('The connection is cut')).toBeTruthy();
    expect(await faults()).toEqual([]);
  });

  test('what comes in while the line is cut is never shown', async () => {
    let release: () => void = () => undefined;
    const shown = show({}, '#/consents/grant-1');
    await waitFor(() => { expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Read what is shared' }).disabled).toBe(false); });
    const waits = new Promise<void>((resolve) => { release = resolve; });
    const before = globalThis.fetch;
    vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
      if (address.includes('consent/read')) {
        await waits;
        return Response.json(read());
      }
      return before(address, init);
    });
    await userEvent.click(screen.getByRole('button', { name: 'Read what is shared' }));
    shown.tell({ kind: 'line', connected: false, index: null });
    release();
    await screen.findByText('The connection is cut');
    expect(document.body.textContent).not.toContain('Mared Llwyd');
  });

  test('a consent taken back while it is being read is not shown', async () => {
    const shown = show({}, '#/consents/grant-1');
    let release: () => void = () => undefined;
    await waitFor(() => { expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Read what is shared' }).disabled).toBe(false); });
    const waits = new Promise<void>((resolve) => { release = resolve; });
    const before = globalThis.fetch;
    vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
      if (address.includes('consent/read')) {
        await waits;
        return Response.json(read());
      }
      return before(address, init);
    });
    await userEvent.click(screen.getByRole('button', { name: 'Read what is shared' }));
    shown.tell({ kind: 'consent', grant: 'grant-1', act: 'revoke', state: 'withdrawn', index: 9 });
    release();
    await screen.findByText('The consent was taken back');
    expect(document.body.textContent).not.toContain('Mared Llwyd');
  });

  test('is cleared when its time is over', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const ends = Math.floor(Date.now() / 1000) + 60;
    const person = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
    show({ consent: consent({ row: row({ ends_at: ends }) }), 'consent/read': read() }, '#/consents/grant-1');
    await waitFor(() => { expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Read what is shared' }).disabled).toBe(false); });
    await person.click(screen.getByRole('button', { name: 'Read what is shared' }));
    await screen.findByText('Mared Llwyd');
    await vi.advanceTimersByTimeAsync(61_000);
    await screen.findByText('The consent has ended');
    expect(document.body.textContent).not.toContain('Mared Llwyd');
  });

  test('sealed, it points to the control room', async () => {
    show({ consent: consent({ readable: 'on_incident', row: row({ on_incident: true }) }) }, '#/consents/grant-1');
    await screen.findByText('Sealed until there is an emergency');
    expect(screen.queryByRole('button', { name: 'Read what is shared' })).toBeNull();
  });

  test('a privacy officer sees it and reads nothing', async () => {
    show({ session: session(signedIn(['privacy-officer'])) }, '#/consents/grant-1');
    await screen.findByRole('heading', { level: 1, name: 'Home fire safety visit' });
    expect(screen.queryByRole('button', { name: 'Read what is shared' })).toBeNull();
  });

  test('a deletion that is owed is stated', async () => {
    const owed = { due: SOON + 5 * 86_400, overdue: false, because: 'withdrawn' } as const;
    const shown = show({ consent: consent({ row: row({ state: 'withdrawn', owed }), readable: 'no' }), 'consent/erased': { statement: 's', index: 9, at: SOON } }, '#/consents/grant-1');
    await screen.findByRole('heading', { name: /^Delete within/ });
    expect(await faults()).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'State that it is deleted' }));
    await screen.findByText('The deletion is on record');
    expect(shown.calls.find(({ route }) => route === 'consent/erased')?.ask).toEqual({ grant: 'grant-1', method: 'Deleted from our systems' });
  });
});

describe('a hostile name does no harm', () => {
  const names = [
    ['a script', '<script>window.harmed = true</script><img src=x onerror="window.harmed=true">'],
    ['text that turns around', '\u202Egnp.exe\u202D\u2066 Mared'],
    ['ten thousand letters', 'Ll'.repeat(5_000)],
    ['letters under a pile of marks', `M${'\u0301'.repeat(9_000)}ared`],
  ] as const;

  test.each(names)('%s', async (_, name) => {
    await openAndRead({ 'consent/read': read({ fields: [{ path: 'identity.name', label: 'Name', value: name, lines: [name] }] }) });
    await screen.findByRole('heading', { name: 'What the person shared' });
    const shown = screen.getByText('Name', { selector: 'dt' }).parentElement;
    expect(shown?.querySelector('bdi')).not.toBeNull();
    expect(shown?.querySelector('script, img')).toBeNull();
    expect(shown?.textContent.length).toBeLessThan(800);
    expect(shown?.textContent).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(shown?.textContent).not.toMatch(/\p{M}{5}/u);
    expect((window as unknown as { harmed?: boolean }).harmed).toBeUndefined();
  });
});
