// What an admitted auditor reads: who may, what counts, what is owed, and what is left out because it does not hold.
import { beforeEach, describe, expect, test } from 'vitest';
import { FakeDesk, AGENCY, Signers } from '../testing/desk';
import { FakeVerifier, NOW, newKey } from '../testing/verifier';
import { isAuditorId, makeAdmission, registryEntry, takeAdmission } from './admission';
import type { Admission } from './admission';
import type { Audit } from './auditor';
import { Auditor } from './auditor';
import { after } from './duties';
import type { Duties } from './duties';
import { acknowledgements, isUnreviewed, looksByAgency, overdueByAgency } from './dutyFigures';
import { readDuties } from './hearing';
import { State } from './state';

const DAY = 86_400_000;
const progress = { step: () => undefined, signal: new AbortController().signal };

let verifier: FakeVerifier;
let desk: FakeDesk;
let signers: Signers;
let admission: Admission;

beforeEach(async () => {
  verifier = await FakeVerifier.open();
  desk = new FakeDesk(verifier);
  signers = await Signers.of(verifier);
  admission = await makeAdmission('https://audit.example', 'Office of the Auditor');
  desk.admitted.add(admission.x);
});

async function audited(): Promise<Audit> {
  const auditor = new Auditor(verifier, new State(localStorage, 'https://verifier.example/'), () => NOW);
  await auditor.pin(verifier.vkey, []);
  return auditor.read(progress);
}

async function read(): Promise<Duties> {
  return readDuties({ desk, admission, now: () => NOW }, await audited(), progress);
}

