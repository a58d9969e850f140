// The parts of the table that are asked for often, and how many consents are in each.
import type { ConsentCounts, FindConsents } from '../../host/types';
import { m } from '../../words/messages';

export type Part = 'all' | 'valid' | 'ending' | 'owed' | 'overdue' | 'paused' | 'ended';

interface PartOf {
  name: () => string;
  count: (counts: ConsentCounts) => number;
  find: Partial<FindConsents>;
  /** How it looks when there is something in it. */
  tone: '' | 'warn' | 'bad';
}

export const PARTS: Record<Part, PartOf> = {
  all: { name: m.part_all, count: (of) => of.valid + of.paused + of.withdrawn + of.expired, find: {}, tone: '' },
  valid: { name: m.part_valid, count: (of) => of.valid, find: { state: 'valid' }, tone: '' },
  ending: { name: m.part_ending, count: (of) => of.ending_soon, find: { only: 'ending_soon' }, tone: 'warn' },
  paused: { name: m.part_paused, count: (of) => of.paused, find: { state: 'paused' }, tone: '' },
  ended: { name: m.part_ended, count: (of) => of.withdrawn, find: { state: 'withdrawn' }, tone: '' },
  owed: { name: m.part_owed, count: (of) => of.owed, find: { only: 'owed' }, tone: 'warn' },
  overdue: { name: m.part_overdue, count: (of) => of.overdue, find: { only: 'overdue' }, tone: 'bad' },
};
