// Offers of help that fit, over faked answers of the program.
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { App } from '../../App';
import type { OfferView } from '../../host/host';
import { faults, renderWithHost } from '../../testing/renderWithHost';
import { peace } from '../../testing/samples';
import { fire, LATER, review } from '../../testing/sharingSamples';

const offer: OfferView = {
  id: 'o1',
  agency: fire,
  title: 'Help in the heat',
  text: 'We call every day.',
  because: 'live where the postcode begins with LD99',
  until: LATER,
  accepted: false,
};

const show = (offers: OfferView[], at = '#/offers') =>
  renderWithHost(<App />, { ...peace, offers_list: { offers }, offer_dismiss: {}, offer_review: review, data_list: { sections: [] } }, at);

test('where none fits, nobody was told that somebody looked', async () => {
  show([]);
  expect(await screen.findByRole('heading', { name: 'No offer fits what you wrote down.' })).toBeTruthy();
  expect(await faults()).toEqual([]);
});

test('an offer says why it is shown, and is read like any request before it is accepted', async () => {
  const shown = show([offer]);
  await userEvent.click(await screen.findByText('Why you see this'));
  expect(screen.getByText('It is for people who live where the postcode begins with LD99.')).toBeTruthy();
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByRole('link', { name: 'See what they need: Help in the heat' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'What Cwm Derw Fire and Rescue needs for this help' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Say no' })).toBeNull();
  expect(shown.asked.find(({ command }) => command === 'offer_review')?.ask).toEqual({ offer: 'o1', lang: 'en' });
});

test('an offer that was accepted is not offered again', async () => {
  show([{ ...offer, accepted: true }]);
  expect(await screen.findByText('You accepted this')).toBeTruthy();
  expect(screen.queryByRole('link', { name: /^See what they need/ })).toBeNull();
});

test('an offer is dismissed without anybody being told', async () => {
  const shown = show([offer]);
  await userEvent.click(await screen.findByRole('button', { name: 'Do not show again: Help in the heat' }));
  expect(await screen.findByText('“Help in the heat” is not shown again. Nobody was told.')).toBeTruthy();
  expect(shown.asked.find(({ command }) => command === 'offer_dismiss')?.ask).toEqual({ offer: 'o1' });
});
