// One audit from the first request to the last, with the verdicts of `assent audit`. A glance checks keys,
// checkpoint and growth, from tiles alone; a reading reads every entry and judges all that is served.
import { toBase64 } from '../log/bytes';
import type { VerifiedCheckpoint } from '../log/checkpoint';
import { openCheckpoint } from '../log/checkpoint';
import type { VerifierKey } from '../log/note';
import { parseVerifierKey } from '../log/note';
import { Refusal } from '../log/refusal';
import { Findings } from './finding';
import type { Growth } from './growth';
import { grew, growthByTiles } from './growth';
import type { Json } from './json';
import { members, strictJson } from './json';
import { keysFor } from './jws';
import type { Checked, Served } from './lists';
import { checkList, checkPast, fetchLists } from './lists';
import type { Progress, Reading } from './reading';
import { compareTiles, readLog } from './reading';
import { checkRegistry } from './registry';
import type { Replay } from './replay';
import type { Document, Source } from './source';
import { AuditError, textOf } from './source';
import type { Kept, ListSeen, State } from './state';

/** Lists that are also asked for as they were in the past. */
const PAST_LISTS = 4;

/** A text that shows a fault, to be kept and shown to others. */
export interface Evidence {
  name: string;
  text: string;
}

/** What a glance found. */
export interface Glance {
  /** When it was made, in Unix milliseconds. */
  at: number;
  findings: Findings;
  evidence: Evidence[];
  checkpoint: VerifiedCheckpoint | null;
  /** The checkpoint of the visit before. */
  last: VerifiedCheckpoint | null;
  /** Whether the log only grew since; null at the first visit and where there is no checkpoint. */
  grew: boolean | null;
  kept: Kept;
  issuer: string;
}

/** A whole audit. */
export interface Audit extends Glance {
  log: VerifierKey;
  /** The log as it was read; null where there was no checkpoint to read it by. */
  replay: Replay | null;
  /** Whether the entries are those of the checkpoint. */
  holds: boolean;
  lists: Map<number, Checked>;
}

interface Said {
  issuer: string;
  jwks: Json;
  logVkey: string;
}

/** An auditor of one verifier. */
export class Auditor {
  readonly source: Source;
  readonly #state: State;
  readonly #now: () => number;

  constructor(source: Source, state: State, now: () => number) {
    this.source = source;
    this.#state = state;
    this.#now = now;
  }

  /** The log key that the verifier itself names: to be compared with what its operator published. */
  async namedKey(): Promise<string> {
    return (await this.#said()).logVkey;
  }

  /** Pins keys; `logVkey` and `witnesses` have been read with `parseVerifierKey`. */
  async pin(logVkey: string, witnesses: string[]): Promise<void> {
    const { jwks } = await this.#said();
    const before = this.#state.read();
    const isSame = before?.pin.logVkey === logVkey;
    const pin = { logVkey, witnesses, jwks: isSame ? before.pin.jwks : jwks };
    const fresh: Kept = { pin, checkpoint: null, registry: null, visits: [] };
    this.#state.write(isSame ? { ...before, pin } : fresh);
  }

  /** Checks keys, checkpoint and growth. A checkpoint that holds is kept, so that the next visit can compare. */
  async glance(): Promise<Glance> {
    const glance = await this.#look();
    const { checkpoint, last, findings, evidence } = glance;
    if (checkpoint === null) return glance;
    if (last !== null) {
      const growth = await this.#growth(last, checkpoint);
      if (growth === 'forked') tellOfFork(last, checkpoint, findings, evidence);
      if (growth === 'unknown') findings.add('tile_mismatch', { tile: 'tile/…' });
      if (growth !== 'grew') return { ...glance, grew: growth === 'unknown' ? null : false };
    }
    this.#state.write({ ...glance.kept, checkpoint: checkpoint.note });
    return { ...glance, grew: last === null ? null : true };
  }

  /** Keys and checkpoint, without judging how the log grew. */
  async #look(): Promise<Glance> {
    const findings = new Findings();
    const said = await this.#said();
    const kept = this.#kept();
    checkKeys(said, kept, findings);
    const log = parseVerifierKey(kept.pin.logVkey);
    const witnesses = kept.pin.witnesses.map(parseVerifierKey);
    const last = await openKept(kept, log);
    const evidence: Evidence[] = [];
    const checkpoint = await this.#checkpoint(log, witnesses, findings, evidence);
    return { at: this.#now(), findings, evidence, checkpoint, last, grew: null, kept, issuer: said.issuer };
  }

  /** What the browser kept of the tiles may be what is damaged: then they are fetched again. */
  async #growth(last: VerifiedCheckpoint, { head }: VerifiedCheckpoint): Promise<Growth> {
    const kept = await growthByTiles(this.source, last.head, head, 'cached');
    return kept === 'unknown' ? growthByTiles(this.source, last.head, head, 'fresh') : kept;
  }

