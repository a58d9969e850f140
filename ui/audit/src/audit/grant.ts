// Whether the grant of a token or a proof was in force, and by what that is shown: the log alone. A token is
// found by its digest; a proof must be of the log that was read.
import { equal, utf8 } from '../log/bytes';
import type { VerifiedCheckpoint } from '../log/checkpoint';
import { leafHash } from '../log/hash';
import { proveInclusion, verifyInclusion } from '../log/merkle';
import type { VerifierKey } from '../log/note';
import { PROOF_MARK, formatProof } from '../log/proof';
import { Refusal } from '../log/refusal';
import { TileSet } from '../log/tileSet';
import { tilesForInclusion } from '../log/tile';
import type { Slot } from './entry';
import { formatEntry } from './entry';
import type { Json } from './json';
import { members, strictJson } from './json';
import { TOKEN_MAX_LENGTH, jwsDigest, parseCompact } from './jws';
import type { Proven } from './receipt';
import { verifyReceipt } from './receipt';
import type { Replay } from './replay';
import type { Source } from './source';
import { fetchTile } from './source';
import type { Timeline } from './timeline';
import { timelineOf } from './timeline';

/** Why what was given proves nothing about a grant. */
export type GrantFault = 'not_yet' | 'nothing' | 'broken' | 'no_slot' | 'forked' | 'other_grant' | 'several_slots' | 'not_in_log';

/** A grant, found in the log. */
export interface Found {
  /** The grant's id, where its token was given. */
  grant: string | null;
  slot: Slot;
  /** The entry that registered or changed it, and a fresh proof that it is in the log. */
  index: number;
  proof: string;
  /** The token's `nbf` in seconds, where the token was given. */
  nbf: number | null;
  timeline: Timeline;
}

/** The log that was read. */
export interface ReadLog {
  replay: Replay;
  checkpoint: VerifiedCheckpoint;
  log: VerifierKey;
}

interface Token {
  compact: string;
  grant: string;
  nbf: number;
}

/** Finds the grant of a token, a proof, a receipt, or any JSON that holds some of them. */
export async function findGrant(given: string, read: ReadLog, source: Source): Promise<Found | GrantFault> {
  const held = heldIn(given.trim());
  if (held.proofs.length === 0 && held.tokens.length === 0) return 'nothing';
  const [token, ...others] = held.tokens;
  if (others.some((other) => other.grant !== token?.grant)) return 'several_slots';
  const proven = await provenOf(held.proofs, read);
  if (typeof proven === 'string') return proven;
  const shown = token === undefined ? shownByProofs(proven) : shownByToken(token, proven, read.replay);
  if (typeof shown === 'string') return shown;
  const proof = await freshProof(shown, read, source);
  if (proof === null) return 'broken';
  const timeline = timelineOf(read.replay, shown.slot);
  return { ...shown, proof, grant: token?.grant ?? null, nbf: token?.nbf ?? null, timeline };
}

type Shown = Pick<Found, 'slot' | 'index'>;

function shownByProofs(proven: Proven[]): Shown | GrantFault {
  const shown = proven.flatMap(({ entry, index }) => (entry.kind === 'status' ? [{ slot: entry.slot, index }] : []));
  const [first] = shown;
  if (first === undefined) return 'no_slot';
  const isSame = shown.every(({ slot }) => slot.list === first.slot.list && slot.idx === first.slot.idx);
  return isSame ? first : 'several_slots';
}

/** The token's signature need not be checked: its digest in the log shows that exactly these bytes were registered. */
function shownByToken(token: Token, proven: Proven[], replay: Replay): Shown | GrantFault {
  const digest = jwsDigest(token.compact);
  const index = replay.indexOf(digest);
  if (index < 0) return proven.length > 0 ? 'other_grant' : 'not_in_log';
  const isOther = proven.length > 0 && !proven.some(({ entry }) => equal(entry.digest, digest));
  if (isOther) return 'other_grant';
  const change = replay.changes.find((one) => one.index === index);
  return change === undefined ? 'no_slot' : { slot: change.slot, index };
}

async function provenOf(proofs: string[], { log, replay }: ReadLog): Promise<Proven[] | GrantFault> {
  const proven: Proven[] = [];
  for (const text of proofs) {
    try {
      proven.push(await verifyReceipt(text, log));
    } catch (error) {
      if (error instanceof Refusal) return 'broken';
      throw error;
    }
  }
  return proven.every(({ head }) => replay.beginsWith(head)) ? proven : 'forked';
}

/** The entry's inclusion in the newest checkpoint, proven from the tiles that everybody can fetch. */
async function freshProof({ index }: Shown, { replay, checkpoint }: ReadLog, source: Source): Promise<string | null> {
  const { head } = checkpoint;
  const change = replay.changes.find((one) => one.index === index);
  const digest = replay.digestAt(index);
  if (change === undefined || digest === null) return null;
  const extra = utf8(formatEntry({ kind: 'status', ...change, digest }));
  try {
    const set = new TileSet(head);
    for (const tile of tilesForInclusion(head.size, index)) {
      const bytes = await fetchTile(source, tile, 'cached');
      if (bytes === null) return null;
      set.insert(tile, bytes);
    }
    set.verify();
    const hashes = proveInclusion(set, head.size, index);
    verifyInclusion(head, index, leafHash(extra), hashes);
    return formatProof({ extra, index, hashes, checkpoint: checkpoint.note });
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

function heldIn(given: string): { proofs: string[]; tokens: Token[] } {
  if (given.startsWith(PROOF_MARK)) return { proofs: [`${given}\n`], tokens: [] };
  const texts = stringsIn(strictJson(given) ?? given);
  return {
    proofs: texts.filter((text) => text.startsWith(PROOF_MARK)),
    tokens: texts.flatMap((text) => tokenOf(text) ?? []),
  };
}

function stringsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  const parts = Array.isArray(value) ? value : Object.values(members(value) ?? {});
  return parts.flatMap(stringsIn);
}

function tokenOf(compact: string): Token | null {
  const jws = parseCompact(compact, 'consent+jwt', TOKEN_MAX_LENGTH);
  const grant = jws?.claims.jti;
  const nbf = jws?.claims.nbf;
  return typeof grant === 'string' ? { compact, grant, nbf: typeof nbf === 'number' ? nbf : 0 } : null;
}
