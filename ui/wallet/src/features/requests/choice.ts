// What is ticked to begin with, what that comes to, and which ends can be chosen. Nothing is asked or drawn here.
import type { Agency, Concern, ItemView, ReviewView, TierView } from '../../host/host';

const DAY = 86_400;

/** Why an item stands as it does. */
export type Standing = 'free' | 'needed' | 'never';

export interface Tick {
  item: ItemView;
  standing: Standing;
  isChosen: boolean;
}

/** Every item with its tick: as chosen by hand, else as proposed. */
export function ticksOf(review: ReviewView, byHand: Readonly<Record<string, boolean>>): Tick[] {
  return review.items.map((item) => {
    const standing = standingOf(review, item);
    if (standing !== 'free') return { item, standing, isChosen: standing === 'needed' };
    return { item, standing, isChosen: byHand[item.path] ?? isProposed(review, item) };
  });
}

function standingOf(review: ReviewView, item: ItemView): Standing {
  if (speaks(review.concerns, 'never_on_incident', item.path)) return 'never';
  return item.required ? 'needed' : 'free';
}

/** More than the purpose needs is never proposed, nor is what nobody wrote down. */
function isProposed(review: ReviewView, item: ItemView): boolean {
  return item.value !== null && !speaks(review.concerns, 'more_than_needed', item.path);
}

/** Whether a concern of this kind is about this item. */
export function speaks(concerns: readonly Concern[], code: Concern['code'], path: string): boolean {
  return concerns.some((concern) => concern.code === code && 'path' in concern && concern.path === path);
}

/** What the signature leaves out, by path. */
export function withoutOf(ticks: readonly Tick[]): string[] {
  return ticks.filter(({ isChosen, standing }) => !isChosen && standing === 'free').map(({ item }) => item.path);
}

export interface End {
  name: 'latest' | 'month' | 'half' | 'year';
  endsAt: number;
}

/** The ends to choose from: what is asked for, and rounder ones that come sooner. */
export function endsOf(now: number, latest: number): End[] {
  const sooner: End[] = [
    { name: 'month', endsAt: monthsLater(now, 1) },
    { name: 'half', endsAt: monthsLater(now, 6) },
    { name: 'year', endsAt: monthsLater(now, 12) },
  ];
  return [{ name: 'latest', endsAt: latest }, ...sooner.filter(({ endsAt }) => endsAt < latest - DAY)];
}

function monthsLater(now: number, months: number): number {
  const date = new Date(now * 1000);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months);
  // The 31st of a shorter month is its last day, not the next month's first.
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  return Math.floor(date.getTime() / 1000);
}

/** The last second of a day as in 2027-12-31, UTC, but not later than the latest end. */
export function endOfDay(day: string, latest: number): number {
  return Math.min(Math.floor(Date.parse(`${day}T23:59:59Z`) / 1000), latest);
}

/** The day of a time in seconds, as in 2027-12-31, UTC. */
export function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** What each of a circle's members would see with these ticks, by path. */
export function seenByMember(review: ReviewView, ticks: readonly Tick[]): MemberSees[] {
  const chosen = ticks.filter(({ isChosen }) => isChosen).map(({ item }) => item);
  const members = review.circle?.members ?? [];
  return members.map(({ agency, paths, tiers }) => ({
    agency,
    tiers,
    items: chosen.filter(({ path }) => paths.includes(path)),
  }));
}

export interface MemberSees {
  agency: Agency;
  /** The circle's tiers that are open to it. */
  tiers: readonly TierView[];
  items: ItemView[];
}

/** Every tier that is open to somebody, once and in order. */
export function stepsOf(members: readonly MemberSees[]): TierView[] {
  const byTier = new Map(members.flatMap(({ tiers }) => tiers).map((tier) => [tier.tier, tier]));
  return [...byTier.values()].sort((a, b) => a.tier - b.tier);
}

/** Where a link says it comes from, to be shown before it is read; nobody has checked that. */
export function hostOf(link: string): string | null {
  try {
    const client = new URL(link).searchParams.get('client_id');
    return client === null ? null : new URL(client).host;
  } catch {
    return null;
  }
}
