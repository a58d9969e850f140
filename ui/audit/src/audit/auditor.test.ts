// A whole audit of a verifier in memory: honest, and cheating in every way that a code stands for.
import { beforeEach, describe, expect, test } from 'vitest';
import { concat, utf8 } from '../log/bytes';
import { parseVerifierKey } from '../log/note';
import { FakeVerifier, NOW } from '../testing/verifier';
import { Auditor } from './auditor';
import type { Code } from './finding';
import { findGrant } from './grant';
import { State } from './state';
import { standingAt } from './timeline';

let verifier: FakeVerifier;
let auditor: Auditor;
const progress = { step: () => undefined, signal: new AbortController().signal };

beforeEach(async () => {
  verifier = await FakeVerifier.open();
  auditor = new Auditor(verifier, new State(localStorage, 'https://verifier.example/'), () => NOW);
  await auditor.pin(verifier.vkey, []);
});

async function codes(): Promise<Code[]> {
  return [...(await auditor.read(progress)).findings.counts.keys()];
}

describe('an honest verifier', () => {
  test('has no findings, at the first visit and at the next', async () => {
    expect(await codes()).toEqual([]);
    verifier.set(3, 0, NOW);
    await verifier.publishRegistry(2);
    const next = await auditor.read(progress);
    expect([...next.findings.counts.keys()]).toEqual([]);
    expect([next.grew, next.holds, next.last?.head.size, next.kept.visits.length]).toEqual([true, true, 6, 2]);
  });

  test('of 600 entries has no findings either', async () => {
    for (let idx = 10; idx < 604; idx += 1) verifier.set(idx, 0, NOW);
    expect(await codes()).toEqual([]);
  });

  test('with no entries yet has none to be wrong', async () => {
    verifier.entries = [];
    verifier.change(/registry/, () => null);
    verifier.change(/status/, () => null);
    expect(await codes()).toEqual([]);
  });
});

const withBody = (change: (text: string) => string) => (answer: { body: Uint8Array; headers: Record<string, string> }) => ({
  ...answer,
  // Bundles are no text: each byte stands for one letter.
  body: Uint8Array.from(Buffer.from(change(Buffer.from(answer.body).toString('latin1')), 'latin1')),
});

