// The emergency card, over faked answers of the program.
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { App } from '../../App';
import type { Card } from '../../host/host';
import { faults, renderWithHost } from '../../testing/renderWithHost';
import { peace } from '../../testing/samples';
import { card } from '../../testing/sharingSamples';

const show = (answer: Card) => renderWithHost(<App />, { ...peace, card: answer, data_list: { sections: [] } }, '#/card');

test('where nothing opens, it says how to let something open', async () => {
  show({ name: null, parties: [], tiers: [] });
  expect(await screen.findByRole('heading', { name: 'Nothing opens in an emergency.' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Print the card' })).toBeNull();
  expect(await faults()).toEqual([]);
});

test('it says who may open what, step by step', async () => {
  show(card);
  const sheet = await screen.findByRole('article', { name: 'Emergency card' });
  expect(within(sheet).getByRole('heading', { name: 'Emergency information of Mared Llwyd' })).toBeTruthy();
  expect(within(sheet).getByText('Opens for all of them')).toBeTruthy();
  expect(within(sheet).getByText('Opens for Cwm Derw Ambulance Trust')).toBeTruthy();
  expect(sheet.textContent).toContain('Salbutamol');
  expect(sheet.textContent).toContain('A key safe’s code');
  expect(await faults()).toEqual([]);
});

test('it is printed, and without what is written down where the person wants that', async () => {
  const print = vi.spyOn(window, 'print').mockImplementation(() => undefined);
  show(card);
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Print what you wrote down' }));
  const sheet = screen.getByRole('article', { name: 'Emergency card' });
  expect(sheet.textContent).not.toContain('Mared');
  expect(sheet.textContent).not.toContain('Salbutamol');
  expect(sheet.textContent).toContain('Medicines');
  await userEvent.click(screen.getByRole('button', { name: 'Print the card' }));
  expect(print).toHaveBeenCalledOnce();
});
