// Receipts (PROTOCOL sections 5 and 6): a tlog-proof whose extra line holds the entry, so that the leaf can be
// rebuilt.
import { equal } from '../log/bytes';
import type { Hash, TreeHead } from '../log/hash';
import { leafHash } from '../log/hash';
import type { VerifierKey } from '../log/note';
import { parseProof, verifyProof } from '../log/proof';
import { Refusal } from '../log/refusal';
import type { Entry } from './entry';
import { parseEntry } from './entry';

/** A proof that held: the entry, where it stands and the tree that says so. */
export interface Proven {
  entry: Entry;
  index: number;
  head: TreeHead;
}

/** Checks a tlog-proof's text: signed by `log`, of an entry of the log's shapes, and included. */
export async function verifyReceipt(text: string, log: VerifierKey): Promise<Proven> {
  const proof = parseProof(text);
  const entry = parseEntry(proof.extra);
  if (typeof entry === 'string') throw new Refusal('proof_malformed');
  const { head } = await verifyProof(proof, leafHash(proof.extra), log);
  return { entry, index: proof.index, head };
}

/** Whether the proof holds and is of the JWS with this digest. */
export async function isReceiptOf(text: string, log: VerifierKey, digest: Hash): Promise<Proven | null> {
  try {
    const proven = await verifyReceipt(text, log);
    return equal(proven.entry.digest, digest) ? proven : null;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
