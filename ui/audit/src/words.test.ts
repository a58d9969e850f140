// Both languages say the same things, with the same gaps to fill.
import { expect, test } from 'vitest';
import cy from '../messages/cy.json';
import en from '../messages/en.json';

const gaps = (words: string) => [...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test('every message has words and the same gaps in each language', () => {
  expect(Object.keys(cy)).toEqual(Object.keys(en));
  for (const [name, words] of Object.entries(en)) {
    const welsh = cy[name as keyof typeof cy];
    expect(welsh.trim(), name).not.toBe('');
    expect(gaps(welsh), name).toEqual(gaps(words));
  }
});

test('no sentence was left in English', () => {
  const same = Object.entries(en).filter(([name, words]) => cy[name as keyof typeof cy] === words);
  expect(same.filter(([, words]) => words.includes(' '))).toEqual([]);
});

test('there are twelve months in each', () => {
  expect([en.months.split(' ').length, cy.months.split(' ').length]).toEqual([12, 12]);
});
