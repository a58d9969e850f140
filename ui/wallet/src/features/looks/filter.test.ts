// Which looks are shown, and the bars of how often.
import { expect, test } from 'vitest';
import { access, opening, said } from '../../testing/sharingSamples';
import { agenciesOf, barsOf, besidesLooks, fits, NO_FILTER } from './filter';

const DAY = 86_400_000;
const now = opening.at + DAY;

test('a look fits by its agency and by how long ago it was', () => {
  expect(fits(opening, NO_FILTER, now)).toBe(true);
  expect(fits(opening, { ...NO_FILTER, agency: access.agency }, now)).toBe(false);
  expect(fits(opening, { ...NO_FILTER, span: '7' }, opening.at + 8 * DAY)).toBe(false);
  expect(fits(opening, { ...NO_FILTER, span: '7' }, opening.at + 6 * DAY)).toBe(true);
});

test('looks are told in full, and not a second time', () => {
  const all = [said, { ...said, doing: 'opened' as const }, { ...said, doing: 'shared' as const }];
  expect(besidesLooks(all, 'all').map(({ doing }) => doing)).toEqual(['granted', 'shared']);
  expect(besidesLooks(all, 'decisions').map(({ doing }) => doing)).toEqual(['granted']);
  expect(besidesLooks(all, 'looks')).toEqual([]);
  expect(agenciesOf([opening, access], [said])).toEqual([opening.agency, access.agency].sort());
});

test('there is a bar for every day until now, and each look stands in one', () => {
  const { unit, bars } = barsOf([opening, access], now);
  expect(unit).toBe('day');
  expect(bars).toHaveLength(14);
  expect(bars.reduce((sum, bar) => sum + bar.looks, 0)).toBe(1);
  expect(bars.reduce((sum, bar) => sum + bar.openings, 0)).toBe(1);
  expect(bars.every((bar, at) => at === 0 || bar.start > (bars[at - 1]?.start ?? 0))).toBe(true);
});

test('a long time is drawn in weeks, a longer one in months, without losing a look', () => {
  const old = (days: number) => ({ ...access, at: now - days * DAY });
  const weeks = barsOf([opening, old(100)], now);
  expect(weeks.unit).toBe('week');
  expect(new Date(weeks.bars[0]?.start ?? 0).getDay()).toBe(1);
  const months = barsOf([opening, old(700), old(400)], now);
  expect(months.unit).toBe('month');
  expect(months.bars.length).toBeLessThan(30);
  expect(months.bars.reduce((sum, bar) => sum + bar.looks + bar.openings, 0)).toBe(3);
});
