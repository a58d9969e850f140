// Which looks are shown, and how often somebody looked. Times in milliseconds; nothing is asked or drawn here.
import type { Happened, Look } from '../../host/host';

export const SPANS = ['all', '7', '30', '365'] as const;
export type Span = (typeof SPANS)[number];

/** What is shown besides the looks: nothing, what somebody decided, or the service's own steps too. */
export type Besides = 'looks' | 'decisions' | 'all';

export interface Filter {
  /** An agency's name; empty for all. */
  agency: string;
  span: Span;
  besides: Besides;
}

export const NO_FILTER: Filter = { agency: '', span: 'all', besides: 'decisions' };

const DAY = 86_400_000;

/** Whether something at this time by this agency is shown. */
export function fits({ agency, at }: { agency: string; at: number }, filter: Filter, now: number): boolean {
  const isRecent = filter.span === 'all' || at > now - Number(filter.span) * DAY;
  return isRecent && (filter.agency === '' || agency === filter.agency);
}

/** The agencies in these, by name. */
export function agenciesOf(...lists: readonly (readonly { agency: string }[])[]): string[] {
  return [...new Set(lists.flat().map(({ agency }) => agency))].sort((a, b) => a.localeCompare(b));
}

/** What happened but for the looks themselves, which are told in full. */
export function besidesLooks(happened: readonly Happened[], besides: Besides): Happened[] {
  if (besides === 'looks') return [];
  return happened.filter(({ doing }) => doing !== 'looked' && doing !== 'opened' && (besides === 'all' || doing !== 'shared'));
}

export type Unit = 'day' | 'week' | 'month';

/** One bar: the looks and openings from its start until the next. */
export interface Bar {
  start: number;
  looks: number;
  openings: number;
}

/** The fewest days that are drawn: one bar alone says nothing of how often. */
const FEWEST_DAYS = 14;

/** Bars without a gap from the first look until now; days while they are few, then weeks, then months. */
export function barsOf(looks: readonly Look[], now: number): { unit: Unit; bars: Bar[] } {
  const times = looks.map(({ at }) => at);
  const [first, last] = [Math.min(now - (FEWEST_DAYS - 1) * DAY, ...times), Math.max(now, ...times)];
  const unit = unitFor(first, last);
  const bars: Bar[] = [];
  for (let start = startOf(unit, first); start <= last; start = nextOf(unit, start)) bars.push({ start, looks: 0, openings: 0 });
  for (const { at, kind } of looks) {
    const bar = bars.findLast(({ start }) => start <= at);
    if (bar === undefined) continue;
    if (kind === 'opening') bar.openings += 1;
    else bar.looks += 1;
  }
  return { unit, bars };
}

const MOST_DAYS = 21;
const MOST_WEEKS = 26;

function unitFor(first: number, last: number): Unit {
  const days = (last - first) / DAY;
  if (days <= MOST_DAYS) return 'day';
  return days <= MOST_WEEKS * 7 ? 'week' : 'month';
}

/** The local day, week from Monday, or month that a time lies in. */
function startOf(unit: Unit, time: number): number {
  const date = new Date(time);
  date.setHours(0, 0, 0, 0);
  if (unit === 'week') date.setDate(date.getDate() - ((date.getDay() + 6) % 7));
  if (unit === 'month') date.setDate(1);
  return date.getTime();
}

function nextOf(unit: Unit, start: number): number {
  const date = new Date(start);
  if (unit === 'month') date.setMonth(date.getMonth() + 1);
  else date.setDate(date.getDate() + (unit === 'week' ? 7 : 1));
  return date.getTime();
}
