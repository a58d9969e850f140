// The frame by name and role: the pages, the banners, the focus after a move.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { App } from '../App';
import { faults, renderWithHost } from '../testing/renderWithHost';
import { overview, peace, round } from '../testing/samples';

const places = () => screen.findByRole('navigation', { name: 'Pages' });

test('the page that is open is marked among the pages', async () => {
  renderWithHost(<App />, peace, '#/more');
  expect(within(await places()).getByRole('link', { current: 'page' }).textContent).toBe('More');
  await waitFor(() => {
    expect(document.title).toBe('More – Assent');
  });
  expect(await faults()).toEqual([]);
});

test('after a move the heading has the focus', async () => {
  renderWithHost(<App />, peace);
  await userEvent.click(within(await places()).getByRole('link', { name: 'More' }));
  await waitFor(() => {
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1, name: 'More' }));
  });
});

test('what waits is told, and can be sent', async () => {
  const { asked } = renderWithHost(<App />, { ...peace, overview: { ...overview, waiting: 2 } }, '#/more');
  expect(await screen.findByText('2 decisions are waiting to be sent.')).toBeTruthy();
  const button = await screen.findByRole('button', { name: 'Try to send now' });
  const before = asked.filter(({ command }) => command === 'sync').length;
  await userEvent.click(button);
  await waitFor(() => {
    expect(asked.filter(({ command }) => command === 'sync').length).toBe(before + 1);
  });
});

test('no connection is told as such', async () => {
  const troubles = [{ part: 'connect', code: 'unreachable' }] as const;
  renderWithHost(<App />, { ...peace, sync: { ...round, troubles: [...troubles] } }, '#/more');
  expect(await screen.findByText('No connection')).toBeTruthy();
  expect(await faults()).toEqual([]);
});

test('a finding is shouted', async () => {
  renderWithHost(<App />, { ...peace, overview: { ...overview, findings: 1 } }, '#/more');
  expect((await screen.findByRole('alert')).textContent).toContain('did not keep its word');
});

test('locking shows the way in', async () => {
  let unlocked = true;
  renderWithHost(<App />, {
    ...peace,
    about: () => ({ ...(peace.about as object), unlocked }) as never,
    lock: () => {
      unlocked = false;
      return {};
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Lock' }));
  await waitFor(() => {
    expect(screen.queryByRole('navigation', { name: 'Pages' })).toBeNull();
  });
});
