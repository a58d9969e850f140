// A stranger's text is made fit to show, and a name that needs joiners or marks keeps them.
import { expect, test } from 'vitest';
import { tame } from './tame';

test.each([
  ['Mared Llwyd', 'Mared Llwyd'],
  ['  two \n lines\t', 'two lines'],
  ['\u202Eevil\u202C', 'evil'],
  ['nul\u0000byte', 'nulbyte'],
  // Words of scripts that need joiners, and letters with marks, stay whole.
  ['می\u200cخواهم', 'می\u200cخواهم'],
  ['Łukasz Ŵyn', 'Łukasz Ŵyn'],
  ['z\u0300\u0301\u0302\u0303\u0304\u0305', 'z\u0300\u0301\u0302\u0303'],
])('%j', (text, shown) => {
  expect(tame(text, 80)).toEqual({ shown, left: 0 });
});

test('what is too long is cut between code points, and how much is said', () => {
  expect(tame('👩'.repeat(100), 10)).toEqual({ shown: `${'👩'.repeat(10)}…`, left: 90 });
  expect(tame('a'.repeat(10_000), 80)).toEqual({ shown: `${'a'.repeat(80)}…`, left: 9_920 });
});

test('a text of nothing that can be seen is empty', () => {
  expect(tame('\u200b\u2066\u2069', 80).shown).toBe('');
});
