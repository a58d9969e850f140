// Whether the wallet is there and open: asked every few seconds, since it locks by itself.
import { Loading } from '@assent/shared';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { call } from '../host/host';
import type { About, HostError } from '../host/host';
import { Failure } from '../frame/Answered';
import { useTouch } from './touch';

const EVERY_FEW_SECONDS = 4_000;

interface SessionProps {
  /** What is shown while it is locked or not there. */
  locked: (about: About) => ReactNode;
  children: ReactNode;
}

export function Session({ locked, children }: SessionProps) {
  const about = useAbout();
  if (about.error !== null) return <Failure error={about.error} />;
  if (about.data === undefined) return <Loading />;
  return about.data.unlocked ? <Unlocked>{children}</Unlocked> : locked(about.data);
}

/** What is known before anything is unlocked. */
export function useAbout() {
  return useQuery<About, HostError>({
    queryKey: ['about', {}],
    queryFn: () => call('about', {}),
    refetchInterval: EVERY_FEW_SECONDS,
    refetchIntervalInBackground: true,
  });
}

function Unlocked({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  useTouch();
  useEffect(
    () => () => {
      // Nothing of what was shown stays behind a locked door.
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'about' });
      client.getMutationCache().clear();
    },
    [client],
  );
  return children;
}
