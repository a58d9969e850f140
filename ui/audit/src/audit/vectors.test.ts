// Status list tokens and entries: the same vectors and the same refusals as the Rust crates.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../log/bytes';
import { digest } from '../log/hash';
import type { Entry } from './entry';
import { formatEntry, parseEntry } from './entry';
import type { Json } from './json';
import { strictJson } from './json';
import { checkClaims, inflateList, readClaims } from './statusList';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');
const LISTS = join(ROOT, 'tests', 'vectors', 'status-list');
const FOREIGN = process.env.ASSENT_VECTORS ?? join(ROOT, '..', 'shared', 'vectors');

interface ListCase {
  uri: string;
  now: number;
  len: number;
  idx: number;
  claims: Record<string, Json>;
  expect: { status: number } | { refused: string };
}

async function statusOf(one: ListCase): Promise<number | 'refused'> {
  const claims = readClaims(one.claims);
  if (claims === null || checkClaims(claims, one.uri, one.now) !== null) return 'refused';
  const list = await inflateList(claims, Math.ceil((one.len * claims.bits) / 8));
  const perByte = 8 / claims.bits;
  const byte = list?.[Math.floor(one.idx / perByte)];
  if (byte === undefined) return 'refused';
  const status = (byte >> ((one.idx % perByte) * claims.bits)) & (2 ** claims.bits - 1);
  return status > 3 ? 'refused' : status;
}

describe('status list vectors', () => {
  test.each(readdirSync(LISTS).filter((name) => name.endsWith('.json')))('%s', async (file) => {
    const one = JSON.parse(readFileSync(join(LISTS, file), 'utf8')) as ListCase;
    expect(await statusOf(one)).toBe('status' in one.expect ? one.expect.status : 'refused');
  });
});

describe.skipIf(!existsSync(join(FOREIGN, 'status-list')))('the examples of the draft', () => {
  test.each(existsSync(FOREIGN) ? readdirSync(join(FOREIGN, 'status-list')) : [])('%s inflates', async (file) => {
    const text = readFileSync(join(FOREIGN, 'status-list', file), 'utf8').replaceAll(/\s/g, '');
    const [, bits, lst] = /"bits":(\d),"lst":"([^"]+)"/.exec(text) ?? [];
    const claims = { sub: '', iat: 0, exp: 1, ttl: null, bits: Number(bits) as 1 | 2 | 4 | 8, lst: lst ?? '' };
    const lengths = await Promise.all([1, 2, 3, 4, 16, 2 ** 17, 2 ** 18, 2 ** 19, 2 ** 20].map((n) => inflateList(claims, n)));
    expect(lengths.filter((list) => list !== null)).toHaveLength(1);
  });
});

const entry: Entry = {
  kind: 'status',
  at: 1_790_000_000_123,
  digest: digest(utf8('x')),
  exp: 1_800_000_000,
  slot: { list: 0, idx: 4711 },
  status: 0,
};

describe('a log entry', () => {
  test('is written as the protocol has it, and read back', () => {
    const text = formatEntry(entry);
    expect(text).toBe(
      '{"at":1790000000123,"digest":"sha256:LXEWQrcmsERBYnyp--6VkzX6d7d8oFG66QwGBm7_cIE","exp":1800000000,"kind":"status","slot":[0,4711],"status":0,"v":1}'.replace(
        /sha256:[^"]*/,
        `sha256:${Buffer.from(entry.digest).toString('base64url')}`,
      ),
    );
    expect(parseEntry(utf8(text))).toEqual(entry);
  });

  test.each<[string, (good: string) => string, string]>([
    ['another version', (good) => good.replace('"v":1', '"v":2'), 'entry_malformed'],
    ['a version that is a fraction', (good) => good.replace('"v":1', '"v":1.0'), 'entry_malformed'],
    ['status 3', (good) => good.replace('"status":0', '"status":3'), 'entry_malformed'],
    ['a slot beyond the list', (good) => good.replace('4711', '1048576'), 'entry_malformed'],
    ['a list that cannot be', (good) => good.replace('[0,', '[4096,'), 'entry_malformed'],
    ['an agency in the clear', (good) => good.replace('{"at"', '{"agency":"x","at"'), 'entry_malformed'],
    ['a member twice', (good) => good.replace('{"at"', '{"at":1,"at"'), 'entry_malformed'],
    ['a member twice, once escaped', (good) => good.replace('{"at"', '{"\\u0061t":1,"at"'), 'entry_malformed'],
    ['the other kind', (good) => good.replace('"kind":"status"', '"kind":"act"'), 'entry_malformed'],
    ['a digest as JWTs have it', (good) => good.replace('sha256:', 'sha-256:'), 'entry_malformed'],
    ['a digest with stray bits', (good) => good.replace(/.",("exp")/, '_",$1'), 'entry_malformed'],
    ['no digest', (good) => good.replace(/"digest":"[^"]*",/, ''), 'entry_malformed'],
    ['nothing', () => '', 'entry_malformed'],
    ['a space', (good) => good.replace('{"at"', '{ "at"'), 'entry_not_canonical'],
    ['a space at the end', (good) => `${good} `, 'entry_not_canonical'],
    ['another order', (good) => good.replace(/"v":1}/, '').replace('{', '{"v":1,').replace(/,$/, '}'), 'entry_not_canonical'],
    ['an escaped letter', (good) => good.replace('"at"', '"\\u0061t"'), 'entry_not_canonical'],
    ['an end that is null', (good) => good.replace('"exp":1800000000', '"exp":null'), 'entry_not_canonical'],
    ['a byte order mark', (good) => `\uFEFF${good}`, 'entry_malformed'],
    ['minus zero', (good) => good.replace('[0,', '[-0,'), 'entry_malformed'],
    ['too large a time for RFC 8785', (good) => good.replace('1790000000123', '1152921504606846977'), 'entry_not_canonical'],
  ])('with %s is refused', (_, change, fault) => {
    expect(parseEntry(utf8(change(formatEntry(entry))))).toBe(fault);
  });
});

describe('strict JSON', () => {
  test.each(['{"a":1,"a":2}', '{"a":{"b":1,"b":1}}', '[1,]', '{"a":1,}', '01', '1 2', '"\\ud800"', '"\t"', 'nul', `${'['.repeat(17)}${']'.repeat(17)}`])(
    '%s is refused',
    (text) => {
      expect(strictJson(text)).toBeUndefined();
    },
  );

  test('reads what is lawful', () => {
    expect(strictJson(' {"a":[1,-2,"\\u00e9",true,null,{}],"b":[]} ')).toEqual({ a: [1, -2, 'é', true, null, {}], b: [] });
    expect(strictJson('{"__proto__":1}')).toHaveProperty('__proto__', 1);
    expect(strictJson('1e3')).toBeNaN();
  });
});
