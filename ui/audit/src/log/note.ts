// Signed notes (C2SP signed-note): a text and the signatures under it. A note says nothing until a known
// key was found on it, and one bad signature of a known key spoils it.
import type { Bytes } from './bytes';
import { concat, equal, fromBase64, toBase64, utf8 } from './bytes';
import { isStrongPoint, verify } from './ed25519';
import { digest } from './hash';
import { Refusal } from './refusal';

/** The longest note that is read, in bytes. */
const MAX_NOTE_LENGTH = 256 * 1024;
/** The most signatures on a note that is read; C2SP signed-note asks for at least 16. */
const MAX_SIGNATURES = 64;
const ED25519 = 0x01;
const COSIGNATURE_V1 = 0x04;
/** The largest time that a cosignature may carry (C2SP tlog-cosignature, Format). */
const MAX_TIME = 2n ** 63n - 1n;

/** A signature line: who signed, with which key, and what. */
export interface NoteSignature {
  name: string;
  keyId: Bytes;
  signature: Bytes;
}

/** A text with signatures under it, parsed but not verified. */
export interface SignedNote {
  text: string;
  signatures: NoteSignature[];
}

/** A public key with its name (C2SP signed-note, vkey). */
export interface VerifierKey {
  name: string;
  id: Bytes;
  kind: 'ed25519' | 'cosignature';
  key: Bytes;
}

/** A signature that a known key made: the time is that of a cosignature, in Unix seconds. */
export interface VerifiedSignature {
  key: VerifierKey;
  time: number | null;
}

/** Reads `<name>+<hex id>+<base64 type and key>`. */
export function parseVerifierKey(vkey: string): VerifierKey {
  const [, name, id, value] = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(vkey) ?? [];
  const bytes = value === undefined ? null : fromBase64(value);
  if (name === undefined || bytes === null || bytes.length === 0) throw new Refusal('key_malformed');
  const kind = kindOf(bytes[0] ?? 0);
  const key = bytes.slice(1);
  if (key.length !== 32 || !isKeyName(name) || !isStrongPoint(key)) throw new Refusal('key_malformed');
  const computed = keyId(name, bytes);
  if (hex(computed) !== id) throw new Refusal('key_id_mismatch');
  return { name, id: computed, kind, key };
}

/** Reads a note. */
export function parseNote(note: string): SignedNote {
  if (utf8(note).length > MAX_NOTE_LENGTH) throw new Refusal('note_too_long');
  if (/[\u0000-\u0009\u000b-\u001f]/.test(note)) throw new Refusal('note_malformed');
  const gap = note.lastIndexOf('\n\n');
  const lines = note.slice(gap + 2);
  if (gap < 0 || !lines.endsWith('\n')) throw new Refusal('note_malformed');
  const signatures = lines.slice(0, -1).split('\n');
  if (signatures.length > MAX_SIGNATURES) throw new Refusal('note_too_long');
  return { text: note.slice(0, gap + 1), signatures: signatures.map(parseSignature) };
}

/** Checks every signature of the known keys; others are ignored. Each key is answered once, in order. */
export async function verifyNote(note: SignedNote, keys: readonly VerifierKey[]): Promise<VerifiedSignature[]> {
  const verified: VerifiedSignature[] = [];
  for (const key of keys) {
    let last: VerifiedSignature | null = null;
    for (const line of note.signatures) {
      if (line.name === key.name && equal(line.keyId, key.id)) {
        last = { key, time: await verifyLine(note.text, key, line.signature) };
      }
    }
    if (last !== null) verified.push(last);
  }
  if (verified.length === 0) throw new Refusal('no_known_signature');
  return verified;
}

async function verifyLine(text: string, key: VerifierKey, signature: Bytes): Promise<number | null> {
  if (key.kind === 'ed25519') {
    if (await verify(key.key, utf8(text), signature)) return null;
    throw new Refusal('bad_signature');
  }
  if (signature.length !== 72) throw new Refusal('bad_signature');
  const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  const message = utf8(`cosignature/v1\ntime ${time.toString()}\n${text}`);
  if (time > MAX_TIME || !(await verify(key.key, message, signature.slice(8)))) throw new Refusal('bad_signature');
  return Number(time);
}

function parseSignature(line: string): NoteSignature {
  const [, name, value] = /^— ([^ ]*) (.*)$/s.exec(line) ?? [];
  const bytes = value === undefined ? null : fromBase64(value);
  if (name === undefined || !isKeyName(name) || bytes === null || bytes.length <= 4) {
    throw new Refusal('signature_malformed');
  }
  return { name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
}

function kindOf(byte: number): VerifierKey['kind'] {
  if (byte === ED25519) return 'ed25519';
  if (byte === COSIGNATURE_V1) return 'cosignature';
  throw new Refusal('key_type_unsupported');
}

function isKeyName(name: string): boolean {
  // What Unicode calls White_Space, which is not what \s stands for.
  return name !== '' && !/[\p{White_Space}\p{Cc}+]/u.test(name);
}

function keyId(name: string, typeAndKey: Uint8Array): Bytes {
  return digest(concat(utf8(`${name}\n`), typeAndKey)).slice(0, 4);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Writes a key as it was read. */
export function formatVerifierKey(key: VerifierKey): string {
  const kind = key.kind === 'ed25519' ? ED25519 : COSIGNATURE_V1;
  return `${key.name}+${hex(key.id)}+${toBase64(concat(Uint8Array.of(kind), key.key))}`;
}
