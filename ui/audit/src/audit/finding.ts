// What an audit finds wrong: the closed list of codes that `assent audit` has, each with what was seen.
// One finding fails the audit.

export const CODES = [
  'checkpoint_unsigned',
  'log_rolled_back',
  'log_forked',
  'root_mismatch',
  'entry_missing',
  'entry_malformed',
  'entry_not_canonical',
  'time_went_back',
  'status_unlawful',
  'tile_mismatch',
  'list_missing',
  'list_unsigned',
  'list_without_exp',
  'list_expired',
  'list_immutable',
  'list_untagged',
  'list_mismatch',
  'list_ahead',
  'list_withheld',
  'history_mismatch',
  'registry_unsigned',
  'registry_unlogged',
  'registry_rolled_back',
  'agency_key_swapped',
  'verifier_key_changed',
  'receipt_forked',
] as const;

export type Code = (typeof CODES)[number];

/** One thing that does not hold. The details fill the sentence that its code has in each language. */
export interface Finding {
  code: Code;
  details: Record<string, string | number>;
}

/** Findings of one code that are told one by one; the rest are counted. */
const TOLD_OF_EACH = 20;

/** The findings of an audit, in the order they were made; a flood of one kind is cut short and counted. */
export class Findings {
  readonly told: Finding[] = [];
  readonly counts = new Map<Code, number>();

  add(code: Code, details: Finding['details'] = {}): void {
    const count = (this.counts.get(code) ?? 0) + 1;
    this.counts.set(code, count);
    if (count <= TOLD_OF_EACH) this.told.push({ code, details });
  }

  /** How many there are in all. */
  get count(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Whether something was found that a wrong clock of this computer explains altogether: it accuses nobody. */
  get isAboutTheClock(): boolean {
    return this.counts.size > 0 && [...this.counts.keys()].every((code) => code === 'list_expired');
  }
}