describe('an auditor', () => {
  test('who is not admitted is refused', async () => {
    desk.admitted.clear();
    await expect(read()).rejects.toMatchObject({ code: 'not_admitted' });
  });

  test('signs in again when the bearer token has ended', async () => {
    desk.pagesPerBearer = 2;
    await signers.token('one', 20);
    await read();
    expect(desk.signIns).toBeGreaterThan(1);
  });

  test('has a key that cannot be read back, and an entry with its public half alone', async () => {
    await expect(crypto.subtle.exportKey('jwk', admission.key)).rejects.toThrow();
    const entry = JSON.parse(registryEntry(admission)) as { id: string; jwks: { keys: Record<string, string>[] } };
    expect([entry.id, entry.jwks.keys[0]?.x]).toEqual(['https://audit.example', admission.x]);
    expect(Object.keys(entry.jwks.keys[0] ?? {})).not.toContain('d');
  });

  test.each(['seed', 'jwk', 'pkcs8'] as const)('brings a key of their own as %s', async (form) => {
    const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']));
    const jwk = await crypto.subtle.exportKey('jwk', pair.privateKey);
    const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', pair.privateKey)).toString('base64');
    const file = {
      seed: `${jwk.d ?? ''}\n`,
      jwk: JSON.stringify(jwk),
      pkcs8: `-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----\n`,
    }[form];
    const taken = await takeAdmission('https://audit.example', 'Auditor', file);
    expect([taken?.x, taken?.key.extractable]).toEqual([jwk.x, false]);
    desk.admitted.add(taken?.x ?? '');
    if (taken !== null) admission = taken;
    await expect(read()).resolves.toBeTruthy();
  });

  test.each(['', '{}', '{"kty":"OKP","crv":"Ed25519","x":"AAAA","d":"AAAA"}', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'])(
    'cannot bring %j as a key',
    async (file) => {
      expect(await takeAdmission('https://audit.example', 'Auditor', file)).toBeNull();
    },
  );

  test('is named by an https address without query or fragment', () => {
    const ids = ['https://audit.example', 'https://audit.example/x', 'http://audit.example', 'https://', 'https://a.example/?q', 'https://a.example/#f'];
    expect(ids.filter(isAuditorId)).toEqual(ids.slice(0, 2));
  });
});

describe('openings', () => {
  test('are counted by agency, with readings and reviews', async () => {
    await signers.token('one', 20);
    const opened = await signers.act('one', 'open', { incident: 'INC-1', reason: 'life-at-risk', actor: 'p-1' });
    const other = await signers.act('one', 'open', { incident: 'INC-2', reason: 'life-at-risk', actor: 'p-1' });
    await signers.act('one', 'access', { reason: 'visit' });
    await signers.act('one', 'forward', { to: 'https://fire.example' });
    await signers.act('one', 'review', { of: opened, finding: 'justified', actor: 'p-2' });
    await signers.act('one', 'review', { of: opened, finding: 'unjustified', actor: 'p-1' });
    await signers.act('one', 'review', { of: other, finding: 'justified', actor: 'p-1' });
    const duties = await read();
    expect(duties.openings.map(({ incident, finding }) => [incident, finding])).toEqual([['INC-1', 'justified'], ['INC-2', null]]);
    const late = NOW + 7 * DAY;
    expect(duties.openings.map((opening) => isUnreviewed(opening, late))).toEqual([false, true]);
    expect(duties.openings.some((opening) => isUnreviewed(opening, NOW))).toBe(false);
    const row = { agency: AGENCY, openings: 2, reviewed: 1, unreviewed: 1, reads: 1, forwards: 1 };
    expect(looksByAgency(duties, late)).toEqual([row]);
  });
});

describe('a consent that was taken back', () => {
  test('is acknowledged by the act that answers it, and by no other', async () => {
    await signers.token('one', 20);
    await signers.token('two', 21);
    const revoked = await signers.revoke('one', 20);
    await signers.revoke('two', 21);
    await signers.act('one', 'acknowledged', { of: revoked });
    await signers.act('two', 'acknowledged', { of: revoked });
    expect(acknowledgements(await read())).toEqual({ waits: [20], waiting: 1 });
  });

  test('owes a deletion within what the agency promised, once it looked, until it states one', async () => {
    await signers.token('looked', 20);
    await signers.token('never', 21);
    await signers.token('erased', 22);
    for (const grant of ['looked', 'erased']) await signers.act(grant, 'access', { reason: 'visit' });
    await signers.revoke('looked', 20);
    await signers.revoke('never', 21);
    await signers.revoke('erased', 22);
    await signers.act('erased', 'erased', { method: 'deleted' });
    const duties = await read();
    expect(duties.overdue(NOW)).toEqual([]);
    const [first, ...others] = duties.overdue(NOW + 11 * DAY);
    expect([first?.grant, first?.what, others.length]).toEqual(['looked', 'revoked', 0]);
    expect(overdueByAgency(duties.overdue(NOW + 11 * DAY))).toEqual([{ agency: AGENCY, count: 1 }]);
  });

  test('owes it again when the agency looked after it had deleted', async () => {
    await signers.token('one', 20, { retention: 'P1D' });
    await signers.act('one', 'access', { reason: 'visit' });
    await signers.act('one', 'erased', { method: 'deleted' });
    await signers.act('one', 'access', { reason: 'visit' });
    const [first] = (await read()).overdue(NOW + 2 * DAY);
    expect([first?.grant, first?.what]).toEqual(['one', 'retention']);
  });

  test('and one whose end has come owe alike', async () => {
    await signers.token('one', 20, { exp: NOW / 1000 + 60 });
    await signers.act('one', 'access', { reason: 'visit' });
    expect((await read()).overdue(NOW + 60_000 + 10 * DAY)).toEqual([
      { grant: 'one', agency: AGENCY, what: 'expired', since: NOW + 60_000 + 10 * DAY },
    ]);
  });
});

describe('what does not hold is told and left out', () => {
  test('a body that is not that of its entry', async () => {
    const index = await signers.token('one', 20);
    verifier.bodies.set(index, `${verifier.bodies.get(index) ?? ''}A`);
    const duties = await read();
    expect(duties.misfits).toEqual([{ index, why: 'digest' }]);
    expect(duties.accounts.size).toBe(0);
  });

  test('an opening and a deletion that the agency did not sign', async () => {
    await signers.token('one', 20);
    const stranger = await newKey();
    await signers.act('one', 'open', { incident: 'INC-1' }, stranger);
    await signers.act('one', 'erased', {}, stranger);
    const duties = await read();
    expect(duties.misfits.map(({ why }) => why)).toEqual(['signature', 'signature']);
    expect(duties.openings).toEqual([]);
  });

  test('a revocation that the holder did not sign', async () => {
    await signers.token('one', 20);
    await signers.revoke('one', 20, signers.agency);
    const duties = await read();
    expect(duties.misfits.map(({ why }) => why)).toEqual(['signature']);
    expect(acknowledgements(duties)).toEqual({ waits: [], waiting: 0 });
  });

  test('a body that comes twice', async () => {
    await signers.token('one', 20);
    await signers.act('one', 'open', { incident: 'INC-1' });
    const audit = await audited();
    const bodies = desk.bodies.bind(desk);
    desk.bodies = async (from, to, bearer) => {
      const page = await bodies(from, to, bearer);
      return { ...page, bodies: page.bodies.flatMap((body) => [body, body]) };
    };
    const duties = await readDuties({ desk, admission, now: () => NOW }, audit, progress);
    expect([duties.openings.length, duties.misfits.length]).toEqual([1, 2]);
  });

  test('a page that does not move on ends the reading', async () => {
    const audit = await audited();
    desk.bodies = () => Promise.resolve({ bodies: [], next: 0 });
    expect((await readDuties({ desk, admission, now: () => NOW }, audit, progress)).count).toBe(0);
  });
});

test('a duration is counted by the calendar', () => {
  const from = Date.parse('2026-01-31T12:00:00Z');
  const end = (duration: string | null) => {
    const at = after(duration, from);
    return at === null ? null : new Date(at).toISOString();
  };
  expect([end('P1M'), end('PT36H'), end('P1W'), end(null), end('soon')]).toEqual([
    '2026-02-28T12:00:00.000Z', '2026-02-02T00:00:00.000Z', '2026-02-07T12:00:00.000Z', null, null,
  ]);
});
