// One incident, kept up to date by events.
import { useQuery } from '@tanstack/react-query';
import { useHost } from '../../session/session';

/** The incident of that number. */
export function useIncident(id: string) {
  const host = useHost();
  return useQuery({ queryKey: ['incident', id], queryFn: () => host.ask('incident', { id, lang: 'en' }) });
}
