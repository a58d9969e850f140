// What each act on a consent is called.
import type { ActView } from '../host/types';
import { m } from '../words/messages';

const ACTS: Record<ActView['act'], () => string> = {
  grant: m.act_grant,
  share: m.act_share,
  suspend: m.act_suspend,
  resume: m.act_resume,
  revoke: m.act_revoke,
  'erase-request': m.act_erase_request,
  access: m.act_access,
  open: m.act_open,
  review: m.act_review,
  acknowledged: m.act_acknowledged,
  erased: m.act_erased,
  other: m.act_other,
};

const FINDINGS: Readonly<Record<string, () => string>> = {
  justified: m.finding_justified,
  unjustified: m.finding_unjustified,
  inconclusive: m.finding_inconclusive,
};

/** What was done, in a few words; a review says what it found. */
export function actWords({ act, finding }: Pick<ActView, 'act' | 'finding'>): string {
  const found = finding === null ? undefined : FINDINGS[finding];
  return found === undefined ? ACTS[act]() : m.act_review_found({ finding: found() });
}
