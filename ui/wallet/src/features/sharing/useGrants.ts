// Every consent, and one of them by its id.
import { useLanguage } from '@assent/shared';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Grants, GrantView, HostError } from '../../host/host';
import { useAnswer } from '../../session/ask';

export function useGrants(): UseQueryResult<Grants, HostError> {
  const { language } = useLanguage();
  return useAnswer('grants_list', { lang: language });
}

/** The other consents of the same decision that are not over. */
export function circleOf(grants: Grants, { id, case: ofCase }: GrantView): GrantView[] {
  return ofCase === null ? [] : grants.grants.filter((other) => other.case === ofCase && other.id !== id);
}
