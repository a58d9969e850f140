// Ticks, ends and what a circle would see.
import { expect, test } from 'vitest';
import { fire, LATER, review } from '../../testing/sharingSamples';
import { dayOf, endOfDay, endsOf, hostOf, seenByMember, stepsOf, ticksOf, withoutOf } from './choice';

const chosen = (byHand: Record<string, boolean>) =>
  ticksOf(review, byHand).filter(({ isChosen }) => isChosen).map(({ item }) => item.path);

test('what is needed comes with every yes; what is more than needed or not there is not proposed', () => {
  expect(chosen({})).toEqual(['identity.name', 'home.access']);
  expect(chosen({ 'identity.name': false, 'home.access': false, 'health.conditions': true })).toEqual(['identity.name', 'health.conditions']);
});

test('what never opens in an emergency is not chosen, and is not left out by the person either', () => {
  const sealed = { ...review, concerns: [{ code: 'never_on_incident' as const, path: 'home.access' }] };
  const ticks = ticksOf(sealed, { 'home.access': true });
  expect(ticks.find(({ item }) => item.path === 'home.access')).toMatchObject({ standing: 'never', isChosen: false });
  expect(withoutOf(ticks)).toEqual(['needs.hearing']);
});

test('ends come sooner than asked for, and a month has the days of its calendar', () => {
  const from = Date.UTC(2027, 0, 31, 12) / 1000;
  const latest = Date.UTC(2027, 9, 1) / 1000;
  expect(endsOf(from, latest).map(({ name, endsAt }) => [name, dayOf(endsAt)])).toEqual([
    ['latest', '2027-10-01'],
    ['month', '2027-02-28'],
    ['half', '2027-07-31'],
  ]);
});

test('a day ends at its last second, but not after the latest end', () => {
  expect(endOfDay('2027-12-31', Number.MAX_SAFE_INTEGER)).toBe(1_830_297_599);
  expect(endOfDay('2030-11-25', LATER)).toBe(LATER);
});

test('each member sees only what was chosen and its tiers open', () => {
  const member = { agency: fire, paths: ['home.access', 'needs.hearing'], tiers: [{ tier: 2, name: 'two' }, { tier: 1, name: 'one' }] };
  const members = seenByMember({ ...review, circle: { name: 'c', members: [member] } }, ticksOf(review, {}));
  expect(members[0]?.items.map(({ path }) => path)).toEqual(['home.access']);
  expect(stepsOf(members).map(({ tier }) => tier)).toEqual([1, 2]);
});

test('a link says where it claims to come from, and nonsense nothing', () => {
  expect(hostOf('assent://authorize?client_id=https%3A%2F%2Ffire.example&request=x')).toBe('fire.example');
  for (const link of ['', 'assent://authorize', 'assent://authorize?client_id=javascript', 'https://a.example']) expect(hostOf(link)).toBeNull();
});
