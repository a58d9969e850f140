// The rounds with the verifier: by itself once a minute, when a connection comes back, and when asked for.
import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from '../host/host';
import type { HostError, Round } from '../host/host';
import { useRefresh } from './ask';

const EVERY_MINUTE = 60_000;

/** The last round. Every part that asks for it sees the same one. */
export function useRound(): UseQueryResult<Round, HostError> {
  return useQuery<Round, HostError>({
    queryKey: ['sync', {}],
    queryFn: () => call('sync', {}),
    staleTime: Infinity,
    refetchInterval: EVERY_MINUTE,
  });
}

/** Makes rounds while it is mounted. One part of the window does so. */
export function useRounds(): void {
  const { refetch, dataUpdatedAt } = useRound();
  const refresh = useRefresh();
  useEffect(() => {
    if (dataUpdatedAt > 0) void refresh();
  }, [dataUpdatedAt, refresh]);
  useEffect(() => {
    const again = () => void refetch();
    window.addEventListener('online', again);
    return () => {
      window.removeEventListener('online', again);
    };
  }, [refetch]);
}

/** Makes one round when a page appears: after a decision, so that what it came to is soon seen here. */
export function useRoundOnce(): void {
  const { refetch } = useRound();
  useEffect(() => {
    void refetch();
  }, [refetch]);
}

/** Whether the verifier could not be reached the last time. */
export function isOffline(round: UseQueryResult<Round, HostError>): boolean {
  if (round.error !== null) return round.error.code === 'unreachable';
  return round.data?.troubles.some(({ code }) => code === 'unreachable') ?? false;
}
