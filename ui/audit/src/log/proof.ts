// The tlog-proof (C2SP tlog-proof): index, inclusion proof and checkpoint in one text that can be checked
// offline. Its extra line is not authenticated and must never be believed by itself.
import type { Bytes } from './bytes';
import { fromBase64, fromDecimal, toBase64 } from './bytes';
import type { VerifiedCheckpoint } from './checkpoint';
import { openCheckpoint, parseCheckpoint } from './checkpoint';
import type { Hash } from './hash';
import { hashFromBase64 } from './hash';
import { verifyInclusion } from './merkle';
import type { VerifierKey } from './note';
import { parseNote } from './note';
import { Refusal } from './refusal';

/** The first line of every proof. */
export const PROOF_MARK = 'c2sp.org/tlog-proof@v1';
/** The most hashes that a proof of a tree below 2^63 entries can have. */
const MAX_HASHES = 63;

/** A proof that an entry is in a log, with the checkpoint that says so; not verified. */
export interface TlogProof {
  extra: Bytes;
  index: number;
  hashes: Hash[];
  checkpoint: string;
}

/** Reads a proof. */
export function parseProof(text: string): TlogProof {
  const gap = text.indexOf('\n\n');
  const checkpoint = text.slice(gap + 2);
  const lines = text.slice(0, Math.max(gap, 0)).split('\n');
  if (lines.shift() !== PROOF_MARK) throw new Refusal('proof_malformed');
  const extra = lines[0]?.startsWith('extra ') === true ? extraOf(lines.shift() ?? '') : new Uint8Array();
  const index = fromDecimal(/^index (.*)$/s.exec(lines.shift() ?? '')?.[1] ?? '');
  const hashes = lines.map(hashFromBase64).filter((hash) => hash !== null);
  if (index === null || hashes.length !== lines.length || hashes.length > MAX_HASHES) {
    throw new Refusal('proof_malformed');
  }
  parseCheckpoint(parseNote(checkpoint).text);
  return { extra, index, hashes, checkpoint };
}

/** Checks that the log signed the checkpoint and that the entry with this leaf hash is in its tree. */
export async function verifyProof(
  proof: TlogProof,
  leaf: Hash,
  log: VerifierKey,
  witnesses: readonly VerifierKey[] = [],
): Promise<VerifiedCheckpoint> {
  const checkpoint = await openCheckpoint(proof.checkpoint, log, witnesses);
  verifyInclusion(checkpoint.head, proof.index, leaf, proof.hashes);
  return checkpoint;
}

/** Writes a proof as a file that any tlog-proof reader takes. */
export function formatProof({ extra, index, hashes, checkpoint }: TlogProof): string {
  const lines = [PROOF_MARK];
  if (extra.length > 0) lines.push(`extra ${toBase64(extra)}`);
  lines.push(`index ${index.toString()}`, ...hashes.map(toBase64));
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

function extraOf(line: string): Bytes {
  const extra = fromBase64(line.slice('extra '.length));
  if (extra === null || extra.length === 0) throw new Refusal('proof_malformed');
  return extra;
}
