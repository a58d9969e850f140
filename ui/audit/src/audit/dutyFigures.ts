// The numbers behind the plots of openings and deletions.
import { REVIEW_WITHIN } from './duties';
import type { Duties, Opening } from './duties';

/** What one agency opened and read. */
export interface AgencyLooks {
  agency: string;
  openings: number;
  reviewed: number;
  unreviewed: number;
  reads: number;
  forwards: number;
}

/** Whether an opening's review by a second person is overdue at `now` (ms). */
export function isUnreviewed(opening: Opening, now: number): boolean {
  return opening.finding === null && opening.at + REVIEW_WITHIN <= now;
}

/** Openings and reads by agency, the most openings first. */
export function looksByAgency({ openings, reads, forwards }: Duties, now: number): AgencyLooks[] {
  const rows = new Map<string, AgencyLooks>();
  const rowOf = (agency: string): AgencyLooks => {
    const row = rows.get(agency) ?? { agency, openings: 0, reviewed: 0, unreviewed: 0, reads: 0, forwards: 0 };
    rows.set(agency, row);
    return row;
  };
  for (const opening of openings) {
    const row = rowOf(opening.agency);
    row.openings += 1;
    if (opening.finding !== null) row.reviewed += 1;
    if (isUnreviewed(opening, now)) row.unreviewed += 1;
  }
  for (const [agency, count] of reads) rowOf(agency).reads += count;
  for (const [agency, count] of forwards) rowOf(agency).forwards += count;
  return [...rows.values()].sort((a, b) => b.openings - a.openings || b.reads - a.reads);
}

/** How long agencies took to acknowledge a revocation, in milliseconds, and how many have not. */
export function acknowledgements({ accounts }: Duties): { waits: number[]; waiting: number } {
  const revoked = [...accounts.values()].filter((account) => account.revoked !== null);
  const waits = revoked.flatMap(({ acknowledged, revoked: by }) =>
    acknowledged === null || by === null ? [] : [acknowledged - by.at],
  );
  return { waits, waiting: revoked.length - waits.length };
}

/** How many deletions are overdue by agency, the most first. */
export function overdueByAgency(overdue: readonly { agency: string }[]): { agency: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { agency } of overdue) counts.set(agency, (counts.get(agency) ?? 0) + 1);
  return [...counts].map(([agency, count]) => ({ agency, count })).sort((a, b) => b.count - a.count);
}
