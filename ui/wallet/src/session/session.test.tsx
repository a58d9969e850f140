// The session: it shows what comes before an open wallet, notices that it locked, and says that somebody is there.
import { applyLooks } from '@assent/shared';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { App } from '../App';
import type { About } from '../host/host';
import { faults, refuse, renderWithHost } from '../testing/renderWithHost';
import { about, peace } from '../testing/samples';

const quiet = { ...peace, looks_list: { looks: [], overdue: [] } };

test('a machine that names no place for files is told what to do', async () => {
  renderWithHost(<App />, { about: refuse('no_place') });
  expect((await screen.findByRole('alert')).textContent).toContain('give your account a home folder');
  expect(await faults()).toEqual([]);
});

test('a wallet that locked by itself is noticed with the first answer that says so', async () => {
  let unlocked = true;
  renderWithHost(<App />, {
    ...quiet,
    about: (): About => ({ ...about, unlocked }),
    settings: () => {
      unlocked = false;
      return refuse('locked')();
    },
  }, '#/settings');
  expect(await screen.findByRole('heading', { level: 1, name: 'Open your wallet' })).toBeTruthy();
});

test('nothing that was shown is kept once it is locked', async () => {
  let unlocked = true;
  const shown = renderWithHost(<App />, { ...quiet, about: (): About => ({ ...about, unlocked }), lock: () => { unlocked = false; return {}; } });
  await screen.findByRole('heading', { level: 1, name: 'Your wallet' });
  fireEvent.click(screen.getByRole('button', { name: 'Lock' }));
  await screen.findByRole('heading', { level: 1, name: 'Open your wallet' });
  await waitFor(() => {
    expect(shown.client.getQueryCache().findAll().map(({ queryKey }) => queryKey[0])).toEqual(['about']);
  });
});

test('a wrong passphrase on a page that asks once more locks, and the way in says why', async () => {
  let unlocked = true;
  renderWithHost(<App />, {
    ...quiet,
    about: (): About => ({ ...about, unlocked }),
    phrase_show: () => {
      unlocked = false;
      return refuse('wrong_passphrase', 'passphrase')();
    },
  }, '#/settings/recovery-phrase');
  fireEvent.change(await screen.findByLabelText('Your passphrase now'), { target: { value: 'wrong' } });
  fireEvent.click(screen.getByRole('button', { name: 'Show the words' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Open your wallet' })).toBeTruthy();
  expect(screen.getByText('The passphrase was wrong. Nothing was changed.')).toBeTruthy();
});

test('that somebody is there is told, but not with every key', async () => {
  vi.spyOn(Date, 'now').mockReturnValue(1_795_600_000_000);
  const { asked } = renderWithHost(<App />, quiet);
  await screen.findByRole('heading', { level: 1, name: 'Your wallet' });
  const touches = () => asked.filter(({ command }) => command === 'touch').length;
  for (let keys = 0; keys < 5; keys += 1) fireEvent.keyDown(window, { key: 'a' });
  expect(touches()).toBe(1);
  vi.spyOn(Date, 'now').mockReturnValue(1_795_600_016_000);
  fireEvent.pointerDown(window);
  expect(touches()).toBe(2);
});

test('what was chosen before is there before the first page', () => {
  localStorage.setItem('assent-theme', 'dark');
  localStorage.setItem('assent-text', 'no size');
  applyLooks();
  expect(document.documentElement.dataset).toMatchObject({ theme: 'dark', text: '100' });
});
