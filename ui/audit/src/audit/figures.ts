// The numbers behind the plots. Each is computed from public data alone, and says what it measures.
import type { Change, Replay } from './replay';
import type { VisitRecord } from './state';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The most bins that a plot over time has. */
const BINS_AT_MOST = 48;
const WIDTHS = [MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY, 30 * DAY];
/** Upper bounds of the publication times, in seconds; the last bin has none. */
const PUBLICATION_BOUNDS = [1, 10, 60, 600, 3600, 86_400, 604_800, null];

/** What happened in a span of time that begins at `from` (ms). */
export interface Bin {
  from: number;
  granted: number;
  revoked: number;
  suspended: number;
  resumed: number;
  acts: number;
}

/** The kinds of events, in the order they are shown. */
export const KINDS = ['granted', 'revoked', 'suspended', 'resumed', 'acts'] as const;
export type Kind = (typeof KINDS)[number];

/** So many revocations were seen published within so many seconds; null for the rest. */
export interface Publication {
  within: number | null;
  count: number;
}

/** What happened when, in the narrowest bins that are few; their width in milliseconds. */
export function activity(replay: Replay): { width: number; bins: Bin[] } {
  const events: { at: number; kind: Kind }[] = [
    ...replay.changes.map((change) => ({ at: change.at, kind: kindOf(change) })),
    ...replay.acts.map((at) => ({ at, kind: 'acts' as const })),
  ];
  const { width, starts, binOf } = spans(events.map(({ at }) => at));
  const bins = starts.map(emptyBin);
  for (const { at, kind } of events) {
    const bin = bins[binOf(at)];
    if (bin !== undefined) bin[kind] += 1;
  }
  return { width, bins };
}

/** How many of the times fall in each of a few spans; the spans' width in milliseconds. */
export function countOver(times: readonly number[]): { width: number; bins: { from: number; count: number }[] } {
  const { width, starts, binOf } = spans(times);
  const bins = starts.map((from) => ({ from, count: 0 }));
  for (const at of times) {
    const bin = bins[binOf(at)];
    if (bin !== undefined) bin.count += 1;
  }
  return { width, bins };
}

/** How many waits (in milliseconds) were over within each bound; null for the rest. */
export function countWithin(waits: readonly number[]): Publication[] {
  const rows = PUBLICATION_BOUNDS.map((within) => ({ within, count: 0 }));
  for (const wait of waits) {
    const seconds = Math.ceil(Math.max(wait, 0) / 1000);
    const row = rows.find(({ within }) => within === null || seconds <= within);
    if (row !== undefined) row.count += 1;
  }
  return rows;
}

/** How long revocations took to be published, as closely as this browser's visits can tell. */
export function publication(replay: Replay, visits: readonly VisitRecord[]): Publication[] {
  const seen = visits.flatMap((visit) => visit.lists);
  const waits = replay.changes.filter((one) => one.status === 1).flatMap((change) => {
    const shows = seen.filter(({ list, size }) => list === change.slot.list && size > change.index);
    const iat = shows.reduce((least, one) => Math.min(least, one.iat), Infinity);
    return shows.length === 0 ? [] : [iat * 1000 - change.at];
  });
  return countWithin(waits);
}

/** Consents that are valid and whose end has not come, at `now` (ms). */
export function inForce(replay: Replay, now: number): number {
  const slots = new Map<string, { status: number; exp: number }>();
  for (const { slot, status, exp } of replay.changes) {
    const place = `${slot.list.toString()}/${slot.idx.toString()}`;
    slots.set(place, { status, exp: slots.get(place)?.exp ?? exp ?? 0 });
  }
  return [...slots.values()].filter(({ status, exp }) => status === 0 && now < exp * 1000).length;
}

/** What a change did. */
export function kindOf({ status, exp }: Pick<Change, 'status' | 'exp'>): Kind {
  if (status === 1) return 'revoked';
  if (status === 2) return 'suspended';
  return exp === null ? 'resumed' : 'granted';
}

/** Spans from the first time to the last, and the number of the one that a time is in. */
function spans(times: readonly number[]): { width: number; starts: number[]; binOf: (at: number) => number } {
  if (times.length === 0) return { width: DAY, starts: [], binOf: () => -1 };
  const first = times.reduce((least, at) => Math.min(least, at), Infinity);
  const last = times.reduce((most, at) => Math.max(most, at), -Infinity);
  const width = widthOf(first, last);
  const start = Math.floor(first / width);
  const count = Math.floor(last / width) - start + 1;
  const starts = Array.from({ length: count }, (_, at) => (start + at) * width);
  return { width, starts, binOf: (at) => Math.floor(at / width) - start };
}

function widthOf(first: number, last: number): number {
  const fits = (width: number) => Math.floor(last / width) - Math.floor(first / width) < BINS_AT_MOST;
  const days = Math.floor((last - first) / DAY / (BINS_AT_MOST - 1)) + 1;
  return WIDTHS.find(fits) ?? days * DAY;
}

function emptyBin(from: number): Bin {
  return { from, granted: 0, revoked: 0, suspended: 0, resumed: 0, acts: 0 };
}
