// What agencies did and owe, from the bodies that an admitted auditor is shown (PROTOCOL sections 4 and 7). Every
// body is held to the digest in its entry and to its signer; the times are the log's. The rules are the wallet's.
import { parseAbsolute, parseDuration } from '@internationalized/date';
import { equal } from '../log/bytes';
import type { Body } from './desk';
import { jwsDigest } from './jws';
import type { PublicKey } from './jws';
import type { Listed } from './registry';
import type { Replay } from './replay';
import type { ActBody, BodyFault, TokenBody } from './statement';
import { readBody } from './statement';

/** How long an opening may wait for its review by a second person, in milliseconds (PROTOCOL section 4). */
export const REVIEW_WITHIN = 7 * 86_400_000;

/** A sealed share that an agency opened; times in Unix milliseconds. */
export interface Opening {
  index: number;
  at: number;
  jti: string;
  grant: string;
  agency: string;
  incident: string;
  reason: string;
  /** Who at the agency: a pseudonym. */
  actor: string | null;
  /** What a second person found; null until then. */
  finding: string | null;
}

/** A body that is not that of its entry, or not its signer's, or cannot be read. */
export interface Misfit {
  index: number;
  why: BodyFault | 'digest';
}

/** One consent: when it was looked at and deleted last, taken back, and acknowledged; milliseconds. */
export interface Account {
  token: TokenBody;
  looked: number | null;
  erased: number | null;
  revoked: { at: number; jti: string } | null;
  acknowledged: number | null;
}

/** A deletion that should have been stated by now. */
export interface Overdue {
  grant: string;
  agency: string;
  what: 'revoked' | 'expired' | 'retention';
  /** Since when, in Unix milliseconds. */
  since: number;
}

/** Reads bodies in the log's order. */
export class Duties {
  readonly openings: Opening[] = [];
  readonly misfits: Misfit[] = [];
  readonly accounts = new Map<string, Account>();
  /** How often each agency fetched a share, and handed on what it read. */
  readonly reads = new Map<string, number>();
  readonly forwards = new Map<string, number>();
  /** How many bodies there were. */
  count = 0;
  readonly #opened = new Map<string, Opening>();
  #last = -1;
  readonly #replay: Replay;
  readonly #agencies: ReadonlyMap<string, Listed>;

  constructor(replay: Replay, agencies: readonly Listed[]) {
    this.#replay = replay;
    this.#agencies = new Map(agencies.map((agency) => [agency.id, agency]));
  }

  /** Reads the next body. */
  async push({ index, jws }: Body): Promise<void> {
    this.count += 1;
    const stated = this.#replay.digestAt(index);
    // A body that comes twice must not count twice.
    if (index <= this.#last || stated === null || !equal(stated, jwsDigest(jws))) {
      this.misfits.push({ index, why: 'digest' });
      return;
    }
    this.#last = index;
    const body = await readBody(jws, { agency: (id) => this.#keysOf(id), holder: (grant) => this.accounts.get(grant)?.token.holder ?? null });
    if (typeof body === 'string') this.misfits.push({ index, why: body });
    else if (body?.kind === 'token') this.#open(body);
    else if (body !== null) this.#take(body, index);
  }

  /** Deletions that are overdue at `now`, the longest first. */
  overdue(now: number): Overdue[] {
    const owed = [...this.accounts.values()].flatMap((account) => this.#owed(account, now) ?? []);
    return owed.filter(({ since }) => since <= now).sort((a, b) => a.since - b.since);
  }

  #keysOf(agency: string): readonly PublicKey[] {
    return this.#agencies.get(agency)?.keys ?? [];
  }

  #open(token: TokenBody): void {
    if (this.accounts.has(token.grant)) return;
    this.accounts.set(token.grant, { token, looked: null, erased: null, revoked: null, acknowledged: null });
  }

  #take(body: ActBody, index: number): void {
    const at = this.#replay.timeAt(index);
    const account = this.accounts.get(body.grant);
    if (body.agency === null) {
      if (body.act === 'revoke' && account !== undefined) account.revoked ??= { at, jti: body.jti };
      return;
    }
    this.#tally(body, body.agency, index);
    // Only the agency that the consent is for can speak of it.
    if (account?.token.agency !== body.agency) return;
    if (body.act === 'access' || body.act === 'open') [account.looked, account.erased] = [at, null];
    if (body.act === 'erased') account.erased = at;
    if (body.act === 'acknowledged' && body.of === account.revoked?.jti) account.acknowledged ??= at;
  }

  #tally(body: ActBody, agency: string, index: number): void {
    const { act, jti, grant, incident, reason, actor } = body;
    if (act === 'access') this.reads.set(agency, (this.reads.get(agency) ?? 0) + 1);
    if (act === 'forward') this.forwards.set(agency, (this.forwards.get(agency) ?? 0) + 1);
    if (act === 'open') {
      const at = this.#replay.timeAt(index);
      const why = { incident: incident ?? '', reason: reason ?? '' };
      const opening = { index, at, jti, grant, agency, ...why, actor, finding: null };
      this.openings.push(opening);
      this.#opened.set(jti, opening);
    }
    const reviewed = act === 'review' ? this.#opened.get(body.of ?? '') : undefined;
    // Whoever opened cannot review it.
    if (reviewed?.agency === agency && reviewed.actor !== actor) reviewed.finding = body.finding;
  }

  /** The deletion that is owed: the sooner of what was promised for the end and of how long it may be kept. */
  #owed(account: Account, now: number): Overdue | null {
    const { token, looked, erased } = account;
    if (looked === null || erased !== null) return null;
    const within = this.#agencies.get(token.agency)?.eraseWithin ?? null;
    const ends = endOf(account, now);
    const owed = [
      ends === null ? null : { what: ends.what, since: after(within, ends.at) },
      { what: 'retention' as const, since: after(token.retention, looked) },
    ];
    const [first] = owed
      .flatMap((one) => (one?.since == null ? [] : [{ what: one.what, since: one.since }]))
      .sort((a, b) => a.since - b.since);
    return first === undefined ? null : { grant: token.grant, agency: token.agency, ...first };
  }
}

function endOf({ token, revoked }: Account, now: number): { what: 'revoked' | 'expired'; at: number } | null {
  if (revoked !== null) return { what: 'revoked', at: revoked.at };
  return token.exp * 1000 <= now ? { what: 'expired', at: token.exp * 1000 } : null;
}

/** When an ISO 8601 duration from `start` on (ms) is over, by the calendar, in UTC; null where there is none. */
export function after(duration: string | null, start: number): number | null {
  if (duration === null) return null;
  try {
    return parseAbsolute(new Date(start).toISOString(), 'UTC').add(parseDuration(duration)).toDate().getTime();
  } catch {
    return null;
  }
}
