// Numbers of the plots, and the files that carry them.
import { expect, test } from 'vitest';
import { utf8 } from '../log/bytes';
import { digest } from '../log/hash';
import { toCsv } from './csv';
import { formatEntry } from './entry';
import { activity, inForce, publication } from './figures';
import { Replay } from './replay';

const HOUR = 3_600_000;
const START = 1_790_000_000_000;

function replayOf(changes: [at: number, idx: number, status: 0 | 1 | 2, exp: number | null][]): Replay {
  const replay = new Replay();
  for (const [at, idx, status, exp] of changes) {
    replay.push(utf8(formatEntry({ kind: 'status', at, digest: digest(utf8('x')), exp, slot: { list: 0, idx }, status })));
  }
  return replay;
}

test.each([
  [0, 60_000],
  [HOUR / 2, 60_000],
  [HOUR, 600_000],
  [24 * HOUR, HOUR],
  [40 * 24 * HOUR, 24 * HOUR],
  [300 * 24 * HOUR, 7 * 24 * HOUR],
  [3 * 365 * 24 * HOUR, 30 * 24 * HOUR],
])('a span of %i ms gets the narrowest bins that are few', (span, width) => {
  const found = activity(replayOf([[START, 1, 0, 9], [START + span, 1, 1, null]]));
  expect(found.width).toBe(width);
  expect(found.bins.length).toBeLessThanOrEqual(48);
  expect([found.bins[0]?.granted, found.bins.at(-1)?.revoked]).toEqual([1, 1]);
});

test('kinds are told apart, and what is in force ends in time', () => {
  const replay = replayOf([[START, 1, 0, START / 1000 + 10], [START, 2, 0, START / 1000 + 10], [START, 2, 2, null], [START, 2, 0, null], [START, 1, 1, null]]);
  expect(activity(replay).bins).toEqual([{ from: START - (START % 60_000), granted: 2, revoked: 1, suspended: 1, resumed: 1, acts: 0 }]);
  expect([inForce(replay, START), inForce(replay, START + 10_000)]).toEqual([1, 0]);
});

test('publication is measured to the first list that shows the revocation', () => {
  const replay = replayOf([[START, 1, 0, 9], [START, 1, 1, null]]);
  const lists = (size: number, after: number) => [{ list: 0, size, iat: START / 1000 + after, behind: 0 }];
  const visit = { at: START, size: 2, root: '', findings: 0 };
  const rows = publication(replay, [{ ...visit, lists: lists(1, 1) }, { ...visit, lists: lists(2, 30) }, { ...visit, lists: lists(2, 9999) }]);
  expect(rows.filter(({ count }) => count > 0)).toEqual([{ within: 60, count: 1 }]);
  expect(publication(replay, []).every(({ count }) => count === 0)).toBe(true);
});

test('a CSV is no formula and no second column', () => {
  expect(toCsv([['a', 'b,"c"'], ['=1+1', -1]])).toBe('a,"b,""c"""\r\n\'=1+1,-1\r\n');
});
