// The geometry of a list of a million rows: every row can be reached, and what is drawn stays small.
import { describe, expect, test } from 'vitest';
import { keyed } from './EntryList';
import { firstRow, fullHeight, scrollTo, visible } from './window';

describe.each([1, 5, 12, 13, 1000, 299_999, 300_001, 1_000_000, 50_000_000])('a list of %i rows', (count) => {
  const geometry = { count, height: Math.min(480, count * 40) };

  test('stays below what browsers can show', () => {
    expect(fullHeight(geometry)).toBeLessThan(17_000_000);
  });

  test('has its first and its last row at the ends', () => {
    expect(visible(geometry, 0).first).toBe(0);
    expect(visible(geometry, fullHeight(geometry)).last).toBe(count - 1);
  });

  test('draws no more than the frame holds and one', () => {
    for (const part of [0, 0.3, 0.5, 1]) {
      const { first, last } = visible(geometry, part * fullHeight(geometry));
      expect(last - first).toBeLessThanOrEqual(12);
    }
  });

  test('comes to where it was sent', () => {
    for (const row of [0, count >> 1, Math.max(count - 12, 0)]) {
      const found = firstRow(geometry, scrollTo(geometry, row));
      // A squeezed list lands within the frame, which then shows the row.
      expect(found).toBeGreaterThanOrEqual(row - 11);
      expect(found).toBeLessThanOrEqual(row + 5);
    }
  });
});

test('keys move within the list, and other keys do nothing', () => {
  expect(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'a'].map((key) => keyed(key, 5, 20))).toEqual([6, 4, 15, 0, 0, 20, null]);
  expect([keyed('ArrowUp', 0, 20), keyed('End', 0, 20), keyed('ArrowDown', 20, 20)]).toEqual([0, 20, 20]);
});
