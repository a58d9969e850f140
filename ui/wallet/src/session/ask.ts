// Asking the program from a page: what is shown is kept fresh, and what is done makes everything be asked anew.
import { MutationCache, QueryCache, QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useCallback } from 'react';
import { HostError, call } from '../host/host';
import type { Answer, Ask, CommandName } from '../host/host';
import { WHY_LOCKED, hasLocked } from './whyLocked';

/** The program is on this machine: a browser that thinks it is offline stops nothing, and a refusal is final. */
export function newQueryClient(): QueryClient {
  const noticeLock = (error: unknown) => {
    if (error instanceof HostError && error.code === 'locked') void client.invalidateQueries({ queryKey: ['about'] });
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: noticeLock }),
    mutationCache: new MutationCache({ onError: noticeLock }),
    defaultOptions: {
      queries: { networkMode: 'always', retry: false, staleTime: 1_000 },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return client;
}

/** The key under which an answer is kept. */
export function keyOf<C extends CommandName>(command: C, ask: Ask<C>): readonly unknown[] {
  return [command, ask];
}

/** What a page needs of an answer to show it, or why there is none. */
export type Told<T> = Pick<UseQueryResult<T, HostError>, 'data' | 'error' | 'refetch'>;

/** What a command answers, kept while it is fresh. */
export function useAnswer<C extends CommandName>(command: C, ask: Ask<C>): UseQueryResult<Answer<C>, HostError> {
  return useQuery<Answer<C>, HostError>({ queryKey: keyOf(command, ask), queryFn: () => call(command, ask) });
}

/** The same, and never what was kept from before: for fields that would write it back. */
export function useFreshAnswer<C extends CommandName>(command: C, ask: Ask<C>): Told<Answer<C>> {
  const { data, error, refetch, isFetchedAfterMount } = useQuery<Answer<C>, HostError>({
    queryKey: keyOf(command, ask),
    queryFn: () => call(command, ask),
    refetchOnMount: 'always',
  });
  return { data: isFetchedAfterMount ? data : undefined, error: isFetchedAfterMount ? error : null, refetch };
}

interface ActOptions {
  /** A refusal changes what may be done next: it is told together with that. */
  isRefusalFresh?: boolean;
}

/** A command that changes something. Once it is done, what is shown is asked again. */
export function useAct<C extends CommandName>(
  command: C,
  { isRefusalFresh = false }: ActOptions = {},
): UseMutationResult<Answer<C>, HostError, Ask<C>> {
  const refresh = useRefresh();
  const client = useQueryClient();
  return useMutation<Answer<C>, HostError, Ask<C>>({
    // A secret that was typed is not kept for longer than it takes.
    gcTime: 0,
    mutationFn: (ask) => call(command, ask),
    onMutate: () => {
      client.removeQueries({ queryKey: WHY_LOCKED });
    },
    onError: (error) => {
      if (hasLocked(command, error)) client.setQueryData(WHY_LOCKED, true);
    },
    onSettled: async (_answer, error) => {
      const fresh = refresh();
      // Else not waited for: whoever asked may be gone from the page once it is fresh, and still has to be told.
      if (error !== null && isRefusalFresh) await fresh;
    },
  });
}

/** Asks again for everything that is shown, but makes no round with the verifier. */
export function useRefresh(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'sync' }),
    [client],
  );
}
