// Which consents are shown, under which heading, and which belong to one decision. Nothing is asked or drawn here.
import type { GrantView } from '../../host/host';

export type Group = 'open' | 'paused' | 'ended';
export type Shown = 'all' | Group;

/** Where a consent belongs: by what is decided, even if that is not proven yet. */
export function groupOf({ state, becoming }: Pick<GrantView, 'state' | 'becoming'>): Group {
  switch (becoming ?? state) {
    case 'waiting':
    case 'valid':
      return 'open';
    case 'suspended':
      return 'paused';
    case 'revoked':
    case 'expired':
    case 'refused':
      return 'ended';
  }
}

/** Whether it can still be stopped. */
export function isOpen(grant: Pick<GrantView, 'state' | 'becoming'>): boolean {
  return groupOf(grant) !== 'ended';
}

/** Those in which every word stands somewhere: in the agency's name, the reason, an item or the circle's name. */
export function search(grants: readonly GrantView[], text: string, locale: string): GrantView[] {
  const fold = (words: string) => words.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase(locale);
  const words = fold(text).split(/\s+/).filter((word) => word !== '');
  return grants.filter((grant) => {
    const said = fold([
      grant.agency_name, grant.circle_name ?? '', ...grant.purposes.map(({ label }) => label), ...grant.items.map(({ label }) => label),
    ].join(' '));
    return words.every((word) => said.includes(word));
  });
}

/** One decision: a consent, or all those of a circle's case. */
export type Decision = { kind: 'one'; grant: GrantView } | { kind: 'case'; id: string; name: string; grants: GrantView[] };

/** Consents of one case stand together, where the first of them stands. */
export function decisionsOf(grants: readonly GrantView[]): Decision[] {
  const cases = new Map<string, GrantView[]>();
  const decisions: Decision[] = [];
  for (const grant of grants) {
    const others = grant.case === null ? undefined : cases.get(grant.case);
    if (grant.case === null || grant.circle_name === null) decisions.push({ kind: 'one', grant });
    else if (others !== undefined) others.push(grant);
    else {
      const members = [grant];
      cases.set(grant.case, members);
      decisions.push({ kind: 'case', id: grant.case, name: grant.circle_name, grants: members });
    }
  }
  return decisions.map((decision) => {
    const [only, ...others] = decision.kind === 'case' ? decision.grants : [];
    return only !== undefined && others.length === 0 ? { kind: 'one', grant: only } : decision;
  });
}

const DAY = 86_400;

/** Whole days until it ends, where that is within the month. */
export function endsSoon(endsAt: number, now: number): number | null {
  const days = Math.floor(endsAt / DAY) - Math.floor(now / DAY);
  return endsAt > now && days <= 30 ? days : null;
}
