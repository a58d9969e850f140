// The needs codes mean here what they mean in the profile.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NEEDS } from './needs';

test('every code has the profile\'s own words, in both languages', () => {
  const source = readFileSync(join(import.meta.dirname, '..', '..', '..', '..', 'crates', 'profile', 'src', 'needs.rs'), 'utf8');
  const codes = [...source.matchAll(/code\(\s*"(\d\d)",\s*"([^"]*)",\s*"([^"]*)",/g)].map(([, code = '', en = '', cy = '']) => [code, { en, cy }] as const);
  expect(codes.length).toBeGreaterThan(20);
  expect(NEEDS).toEqual(Object.fromEntries(codes));
});
