// A file's title and path follow from its name; a date is one of the calendar.
import { expect, test } from 'vitest';
import { newPath, titleOf } from './document';
import { isDate } from './partialDate';

test.each([
  ['GP_letter.pdf', 'GP letter'],
  ['Llun o’r drws.JPG', 'Llun o’r drws'],
  ['plan.pages', 'plan.pages'],
  ['.pdf', '.pdf'],
])('%s is called %s', (name, title) => {
  expect(titleOf(new File(['x'], name))).toBe(title);
});

test.each([
  ['GP letter', [], 'documents.gp-letter'],
  ['GP letter', ['documents.gp-letter', 'documents.gp-letter-2'], 'documents.gp-letter-3'],
  ['Tŷ fy mam!', [], 'documents.ty-fy-mam'],
  ['رسالة', [], 'documents.document'],
  ['a'.repeat(90), [], `documents.${'a'.repeat(56)}`],
])('%s is kept beside %j at %s', (title, taken, path) => {
  expect(newPath(title, taken)).toBe(path);
});

test.each([
  ['1956-09-30', true], ['1956-09', true], ['1956', true], ['--02-29', true],
  ['1957-02-29', false], ['1956-13-01', false], ['1956-00-01', false], ['56-09-30', false], ['--09-', false],
])('%s is a date: %s', (date, isOne) => {
  expect(isDate(date)).toBe(isOne);
});
