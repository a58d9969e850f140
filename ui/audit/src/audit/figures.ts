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
  if (events.length === 0) return { width: DAY, bins: [] };
  const first = events.reduce((least, { at }) => Math.min(least, at), Infinity);
  const last = events.reduce((most, { at }) => Math.max(most, at), -Infinity);
  const width = widthOf(first, last);
  const start = Math.floor(first / width);
  const bins = Array.from({ length: Math.floor(last / width) - start + 1 }, (_, at) => emptyBin((start + at) * width));
  for (const { at, kind } of events) {
    const bin = bins[Math.floor(at / width) - start];
    if (bin !== undefined) bin[kind] += 1;
  }
  return { width, bins };
}

/** How long revocations took to be published, as closely as this browser's visits can tell. */
export function publication(replay: Replay, visits: readonly VisitRecord[]): Publication[] {
  const rows = PUBLICATION_BOUNDS.map((within) => ({ within, count: 0 }));
  const seen = visits.flatMap((visit) => visit.lists);
  for (const change of replay.changes.filter((one) => one.status === 1)) {
    const shows = seen.filter(({ list, size }) => list === change.slot.list && size > change.index);
    if (shows.length === 0) continue;
    const iat = shows.reduce((least, one) => Math.min(least, one.iat), Infinity);
    const seconds = Math.ceil(Math.max(iat * 1000 - change.at, 0) / 1000);
    const row = rows.find(({ within }) => within === null || seconds <= within);
    if (row !== undefined) row.count += 1;
  }
  return rows;
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

function widthOf(first: number, last: number): number {
  const fits = (width: number) => Math.floor(last / width) - Math.floor(first / width) < BINS_AT_MOST;
  const days = Math.floor((last - first) / DAY / (BINS_AT_MOST - 1)) + 1;
  return WIDTHS.find(fits) ?? days * DAY;
}

function emptyBin(from: number): Bin {
  return { from, granted: 0, revoked: 0, suspended: 0, resumed: 0, acts: 0 };
}
