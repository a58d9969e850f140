// Both languages say the same things, with the same gaps to fill.
import { expect, test } from 'vitest';

type Messages = Record<string, string>;

const files = import.meta.glob<Messages>('../messages/*/*.json', { eager: true, import: 'default' });
const areas = Object.keys(files).filter((path) => path.endsWith('/en.json')).map((path) => path.replace('/en.json', ''));
const gaps = (words: string) => [...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test.each(areas)('%s', (area) => {
  const [en, cy] = [files[`${area}/en.json`] ?? {}, files[`${area}/cy.json`] ?? {}];
  expect(Object.keys(en).length).toBeGreaterThan(0);
  expect(Object.keys(cy)).toEqual(Object.keys(en));
  for (const [name, words] of Object.entries(en)) {
    expect(cy[name]?.trim(), name).not.toBe('');
    expect(gaps(cy[name] ?? ''), name).toEqual(gaps(words));
    if (words.includes(' ')) expect(cy[name], `${name} was left in English`).not.toBe(words);
  }
});
