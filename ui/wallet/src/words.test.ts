// Both languages say the same things, with the same gaps to fill, in every area.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const FOLDER = join(import.meta.dirname, '../messages');
const areas = readdirSync(FOLDER);
const read = (area: string, language: string) =>
  JSON.parse(readFileSync(join(FOLDER, area, `${language}.json`), 'utf8')) as Record<string, string>;
const gaps = (words: string) => [...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

/** The name of a file's ending is no term of art. */
const ENDINGS = ['error_not_a_vault_do'];

test('every area is compiled', () => {
  const settings = readFileSync(join(import.meta.dirname, '../project.inlang/settings.json'), 'utf8');
  expect(areas.filter((area) => !settings.includes(`./messages/${area}/{locale}.json`))).toEqual([]);
});

test('no message stands in two areas', () => {
  const all = areas.flatMap((area) => Object.keys(read(area, 'en')));
  expect(all.filter((name, at) => all.indexOf(name) !== at)).toEqual([]);
});

test.each(areas)('%s: every message has words and the same gaps in each language', (area) => {
  const [en, cy] = [read(area, 'en'), read(area, 'cy')];
  expect(Object.keys(cy)).toEqual(Object.keys(en));
  for (const [name, words] of Object.entries(en)) {
    const welsh = cy[name] ?? '';
    expect(welsh.trim(), name).not.toBe('');
    expect(gaps(welsh), name).toEqual(gaps(words));
    if (words.includes(' ')) expect(welsh, name).not.toBe(words);
  }
});

test.each(areas)('%s: no message has a term of art in it', (area) => {
  const terms = /\b(tokens?|vault|cryptograph\w*|digest|hash(es)?|JWT|claims?|grant|verifier)\b/i;
  const found = Object.entries(read(area, 'en')).filter(([name, words]) => terms.test(words) && !ENDINGS.includes(name));
  expect(found).toEqual([]);
});
