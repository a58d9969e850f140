// The same vectors as the Rust crates: tests/vectors/log, RFC 6962 proofs, and the edge cases of Ed25519.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Bytes } from './bytes';
import { concat, fromBase64, utf8 } from './bytes';
import { openCheckpoint } from './checkpoint';
import { verify } from './ed25519';
import { digest } from './hash';
import { verifyConsistency, verifyInclusion } from './merkle';
import { formatVerifierKey, parseNote, parseVerifierKey, verifyNote } from './note';
import { formatProof, parseProof, verifyProof } from './proof';
import { Refusal } from './refusal';
import { bundleEntries, parseTilePath, tilePath } from './tile';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');
const OWN = join(ROOT, 'tests', 'vectors', 'log');
const FOREIGN = process.env.ASSENT_VECTORS ?? join(ROOT, '..', 'shared', 'vectors');

interface LogCase {
  text: string;
  log_key: string;
  witness_keys: string[];
  leaf: string;
  path: string;
  bytes: string;
  width: number;
  expect: string;
}

const judges: Record<string, (one: LogCase) => unknown> = {
  note: (one) => verifyNote(parseNote(one.text), [one.log_key, ...one.witness_keys].map(parseVerifierKey)),
  checkpoint: (one) => openCheckpoint(one.text, parseVerifierKey(one.log_key), one.witness_keys.map(parseVerifierKey)),
  proof: (one) => {
    const proof = parseProof(one.text);
    if (one.expect === 'accepted') expect(formatProof(proof)).toBe(one.text);
    return verifyProof(proof, fromHex(one.leaf), parseVerifierKey(one.log_key), one.witness_keys.map(parseVerifierKey));
  },
  path: (one) => {
    expect(tilePath(parseTilePath(one.path))).toBe(one.path);
  },
  bundle: (one) => bundleEntries(fromHex(one.bytes), one.width),
};

async function accepted(judge: () => unknown): Promise<boolean> {
  try {
    await judge();
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

describe.each(Object.entries(judges))('%s', (kind, judge) => {
  test.each(readdirSync(join(OWN, kind)))('%s', async (file) => {
    const one = JSON.parse(readFileSync(join(OWN, kind, file), 'utf8')) as LogCase;
    expect(await accepted(() => judge(one))).toBe(one.expect === 'accepted');
  });
});

interface ProofCase {
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
  size1: number;
  size2: number;
  root1: string;
  root2: string;
  proof: string[] | null;
  wantErr: boolean;
}

describe.skipIf(!existsSync(join(FOREIGN, 'merkle')))('RFC 6962 proofs of transparency-dev/merkle', () => {
  const files = (kind: string) =>
    readdirSync(join(FOREIGN, 'merkle', kind), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  const read = (kind: string, file: string) =>
    JSON.parse(readFileSync(join(FOREIGN, 'merkle', kind, file), 'utf8')) as ProofCase;
  const hashes = (texts: string[] | null) => (texts ?? []).map(fromText);

  test.each(existsSync(FOREIGN) ? files('inclusion') : [])('inclusion %s', async (file) => {
    const one = read('inclusion', file);
    const head = { size: one.treeSize, root: fromText(one.root) };
    const judge = () => { verifyInclusion(head, one.leafIdx, fromText(one.leafHash), hashes(one.proof)); };
    expect(await accepted(judge)).toBe(!one.wantErr);
  });

  test.each(existsSync(FOREIGN) ? files('consistency') : [])('consistency %s', async (file) => {
    const one = read('consistency', file);
    const [old, head] = [{ size: one.size1, root: fromText(one.root1) }, { size: one.size2, root: fromText(one.root2) }];
    // A root that is no SHA-256 value is refused, whatever the case is about.
    const isRoot = old.root.length === 32;
    const judge = () => { verifyConsistency(old, head, hashes(one.proof)); };
    expect(await accepted(judge)).toBe(!one.wantErr && isRoot);
  });
});

describe.skipIf(!existsSync(join(FOREIGN, 'ed25519')))('Ed25519 edge cases', () => {
  test('of C2SP/CCTV: exactly 43 of 914 are accepted', async () => {
    const all = JSON.parse(readFileSync(join(FOREIGN, 'ed25519', 'cctv.json'), 'utf8')) as Record<'key' | 'sig' | 'msg', string>[];
    const verdicts = await Promise.all(all.map((one) => verify(fromHex(one.key), utf8(one.msg), fromHex(one.sig))));
    expect([verdicts.filter(Boolean).length, all.length]).toEqual([43, 914]);
  });

  test('of speccheck: as verify_strict has them', async () => {
    const all = JSON.parse(readFileSync(join(FOREIGN, 'ed25519', 'speccheck.json'), 'utf8')) as Record<
      'pub_key' | 'signature' | 'message',
      string
    >[];
    const verdicts = await Promise.all(
      all.map((one) => verify(fromHex(one.pub_key), fromHex(one.message), fromHex(one.signature))),
    );
    expect(verdicts.flatMap((verdict, at) => (verdict ? [at] : []))).toEqual([3]);
  });
});

describe('verifier keys', () => {
  const good = 'log.example/consents+9e60a4a8+AdBKsjJ0K7SrOhNovUYV5ObQIkq3GgFrr4UgozLJd4c3';

  test('read back as they were written', () => {
    expect(formatVerifierKey(parseVerifierKey(good))).toBe(good);
  });

  test.each([
    ['an id of another key', good.replace('9e60', '9e61'), 'key_id_mismatch'],
    ['an id in capitals', good.replace('9e60a4a8', '9E60A4A8'), 'key_id_mismatch'],
    ['a space in the name', good.replace('log.', 'log .'), 'key_malformed'],
    ['another type', withKey(9, new Uint8Array(32).fill(3)), 'key_type_unsupported'],
    ['the point of order one', withKey(1, Uint8Array.of(1, ...new Uint8Array(31))), 'key_malformed'],
    ['a key of 31 bytes', withKey(1, new Uint8Array(31).fill(3)), 'key_malformed'],
    ['no key', 'log.example', 'key_malformed'],
  ])('%s is refused', (_, vkey, code) => {
    expect(() => parseVerifierKey(vkey)).toThrow(code);
  });
});

function withKey(type: number, key: Uint8Array): string {
  const bytes = concat(Uint8Array.of(type), key);
  const id = digest(concat(utf8('x\n'), bytes)).slice(0, 4);
  return `x+${Buffer.from(id).toString('hex')}+${Buffer.from(bytes).toString('base64')}`;
}

function fromHex(text: string): Bytes {
  return Uint8Array.from(Buffer.from(text, 'hex'));
}

function fromText(text: string): Bytes {
  return fromBase64(text) ?? new Uint8Array();
}
