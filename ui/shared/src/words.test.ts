// Both languages say the same things.
import { expect, test } from 'vitest';
import cy from '../messages/cy.json';
import en from '../messages/en.json';

test('every message has words in each language', () => {
  expect(Object.keys(cy)).toEqual(Object.keys(en));
  const empty = [...Object.entries(en), ...Object.entries(cy)].filter(([, words]) => words.trim() === '');
  expect(empty).toEqual([]);
});

test('no message was left in English', () => {
  const same = Object.entries(en).filter(([name, words]) => cy[name as keyof typeof cy] === words);
  expect(same.map(([name]) => name)).toEqual(['app_name']);
});

test('no message has a term of art in it', () => {
  const terms = /\b(token|vault|cryptograph\w*|digest|hash|log proof|JWT|claim)\b/i;
  expect(Object.values(en).filter((words) => terms.test(words))).toEqual([]);
});