describe('a verifier that cheats', () => {
  test.each<[Code, (verifier: FakeVerifier) => unknown]>([
    ['checkpoint_unsigned', (it) => { it.change(/checkpoint/, withBody((text) => text.replace('\n6\n', '\n7\n'))); }],
    ['checkpoint_unsigned', (it) => { it.change(/checkpoint/, () => null); }],
    ['root_mismatch', (it) => { it.change(/entries/, withBody((text) => text.replace('"status":1', '"status":2'))); }],
    ['entry_missing', (it) => { it.change(/entries/, () => null); }],
    ['entry_malformed', (it) => it.entries.push(utf8('{"agency":"x"}'))],
    ['entry_not_canonical', (it) => it.entries.push(concat(it.entries[0] ?? utf8(''), utf8(' ')))],
    ['time_went_back', (it) => it.log({ kind: 'act', at: 1, digest: new Uint8Array(32) })],
    ['status_unlawful', (it) => it.set(2, 0)],
    ['status_unlawful', (it) => it.set(9, 1, NOW)],
    ['tile_mismatch', (it) => { it.change(/tile\/0/, (answer) => ({ ...answer, body: answer.body.map((byte, at) => (at === 3 ? byte ^ 1 : byte)) })); }],
    ['list_missing', (it) => { it.change(/status/, () => null); }],
    ['list_unsigned', (it) => { it.change(/status/, withBody((text) => text.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')))); }],
    ['list_immutable', (it) => { it.change(/status/, (answer) => ({ ...answer, headers: { ...answer.headers, 'cache-control': 'public, immutable' } })); }],
    ['list_untagged', (it) => { it.change(/status/, (answer) => ({ ...answer, headers: {} })); }],
    ['list_ahead', (it) => { it.change(/status/, (answer) => ({ ...answer, headers: { etag: '"0-99"' } })); }],
    ['registry_unlogged', (it) => { it.change(/registry/, (answer) => ({ ...answer, headers: {} })); }],
    ['registry_unsigned', (it) => { it.change(/registry/, withBody((text) => text.replace('.', '.e30'))); }],
    ['verifier_key_changed', (it) => { it.change(/well-known/, withBody((text) => text.replace('"purpose":"status"', '"purpose":"other"'))); }],
  ])('is caught: %s', async (code, cheat) => {
    cheat(verifier);
    expect(await codes()).toContain(code);
  });

  test.each<[Code, (it: FakeVerifier) => Promise<string>]>([
    ['list_mismatch', (it) => it.list(it.bits().map((byte, at) => (at === 0 ? byte ^ 0b1100 : byte)))],
    ['list_expired', (it) => it.list(it.bits(), { exp: NOW / 1000 - 1, iat: NOW / 1000 - 9 })],
    ['list_expired', (it) => it.list(it.bits(), { iat: NOW / 1000 + 61 })],
    ['list_without_exp', (it) => it.list(it.bits(), { exp: undefined })],
    ['list_unsigned', (it) => it.list(it.bits(), { sub: 'https://verifier.example/v1/status/1' })],
  ])('and signs the list itself, is caught: %s', async (code, forge) => {
    const token = await forge(verifier);
    verifier.change(/status\/0$/, (answer) => ({ ...answer, body: utf8(token) }));
    expect(await codes()).toEqual([code]);
  });

  test('and holds changes back from the list, is caught', async () => {
    const token = await verifier.list(verifier.bits());
    const { length } = verifier.entries;
    verifier.set(5, 0, NOW);
    verifier.change(/status\/0$/, () => ({ body: utf8(token), headers: { etag: `"0-${length.toString()}"` } }));
    expect(await codes()).toEqual(['list_withheld']);
  });

  test('and rewrites what was seen, is caught with both states, by a glance and by a reading', async () => {
    await auditor.glance();
    verifier.entries[2] = verifier.entries[3] ?? utf8('');
    verifier.set(7, 0, NOW);
    const glance = await auditor.glance();
    expect([...glance.findings.counts.keys()]).toEqual(['log_forked']);
    expect(glance.evidence.map(({ name }) => name)).toEqual(['checkpoint-6-seen.txt', 'checkpoint-7-now.txt']);
    expect(await codes()).toContain('log_forked');
  });

  test('and shows fewer entries than before, is caught', async () => {
    await auditor.glance();
    verifier.entries.pop();
    expect([...(await auditor.glance()).findings.counts.keys()]).toEqual(['log_rolled_back']);
  });

  test('and goes back to an older registry, is caught', async () => {
    const old = verifier.registry;
    await verifier.publishRegistry(2);
    expect(await codes()).toEqual([]);
    verifier.registry = old;
    expect(await codes()).toEqual(['registry_rolled_back']);
  });
});

describe('what is kept', () => {
  test('is not mistaken for a first visit when it is damaged', async () => {
    localStorage.setItem('assent-audit https://verifier.example/', '{"pin":');
    await expect(auditor.glance()).rejects.toThrow('storage');
  });

  test('does not outlive another key', async () => {
    await auditor.glance();
    const other = await FakeVerifier.open();
    await auditor.pin(other.vkey, []);
    expect((await auditor.glance()).last).toBeNull();
  });
});

describe('a grant', () => {
  async function found(given: string) {
    const { replay, checkpoint } = await auditor.read(progress);
    if (replay === null || checkpoint === null) throw new Error('the log was not read');
    return findGrant(given, { replay, checkpoint, log: parseVerifierKey(verifier.vkey) }, verifier);
  }

  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = `${part({ typ: 'consent+jwt', alg: 'EdDSA' })}.${part({ jti: 'a', nbf: 1 })}.AAAA`;

  test('is followed through its life by its token', async () => {
    const start = verifier.set(50, 0, NOW / 1000, token);
    verifier.set(50, 2);
    verifier.set(50, 1);
    const answer = await found(token);
    if (typeof answer === 'string') throw new Error(answer);
    const at = (index: number) => NOW - 100_000 + index * 10;
    const standings = [at(start) - 1, at(start), at(start) + 10, at(start) + 20].map((time) => standingAt(answer.timeline, time));
    expect(standings).toEqual(['unregistered', 'in_force', 'suspended', 'revoked']);
    expect([answer.grant, answer.index, answer.nbf]).toEqual(['a', start, 1]);
    expect(standingAt({ periods: [{ from: 0, status: 0, index: 0 }], exp: 5 }, 5000)).toBe('expired');
  });

  test('is found by its receipt, alone and inside JSON, and its fresh proof finds it again', async () => {
    const receipt = await verifier.receipt(1);
    const answer = await found(receipt);
    if (typeof answer === 'string') throw new Error(answer);
    expect(answer.slot).toEqual({ list: 0, idx: 1 });
    expect(await found(JSON.stringify({ receipts: [{ proof: receipt }] }))).toMatchObject({ slot: answer.slot });
    expect(await found(answer.proof)).toMatchObject({ index: 1 });
  });

  test.each<[string, () => Promise<string>]>([
    ['nothing', () => Promise.resolve('hello')],
    ['not_in_log', () => Promise.resolve(token)],
    ['no_slot', () => verifier.receipt(0)],
    ['several_slots', async () => JSON.stringify([await verifier.receipt(1), await verifier.receipt(2)])],
    ['other_grant', async () => JSON.stringify([token, await verifier.receipt(1)])],
    ['broken', async () => (await verifier.receipt(1)).replace('index 1', 'index 2')],
  ])('is refused: %s', async (fault, given) => {
    expect(await found(await given())).toBe(fault);
  });

  test('of another history is called so', async () => {
    const receipt = await verifier.receipt(1);
    verifier.entries[3] = verifier.entries[2] ?? utf8('');
    expect(await found(receipt)).toBe('forked');
  });
});
