// What a person wants to share less, held to what can be: fewer items, or a sooner end. Nothing is asked or drawn here.
import type { GrantView, NarrowGrant } from '../../host/host';

const DAY = 86_400;

export interface Less {
  without: readonly string[];
  /** A sooner last day, as in 2027-12-31. */
  day: string | null;
}

export type Narrowed = { kind: 'less'; ask: NarrowGrant } | { kind: 'nothing' } | { kind: 'none_left' } | { kind: 'bad_day' };

/** What to ask the program for, or why there is nothing to ask. */
export function narrowed(grant: GrantView, { without, day }: Less, now: number): Narrowed {
  if (grant.items.every(({ path }) => without.includes(path))) return { kind: 'none_left' };
  if (day === null) return without.length === 0 ? { kind: 'nothing' } : less(grant, without, null);
  const end = Math.floor(Date.parse(`${day}T23:59:59Z`) / 1000);
  if (!(end > now && end < grant.ends_at)) return { kind: 'bad_day' };
  return less(grant, without, end);
}

function less(grant: GrantView, without: readonly string[], ends_at: number | null): Narrowed {
  return { kind: 'less', ask: { grant: grant.id, without: [...without], ends_at } };
}

/** The last day that comes sooner. */
export function latestDay(endsAt: number): string {
  return new Date((endsAt - DAY) * 1000).toISOString().slice(0, 10);
}
