// Days, lists and durations, by the browser and by our own words.
import { expect, test } from 'vitest';
import { formatOf } from './format';

const NOON = Date.UTC(2026, 11, 25, 12) / 1000;

test.each([
  ['en-GB', true, '25 December 2026', 'a, b and c', '1 minute'],
  ['cy-GB', false, '25 Rhagfyr 2026', 'a, b a c', '1 munud'],
  ['en-GB', false, '25 December 2026', 'a, b and c', '1 minutes'],
])('%s, known to the browser: %s', (locale, isKnown, day, list, minute) => {
  const format = formatOf(locale, isKnown);
  expect(format.day(NOON)).toBe(day);
  expect(format.list(['a', 'b', 'c'])).toBe(list);
  expect(format.list(['a'])).toBe('a');
  expect(format.list([])).toBe('');
  expect(format.duration(60)).toBe(minute);
});

test('Welsh says ac before a vowel', () => {
  expect(formatOf('cy-GB').list(['Enw', 'Cyfeiriad', '“Anifeiliaid”'])).toBe('Enw, Cyfeiriad ac “Anifeiliaid”');
  expect(formatOf('en-GB').list(['Name', 'Animals'])).toBe('Name and Animals');
});

test.each(['Pobl', 'pat-17', 'Cwm Derw Police'])('Welsh leaves %s as it is', (last) => {
  expect(formatOf('cy-GB').list(['Enw', last])).toBe(`Enw a ${last}`);
});

test('a moment in Welsh has the day, the Welsh month and the clock of 24 hours', () => {
  const at = new Date(2026, 2, 1, 14, 5).getTime();
  expect(formatOf('cy-GB', false).moment(at)).toBe('1 Mawrth 2026 am 14:05');
});

test('what Node knows of Welsh and what we say agree', () => {
  const [theirs, ours] = [formatOf('cy-GB', true), formatOf('cy-GB', false)];
  for (let month = 0; month < 12; month += 1) {
    const at = Date.UTC(2027, month, 15, 12) / 1000;
    expect(ours.day(at)).toBe(theirs.day(at));
  }
  expect(ours.duration(86_400)).toBe(theirs.duration(86_400));
  for (const unit of ['second', 'minute', 'hour', 'day', 'week', 'month', 'year'] as const) {
    for (const count of [1, 2, 3, 6]) expect(ours.unit(count, unit)).toBe(theirs.unit(count, unit));
  }
});