  /** Reads the whole log and judges everything that is served. */
  async read(progress: Progress): Promise<Audit> {
    // Documents first and the checkpoint after them: the log that is read covers all that was said meanwhile.
    const before = this.#kept();
    const known = (before.visits.at(-1)?.lists.at(-1)?.list ?? -1) + 1;
    const registry = await this.source.find('/v1/registry', 'fresh');
    const served = await fetchLists(this.source, known);
    const glance = await this.#look();
    const log = parseVerifierKey(glance.kept.pin.logVkey);
    const empty = { ...glance, log, replay: null, holds: false, lists: new Map<number, Checked>() };
    const { checkpoint } = glance;
    if (checkpoint === null) return empty;
    const { reading, findings } = await this.#reading(glance, checkpoint, progress);
    const holds = reading.complete && reading.replay.beginsWith(checkpoint.head);
    const audit = { ...empty, findings, replay: reading.replay, holds };
    await this.#judge({ audit, reading, registry, served, progress });
    return audit;
  }

  /** Where what the browser kept does not lead to the checkpoint, everything is fetched again before anybody is accused. */
  async #reading(glance: Glance, { head }: VerifiedCheckpoint, progress: Progress) {
    for (const freshness of ['cached', 'fresh'] as const) {
      const findings = new Findings();
      for (const { code, details } of glance.findings.told) findings.add(code, details);
      const reading = await readLog(this.source, head, freshness, findings, progress);
      const holds = reading.complete && reading.replay.beginsWith(head);
      if (holds || freshness === 'fresh') {
        if (holds) await compareTiles(this.source, reading.replay, 0, 'fresh', findings, progress);
        return { reading, findings };
      }
    }
    throw new AuditError('unreachable');
  }

  async #judge(scene: {
    audit: Audit;
    reading: Reading;
    registry: Document | null;
    served: Served[];
    progress: Progress;
  }): Promise<void> {
    const { audit, reading, registry, served, progress } = scene;
    const { checkpoint, last, findings, kept, log, holds } = audit;
    if (checkpoint === null) return;
    if (reading.complete && !holds) {
      findings.add('root_mismatch', { size: checkpoint.head.size });
      audit.evidence.push({ name: `checkpoint-${checkpoint.head.size.toString()}-root.txt`, text: checkpoint.note });
      await compareTiles(this.source, reading.replay, 0, 'fresh', findings, progress);
    }
    if (last !== null) {
      const byEntries = holds && last.head.size <= checkpoint.head.size;
      audit.grew = byEntries
        ? grew(reading.replay.tree, last.head, checkpoint.head)
        : (await this.#growth(last, checkpoint)) === 'grew';
      if (!audit.grew) tellOfFork(last, checkpoint, findings, audit.evidence);
    }
    const replay = holds ? reading.replay : null;
    const keys = keysFor(kept.pin.jwks, 'registry');
    const newest = await checkRegistry({ keys, log, replay, seen: kept.registry }, registry, findings);
    if (reading.complete) await this.#checkLists(audit, reading.replay, served, progress);
    if (holds && audit.grew !== false) this.#keep(audit, newest);
  }

  async #checkLists(audit: Audit, replay: Replay, served: Served[], { step, signal }: Progress): Promise<void> {
    const { findings } = audit;
    const keys = keysFor(audit.kept.pin.jwks, 'status');
    const judge = { issuer: audit.issuer, keys, replay, now: audit.at };
    for (const [done, list] of served.entries()) {
      signal.throwIfAborted();
      audit.lists.set(list.number, await checkList(judge, list, findings));
      step({ what: 'lists', done: done + 1, of: served.length });
    }
    for (const list of replay.lists.filter((number) => !audit.lists.has(number))) findings.add('list_missing', { list });
    for (const list of replay.lists.slice(0, PAST_LISTS)) await checkPast(judge, this.source, list, findings);
  }

  #keep(audit: Audit, registry: string | null): void {
    const { checkpoint, kept, at, findings } = audit;
    if (checkpoint === null) return;
    const lists: ListSeen[] = [...audit.lists.values()].flatMap(({ seen }) => seen ?? []);
    const { size, root } = checkpoint.head;
    const visit = { at, size, root: toBase64(root), lists, findings: findings.count };
    const next = { ...kept, checkpoint: checkpoint.note, registry: registry ?? kept.registry, visits: [...kept.visits, visit] };
    this.#state.write(next);
    audit.kept = next;
  }

  async #checkpoint(
    log: VerifierKey,
    witnesses: VerifierKey[],
    findings: Findings,
    evidence: Evidence[],
  ): Promise<VerifiedCheckpoint | null> {
    const served = await this.source.find('/log/checkpoint', 'fresh');
    const text = served === null ? '' : textOf(served);
    try {
      return await openCheckpoint(text, log, witnesses);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      findings.add('checkpoint_unsigned', { why: error.code });
      evidence.push({ name: 'checkpoint-unsigned.txt', text });
      return null;
    }
  }

  async #said(): Promise<Said> {
    const document = await this.source.find('/.well-known/assent-verifier', 'fresh');
    const metadata = members(strictJson(document === null ? '' : textOf(document)));
    const { issuer, log_vkey: logVkey, jwks } = metadata ?? {};
    if (typeof issuer !== 'string' || typeof logVkey !== 'string' || jwks === undefined) throw new AuditError('not_a_verifier');
    return { issuer: issuer.replace(/\/+$/, ''), logVkey, jwks };
  }

  #kept(): Kept {
    const kept = this.#state.read();
    if (kept === null) throw new AuditError('storage');
    return kept;
  }
}

