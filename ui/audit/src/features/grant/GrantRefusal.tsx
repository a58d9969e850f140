// Why what was given proves nothing.
import { ErrorSummary, useLanguage } from '@assent/shared';
import type { GrantFault } from '../../audit/grant';
import { m } from '../../words/messages';

/** Two lines: what is wrong with it and what to give instead; without a fault, the verifier did not answer. */
export function GrantRefusal({ fault }: { fault: GrantFault | null }) {
  useLanguage();
  const [happened, todo] = words(fault);
  return <ErrorSummary key={fault} heading={m.problem()} happened={happened} todo={todo} />;
}

function words(fault: GrantFault | null): [happened: string, todo: string] {
  switch (fault) {
    case null:
      return [m.error_unreachable(), m.error_unreachable_do()];
    case 'not_yet':
      return [m.grant_fault_not_yet(), m.grant_fault_not_yet_do()];
    case 'nothing':
      return [m.grant_fault_nothing(), m.grant_fault_nothing_do()];
    case 'broken':
      return [m.grant_fault_broken(), m.grant_fault_broken_do()];
    case 'no_slot':
      return [m.grant_fault_no_slot(), m.grant_fault_no_slot_do()];
    case 'forked':
      return [m.grant_fault_forked(), m.grant_fault_forked_do()];
    case 'other_grant':
      return [m.grant_fault_other_grant(), m.grant_fault_other_grant_do()];
    case 'several_slots':
      return [m.grant_fault_several_slots(), m.grant_fault_several_slots_do()];
    case 'not_in_log':
      return [m.grant_fault_not_in_log(), m.grant_fault_not_in_log_do()];
  }
}
