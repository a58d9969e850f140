// The status lists that are served, held against the log bit for bit (PROTOCOL section 3): a list is a pure
// function of the log up to the size that its `ETag` names.
import type { Bytes } from '../log/bytes';
import { equal, fromDecimal } from '../log/bytes';
import { LISTS_AT_MOST, SLOTS_PER_LIST } from './entry';
import type { Code, Findings } from './finding';
import type { PublicKey } from './jws';
import type { Replay } from './replay';
import { statusAt } from './replay';
import type { Document, Source } from './source';
import { textOf } from './source';
import type { ListSeen } from './state';
import type { ListFault, VerifiedList } from './statusList';
import { lacksExp, verifyList } from './statusList';

/** Seconds between a change and a list that shows it, where the list names no `ttl`. */
const DEFAULT_TTL = 60;
/** An hour of seconds in which a quiet one is looked for. */
const QUIET_WITHIN = 3600;

/** A status list as it was served. */
export interface Served {
  number: number;
  document: Document;
}

/** Against what lists are judged; the time in Unix milliseconds. */
export interface Judge {
  issuer: string;
  keys: readonly PublicKey[];
  replay: Replay;
  now: number;
}

/** A slot of which list and log say different things. */
export interface Difference {
  idx: number;
  served: number;
  own: number;
}

/** What was made of one list: what was seen of it, and the slots that differ where it could be compared. */
export interface Checked {
  seen: ListSeen | null;
  verified: VerifiedList | null;
  differences: Difference[] | null;
}

/** Fetches every list: those from 0 on until there is none, and those up to `known`. */
export async function fetchLists(source: Source, known: number): Promise<Served[]> {
  const lists: Served[] = [];
  for (let number = 0; number < LISTS_AT_MOST; number += 1) {
    const document = await source.find(`/v1/status/${number.toString()}`, 'fresh');
    if (document !== null) lists.push({ number, document });
    else if (number >= known) break;
  }
  return lists;
}

/** Holds one list against the log. */
export async function checkList(judge: Judge, served: Served, findings: Findings): Promise<Checked> {
  const list = served.number;
  if (isImmutable(served.document)) findings.add('list_immutable', { list });
  const verified = await open(judge, served, findings);
  if (verified === null) return { seen: null, verified, differences: null };
  const size = sizeOfEtag(list, served.document.header('etag'));
  if (size === null || size > judge.replay.size) {
    if (size === null) findings.add('list_untagged', { list });
    else findings.add('list_ahead', { list, size, log: judge.replay.size });
    return { seen: null, verified, differences: null };
  }
  const differences = compare(verified.list, judge.replay.list(list, { size }));
  tell('list_mismatch', list, differences, findings);
  const { iat, ttl } = verified.claims;
  const behind = behindAt(judge.replay, list, size, iat);
  if (behind > (ttl ?? DEFAULT_TTL) * 1000) findings.add('list_withheld', { list, seconds: Math.floor(behind / 1000) });
  return { seen: { list, size, iat, behind }, verified, differences };
}

/** Asks for a list as it was in the past, where the verifier answers for the past at all. */
export async function checkPast(judge: Judge, source: Source, list: number, findings: Findings): Promise<void> {
  const time = quietSecond(judge, list);
  if (time === null) return;
  const document = await source.find(`/v1/status/${list.toString()}?time=${time.toString()}`, 'fresh');
  if (document === null) return;
  const uri = `${judge.issuer}/v1/status/${list.toString()}`;
  const verified = await verifyList(textOf(document), uri, judge.keys, time);
  if (typeof verified !== 'string') {
    if (verified.claims.iat > time) return;
    const differences = compare(verified.list, judge.replay.list(list, { at: time * 1000 }));
    if (differences.length > 0) findings.add('history_mismatch', { list, time });
    return;
  }
  // A verifier may ignore the question and send its newest list; that one was checked already.
  if (verified !== 'not_yet_issued' && verified !== 'expired') findings.add('history_mismatch', { list, time });
}

/** Every slot of which the two say different things. */
export function compare(served: Bytes, own: Bytes): Difference[] {
  if (equal(served, own)) return [];
  const differences: Difference[] = [];
  for (let idx = 0; idx < SLOTS_PER_LIST; idx += 1) {
    const [theirs, ours] = [statusAt(served, idx), statusAt(own, idx)];
    if (theirs !== ours) differences.push({ idx, served: theirs, own: ours });
  }
  return differences;
}

function tell(code: Code, list: number, differences: Difference[], findings: Findings): void {
  const [first] = differences;
  if (first === undefined) return;
  findings.add(code, { list, slot: first.idx, served: first.served, own: first.own, count: differences.length });
}

async function open(judge: Judge, served: Served, findings: Findings): Promise<VerifiedList | null> {
  const uri = `${judge.issuer}/v1/status/${served.number.toString()}`;
  const text = textOf(served.document);
  const verified = await verifyList(text, uri, judge.keys, Math.floor(judge.now / 1000));
  if (typeof verified !== 'string') return verified;
  findings.add(codeOf(verified, text), { list: served.number });
  return null;
}

function codeOf(fault: ListFault, compact: string): Code {
  if (fault === 'malformed' && lacksExp(compact)) return 'list_without_exp';
  return ['expired', 'not_yet_issued'].includes(fault) ? 'list_expired' : 'list_unsigned';
}

/** The age, in milliseconds and at `iat`, of the oldest change that a list of `size` lacks. */
function behindAt(replay: Replay, list: number, size: number, iat: number): number {
  const lacking = replay.changesOf(list).find((change) => change.index >= size);
  return lacking === undefined ? 0 : Math.max(iat * 1000 - lacking.at, 0);
}

/** A whole second in the past, after about half of the list's changes, in which nothing changed. */
function quietSecond(judge: Judge, list: number): number | null {
  const seconds = judge.replay.changesOf(list).map((change) => Math.floor(change.at / 1000));
  const middle = seconds[Math.floor(seconds.length / 2)];
  if (middle === undefined) return null;
  const busy = new Set(seconds);
  const end = Math.min(Math.floor(judge.now / 1000), middle + 1 + QUIET_WITHIN);
  for (let second = middle + 1; second < end; second += 1) if (!busy.has(second)) return second;
  return null;
}

function isImmutable(document: Document): boolean {
  const directives = document.header('cache-control')?.split(',') ?? [];
  return directives.some((directive) => directive.trim().toLowerCase() === 'immutable');
}

/** The size in `"<n>-<size>"`, weak or strong; what follows the size is the verifier's own. */
export function sizeOfEtag(list: number, etag: string | null): number | null {
  const [, number = '', size = ''] = /^(?:W\/)?"([0-9]+)-([0-9]+)(?:-[^"]*)?"$/.exec(etag?.trim() ?? '') ?? [];
  return fromDecimal(number) === list ? fromDecimal(size) : null;
}
