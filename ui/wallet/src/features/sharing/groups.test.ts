// Groups, search, decisions and narrowing.
import { expect, test } from 'vitest';
import { grant } from '../../testing/sharingSamples';
import { decisionsOf, endsSoon, groupOf, search } from './groups';
import { latestDay, narrowed } from './narrowing';

test('what is decided counts, even if it is not proven yet', () => {
  expect(groupOf({ state: 'valid', becoming: 'revoked' })).toBe('ended');
  expect(groupOf({ state: 'valid', becoming: 'suspended' })).toBe('paused');
  expect(groupOf({ state: 'suspended', becoming: 'valid' })).toBe('open');
  expect(groupOf({ state: 'waiting', becoming: null })).toBe('open');
});

test('a search needs every word, and minds neither case nor accents', () => {
  const welsh = { ...grant, id: 'cy', agency_name: 'Tân ac Achub Cwm Derw' };
  expect(search([grant, welsh], 'TAN achub', 'cy').map(({ id }) => id)).toEqual(['cy']);
  expect(search([grant, welsh], 'animals rescue', 'en').map(({ id }) => id)).toEqual(['g1']);
  expect(search([grant], 'animals council', 'en')).toEqual([]);
  expect(search([grant], '  ', 'en')).toHaveLength(1);
});

test('consents of one case are one decision, in the place of the first; a case of one is a consent', () => {
  const of = (id: string, ofCase: string | null) => ({ ...grant, id, case: ofCase, circle_name: ofCase });
  const decisions = decisionsOf([of('a', 'x'), of('b', null), of('c', 'x'), of('d', 'y')]);
  expect(decisions.map((one) => (one.kind === 'one' ? one.grant.id : one.grants.map(({ id }) => id).join('+')))).toEqual(['a+c', 'b', 'd']);
});

test('days until an end are those of the calendar', () => {
  const noon = Date.UTC(2027, 4, 1, 12) / 1000;
  expect(endsSoon(Date.UTC(2027, 4, 1, 18) / 1000, noon)).toBe(0);
  expect(endsSoon(Date.UTC(2027, 4, 2, 1) / 1000, noon)).toBe(1);
  expect(endsSoon(Date.UTC(2027, 5, 15) / 1000, noon)).toBeNull();
  expect(endsSoon(noon - 1, noon)).toBeNull();
});

const now = grant.ends_at - 100 * 86_400;
test.each([
  [{ without: [], day: null }, 'nothing'],
  [{ without: ['identity.name', 'home.pets'], day: null }, 'none_left'],
  [{ without: [], day: '2020-01-01' }, 'bad_day'],
  [{ without: [], day: '2999-01-01' }, 'bad_day'],
  [{ without: [], day: 'soon' }, 'bad_day'],
])('%j cannot be asked for: %s', (less, kind) => {
  expect(narrowed(grant, less, now).kind).toBe(kind);
});

test('less is fewer items, or a sooner last day', () => {
  expect(narrowed(grant, { without: ['home.pets'], day: null }, now)).toEqual({ kind: 'less', ask: { grant: 'g1', without: ['home.pets'], ends_at: null } });
  expect(narrowed(grant, { without: [], day: latestDay(grant.ends_at) }, now)).toMatchObject({ kind: 'less' });
});