/** The first visit pins the keys that lists and registry are signed with; later ones compare. */
function checkKeys(said: Said, { pin }: Kept, findings: Findings): void {
  const thumbprints = (jwks: Json, purpose: string) => keysFor(jwks, purpose).map((key) => key.thumbprint).join(' ');
  const isSame = (purpose: string) => thumbprints(pin.jwks, purpose) === thumbprints(said.jwks, purpose);
  if (said.logVkey !== pin.logVkey) findings.add('verifier_key_changed', { purpose: 'log' });
  for (const purpose of ['status', 'registry']) {
    if (!isSame(purpose)) findings.add('verifier_key_changed', { purpose });
  }
}

async function openKept(kept: Kept, log: VerifierKey): Promise<VerifiedCheckpoint | null> {
  if (kept.checkpoint === null) return null;
  return openCheckpoint(kept.checkpoint, log, []).catch(() => {
    throw new AuditError('storage');
  });
}

/** Both checkpoints together are the proof. */
function tellOfFork(last: VerifiedCheckpoint, now: VerifiedCheckpoint, findings: Findings, evidence: Evidence[]): void {
  const isShorter = now.head.size < last.head.size;
  findings.add(isShorter ? 'log_rolled_back' : 'log_forked', { size: now.head.size, last: last.head.size });
  evidence.push(
    { name: `checkpoint-${last.head.size.toString()}-seen.txt`, text: last.note },
    { name: `checkpoint-${now.head.size.toString()}-now.txt`, text: now.note },
  );
}
