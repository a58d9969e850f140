// Checkpoints (C2SP tlog-checkpoint): a log's origin, size and root as the text of a signed note.
import { equal, fromDecimal } from './bytes';
import type { TreeHead } from './hash';
import { EMPTY_ROOT, hashFromBase64 } from './hash';
import type { VerifierKey } from './note';
import { parseNote, verifyNote } from './note';
import { Refusal } from './refusal';

/** A known witness's word that the checkpoint was the log's newest at a time (Unix seconds). */
export interface Cosignature {
  witness: string;
  time: number;
}

/** A checkpoint that its log signed; it can only be had from {@link openCheckpoint}. */
export interface VerifiedCheckpoint {
  note: string;
  origin: string;
  head: TreeHead;
  cosignatures: Cosignature[];
  /** The names on signatures that no known key was there for. */
  unknownSigners: string[];
}

/** Reads the text of a checkpoint. Further lines are allowed and mean nothing here. */
export function parseCheckpoint(text: string): { origin: string; head: TreeHead } {
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.length < 3 || lines.includes('')) throw new Refusal('checkpoint_malformed');
  const [origin = '', sizeText = '', rootText = ''] = lines;
  const size = fromDecimal(sizeText);
  const root = hashFromBase64(rootText);
  if (size === null || root === null) throw new Refusal('checkpoint_malformed');
  if (size === 0 && !equal(root, EMPTY_ROOT)) throw new Refusal('empty_tree_root');
  return { origin, head: { size, root } };
}

/** Verifies a note and the checkpoint in it: signed by the log's key, and by whichever known witnesses cosigned. */
export async function openCheckpoint(
  note: string,
  log: VerifierKey,
  witnesses: readonly VerifierKey[],
): Promise<VerifiedCheckpoint> {
  const parsed = parseNote(note);
  const { origin, head } = parseCheckpoint(parsed.text);
  if (origin !== log.name) throw new Refusal('wrong_origin');
  if (log.kind !== 'ed25519') throw new Refusal('no_known_signature');
  await verifyNote(parsed, [log]);
  const verified = await verifyNote(parsed, witnesses).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'no_known_signature') return [];
    throw error;
  });
  const cosignatures = verified.flatMap(({ key, time }) => (time === null ? [] : [{ witness: key.name, time }]));
  const known = [log, ...witnesses];
  const unknown = parsed.signatures.filter((line) => !known.some((key) => key.name === line.name && equal(key.id, line.keyId)));
  return { note, origin, head, cosignatures, unknownSigners: unknown.map((line) => line.name) };
}
